#include "recovery/replay.hpp"

#include <algorithm>

namespace broker::recovery {

using core::Applied;
using core::Reason;

void Replay::apply(std::string_view record) {
    if (error_) return;
    const auto read = read_record(record);
    if (!read) {
        error_ = read.error();
        return;
    }
    ++records_;
    last_number_ = std::max(last_number_, read->head.number);
    if (std::holds_alternative<SequenceReset>(read->body)) last_reset_ = read->head.number;
    const bool is_to_be_told =
        std::visit([this](const auto& body) { return take(body); }, read->body);
    if (is_to_be_told && read->head.number > heard_) untold_.emplace_back(record);
}

// The ledger takes what it took before. What it does not take is of a ClOrdID that was used again
// after its order had been forgotten; the venue is asked about that order like any other.
void Replay::skip(const core::Error& error) {
    if (error.reason == Reason::OrderLimitExceeded) {
        error_ = core::fail(Reason::StorageFailed,
                            "more orders live than limits.max_live_orders allows: " + error.detail);
    }
    ++skipped_;
}

template <class Request>
bool Replay::take_request(const Request& request) {
    const auto added = ledger_.add(request, now_);
    if (added) {
        requests_.push_back(request.cl_ord_id);
    } else {
        skip(added.error());
    }
    return false;
}

bool Replay::take(const core::NewOrderList& list) {
    const auto added = ledger_.add(list, now_);
    if (!added) {
        skip(added.error());
        return false;
    }
    for (const core::NewOrder& order : list.members()) requests_.push_back(order.cl_ord_id);
    return false;
}

bool Replay::take(const core::CancelOrderList& request) {
    const auto added = ledger_.add(request, now_);
    if (!added) {
        skip(added.error());
        return false;
    }
    for (const core::Settled& cancel : *added) requests_.push_back(cancel.request->cl_ord_id);
    return false;
}

bool Replay::take(const Sent& sent) {
    ledger_.sent(sent.cl_ord_id, sent.msg_seq_num, now_, written(sent.is_written));
    return false;
}

bool Replay::take(const ListSent& sent) {
    ledger_.list_sent(sent.list_id, sent.msg_seq_num, now_, written(sent.is_written));
    return false;
}

bool Replay::take(const Refused& refused) {
    (void)ledger_.not_sent(refused.cl_ord_id, refused.reason);
    return true;
}

bool Replay::take(const InDoubt& doubt) {
    (void)ledger_.doubt(doubt.cl_ord_id, doubt.reason);
    return true;
}

bool Replay::take(const core::ExecutionReport& report) {
    return ledger_.apply(report).kind == Applied::Kind::Accepted;
}

bool Replay::take(const core::OrderCancelReject& reject) {
    return ledger_.apply(reject).kind == Applied::Kind::Accepted;
}

bool Replay::take(const SequenceReset& /*reset*/) {
    ledger_.sequence_reset();
    first_since_reset_ = requests_.size();
    return false;
}

}  // namespace broker::recovery
