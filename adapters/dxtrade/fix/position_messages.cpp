#include "dxtrade/fix/position_messages.hpp"

#include "dxtrade/fix/order_messages.hpp"
#include "dxtrade/fix/request_writer.hpp"
#include "dxtrade/fix/tags.hpp"
#include "fix/codec/group_view.hpp"

namespace broker::dxtrade::fix {
namespace {

using broker::fix::Field;
using broker::fix::GroupView;
using broker::fix::MessageView;

// The entry of NoPositions (702) that has the whole position; empty if there is none.
std::span<const Field> whole_position(std::span<const Field> fields, FaultList& faults) {
    GroupView group{fields, tag::kNoPositions, tag::kPosType};
    if (!group.is_count_right()) {
        faults.add(core::ReportFault::UnreadableField, tag::kNoPositions);
    }
    std::span<const Field> first;
    while (const auto entry = group.next()) {
        if (entry->front().value == "TOT") return *entry;
        if (first.empty()) first = *entry;
    }
    return first;
}

}  // namespace

core::Result<void> request_for_positions_to_fix(const core::Query& query, std::string_view id,
                                                const Dialect& dialect, core::UtcTime now,
                                                broker::fix::MessageEncoder& encoder) {
    RequestWriter writer{dialect, RequestType::RequestForPositions, encoder};
    writer.add(tag::kPosReqID, id);
    writer.add(tag::kPosReqType, '0');               // positions
    writer.add(tag::kSubscriptionRequestType, '0');  // a snapshot
    writer.add_parties({});
    writer.add_account();
    writer.add(tag::kAccountType, '1');  // carried on the customer's side of the books
    if (!query.symbol.empty()) {
        const auto symbol = venue_symbol(query.symbol.view(), dialect);
        if (!symbol) return symbol.error();
        writer.add_symbol(*symbol);
    }
    writer.add_date(tag::kClearingBusinessDate, now);
    writer.add_timestamp(tag::kTransactTime, now);
    writer.add_fields({});
    return writer.finish();
}

core::PositionReport position_report_from_fix(const MessageView& message, const Dialect& dialect,
                                              Inbound& inbound) {
    inbound.clear();
    const FieldReader reader{message.fields(), inbound.faults};
    const FieldReader position{whole_position(message.fields(), inbound.faults), inbound.faults};
    core::PositionReport report;
    report.symbol = host_symbol(message.fields(), dialect, inbound.symbol);
    if (report.symbol.empty()) {
        inbound.faults.add(core::ReportFault::MissingField, tag::kSymbol);
    }
    report.currency = reader.text(tag::kCurrency);
    report.long_qty = position.quantity(tag::kLongQty);
    report.short_qty = position.quantity(tag::kShortQty);
    if (!report.long_qty && !report.short_qty) {
        inbound.faults.add(core::ReportFault::MissingField, tag::kLongQty);
    }
    report.avg_px = reader.decimal(tag::kAvgPx);
    if (!report.avg_px) report.avg_px = reader.decimal(tag::kSettlPrice);
    report.as_of = reader.timestamp(tag::kTransactTime);
    if (!report.as_of) report.as_of = reader.timestamp(tag::kSendingTime);
    if (const std::int32_t code = dialect.profile().orders.position_code_tag; code != 0) {
        report.position_code = reader.text(code);
    }
    take_fields(message.fields(), "AP", dialect, inbound);
    report.fields = inbound.fields;
    return report;
}

core::Result<void> account_summary_request_to_fix(std::string_view id, const Dialect& dialect,
                                                  broker::fix::MessageEncoder& encoder) {
    RequestWriter writer{dialect, RequestType::AccountSummaryRequest, encoder};
    writer.add(tag::kCollInquiryID, id);
    writer.add_parties({});
    writer.add_account();
    writer.add_fields({});
    return writer.finish();
}

core::AccountSummary account_summary_from_fix(const MessageView& message, const Dialect& dialect,
                                              Inbound& inbound) {
    inbound.clear();
    const FieldReader reader{message.fields(), inbound.faults};
    const AccountSummaryFields& tags = dialect.profile().queries.account_summary;
    const auto figure = [&](std::int32_t tag) {
        return tag == 0 ? std::nullopt : reader.decimal(tag);
    };
    core::AccountSummary summary;
    summary.balance = figure(tags.balance);
    summary.equity = figure(tags.equity);
    summary.margin = figure(tags.margin);
    summary.margin_free = figure(tags.margin_free);
    summary.open_pl = figure(tags.open_pl);
    if (tags.currency != 0) summary.currency = reader.text(tags.currency);
    summary.as_of = reader.timestamp(tag::kTransactTime);
    if (!summary.as_of) summary.as_of = reader.timestamp(tag::kSendingTime);
    take_fields(message.fields(), message.msg_type(), dialect, inbound);
    summary.fields = inbound.fields;
    return summary;
}

}  // namespace broker::dxtrade::fix
