// One stream of market data that the venue sends, and the subscriptions it serves.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "account/market_data_events.hpp"
#include "core/market_book.hpp"
#include "core/quote.hpp"
#include "dxtrade/market_data_channel.hpp"

namespace broker::account {

// What a line is asked for at the venue.
struct MarketDataTopic {
    core::Symbol symbol;
    core::CandleType candle_type;
    std::int32_t depth = core::kTopOfBook;
    bool has_trades = false;
    bool is_snapshot_only = false;

    // Whether they can stand in one message to the venue.
    [[nodiscard]] bool goes_with(const MarketDataTopic& other) const {
        return candle_type == other.candle_type && depth == other.depth &&
               has_trades == other.has_trades && is_snapshot_only == other.is_snapshot_only;
    }
};

[[nodiscard]] MarketDataTopic topic_of(const core::MarketDataRequest& request);

// What an update did to a line.
struct LineUpdate {
    bool is_quote_due = false;    // best bid or offer changed, or a picture came
    std::size_t unusable = 0;     // entries
    bool has_overflowed = false;  // for the first time since the last picture
};

// Owned by the feed, which says when it is asked for, live or stale. [event-thread]
class MarketDataLine {
public:
    enum class State {
        Waiting,  // not asked for: there is no session
        Asked,    // the picture is awaited
        Live,     // it has come
    };

    MarketDataLine(MarketDataTopic topic, core::MarketBookRules rules, MarketDataEvents& events);

    [[nodiscard]] const MarketDataTopic& topic() const { return topic_; }

    // -- subscriptions
    // One that this line can serve: the same, or the quotes of a deeper book.
    [[nodiscard]] bool can_serve(const core::MarketDataRequest& request) const;
    void add(const core::MarketDataRequest& request) { subscriptions_.push_back(request); }
    void remove(std::uint64_t request_id);
    [[nodiscard]] const std::vector<core::MarketDataRequest>& subscriptions() const {
        return subscriptions_;
    }
    [[nodiscard]] bool has_quotes() const;  // a subscription to best bid and offer

    // -- state
    [[nodiscard]] State state() const { return state_; }
    [[nodiscard]] bool is_stale() const { return is_stale_; }
    [[nodiscard]] core::MonotonicTime since() const { return since_; }  // asked, or last update
    [[nodiscard]] std::uint64_t ignored_increments() const { return ignored_increments_; }
    void asked(core::MonotonicTime now);
    void withdrawn() { state_ = State::Waiting; }
    // Says so to each subscription that does not know; those to quotes get the last one again.
    void set_stale(core::Reason reason, std::string_view text);
    // The venue leaves the request unanswered. Said once each time it is asked for.
    void set_unanswered(std::string_view text);
    [[nodiscard]] bool is_unanswered() const { return is_unanswered_; }
    void tell(core::MDStatus status, core::Reason reason, std::string_view text);

    // Not to be asked for together with others: such a request was refused.
    void ask_alone() { asks_alone_ = true; }
    [[nodiscard]] bool asks_alone() const { return asks_alone_; }

    // -- data
    // An increment before the picture is counted and has no effect.
    void ignore_increment() { ++ignored_increments_; }
    // Tells LIVE where that is news, and delivers what goes out entry by entry.
    [[nodiscard]] LineUpdate take(const dxtrade::MarketDataUpdate& update);
    // Counts an update into the next quote; true: it is the first.
    [[nodiscard]] bool mark_quote_due() { return due_count_++ == 0; }
    // Best bid and offer as of the last update; of no request.
    [[nodiscard]] core::Quote top() const;
    // Delivers best bid and offer as they are.
    void deliver_quote();
    // The state and the picture for a subscription that joins a line which is live.
    void show_to(const core::MarketDataRequest& subscription);

private:
    // What subscriptions to books, trades and candles get of one update.
    struct Delivery {
        core::MDUpdateAction action = core::MDUpdateAction::New;
        core::MDEntryType type = core::MDEntryType::Unspecified;
        core::MDEntryID id;
        std::optional<core::Decimal> px;
        std::optional<core::Decimal> size;
        std::optional<core::UtcTime> time;
    };
    struct Side {
        std::optional<core::Decimal> px;
        std::optional<core::Decimal> size;
        std::optional<core::UtcTime> time;
        friend bool operator==(const Side&, const Side&) = default;
    };

    void take_entry(const core::MDEntry& entry, bool is_picture, LineUpdate& result);
    void take_level(const core::MDEntry& entry, bool is_picture, LineUpdate& result);
    void append(core::MDUpdateAction action, core::MDEntryType type, const core::BookLevel& level);
    void append_as_it_is(const core::MDEntry& entry);
    void append_book();
    void deliver_entries(const core::MarketDataRequest& to, bool is_snapshot) const;
    void quote_to(const core::MarketDataRequest& to, bool is_snapshot,
                  std::uint64_t merged_count) const;
    [[nodiscard]] static Side side_of(const core::BookLevel* level);
    [[nodiscard]] bool has_top_changed();

    MarketDataTopic topic_;
    MarketDataEvents& events_;
    std::vector<core::MarketDataRequest> subscriptions_;
    State state_ = State::Waiting;
    bool is_stale_ = false;
    bool is_unanswered_ = false;
    bool asks_alone_ = false;
    core::MonotonicTime since_;
    std::uint64_t ignored_increments_ = 0;

    core::MarketBook book_;
    bool has_overflowed_ = false;
    Side bid_;  // as of the last update
    Side offer_;
    core::MonotonicTime received_;
    bool is_picture_due_ = false;  // the next quote is the first since the line was asked for
    std::uint64_t due_count_ = 0;  // updates since the last quote
    std::vector<Delivery> deliveries_;
};

}  // namespace broker::account
