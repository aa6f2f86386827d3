#include "dxtrade/market_data_rules.hpp"

#include <string>

namespace broker::dxtrade {
namespace {

core::Error not_offered(const Profile& profile, std::string_view what, std::string_view key) {
    return core::fail(core::Reason::NotSupported, std::string{what} + ": profile " + profile.name +
                                                      " does not offer it (" + std::string{key} +
                                                      ")");
}

core::Result<void> check_candle(const core::MarketDataRequest& request, const Profile& profile) {
    if (!profile.market_data.has_candles) {
        return not_offered(profile, "candle_type", "market_data.candles");
    }
    // The reference's rule: a request for candles must not ask for anything else.
    if (request.has_trades) {
        return core::fail(core::Reason::InvalidField, "has_trades: expected 0 with a candle_type");
    }
    if (request.depth != core::kTopOfBook && request.depth != core::kFullBook) {
        return core::fail(core::Reason::InvalidField, "depth: expected 0 or 1 with a candle_type");
    }
    return {};
}

}  // namespace

core::Result<void> check(const core::MarketDataRequest& request, const Profile& profile) {
    const MarketDataRules& rules = profile.market_data;
    if (!rules.is_offered) return not_offered(profile, "market data", "market_data.offered");
    if (profile.symbols.is_map_complete && !profile.symbols.map.contains(request.symbol.view())) {
        return core::fail(core::Reason::SymbolUnknown,
                          "symbol: profile " + profile.name + " does not have \"" +
                              std::string{request.symbol.view()} + "\" (symbols.map)");
    }
    if (!request.candle_type.empty()) return check_candle(request, profile);
    if (request.depth == core::kFullBook && !rules.has_full_book) {
        return not_offered(profile, "depth 0", "market_data.full_book");
    }
    if (request.depth > core::kTopOfBook && !rules.has_other_depths) {
        return not_offered(profile, "depth " + std::to_string(request.depth),
                           "market_data.other_depths");
    }
    if (request.has_trades && !rules.has_trades) {
        return not_offered(profile, "has_trades", "market_data.trades");
    }
    return {};
}

}  // namespace broker::dxtrade
