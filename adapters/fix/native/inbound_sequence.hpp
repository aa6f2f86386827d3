// What the number of a message from the peer means: pure rules.
#pragma once

#include <cstdint>
#include <limits>

#include "core/ids.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::fix::native {

// Numbers beyond it are refused, so that no rule overflows.
inline constexpr core::MsgSeqNum kMaxMsgSeqNum =
    static_cast<core::MsgSeqNum>(std::numeric_limits<std::int64_t>::max());

[[nodiscard]] constexpr bool is_usable(core::MsgSeqNum number) {
    return number >= 1 && number <= kMaxMsgSeqNum;
}

enum class InboundSequence : std::uint8_t {
    Expected,   // 2.a
    GapBefore,  // 2.b: messages are missing before it
    TooLow,     // 2.c, 2.e: seen before, or a peer that has lost count
};

[[nodiscard]] constexpr InboundSequence classify(core::MsgSeqNum expected,
                                                 core::MsgSeqNum received) {
    if (received == expected) return InboundSequence::Expected;
    return received > expected ? InboundSequence::GapBefore : InboundSequence::TooLow;
}

// PossDupFlag (43) and OrigSendingTime (122), FIX 4.4 volume 2, "Possible duplicates".
enum class PossDup : std::uint8_t {
    No,                      // it is not marked as one
    Sound,                   // 2.e
    OrigSendingTimeMissing,  // 2.g
    OrigSendingTimeLater,    // 2.f: later than SendingTime
};

// `requires_orig_sending_time`: see SessionSettings. A SequenceReset repeats no message, and may do
// without.
[[nodiscard]] PossDup classify_poss_dup(const MessageView& message,
                                        bool requires_orig_sending_time);

// What NewSeqNo (36) of a SequenceReset does, cases 10 and 11.
enum class NewSeqNo : std::uint8_t {
    Advances,   // 10.b, 11.a
    Unchanged,  // 11.b: Reset to the number that is expected anyway
    Refused,    // 10.e, 11.c: it would go back
};

// For SequenceReset-GapFill whose own MsgSeqNum is the expected one.
[[nodiscard]] constexpr NewSeqNo classify_gap_fill(core::MsgSeqNum msg_seq_num,
                                                   core::MsgSeqNum new_seq_no) {
    return new_seq_no > msg_seq_num ? NewSeqNo::Advances : NewSeqNo::Refused;
}

// For SequenceReset-Reset, whose own MsgSeqNum does not count.
[[nodiscard]] constexpr NewSeqNo classify_reset(core::MsgSeqNum expected,
                                                core::MsgSeqNum new_seq_no) {
    if (new_seq_no > expected) return NewSeqNo::Advances;
    return new_seq_no == expected ? NewSeqNo::Unchanged : NewSeqNo::Refused;
}

}  // namespace broker::fix::native
