#include "simulator/fixed.hpp"

#include <cstdint>
#include <limits>
#include <stdexcept>

namespace broker::simulator {

std::optional<Wide> to_fixed(const core::Decimal& value) {
    Wide result = value.coefficient();
    for (int scale = value.scale(); scale < kFixedScale; ++scale) result *= 10;
    for (int scale = value.scale(); scale > kFixedScale; --scale) {
        if (result % 10 != 0) return std::nullopt;
        result /= 10;
    }
    return result;
}

Wide rounded_quotient(Wide dividend, Wide divisor) {
    const bool is_negative = (dividend < 0) != (divisor < 0);
    const Wide top = dividend < 0 ? -dividend : dividend;
    const Wide bottom = divisor < 0 ? -divisor : divisor;
    const Wide quotient = (top + bottom / 2) / bottom;
    return is_negative ? -quotient : quotient;
}

core::Decimal from_fixed(Wide value) {
    const auto fits = [](Wide coefficient) {
        return coefficient <= std::numeric_limits<std::int64_t>::max() &&
               coefficient >= std::numeric_limits<std::int64_t>::min();
    };
    int scale = kFixedScale;
    for (; scale > 0 && value % 10 == 0; --scale) value /= 10;
    for (; scale > 0 && !fits(value); --scale) value = rounded_quotient(value, 10);
    if (!fits(value)) throw std::overflow_error("a sum outgrew the simulator's numbers");
    return core::Decimal::from(static_cast<std::int64_t>(value), scale).value();
}

}  // namespace broker::simulator
