#include "dxtrade/push/push_market_data.hpp"

#include <algorithm>
#include <utility>

#include "dxtrade/rest/market_data.hpp"

namespace broker::dxtrade::push {
namespace {

using core::Reason;
using core::Result;

constexpr core::Channel kChannel = core::Channel::PushMarketData;
constexpr std::string_view kThrottled = "429";
constexpr int kBarsAtFirst = 2;  // the last whole one, and the one that is forming

Result<void> check(const VenueMarketDataRequest& request) {
    if (request.depth != core::kTopOfBook) {
        return core::fail(Reason::InvalidField, "depth: push has the top of the book alone");
    }
    if (request.has_trades) return core::fail(Reason::InvalidField, "push has no trades");
    if (request.candle_type.empty() || rest::candle_period(request.candle_type)) return {};
    return core::fail(Reason::InvalidField,
                      "candle_type: not one of the venue's: " + std::string{request.candle_type});
}

}  // namespace

PushMarketData::PushMarketData(PushMarketDataSettings settings, PushParts parts,
                               MarketDataListener& listener)
    : settings_{std::move(settings)},
      symbols_{settings_.symbols},
      listener_{listener},
      throttled_{settings_.connection.backoff, settings_.connection.seed + 1},
      connection_{kChannel, settings_.connection, std::move(parts), *this, listener} {}

void PushMarketData::start() { connection_.start(); }

void PushMarketData::stop(std::string_view text, std::function<void()> done) {
    connection_.stop(text, std::move(done));
}

void PushMarketData::on_tick() {
    connection_.on_tick();
    if (!connection_.is_open()) return;
    retry(connection_.clock().monotonic());
}

// Under new ids: the old ones have been used.
void PushMarketData::retry(core::MonotonicTime now) {
    std::vector<std::string> due;
    for (const auto& [request_id, part] : parts_) {
        if (part.retry_at && now >= *part.retry_at) due.push_back(request_id);
    }
    for (const std::string& request_id : due) {
        Part part = std::move(parts_.find(request_id)->second);
        part.retry_at.reset();
        forget(request_id);
        if (!ask(std::move(part))) return;  // the connection ends by that
    }
}

void PushMarketData::on_open() { connection_.on_confirmed(); }

void PushMarketData::on_lost() {
    parts_.clear();
    past_.clear();
}

// ---- requests

Result<core::MsgSeqNum> PushMarketData::send(const VenueMarketDataRequest& request) {
    if (!connection_.is_confirmed()) {
        return core::fail(Reason::AccountNotReady, "push market data is not connected");
    }
    if (request.kind == MarketDataRequestKind::Unsubscribe) {
        unsubscribe(request.md_req_id);
    } else if (const auto subscribed = subscribe(request); !subscribed) {
        return subscribed.error();
    }
    return ++request_count_;
}

Result<std::vector<std::string>> PushMarketData::venue_symbols(
    const VenueMarketDataRequest& request) const {
    std::vector<std::string> names;
    for (const core::Symbol& symbol : request.symbols) {
        const auto venue = symbols_.to_venue(symbol.view());
        if (!venue || !venue->sfx.empty()) {
            return core::fail(Reason::SymbolUnknown, "the profile's symbols.map has no symbol " +
                                                         std::string{symbol.view()} +
                                                         " without a suffix: push has none");
        }
        names.emplace_back(venue->symbol);
    }
    return names;
}

Result<void> PushMarketData::subscribe(const VenueMarketDataRequest& request) {
    if (const auto checked = check(request); !checked) return checked.error();
    const auto names = venue_symbols(request);
    if (!names) return names.error();
    const std::size_t most =
        std::max<std::size_t>(settings_.connection.rules.max_symbols_per_request, 1);
    for (std::size_t begin = 0; begin < names->size(); begin += most) {
        const auto first = names->begin() + static_cast<std::ptrdiff_t>(begin);
        const auto count = static_cast<std::ptrdiff_t>(std::min(most, names->size() - begin));
        Part part;
        part.md_req_id = request.md_req_id;
        part.candle_type = request.candle_type;
        part.symbols.assign(first, first + count);
        part.is_snapshot = request.kind == MarketDataRequestKind::Snapshot;
        if (part.is_snapshot) part.awaited.insert(part.symbols.begin(), part.symbols.end());
        if (const auto asked = ask(std::move(part)); !asked) return asked.error();
    }
    return {};
}

Result<void> PushMarketData::ask(Part part) {
    const std::string request_id = connection_.next_request_id();
    auto sent = connection_.send(subscription(connection_.envelope(request_id), part));
    if (sent) parts_.emplace(request_id, std::move(part));
    return sent;
}

std::string PushMarketData::subscription(const Envelope& envelope, const Part& part) const {
    if (part.candle_type.empty()) {
        return subscribe_quotes(envelope, settings_.account, part.symbols);
    }
    const auto period = rest::candle_period(part.candle_type).value_or(std::chrono::seconds{0});
    return subscribe_candles(envelope, settings_.account, part.symbols, part.candle_type,
                             envelope.timestamp - kBarsAtFirst * period);
}

void PushMarketData::unsubscribe(std::string_view md_req_id) {
    std::vector<std::string> request_ids;
    for (const auto& [request_id, part] : parts_) {
        if (part.md_req_id == md_req_id) request_ids.push_back(request_id);
    }
    for (const std::string& request_id : request_ids) close(request_id);
}

// Why the result is passed over: a connection that does not take it ends, and the subscription
// with it.
void PushMarketData::close(const std::string& request_id) {
    const auto part = parts_.find(request_id);
    const bool is_at_venue = part != parts_.end() && !part->second.retry_at;
    forget(request_id);
    if (!is_at_venue) return;
    const std::string close_id = connection_.next_request_id();
    static_cast<void>(connection_.send(
        push::unsubscribe(connection_.envelope(close_id), Topic::MarketData, request_id)));
}

// News may still come for it.
void PushMarketData::forget(const std::string& request_id) {
    parts_.erase(request_id);
    past_.push_back(request_id);
    if (past_.size() > kMaxPast) past_.pop_front();
}

bool PushMarketData::is_past(std::string_view request_id) const {
    return std::find(past_.begin(), past_.end(), request_id) != past_.end();
}

// ---- messages

void PushMarketData::on_push_message(const PushMessage& message, core::MonotonicTime received) {
    if (message.type == PushMessageType::MarketData) return on_events(message, received);
    if (message.type == PushMessageType::Reject) return on_reject(message);
    if (message.type == PushMessageType::SubscriptionClosed) {
        const auto part = parts_.find(message.in_reply_to);
        if (part != parts_.end()) {  // not by us: it is asked for again
            part->second.retry_at = connection_.clock().monotonic() + throttled_.next();
        }
        return;
    }
    connection_.tell_fault(Reason::MessageUnusable, message.name,
                           "a message that nobody has subscribed to; it is ignored");
}

void PushMarketData::on_events(const PushMessage& message, core::MonotonicTime received) {
    const auto part = parts_.find(message.in_reply_to);
    MarketDataUpdate update;
    update.is_picture = true;
    update.received = received;
    std::string md_req_id;  // kept: what is delivered may end the subscription
    if (part != parts_.end()) {
        throttled_.session_ended(settings_.connection.backoff.healthy_after);
        md_req_id = part->second.md_req_id;
    } else if (!message.in_reply_to.empty()) {
        if (is_past(message.in_reply_to)) return;
        return connection_.tell_fault(Reason::MessageUnusable, message.name,
                                      "inReplyTo is not ours: " + message.in_reply_to);
    }
    update.md_req_id = md_req_id;
    for (const rest::RestQuote& quote : message.market_data.quotes) on_quote(quote, update);
    for (const rest::RestCandle& candle : message.market_data.candles) on_candle(candle, update);
    note_shown(message.in_reply_to, message.market_data);
}

// A side that is absent is empty: the market is closed, or has no price on it.
void PushMarketData::on_quote(const rest::RestQuote& quote, MarketDataUpdate update) {
    rest::to_entries(quote, entries_);
    deliver(update, quote.symbol);
}

void PushMarketData::on_candle(const rest::RestCandle& candle, MarketDataUpdate update) {
    rest::to_entries(candle, entries_);
    deliver(update, candle.symbol);
}

void PushMarketData::deliver(MarketDataUpdate& update, const std::string& symbol) {
    update.symbol = symbols_.to_host(symbol, {}, host_symbol_);
    update.entries = entries_;
    listener_.on_market_data(update);
}

// A snapshot ends with the first event of its last symbol.
void PushMarketData::note_shown(const std::string& request_id,
                                const rest::MarketDataEvents& events) {
    const auto part = parts_.find(request_id);
    if (part == parts_.end() || !part->second.is_snapshot) return;
    for (const rest::RestQuote& quote : events.quotes) part->second.awaited.erase(quote.symbol);
    for (const rest::RestCandle& candle : events.candles) {
        part->second.awaited.erase(candle.symbol);
    }
    if (part->second.awaited.empty()) close(request_id);
}

void PushMarketData::on_reject(const PushMessage& message) {
    const std::string text =
        "errorCode=" + message.reject.error_code + " \"" + message.reject.description + "\"";
    const auto part = parts_.find(message.in_reply_to);
    if (part == parts_.end()) {
        if (is_past(message.in_reply_to)) return;
        return connection_.tell_fault(Reason::MessageUnusable, message.name,
                                      "a reject of nothing that is asked for: " + text);
    }
    if (message.reject.error_code == kThrottled) {
        const core::Duration wait = throttled_.next();
        part->second.retry_at = connection_.clock().monotonic() + wait;
        return listener_.on_notice(kChannel, "subscription put off: " + text);
    }
    const std::string md_req_id = part->second.md_req_id;
    forget(message.in_reply_to);
    unsubscribe(md_req_id);  // the other parts
    MarketDataReject reject;
    reject.md_req_id = md_req_id;
    reject.text = text;
    listener_.on_market_data_reject(reject);
}

}  // namespace broker::dxtrade::push
