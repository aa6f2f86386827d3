#include "simulator/rest_reference.hpp"

#include <algorithm>

#include "simulator/rest_symbols.hpp"

namespace broker::simulator {
namespace {

using core::Decimal;

std::string type_of(const std::string& symbol) {
    return symbol == "XAUUSD" || symbol == "BTCUSD" ? "CFD" : "FOREX";
}

Decimal step_of(int scale) { return Decimal::from(1, scale).value(); }

// Of the currencies; the others count one by one.
Decimal lot_size_of(const std::string& symbol) {
    return Decimal::from(type_of(symbol) == "FOREX" ? 100'000 : 1, 0).value();
}

}  // namespace

bool matches_pattern(std::string_view pattern, std::string_view text) {
    const auto star = pattern.find('*');
    if (star == std::string_view::npos) return pattern == text;
    if (!text.starts_with(pattern.substr(0, star))) return false;
    const auto rest = pattern.substr(star + 1);
    for (auto at = star; at <= text.size(); ++at)
        if (matches_pattern(rest, text.substr(at))) return true;
    return false;
}

std::vector<std::string> RestReference::symbol_named(const std::string& shown) const {
    const std::string symbol = known_symbol(options_, shown);
    if (venue_.market().instrument(symbol) == nullptr) return {};
    return {symbol};
}

std::vector<std::string> RestReference::symbols_of_type(const std::string& type) {
    auto symbols = venue_.market().symbols();
    std::erase_if(symbols, [&](const std::string& each) { return type_of(each) != type; });
    return symbols;
}

std::vector<std::string> RestReference::symbols_of_query(const RestRequest& request) {
    const auto patterns = comma_separated(request.parameter("symbols"));
    const auto types = comma_separated(request.parameter("types"));
    auto symbols = venue_.market().symbols();
    std::erase_if(symbols, [&](const std::string& each) {
        const bool is_named =
            patterns.empty() || std::any_of(patterns.begin(), patterns.end(), [&](const auto& p) {
                return matches_pattern(p, shown_symbol(options_, each));
            });
        const bool is_of_type =
            types.empty() || std::find(types.begin(), types.end(), type_of(each)) != types.end();
        return !is_named || !is_of_type;
    });
    return symbols;
}

void RestReference::instrument(JsonWriter& json, const std::string& symbol) {
    const auto& options = *venue_.market().instrument(symbol);
    json.begin_object().text("type", type_of(symbol));
    json.text("symbol", shown_symbol(options_, symbol)).integer("version", 1);
    json.text("description", symbol).number("priceIncrement", step_of(options.price_scale));
    json.number("pipSize", step_of(std::max(options.price_scale - 1, 0)));
    json.text("currency", symbol.substr(3)).text("firstCurrency", symbol.substr(0, 3));
    json.number("lotSize", lot_size_of(symbol)).integer("multiplier", 1);
    json.number("quantityIncrement", step_of(options.quantity_scale));
    json.key("tradingHours").begin_array();
    json.begin_object().text("weekDay", "Sunday, 21:05:00Z");
    json.text("eventType", "SESSION_OPEN").end_object();
    json.begin_object().text("weekDay", "Friday, 20:55:00Z");
    json.text("eventType", "SESSION_CLOSE").end_object().end_array().end_object();
}

void RestReference::details(JsonWriter& json, const std::string& account,
                            const std::string& symbol) {
    const auto step = step_of(venue_.market().instrument(symbol)->quantity_scale);
    json.begin_object().account(account).text("type", type_of(symbol));
    json.text("symbol", shown_symbol(options_, symbol));
    json.text("tradingStatus", venue_.is_open(symbol) ? "FULL" : "NO");
    json.number("minOrderSize", step).key("maxOrderSize").begin_object();
    json.integer("value", 1000).text("limitType", "LOTS").end_object();
    json.number("minOrderSizeIncrement", step).key("marginRate").begin_object();
    json.text("rateType", "FLAT").key("tiers").begin_array().begin_object();
    json.number("value", venue_.options().margin_rate);
    json.end_object().end_array().end_object().end_object();
}

std::string RestReference::conversion_rates(const std::string& to, const std::string& from) {
    JsonWriter json{style_of(options_)};
    json.begin_object().key("conversionRates").begin_array();
    for (const auto& symbol : venue_.market().symbols()) {
        if (type_of(symbol) != "FOREX" || symbol.substr(3) != to) continue;
        if (!from.empty() && symbol.substr(0, 3) != from) continue;
        json.begin_object().text("fromCurrency", symbol.substr(0, 3)).text("toCurrency", to);
        json.number("convRate", venue_.market().quote(symbol)->bid).end_object();
    }
    json.end_array().end_object();
    return json.str();
}

}  // namespace broker::simulator
