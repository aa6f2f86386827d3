// The connections of one account: which one trades, which ones answer what, and which are up.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "account/account_state.hpp"
#include "core/enum_set.hpp"
#include "core/execution_report.hpp"
#include "core/query.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::account {

struct ChannelRules {
    core::Channel trading = core::Channel::FixTrading;  // or Rest: what orders go by
    core::EnumSet<core::QueryKind> queries;             // what the trading channel can be asked
    core::EnumSet<core::QueryKind> rest_queries;        // what REST beside it can be asked
    // Cancels go over REST while the trading channel is not ready.
    bool cancels_by_rest = false;
};

// The channels beside the trading one.
struct SideChannels {
    std::unique_ptr<dxtrade::TradingChannel> rest;  // null: there is none beside it
    std::vector<std::unique_ptr<dxtrade::Channel>> others;
    // FIX sessions, which keep the account's schedule together with the trading channel.
    std::vector<std::unique_ptr<dxtrade::Channel>> sessions;
    dxtrade::Channel* drop_copy = nullptr;  // one of `sessions`, if there is one
    // Writes what only the channels themselves know: circuits, budgets. May be empty.
    std::function<void(AccountStatus&)> observe;
    // Told of each order of an earlier process that lives, before anything starts. May be empty.
    std::function<void(const core::Order&)> expect;
};

// Who is asked, and what that channel can be asked.
struct QueryRoute {
    dxtrade::TradingChannel* channel = nullptr;
    core::Channel id = core::Channel::FixTrading;
    core::EnumSet<core::QueryKind> offered;
};

// Owned by the coordinator. [event-thread]
class AccountChannels {
public:
    AccountChannels(ChannelRules rules, AccountStatus& status);

    void set(std::unique_ptr<dxtrade::TradingChannel> trading, SideChannels side);

    // An order of an earlier process that lives. Before start().
    void expect(const core::Order& order) const {
        if (side_.expect) side_.expect(order);
    }
    // Without the trading channel and the FIX sessions, if it is not their time.
    void start(bool with_sessions);
    void start_side_sessions();  // those beside the trading channel
    // Logs out the trading channel and the FIX sessions alone, then calls `done` once.
    void stop_sessions(std::string_view text, std::function<void()> done);
    // They are logged out by the schedule: what status_ shows of those beside the trading channel.
    void show_sessions_suspended();
    // REST last: the others may need its session to the end.
    void stop(std::function<void()> done);
    void on_tick();

    [[nodiscard]] dxtrade::TradingChannel& trading() { return *trading_; }
    // The FIX session of that name; null: there is none, or nothing to hold of it.
    [[nodiscard]] dxtrade::Channel* session(core::Channel channel);
    [[nodiscard]] bool is_trading(core::Channel channel) const { return channel == rules_.trading; }
    [[nodiscard]] core::EnumSet<core::QueryKind> all_queries() const;

    // Keeps the state of a connection other than a FIX session that trades; gives the one before.
    AccountState note(core::Channel channel, AccountState state);

    // The first channel that is up and can be asked: the trading channel, then REST. Of a mass
    // status that none has, one that can be asked about order by order.
    [[nodiscard]] std::optional<QueryRoute> route(core::QueryKind kind);
    // REST, if cancels may go by it now that the trading channel is not ready. Null: they may not.
    [[nodiscard]] dxtrade::TradingChannel* for_cancels();

private:
    [[nodiscard]] std::optional<QueryRoute> route_of(core::QueryKind kind);
    [[nodiscard]] bool is_rest_up() const;
    void publish_numbers();

    ChannelRules rules_;
    AccountStatus& status_;
    std::unique_ptr<dxtrade::TradingChannel> trading_;
    SideChannels side_;
    std::size_t stopping_ = 0;  // channels that have not stopped, of those that are being stopped
    std::size_t stopping_sessions_ = 0;  // the same of stop_sessions()
};

}  // namespace broker::account
