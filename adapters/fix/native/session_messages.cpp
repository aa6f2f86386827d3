// What each kind of session message does, once its turn has come or it must not wait.
#include <algorithm>

#include "fix/native/inbound_sequence.hpp"
#include "fix/native/session.hpp"
#include "fix/native/session_tags.hpp"

namespace broker::fix::native {

void Session::handle(const MessageView& message) {
    const std::string_view type = message.msg_type();
    if (type == msg_type::kHeartbeat) return handle_heartbeat(message);
    if (type == msg_type::kTestRequest) return handle_test_request(message);
    if (type == msg_type::kResendRequest) return handle_resend_request(message);
    if (type == msg_type::kLogout) return handle_logout(message);
    if (type == msg_type::kReject)  // 7
        notify([&] { listener_.on_session_reject(message); });
}

// 5
void Session::handle_heartbeat(const MessageView& message) {
    const auto time = heartbeat_.answered(message.get(tag::kTestReqID), now_.monotonic);
    if (time) notify([&] { listener_.on_round_trip(*time); });
}

// 4.b
void Session::handle_test_request(const MessageView& message) {
    begin(msg_type::kHeartbeat).add(tag::kTestReqID, message.get(tag::kTestReqID));
    send_begun();
}

// 8: EndSeqNo (16) of zero, or beyond our last number, means up to the last one.
void Session::handle_resend_request(const MessageView& message) {
    const core::MsgSeqNum last = store_->next_sender_msg_seq_num() - 1;
    const core::MsgSeqNum begin = message.find_number(tag::kBeginSeqNo).value_or(0);
    const auto end = message.find_number(tag::kEndSeqNo);
    const bool is_sound = begin >= 1 && begin <= last && end && (*end == 0 || *end >= begin);
    if (!is_sound)
        return reject(message, {SessionRejectReason::ValueIsIncorrect, tag::kBeginSeqNo});
    const NumberRange range{begin, *end == 0 ? last : std::min(*end, last)};
    if (!responder_.add(range, now_.monotonic))
        reject(message, {SessionRejectReason::Other, tag::kBeginSeqNo});
}

// 10.b, 10.e: take_queued() goes on from there.
void Session::handle_gap_fill(const MessageView& message) {
    const core::MsgSeqNum next = message.find_number(tag::kNewSeqNo).value_or(0);
    const bool advances = next <= kMaxMsgSeqNum &&
                          classify_gap_fill(message.msg_seq_num(), next) == NewSeqNo::Advances;
    if (advances) {
        if (record(message, message.msg_seq_num())) skip_to_ = next;
        return;
    }
    // Why its number does not count: what it should have said is still missing, and is asked for
    // again when the next message shows the gap.
    reject(message, {SessionRejectReason::ValueIsIncorrect, tag::kNewSeqNo});
}

// 11: its own number does not count.
void Session::handle_reset(const MessageView& message) {
    if (const auto fault = find_fault(message)) {
        reject(message, *fault);
        if (is_in_session() && message.msg_seq_num() == expected()) count(message);
        return;
    }
    const core::MsgSeqNum next = message.find_number(tag::kNewSeqNo).value_or(0);
    const NewSeqNo effect = is_usable(next) ? classify_reset(expected(), next) : NewSeqNo::Refused;
    switch (effect) {
        case NewSeqNo::Advances:
            listener_.on_notice("SequenceReset-Reset from MsgSeqNum " + std::to_string(expected()) +
                                " to " + std::to_string(next) +
                                ": messages between them are not coming");
            skip_to_ = next;
            return;
        case NewSeqNo::Unchanged:
            return listener_.on_notice("SequenceReset-Reset to MsgSeqNum " + std::to_string(next) +
                                       ", which is the next one anyway");
        case NewSeqNo::Refused:
            return reject(message, {SessionRejectReason::ValueIsIncorrect, tag::kNewSeqNo});
    }
}

}  // namespace broker::fix::native
