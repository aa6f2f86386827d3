#include "journal_tool/ledger_text.hpp"

#include <chrono>
#include <optional>
#include <variant>

#include "broker/sdk/names.hpp"
#include "core/named_fields.hpp"
#include "journal_tool/shown_text.hpp"
#include "recovery/ledger_record.hpp"

namespace broker::journal_tool {
namespace {

using recovery::RecordBody;

// The core's enumerators have the values of the ABI's, whose names the SDK has.
template <class Enum>
std::int32_t value_of(Enum value) {
    return static_cast<std::int32_t>(value);
}

class Writer {
public:
    explicit Writer(LedgerText& to) : to_{to} {}

    void operator()(const core::NewOrder& order) {
        is("NewOrder", "new order, to be sent");
        add_order(order);
    }
    void operator()(const core::ReplaceOrder& request) {
        is("ReplaceOrder", "replace request, to be sent");
        add("ClOrdID", request.cl_ord_id.view());
        add("OrigClOrdID", request.orig_cl_ord_id.view());
        add_name("TimeInForce", request.time_in_force, sdk::time_in_force_name);
        add("OrderQty", request.order_qty);
        add("Price", request.price);
        add("StopPx", request.stop_px);
        add("ExpireTime", request.expire_time);
        add("PegOffsetValue", request.peg_offset_value);
        add("MinQty", request.min_qty);
        add("MaxFloor", request.max_floor);
        add_named(request.fields.view());
    }
    void operator()(const core::CancelOrder& request) {
        is("CancelOrder", "cancel request, to be sent");
        add("ClOrdID", request.cl_ord_id.view());
        add("OrigClOrdID", request.orig_cl_ord_id.view());
    }
    void operator()(const core::NewOrderList& list) {
        is("NewOrderList", "new list of orders, to be sent");
        add("ListID", list.list_id.view());
        add_name("Contingency", list.contingency, [](std::int32_t value) {
            return sdk::names::find_name(sdk::names::kContingencies, value);
        });
        for (const core::NewOrder& order : list.members()) add_order(order);
    }
    void operator()(const core::CancelOrderList& request) {
        is("CancelOrderList", "cancel of a list of orders, to be sent");
        add("ListID", request.list_id.view());
        add("ClOrdIDPrefix", request.cl_ord_id_prefix.view());
    }
    void operator()(const recovery::Sent& sent) {
        is("Sent", handed_over(sent.is_written));
        add("ClOrdID", sent.cl_ord_id.view());
        add_number(sent.msg_seq_num);
    }
    void operator()(const recovery::ListSent& sent) {
        is("ListSent", handed_over(sent.is_written));
        add("ListID", sent.list_id.view());
        add_number(sent.msg_seq_num);
    }
    void operator()(const recovery::Refused& refused) {
        is("Refused", "the request is not in force");
        add("ClOrdID", refused.cl_ord_id.view());
        add_reason(refused.reason);
        add("Text", refused.text);
    }
    void operator()(const recovery::InDoubt& doubt) {
        is("InDoubt", "the outcome is unknown: the request may have reached the venue");
        add("ClOrdID", doubt.cl_ord_id.view());
        add_reason(doubt.reason);
    }
    void operator()(const core::ExecutionReport& report) {
        is("ExecutionReport", "the venue reports");
        add_name("channel", report.channel, sdk::channel_name);
        add_ids(report.cl_ord_id, report.orig_cl_ord_id, report.order_id);
        add("ExecID", report.exec_id);
        add("ExecRefID", report.exec_ref_id);
        add_name("ExecType", report.exec_type, sdk::exec_type_name);
        add_name("OrdStatus", report.ord_status, sdk::ord_status_name);
        add("Symbol", report.symbol);
        add_name("Side", report.side, sdk::side_name);
        add_name("OrdType", report.ord_type, sdk::ord_type_name);
        add("OrderQty", report.order_qty);
        add("Price", report.price);
        add("StopPx", report.stop_px);
        add("LastQty", report.last_qty);
        add("LastPx", report.last_px);
        add("CumQty", report.cum_qty);
        add("LeavesQty", report.leaves_qty);
        add("AvgPx", report.avg_px);
        add("OrdRejReason", report.ord_rej_reason);
        add("Text", report.text);
        add("TransactTime", report.transact_time);
        if (report.is_poss_dup) add("PossDupFlag", "Y");
        add_named(report.fields);
    }
    void operator()(const core::OrderCancelReject& reject) {
        is("OrderCancelReject",
           reject.is_replace ? "the venue refuses the replace" : "the venue refuses the cancel");
        add_ids(reject.cl_ord_id, reject.orig_cl_ord_id, reject.order_id);
        add_name("OrdStatus", reject.ord_status, sdk::ord_status_name);
        add("CxlRejReason", reject.cxl_rej_reason);
        add("Text", reject.text);
        add("TransactTime", reject.transact_time);
        add_named(reject.fields);
    }
    void operator()(const recovery::SequenceReset& /*reset*/) {
        is("SequenceReset", "the session's numbers start again at 1");
    }
    void operator()(const recovery::StaleRequest& stale) {
        is("StaleRequest",
           "stale: the venue asked for the request again after its time to live; it was "
           "gap-filled, "
           "not sent again");
        add("ClOrdID", stale.cl_ord_id.view());
        const auto age = std::chrono::floor<std::chrono::milliseconds>(stale.age);
        add("age_ms", std::to_string(age.count()));
    }

private:
    void is(std::string_view type, std::string_view text) {
        to_.type = type;
        to_.text = text;
    }
    static std::string_view handed_over(bool is_written) {
        return is_written ? "handed to the network whole"
                          : "given a number, not known to be written";
    }
    void add(std::string_view name, std::string_view value) {
        if (!value.empty()) to_.fields.emplace_back(name, value);
    }
    void add(std::string_view name, const std::optional<core::Decimal>& value) {
        if (value) add(name, value->to_string());
    }
    void add(std::string_view name, const std::optional<core::UtcTime>& value) {
        if (value) add(name, iso_text(*value));
    }
    template <class Enum, class Name>
    void add_name(std::string_view name, Enum value, Name name_of) {
        if (value_of(value) != 0) add(name, name_of(value_of(value)));
    }
    void add_reason(core::Reason reason) {
        add("Reason",
            std::to_string(value_of(reason)) + ' ' + std::string{core::reason_name(reason)});
    }
    void add_number(core::MsgSeqNum number) {
        // A channel without message numbers has numbers of its own.
        if (number >= core::kFirstOwnMsgSeqNum) {
            add("request", std::to_string(number - core::kFirstOwnMsgSeqNum));
        } else {
            add("MsgSeqNum", std::to_string(number));
        }
    }
    void add_ids(std::string_view cl_ord_id, std::string_view orig, std::string_view order_id) {
        add("ClOrdID", cl_ord_id);
        add("OrigClOrdID", orig);
        add("OrderID", order_id);
    }
    void add_named(std::string_view fields) {
        while (const auto field = core::next_field(fields)) add(field->name, field->value);
    }
    void add_order(const core::NewOrder& order) {
        add("ClOrdID", order.cl_ord_id.view());
        add("Symbol", order.symbol.view());
        add_name("Side", order.side, sdk::side_name);
        add_name("OrdType", order.ord_type, sdk::ord_type_name);
        add_name("TimeInForce", order.time_in_force, sdk::time_in_force_name);
        add_name("PositionEffect", order.position_effect, sdk::position_effect_name);
        if (!order.order_qty.is_zero()) add("OrderQty", order.order_qty.to_string());
        add("Price", order.price);
        add("StopPx", order.stop_px);
        add("ExpireTime", order.expire_time);
        add_instructions(order.instructions);
    }
    void add_instructions(const core::OrderInstructions& instructions) {
        add("ExecInst",
            sdk::names::set_text(sdk::names::kExecInsts, instructions.exec_inst.bits()));
        add_name("LocateReqd", instructions.locate_reqd, sdk::locate_reqd_name);
        add_name("PegOffsetType", instructions.peg_offset_type, sdk::peg_offset_type_name);
        add("PegOffsetValue", instructions.peg_offset_value);
        add("MinQty", instructions.min_qty);
        add("MaxFloor", instructions.max_floor);
        add("CashOrderQty", instructions.cash_order_qty);
        add("ExDestination", instructions.ex_destination.view());
        add("PositionCode", instructions.position_code.view());
        add_named(instructions.fields.view());
    }

    LedgerText& to_;
};

}  // namespace

LedgerText ledger_text(std::string_view payload) {
    LedgerText text;
    if (payload.empty()) {
        text.type = "Carrying";
        text.text = "carrying of the records that are still needed begins or ends";
        return text;
    }
    const auto record = recovery::read_record(payload);
    if (!record) {
        text.type = "Unreadable";
        text.text = record.error().detail;
        return text;
    }
    std::visit(Writer{text}, record->body);
    return text;
}

}  // namespace broker::journal_tool
