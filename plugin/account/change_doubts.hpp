// Cancels and replaces in doubt whose orders work on: when the venue is asked about them again, and
// when its answers say that they have done nothing.
#pragma once

#include <functional>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "core/clock.hpp"
#include "core/execution_report.hpp"
#include "core/order_ledger.hpp"

namespace broker::account {

// The answer to a change may be lost although the session goes on: with a disconnect before it, by
// a venue that drops it, with the process that waited for it. What became of the change is then
// seen in its order alone. A venue may also take its time with it and show the order as it was
// until then, so that one answer is no proof. A change that has been in doubt for `grace` in one
// session is asked about, and again a grace later; when both answers show the order working and
// nothing pending, the change has had no effect (OrderLedger::without_effect says why that may be
// said). Of a replace they must also show another quantity or price than it asks for: without that
// they do not say that it is not in force. An answer that shows a change as pending, a repeated one
// (PossDupFlag) or a new session begin anew.
//
// Where the venue answers no questions about orders, changes stay in doubt.
// Owned by the coordinator. [event-thread]
class ChangeDoubts {
public:
    ChangeDoubts(core::Duration grace, const core::OrderLedger& ledger)
        : grace_{grace}, ledger_{ledger} {}

    // The account has logged on: what was asked before counts no more.
    void begin_anew() { doubts_.clear(); }

    // Calls `ask` with an id of each order that is to be asked about. While the account is Ready.
    void on_tick(core::MonotonicTime now, const std::function<void(const core::ClOrdID&)>& ask);

    // A status answer from where the orders go. Gives the changes of `order` that have had no
    // effect; valid until the next call.
    [[nodiscard]] const std::vector<core::ClOrdID>& note(const core::ExecutionReport& report,
                                                         const core::Order& order);

private:
    static constexpr int kAnswers = 2;

    struct Doubt {
        core::ClOrdID order;      // its first ClOrdID
        core::MonotonicTime due;  // when it is asked about next
        int answers = 0;          // that showed the order working as before
        bool is_asked = false;    // and not answered yet
        bool is_seen = true;      // in doubt still, by the look that is under way
    };

    [[nodiscard]] bool shows_as_before(const core::ClOrdID& change,
                                       const core::ExecutionReport& report) const;
    void look(core::MonotonicTime now);

    core::Duration grace_;
    const core::OrderLedger& ledger_;
    std::unordered_map<core::ClOrdID, Doubt> doubts_;  // by change
    std::unordered_set<core::ClOrdID> due_;            // orders
    std::vector<core::ClOrdID> without_effect_;        // changes
};

}  // namespace broker::account
