// A market data feed between a channel and a host that only write down what happens.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <deque>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "account/market_data_feed.hpp"
#include "support/manual_clock.hpp"

namespace broker::account {

// Takes requests as a session does, and writes down what it was asked.
class ScriptedMarketDataChannel final : public dxtrade::MarketDataChannel {
public:
    explicit ScriptedMarketDataChannel(dxtrade::MarketDataListener& events) : listener{events} {}

    void start() override { sent.emplace_back("start"); }
    void stop(std::string_view /*text*/, std::function<void()> done) override {
        on_stopped = std::move(done);
    }
    void on_tick() override { ++ticks; }
    core::Result<core::MsgSeqNum> send(const dxtrade::VenueMarketDataRequest& request) override {
        if (failure) return *failure;
        for (const core::Symbol& symbol : request.symbols) {
            if (symbol.view() == "NONE") return core::fail(core::Reason::SymbolUnknown, "NONE");
        }
        constexpr const char* kKinds[]{"once", "subscribe", "unsubscribe"};
        std::string line = kKinds[static_cast<int>(request.kind)];
        line.append(" ").append(request.md_req_id);
        for (const core::Symbol& symbol : request.symbols) line.append(" ").append(symbol.view());
        line += " depth=" + std::to_string(request.depth);
        if (request.has_trades) line += " trades";
        if (!request.candle_type.empty()) line.append(" ").append(request.candle_type);
        sent.push_back(line);
        return ++msg_seq_num;
    }

    dxtrade::MarketDataListener& listener;
    std::vector<std::string> sent;
    int ticks = 0;
    std::function<void()> on_stopped;
    std::optional<core::Error> failure;
    core::MsgSeqNum msg_seq_num = 1;
};

// Keeps each event as one line of text.
class RecordingMarketData final : public MarketDataEvents, public dxtrade::ChannelListener {
public:
    void on_quote(const core::Quote& quote) override {
        std::string line = "quote " + std::to_string(quote.request_id) + " ";
        line.append(quote.symbol).append(" ").append(text(quote.bid_px)).append("/");
        line.append(text(quote.offer_px));
        if (quote.is_snapshot) line += " snapshot";
        if (quote.is_stale) line += " stale";
        if (quote.merged_count != 0) line += " merged=" + std::to_string(quote.merged_count);
        lines.push_back(line);
        if (during_quote) during_quote();
        if (throws) throw std::runtime_error{"no memory"};
    }
    void on_market_data_entry(const core::MarketDataEntry& entry) override {
        constexpr const char* kActions[]{"?", "new", "change", "delete"};
        constexpr const char* kTypes[]{"?",     "bid",  "offer", "trade", "open",
                                       "close", "high", "low",   "empty"};
        std::string line = "entry " + std::to_string(entry.request_id) + " ";
        line.append(kActions[static_cast<int>(entry.entry.action)]).append(" ");
        line.append(kTypes[static_cast<int>(entry.entry.type)]);
        if (!entry.entry.id.empty()) line.append(" ").append(entry.entry.id);
        if (entry.entry.px) line.append(" ").append(text(entry.entry.px));
        if (entry.is_snapshot) line += " snapshot";
        if (entry.is_last) line += " last";
        lines.push_back(line);
    }
    void on_market_data_status(const core::MarketDataStatus& status) override {
        constexpr const char* kStatuses[]{"?", "LIVE", "STALE", "REJECTED", "ENDED"};
        std::string line = std::string{kStatuses[static_cast<int>(status.status)]} + " " +
                           std::to_string(status.request_id);
        if (status.reason != core::Reason::None) {
            line.append(" ").append(core::reason_name(status.reason));
        }
        lines.push_back(line);
        texts.emplace_back(status.text);
    }

    void on_connecting(core::Channel, std::string_view) override {
        news.emplace_back("connecting");
    }
    void on_logged_on(core::Channel, std::string_view) override { news.emplace_back("logged-on"); }
    void on_disconnected(core::Channel, core::Reason reason, std::string_view, std::string_view,
                         core::Duration) override {
        news.push_back("disconnected " + std::string{core::reason_name(reason)});
    }
    void on_notice(core::Channel, std::string_view text) override { notices.emplace_back(text); }
    void on_condition(core::Channel, core::Reason reason, std::string_view,
                      std::string_view) override {
        news.push_back("condition " + std::string{core::reason_name(reason)});
    }
    void on_venue_fault(const core::VenueFault& fault) override {
        faults.emplace_back(fault.text);
        fault_count += fault.count;
    }

    std::vector<std::string> take() { return std::exchange(lines, {}); }

