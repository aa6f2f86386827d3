#include "dxtrade/rest/order_reports.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Decimal;
using core::ExecType;
using core::ExecutionReport;
using core::OrdStatus;
using core::ReportFault;

// What a status is judged by, of an order or of one of its executions.
struct State {
    RestOrderStatus status = RestOrderStatus::Unspecified;
    std::optional<bool> is_final;
    std::optional<Decimal> filled;
    std::optional<Decimal> remaining;
};

bool ends_order(RestOrderStatus status) {
    return status == RestOrderStatus::Completed || status == RestOrderStatus::Canceled ||
           status == RestOrderStatus::Expired || status == RestOrderStatus::Rejected;
}

OrdStatus status_while_open(const State& state) {
    const bool has_fills = state.filled && state.filled->sign() > 0;
    return has_fills ? OrdStatus::PartiallyFilled : OrdStatus::New;
}

// finalStatus is trusted over the word: one that says otherwise than the other leaves what is not
// said Unspecified, or names what is under way.
OrdStatus status_of(const State& state) {
    const bool is_final = state.is_final.value_or(ends_order(state.status));
    switch (state.status) {
        case RestOrderStatus::Accepted:
        case RestOrderStatus::Working: {
            if (!is_final) return status_while_open(state);
            const bool is_whole = state.filled && state.filled->sign() > 0 && state.remaining &&
                                  state.remaining->is_zero();
            return is_whole ? OrdStatus::Filled : OrdStatus::Unspecified;
        }
        case RestOrderStatus::Completed:
            return is_final ? OrdStatus::Filled : status_while_open(state);
        case RestOrderStatus::Canceled:
            return is_final ? OrdStatus::Canceled : OrdStatus::PendingCancel;
        case RestOrderStatus::Expired:
            return is_final ? OrdStatus::Expired : status_while_open(state);
        case RestOrderStatus::Rejected:
            return is_final ? OrdStatus::Rejected : OrdStatus::Unspecified;
        default:
            return OrdStatus::Unspecified;
    }
}

bool is_final_status(OrdStatus status) {
    return status == OrdStatus::Filled || status == OrdStatus::Canceled ||
           status == OrdStatus::Expired || status == OrdStatus::Rejected;
}

bool is_fill(const RestExecution& execution) {
    return execution.last_quantity && !execution.last_quantity->is_zero();
}

std::optional<Decimal> magnitude(const std::optional<Decimal>& value) {
    if (!value || value->sign() >= 0) return value;
    return Decimal{}.minus(*value);
}

// Which of the order's prices is which: the leg's is that of its type.
void put_prices(const RestOrder& order, ExecutionReport& report) {
    const std::optional<Decimal> leg_price =
        order.legs.empty() ? std::nullopt : order.legs.front().price;
    report.price = order.limit_price;
    report.stop_px = order.stop_price;
    if (order.type == core::OrdType::Limit && !report.price) report.price = leg_price;
    const bool is_stop =
        order.type == core::OrdType::Stop || order.type == core::OrdType::TrailingStop;
    if (is_stop && !report.stop_px) report.stop_px = leg_price;
    // Of a stop limit order the leg's price is the limit where the stop stands by itself.
    if (order.type == core::OrdType::StopLimit && !report.price && report.stop_px) {
        report.price = leg_price;
    }
}

// The terms as they are at the end of all changes.
void put_terms(const RestOrder& order, ExecutionReport& report) {
    put_prices(order, report);
    report.expire_time = order.expire_date;
    report.time_in_force = order.tif;
    if (!order.legs.empty()) report.order_qty = order.legs.front().quantity;
}

// What every report of the order says.
ExecutionReport identity_of(const RestOrder& order, const ReportContext& context) {
    ExecutionReport report;
    report.channel = context.channel;
    report.received = context.received;
    report.request_id = context.request_id;
    report.side = order.side;
    report.ord_type = order.type;
    report.cl_ord_id = order.client_order_id;
    report.order_id = order.order_id;
    report.secondary_order_id = order.order_code;
    report.account = order.account;
    std::string no_suffix;
    report.symbol = context.symbols.to_host(order.instrument, {}, no_suffix);
    report.fields = order.metadata;
    if (!order.legs.empty()) {
        report.position_effect = order.legs.front().position_effect;
        report.position_code = order.legs.front().position_code;
    }
    return report;
}

// What is final has nothing left to fill, whatever remained of it.
void put_status(const State& state, std::string_view raw, ExecutionReport& report) {
    report.raw_ord_status = raw;
    report.ord_status = status_of(state);
    if (report.ord_status == OrdStatus::Unspecified) report.faults.add(ReportFault::UnknownValue);
    report.cum_qty = state.filled;
    report.leaves_qty =
        is_final_status(report.ord_status) ? std::optional{Decimal{}} : state.remaining;
}

