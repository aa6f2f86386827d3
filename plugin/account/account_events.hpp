// What an account tells the host, in terms of the core records.
#pragma once

#include <cstdint>
#include <optional>
#include <string_view>

#include "account/account_state.hpp"
#include "core/execution_report.hpp"
#include "core/order_ledger.hpp"
#include "core/order_list.hpp"
#include "core/query.hpp"

namespace broker::account {

struct SessionNews {
    AccountState state;
    AccountState previous_state;
    core::Reason reason;
    std::string_view text;
    std::string_view peer;                               // host:port; empty: none involved
    core::Duration next_attempt;                         // negative: none planned
    core::Channel channel = core::Channel::Unspecified;  // Unspecified: the account as a whole
};

// One report and what the ledger made of it.
struct OrderNews {
    const core::ExecutionReport& report;
    const core::Order* order;      // null: the ledger could not take it up
    const core::Request* request;  // the request it is about; null: none of ours
    core::Certainty certainty;     // of that request
    core::Reason reason;
    bool is_snapshot;
    std::uint64_t request_id = 0;     // of the host's question that the report answers
    bool is_possible_repeat = false;  // of before the restart: the host may have heard it then
};

struct CancelRejectNews {
    const core::OrderCancelReject& reject;
    const core::Order* order;  // its OrdStatus is told, and its OrderID where the reject has none
    const core::Request* request;
    core::Reason reason;
    bool is_possible_repeat = false;
};

enum class SnapshotPhase : std::int32_t { Begin = 1, End = 2 };

struct SnapshotNews {
    SnapshotPhase phase;
    AccountState state;
    std::uint64_t request_id;  // 0: not asked for
    std::uint64_t order_count;
    std::uint64_t unknown_count;
};

// The venue's word about a list, or our refusal of it.
struct OrderListNews {
    std::string_view list_id;
    core::ListOrderStatus status = core::ListOrderStatus::Unspecified;
    core::Reason reason = core::Reason::None;
    std::string_view raw_status;
    std::string_view text;
};

// A position as the venue has it, beside what the fills add up to.
struct PositionNews {
    const core::PositionReport& position;
    std::optional<core::Decimal> net_qty_from_fills;  // null: no whole picture to start from, or
                                                      // fills that it lacks may follow
    bool is_different = false;
};

// Called on the event thread; everything in the records is borrowed for the call.
class AccountEvents {
public:
    virtual ~AccountEvents() = default;
    virtual void on_session(const SessionNews& news) = 0;
    virtual void on_order(const OrderNews& news) = 0;
    virtual void on_cancel_reject(const CancelRejectNews& news) = 0;
    virtual void on_snapshot(const SnapshotNews& news) = 0;
    virtual void on_order_list(const OrderListNews& news) = 0;
    virtual void on_position(const PositionNews& news) = 0;
    virtual void on_account_summary(const core::AccountSummary& summary) = 0;
    virtual void on_trade(const core::TradeReport& trade) = 0;
    virtual void on_instrument(const core::Instrument& instrument) = 0;
    virtual void on_trading_session_status(const core::TradingSessionStatus& status) = 0;
    virtual void on_cash_transfer(const core::CashTransfer& transfer) = 0;
    virtual void on_account_event(const core::AccountEvent& event) = 0;
    virtual void on_candle(const core::Candle& candle) = 0;
    virtual void on_conversion_rate(const core::ConversionRate& rate) = 0;
    virtual void on_query_done(const core::QueryDone& done) = 0;
    virtual void on_venue_fault(const core::VenueFault& fault) = 0;
};

}  // namespace broker::account
