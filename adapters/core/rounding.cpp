#include "core/rounding.hpp"

#include <limits>

namespace broker::core {
namespace {

// Why: holds the product of any two coefficients.
__extension__ using Int128 = __int128;

}  // namespace

std::optional<Decimal> times_rounded_up(const Decimal& a, const Decimal& b) {
    constexpr Int128 kMax = std::numeric_limits<std::int64_t>::max();
    const Int128 product = Int128{a.coefficient()} * b.coefficient();
    const bool is_negative = product < 0;
    Int128 magnitude = is_negative ? -product : product;
    int scale = a.scale() + b.scale();
    while (magnitude > kMax || scale > Decimal::kMaxScale) {
        if (scale == 0) return std::nullopt;
        magnitude = magnitude / 10 + (magnitude % 10 != 0 ? 1 : 0);
        --scale;
    }
    const auto coefficient = static_cast<std::int64_t>(is_negative ? -magnitude : magnitude);
    return Decimal::from(coefficient, scale);
}

}  // namespace broker::core
