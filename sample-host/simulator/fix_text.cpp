#include "simulator/fix_text.hpp"

#include <array>
#include <charconv>
#include <cstdio>

namespace broker::simulator {
namespace {

// A number of `size` digits at `at`; null for anything else.
std::optional<unsigned> number_at(std::string_view text, std::size_t at, std::size_t size) {
    if (text.size() < at + size) return std::nullopt;
    unsigned value = 0;
    const char* const end = text.data() + at + size;
    const auto [stop, error] = std::from_chars(text.data() + at, end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

// ".sss" and the like, up to nine digits.
std::chrono::nanoseconds fraction_from(std::string_view text) {
    std::int64_t nanoseconds = 0;
    for (std::size_t i = 1; i <= 9; ++i) {
        const bool is_digit = i < text.size() && text[i] >= '0' && text[i] <= '9';
        nanoseconds = nanoseconds * 10 + (is_digit ? text[i] - '0' : 0);
    }
    return std::chrono::nanoseconds{nanoseconds};
}

}  // namespace

std::string timestamp_text(core::UtcTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::milliseconds>(time - day)};
    std::array<char, 32> text{};
    const int size = std::snprintf(
        text.data(), text.size(), "-%02d:%02d:%02d.%03d", static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<int>(clock.subseconds().count()));
    return date_text(time) + std::string{text.data(), static_cast<std::size_t>(size)};
}

std::string date_text(core::UtcTime time) {
    const std::chrono::year_month_day date{std::chrono::floor<std::chrono::days>(time)};
    std::array<char, 32> text{};
    const int size =
        std::snprintf(text.data(), text.size(), "%04d%02u%02u", static_cast<int>(date.year()),
                      static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()));
    return {text.data(), static_cast<std::size_t>(size)};
}

std::optional<core::UtcTime> date_from(std::string_view text) {
    const auto year = number_at(text, 0, 4);
    const auto month = number_at(text, 4, 2);
    const auto day = number_at(text, 6, 2);
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{*month}, std::chrono::day{*day}};
    if (!date.ok()) return std::nullopt;
    return core::UtcTime{std::chrono::sys_days{date}};
}

std::optional<core::UtcTime> timestamp_from(std::string_view text) {
    const auto date = date_from(text);
    const auto hours = number_at(text, 9, 2);
    const auto minutes = number_at(text, 12, 2);
    const auto seconds = number_at(text, 15, 2);
    if (!date || !hours || !minutes || !seconds || text[8] != '-') return std::nullopt;
    return *date + std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
           std::chrono::seconds{*seconds} + fraction_from(text.substr(17));
}

std::vector<std::string> values_of(const FixMessage& fix, int tag) {
    std::vector<std::string> values;
    for (const auto& field : fix.fields)
        if (field.tag == tag) values.push_back(field.value);
    return values;
}

}  // namespace broker::simulator
