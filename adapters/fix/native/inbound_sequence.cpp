#include "fix/native/inbound_sequence.hpp"

#include "fix/native/session_tags.hpp"

namespace broker::fix::native {

PossDup classify_poss_dup(const MessageView& message, bool requires_orig_sending_time) {
    if (!message.is_yes(tag::kPossDupFlag)) return PossDup::No;
    const auto original = message.find_utc_timestamp(tag::kOrigSendingTime);
    if (!original) {
        const bool may_miss =
            !requires_orig_sending_time || message.msg_type() == msg_type::kSequenceReset;
        return may_miss ? PossDup::Sound : PossDup::OrigSendingTimeMissing;
    }
    const auto sent = message.find_utc_timestamp(tag::kSendingTime);
    return sent && *original > *sent ? PossDup::OrigSendingTimeLater : PossDup::Sound;
}

}  // namespace broker::fix::native
