#include "dxtrade/rest/rest_market_data.hpp"

#include <algorithm>
#include <set>
#include <utility>

#include "dxtrade/rest/channel_parts.hpp"
#include "dxtrade/rest/market_data.hpp"
#include "dxtrade/rest/record_reader.hpp"
#include "dxtrade/rest/rest_orders.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Reason;

bool contains(const std::vector<std::string>& symbols, std::string_view symbol) {
    return std::find(symbols.begin(), symbols.end(), symbol) != symbols.end();
}

}  // namespace

RestMarketData::RestMarketData(RestMarketDataSettings settings, RestChannel& rest,
                               const core::Clock& clock, MarketDataListener& listener)
    : settings_{std::move(settings)},
      rest_{rest},
      clock_{clock},
      listener_{listener},
      symbols_{settings_.symbols} {}

void RestMarketData::start() { is_started_ = true; }

void RestMarketData::stop(std::string_view /*text*/, std::function<void()> done) {
    is_started_ = false;
    is_logged_on_ = false;
    subscriptions_.clear();
    rest_.post(std::move(done));
}

void RestMarketData::on_tick() {
    if (!is_started_) return;
    const bool was_logged_on = std::exchange(is_logged_on_, rest_.is_logged_on());
    if (is_logged_on_ && !was_logged_on) {
        listener_.on_logged_on(settings_.channel, rest_.peer());
    } else if (!is_logged_on_ && was_logged_on) {
        subscriptions_.clear();
        listener_.on_disconnected(settings_.channel, Reason::RestSessionExpired,
                                  "the REST session has ended", rest_.peer(), core::Duration{-1});
    }
    if (is_logged_on_) ask_due();
}

// ---- subscriptions

core::Result<core::MsgSeqNum> RestMarketData::send(const VenueMarketDataRequest& request) {
    if (request.kind == MarketDataRequestKind::Unsubscribe) {
        subscriptions_.erase(std::string{request.md_req_id});
        return kFirstRestNumber + ++last_number_;
    }
    if (!is_logged_on_) return core::fail(Reason::AccountNotReady, "REST is not logged on");
    if (request.depth != core::kTopOfBook || request.has_trades) {
        return core::fail(Reason::InvalidField, "REST has the top of the book alone, no trades");
    }
    if (!request.candle_type.empty() && !candle_period(request.candle_type)) {
        return core::fail(Reason::InvalidField,
                          "candle_type is none of m, 5m, 15m, 30m, h, 2h, 4h, d, w, mo");
    }
    if (request.symbols.empty() || (!request.candle_type.empty() && request.symbols.size() > 1)) {
        return core::fail(Reason::InvalidField, "symbols: at least one, of candles just one");
    }
    if (subscriptions_.size() >= settings_.max_subscriptions) {
        return core::fail(Reason::TooManyRequests, "too many subscriptions");
    }
    Subscription made;
    made.candle_type = request.candle_type;
    made.is_snapshot = request.kind == MarketDataRequestKind::Snapshot;
    made.next = clock_.monotonic();
    for (const core::Symbol& symbol : request.symbols) {
        const auto venue = symbols_.to_venue(symbol.view());
        if (!venue || !venue->sfx.empty()) {
            return core::fail(Reason::SymbolUnknown, "the profile's symbols do not have " +
                                                         std::string{symbol.view()} + " for REST");
        }
        made.symbols.emplace_back(venue->symbol);
    }
    subscriptions_.insert_or_assign(std::string{request.md_req_id}, std::move(made));
    return kFirstRestNumber + ++last_number_;
}

// Those of quotes share requests, up to so many symbols each.
void RestMarketData::ask_due() {
    const core::MonotonicTime now = clock_.monotonic();
    Ids ids;
    std::set<std::string> symbols;
    const auto flush = [&] {
        if (ids.empty()) return;
        const std::vector<std::string> list{symbols.begin(), symbols.end()};
        ask(ids, quotes_body(settings_.account, list));
        ids.clear();
        symbols.clear();
    };
    std::vector<std::pair<std::string, std::string>> alone;  // id, body
    for (const auto& [id, each] : subscriptions_) {
        if (each.is_asked || each.next > now) continue;
        if (!each.candle_type.empty()) {
            alone.emplace_back(id, candles_of(each));
        } else if (each.is_alone) {
            alone.emplace_back(id, quotes_body(settings_.account, each.symbols));
        } else {
            if (symbols.size() + each.symbols.size() > settings_.max_symbols_per_request) flush();
            ids.push_back(id);
            symbols.insert(each.symbols.begin(), each.symbols.end());
        }
    }
    flush();
    for (auto& [id, body] : alone) ask({id}, std::move(body));
}

