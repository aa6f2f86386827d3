// The host's questions to the venue that are open, and which reports answer them.
#pragma once

#include <vector>

#include "account/account_events.hpp"
#include "core/clock.hpp"
#include "core/order_ledger.hpp"
#include "core/query.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::account {

struct HostQueryRules {
    core::EnumSet<core::QueryKind> offered;
    core::Duration timeout = std::chrono::seconds{10};
};

// Status questions about single orders are kept here, since their answers name the order and not
// the question; where the venue has no mass request, one question an order stands in for it. All
// other questions are the channel's. Each ends by exactly one on_query_done.
// Owned by the coordinator. [event-thread]
class HostQueries {
public:
    // Open questions of single orders at most.
    static constexpr std::size_t kMaxOpen = 64;

    HostQueries(HostQueryRules rules, AccountEvents& events, const core::OrderLedger& ledger)
        : rules_{rules}, events_{events}, ledger_{ledger} {}

    // After an error the question is not open: no answer comes under its request_id, and no
    // on_query_done.
    [[nodiscard]] core::Result<void> ask(const core::Query& query, dxtrade::TradingChannel& channel,
                                         core::MonotonicTime now);

    // A status report about the order has come: adds the request_ids of the questions that it
    // answers. Deliver it to the host before end_complete().
    void note(const core::Order& order, std::vector<std::uint64_t>& request_ids);
    // Ends the questions that have all their answers.
    void end_complete();

    // True if the venue has refused one of the messages that asked: its question is over.
    [[nodiscard]] bool apply(const core::MessageReject& reject);
    // The session has ended: no answer comes any more.
    void disconnected();
    void on_tick(core::MonotonicTime now);

private:
    struct Asked {
        core::ClOrdID order;  // its first ClOrdID
        core::MsgSeqNum msg_seq_num = 0;
    };
    struct Open {
        core::QueryKind kind;
        std::uint64_t request_id;
        core::MonotonicTime deadline;
        std::vector<Asked> orders;  // those not answered
        std::uint64_t count = 0;
    };

    [[nodiscard]] core::Result<void> ask_one_by_one(const core::Query& query,
                                                    dxtrade::TradingChannel& channel,
                                                    core::MonotonicTime now);
    [[nodiscard]] std::vector<Asked> orders_of(const core::Query& query) const;
    template <class IsOver, class TextOf>
    bool end_where(IsOver&& is_over, core::Reason reason, TextOf&& text_of);

    HostQueryRules rules_;
    AccountEvents& events_;
    const core::OrderLedger& ledger_;
    std::vector<Open> open_;
};

}  // namespace broker::account
