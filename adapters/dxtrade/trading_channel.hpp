// A way to trade one account: FIX now, REST by the same contract. The account coordinator knows no
// more of a channel than this.
#pragma once

#include <functional>
#include <string_view>

#include "core/execution_report.hpp"
#include "core/order.hpp"
#include "core/order_ledger.hpp"
#include "core/result.hpp"

namespace broker::dxtrade {

// What a channel tells its coordinator. Called on the event thread, never from inside a call into
// the channel. Records borrow their text for the duration of the call.
class TradingChannelListener {
public:
    virtual ~TradingChannelListener() = default;

    virtual void on_connecting(std::string_view peer) = 0;
    virtual void on_logged_on(std::string_view peer) = 0;
    // An attempt failed or the session ended. `next_attempt`: the wait before the next one;
    // negative: none planned.
    virtual void on_disconnected(core::Reason reason, std::string_view text, std::string_view peer,
                                 core::Duration next_attempt) = 0;

    virtual void on_execution_report(const core::ExecutionReport& report) = 0;
    virtual void on_order_cancel_reject(const core::OrderCancelReject& reject) = 0;
    virtual void on_message_reject(const core::MessageReject& reject) = 0;

    // The peer asked again for a request that is past its time to live; it was not sent.
    virtual void on_stale_request(std::string_view cl_ord_id, core::Duration age) = 0;
    // MsgSeqNums begin again at 1.
    virtual void on_sequence_reset() = 0;
    // Worth a log line, changes nothing.
    virtual void on_notice(std::string_view text) = 0;
};

// What is known of a request once the channel has taken it.
struct SentRequest {
    core::MsgSeqNum msg_seq_num = 0;
    core::MonotonicTime journaled;
    core::MonotonicTime written;  // unset: not yet taken whole by the network
};

// Owned by the account coordinator. [event-thread]
class TradingChannel {
public:
    virtual ~TradingChannel() = default;

    virtual void start() = 0;
    // Logs out in order, closes, and calls `done` once, in bounded time.
    virtual void stop(std::string_view text, std::function<void()> done) = 0;

    // An error proves that nothing of the request left the process, nor will. `order` is the order
    // as the ledger has it.
    [[nodiscard]] virtual core::Result<SentRequest> send(const core::NewOrder& order) = 0;
    [[nodiscard]] virtual core::Result<SentRequest> send(const core::ReplaceOrder& request,
                                                         const core::Order& order) = 0;
    [[nodiscard]] virtual core::Result<SentRequest> send(const core::CancelOrder& request,
                                                         const core::Order& order) = 0;
    // Asks what became of an order; the answer is an execution report.
    [[nodiscard]] virtual core::Result<void> request_status(const core::Order& order) = 0;
};

}  // namespace broker::dxtrade
