// The push connection of one account: portfolios, metrics, events and cash transfers as they
// happen.
#pragma once

#include <array>
#include <cstddef>
#include <deque>
#include <functional>
#include <optional>
#include <set>
#include <string>

#include "core/backoff.hpp"
#include "core/clock.hpp"
#include "dxtrade/push/portfolio_tracker.hpp"
#include "dxtrade/push/push_connection.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::dxtrade::push {

struct PushSessionSettings {
    std::string account;  // DXtrade's name
    PushConnectionSettings connection;
    SymbolRules symbols;
    core::Duration snapshot_timeout = std::chrono::seconds{15};  // then it is asked for again
    core::Duration audit_interval = std::chrono::minutes{1};     // of a live session, by REST
    core::Duration least_interval = std::chrono::seconds{1};     // of snapshots that faults ask for
    core::Duration refused_retry = std::chrono::minutes{5};      // of a subscription
    std::size_t max_transfers = 10'000;                          // remembered for repetitions
};

// What the session asks of the account's REST channel.
struct PushSessionHooks {
    // Asks for the portfolio, which goes to the same tracker. Never answered from inside.
    std::function<void()> request_snapshot;
    // Whether push delivers whole portfolios, so that asking for them over REST can rest.
    std::function<void(bool is_live)> on_live;
};

// The first portfolio is the confirmation: on_logged_on(Channel::Push) follows. After each
// connection a snapshot over REST is asked for; until it has come, a push portfolio proves the end
// of nothing. A refused subscription is told and tried again later; without that of portfolios the
// session is not live. A live one is audited by a snapshot now and then: a subscription that has
// died without a word, or a lost message, looks like an account where nothing happens. A message
// that cannot be read may have been a fill, and brings that snapshot forward. Needs a token: where
// requests are signed instead, it waits for ever. Owned by the account coordinator; stopped before
// the REST channel.
// [event-thread]
class PushSession final : public Channel, private PushConnectionOwner {
public:
    PushSession(PushSessionSettings settings, PushParts parts, PortfolioTracker& tracker,
                TradingChannelListener& listener, PushSessionHooks hooks);

    void start() override;
    void stop(std::string_view text, std::function<void()> done) override;
    void on_tick() override;

    [[nodiscard]] bool is_live() const { return is_live_; }

private:
    static constexpr std::size_t kTopicCount = 4;  // of AccountTopic
    struct Subscription {
        bool is_wanted = false;
        bool is_confirmed = false;
        bool is_refusal_told = false;
        std::string request_id;                       // empty: not asked for
        std::optional<core::MonotonicTime> retry_at;  // refused or throttled
    };

    // PushConnectionOwner
    void on_open() override;
    void on_push_message(const PushMessage& message, core::MonotonicTime received) override;
    void on_unreadable() override;
    void on_lost() override;

    void subscribe(AccountTopic topic);
    void confirm(AccountTopic topic);
    void put_off(AccountTopic topic, core::Duration wait);
    void on_reject(const PushMessage& message);
    void on_portfolios(const PushMessage& message, core::MonotonicTime received);
    void on_metrics(const PushMessage& message, core::MonotonicTime received);
    void on_account_events(const PushMessage& message, core::MonotonicTime received);
    void on_transfers(const PushMessage& message, core::MonotonicTime received);
    [[nodiscard]] bool is_new_transfer(const core::CashTransfer& transfer);
    void request_snapshot();
    void update_live();
    [[nodiscard]] Subscription& of(AccountTopic topic);
    [[nodiscard]] std::optional<AccountTopic> topic_of(std::string_view request_id) const;

    PushSessionSettings settings_;
    Symbols symbols_;
    PortfolioTracker& tracker_;
    TradingChannelListener& listener_;
    PushSessionHooks hooks_;
    std::array<Subscription, kTopicCount> subscriptions_;
    core::Backoff throttled_;
    bool is_live_ = false;
    core::MonotonicTime snapshot_due_;  // again, if none comes; of a live session the next audit
    core::MonotonicTime snapshot_asked_;
    bool has_missed_ = false;                       // a message since then, which could not be read
    std::set<std::string, std::less<>> transfers_;  // told
    std::deque<std::string> transfer_order_;        // oldest first
    PushConnection connection_;
};

}  // namespace broker::dxtrade::push
