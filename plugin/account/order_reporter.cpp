#include "account/order_reporter.hpp"

#include <algorithm>

namespace broker::account {
namespace {

using core::Certainty;
using core::ExecType;
using core::LogLevel;
using core::OrdStatus;
using core::Reason;

template <class Change>
core::Request request_of(const Change& change, core::RequestKind kind) {
    core::Request request;
    request.kind = kind;
    request.cl_ord_id = change.cl_ord_id;
    request.certainty = Certainty::Rejected;
    request.stages = change.stages;
    if constexpr (requires { change.orig_cl_ord_id; }) {
        request.orig_cl_ord_id = change.orig_cl_ord_id;
    }
    return request;
}

// Of our own. OrderID and OrdStatus are told from the order.
core::OrderCancelReject reject_of(const core::Request& request, std::string_view text) {
    core::OrderCancelReject reject;
    reject.is_replace = request.kind == core::RequestKind::Replace;
    reject.cl_ord_id = request.cl_ord_id.view();
    reject.orig_cl_ord_id = request.orig_cl_ord_id.view();
    reject.text = text;
    return reject;
}

std::string refusal(const core::Request& request, const core::Error& error) {
    std::string line = "ClOrdID=";
    line.append(request.cl_ord_id.view());
    if (!request.orig_cl_ord_id.empty()) {
        line.append(" OrigClOrdID=").append(request.orig_cl_ord_id.view());
    }
    line.append(" reason=").append(core::reason_name(error.reason));
    return line.append(" text=\"").append(error.detail).append("\"");
}

std::string_view text_of(Reason doubt) {
    switch (doubt) {
        case Reason::OutcomeTimeout:
            return "no answer in time: the request may be in force at the venue";
        case Reason::OutcomeUnreadable:
            return "the answer cannot be read: the request may be in force at the venue";
        case Reason::OutcomeServerError:
            return "the server failed: the request may be in force at the venue";
        default:
            return "the session ended before the answer: the request may be in force at the venue";
    }
}

}  // namespace

void AccountLog::write(LogLevel level, std::string_view event, std::string_view details) {
    std::string line{event};
    line.append(" account=").append(id_).append(" ").append(details);
    // A peer's words may hold anything; one event stays one line.
    std::replace_if(
        line.begin(), line.end(), [](unsigned char c) { return c < ' ' || c == 0x7f; }, ' ');
    log_.write(level, line);
}

core::ExecutionReport OrderReporter::report_about(const core::Order& order) const {
    core::ExecutionReport report;
    report.channel = trading_;
    report.ord_status = order.status;
    report.side = order.side;
    report.ord_type = order.ord_type;
    report.time_in_force = order.time_in_force;
    report.cl_ord_id = order.cl_ord_id.view();
    report.order_id = order.order_id.view();
    report.symbol = order.symbol.view();
    report.order_qty = order.order_qty;
    report.price = order.price;
    report.stop_px = order.stop_px;
    report.cum_qty = order.cum_qty;
    report.leaves_qty = order.leaves_qty;
    report.avg_px = order.avg_px;
    return report;
}

void OrderReporter::refused(const core::NewOrder& order, const core::Error& error) {
    core::ExecutionReport report;
    report.channel = trading_;
    report.exec_type = ExecType::Rejected;
    report.ord_status = OrdStatus::Rejected;
    report.side = order.side;
    report.ord_type = order.ord_type;
    report.time_in_force = order.time_in_force;
    report.cl_ord_id = order.cl_ord_id.view();
    report.symbol = order.symbol.view();
    report.order_qty = order.order_qty;
    report.price = order.price;
    report.stop_px = order.stop_px;
    report.text = error.detail;
    const core::Request request = request_of(order, core::RequestKind::New);
    events_.on_order({report, nullptr, &request, request.certainty, error.reason, false});
    log_.write(LogLevel::Info, "refused", refusal(request, error));
}

void OrderReporter::refused(const core::ReplaceOrder& request, const core::Order* order,
                            const core::Error& error) {
    refused_change(request_of(request, core::RequestKind::Replace), order, error);
}

void OrderReporter::refused(const core::CancelOrder& request, const core::Order* order,
                            const core::Error& error) {
    refused_change(request_of(request, core::RequestKind::Cancel), order, error);
}

void OrderReporter::refused_change(const core::Request& request, const core::Order* order,
                                   const core::Error& error) {
    const core::OrderCancelReject reject = reject_of(request, error.detail);
    events_.on_cancel_reject({reject, order, &request, error.reason});
    log_.write(LogLevel::Info, "refused", refusal(request, error));
}

void OrderReporter::rejected(const core::Order& order, const core::Request& request,
                             std::string_view text, core::MonotonicTime received) {
    if (request.kind == core::RequestKind::New) {
        core::ExecutionReport report = report_about(order);
        report.exec_type = ExecType::Rejected;
        report.text = text;
        report.received = received;
        events_.on_order(
            {report, &order, &request, request.certainty, request.reason, false, 0, is_repeating_});
        return;
    }
    core::OrderCancelReject reject = reject_of(request, text);
    reject.received = received;
    events_.on_cancel_reject({reject, &order, &request, request.reason, is_repeating_});
}

void OrderReporter::log_reject(std::string_view cl_ord_id, Reason reason, std::string_view text) {
    std::string line = "ClOrdID=";
    line.append(cl_ord_id).append(" reason=").append(core::reason_name(reason));
    log_.write(LogLevel::Info, "reject", line.append(" text=\"").append(text).append("\""));
}

void OrderReporter::certainty_changed(const core::Order& order, const core::Request& request,
                                      std::string_view text) {
    core::ExecutionReport report = report_about(order);
    report.exec_type = ExecType::CertaintyChanged;
    report.cl_ord_id = request.cl_ord_id.view();
    report.orig_cl_ord_id = request.orig_cl_ord_id.view();
    report.text = text;
    events_.on_order(
        {report, &order, &request, request.certainty, request.reason, false, 0, is_repeating_});
}

void OrderReporter::stale(const core::Order& order, const core::Request& request) {
    certainty_changed(order, request,
                      "the venue asked for the request again after its time to live: it was not "
                      "sent again");
}

void OrderReporter::in_doubt(const core::Order& order, const core::Request& request) {
    certainty_changed(order, request, text_of(request.reason));
    std::string line = "ClOrdID=";
    line.append(request.cl_ord_id.view());
    line.append(" reason=").append(core::reason_name(request.reason));
    log_.write(LogLevel::Warning, "unknown-outcome", line);
}

void OrderReporter::changed(const core::Order& order, const core::Request& request) {
    constexpr std::string_view kText = "settled by what became of the order";
    switch (request.certainty) {
        case Certainty::Unknown:
            return in_doubt(order, request);
        case Certainty::Rejected:
            return rejected(order, request, kText, {});
        default:
            return certainty_changed(order, request, kText);
    }
}

void OrderReporter::pictured(const core::Order& order, const core::Request* request) {
    core::ExecutionReport report = report_about(order);
    report.exec_type = ExecType::OrderStatus;
    const bool is_ours = request != nullptr;
    events_.on_order({report, &order, request,
                      is_ours ? request->certainty : Certainty::Unspecified,
                      is_ours ? request->reason : Reason::None, true});
}

}  // namespace broker::account
