// When to ask the peer for missing messages: ResendRequests of ours.
#pragma once

#include <cstdint>
#include <optional>

#include "core/clock.hpp"
#include "core/ids.hpp"

namespace broker::fix::native {

// Both ends included.
struct NumberRange {
    core::MsgSeqNum begin = 0;
    core::MsgSeqNum end = 0;
    bool operator==(const NumberRange&) const = default;
};

struct ResendRequestRules {
    std::uint64_t chunk = 0;  // numbers in one request; 0: no limit
    core::Duration timeout{0};
    int max_requests = 1;
};

// One request at a time: nobody is asked twice for one gap, and the next part of a long gap is
// asked for when the one before has come. A request that goes without progress for `timeout` is
// repeated, `max_requests` times in all.
// Owned by the engine. [event-thread]
class ResendRequester {
public:
    explicit ResendRequester(ResendRequestRules rules) : rules_{rules} {}

    // The request to send now, where everything from `expected` to `last_missing` is missing
    // (nothing, if that is before `expected`). It counts as sent.
    [[nodiscard]] std::optional<NumberRange> next(core::MsgSeqNum expected,
                                                  core::MsgSeqNum last_missing,
                                                  core::MonotonicTime now);

    // The peer knows without being asked what is missing: NextExpectedMsgSeqNum (789) said so.
    void assume_asked(NumberRange missing, core::MonotonicTime now);

    [[nodiscard]] bool is_waiting() const { return waiting_for_.has_value(); }
    [[nodiscard]] core::MonotonicTime deadline() const;  // max(): nothing is asked for
    // To be called at the deadline: whether to ask once more. False: the peer does not answer.
    [[nodiscard]] bool may_repeat();

    void reset();  // another connection, or another epoch

private:
    void note_progress(core::MsgSeqNum expected, core::MonotonicTime now);

    ResendRequestRules rules_;
    std::optional<NumberRange> waiting_for_;
    core::MsgSeqNum progress_ = 0;  // the expected number when the peer last came on
    core::MonotonicTime since_;     // of that, or of the request
    int unanswered_ = 0;            // requests without progress
};

}  // namespace broker::fix::native
