// Instruments, quotes, candles and conversion rates.
#include "dxtrade/json/scalars.hpp"
#include "dxtrade/rest/record_fields.hpp"

namespace broker::dxtrade::rest {
namespace {

std::string read_trading_hours(ObjectReader& instrument) {
    std::string hours;
    instrument.each("tradingHours", [&](ObjectReader& object) {
        const std::string week_day = object.text("weekDay");
        const std::string event_type = object.text("eventType");
        if (week_day.empty() || event_type.empty()) return;
        if (!hours.empty()) hours += ';';
        hours.append(week_day).append(1, ' ').append(event_type);
    });
    return hours;
}

// A size is a number, or {value, limitType}.
std::optional<core::Decimal> read_size(ObjectReader& details, std::string_view name,
                                       std::string& limit_type) {
    const auto found = details.find(name);
    if (!found) return std::nullopt;
    if (found->kind() != json::Kind::Object) return details.decimal(name);
    std::optional<core::Decimal> size;
    details.object(name, [&](ObjectReader& object) {
        size = object.decimal("value");
        limit_type = object.text("limitType");
    });
    return size;
}

// A rate is a number, or {rateType, tiers[], availableMarginRates{}}.
void read_margin_rate(ObjectReader& details, InstrumentDetails& record) {
    const auto found = details.find("marginRate");
    if (!found) return;
    if (found->kind() != json::Kind::Object) {
        if (const auto rate = details.decimal("marginRate")) {
            record.margin_tiers.push_back({std::nullopt, rate});
        }
        return;
    }
    details.object("marginRate", [&](ObjectReader& object) {
        record.margin_rate_type = object.text("rateType");
        object.each("tiers", [&](ObjectReader& tier) {
            record.margin_tiers.push_back({tier.decimal("endVolume"), tier.decimal("value")});
        });
        if (record.margin_tiers.empty()) {
            if (const auto rate = object.decimal("value")) {
                record.margin_tiers.push_back({std::nullopt, rate});
            }
        }
        object.object("availableMarginRates", [&](ObjectReader& rates) {
            record.default_margin_rate = rates.decimal("defaultValue");
        });
    });
}

RestQuote read_quote(ObjectReader& object) {
    return {object.text("symbol"), object.decimal("bid"), object.decimal("ask"),
            object.timestamp("time")};
}

RestCandle read_candle(ObjectReader& object) {
    RestCandle candle;
    candle.symbol = object.text("symbol");
    candle.candle_type = object.text("candleType");
    candle.open = object.decimal("open");
    candle.high = object.decimal("high");
    candle.low = object.decimal("low");
    candle.close = object.decimal("close");
    candle.volume = object.decimal("volume");
    candle.time = object.timestamp("time");
    return candle;
}

}  // namespace

RestInstrument read_instrument(ObjectReader& object) {
    RestInstrument instrument;
    instrument.type = object.text("type");
    instrument.symbol = object.text("symbol");
    instrument.version = object.count("version");
    instrument.description = object.text("description");
    instrument.price_increment = object.decimal("priceIncrement");
    instrument.pip_size = object.decimal("pipSize");
    instrument.currency = object.text("currency");
    instrument.first_currency = object.text("firstCurrency");
    instrument.lot_size = object.decimal("lotSize");
    instrument.multiplier = object.decimal("multiplier");
    instrument.quantity_increment = object.decimal("quantityIncrement");
    instrument.underlying = object.text("underlying");
    instrument.product = object.text("product");
    instrument.asset_class = object.text("assetClass");
    object.object("expirationDetails", [&](ObjectReader& expiration) {
        instrument.maturity_date = expiration.text("maturityDate");
        instrument.last_trade_date = expiration.text("lastTradeDate");
    });
    instrument.settlement_type = object.text("settlementType");
    instrument.currency_type = object.text("currencyType");
    instrument.trading_hours = read_trading_hours(object);
    return instrument;
}

InstrumentDetails read_instrument_details(ObjectReader& object) {
    InstrumentDetails details;
    details.account = object.account("account");
    details.type = object.text("type");
    details.symbol = object.text("symbol");
    details.version = object.count("version");
    details.trading_status = object.text("tradingStatus");
    details.min_order_size = read_size(object, "minOrderSize", details.min_limit_type);
    details.max_order_size = read_size(object, "maxOrderSize", details.max_limit_type);
    details.min_order_size_increment =
        read_size(object, "minOrderSizeIncrement", details.increment_limit_type);
    read_margin_rate(object, details);
    return details;
}

RestConversionRate read_conversion_rate(ObjectReader& object) {
    return {object.text("fromCurrency"), object.text("toCurrency"), object.decimal("convRate")};
}

void read_market_data_event(ObjectReader& object, MarketDataEvents& events) {
    const std::string type = object.text("type");
    if (type == "Quote") {
        events.quotes.push_back(read_quote(object));
    } else if (type == "Candle") {
        events.candles.push_back(read_candle(object));
    } else {
        object.unknown("type", type);
    }
}

}  // namespace broker::dxtrade::rest
