// What push clients subscribe to, and what they are told.
#include <algorithm>

#include "simulator/candles.hpp"
#include "simulator/push_hub.hpp"
#include "simulator/rest_symbols.hpp"

namespace broker::simulator {
namespace {

constexpr std::size_t kMaxSubscriptions = 1'000;

// The topic of a subscription request; empty: there is no such request.
std::string topic_of(const std::string& type) {
    if (type == "AccountPortfoliosSubscriptionRequest") return "AccountPortfolios";
    if (type == "AccountMetricsSubscriptionRequest") return "AccountMetrics";
    if (type == "AccountEventsSubscriptionRequest") return "AccountEvents";
    if (type == "CashTransfersSubscriptionRequest") return "CashTransfers";
    if (type == "InstrumentSubscriptionRequest") return "Instruments";
    if (type == "InstrumentDetailsSubscriptionRequest") return "InstrumentDetails";
    if (type == "MarketDataSubscriptionRequest") return "MarketData";
    return {};
}

}  // namespace

void PushHub::subscribe(PushClient& to, Client& client, const Message& message) {
    const auto refuse = [&](int code, const std::string& text) {
        reject(to, client, message.request_id, code, text);
    };
    Subscription about;
    about.topic = topic_of(message.type);
    const bool is_market_data = about.topic == "MarketData";
    const bool is_here = is_market_data == (client.endpoint == RestEndpoint::PushMarketData);
    if (about.topic.empty() || !is_here || message.payload == nullptr)
        return refuse(rest_error::kBadParameter, "<type>");
    if (client.subscriptions.size() >= kMaxSubscriptions) return refuse(429, "too many");
    const auto& payload = *message.payload;
    RestSession& session = *api_.sessions().find(client.token);
    if (payload.scalar_of("requestType") == "ALL" &&
        !api_.sessions().admit(session, RateBucket::PushAll)) {
        ++api_.counters().rate_limited;
        return refuse(429, "too many subscriptions");
    }
    if (is_market_data) {
        if (!read_symbols(payload, "symbols", about) || about.symbols.empty())
            return refuse(rest_error::kNotFound, "symbol not found");
        const auto bad = read_events(payload, about);
        if (!bad.empty()) return refuse(rest_error::kBadParameter, "<" + bad + ">");
    } else if (about.topic == "Instruments" || about.topic == "InstrumentDetails") {
        if (!read_symbols(payload, "instruments", about))
            return refuse(rest_error::kNotFound, "instrument not found");
        if (const JsonValue* account = payload.find("account"))
            if (const auto known = api_.sessions().account_of(session.username, account->scalar))
                about.accounts.push_back(*known);
        if (about.topic == "InstrumentDetails" && about.accounts.empty())
            return refuse(rest_error::kNotFound, "account not found");
    } else {
        if (payload.find("requestType") == nullptr)
            return refuse(rest_error::kBadParameter, "<requestType>");
        if (!read_accounts(payload, session.username, about))
            return refuse(rest_error::kNotFound, "account not found");
    }
    about.has_positions = payload.scalar_of("includePositions") == "true";
    Subscription& added = client.subscriptions[message.request_id] = std::move(about);
    tell_first(to, client, message.request_id, added);
}

bool PushHub::read_accounts(const JsonValue& payload, const std::string& username,
                            Subscription& into) const {
    if (payload.scalar_of("requestType") == "ALL") {
        into.accounts = api_.sessions().accounts_of(username);
        return true;
    }
    const JsonValue* accounts = payload.find("accounts");
    if (accounts == nullptr || accounts->items.empty()) return false;
    for (const auto& name : accounts->items) {
        const auto known = api_.sessions().account_of(username, name.scalar);
        if (!known) return false;
        into.accounts.push_back(*known);
    }
    return true;
}

bool PushHub::read_symbols(const JsonValue& payload, const char* key, Subscription& into) const {
    const auto& rest = api_.options().rest;
    const JsonValue* symbols = payload.find(key);
    const bool are_given = symbols != nullptr && !symbols->items.empty();
    if (!are_given) {
        if (const JsonValue* types = payload.find("types"))
            for (const auto& type : types->items)
                for (auto& symbol : api_.reference().symbols_of_type(type.scalar))
                    into.symbols.push_back(std::move(symbol));
        return true;
    }
    for (const auto& shown : symbols->items) {
        const auto symbol = known_symbol(rest, shown.scalar);
        if (api_.venue().market().instrument(symbol) == nullptr) return false;
        into.symbols.push_back(symbol);
    }
    return true;
}

std::string PushHub::read_events(const JsonValue& payload, Subscription& into) const {
    const JsonValue* events = payload.find("eventTypes");
    if (events == nullptr || events->items.empty()) return "eventTypes";
    for (const auto& event : events->items) {
        const auto type = event.scalar_of("type");
        if (type == "Quote") {
            into.has_quotes = true;
        } else if (type == "Candle") {
            const auto from = iso_time(event.scalar_of("fromTime"));
            if (!is_candle_type(event.scalar_of("candleType"))) return "candleType";
            into.candles.push_back({event.scalar_of("candleType"), from.value_or(clock_.utc())});
        } else {
            return "type";
        }
    }
    return {};
}

void PushHub::tell_first(PushClient& to, Client& client, const std::string& id,
                         Subscription& about) {
    if (about.topic == "MarketData") return tell_market(to, client, id, about, true);
    if (about.topic == "Instruments" || about.topic == "InstrumentDetails")
        return tell_instruments(to, client, id, about);
    if (about.topic == "AccountMetrics") return tell_metrics(to, client);
    for (const auto& account : about.accounts) tell_account(to, client, id, about, account);
}

void PushHub::tell_account(PushClient& to, Client& client, const std::string& id,
                           Subscription& about, const std::string& account) {
    auto json = api_.views().writer();
    json.begin_object();
    if (about.topic == "AccountPortfolios") {
        json.key("portfolios").begin_array();
        api_.views().portfolio(json, account, true);
    } else {
        const bool is_transfers = about.topic == "CashTransfers";
        const auto& transfers = api_.book().transfers(account);
        const auto& events = api_.book().events(account);
        const auto count = is_transfers ? transfers.size() : events.size();
        const auto [told, is_first] = about.told.try_emplace(account, 0);
        if (!is_first && told->second == count) return;
        json.key(is_transfers ? "cashTransfers" : "accountEvents").begin_array();
        for (auto& next = told->second; next < count; ++next) {
            if (is_transfers)
                api_.views().transfer(json, account, transfers[next]);
            else
                api_.views().event(json, account, events[next]);
        }
    }
    json.end_array().end_object();
    post(to, client, about.topic, id, json.str());
}

void PushHub::tell_instruments(PushClient& to, Client& client, const std::string& id,
                               const Subscription& about) {
    const bool is_details = about.topic == "InstrumentDetails";
    auto json = api_.views().writer();
    json.begin_object().key(is_details ? "instrumentDetails" : "instruments").begin_array();
    for (const auto& symbol : about.symbols) {
        if (is_details)
            api_.reference().details(json, api_.views().account_name(about.accounts.front()),
                                     symbol);
        else
            api_.reference().instrument(json, symbol);
    }
    json.end_array().end_object();
    post(to, client, about.topic, id, json.str());
}

void PushHub::tell_metrics(PushClient& to, Client& client) {
    for (auto& [id, about] : client.subscriptions) {
        if (about.topic != "AccountMetrics") continue;
        auto json = api_.views().writer();
        json.begin_object().key("metrics").begin_array();
        for (const auto& account : about.accounts)
            api_.views().metrics(json, account, about.has_positions);
        json.end_array().end_object();
        post(to, client, about.topic, id, json.str());
    }
}

void PushHub::tell_market(PushClient& to, Client& client, const std::string& id,
                          Subscription& about, bool is_first) {
    auto json = api_.views().writer();
    bool has_news = is_first;
    json.begin_object().key("events").begin_array();
    for (const auto& symbol : about.symbols) {
        const auto quote = api_.reference().quote_key(symbol);
        if (!is_first && about.quotes[symbol] == quote) continue;
        has_news = true;
        about.quotes[symbol] = quote;
        if (about.has_quotes) api_.reference().quote(json, symbol);
        for (const auto& candle : about.candles)
            api_.reference().candles(
                json, symbol, candle.type,
                is_first ? candle.from : candle_start(candle.type, clock_.utc()), clock_.utc(),
                is_first ? SIZE_MAX : 1);
    }
    json.end_array().end_object();
    if (has_news) post(to, client, about.topic, id, json.str());
}

}  // namespace broker::simulator
