// Every request of one account and what is known of it; live orders by ClOrdID and OrderID.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <span>

#include "core/execution_report.hpp"
#include "core/ids.hpp"
#include "core/order.hpp"
#include "core/order_list.hpp"
#include "core/result.hpp"
#include "core/thread_bound.hpp"

namespace broker::core {

enum class RequestKind : std::uint8_t { New, Replace, Cancel };

// An order as the venue's reports and our requests leave it.
struct Order {
    ClOrdID cl_ord_id;  // the id in force at the venue: of the last accepted request. The next
                        // replace or cancel names it as OrigClOrdID (41), whichever of the
                        // order's ids the host used, even while other replaces are under way
    ClOrdID first_cl_ord_id;  // of the request that made it
    ClOrdID last_cl_ord_id;  // of the latest request that was not refused: what a venue that chains
                             // requests wants as OrigClOrdID (41)
    ListID list_id;          // of the list it came with, if any
    OrderID order_id;        // empty until the venue names it
    Symbol symbol;
    Side side = Side::Unspecified;
    OrdType ord_type = OrdType::Unspecified;
    TimeInForce time_in_force = TimeInForce::Unspecified;
    PositionEffect position_effect = PositionEffect::Unspecified;
    OrdStatus status = OrdStatus::Unspecified;
    Decimal order_qty;
    std::optional<Decimal> price;
    std::optional<Decimal> stop_px;
    std::optional<UtcTime> expire_time;
    OrderInstructions instructions;
    Decimal cum_qty;
    Decimal leaves_qty;
    std::optional<Decimal> avg_px;
    Decimal filled_qty;               // sum of the fills seen; less than cum_qty: a fill is missing
    bool is_unsolicited = false;      // not one of our requests: reported by the venue
    std::uint32_t open_requests = 0;  // requests neither acknowledged nor rejected

    // A final order with no open request needs no more attention.
    [[nodiscard]] bool is_live() const;

    friend bool operator==(const Order&, const Order&) = default;
};

// One request about an order.
struct Request {
    RequestKind kind = RequestKind::New;
    ClOrdID cl_ord_id;
    ClOrdID orig_cl_ord_id;  // the order's id when the request was made; empty for New
    Certainty certainty = Certainty::Journaled;
    Reason reason = Reason::None;
    MsgSeqNum msg_seq_num = 0;  // of the message that carried it; 0: not sent
    MonotonicTime deadline;     // an answer is expected before
    StageTimes stages;
    // Goes out with its list's other requests in one message: NewOrderList or ListCancelRequest.
    bool is_in_list_message = false;
    // The whole terms that a replace asks for: what it leaves out is as the order has it when the
    // request is made. The order gets them when the venue accepts the request.
    TimeInForce time_in_force = TimeInForce::Unspecified;
    std::optional<Decimal> order_qty;
    std::optional<Decimal> price;
    std::optional<Decimal> stop_px;
    std::optional<UtcTime> expire_time;
    std::optional<Decimal> peg_offset_value;
    std::optional<Decimal> min_qty;
    std::optional<Decimal> max_floor;
    NamedFields fields;
};

// A request and the order that it is about.
struct Settled {
    const Order* order = nullptr;
    const Request* request = nullptr;
};

// What a report meant to the ledger. The pointers are valid until the next call of a non-const
// member function.
struct Applied {
    enum class Kind {
        Accepted,   // news: tell the host
        Duplicate,  // known already: tell nobody
    };
    Kind kind = Kind::Accepted;
    const Order* order = nullptr;  // null: about an order that the ledger does not hold, see apply
    const Request* request = nullptr;  // the request it answers; null: none of ours
    bool is_fill_missing = false;      // CumQty runs ahead of the fills we have seen
    bool is_adopted = false;           // the order was unknown, and is taken up with this report
    // The order turned out to be the same as one that a drop copy had brought as unsolicited: what
    // the host was told of that one is the order's by now. Accepted, whatever else the report is.
    bool is_merged = false;
    // The ExecID (17) has named another LastQty, LastPx or ExecType before. Accepted if the report
    // counted all the same, Duplicate if not.
    bool is_exec_id_reused = false;
    EnumSet<ReportFault> faults;  // the report's own and those that the ledger found in it
    Decimal fill_delta;           // by which this evidence changed the order's filled quantity
    // Other requests that the same evidence has settled: each has a new certainty.
    std::span<const Settled> also_settled{};
};

struct OrderLedgerLimits {
    std::size_t max_live_orders = 10'000;
    std::size_t max_finished_orders = 10'000;  // remembered for late reports and duplicate ids
    std::size_t max_executions = 100'000;      // remembered for repetitions and corrections
};

// Holds requests and orders and applies evidence to them, idempotently and in any order of arrival:
// a fill counts once by (OrderID, ExecID), quantities never run backwards except by TradeCorrect
// and TradeCancel, a final state stays final. Rejected is recorded only on proof about that very
// request; a lost connection or a missed deadline makes a request Unknown, and later evidence
// resolves it. Finished orders are forgotten first-finished-first beyond their limit; a late report
// about a forgotten one is taken up as unsolicited. Of one order, 64 ids are remembered.
//
// Owned by the account coordinator. Does not allocate once its pools have grown to the load.
// [event-thread]
class OrderLedger {
public:
    explicit OrderLedger(OrderLedgerLimits limits);
    ~OrderLedger();
    OrderLedger(const OrderLedger&) = delete;
    OrderLedger& operator=(const OrderLedger&) = delete;

