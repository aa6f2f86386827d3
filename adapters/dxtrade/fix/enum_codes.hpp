// FIX characters of the enumerations, both ways.
#pragma once

#include <string_view>

#include "core/execution_report.hpp"
#include "core/order.hpp"
#include "core/order_list.hpp"
#include "core/query.hpp"

namespace broker::dxtrade::fix {

// The FIX value; '\0' for Unspecified, and for what FIX 4.4 cannot say with this field alone.
[[nodiscard]] char to_fix(core::Side side);
[[nodiscard]] char to_fix(core::OrdType type);
[[nodiscard]] char to_fix(core::TimeInForce time_in_force);
[[nodiscard]] char to_fix(core::PositionEffect effect);
[[nodiscard]] char to_fix(core::ExecInst exec_inst);
[[nodiscard]] char to_fix(core::LocateReqd locate_reqd);
[[nodiscard]] char to_fix(core::PegOffsetType type);

// Unspecified for a value that is absent or not known.
[[nodiscard]] core::Side side_from_fix(std::string_view value);
[[nodiscard]] core::OrdType ord_type_from_fix(std::string_view value);
[[nodiscard]] core::TimeInForce time_in_force_from_fix(std::string_view value);
[[nodiscard]] core::PositionEffect position_effect_from_fix(std::string_view value);
[[nodiscard]] core::ExecType exec_type_from_fix(std::string_view value);
[[nodiscard]] core::OrdStatus ord_status_from_fix(std::string_view value);
[[nodiscard]] core::ListOrderStatus list_order_status_from_fix(std::string_view value);
[[nodiscard]] core::TradSesStatus trad_ses_status_from_fix(std::string_view value);

}  // namespace broker::dxtrade::fix
