// The states of an account.
#pragma once

#include <atomic>
#include <cstdint>
#include <string_view>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/reason.hpp"

namespace broker::account {

// Values of broker_account_state_t, which documents each.
enum class AccountState : std::int32_t {
    Offline = 1,
    Connecting = 2,
    LoggedOn = 3,
    Reconciling = 4,
    Ready = 5,
    Draining = 6,
    Stopped = 7,
    Suspended = 8,
};

[[nodiscard]] constexpr std::string_view state_name(AccountState state) {
    switch (state) {
        case AccountState::Offline:
            return "Offline";
        case AccountState::Connecting:
            return "Connecting";
        case AccountState::LoggedOn:
            return "LoggedOn";
        case AccountState::Reconciling:
            return "Reconciling";
        case AccountState::Ready:
            return "Ready";
        case AccountState::Draining:
            return "Draining";
        case AccountState::Stopped:
            return "Stopped";
        case AccountState::Suspended:
            return "Suspended";
    }
    return "Unknown";
}

// Values of broker_circuit_state_t.
enum class CircuitState : std::int32_t {
    Unspecified = 0,
    Closed = 1,
    Open = 2,
    HalfOpen = 3,
};

// Of the requests that rate limits allow at once.
inline constexpr std::int64_t kBudgetUnknown = -1;

// Of the next messages of a FIX session; 0: there is no such session.
struct PublishedNumbers {
    std::atomic<core::MsgSeqNum> next_sender{0};
    std::atomic<core::MsgSeqNum> next_target{0};
};

// What other threads may read of an account. Each value is right by itself; together they may be a
// moment apart. Written on the event thread alone.
struct AccountStatus {
    std::atomic<AccountState> state{AccountState::Offline};
    std::atomic<core::Reason> reason{core::Reason::None};
    std::atomic<std::int64_t> since_ns{0};  // UTC, since 1970
    std::atomic<std::uint64_t> live_order_count{0};
    std::atomic<std::uint64_t> unknown_count{0};
    // Of the sessions beside the trading one: Offline, Connecting, Ready, Draining, Suspended,
    // Stopped; unset where the account has no such session.
    std::atomic<AccountState> market_data_state{};
    std::atomic<AccountState> drop_copy_state{};
    // Of REST and push, likewise.
    std::atomic<AccountState> rest_state{};
    std::atomic<AccountState> push_state{};
    std::atomic<AccountState> push_market_data_state{};
    // Of REST requests that change orders, and of those that only ask.
    std::atomic<CircuitState> trade_circuit{CircuitState::Unspecified};
    std::atomic<CircuitState> read_circuit{CircuitState::Unspecified};
    std::atomic<std::int64_t> trade_budget_left{kBudgetUnknown};
    std::atomic<std::int64_t> read_budget_left{kBudgetUnknown};
    // REST beside a FIX session that trades: it answers questions, and carries cancels where the
    // profile says so.
    std::atomic<bool> side_queries{false};
    std::atomic<bool> cancels_by_rest{false};
    // As of the last tick.
    PublishedNumbers trading_numbers;
    PublishedNumbers drop_copy_numbers;
    std::atomic<std::uint64_t> venue_fault_count{0};
    std::atomic<std::uint64_t> unknown_msg_type_count{0};  // of the faults
    std::atomic<std::uint64_t> unknown_tag_count{0};
    std::atomic<std::uint64_t> unknown_value_count{0};
};

// The account is on its way out: it takes nothing any more.
[[nodiscard]] inline bool is_ending(const AccountStatus& status) {
    const AccountState state = status.state.load(std::memory_order_acquire);
    return state == AccountState::Draining || state == AccountState::Stopped;
}

// Whether cancels may go by REST while the account is not Ready.
[[nodiscard]] inline bool takes_cancels_by_rest(const AccountStatus& status) {
    return status.cancels_by_rest.load(std::memory_order_relaxed) && !is_ending(status) &&
           status.rest_state.load(std::memory_order_relaxed) == AccountState::Ready;
}

// Whether questions may go to REST while the account is not Ready.
[[nodiscard]] inline bool takes_queries_by_rest(const AccountStatus& status) {
    return status.side_queries.load(std::memory_order_relaxed) && !is_ending(status) &&
           status.rest_state.load(std::memory_order_relaxed) == AccountState::Ready;
}

}  // namespace broker::account
