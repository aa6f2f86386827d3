// Writes what the exchange says to a client.
#pragma once

#include <optional>
#include <string>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/execution_report.hpp"
#include "simulator/fix_message.hpp"
#include "simulator/fix_requests.hpp"
#include "simulator/order_book.hpp"

namespace broker::simulator {

// What an ExecutionReport (8) says beside the state of the order.
struct ReportDetails {
    core::ExecType exec_type = core::ExecType::Unspecified;
    std::string exec_id{};
    std::string cl_ord_id{};       // of the request that is answered; empty: the order's
    std::string orig_cl_ord_id{};  // empty: none
    std::optional<core::OrdStatus> pending_status{};  // instead of the order's
    std::optional<core::Decimal> last_qty{};
    std::optional<core::Decimal> last_px{};
    std::optional<int> ord_rej_reason{};
    std::string ord_status_req_id{};
    std::string text{};
    core::UtcTime now{};
};
[[nodiscard]] FixMessage execution_report(const Order& order, const ReportDetails& details);

// The answer to an OrderStatusRequest about an order that does not exist.
[[nodiscard]] FixMessage unknown_order_report(const OrderReference& request, core::UtcTime now);

struct CancelRejectDetails {
    std::string cl_ord_id{};
    std::string orig_cl_ord_id{};
    bool is_replace = false;
    int cxl_rej_reason = 0;
    std::string text{};
    core::UtcTime now{};
};
// `order` null: unknown.
[[nodiscard]] FixMessage order_cancel_reject(const Order* order,
                                             const CancelRejectDetails& details);

[[nodiscard]] FixMessage business_message_reject(const FixMessage& rejected,
                                                 const RequestError& error);

}  // namespace broker::simulator
