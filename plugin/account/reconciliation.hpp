// After a logon: which live orders the venue has still to account for.
#pragma once

#include <string>
#include <vector>

#include "account/order_reporter.hpp"
#include "core/clock.hpp"
#include "core/enum_set.hpp"
#include "core/order_ledger.hpp"
#include "core/query.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::account {

struct ReconciliationRules {
    core::EnumSet<core::QueryKind> offered;
    core::Duration answer_timeout = std::chrono::seconds{5};
};

// Asks by OrderMassStatusRequest where the venue has it: it may also name orders that this process
// does not know. What such an answer leaves out, and everything where there is no mass request, is
// asked about order by order. Absence from a mass answer proves nothing: an order may have ended.
// Owned by the coordinator. [event-thread]
class Reconciliation {
public:
    Reconciliation(ReconciliationRules rules, core::OrderLedger& ledger, AccountLog& log)
        : rules_{rules}, ledger_{ledger}, log_{log} {}

    // Asks; is_running() unless there is nothing to ask.
    void begin(dxtrade::TradingChannel& channel, core::MonotonicTime now);
    void cancel();

    // A status report about the order has come.
    void note(const core::Order& order);
    // True if the venue has refused to say what became of an order. Nobody waits for that one.
    [[nodiscard]] bool apply(const core::MessageReject& reject);
    // The venue has said all it says in answer to the mass request.
    void note_mass_status_done(const core::QueryDone& done, dxtrade::TradingChannel& channel,
                               core::MonotonicTime now);
    // Past the deadline of the mass request the orders are asked about one by one; past that of
    // these questions it ends.
    void on_tick(dxtrade::TradingChannel& channel, core::MonotonicTime now);

    [[nodiscard]] bool is_running() const { return is_running_; }
    // Orders that were asked about and not answered for.
    [[nodiscard]] std::size_t unanswered() const { return waiting_.size(); }

    // Asks what became of one order, at any time.
    void ask_for_status(const core::ClOrdID& id, dxtrade::TradingChannel& channel);

private:
    struct Waiting {
        core::ClOrdID order;              // its first ClOrdID
        core::MsgSeqNum msg_seq_num = 0;  // of the question about it; 0: none
        bool is_refused = false;
    };

    // Ends it if no answer is to come.
    void end_if_answered();
    [[nodiscard]] core::MsgSeqNum ask(const core::ClOrdID& id, dxtrade::TradingChannel& channel);
    void ask_one_by_one(dxtrade::TradingChannel& channel, core::MonotonicTime now);

    ReconciliationRules rules_;
    core::OrderLedger& ledger_;
    AccountLog& log_;
    std::vector<Waiting> waiting_;  // orders not accounted for
    core::MonotonicTime deadline_;
    bool is_running_ = false;
    bool awaits_mass_status_ = false;
    std::uint64_t mass_status_mark_ = 0;
};

}  // namespace broker::account