    // Records a request before it is sent, as Journaled. Errors: DuplicateClOrdID,
    // OrderLimitExceeded (of live orders, or of open requests about one order); for replace and
    // cancel also OrderUnknown, OrderFinal, and RequestPending when the order's own New request is
    // in doubt (a replace of an order that may not exist; a cancel is allowed).
    [[nodiscard]] Result<const Order*> add(const NewOrder& order, MonotonicTime deadline);
    [[nodiscard]] Result<const Order*> add(const ReplaceOrder& request, MonotonicTime deadline);
    [[nodiscard]] Result<const Order*> add(const CancelOrder& request, MonotonicTime deadline);

    // Records every order of the list or none. Errors: InvalidField (no ListID, no orders), and
    // those of one order, naming the member; DuplicateClOrdID for the ListID too.
    [[nodiscard]] Result<void> add(const NewOrderList& list, MonotonicTime deadline);
    // Records one cancel for each order of the list that is not final: its ClOrdID is the prefix
    // and the order's number in the list, from 1. Errors: OrderUnknown (no such list), OrderFinal
    // (no order of it lives), DuplicateClOrdID, OrderLimitExceeded. The cancels are valid until the
    // next call of a non-const member function.
    [[nodiscard]] Result<std::span<const Settled>> add(const CancelOrderList& request,
                                                       MonotonicTime deadline);

    // The message that carries the request has its number; `written` is unset if the network has
    // not taken it whole yet, and a second call says when it has.
    void sent(const ClOrdID& request, MsgSeqNum msg_seq_num, MonotonicTime journaled,
              MonotonicTime written);
    // One message carries all requests of the list that have not been sent: a NewOrderList (E) or a
    // ListCancelRequest (K). Where each member's cancel goes by itself, `sent` says so of each.
    void list_sent(const ListID& list, MsgSeqNum msg_seq_num, MonotonicTime journaled,
                   MonotonicTime written);

    // Nothing of the request has left the process, nor ever will: it is Rejected with `reason`. A
    // new order becomes final.
    [[nodiscard]] Applied not_sent(const ClOrdID& request, Reason reason);
    [[nodiscard]] Applied list_not_sent(const ListID& list, Reason reason);