// The change of state that an execution without a fill is.
ExecType exec_type_of(OrdStatus status) {
    switch (status) {
        case OrdStatus::New:
            return ExecType::New;
        case OrdStatus::Canceled:
            return ExecType::Canceled;
        case OrdStatus::Expired:
            return ExecType::Expired;
        case OrdStatus::Rejected:
            return ExecType::Rejected;
        case OrdStatus::PendingCancel:
            return ExecType::PendingCancel;
        default:
            return ExecType::OrderStatus;
    }
}

void put_fill(const RestExecution& execution, ExecutionReport& report) {
    report.exec_type = ExecType::Trade;
    report.last_qty = magnitude(execution.last_quantity);
    report.last_px = execution.last_price;
    if (!report.last_px || report.exec_id.empty()) report.faults.add(ReportFault::MissingField);
}

ExecutionReport report_of(const RestExecution& execution, const RestOrder& order,
                          const ReportContext& context) {
    ExecutionReport report = identity_of(order, context);
    // Of an execution before the last change, the terms then are not known.
    if (execution.update_order_id == order.executions.back().update_order_id) {
        put_terms(order, report);
    }
    report.faults = execution.faults;
    report.exec_id = execution.execution_code;
    report.raw_exec_type = execution.raw_status;
    report.avg_px = execution.average_price;
    report.transact_time = execution.transaction_time;
    report.text = execution.reject_reason;
    report.ord_rej_reason = execution.reject_code;
    put_status({execution.status, execution.is_final, execution.filled_quantity,
                execution.remaining_quantity},
               execution.raw_status, report);
    if (is_fill(execution)) {
        put_fill(execution, report);
    } else {
        report.exec_type = exec_type_of(report.ord_status);
    }
    return report;
}

// Of an order that lives: what is filled and what is left are the whole.
bool do_quantities_disagree(const ExecutionReport& report) {
    if (is_final_status(report.ord_status) || !report.order_qty || !report.cum_qty ||
        !report.leaves_qty) {
        return false;
    }
    return report.cum_qty->plus(*report.leaves_qty) != report.order_qty;
}

// What the leg leaves out, the newest execution says.
State state_of(const RestOrder& order) {
    State state{order.status, order.is_final, std::nullopt, std::nullopt};
    if (!order.legs.empty()) {
        state.filled = order.legs.front().filled_quantity;
        state.remaining = order.legs.front().remaining_quantity;
    }
    if (!order.executions.empty()) {
        const RestExecution& newest = order.executions.back();
        if (!state.filled) state.filled = newest.filled_quantity;
        if (!state.remaining) state.remaining = newest.remaining_quantity;
    }
    return state;
}

// Tells the first New of an order from those that follow a change of its terms, or nothing at all.
class NewReports {
public:
    void put_exec_type(std::string_view update_order_id, ExecutionReport& report) {
        if (report.exec_type != ExecType::New) return;
        const bool is_first = !has_been_;
        const bool is_change = has_been_ && !update_order_id.empty() && !last_update_.empty() &&
                               update_order_id != last_update_;
        if (is_change) report.exec_type = ExecType::Replaced;
        if (!is_first && !is_change) report.exec_type = ExecType::OrderStatus;
        has_been_ = true;
    }
    void pass(std::string_view update_order_id) {
        if (!update_order_id.empty()) last_update_ = update_order_id;
    }

private:
    bool has_been_ = false;
    std::string_view last_update_;
};

}  // namespace

bool is_final(const RestOrder& order) { return order.is_final.value_or(ends_order(order.status)); }

void execution_reports(const RestOrder& order, const ReportContext& context,
                       std::vector<OrderReport>& reports) {
    reports.clear();
    NewReports news;
    for (const RestExecution& execution : order.executions) {
        reports.push_back({report_of(execution, order, context), execution.update_order_id});
        news.put_exec_type(execution.update_order_id, reports.back().report);
        news.pass(execution.update_order_id);
    }
}

ExecutionReport order_picture(const RestOrder& order, const ReportContext& context) {
    ExecutionReport report = identity_of(order, context);
    put_terms(order, report);
    report.exec_type = ExecType::OrderStatus;
    report.faults = order.faults;
    put_status(state_of(order), order.raw_status, report);
    if (do_quantities_disagree(report)) report.faults.add(ReportFault::QuantitiesDisagree);
    report.transact_time = order.transaction_time;
    if (!order.legs.empty()) report.avg_px = order.legs.front().average_price;
    if (!order.executions.empty()) {
        const RestExecution& newest = order.executions.back();
        report.text = newest.reject_reason;
        report.ord_rej_reason = newest.reject_code;
        if (!report.avg_px) report.avg_px = newest.average_price;
    }
    return report;
}

ExecutionReport acknowledgement(std::string_view cl_ord_id, const OrderResponse& response,
                                const ReportContext& context) {
    ExecutionReport report;
    report.channel = context.channel;
    report.received = context.received;
    report.exec_type = ExecType::PendingNew;
    report.ord_status = OrdStatus::PendingNew;
    report.cl_ord_id = cl_ord_id;
    report.order_id = response.order_id;
    return report;
}

}  // namespace broker::dxtrade::rest
