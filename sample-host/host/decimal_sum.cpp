#include "host/decimal_sum.hpp"

#include <algorithm>

#include "broker/sdk/text.hpp"

namespace broker::sample_host {

void DecimalSum::add_scaled(const broker_decimal_t& value, int sign) {
    if (value.is_present == 0) return;
    const int exponent = sdk::kMaxDecimalScale - std::clamp(value.scale, 0, sdk::kMaxDecimalScale);
    boost::multiprecision::cpp_int scaled = value.coefficient;
    scaled *= boost::multiprecision::pow(boost::multiprecision::cpp_int{10},
                                         static_cast<unsigned>(exponent));
    if (sign < 0) scaled = -scaled;
    total_ += scaled;
}

std::string DecimalSum::text() const {
    constexpr auto kScale = static_cast<std::size_t>(sdk::kMaxDecimalScale);
    const boost::multiprecision::cpp_int magnitude = boost::multiprecision::abs(total_);
    std::string digits = magnitude.str();
    if (digits.size() <= kScale) digits.insert(0, kScale + 1 - digits.size(), '0');
    digits.insert(digits.size() - kScale, 1, '.');
    digits.erase(digits.find_last_not_of('0') + 1);
    if (digits.back() == '.') digits.pop_back();
    return total_ < 0 ? "-" + digits : digits;
}

bool is_equal(const broker_decimal_t& a, const broker_decimal_t& b) {
    if (a.is_present == 0 || b.is_present == 0) return false;
    DecimalSum difference;
    difference.add(a);
    difference.subtract(b);
    return difference.is_zero();
}

}  // namespace broker::sample_host
