// Sums and averages of prices times quantities, which outgrow a Decimal's 64 bits.
#pragma once

#include <optional>

#include "core/decimal.hpp"

namespace broker::simulator {

__extension__ using Wide = __int128;

// All sums are kept in units of 10^-8, products in units of 10^-16.
inline constexpr int kFixedScale = 8;

// Null if the value has more than eight places.
[[nodiscard]] std::optional<Wide> to_fixed(const core::Decimal& value);

// Of a price or a quantity: positive, with at most eight places.
[[nodiscard]] inline bool is_amount(const core::Decimal& value) {
    return value.sign() > 0 && to_fixed(value).has_value();
}

// Without trailing zeros; the last places are rounded off where a Decimal cannot hold them. Throws
// std::overflow_error beyond 9.2e18, which the exchange's bounds on orders keep out of reach.
[[nodiscard]] core::Decimal from_fixed(Wide value);

// Half away from zero. The divisor is not zero.
[[nodiscard]] Wide rounded_quotient(Wide dividend, Wide divisor);

}  // namespace broker::simulator
