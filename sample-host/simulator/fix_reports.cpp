#include "simulator/fix_reports.hpp"

#include <array>
#include <cstdio>

namespace broker::simulator {
namespace {

using core::ExecType;
using core::OrdStatus;

// UTCTimestamp with milliseconds.
std::string text_of(core::UtcTime time) {
    const auto day = std::chrono::floor<std::chrono::days>(time);
    const std::chrono::year_month_day date{day};
    const std::chrono::hh_mm_ss clock{std::chrono::floor<std::chrono::milliseconds>(time - day)};
    std::array<char, 64> text{};
    const int size = std::snprintf(
        text.data(), text.size(), "%04d%02u%02u-%02d:%02d:%02d.%03d", static_cast<int>(date.year()),
        static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()),
        static_cast<int>(clock.hours().count()), static_cast<int>(clock.minutes().count()),
        static_cast<int>(clock.seconds().count()), static_cast<int>(clock.subseconds().count()));
    return {text.data(), static_cast<std::size_t>(size)};
}

// The codes of FIX 4.4; only what this exchange can say.
const char* code_of(ExecType type) {
    switch (type) {
        case ExecType::New:
            return "0";
        case ExecType::Canceled:
            return "4";
        case ExecType::Replaced:
            return "5";
        case ExecType::PendingCancel:
            return "6";
        case ExecType::Rejected:
            return "8";
        case ExecType::Expired:
            return "C";
        case ExecType::PendingReplace:
            return "E";
        case ExecType::Trade:
            return "F";
        default:
            return "I";
    }
}

const char* code_of(OrdStatus status) {
    switch (status) {
        case OrdStatus::New:
            return "0";
        case OrdStatus::PartiallyFilled:
            return "1";
        case OrdStatus::Filled:
            return "2";
        case OrdStatus::Canceled:
            return "4";
        case OrdStatus::PendingCancel:
            return "6";
        case OrdStatus::Expired:
            return "C";
        case OrdStatus::PendingReplace:
            return "E";
        default:
            return "8";
    }
}

const char* code_of(core::Side side) {
    switch (side) {
        case core::Side::Buy:
            return "1";
        case core::Side::SellShort:
            return "5";
        default:
            return "2";
    }
}

const char* code_of(core::OrdType type) {
    switch (type) {
        case core::OrdType::Market:
            return "1";
        case core::OrdType::Stop:
            return "3";
        case core::OrdType::StopLimit:
            return "4";
        default:
            return "2";
    }
}

const char* code_of(core::TimeInForce time_in_force) {
    switch (time_in_force) {
        case core::TimeInForce::GoodTillCancel:
            return "1";
        case core::TimeInForce::ImmediateOrCancel:
            return "3";
        case core::TimeInForce::FillOrKill:
            return "4";
        case core::TimeInForce::GoodTillDate:
            return "6";
        default:
            return "0";
    }
}

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
    if (order.terms.expire_time) fix.add(126, text_of(*order.terms.expire_time));
}

}  // namespace

FixMessage execution_report(const Order& order, const ReportDetails& details) {
    FixMessage fix{"8", {}};
    fix.add(37, order.order_id);
    fix.add(11, details.cl_ord_id.empty() ? order.cl_ord_id : details.cl_ord_id);
    add_if_given(fix, 41, details.orig_cl_ord_id);
    add_if_given(fix, 790, details.ord_status_req_id);
    fix.add(17, details.exec_id);
    fix.add(150, code_of(details.exec_type));
    fix.add(39, code_of(details.pending_status.value_or(order.ord_status)));
    if (details.ord_rej_reason) fix.add(103, std::to_string(*details.ord_rej_reason));
    add_if_given(fix, 1, order.account);
    fix.add(55, order.symbol);
    fix.add(54, code_of(order.side));
    add_terms(fix, order);
    add_if_given(fix, 32, details.last_qty);
    add_if_given(fix, 31, details.last_px);
    fix.add(151, order.leaves_qty().to_string());
    fix.add(14, order.cum_qty.to_string());
    fix.add(6, order.avg_px().to_string());
    fix.add(60, text_of(details.now));
    add_if_given(fix, 58, details.text);
    return fix;
}

FixMessage unknown_order_report(const OrderReference& request, core::UtcTime now) {
    FixMessage fix{"8", {}};
    fix.add(37, "NONE");
    fix.add(11, request.cl_ord_id);
    add_if_given(fix, 790, request.ord_status_req_id);
    fix.add(17, "0");
    fix.add(150, "I");
    fix.add(39, "8");
    fix.add(103, "5");  // UnknownOrder
    fix.add(55, request.symbol);
    fix.add(54, code_of(request.side));
    fix.add(151, "0");
    fix.add(14, "0");
    fix.add(6, "0");
    fix.add(60, text_of(now));
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
    fix.add(60, text_of(details.now));
    add_if_given(fix, 58, details.text);
    return fix;
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