    // Evidence from the venue. The order is found by ClOrdID (11), then OrigClOrdID (41), then
    // OrderID (37); of a drop copy by OrderID first, then the others, then OrigOrdId (9945). A
    // report about an order nobody here has sent is taken up as unsolicited; only a reject is not,
    // nor a report without any id, nor one past twice the limit of live orders: these come back
    // with a null order, Accepted, and repetitions of them are not noticed. A report that changes
    // nothing is a Duplicate if it is an OrderStatus answer or another channel's copy of a report.
    [[nodiscard]] Applied apply(const ExecutionReport& report);
    [[nodiscard]] Applied apply(const OrderCancelReject& reject);
    // Matched by MsgSeqNum to a request without an answer, and by MsgType (35) where it is given.
    // Of a message that carried several requests all are rejected: the first is `request`, the
    // others are in `also_settled`.
    [[nodiscard]] Applied apply(const MessageReject& reject);
    // ListOrderStatus Reject rejects every new order of the list that has no answer of its own. The
    // other statuses say nothing that the orders' own reports do not say.
    [[nodiscard]] Applied apply(const ListStatus& status);

    // Its answer is expected before `deadline`, not before the one it was added with: it waited for
    // its turn.
    void set_deadline(const ClOrdID& request, MonotonicTime deadline);

    // The FIX session has ended: every request with a number of it and without an answer becomes
    // Unknown; calls `visit` for each. Those of other channels (kFirstOwnMsgSeqNum) stay as they
    // are. Where the order has ended already, the request is settled by that
    // instead. `visit` must not call the ledger.
    using VisitRequest = std::function<void(const Order&, const Request&)>;
    void disconnected(const VisitRequest& visit);

    // No answer to this request will come, and it may have reached the venue. Null order: it has
    // been settled already, or is not known.
    [[nodiscard]] Settled doubt(const ClOrdID& request, Reason reason);

    // A cancel or replace in doubt, about whose order the venue has been asked again and again and
    // shows it working as before: it is Rejected with NoEffectSeen. A Duplicate if it is not in
    // doubt, or its order does not work.
    //
    // Why that may be said without an answer to the change itself: in FIX 4.4 (volume 4, appendix
    // D) a change that a venue has received leads to PendingCancel or PendingReplace, which takes
    // precedence over every other OrdStatus, or straight to its outcome (D.B.1, D.C.1). A session
    // delivers messages in order, so that an answer to a later question proves that the change has
    // arrived by then or never will. What is left is a venue that holds it without saying so: hence
    // the caller asks twice, each time after a grace (ChangeDoubts), and what the venue says of the
    // change later counts all the same: a report that names it makes it Acknowledged, an
    // OrderCancelReject is told. The order itself is never ended by this.
    [[nodiscard]] Applied without_effect(const ClOrdID& change);

    // The same as disconnected() for requests whose deadline has passed.
    void expire(MonotonicTime now, const VisitRequest& visit);

    // MsgSeqNums start again at 1: earlier numbers match no further MessageReject.
    void sequence_reset();

    // Begins a run of mass status and gives its mark.
    [[nodiscard]] std::uint64_t begin_mass_status();
    // Visits the live orders that were there when the run began and that no status answer has named
    // since. Their absence proves nothing, even from a complete mass status: they are to be asked
    // about one by one.
    void for_each_unmentioned(std::uint64_t mark,
                              const std::function<void(const Order&)>& visit) const;

    [[nodiscard]] const Order* find(const ClOrdID& any_id) const;  // null if unknown
    // The orders of a list that are remembered, in its order.
    void for_each_of_list(const ListID& list, const std::function<void(const Order&)>& visit) const;
    [[nodiscard]] const Request* find_request(const ClOrdID& id) const;
    void for_each_live(const std::function<void(const Order&)>& visit) const;
    // The requests about live orders whose certainty is Unknown. `visit` must not call the ledger.
    void for_each_in_doubt(const VisitRequest& visit) const;
    [[nodiscard]] std::size_t live_count() const;
    [[nodiscard]] std::size_t unknown_count() const;  // requests whose certainty is Unknown

    // For a ledger that is filled on one thread and handed to another: the next call binds it anew.
    void release_thread() { thread_.release(); }

private:
    template <class IsDoubtful>
    void doubt_awaiting(IsDoubtful&& is_doubtful, Reason reason, const VisitRequest& visit);

    struct State;
    std::unique_ptr<State> state_;
    ThreadBound thread_;
};

}  // namespace broker::core
