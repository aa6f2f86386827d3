// Quotes and candles over REST and push.
#include <algorithm>
#include <charconv>

#include "simulator/candles.hpp"
#include "simulator/rest_order_request.hpp"
#include "simulator/rest_reference.hpp"
#include "simulator/rest_symbols.hpp"

namespace broker::simulator {
namespace {

using core::Decimal;

constexpr std::size_t kMaxCandles = 1'000;

core::UtcTime next_start(std::string_view type, core::UtcTime start) {
    if (type == "mo") return candle_start(type, start + std::chrono::days{32});
    if (type == "w") return start + std::chrono::days{7};
    // Periods are a minute or more and divide a day.
    for (std::chrono::minutes step{1};; step += std::chrono::minutes{1})
        if (const auto next = candle_start(type, start + step); next != start) return next;
}

// FNV-1a: the same number for the same bar, always.
std::uint64_t number_of(std::string_view symbol, std::string_view type, core::UtcTime start) {
    std::uint64_t hash = 1469598103934665603U;
    const auto mix = [&hash](unsigned char byte) { hash = (hash ^ byte) * 1099511628211U; };
    for (const char c : symbol) mix(static_cast<unsigned char>(c));
    for (const char c : type) mix(static_cast<unsigned char>(c));
    auto count = static_cast<std::uint64_t>(start.time_since_epoch().count());
    for (int i = 0; i < 8; ++i, count >>= 8) mix(static_cast<unsigned char>(count & 0xFF));
    return hash;
}

RestResponse bad_parameter(const std::string& name) {
    return error_response(400, rest_error::kBadParameter, "<" + name + ">");
}

}  // namespace

std::string RestReference::quote_key(const std::string& symbol) const {
    if (withdrawn_.contains(symbol)) return {};
    const auto quote = venue_.market().quote(symbol).value();
    return quote.bid.to_string() + '/' + quote.ask.to_string();
}

void RestReference::market_moved() {
    for (const auto& symbol : venue_.market().symbols())
        bars_[symbol].add(venue_.utc(), venue_.market().quote(symbol)->bid);
}

void RestReference::set_withdrawn(const std::string& symbol, bool is_withdrawn) {
    if (is_withdrawn)
        withdrawn_.insert(symbol);
    else
        withdrawn_.erase(symbol);
}

void RestReference::quote(JsonWriter& json, const std::string& symbol) {
    const auto quote = venue_.market().quote(symbol).value();
    json.begin_object().text("type", "Quote").text("symbol", shown_symbol(options_, symbol));
    if (!withdrawn_.contains(symbol)) json.number("bid", quote.bid).number("ask", quote.ask);
    json.time("time", venue_.utc()).end_object();
}

void RestReference::candle(JsonWriter& json, const std::string& symbol, std::string_view type,
                           core::UtcTime start) {
    const auto& instrument = *venue_.market().instrument(symbol);
    const auto number = number_of(symbol, type, start);
    const auto price = [&](std::int64_t ticks) {
        return Decimal::from(std::max<std::int64_t>(instrument.bid_ticks + ticks, 1),
                             instrument.price_scale)
            .value();
    };
    const auto open = static_cast<std::int64_t>(number % 21) - 10;
    const auto close = static_cast<std::int64_t>(number / 21 % 21) - 10;
    const auto reach = static_cast<std::int64_t>(number / 441 % 5);
    json.begin_object().text("type", "Candle").text("candleType", type);
    const Candle* forming = bars_[symbol].last(type);
    if (forming != nullptr && forming->start == start) {
        json.text("symbol", shown_symbol(options_, symbol)).number("open", forming->open);
        json.number("high", forming->high).number("low", forming->low);
        json.number("close", forming->close).integer("volume", 1).time("time", start);
        json.end_object();
        return;
    }
    json.text("symbol", shown_symbol(options_, symbol)).number("open", price(open));
    json.number("high", price(std::max(open, close) + reach));
    json.number("low", price(std::min(open, close) - reach)).number("close", price(close));
    json.integer("volume", static_cast<std::int64_t>(number % 1'000));
    json.time("time", start).end_object();
}

void RestReference::candles(JsonWriter& json, const std::string& symbol, std::string_view type,
                            core::UtcTime from, core::UtcTime to, std::size_t count) {
    std::vector<core::UtcTime> starts;
    const auto now = venue_.utc();
    auto start = candle_start(type, from);
    if (start < from) start = next_start(type, start);
    const auto shortest = std::chrono::minutes{1};
    if (to - start > shortest * 1'000'000) start = candle_start(type, to - shortest * 1'000'000);
    for (; start <= to && start <= now; start = next_start(type, start)) starts.push_back(start);
    const auto shown = std::min({count, kMaxCandles, starts.size()});
    for (std::size_t i = starts.size() - shown; i < starts.size(); ++i)
        candle(json, symbol, type, starts[i]);
}

std::string RestReference::candle_request(JsonWriter& json, const JsonValue& event,
                                          const std::vector<std::string>& symbols) {
    const std::string type = event.scalar_of("candleType");
    if (!is_candle_type(type)) return "candleType";
    const auto from = iso_time(event.scalar_of("fromTime"));
    const auto to = iso_time(event.scalar_of("toTime"));
    if (!from) return "fromTime";
    if (!to) return "toTime";
    std::size_t count = kMaxCandles;
    if (const JsonValue* given = event.find("count")) {
        const auto& text = given->scalar;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), count);
        if (error != std::errc{} || end != text.data() + text.size()) return "count";
    }
    for (const auto& symbol : symbols) candles(json, symbol, type, *from, *to, count);
    return {};
}

RestResponse RestReference::market_data(const std::string& body) {
    const auto request = json_from(body);
    const JsonValue* shown = request ? request->find("symbols") : nullptr;
    const JsonValue* events = request ? request->find("eventTypes") : nullptr;
    if (shown == nullptr || shown->items.empty()) return bad_parameter("symbols");
    if (events == nullptr || events->items.empty()) return bad_parameter("eventTypes");
    std::vector<std::string> symbols;
    for (const auto& each : shown->items) {
        symbols.push_back(known_symbol(options_, each.scalar));
        if (venue_.market().instrument(symbols.back()) == nullptr)
            return error_response(404, rest_error::kNotFound, "symbol " + each.scalar);
    }
    JsonWriter json{style_of(options_)};
    json.begin_object().key("events").begin_array();
    for (const auto& event : events->items) {
        const std::string type = event.scalar_of("type");
        if (type == "Quote") {
            for (const auto& symbol : symbols) quote(json, symbol);
        } else if (type == "Candle") {
            const auto bad = candle_request(json, event, symbols);
            if (!bad.empty()) return bad_parameter(bad);
        } else {
            return bad_parameter("type");
        }
    }
    json.end_array().end_object();
    return {.status = 200, .body = json.str()};
}

}  // namespace broker::simulator
