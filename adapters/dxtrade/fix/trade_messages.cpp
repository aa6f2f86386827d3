#include "dxtrade/fix/trade_messages.hpp"

#include "dxtrade/fix/enum_codes.hpp"
#include "dxtrade/fix/order_messages.hpp"
#include "dxtrade/fix/request_writer.hpp"
#include "dxtrade/fix/tags.hpp"
#include "fix/codec/group_view.hpp"

namespace broker::dxtrade::fix {
namespace {

using broker::fix::Field;
using broker::fix::GroupView;

std::span<const Field> our_side(std::span<const Field> fields, const Dialect& dialect,
                                FaultList& faults) {
    GroupView sides{fields, tag::kNoSides, tag::kSide};
    if (!sides.is_count_right()) faults.add(core::ReportFault::UnreadableField, tag::kNoSides);
    std::span<const Field> first;
    while (const auto side = sides.next()) {
        const auto account = broker::fix::find(*side, tag::kAccount);
        if (account && dialect.is_our_account(*account)) return *side;
        if (first.empty()) first = *side;
    }
    return first;
}

// An entry of NoDates begins with TradeDate (75): without it a peer sees one entry where there are
// two.
void add_time(core::UtcTime time, RequestWriter& writer) {
    writer.add_date(tag::kTradeDate, time);
    writer.add_timestamp(tag::kTransactTime, time);
}

// NoDates (580): one entry is the start, two are start and end.
void add_range(const core::Query& query, RequestWriter& writer) {
    if (!query.from && !query.to) return;
    writer.add(tag::kNoDates, query.to ? '2' : '1');
    add_time(query.from.value_or(core::UtcTime{}), writer);
    if (query.to) add_time(*query.to, writer);
}

}  // namespace

core::Result<void> trade_request_to_fix(const core::Query& query, std::string_view id,
                                        const Dialect& dialect,
                                        broker::fix::MessageEncoder& encoder) {
    RequestWriter writer{dialect, RequestType::TradeCaptureReportRequest, encoder};
    writer.add(tag::kTradeRequestID, id);
    // TradeRequestType (569): 0 all trades, 1 those that match the criteria given.
    const bool is_narrow =
        !query.symbol.empty() || !query.cl_ord_id.empty() || query.from || query.to;
    writer.add(tag::kTradeRequestType, is_narrow ? '1' : '0');
    writer.add(tag::kSubscriptionRequestType, '0');  // a snapshot
    if (!query.cl_ord_id.empty()) writer.add(tag::kClOrdID, query.cl_ord_id.view());
    writer.add_parties({});
    if (!query.symbol.empty()) {
        const auto symbol = venue_symbol(query.symbol.view(), dialect);
        if (!symbol) return symbol.error();
        writer.add_symbol(*symbol);
    }
    add_range(query, writer);
    writer.add_fields({});
    return writer.finish();
}

core::TradeReport trade_report_from_fix(const broker::fix::MessageView& message,
                                        const Dialect& dialect, Inbound& inbound) {
    inbound.clear();
    const FieldReader reader{message.fields(), inbound.faults};
    const FieldReader side{our_side(message.fields(), dialect, inbound.faults), inbound.faults};
    core::TradeReport trade;
    trade.trade_id = reader.required_text(tag::kTradeReportID);
    trade.is_canceled = reader.text(tag::kTradeReportTransType) == "1";
    trade.exec_id = reader.text(tag::kExecID);
    trade.symbol = host_symbol(message.fields(), dialect, inbound.symbol);
    if (trade.symbol.empty()) inbound.faults.add(core::ReportFault::MissingField, tag::kSymbol);
    trade.last_qty = reader.quantity(tag::kLastQty);
    trade.last_px = reader.decimal(tag::kLastPx);
    trade.transact_time = reader.timestamp(tag::kTransactTime);
    trade.trade_date = reader.text(tag::kTradeDate);
    if (side.required_text(tag::kSide).size() != 0) {
        trade.side = side.enumerator(tag::kSide, &side_from_fix);
    }
    trade.order_id = side.text(tag::kOrderID);
    trade.cl_ord_id = side.text(tag::kClOrdID);
    take_fields(message.fields(), "AE", dialect, inbound);
    trade.fields = inbound.fields;
    return trade;
}

}  // namespace broker::dxtrade::fix
