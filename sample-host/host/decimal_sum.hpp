// Exact sums and comparison of the ABI's decimals.
#pragma once

#include <boost/multiprecision/cpp_int.hpp>
#include <string>

#include "broker/abi/types.h"

namespace broker::sample_host {

// A sum that can neither overflow nor round, whatever the scales of what is added.
class DecimalSum {
public:
    // An absent value adds nothing.
    void add(const broker_decimal_t& value) { add_scaled(value, 1); }
    void subtract(const broker_decimal_t& value) { add_scaled(value, -1); }
    void add(const DecimalSum& other) { total_ += other.total_; }
    void subtract(const DecimalSum& other) { total_ -= other.total_; }

    [[nodiscard]] bool is_zero() const { return total_ == 0; }
    // Without superfluous zeros: "-12.5", "0".
    [[nodiscard]] std::string text() const;

    friend bool operator==(const DecimalSum& a, const DecimalSum& b) {
        return a.total_ == b.total_;
    }

private:
    void add_scaled(const broker_decimal_t& value, int sign);

    boost::multiprecision::cpp_int total_;  // in units of 10^-18, the finest the ABI has
};

// Whether both are present and equal in value: 1.5 and 1.50 are.
[[nodiscard]] bool is_equal(const broker_decimal_t& a, const broker_decimal_t& b);

}  // namespace broker::sample_host
