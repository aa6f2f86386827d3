// Decimal products that need not be exact.
#pragma once

#include <optional>

#include "core/decimal.hpp"

namespace broker::core {

// The product, away from zero to as many places as fit, 18 at most: for a sum of money that must
// not be taken for too small. Null if even the whole number is out of range.
[[nodiscard]] std::optional<Decimal> times_rounded_up(const Decimal& a, const Decimal& b);

}  // namespace broker::core