// The bar that is forming and the one before it.
std::string RestMarketData::candles_of(const Subscription& subscription) const {
    CandleRange range;
    range.symbol = subscription.symbols.front();
    range.candle_type = subscription.candle_type;
    range.to = clock_.utc();
    range.from = range.to - 2 * *candle_period(subscription.candle_type);
    return candles_body(settings_.account, range);
}

void RestMarketData::ask(const Ids& ids, std::string body) {
    const core::MonotonicTime now = clock_.monotonic();
    for (const std::string& id : ids) {
        Subscription& asked = subscriptions_.find(id)->second;
        asked.next = now + settings_.poll_interval;
        asked.is_asked = true;
    }
    RestCall call;
    call.request = {net::HttpMethod::Post, "/marketdata", std::move(body)};
    call.not_after = now + settings_.answer_timeout;
    call.done = [this, ids, alive = std::weak_ptr<int>{life_}](net::HttpOutcome outcome) {
        if (!alive.expired()) on_answer(ids, std::move(outcome));
    };
    if (rest_.client().send(std::move(call))) return;
    for (const std::string& id : ids) subscriptions_.find(id)->second.is_asked = false;
}

// ---- answers

void RestMarketData::on_answer(const Ids& ids, net::HttpOutcome outcome) {
    for (const std::string& id : ids) {
        const auto at = subscriptions_.find(id);
        if (at != subscriptions_.end()) at->second.is_asked = false;
    }
    const ReadAnswer answer = read_answer(std::move(outcome), "market data");
    if (!answer.response) {
        if (answer.proof == Proof::Refused || answer.proof == Proof::NotPermitted) {
            refuse(ids, answer.response.error());
        }
        return;  // else the next poll asks again
    }
    json::ReadFaults faults;
    const auto events = market_data_from_json(answer.response->body, faults);
    for (const json::ReadFault& each : faults.kept()) {
        core::VenueFault fault;
        fault.reason = each.reason;
        fault.channel = core::Channel::Rest;
        fault.msg_type = "market data";
        fault.text = each.text;
        listener_.on_venue_fault(fault);
    }
    if (!events) return;
    for (const std::string& id : ids) deliver(id, *events, answer.response->received);
}

void RestMarketData::refuse(const Ids& ids, const core::Error& error) {
    if (ids.size() > 1) {
        for (const std::string& id : ids) {
            const auto at = subscriptions_.find(id);
            if (at == subscriptions_.end()) continue;
            at->second.is_alone = true;
            at->second.next = clock_.monotonic();
        }
        return;
    }
    if (subscriptions_.erase(ids.front()) == 0) return;
    MarketDataReject reject;
    reject.reason = Reason::RequestRejected;
    reject.md_req_id = ids.front();
    reject.text = error.detail;
    listener_.on_market_data_reject(reject);
}

void RestMarketData::deliver(const std::string& id, const MarketDataEvents& events,
                             core::MonotonicTime received) {
    const auto at = subscriptions_.find(id);
    if (at == subscriptions_.end()) return;
    const Subscription subscription = at->second;  // the listener may take it back
    if (subscription.is_snapshot) subscriptions_.erase(at);
    std::vector<core::MDEntry> entries;
    if (subscription.candle_type.empty()) {
        for (const RestQuote& quote : events.quotes) {
            if (!contains(subscription.symbols, quote.symbol)) continue;
            to_entries(quote, entries);
            tell(id, quote.symbol, entries, received);
        }
        return;
    }
    for (const RestCandle& candle : events.candles) {
        if (!contains(subscription.symbols, candle.symbol)) continue;
        to_entries(candle, entries);
        tell(id, candle.symbol, entries, received);
    }
}

void RestMarketData::tell(const std::string& id, std::string_view symbol,
                          const std::vector<core::MDEntry>& entries, core::MonotonicTime received) {
    MarketDataUpdate update;
    update.is_picture = true;
    update.md_req_id = id;
    update.symbol = symbols_.to_host(symbol, {}, host_symbol_);
    update.entries = entries;
    update.received = received;
    listener_.on_market_data(update);
}

}  // namespace broker::dxtrade::rest
