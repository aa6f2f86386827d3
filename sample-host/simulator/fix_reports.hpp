// Writes what the exchange says to a client.
#pragma once

#include <optional>
#include <string>
#include <vector>

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
    std::string exec_ref_id{};  // of the trade that is corrected or canceled
    std::optional<int> exec_restatement_reason{};
    std::string text{};
    core::UtcTime now{};
    std::vector<FixField> more{};  // whatever else it says
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
// The same as an ExecutionReport, as some venues say it.
[[nodiscard]] FixMessage change_rejected_report(const Order* order,
                                                const CancelRejectDetails& details,
                                                const OrderReference& request,
                                                const std::string& exec_id);

[[nodiscard]] FixMessage business_message_reject(const FixMessage& rejected,
                                                 const RequestError& error);

}  // namespace broker::simulator
