#include "fix/native/resend_responder.hpp"

#include <algorithm>
#include <functional>

namespace broker::fix::native {
namespace {

constexpr std::size_t kStep = 8;  // messages between two questions for room

}  // namespace

// What has been sent of a page.
class ResendResponder::Page {
public:
    Page(ResendOutput& output, MessageView& view, core::MsgSeqNum begin)
        : output_{output}, view_{view}, gap_{begin} {}

    void operator()(core::MsgSeqNum number, std::string_view message) {
        // What cannot be read cannot be sent: it stays in the gap.
        if (!view_.parse(message)) return;
        if (output_.decide(number, view_) == ResendDecision::GapFill) return;
        fill_gap_before(number);
        output_.resend(number, view_);
        gap_ = number + 1;
    }
    void fill_gap_before(core::MsgSeqNum number) {
        if (gap_ < number) output_.gap_fill(gap_, number);
    }

private:
    ResendOutput& output_;
    MessageView& view_;
    core::MsgSeqNum gap_;  // the first number that nothing was sent for yet
};

bool ResendResponder::add(NumberRange range, core::MonotonicTime now) {
    // Why not at once in any case: a peer that asks again and again is not to get around the
    // pauses.
    if (ranges_.empty()) next_page_ = std::max(next_page_, now);
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
    Page page{output, view_, range.begin};
    core::MsgSeqNum next = range.begin;
    std::size_t left = pacing_.page_messages;
    do {
        const std::size_t step = std::min(left, kStep);
        const auto read = store.read_page(next, range.end, step, std::ref(page));
        if (!read) return read.error();
        next = *read;
        left -= step;
    } while (left > 0 && next <= range.end && output.has_room());
    page.fill_gap_before(next);
    pause(now);
    ranges_.front().begin = next;
    if (next > range.end) ranges_.pop_front();
    return {};
}

}  // namespace broker::fix::native
