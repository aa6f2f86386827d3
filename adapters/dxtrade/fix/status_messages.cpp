#include "dxtrade/fix/status_messages.hpp"

#include "dxtrade/fix/enum_codes.hpp"
#include "dxtrade/fix/order_messages.hpp"
#include "dxtrade/fix/request_writer.hpp"
#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {

core::Result<void> order_status_query_to_fix(const core::Query& query, std::string_view id,
                                             const Dialect& dialect,
                                             broker::fix::MessageEncoder& encoder) {
    RequestWriter writer{dialect, RequestType::OrderStatusRequest, encoder};
    writer.add(tag::kClOrdID, query.cl_ord_id.view());
    writer.add_parties({});
    writer.add(tag::kOrdStatusReqID, id);
    writer.add_account();
    if (!query.symbol.empty()) {
        const auto symbol = venue_symbol(query.symbol.view(), dialect);
        if (!symbol) return symbol.error();
        writer.add_symbol(*symbol);
    }
    writer.add_fields({});
    return writer.finish();
}

core::Result<void> mass_status_request_to_fix(const core::Query& query, std::string_view id,
                                              const Dialect& dialect,
                                              broker::fix::MessageEncoder& encoder) {
    // MassStatusReqType (585): 1 of an instrument, 7 of all orders.
    RequestWriter writer{dialect, RequestType::OrderMassStatusRequest, encoder};
    writer.add(tag::kMassStatusReqID, id);
    writer.add(tag::kMassStatusReqType, query.symbol.empty() ? '7' : '1');
    writer.add_parties({});
    writer.add_account();
    if (!query.symbol.empty()) {
        const auto symbol = venue_symbol(query.symbol.view(), dialect);
        if (!symbol) return symbol.error();
        writer.add_symbol(*symbol);
    }
    writer.add_fields({});
    return writer.finish();
}

core::Result<void> trading_session_status_request_to_fix(const core::Query& query,
                                                         std::string_view id,
                                                         const Dialect& dialect,
                                                         broker::fix::MessageEncoder& encoder) {
    RequestWriter writer{dialect, RequestType::TradingSessionStatusRequest, encoder};
    writer.add(tag::kTradSesReqID, id);
    writer.add_if_given(tag::kTradingSessionID, query.symbol.view());
    writer.add(tag::kSubscriptionRequestType, '0');  // a snapshot
    writer.add_fields({});
    return writer.finish();
}

core::TradingSessionStatus trading_session_status_from_fix(const broker::fix::MessageView& message,
                                                           const Dialect& dialect,
                                                           Inbound& inbound) {
    inbound.clear();
    const FieldReader reader{message.fields(), inbound.faults};
    core::TradingSessionStatus status;
    status.raw_status = reader.required_text(tag::kTradSesStatus);
    // 0 is the standard's own "unknown".
    if (status.raw_status != "0") {
        status.status = reader.enumerator(tag::kTradSesStatus, &trad_ses_status_from_fix);
    }
    status.trading_session_id = reader.required_text(tag::kTradingSessionID);
    status.symbol = host_symbol(message.fields(), dialect, inbound.symbol);
    status.text = reader.text(tag::kText);
    status.start_time = reader.timestamp(tag::kTradSesStartTime);
    status.end_time = reader.timestamp(tag::kTradSesEndTime);
    take_fields(message.fields(), "h", dialect, inbound);
    return status;
}

}  // namespace broker::dxtrade::fix
