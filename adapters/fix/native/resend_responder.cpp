#include "fix/native/resend_responder.hpp"

#include <algorithm>

namespace broker::fix::native {

bool ResendResponder::add(NumberRange range, core::MonotonicTime now) {
    if (ranges_.empty()) next_page_ = now;
    for (NumberRange& waiting : ranges_) {
        if (range.begin < waiting.begin || range.begin > waiting.end) continue;
        if (range.end <= waiting.end) return true;
        if (range.begin == waiting.begin) {
            waiting.end = range.end;
            return true;
        }
    }
    if (ranges_.size() == kMaxRanges) return false;
    ranges_.push_back(range);
    return true;
}

core::MonotonicTime ResendResponder::next_page() const {
    return ranges_.empty() ? core::MonotonicTime::max() : next_page_;
}

core::Result<void> ResendResponder::send_page(const journal::MessageStore& store,
                                              ResendOutput& output, core::MonotonicTime now) {
    if (ranges_.empty()) return {};
    const NumberRange range = ranges_.front();
    core::MsgSeqNum gap = range.begin;  // the first number that nothing was sent for yet
    const auto next =
        store.read_page(range.begin, range.end, pacing_.page_messages,
                        [&](core::MsgSeqNum number, std::string_view message) {
                            // What cannot be read cannot be sent: it stays in the gap.
                            if (!view_.parse(message)) return;
                            if (output.decide(number, view_) == ResendDecision::GapFill) return;
                            if (gap < number) output.gap_fill(gap, number);
                            output.resend(number, view_);
                            gap = number + 1;
                        });
    if (!next) return next.error();
    if (gap < *next) output.gap_fill(gap, *next);
    pause(now);
    ranges_.front().begin = *next;
    if (*next > range.end) ranges_.pop_front();
    return {};
}

}  // namespace broker::fix::native
