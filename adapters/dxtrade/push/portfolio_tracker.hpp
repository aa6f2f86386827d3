// What the portfolios of one account, from REST and from push, say in addition to what is known.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>
#include <string>

#include "core/backoff.hpp"
#include "core/clock.hpp"
#include "core/execution_report.hpp"
#include "dxtrade/symbols.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::dxtrade::rest {
struct AccountDetails;
struct AccountMetrics;
struct Portfolio;
struct RestOrder;
}  // namespace broker::dxtrade::rest

namespace broker::dxtrade::push {

// The names of an order that the venue's history is asked about. What is empty is not known.
struct OrderLookUp {
    std::string client_order_id;
    std::string order_id;
    std::string order_code;  // the venue's
};

struct PortfolioTrackerSettings {
    std::string
        account;  // DXtrade's name, e.g. "default:AB-1001"; portfolios of others are ignored
    std::size_t max_orders = 20'000;               // open, or remembered for late news
    std::size_t max_executions_of_order = 10'000;  // remembered
    std::size_t max_look_ups_at_once = 8;          // asked and not answered
    core::BackoffRules look_up{std::chrono::milliseconds{500}, std::chrono::seconds{30}, {}};
    core::Duration look_up_timeout = std::chrono::seconds{15};  // then the answer counts as lost
    core::Duration expect_timeout = std::chrono::seconds{2};    // of an order in no portfolio
    // What happened to an unexpected order before this is the past: it is noted and not told.
    core::Duration past_grace = std::chrono::seconds{60};  // before the tracker was made
    std::uint32_t max_look_ups_of_order = 12;  // answers without the order; then it is told
    std::uint64_t seed = 0;                    // of the jitter; 0: by chance
};

// What the tracker asks of the REST channel.
struct PortfolioTrackerHooks {
    // Asks the order history for this order in any state. The answer goes to on_looked_up or
    // on_look_up_failed, never from inside the call.
    std::function<void(const OrderLookUp& order)> look_up;
    // Called with every report before it is delivered: puts the host's request into ClOrdID and
    // OrigClOrdID where the venue knows the order by its first id alone, and may correct the report
    // by what the channel knows. `update_order_id` is the change that the execution is of; empty:
    // not said, or an order's picture. Must not call the tracker. May be empty.
    std::function<void(core::ExecutionReport& report, std::string_view update_order_id)>
        name_request;
};

// What a portfolio was to the tracker.
enum class PortfolioNews {
    Applied,       // newer than any before, or without a version
    Repeated,      // of the version known: only what was not in the other one counts
    Stale,         // older: nothing of it counts; the next request must not be conditional
    OtherAccount,  // nothing of it counts
};

// Turns whole portfolios into reports. Portfolios are ordered by the account's version, whichever
// channel brings them; each execution is told once, an order's picture when it has changed, a
// position when it has changed or is gone from a newer portfolio. An order that was open and is
// missing from a newer portfolio has ended, but how is not known: the history is asked until it
// shows the order as final or a portfolio shows it again. So it is with an order whose filled
// quantity is more than its listed executions make, and with one that was acknowledged and shows
// nowhere. What the history does not show within the bounds is told as a venue fault, never
// guessed. Orders that nobody here has sent are told like any other.
//
// No input or output of its own. Owned by the account's REST channel or beside it. [event-thread]
class PortfolioTracker {
public:
    // The references must outlive the tracker. The listener must not destroy it from inside a call.
    PortfolioTracker(PortfolioTrackerSettings settings, const core::Clock& clock,
                     const Symbols& symbols, TradingChannelListener& listener,
                     PortfolioTrackerHooks hooks);
    ~PortfolioTracker();
    PortfolioTracker(const PortfolioTracker&) = delete;
    PortfolioTracker& operator=(const PortfolioTracker&) = delete;

    // Currency and status of the account, for its summaries.
    void on_account_details(const rest::AccountDetails& details);

    // The venue has, or may have, taken this order over REST: if no portfolio shows it soon, the
    // history is asked. Called again with the names that were not known before.
    void expect(const OrderLookUp& order);
    // The channel knows by itself how it ended, or that it never began.
    void settled(const OrderLookUp& order);

    // A whole portfolio: what is missing from it is gone.
    PortfolioNews on_portfolio(const rest::Portfolio& portfolio, core::Channel channel,
                               core::MonotonicTime received);
    // The venue says over REST that nothing has changed since the last portfolio over REST (304).
    void on_portfolio_unchanged();
    // Some orders, in any state: history, or the open orders. What is missing proves nothing.
    void on_orders(std::span<const rest::RestOrder> orders, core::Channel channel,
                   core::MonotonicTime received);
    // Told whenever a figure has changed.
    void on_metrics(const rest::AccountMetrics& metrics, core::Channel channel,
                    core::MonotonicTime received);

    // The answer to hooks.look_up: what the history has under one of these names, maybe nothing.
    void on_looked_up(const OrderLookUp& asked, std::span<const rest::RestOrder> found,
                      core::MonotonicTime received);
    // No answer, or none that can be read: proves nothing, is asked again.
    void on_look_up_failed(const OrderLookUp& asked);

    // A connection is new: until a portfolio has come over REST, nothing is gone because a push
    // portfolio lacks it.
    void await_snapshot();
    [[nodiscard]] bool is_awaiting_snapshot() const;

    // Asks what is due. Called several times a second.
    void on_tick();

    [[nodiscard]] std::uint64_t version() const;  // of the account; 0: none yet
    [[nodiscard]] std::size_t open_order_count() const;
    // As the last portfolio has it; null: no such position, or the venue does not say.
    [[nodiscard]] std::optional<core::Decimal> position_qty(std::string_view position_code) const;
    [[nodiscard]] std::size_t look_up_count() const;  // orders whose outcome is being looked up

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace broker::dxtrade::push
