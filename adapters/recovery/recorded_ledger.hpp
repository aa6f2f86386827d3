// An order ledger that a later process can rebuild: every change is recorded before anybody acts on
// it.
#pragma once

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "core/order_ledger.hpp"
#include "recovery/ledger_record.hpp"
#include "recovery/record_log.hpp"

namespace broker::recovery {

// What recover() found.
struct Recovered {
    std::uint64_t records = 0;
    std::uint64_t never_sent = 0;  // requests of which nothing was ever sent: Rejected
    std::uint64_t in_doubt = 0;    // requests that became Unknown by the recovery
    std::uint64_t skipped = 0;     // records that do not fit the others, of a ClOrdID used twice
};

// The functions of OrderLedger, each with a record of what it changed. Requests are recorded before
// they are sent, evidence before the host hears of it. A request that cannot be recorded is refused
// with StorageFailed; evidence counts even if it cannot be recorded, and `on_failure` hears why.
// Without a log it is the ledger alone.
// Owned by OrderFlow. Does not allocate once the ledger's pools have grown to the load.
// [event-thread]
class RecordedLedger {
public:
    using OnFailure = std::function<void(const core::Error&)>;
    explicit RecordedLedger(core::OrderLedgerLimits limits, OnFailure on_failure = {});

    // Rebuilds the ledger from `log` and goes on with it. What was sent and not answered is Unknown
    // then, and so is what may have been sent; `never_sent` proves of a ClOrdID that no message
    // with it was ever handed to the network (null: there is no such proof). Such a request is
    // Rejected. `now` stands for the times of stages that an earlier process saw.
    // StorageFailed if the records cannot be read, or are of more live orders than there may be.
    // Before any other function; may be called on another thread than they are.
    using NeverSent = std::function<bool(std::string_view cl_ord_id)>;
    [[nodiscard]] core::Result<Recovered> recover(std::unique_ptr<RecordLog> log,
                                                  const NeverSent& never_sent,
                                                  core::MonotonicTime now);
    // Calls `visit` with the evidence that the host may not have heard of, oldest first, and what
    // it means by now; forgets it.
    using VisitUntold = std::function<void(const LedgerRecord&)>;
    void take_untold(const VisitUntold& visit);
    [[nodiscard]] bool has_untold() const { return !untold_.empty(); }

    // -- as in OrderLedger
    [[nodiscard]] core::Result<const core::Order*> add(const core::NewOrder& order,
                                                       core::MonotonicTime deadline);
    [[nodiscard]] core::Result<const core::Order*> add(const core::ReplaceOrder& request,
                                                       core::MonotonicTime deadline);
    [[nodiscard]] core::Result<const core::Order*> add(const core::CancelOrder& request,
                                                       core::MonotonicTime deadline);
    [[nodiscard]] core::Result<void> add(const core::NewOrderList& list,
                                         core::MonotonicTime deadline);
    [[nodiscard]] core::Result<void> add(const core::CancelOrderList& request,
                                         core::MonotonicTime deadline);
    void sent(const core::ClOrdID& request, core::MsgSeqNum msg_seq_num,
              core::MonotonicTime journaled, core::MonotonicTime written);
    void list_sent(const core::ListID& list, core::MsgSeqNum msg_seq_num,
                   core::MonotonicTime journaled, core::MonotonicTime written);
    [[nodiscard]] core::Applied not_sent(const core::ClOrdID& request, core::Reason reason,
                                         std::string_view text);
    [[nodiscard]] core::Applied list_not_sent(const core::ListID& list, core::Reason reason,
                                              std::string_view text);
    [[nodiscard]] core::Applied apply(const core::ExecutionReport& report);
    [[nodiscard]] core::Applied apply(const core::OrderCancelReject& reject);
    [[nodiscard]] core::Applied apply(const core::MessageReject& reject);
    [[nodiscard]] core::Applied apply(const core::ListStatus& status);
    void set_deadline(const core::ClOrdID& request, core::MonotonicTime deadline) {
        ledger_.set_deadline(request, deadline);
    }
    void disconnected(const core::OrderLedger::VisitRequest& visit);
    [[nodiscard]] core::Settled doubt(const core::ClOrdID& request, core::Reason reason);
    [[nodiscard]] core::Applied without_effect(const core::ClOrdID& change, std::string_view text);
    void expire(core::MonotonicTime now, const core::OrderLedger::VisitRequest& visit);
    void sequence_reset();

    // The venue asked for the request again, too late: kept as proof.
    void stale(const core::ClOrdID& request, core::Duration age);

    // Kept as proof, like evidence.
    void record(const journal::OperatorAction& action);

    // The host has heard of all that was recorded so far.
    void heard() {
        if (log_) log_->set_heard(number_);
    }
    void on_tick();

    [[nodiscard]] const core::OrderLedger& ledger() const { return ledger_; }
    // For the mark of a mass status run.
    [[nodiscard]] core::OrderLedger& ledger() { return ledger_; }
    [[nodiscard]] const RecordLog* log() const { return log_.get(); }  // null: there is none

private:
    template <class Body>
    core::Result<void> record(const core::Order* order, const Body& body, RecordLog::Use use);
    template <class Body>
    void record_evidence(const core::Order* order, const Body& body);
    template <class Request>
    [[nodiscard]] core::Result<const core::Order*> add_one(const Request& request,
                                                           core::MonotonicTime deadline,
                                                           RecordLog::Use use);
    void record_refusals(const core::Applied& applied, std::string_view text);
    void record_doubt(const core::Order& order, const core::Request& request, core::Reason reason);
    void judge_live_orders();
    [[nodiscard]] bool is_kept(std::string_view record);
    [[nodiscard]] bool is_remembered(const OrderTag& order) const;

    core::OrderLedger ledger_;
    OnFailure on_failure_;
    std::unique_ptr<RecordLog> log_;
    std::vector<char> buffer_;
    std::string_view last_written_;  // in buffer_
    std::uint64_t number_ = 0;       // of the last record
    std::uint64_t last_reset_ = 0;   // of the last sequence reset
    std::vector<std::string> untold_;
    // Of one carrying: what it decided about each order, for all records up to this number.
    std::uint64_t judged_to_ = 0;
    std::unordered_map<std::string, bool> verdicts_;
};

}  // namespace broker::recovery
