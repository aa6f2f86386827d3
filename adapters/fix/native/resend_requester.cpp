#include "fix/native/resend_requester.hpp"

namespace broker::fix::native {

std::optional<NumberRange> ResendRequester::next(core::MsgSeqNum expected,
                                                 core::MsgSeqNum last_missing,
                                                 core::MonotonicTime now) {
    note_progress(expected, now);
    if (last_missing < expected) {
        reset();
        return std::nullopt;
    }
    if (waiting_for_ && expected <= waiting_for_->end) return std::nullopt;
    NumberRange range{expected, last_missing};
    const bool is_too_long = rules_.chunk != 0 && last_missing - expected >= rules_.chunk;
    if (is_too_long) range.end = expected + rules_.chunk - 1;
    waiting_for_ = range;
    progress_ = expected;
    since_ = now;
    return range;
}

void ResendRequester::assume_asked(NumberRange missing, core::MonotonicTime now) {
    waiting_for_ = missing;
    progress_ = missing.begin;
    since_ = now;
    unanswered_ = 0;
}

core::MonotonicTime ResendRequester::deadline() const {
    return waiting_for_ ? since_ + rules_.timeout : core::MonotonicTime::max();
}

bool ResendRequester::may_repeat() {
    waiting_for_.reset();
    return ++unanswered_ < rules_.max_requests;
}

void ResendRequester::reset() {
    waiting_for_.reset();
    progress_ = 0;
    unanswered_ = 0;
}

void ResendRequester::note_progress(core::MsgSeqNum expected, core::MonotonicTime now) {
    if (expected <= progress_) return;
    progress_ = expected;
    since_ = now;
    unanswered_ = 0;
}

}  // namespace broker::fix::native
