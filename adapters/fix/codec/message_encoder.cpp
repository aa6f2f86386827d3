#include "fix/codec/message_encoder.hpp"

#include <algorithm>
#include <charconv>
#include <chrono>
#include <limits>

#include "fix/codec/message_view.hpp"

namespace broker::fix {
namespace {

using std::chrono::nanoseconds;

// Writes `value` as exactly `width` digits.
char* write_digits(char* out, unsigned value, int width) {
    for (int i = width - 1; i >= 0; --i, value /= 10) out[i] = static_cast<char>('0' + value % 10);
    return out + width;
}

// Exactly the digits of `text`; null if it has anything else.
std::optional<unsigned> read_digits(std::string_view text) {
    unsigned value = 0;
    for (const char c : text) {
        if (c < '0' || c > '9') return std::nullopt;
        value = value * 10 + static_cast<unsigned>(c - '0');
    }
    return value;
}

std::optional<std::chrono::sys_days> read_date(std::string_view text) {
    const auto year = read_digits(text.substr(0, 4));
    const auto month = read_digits(text.substr(4, 2));
    const auto day = read_digits(text.substr(6, 2));
    // Years that nanoseconds since 1970 in 64 bits can express.
    if (!year || !month || !day || *year < 1970 || *year > 2261) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{*month}, std::chrono::day{*day}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

// HH:MM:SS; the second 60 is a leap second and counts as the first of the next minute.
std::optional<std::chrono::seconds> read_time_of_day(std::string_view text) {
    const auto hours = read_digits(text.substr(0, 2));
    const auto minutes = read_digits(text.substr(3, 2));
    const auto seconds = read_digits(text.substr(6, 2));
    if (text[2] != ':' || text[5] != ':' || !hours || !minutes || !seconds) return std::nullopt;
    if (*hours > 23 || *minutes > 59 || *seconds > 60) return std::nullopt;
    return std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
           std::chrono::seconds{*seconds};
}

// Nothing, or a point and 1 to 9 digits.
std::optional<nanoseconds> read_fraction(std::string_view text) {
    if (text.empty()) return nanoseconds{0};
    if (text.front() != '.' || text.size() < 2 || text.size() > 10) return std::nullopt;
    const auto digits = read_digits(text.substr(1));
    if (!digits) return std::nullopt;
    std::int64_t value = *digits;
    for (std::size_t i = text.size(); i < 10; ++i) value *= 10;
    return nanoseconds{value};
}

}  // namespace

void MessageEncoder::clear(std::string_view msg_type) {
    size_ = 0;
    is_valid_ = !msg_type.empty() && msg_type.size() <= msg_type_.size() &&
                msg_type.find(kSoh) == std::string_view::npos;
    msg_type_size_ = is_valid_ ? msg_type.size() : 0;
    std::copy_n(msg_type.data(), msg_type_size_, msg_type_.data());
}

void MessageEncoder::add(std::int32_t tag, std::string_view value) {
    if (!is_valid_) return;
    std::array<char, 10> digits;  // of the largest int32
    const char* const tag_end = std::to_chars(digits.begin(), digits.end(), tag).ptr;
    const auto tag_size = static_cast<std::size_t>(tag_end - digits.data());
    is_valid_ = tag > 0 && !value.empty() && value.size() <= buffer_.size() &&
                tag_size + value.size() + 2 <= buffer_.size() - size_ &&
                value.find(kSoh) == std::string_view::npos;
    if (!is_valid_) return;
    char* out = std::copy_n(digits.data(), tag_size, buffer_.data() + size_);
    *out++ = '=';
    out = std::copy(value.begin(), value.end(), out);
    *out++ = kSoh;
    size_ = static_cast<std::size_t>(out - buffer_.data());
}

void MessageEncoder::add(std::int32_t tag, std::int64_t value) {
    std::array<char, 20> text;  // sign and 19 digits
    const char* const end = std::to_chars(text.begin(), text.end(), value).ptr;
    add(tag, std::string_view{text.data(), static_cast<std::size_t>(end - text.data())});
}

void MessageEncoder::add(std::int32_t tag, const core::Decimal& value) {
    core::Decimal::Text text;
    add(tag, value.write(text));
}

void MessageEncoder::add_utc_timestamp(std::int32_t tag, core::UtcTime value, int fraction_digits) {
    constexpr std::size_t kWithoutFraction = 17;
    std::array<char, kUtcTimestampSize + 3> text;
    write_utc_timestamp(value, std::span{text}.first<kUtcTimestampSize>());
    if (fraction_digits == 6) {
        const auto in_millisecond = value - std::chrono::floor<std::chrono::milliseconds>(value);
        write_digits(text.data() + kUtcTimestampSize,
                     static_cast<unsigned>(in_millisecond / std::chrono::microseconds{1}), 3);
    }
    const auto digits = static_cast<std::size_t>(fraction_digits);
    add(tag, std::string_view{text.data(), kWithoutFraction + (digits == 0 ? 0 : digits + 1)});
}

void MessageEncoder::add_utc_date(std::int32_t tag, core::UtcTime value) {
    std::array<char, kUtcTimestampSize> text;
    write_utc_timestamp(value, text);
    add(tag, std::string_view{text.data(), 8});
}

std::optional<core::UtcTime> parse_utc_timestamp(std::string_view text) {
    constexpr std::size_t kDate = 8;
    constexpr std::size_t kTime = 8;
    if (text.size() < kDate + 1 + kTime || text[kDate] != '-') return std::nullopt;
    const auto date = read_date(text.substr(0, kDate));
    const auto time = read_time_of_day(text.substr(kDate + 1, kTime));
    const auto fraction = read_fraction(text.substr(kDate + 1 + kTime));
    if (!date || !time || !fraction) return std::nullopt;
    return core::UtcTime{*date} + *time + *fraction;
}

std::optional<core::UtcTime> parse_utc_date(std::string_view text) {
    const auto date = text.size() == 8 ? read_date(text) : std::nullopt;
    if (!date) return std::nullopt;
    return core::UtcTime{*date};
}

void write_utc_timestamp(core::UtcTime time, std::span<char, kUtcTimestampSize> text) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::milliseconds>(time - day)};
    char* out = text.data();
    out = write_digits(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
    out = write_digits(out, static_cast<unsigned>(date.month()), 2);
    out = write_digits(out, static_cast<unsigned>(date.day()), 2);
    *out++ = '-';
    out = write_digits(out, static_cast<unsigned>(clock.hours().count()), 2);
    *out++ = ':';
    out = write_digits(out, static_cast<unsigned>(clock.minutes().count()), 2);
    *out++ = ':';
    out = write_digits(out, static_cast<unsigned>(clock.seconds().count()), 2);
    *out++ = '.';
    write_digits(out, static_cast<unsigned>(clock.subseconds().count()), 3);
}

}  // namespace broker::fix
