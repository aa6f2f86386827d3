// Enumerators and their codes in FIX 4.4.
#pragma once

#include <string_view>

#include "core/execution_report.hpp"
#include "core/order.hpp"

namespace broker::simulator {

// Unspecified if the exchange does not serve it.
[[nodiscard]] core::Side side_from(std::string_view code);
// "P" is Pegged: whether it is a trailing stop is for ExecInst (18) to say.
[[nodiscard]] core::OrdType ord_type_from(std::string_view code);
[[nodiscard]] core::TimeInForce time_in_force_from(std::string_view code);  // empty: Day

[[nodiscard]] const char* code_of(core::ExecType type);
[[nodiscard]] const char* code_of(core::OrdStatus status);
[[nodiscard]] const char* code_of(core::Side side);  // Unspecified: undisclosed
[[nodiscard]] const char* code_of(core::OrdType type);
[[nodiscard]] const char* code_of(core::TimeInForce time_in_force);

}  // namespace broker::simulator
