// What the peer gets that asks for sent messages again: answers to its ResendRequests.
#pragma once

#include <cstddef>
#include <deque>
#include <string_view>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "fix/native/resend_requester.hpp"
#include "fix/session_engine.hpp"
#include "journal/message_store.hpp"

namespace broker::fix::native {

// Where the parts of an answer go, and how long a page may be. Called from inside send_page().
class ResendOutput {
public:
    virtual ~ResendOutput() = default;
    [[nodiscard]] virtual ResendDecision decide(core::MsgSeqNum number,
                                                const MessageView& message) = 0;
    virtual void resend(core::MsgSeqNum number, const MessageView& message) = 0;
    // SequenceReset-GapFill: nothing comes under the numbers from `begin` to before `new_seq_no`.
    virtual void gap_fill(core::MsgSeqNum begin, core::MsgSeqNum new_seq_no) = 0;
    // False: the page is long enough, whatever its number of messages. Asked every few messages.
    [[nodiscard]] virtual bool has_room() const = 0;
};

struct ResendPacing {
    std::size_t page_messages = 1;
    core::Duration interval{0};
};

// Answers in pages with pauses between them, so that heartbeats, new orders and other accounts stay
// on time however long the range is and however often it is asked for; nothing is loaded but the
// message at hand. Session messages are not stored and end up in the gaps.
// Owned by the engine. [event-thread]
class ResendResponder {
public:
    explicit ResendResponder(ResendPacing pacing) : pacing_{pacing} {}

    // A range to answer. One that is waiting already is not answered twice. False: too many are.
    [[nodiscard]] bool add(NumberRange range, core::MonotonicTime now);

    [[nodiscard]] core::MonotonicTime next_page() const;  // max(): nothing is left to answer
    [[nodiscard]] core::Result<void> send_page(const journal::MessageStore& store,
                                               ResendOutput& output, core::MonotonicTime now);
    void pause(core::MonotonicTime now) { next_page_ = now + pacing_.interval; }

    void reset() { ranges_.clear(); }  // another connection, or another epoch

private:
    class Page;
    static constexpr std::size_t kMaxRanges = 16;

    ResendPacing pacing_;
    std::deque<NumberRange> ranges_;  // the first one is under way
    core::MonotonicTime next_page_;
    MessageView view_;
};

}  // namespace broker::fix::native
