// What an account tells the host, in terms of the core records.
#pragma once

#include <cstdint>
#include <string_view>

#include "account/account_state.hpp"
#include "core/execution_report.hpp"
#include "core/order_ledger.hpp"

namespace broker::account {

struct SessionNews {
    AccountState state;
    AccountState previous_state;
    core::Reason reason;
    std::string_view text;
    std::string_view peer;        // host:port; empty: none involved
    core::Duration next_attempt;  // negative: none planned
};

// One report and what the ledger made of it.
struct OrderNews {
    const core::ExecutionReport& report;
    const core::Order* order;      // null: the ledger could not take it up
    const core::Request* request;  // the request it is about; null: none of ours
    core::Certainty certainty;     // of that request
    core::Reason reason;
    bool is_snapshot;
};

struct CancelRejectNews {
    const core::OrderCancelReject& reject;
    const core::Order* order;
    const core::Request* request;
    core::Reason reason;
};

enum class SnapshotPhase : std::int32_t { Begin = 1, End = 2 };

struct SnapshotNews {
    SnapshotPhase phase;
    AccountState state;
    std::uint64_t request_id;  // 0: not asked for
    std::uint64_t order_count;
    std::uint64_t unknown_count;
};

// Called on the event thread; everything in the records is borrowed for the call.
class AccountEvents {
public:
    virtual ~AccountEvents() = default;
    virtual void on_session(const SessionNews& news) = 0;
    virtual void on_order(const OrderNews& news) = 0;
    virtual void on_cancel_reject(const CancelRejectNews& news) = 0;
    virtual void on_snapshot(const SnapshotNews& news) = 0;
};

}  // namespace broker::account
