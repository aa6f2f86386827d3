#include "dxtrade/fix/list_messages.hpp"

#include <string>

#include "dxtrade/fix/enum_codes.hpp"
#include "dxtrade/fix/order_messages.hpp"
#include "dxtrade/fix/order_terms.hpp"
#include "dxtrade/fix/request_writer.hpp"
#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {
namespace {

// The profile's word for the contingency; empty if it has none.
std::string_view contingency_text(const core::NewOrderList& list, const OrderListRules& rules) {
    const auto found = rules.values.find(list.contingency);
    return found == rules.values.end() ? std::string_view{} : std::string_view{found->second};
}

core::Result<void> check_encoding(const core::NewOrderList& list, const OrderListRules& rules) {
    if (rules.encoding == ContingencyEncoding::None) {
        return core::fail(core::Reason::NotSupported,
                          "lists of orders: profile key order_lists.encoding is none");
    }
    const bool needs_text = rules.encoding == ContingencyEncoding::Tag ||
                            rules.encoding == ContingencyEncoding::ListExecInst;
    if (needs_text && contingency_text(list, rules).empty()) {
        return core::fail(core::Reason::NotSupported,
                          "profile key order_lists.values has no word for the contingency");
    }
    return {};
}

// What the list itself says of the contingency; its orders may say it instead.
void add_list_contingency(std::string_view text, const OrderListRules& rules,
                          RequestWriter& writer) {
    if (rules.encoding == ContingencyEncoding::ListExecInst) {
        writer.add(tag::kListExecInst, text);
    } else if (rules.encoding == ContingencyEncoding::Tag && !rules.is_tag_in_orders) {
        writer.add(rules.tag, text);
    }
}

// The ClOrdLinkID (583) of a member. Why not one for all: a pair of which one triggers the other
// would look like one of which one cancels the other.
std::string_view link_of(const core::NewOrderList& list, std::size_t index) {
    if (list.contingency == core::Contingency::OneCancelsOther) return list.list_id.view();
    return index == 0 ? std::string_view{} : list.orders[0].cl_ord_id.view();
}

void add_member(const core::NewOrderList& list, std::size_t index, std::string_view contingency,
                const VenueSymbol& symbol, core::UtcTime now, RequestWriter& writer) {
    const OrderListRules& rules = writer.dialect().profile().order_lists;
    const core::NewOrder& order = list.orders[index];
    const OrderTerms terms = terms_of(order);
    writer.begin_entry();
    writer.add(tag::kClOrdID, order.cl_ord_id.view());
    writer.add(tag::kListSeqNo, static_cast<std::int64_t>(index) + 1);
    if (rules.encoding == ContingencyEncoding::ClOrdLinkID) {
        writer.add_if_given(tag::kClOrdLinkID, link_of(list, index));
    }
    writer.add_parties(terms.fields);
    writer.add_account();
    add_terms(terms, symbol, now, writer);
    if (rules.encoding == ContingencyEncoding::Tag && rules.is_tag_in_orders) {
        writer.add(rules.tag, contingency);
    }
}

}  // namespace

core::Result<void> to_fix(const core::NewOrderList& list, const Dialect& dialect, core::UtcTime now,
                          broker::fix::MessageEncoder& encoder) {
    const OrderListRules& rules = dialect.profile().order_lists;
    if (auto checked = check_encoding(list, rules); !checked) return checked;
    const std::string_view contingency = contingency_text(list, rules);
    RequestWriter writer{dialect, RequestType::NewOrderList, encoder};
    writer.add(tag::kListID, list.list_id.view());
    writer.add(tag::kBidType, std::string_view{rules.bid_type});
    add_list_contingency(contingency, rules, writer);
    writer.add(tag::kTotNoOrders, std::int64_t{list.order_count});
    writer.add(tag::kNoOrders, std::int64_t{list.order_count});
    for (std::size_t i = 0; i < list.members().size(); ++i) {
        const auto symbol = venue_symbol(list.orders[i].symbol.view(), dialect);
        if (!symbol) return symbol.error();
        add_member(list, i, contingency, *symbol, now, writer);
    }
    return writer.finish();
}

core::Result<void> to_fix(const core::CancelOrderList& request, const Dialect& dialect,
                          core::UtcTime now, broker::fix::MessageEncoder& encoder) {
    RequestWriter writer{dialect, RequestType::ListCancelRequest, encoder};
    writer.add(tag::kListID, request.list_id.view());
    writer.add_timestamp(tag::kTransactTime, now);
    writer.add_fields({});
    return writer.finish();
}

core::ListStatus list_status_from_fix(const broker::fix::MessageView& message,
                                      const Dialect& dialect, Inbound& inbound) {
    inbound.clear();
    const FieldReader reader{message.fields(), inbound.faults};
    core::ListStatus status;
    status.list_id = reader.required_text(tag::kListID);
    status.raw_status = reader.required_text(tag::kListOrderStatus);
    status.status = reader.enumerator(tag::kListOrderStatus, &list_order_status_from_fix);
    status.text = reader.text(tag::kListStatusText);
    take_fields(message.fields(), "N", dialect, inbound);
    return status;
}

core::ExecutionReport list_member_from_fix(const broker::fix::MessageView& message,
                                           std::span<const broker::fix::Field> entry,
                                           const core::ListStatus& list, const Dialect& dialect,
                                           core::MonotonicTime received, Inbound& inbound) {
    inbound.clear();
    const FieldReader reader{entry, inbound.faults};
    core::ExecutionReport report;
    report.received = received;
    report.exec_type = core::ExecType::OrderStatus;
    report.is_poss_dup = message.is_yes(tag::kPossDupFlag);
    report.list_id = list.list_id;
    report.cl_ord_id = reader.required_text(tag::kClOrdID);
    report.raw_ord_status = reader.required_text(tag::kOrdStatus);
    report.ord_status = reader.enumerator(tag::kOrdStatus, &ord_status_from_fix);
    report.cum_qty = reader.quantity(tag::kCumQty);
    report.leaves_qty = reader.quantity(tag::kLeavesQty);
    report.avg_px = reader.decimal(tag::kAvgPx);
    report.ord_rej_reason = reader.text(tag::kOrdRejReason);
    report.text = reader.text(tag::kText);
    if (report.text.empty()) report.text = list.text;
    report.transact_time = message.find_utc_timestamp(tag::kTransactTime);
    report.sending_time = message.find_utc_timestamp(tag::kSendingTime);
    const bool contradicts = report.ord_status != core::OrdStatus::Rejected &&
                             report.ord_status != core::OrdStatus::Unspecified;
    if (list.status == core::ListOrderStatus::Reject && !contradicts) {
        report.exec_type = core::ExecType::Rejected;
        report.ord_status = core::OrdStatus::Rejected;
    }
    take_fields(entry, "N", dialect, inbound);
    report.fields = inbound.fields;
    copy_faults(inbound.faults, report);
    return report;
}

}  // namespace broker::dxtrade::fix
