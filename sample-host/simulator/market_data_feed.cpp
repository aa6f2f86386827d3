#include "simulator/market_data_feed.hpp"

#include <utility>
#include <variant>

#include "simulator/fix_reports.hpp"
#include "simulator/fix_requests.hpp"

namespace broker::simulator {

MarketDataFeed::MarketDataFeed(MarketDataOptions options, const Market& market,
                               const core::Clock& clock, Send send)
    : options_{std::move(options)}, market_{market}, clock_{clock}, send_{std::move(send)} {}

void MarketDataFeed::receive(const std::string& comp_id, const FixMessage& message) {
    if (message.msg_type != "V")
        return send_(comp_id, business_message_reject(
                                  message, {kUnsupportedMessageType, "a market data session"}));
    const auto parsed = market_data_request_from_fix(message, options_);
    const auto* request = std::get_if<MarketDataRequest>(&parsed);
    const auto refusal = request != nullptr ? check(comp_id, *request)
                                            : std::optional{std::get<MarketDataRefusal>(parsed)};
    if (refusal) return send_(comp_id, market_data_request_reject(message.value(262), *refusal));
    if (request->type == SubscriptionRequestType::Unsubscribe)
        unsubscribe(comp_id, *request);
    else
        subscribe(comp_id, *request);
}

std::optional<MarketDataRefusal> MarketDataFeed::check(const std::string& comp_id,
                                                       const MarketDataRequest& request) const {
    const auto session = subscriptions_.find(comp_id);
    const bool is_in_use =
        session != subscriptions_.end() && session->second.count(request.md_req_id) != 0;
    if (request.type == SubscriptionRequestType::Unsubscribe) {
        if (is_in_use) return std::nullopt;
        return MarketDataRefusal{"", "no subscription with MDReqID " + request.md_req_id};
    }
    if (is_in_use) return MarketDataRefusal{md_req_rej::kDuplicateMDReqID, "duplicate MDReqID"};
    for (const auto& symbol : request.symbols)
        if (lines_.count(symbol) == 0)
            return MarketDataRefusal{md_req_rej::kUnknownSymbol, "unknown Symbol " + symbol};
    return std::nullopt;
}

void MarketDataFeed::subscribe(const std::string& comp_id, const MarketDataRequest& request) {
    const bool is_once = request.type == SubscriptionRequestType::Snapshot;
    std::optional<std::size_t> tot_num_reports;
    if (options_.sends_tot_num_reports && request.candle_type.empty())
        tot_num_reports = request.symbols.size();
    Subscription subscription{request, {}};
    for (const auto& symbol : request.symbols) {
        auto entries = entries_of(request, symbol);
        if (!is_once && options_.updates == MarketDataUpdates::Incremental && !entries.empty()) {
            update(comp_id, subscription, symbol);
        } else {
            send_snapshot(comp_id, request, symbol, entries, tot_num_reports);
            subscription.sent[symbol] = std::move(entries);
        }
    }
    if (!is_once) subscriptions_[comp_id].emplace(request.md_req_id, std::move(subscription));
}

void MarketDataFeed::unsubscribe(const std::string& comp_id, const MarketDataRequest& request) {
    subscriptions_[comp_id].erase(request.md_req_id);
}

void MarketDataFeed::market_moved() {
    const auto now = clock_.utc();
    for (const auto& symbol : market_.symbols()) {
        const auto quote = market_.quote(symbol).value();
        auto [entry, is_first] = lines_.try_emplace(symbol);
        Line& line = entry->second;
        if (is_first) line.prev_close = quote.bid;
        if (is_first || line.quote.bid != quote.bid || line.quote.ask != quote.ask) line.time = now;
        line.quote = quote;
        line.candles.add(now, quote.bid);
        publish(symbol);
    }
}

void MarketDataFeed::publish(const std::string& symbol) {
    for (auto& [comp_id, by_id] : subscriptions_) {
        for (auto& [md_req_id, subscription] : by_id)
            if (subscription.sent.count(symbol) != 0) update(comp_id, subscription, symbol);
    }
}

// Tells one subscriber the difference to what he knows.
void MarketDataFeed::update(const std::string& comp_id, Subscription& subscription,
                            const std::string& symbol) {
    const auto& request = subscription.request;
    const auto before = std::exchange(subscription.sent[symbol], entries_of(request, symbol));
    const auto& after = subscription.sent[symbol];
    const auto changes = market_data_changes(before, after, options_.entry_action);
    if (changes && changes->empty()) return;
    if (after.empty() || !changes || !is_incremental(request))
        send_snapshot(comp_id, request, symbol, after, std::nullopt);
    else
        send_(comp_id, market_data_increment(heading_of(request, symbol), *changes));
}

void MarketDataFeed::send_snapshot(const std::string& comp_id, const MarketDataRequest& request,
                                   const std::string& symbol, const MarketDataEntries& entries,
                                   std::optional<std::size_t> tot_num_reports) {
    auto heading = heading_of(request, symbol);
    heading.tot_num_reports = tot_num_reports;
    const Line& line = lines_.find(symbol)->second;
    auto all = entries;
    if (request.asks_for('2') && line.last_trade) all.push_back(*line.last_trade);
    if (all.empty()) all.push_back(empty_book_entry(symbol, clock_.utc()));
    send_(comp_id, market_data_snapshot(heading, all));
}

bool MarketDataFeed::is_incremental(const MarketDataRequest& request) const {
    switch (options_.updates) {
        case MarketDataUpdates::Full:
            return false;
        case MarketDataUpdates::Incremental:
            return true;
        case MarketDataUpdates::FullThenIncremental:
            break;
    }
    return request.is_incremental;
}

MarketDataEntries MarketDataFeed::entries_of(const MarketDataRequest& request,
                                             const std::string& symbol) const {
    const Line& line = lines_.find(symbol)->second;
    if (!request.candle_type.empty()) {
        const Candle* candle = line.candles.last(request.candle_type);
        return candle != nullptr ? candle_entries(symbol, *candle, request) : MarketDataEntries{};
    }
    if (line.is_withdrawn) return {};
    return quote_entries(*market_.instrument(symbol), line.quote, request, options_.depth_levels,
                         line.time);
}

MarketDataHeading MarketDataFeed::heading_of(const MarketDataRequest& request,
                                             const std::string& symbol) const {
    MarketDataHeading heading{request.md_req_id,
                              options_.stream_id.empty() ? request.stream_id : options_.stream_id,
                              request.candle_type, symbol};
    const Line& line = lines_.find(symbol)->second;
    if (options_.sends_net_change) heading.net_change = net_change(line.prev_close, line.quote.bid);
    return heading;
}

void MarketDataFeed::traded(const std::string& symbol, const core::Decimal& price,
                            const core::Decimal& quantity) {
    const auto found = lines_.find(symbol);
    if (found == lines_.end()) return;
    Line& line = found->second;
    const std::string id = symbol + "-T" + std::to_string(++line.trades);
    line.last_trade = MarketDataEntry{'2', id, price, quantity, clock_.utc()};
    for (auto& [comp_id, by_id] : subscriptions_) {
        for (auto& [md_req_id, subscription] : by_id) {
            const auto& request = subscription.request;
            const auto known = subscription.sent.find(symbol);
            if (known == subscription.sent.end() || !request.asks_for('2')) continue;
            if (is_incremental(request))
                send_(comp_id, market_data_increment(heading_of(request, symbol),
                                                     {{'0', *line.last_trade}}));
            else
                send_snapshot(comp_id, request, symbol, known->second, std::nullopt);
        }
    }
}

bool MarketDataFeed::withdraw(std::string_view symbol) {
    const auto found = lines_.find(symbol);
    if (found == lines_.end()) return false;
    found->second.is_withdrawn = true;
    publish(found->first);
    return true;
}

void MarketDataFeed::restore(std::string_view symbol) {
    const auto found = lines_.find(symbol);
    if (found != lines_.end()) found->second.is_withdrawn = false;
}

}  // namespace broker::simulator
