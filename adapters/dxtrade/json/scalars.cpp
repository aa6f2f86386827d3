#include "dxtrade/json/scalars.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <string>

namespace broker::dxtrade::json {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

// Why the bound: no number that a Decimal can hold needs more zeros than this, however it is put.
constexpr int kMaxExponent = 400;

std::optional<int> parse_exponent(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) return std::nullopt;
    }
    int value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (ec != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    if (value > kMaxExponent || value < -kMaxExponent) return std::nullopt;
    return value;
}

// The digits with their point moved by so many places.
std::string shifted(std::string_view mantissa, int exponent) {
    const std::string_view sign = mantissa.starts_with('-') ? "-" : "";
    mantissa.remove_prefix(sign.size());
    const std::size_t point = std::min(mantissa.find('.'), mantissa.size());
    std::string digits{mantissa.substr(0, point)};
    if (point < mantissa.size()) digits += mantissa.substr(point + 1);
    const int place = static_cast<int>(point) + exponent;
    if (place < 0) digits.insert(0, static_cast<std::size_t>(-place), '0');
    const auto whole = static_cast<std::size_t>(std::max(place, 0));
    if (whole > digits.size()) digits.append(whole - digits.size(), '0');
    digits.insert(whole, 1, '.');
    return std::string{sign} + digits;
}

// Takes a number of exactly so many digits off the text.
std::optional<int> take_digits(std::string_view& text, std::size_t count) {
    if (text.size() < count || !std::all_of(text.begin(), text.begin() + count, is_digit)) {
        return std::nullopt;
    }
    int value = 0;
    std::from_chars(text.data(), text.data() + count, value);
    text.remove_prefix(count);
    return value;
}

bool take(std::string_view& text, char c) {
    if (!text.starts_with(c)) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<core::UtcTime> take_date(std::string_view& text) {
    const auto year = take_digits(text, 4);
    if (!year || !take(text, '-')) return std::nullopt;
    const auto month = take_digits(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = take_digits(text, 2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    // Why the years: nanoseconds since 1970 reach from 1678 to 2261.
    if (!date.ok() || *year < 1700 || *year > 2200) return std::nullopt;
    return core::UtcTime{std::chrono::sys_days{date}};
}

std::optional<core::Duration> take_fraction(std::string_view& text) {
    if (!take(text, '.')) return core::Duration{};
    std::int64_t nanoseconds = 0;
    std::size_t digits = 0;
    for (; !text.empty() && is_digit(text.front()); text.remove_prefix(1)) {
        if (++digits > 9) return std::nullopt;
        nanoseconds = nanoseconds * 10 + (text.front() - '0');
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 9; ++digits) nanoseconds *= 10;
    return core::Duration{nanoseconds};
}

std::optional<core::Duration> take_time_of_day(std::string_view& text) {
    const auto hours = take_digits(text, 2);
    if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
    const auto minutes = take_digits(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    int seconds = 0;
    if (take(text, ':')) {
        const auto given = take_digits(text, 2);
        if (!given || *given > 60) return std::nullopt;  // 60: a leap second
        seconds = *given;
    }
    const auto fraction = take_fraction(text);
    if (!fraction) return std::nullopt;
    return std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
           std::chrono::seconds{seconds} + *fraction;
}

// What the time is ahead of UTC.
std::optional<core::Duration> take_offset(std::string_view& text) {
    if (text.empty() || take(text, 'Z')) return core::Duration{};
    const bool is_behind = text.starts_with('-');
    if (!is_behind && !text.starts_with('+')) return std::nullopt;
    text.remove_prefix(1);
    const auto hours = take_digits(text, 2);
    if (!hours || *hours > 23) return std::nullopt;
    take(text, ':');
    const auto minutes = take_digits(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    const core::Duration offset = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    return is_behind ? -offset : offset;
}

std::optional<core::UtcTime> parse_milliseconds(std::string_view text) {
    std::int64_t value = 0;
    const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
    constexpr std::int64_t kYear2200 = 7'258'118'400'000;
    if (ec != std::errc{} || end != text.data() + text.size() || value > kYear2200) {
        return std::nullopt;
    }
    return core::UtcTime{std::chrono::milliseconds{value}};
}

}  // namespace

std::optional<core::Decimal> parse_number(std::string_view text) {
    if (text.starts_with('+')) {
        text.remove_prefix(1);
        if (text.starts_with('-')) return std::nullopt;
    }
    const std::size_t mark = text.find_first_of("eE");
    if (mark == std::string_view::npos) return core::Decimal::parse(text);
    const std::string_view mantissa = text.substr(0, mark);
    // Why: whatever the exponent is, it is to a number.
    if (mantissa.size() > kMaxExponent || !core::Decimal::parse(mantissa)) return std::nullopt;
    const auto exponent = parse_exponent(text.substr(mark + 1));
    if (!exponent) return std::nullopt;
    return core::Decimal::parse(shifted(mantissa, *exponent));
}

bool is_no_number(std::string_view text) {
    if (text.starts_with('+') || text.starts_with('-')) text.remove_prefix(1);
    constexpr std::array<std::string_view, 3> kWords{"inf", "infinity", "nan"};
    return std::any_of(kWords.begin(), kWords.end(), [&](std::string_view word) {
        return std::equal(text.begin(), text.end(), word.begin(), word.end(), [](char a, char b) {
            return (a >= 'A' && a <= 'Z' ? a - 'A' + 'a' : a) == b;
        });
    });
}

std::optional<core::UtcTime> parse_timestamp(std::string_view text) {
    if (!text.empty() && std::all_of(text.begin(), text.end(), is_digit)) {
        return parse_milliseconds(text);
    }
    const auto date = take_date(text);
    if (!date) return std::nullopt;
    core::UtcTime time = *date;
    if (take(text, 'T')) {
        const auto time_of_day = take_time_of_day(text);
        if (!time_of_day) return std::nullopt;
        time += *time_of_day;
    }
    const auto offset = take_offset(text);
    if (!offset || !text.empty()) return std::nullopt;
    return time - *offset;
}

std::string clipped(std::string_view text, std::size_t max_size) {
    if (text.size() > max_size) {
        const auto is_continuation = [&](std::size_t at) {
            return (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U;
        };
        while (max_size > 0 && is_continuation(max_size)) --max_size;
        text = text.substr(0, max_size);
    }
    std::string line{text};
    const auto is_control = [](char c) { return static_cast<unsigned char>(c) < 0x20U; };
    std::replace_if(line.begin(), line.end(), is_control, ' ');
    return line;
}

}  // namespace broker::dxtrade::json
