#include "dxtrade/fix/report_messages.hpp"

#include "dxtrade/fix/enum_codes.hpp"
#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {

core::ExecutionReport execution_report_from_fix(const broker::fix::MessageView& message,
                                                core::MonotonicTime received) {
    core::ExecutionReport report;
    report.raw_exec_type = message.get(tag::kExecType);
    report.raw_ord_status = message.get(tag::kOrdStatus);
    report.exec_type = exec_type_from_fix(report.raw_exec_type);
    report.ord_status = ord_status_from_fix(report.raw_ord_status);
    report.side = side_from_fix(message.get(tag::kSide));
    report.ord_type = ord_type_from_fix(message.get(tag::kOrdType));
    report.time_in_force = time_in_force_from_fix(message.get(tag::kTimeInForce));
    report.is_poss_dup = message.is_yes(tag::kPossDupFlag);
    report.cl_ord_id = message.get(tag::kClOrdID);
    report.orig_cl_ord_id = message.get(tag::kOrigClOrdID);
    report.order_id = message.get(tag::kOrderID);
    report.exec_id = message.get(tag::kExecID);
    report.exec_ref_id = message.get(tag::kExecRefID);
    report.symbol = message.get(tag::kSymbol);
    report.text = message.get(tag::kText);
    report.order_qty = message.find_decimal(tag::kOrderQty);
    report.price = message.find_decimal(tag::kPrice);
    report.stop_px = message.find_decimal(tag::kStopPx);
    report.last_qty = message.find_decimal(tag::kLastQty);
    report.last_px = message.find_decimal(tag::kLastPx);
    report.cum_qty = message.find_decimal(tag::kCumQty);
    report.leaves_qty = message.find_decimal(tag::kLeavesQty);
    report.avg_px = message.find_decimal(tag::kAvgPx);
    report.transact_time = message.find_utc_timestamp(tag::kTransactTime);
    report.sending_time = message.find_utc_timestamp(tag::kSendingTime);
    report.received = received;
    return report;
}

core::OrderCancelReject order_cancel_reject_from_fix(const broker::fix::MessageView& message,
                                                     core::MonotonicTime received) {
    core::OrderCancelReject reject;
    reject.ord_status = ord_status_from_fix(message.get(tag::kOrdStatus));
    reject.is_replace = message.get(tag::kCxlRejResponseTo) == "2";
    reject.is_order_unknown = message.get(tag::kCxlRejReason) == "1";
    reject.cl_ord_id = message.get(tag::kClOrdID);
    reject.orig_cl_ord_id = message.get(tag::kOrigClOrdID);
    reject.order_id = message.get(tag::kOrderID);
    reject.text = message.get(tag::kText);
    reject.transact_time = message.find_utc_timestamp(tag::kTransactTime);
    reject.received = received;
    return reject;
}

}  // namespace broker::dxtrade::fix
