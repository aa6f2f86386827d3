#include "dxtrade/rest/query_reader.hpp"

#include <string>
#include <utility>

#include "net/uri.hpp"

namespace broker::dxtrade::rest {

using core::QueryKind;
using core::Reason;

core::Result<std::unique_ptr<QueryReader>> make_query_reader(ChannelParts& parts,
                                                             const core::Query& query) {
    if (!parts.rules().queries.contains(query.kind)) {
        return core::fail(Reason::NotSupported,
                          "the profile's rest.queries does not offer this question");
    }
    if (const auto symbol = venue_symbol_of(parts, query); !symbol) return symbol.error();
    switch (query.kind) {
        case QueryKind::OrderStatus:
        case QueryKind::MassStatus:
            return make_mass_status_reader(parts, query);
        case QueryKind::Trades:
        case QueryKind::OrderHistory:
            return make_history_reader(parts, query);
        case QueryKind::Positions:
            return make_positions_reader(parts, query);
        case QueryKind::AccountSummary:
            return make_metrics_reader(parts, query);
        case QueryKind::CashTransfers:
        case QueryKind::AccountEvents:
            return make_account_list_reader(parts, query);
        case QueryKind::Instruments:
            return make_instruments_reader(parts, query);
        case QueryKind::Candles:
            return make_candles_reader(parts, query);
        case QueryKind::ConversionRates:
            return make_conversion_reader(parts, query);
        case QueryKind::Unspecified:
        case QueryKind::TradingSessionStatus:
            break;
    }
    return core::fail(Reason::NotSupported, "REST has no such question");
}

core::Result<std::string> venue_symbol_of(const ChannelParts& parts, const core::Query& query) {
    if (query.symbol.empty()) return std::string{};
    const auto venue = parts.symbols.to_venue(query.symbol.view());
    if (venue) {
        std::string name{venue->symbol};
        if (!venue->sfx.empty()) name.append(".").append(venue->sfx);
        return name;
    }
    return core::fail(Reason::SymbolUnknown,
                      "the profile's symbols do not have " + std::string{query.symbol.view()});
}

std::string account_path(const ChannelParts& parts, std::string_view rest) {
    return ("/accounts/" + net::encode_segment(parts.settings.account)).append(rest);
}

RestRequest get(std::string target) { return {net::HttpMethod::Get, std::move(target), {}}; }

}  // namespace broker::dxtrade::rest
