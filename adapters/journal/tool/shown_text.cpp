#include "journal_tool/shown_text.hpp"

#include <algorithm>
#include <array>
#include <boost/locale/utf.hpp>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <iterator>

namespace broker::journal_tool {
namespace {

namespace utf = boost::locale::utf;
using Utf8 = utf::utf_traits<char>;

bool is_control(std::uint32_t character) {
    return character < 0x20 || (character >= 0x7F && character <= 0x9F);
}

void append_hex(std::string& to, unsigned char byte) {
    constexpr std::string_view kDigits = "0123456789ABCDEF";
    to += "\\x";
    to += kDigits[byte >> 4U];
    to += kDigits[byte & 0xFU];
}

// Takes that many digits off the text; null if they are not there.
std::optional<int> take_number(std::string_view& text, std::size_t digits) {
    int value = 0;
    const char* const begin = text.data();
    if (text.size() < digits || *begin == '-') return std::nullopt;
    const auto [end, error] = std::from_chars(begin, begin + digits, value);
    if (error != std::errc{} || end != begin + digits) return std::nullopt;
    text.remove_prefix(digits);
    return value;
}

bool take(std::string_view& text, char wanted) {
    if (!text.starts_with(wanted)) return false;
    text.remove_prefix(1);
    return true;
}

std::optional<std::chrono::sys_days> take_date(std::string_view& text) {
    const auto year = take_number(text, 4);
    if (!year || *year < 1970 || *year > 2261 || !take(text, '-')) return std::nullopt;
    const auto month = take_number(text, 2);
    if (!month || !take(text, '-')) return std::nullopt;
    const auto day = take_number(text, 2);
    if (!day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{*year},
                                           std::chrono::month{static_cast<unsigned>(*month)},
                                           std::chrono::day{static_cast<unsigned>(*day)}};
    if (!date.ok()) return std::nullopt;
    return std::chrono::sys_days{date};
}

std::optional<core::Duration> take_fraction(std::string_view& text) {
    std::int64_t nanoseconds = 0;
    int digits = 0;
    for (; digits < 9 && !text.empty() && text[0] >= '0' && text[0] <= '9'; ++digits) {
        nanoseconds = nanoseconds * 10 + (text[0] - '0');
        text.remove_prefix(1);
    }
    if (digits == 0) return std::nullopt;
    for (; digits < 9; ++digits) nanoseconds *= 10;
    return core::Duration{nanoseconds};
}

std::optional<core::Duration> take_time_of_day(std::string_view& text) {
    const auto hours = take_number(text, 2);
    if (!hours || *hours > 23 || !take(text, ':')) return std::nullopt;
    const auto minutes = take_number(text, 2);
    if (!minutes || *minutes > 59) return std::nullopt;
    core::Duration time = std::chrono::hours{*hours} + std::chrono::minutes{*minutes};
    if (!take(text, ':')) return time;
    const auto seconds = take_number(text, 2);
    if (!seconds || *seconds > 59) return std::nullopt;
    time += std::chrono::seconds{*seconds};
    if (!take(text, '.')) return time;
    const auto fraction = take_fraction(text);
    if (!fraction) return std::nullopt;
    return time + *fraction;
}

}  // namespace

std::string printable(std::string_view text) {
    std::string shown;
    shown.reserve(text.size());
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        // Nearly all of a message.
        const char* const plain_end =
            std::find_if_not(at, end, [](char c) { return c >= ' ' && c <= '~'; });
        shown.append(at, plain_end);
        at = plain_end;
        if (at == end) break;
        const char* next = at;
        const auto character = Utf8::decode(next, end);
        const bool is_broken = character == utf::illegal || character == utf::incomplete;
        if (is_broken) next = at + 1;
        if (is_broken || is_control(character)) {
            for (; at != next; ++at) append_hex(shown, static_cast<unsigned char>(*at));
        } else {
            shown.append(at, next);
        }
        at = next;
    }
    return shown;
}

std::string one_word(std::string_view text) {
    const std::string shown = printable(text);
    if (!shown.empty() && shown.find_first_of(" \"") == shown.npos) return shown;
    std::string result = "\"";
    for (const char c : shown) {
        if (c == '"') result += '\\';
        result += c;
    }
    return result + '"';
}

std::string utf8(std::string_view text) {
    const char* const end = text.data() + text.size();
    for (const char* at = text.data(); at != end;) {
        const auto character = Utf8::decode(at, end);
        if (character != utf::illegal && character != utf::incomplete) continue;
        std::string encoded;
        for (const char c : text) {
            Utf8::encode(static_cast<unsigned char>(c), std::back_inserter(encoded));
        }
        return encoded;
    }
    return std::string{text};
}

std::string iso_text(core::UtcTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{time - day};
    std::array<char, 64> text{};
    const int size = std::snprintf(
        text.data(), text.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%09lldZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<long long>(clock.subseconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<core::UtcTime> time_of(std::string_view text) {
    const auto date = take_date(text);
    if (!date) return std::nullopt;
    core::UtcTime time{*date};
    if (take(text, 'T')) {
        const auto time_of_day = take_time_of_day(text);
        if (!time_of_day) return std::nullopt;
        time += *time_of_day;
    }
    (void)take(text, 'Z');
    if (!text.empty()) return std::nullopt;
    return time;
}

}  // namespace broker::journal_tool