    std::vector<std::string> lines;
    std::vector<std::string> texts;  // of statuses
    std::vector<std::string> news;
    std::vector<std::string> notices;
    std::vector<std::string> faults;
    std::uint64_t fault_count = 0;
    bool throws = false;
    std::function<void()> during_quote;

private:
    static std::string text(const std::optional<core::Decimal>& value) {
        return value ? value->to_string() : "-";
    }
};

inline core::MDEntry md_entry(core::MDEntryType type, std::string_view px, std::string_view id = {},
                              core::MDUpdateAction action = core::MDUpdateAction::New) {
    return {action, type, id, core::Decimal::parse(px), core::Decimal::parse("1"), std::nullopt};
}
inline core::MDEntry md_bid(std::string_view px, std::string_view id = {}) {
    return md_entry(core::MDEntryType::Bid, px, id);
}
inline core::MDEntry md_offer(std::string_view px, std::string_view id = {}) {
    return md_entry(core::MDEntryType::Offer, px, id);
}

class MarketDataFixture : public testing::Test {
protected:
    using Entries = std::vector<core::MDEntry>;

    MarketDataFixture() { make(); }

    // Anew, by what settings_ has become.
    void make() {
        feed_ = std::make_unique<MarketDataFeed>(
            settings_,
            MarketDataParts{clock_, events_, events_,
                            [this](std::function<void()> task) { tasks_.push_back(task); }},
            [this](dxtrade::MarketDataListener& listener) {
                auto channel = std::make_unique<ScriptedMarketDataChannel>(listener);
                channel_ = channel.get();
                return channel;
            });
    }

    dxtrade::MarketDataListener& venue() { return channel_->listener; }
    void log_on() {
        venue().on_connecting(core::Channel::FixMarketData, "venue:2");
        venue().on_logged_on(core::Channel::FixMarketData, "venue:2");
    }
    void lose_connection() {
        venue().on_disconnected(core::Channel::FixMarketData, core::Reason::ConnectionLost, "reset",
                                "venue:2", std::chrono::seconds{1});
    }

    // Runs what waits for the loop, and what that posts.
    void run_loop() {
        while (!tasks_.empty()) {
            const auto task = std::move(tasks_.front());
            tasks_.pop_front();
            task();
        }
    }
    // One turn: what is posted now, not what that posts.
    void run_turn() {
        for (std::size_t i = tasks_.size(); i > 0; --i) {
            const auto task = std::move(tasks_.front());
            tasks_.pop_front();
            task();
        }
    }

    static core::MarketDataRequest request(std::uint64_t id, std::string_view symbol = "EURUSD",
                                           std::int32_t depth = core::kTopOfBook) {
        core::MarketDataRequest result;
        result.request_id = id;
        result.symbol = core::Symbol::from(symbol).value();
        result.depth = depth;
        return result;
    }
    void subscribe(std::uint64_t id, std::string_view symbol = "EURUSD",
                   std::int32_t depth = core::kTopOfBook) {
        feed_->execute(request(id, symbol, depth));
    }
    void unsubscribe(std::uint64_t id) { feed_->execute(core::MarketDataUnsubscribe{id}); }

    void picture(std::string_view md_req_id, const Entries& entries,
                 std::string_view symbol = "EURUSD") {
        update(true, md_req_id, entries, symbol);
    }
    void increment(std::string_view md_req_id, const Entries& entries,
                   std::string_view symbol = "EURUSD") {
        update(false, md_req_id, entries, symbol);
    }
    void reject(std::string_view md_req_id, core::MsgSeqNum ref_seq_num = 0) {
        dxtrade::MarketDataReject refusal;
        refusal.md_req_id = md_req_id;
        refusal.ref_seq_num = ref_seq_num;
        refusal.text = "not for you";
        venue().on_market_data_reject(refusal);
    }

    std::vector<std::string> take_sent() { return std::exchange(channel_->sent, {}); }

    test::ManualClock clock_;
    RecordingMarketData events_;
    MarketDataSettings settings_;
    std::deque<std::function<void()>> tasks_;
    std::unique_ptr<MarketDataFeed> feed_;
    ScriptedMarketDataChannel* channel_ = nullptr;

private:
    void update(bool is_picture, std::string_view md_req_id, const Entries& entries,
                std::string_view symbol) {
        dxtrade::MarketDataUpdate message;
        message.is_picture = is_picture;
        message.md_req_id = md_req_id;
        message.symbol = symbol;
        message.entries = entries;
        message.received = clock_.monotonic();
        venue().on_market_data(message);
    }
};

}  // namespace broker::account
