// Text of the ABI's values: strings, exact decimals, timestamps, enum names and reason names.
#pragma once

#include <algorithm>
#include <array>
#include <charconv>
#include <chrono>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <limits>
#include <optional>
#include <string>
#include <string_view>
#include <system_error>

#include "broker/abi/types.h"
#include "broker/sdk/names.hpp"
#include "broker/sdk/reason_names.hpp"

namespace broker::sdk {

// What the ABI's text says, borrowed as long as `text` is.
[[nodiscard]] constexpr std::string_view view(broker_str_t text) {
    return text.size == 0 ? std::string_view{} : std::string_view{text.data, text.size};
}

// `text` as the ABI passes it, borrowed: it must outlive the call it is used in.
[[nodiscard]] constexpr broker_str_t borrow(std::string_view text) {
    return broker_str_t{text.data(), text.size()};
}

// Most digits after the decimal point.
inline constexpr std::int32_t kMaxDecimalScale = 18;

// Room for every decimal: sign, 19 digits, point, and a zero before a fraction of 18 digits.
using DecimalBuffer = std::array<char, 24>;

// Writes `value` exactly, with all digits of its scale ("1.50"), into `buffer` and returns what it
// wrote. Absent: empty. A scale outside the ABI's range: "invalid".
[[nodiscard]] inline std::string_view write_decimal(const broker_decimal_t& value,
                                                    DecimalBuffer& buffer) {
    if (value.is_present == 0) return {};
    if (value.scale < 0 || value.scale > kMaxDecimalScale) return "invalid";
    const bool is_negative = value.coefficient < 0;
    // Unsigned, because the smallest int64 has no positive twin.
    const std::uint64_t magnitude = is_negative ? 0 - static_cast<std::uint64_t>(value.coefficient)
                                                : static_cast<std::uint64_t>(value.coefficient);
    std::array<char, 20> digits;
    const char* const digits_end =
        std::to_chars(digits.data(), digits.data() + digits.size(), magnitude).ptr;
    const auto digit_count = static_cast<std::int32_t>(digits_end - digits.data());

    char* out = buffer.data();
    if (is_negative) *out++ = '-';
    const std::int32_t whole_count = digit_count - value.scale;
    if (whole_count > 0) {
        out = std::copy_n(digits.data(), whole_count, out);
    } else {
        *out++ = '0';
    }
    if (value.scale > 0) {
        *out++ = '.';
        if (whole_count < 0) out = std::fill_n(out, -whole_count, '0');
        const char* const fraction = digits.data() + std::max(whole_count, 0);
        out = std::copy(fraction, digits_end, out);
    }
    return {buffer.data(), static_cast<std::size_t>(out - buffer.data())};
}

[[nodiscard]] inline std::string decimal_text(const broker_decimal_t& value) {
    DecimalBuffer buffer;
    return std::string{write_decimal(value, buffer)};
}

// Reads "-12.50": an optional minus, digits, and optionally a point with digits behind it. The
// scale is that of the text. Null for anything else, or what does not fit exactly.
[[nodiscard]] inline std::optional<broker_decimal_t> decimal_from_text(std::string_view text) {
    const bool is_negative = text.starts_with('-');
    if (is_negative) text.remove_prefix(1);
    const std::uint64_t limit =
        static_cast<std::uint64_t>(std::numeric_limits<std::int64_t>::max()) +
        (is_negative ? 1 : 0);
    std::uint64_t magnitude = 0;
    std::int32_t scale = 0;
    bool has_point = false;
    bool follows_digit = false;
    for (const char c : text) {
        if (c == '.' && follows_digit && !has_point) {
            has_point = true;
            follows_digit = false;
            continue;
        }
        if (c < '0' || c > '9') return std::nullopt;
        const auto digit = static_cast<std::uint64_t>(c - '0');
        if (magnitude > (limit - digit) / 10) return std::nullopt;
        magnitude = magnitude * 10 + digit;
        follows_digit = true;
        if (has_point && ++scale > kMaxDecimalScale) return std::nullopt;
    }
    if (!follows_digit) return std::nullopt;  // empty, or nothing behind the point
    const std::uint64_t bits = is_negative ? 0 - magnitude : magnitude;
    return broker_decimal_t{static_cast<std::int64_t>(bits), scale, 1};
}

// "2026-01-05T12:00:00.000000000Z" (UTC). Absent: empty.
[[nodiscard]] inline std::string timestamp_text(broker_timestamp_t time) {
    if (time == 0) return {};
    using std::chrono::nanoseconds;
    const std::chrono::sys_time<nanoseconds> instant{nanoseconds{time}};
    const auto day = std::chrono::floor<std::chrono::days>(instant);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss<nanoseconds> clock{instant - day};
    std::array<char, 64> buffer;
    const int size = std::snprintf(
        buffer.data(), buffer.size(), "%04d-%02u-%02uT%02d:%02d:%02d.%09lldZ",
        static_cast<int>(date.year()), static_cast<unsigned>(date.month()),
        static_cast<unsigned>(date.day()), static_cast<int>(clock.hours().count()),
        static_cast<int>(clock.minutes().count()), static_cast<int>(clock.seconds().count()),
        static_cast<long long>(clock.subseconds().count()));
    return {buffer.data(), static_cast<std::size_t>(size)};
}

// Reads "2026-01-05T12:00:00Z", with up to nine digits of a fraction behind a point. Null for
// anything else, or a time outside the ABI's range.
[[nodiscard]] inline std::optional<broker_timestamp_t> timestamp_from_text(std::string_view text) {
    constexpr std::string_view kShape = "dddd-dd-ddTdd:dd:dd";
    constexpr std::size_t kMaxFraction = 9;
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.size() <= kShape.size() || text.back() != 'Z') return std::nullopt;
    for (std::size_t i = 0; i < kShape.size(); ++i) {
        if (kShape[i] == 'd' ? !is_digit(text[i]) : text[i] != kShape[i]) return std::nullopt;
    }
    std::string_view fraction = text.substr(kShape.size(), text.size() - kShape.size() - 1);
    if (!fraction.empty()) {
        const bool is_fraction =
            fraction[0] == '.' && fraction.size() > 1 && fraction.size() <= kMaxFraction + 1;
        if (!is_fraction) return std::nullopt;
        fraction.remove_prefix(1);
        if (!std::all_of(fraction.begin(), fraction.end(), is_digit)) return std::nullopt;
    }
    const auto number = [&text](std::size_t begin, std::size_t size) {
        int value = 0;
        for (const char c : text.substr(begin, size)) value = value * 10 + (c - '0');
        return value;
    };
    const std::chrono::year_month_day date{std::chrono::year{number(0, 4)},
                                           std::chrono::month(static_cast<unsigned>(number(5, 2))),
                                           std::chrono::day(static_cast<unsigned>(number(8, 2)))};
    const int hour = number(11, 2);
    const int minute = number(14, 2);
    const int second = number(17, 2);
    // Nanoseconds since 1970 in 64 bits end in 2262.
    const bool is_in_range = date.ok() && number(0, 4) >= 1970 && number(0, 4) < 2262;
    if (!is_in_range || hour > 23 || minute > 59 || second > 59) return std::nullopt;
    std::int64_t nanoseconds = 0;
    for (std::size_t i = 0; i < kMaxFraction; ++i) {
        nanoseconds = nanoseconds * 10 + (i < fraction.size() ? fraction[i] - '0' : 0);
    }
    const std::chrono::sys_seconds instant =
        std::chrono::sys_days{date} + std::chrono::hours{hour} + std::chrono::minutes{minute} +
        std::chrono::seconds{second};
    return instant.time_since_epoch().count() * 1'000'000'000 + nanoseconds;
}

}  // namespace broker::sdk
