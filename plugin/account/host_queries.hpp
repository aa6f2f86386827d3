// The host's questions to the venue that are open, and which reports answer them.
#pragma once

#include <vector>

#include "account/account_channels.hpp"
#include "account/account_events.hpp"
#include "core/clock.hpp"
#include "core/order_ledger.hpp"
#include "core/query.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::account {

// Status questions about single orders are kept here, since their answers name the order and not
// the question; where the venue has no mass request, one question an order stands in for it. All
// other questions are the channel's. Each ends by exactly one on_query_done.
// Owned by the coordinator. [event-thread]
class HostQueries {
public:
    // Open questions of single orders at most.
    static constexpr std::size_t kMaxOpen = 64;

    HostQueries(core::Duration timeout, AccountEvents& events, const core::OrderLedger& ledger)
        : timeout_{timeout}, events_{events}, ledger_{ledger} {}

    // After an error the question is not open: no answer comes under its request_id, and no
    // on_query_done.
    [[nodiscard]] core::Result<void> ask(const core::Query& query, const QueryRoute& route,
                                         core::MonotonicTime now);

    // A status report about the order has come from a channel: adds the request_ids of the
    // questions to it that the report answers. Deliver it to the host before end_complete().
    void note(const core::Order& order, core::Channel from,
              std::vector<std::uint64_t>& request_ids);
    // Ends the questions that have all their answers.
    void end_complete();

    // True if the venue has refused one of the messages that asked: its question is over.
    [[nodiscard]] bool apply(const core::MessageReject& reject);
    // The channel has no session any more: no answer comes from it.
    void disconnected(core::Channel channel);
    void on_tick(core::MonotonicTime now);

private:
    struct Asked {
        core::ClOrdID order;  // its first ClOrdID
        core::MsgSeqNum msg_seq_num = 0;
    };
    struct Open {
        core::QueryKind kind;
        std::uint64_t request_id;
        core::Channel channel;  // that was asked
        core::MonotonicTime deadline;
        std::vector<Asked> orders;  // those not answered
        std::uint64_t count = 0;
    };

    [[nodiscard]] core::Result<void> ask_one_by_one(const core::Query& query,
                                                    const QueryRoute& route,
                                                    core::MonotonicTime now);
    [[nodiscard]] std::vector<Asked> orders_of(const core::Query& query) const;
    template <class IsOver, class TextOf>
    bool end_where(IsOver&& is_over, core::Reason reason, TextOf&& text_of);

    core::Duration timeout_;
    AccountEvents& events_;
    const core::OrderLedger& ledger_;
    std::vector<Open> open_;
};

}  // namespace broker::account
