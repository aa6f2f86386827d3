#include "dxtrade/rest/order_answers.hpp"

namespace broker::dxtrade::rest {

using core::ExecType;
using core::OrdStatus;
using core::Reason;
using core::RequestKind;

core::ExecutionReport acknowledged(const OrderExchange& exchange, const ExchangeMember& member,
                                   const core::ClOrdID& in_force, const OrderResponse& response,
                                   const ReportContext& context) {
    core::ExecutionReport report = acknowledgement(member.cl_ord_id.view(), response, context);
    if (!exchange.is_change()) return report;
    const bool is_replace = exchange.kind == RequestKind::Replace;
    report.exec_type = is_replace ? ExecType::PendingReplace : ExecType::PendingCancel;
    report.ord_status = is_replace ? OrdStatus::PendingReplace : OrdStatus::PendingCancel;
    report.orig_cl_ord_id = in_force.view();
    return report;
}

core::ExecutionReport refused_order(const ExchangeMember& member, const RestError& error,
                                    std::string_view text, core::MonotonicTime received) {
    core::ExecutionReport report;
    report.channel = core::Channel::Rest;
    report.exec_type = ExecType::Rejected;
    report.ord_status = OrdStatus::Rejected;
    report.cl_ord_id = member.cl_ord_id.view();
    report.ord_rej_reason = error.error_code;
    report.text = text;
    report.received = received;
    return report;
}

core::OrderCancelReject refused_change(const OrderExchange& exchange, const ExchangeMember& member,
                                       const core::ClOrdID& in_force, const RestError& error,
                                       std::string_view text, core::MonotonicTime received) {
    core::OrderCancelReject reject;
    reject.is_replace = exchange.kind == RequestKind::Replace;
    reject.cl_ord_id = member.cl_ord_id.view();
    reject.orig_cl_ord_id = in_force.view();
    reject.cxl_rej_reason = error.error_code;
    reject.text = text;
    reject.received = received;
    return reject;
}

core::ExecutionReport absent_order(const ExchangeMember& member, std::string_view text,
                                   core::MonotonicTime received) {
    core::ExecutionReport report;
    report.channel = core::Channel::Rest;
    report.exec_type = ExecType::OrderStatus;
    report.ord_status = OrdStatus::Rejected;
    report.cl_ord_id = member.cl_ord_id.view();
    report.text = text;
    report.received = received;
    return report;
}

Reason doubt_of(Reason transport) {
    switch (transport) {
        case Reason::HttpTimeout:
            return Reason::OutcomeTimeout;
        case Reason::HttpServerError:
            return Reason::OutcomeServerError;
        case Reason::HttpResponseMalformed:
        case Reason::HttpResponseTooLarge:
        case Reason::HttpUnexpectedStatus:
            return Reason::OutcomeUnreadable;
        default:
            return Reason::OutcomeDisconnected;
    }
}

}  // namespace broker::dxtrade::rest
