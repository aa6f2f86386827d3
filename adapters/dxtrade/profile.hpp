// What varies from broker to broker, as data.
#pragma once

#include <cstdint>
#include <initializer_list>
#include <string>

#include "core/order.hpp"

namespace broker::dxtrade {

// A set of enumerators: bit n stands for the enumerator with value n, as in the ABI's capabilities.
template <class Enum>
class EnumSet {
public:
    constexpr EnumSet() = default;
    constexpr EnumSet(std::initializer_list<Enum> values) {
        for (const Enum value : values) add(value);
    }

    constexpr void add(Enum value) { bits_ |= std::uint64_t{1} << static_cast<unsigned>(value); }
    [[nodiscard]] constexpr bool contains(Enum value) const {
        return (bits_ >> static_cast<unsigned>(value) & 1U) != 0;
    }
    [[nodiscard]] constexpr bool empty() const { return bits_ == 0; }
    [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }

private:
    std::uint64_t bits_ = 0;
};

// Read from config/profiles/<name>.yaml. What a profile does not offer is refused before sending.
struct Profile {
    std::string name;
    EnumSet<core::Side> sides;
    EnumSet<core::OrdType> ord_types;
    EnumSet<core::TimeInForce> times_in_force;
    bool can_replace = false;               // OrderCancelReplaceRequest (G)
    bool can_request_order_status = false;  // OrderStatusRequest (H)
    bool sends_account = true;              // Account (1) on every request
    std::string handl_inst;                 // HandlInst (21); empty: not sent
    std::size_t max_cl_ord_id_size = 32;    // bytes, at most 64
};

}  // namespace broker::dxtrade
