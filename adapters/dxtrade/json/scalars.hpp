// Scalar values as the venue writes them (reference section 1.1). Pure functions; null is what does
// not fit.
#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/decimal.hpp"

namespace broker::dxtrade::json {

// A number of JSON, or the same in a string: sign, digits, point, exponent. Exactly the value, or
// null: what 19 digits cannot hold is not rounded.
[[nodiscard]] std::optional<core::Decimal> parse_number(std::string_view text);

// "+INF", "-INF", "INF", "Infinity", "NaN" in any case: said to be no number.
[[nodiscard]] bool is_no_number(std::string_view text);

// "2031-04-05T06:07:08.901Z" with 0 to 9 digits of a fraction, Z or an offset or neither (UTC);
// "2031-04-05Z" or "2031-04-05": midnight; digits alone: milliseconds since 1970.
[[nodiscard]] std::optional<core::UtcTime> parse_timestamp(std::string_view text);

// At most so many bytes of the venue's words, in whole characters of UTF-8, on one line.
[[nodiscard]] std::string clipped(std::string_view text, std::size_t max_size);

}  // namespace broker::dxtrade::json
