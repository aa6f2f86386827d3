#include "simulator/fix_reports.hpp"

#include "simulator/fix_text.hpp"
#include "simulator/order_codes.hpp"

namespace broker::simulator {
namespace {

void add_if_given(FixMessage& fix, int tag, const std::string& value) {
    if (!value.empty()) fix.add(tag, value);
}

void add_if_given(FixMessage& fix, int tag, const std::optional<core::Decimal>& value) {
    if (value) fix.add(tag, value->to_string());
}

void add_terms(FixMessage& fix, const Order& order) {
    fix.add(38, order.terms.order_qty.to_string());
    if (order.ord_type != core::OrdType::Unspecified) fix.add(40, code_of(order.ord_type));
    add_if_given(fix, 44, order.terms.price);
    add_if_given(fix, 99, order.terms.stop_px);
    if (order.terms.time_in_force != core::TimeInForce::Unspecified)
        fix.add(59, code_of(order.terms.time_in_force));
    add_if_given(fix, 839, order.pegged_price);
    if (order.terms.expire_time) fix.add(126, timestamp_text(*order.terms.expire_time));
}

// With OrderID NONE: about an order that does not exist.
FixMessage report_about_nothing(const OrderReference& request, const std::string& exec_id,
                                core::ExecType type, core::UtcTime now) {
    FixMessage fix{"8", {}};
    fix.add(37, "NONE");
    add_if_given(fix, 11, request.cl_ord_id);
    add_if_given(fix, 41, request.orig_cl_ord_id);
    add_if_given(fix, 790, request.ord_status_req_id);
    fix.add(17, exec_id);
    fix.add(150, code_of(type));
    fix.add(39, "8");
    fix.add(103, "5");  // UnknownOrder
    fix.add(55, request.symbol.empty() ? "[N/A]" : request.symbol);
    fix.add(54, code_of(request.side));
    fix.add(151, "0");
    fix.add(14, "0");
    fix.add(6, "0");
    fix.add(60, timestamp_text(now));
    return fix;
}

}  // namespace

FixMessage execution_report(const Order& order, const ReportDetails& details) {
    FixMessage fix{"8", {}};
    fix.add(37, order.order_id);
    fix.add(11, details.cl_ord_id.empty() ? order.cl_ord_id : details.cl_ord_id);
    add_if_given(fix, 41, details.orig_cl_ord_id);
    add_if_given(fix, 790, details.ord_status_req_id);
    if (!order.list_id.empty()) {
        fix.add(66, order.list_id);
        fix.add(67, std::to_string(order.list_seq_no));
    }
    fix.add(17, details.exec_id);
    add_if_given(fix, 19, details.exec_ref_id);
    fix.add(150, code_of(details.exec_type));
    fix.add(39, code_of(details.pending_status.value_or(order.ord_status)));
    if (details.ord_rej_reason) fix.add(103, std::to_string(*details.ord_rej_reason));
    if (details.exec_restatement_reason)
        fix.add(378, std::to_string(*details.exec_restatement_reason));
    add_if_given(fix, 1, order.account);
    fix.add(55, order.symbol);
    fix.add(54, code_of(order.side));
    add_terms(fix, order);
    add_if_given(fix, 32, details.last_qty);
    add_if_given(fix, 31, details.last_px);
    fix.add(151, order.leaves_qty().to_string());
    fix.add(14, order.cum_qty.to_string());
    fix.add(6, order.avg_px().to_string());
    fix.add(60, timestamp_text(details.now));
    add_if_given(fix, 58, details.text);
    for (const auto& echo : order.echoes) fix.fields.push_back(echo);
    for (const auto& field : details.more) fix.fields.push_back(field);
    return fix;
}

FixMessage unknown_order_report(const OrderReference& request, core::UtcTime now) {
    auto fix = report_about_nothing(request, "0", core::ExecType::OrderStatus, now);
    fix.add(58, "unknown order");
    return fix;
}

FixMessage order_cancel_reject(const Order* order, const CancelRejectDetails& details) {
    FixMessage fix{"9", {}};
    fix.add(37, order != nullptr ? order->order_id : "NONE");
    fix.add(11, details.cl_ord_id);
    fix.add(41, details.orig_cl_ord_id);
    fix.add(39, order != nullptr ? code_of(order->ord_status) : "8");
    fix.add(434, details.is_replace ? "2" : "1");
    fix.add(102, std::to_string(details.cxl_rej_reason));
    fix.add(60, timestamp_text(details.now));
    add_if_given(fix, 58, details.text);
    return fix;
}

FixMessage change_rejected_report(const Order* order, const CancelRejectDetails& details,
                                  const OrderReference& request, const std::string& exec_id) {
    if (order == nullptr) {
        auto fix = report_about_nothing(request, exec_id, core::ExecType::Rejected, details.now);
        add_if_given(fix, 58, details.text);
        return fix;
    }
    return execution_report(*order, {.exec_type = core::ExecType::Rejected,
                                     .exec_id = exec_id,
                                     .cl_ord_id = details.cl_ord_id,
                                     .orig_cl_ord_id = details.orig_cl_ord_id,
                                     .ord_rej_reason = 99,
                                     .text = details.text,
                                     .now = details.now});
}

FixMessage business_message_reject(const FixMessage& rejected, const RequestError& error) {
    FixMessage fix{"j", {}};
    add_if_given(fix, 45, rejected.value(34));
    fix.add(372, rejected.msg_type);
    fix.add(380, std::to_string(error.business_reject_reason));
    add_if_given(fix, 58, error.text);
    return fix;
}

}  // namespace broker::simulator
