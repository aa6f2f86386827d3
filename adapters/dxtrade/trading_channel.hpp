// A way to trade one account: FIX now, REST by the same contract. The account coordinator knows no
// more of a channel than this.
#pragma once

#include <functional>
#include <string_view>

#include "core/execution_report.hpp"
#include "core/order.hpp"
#include "core/order_ledger.hpp"
#include "core/order_list.hpp"
#include "core/query.hpp"
#include "core/quote.hpp"
#include "core/result.hpp"
#include "dxtrade/session_control.hpp"

namespace broker::dxtrade {

// What is known of a request once the channel has taken it.
struct SentRequest {
    core::MsgSeqNum msg_seq_num = 0;
    core::MonotonicTime journaled;
    core::MonotonicTime written;  // unset: not yet taken whole by the network
};

// What a channel tells about its connection. Called on the event thread, never from inside a call
// into the channel. Text is borrowed for the duration of the call.
class ChannelListener {
public:
    virtual ~ChannelListener() = default;

    virtual void on_connecting(core::Channel channel, std::string_view peer) = 0;
    virtual void on_logged_on(core::Channel channel, std::string_view peer) = 0;
    // An attempt failed or the session ended. `next_attempt`: the wait before the next one;
    // negative: none planned.
    virtual void on_disconnected(core::Channel channel, core::Reason reason, std::string_view text,
                                 std::string_view peer, core::Duration next_attempt) = 0;
    // Worth a log line, changes nothing.
    virtual void on_notice(core::Channel channel, std::string_view text) = 0;
    // Worth an event of the session: a circuit breaker has changed its state. The account's state
    // stays.
    virtual void on_condition(core::Channel channel, core::Reason reason, std::string_view text,
                              std::string_view peer) = 0;
    // The venue's message is not as it should be; whatever could be read of it has been delivered.
    virtual void on_venue_fault(const core::VenueFault& fault) = 0;
    // Best bid and offer have changed: for the account's own checks.
    virtual void on_top_of_book(const core::Quote& /*quote*/) {}
};

// What a trading channel tells its coordinator besides. Records borrow their text as above.
class TradingChannelListener : public ChannelListener {
public:
    virtual void on_execution_report(const core::ExecutionReport& report) = 0;
    virtual void on_order_cancel_reject(const core::OrderCancelReject& reject) = 0;
    virtual void on_message_reject(const core::MessageReject& reject) = 0;
    // About a list as a whole; its orders come as execution reports behind it.
    virtual void on_list_status(const core::ListStatus& status) = 0;

    virtual void on_position(const core::PositionReport& position) = 0;
    virtual void on_account_summary(const core::AccountSummary& summary) = 0;
    virtual void on_trade(const core::TradeReport& trade) = 0;
    virtual void on_instrument(const core::Instrument& instrument) = 0;
    virtual void on_trading_session_status(const core::TradingSessionStatus& status) = 0;
    virtual void on_cash_transfer(const core::CashTransfer& transfer) = 0;
    virtual void on_account_event(const core::AccountEvent& event) = 0;
    virtual void on_candle(const core::Candle& candle) = 0;
    virtual void on_conversion_rate(const core::ConversionRate& rate) = 0;
    // One of the answers to an OrderHistory question: it informs, and is evidence of nothing.
    virtual void on_past_report(const core::ExecutionReport& report) = 0;
    // Nothing more comes in answer to the query: it is complete, refused, or out of time.
    virtual void on_query_done(const core::QueryDone& done) = 0;

    // What became of a request that `send` took without writing it at once. Each is named by its
    // ClOrdID, of a list by that of each of its orders.
    virtual void on_request_written(std::string_view cl_ord_id, const SentRequest& sent) = 0;
    // Nothing of it left the process, nor will.
    virtual void on_request_not_sent(std::string_view cl_ord_id, const core::Error& error) = 0;
    // It may have reached the venue, and no answer of its own will come.
    virtual void on_request_in_doubt(std::string_view cl_ord_id, const core::Error& error) = 0;

    // The peer asked again for a request that is past its time to live; it was not sent.
    virtual void on_stale_request(std::string_view cl_ord_id, core::Duration age) = 0;
    // MsgSeqNums begin again at 1.
    virtual void on_sequence_reset() = 0;
};

// Whether the venue refuses the OrderStatusRequest (H) that had this number; 0: none had.
[[nodiscard]] inline bool is_reject_of_status_request(const core::MessageReject& reject,
                                                      core::MsgSeqNum msg_seq_num) {
    return msg_seq_num != 0 && reject.ref_seq_num == msg_seq_num &&
           (reject.ref_msg_type.empty() || reject.ref_msg_type == "H");
}

// A connection of an account. Owned by the account coordinator. [event-thread]
class Channel {
public:
    virtual ~Channel() = default;

    virtual void start() = 0;
    // Logs out in order, closes, and calls `done` once, in bounded time.
    virtual void stop(std::string_view text, std::function<void()> done) = 0;
    // Does what is due: questions that are out of time (whose on_query_done is called from inside),
    // silence. Called several times a second.
    virtual void on_tick() = 0;
    // Null: it is no FIX session.
    [[nodiscard]] virtual SessionControl* session() { return nullptr; }
};

// The connection that orders go by.
class TradingChannel : public Channel {
public:
    // An error proves that nothing of the request left the process, nor will. `order` is the order
    // as the ledger has it; `orig_cl_ord_id` of a change is what OrigClOrdID (41) names.
    [[nodiscard]] virtual core::Result<SentRequest> send(const core::NewOrder& order) = 0;
    [[nodiscard]] virtual core::Result<SentRequest> send(const core::ReplaceOrder& request,
                                                         const core::Order& order) = 0;
    [[nodiscard]] virtual core::Result<SentRequest> send(const core::CancelOrder& request,
                                                         const core::Order& order) = 0;
    [[nodiscard]] virtual core::Result<SentRequest> send(const core::NewOrderList& list) = 0;
    // Cancels a whole list in one message. Only where the profile has order_lists.can_cancel_list.
    [[nodiscard]] virtual core::Result<SentRequest> send(const core::CancelOrderList& request) = 0;

    // A request that an earlier process has left in doubt, after the first logon: what became of it
    // is found out as of one that came into doubt here. `has_arrived`: the venue has shown the
    // order or another one of its list. Without effect where the account's questions
    // (request_status) are all that can be asked.
    virtual void resume(const core::Order& /*order*/, const core::Request& /*request*/,
                        bool /*has_arrived*/) {}

    // Asks what became of an order; the answer is an execution report.
    [[nodiscard]] virtual core::Result<SentRequest> request_status(const core::Order& order) = 0;
    // Asks about more. The answers come one by one, then on_query_done, within the query's time.
    // NotSupported if the channel has no such question.
    [[nodiscard]] virtual core::Result<void> ask(const core::Query& query) = 0;
};

}  // namespace broker::dxtrade
