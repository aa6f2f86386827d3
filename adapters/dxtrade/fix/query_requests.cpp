#include "dxtrade/fix/query_requests.hpp"

#include "dxtrade/fix/instrument_messages.hpp"
#include "dxtrade/fix/position_messages.hpp"
#include "dxtrade/fix/status_messages.hpp"
#include "dxtrade/fix/trade_messages.hpp"

namespace broker::dxtrade::fix {

core::Result<void> query_to_fix(const core::Query& query, std::string_view id,
                                const Dialect& dialect, core::UtcTime now,
                                broker::fix::MessageEncoder& encoder) {
    switch (query.kind) {
        case core::QueryKind::Unspecified:
            break;
        case core::QueryKind::OrderStatus:
            return order_status_query_to_fix(query, id, dialect, encoder);
        case core::QueryKind::MassStatus:
            return mass_status_request_to_fix(query, id, dialect, encoder);
        case core::QueryKind::Positions:
            return request_for_positions_to_fix(query, id, dialect, now, encoder);
        case core::QueryKind::AccountSummary:
            return account_summary_request_to_fix(id, dialect, encoder);
        case core::QueryKind::Trades:
            return trade_request_to_fix(query, id, dialect, encoder);
        case core::QueryKind::Instruments:
            if (query.symbol.empty()) return security_list_request_to_fix(id, dialect, encoder);
            return security_definition_request_to_fix(query, id, dialect, encoder);
        case core::QueryKind::TradingSessionStatus:
            return trading_session_status_request_to_fix(query, id, dialect, encoder);
        case core::QueryKind::OrderHistory:
        case core::QueryKind::CashTransfers:
        case core::QueryKind::AccountEvents:
        case core::QueryKind::Candles:
        case core::QueryKind::ConversionRates:
            return core::fail(core::Reason::NotSupported, "FIX 4.4 has no such question");
    }
    return core::fail(core::Reason::NotSupported, "a question of no known kind");
}

}  // namespace broker::dxtrade::fix
