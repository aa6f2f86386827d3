// The exchange of Logons, and resets of the numbers by them.
#include <type_traits>

#include "core/secret.hpp"
#include "fix/native/inbound_sequence.hpp"
#include "fix/native/logon.hpp"
#include "fix/native/session.hpp"
#include "fix/native/session_tags.hpp"

namespace broker::fix::native {

void Session::send_logon(bool resets) {
    write_logon(settings_, resets, expected(), begin(msg_type::kLogon));
    const auto sent = outbound_.send_session(body_, now_);
    outbound_.wipe();
    static_assert(std::is_trivially_copyable_v<MessageEncoder>);
    // Why not clear(): the password stays in the encoder's buffer.
    core::wipe(&body_, sizeof body_);
    body_.clear(msg_type::kHeartbeat);
    if (!sent) return end(Disconnect::StorageFailed, sent.error().detail);
    our_logon_ = *sent;
    heartbeat_.sent(now_.monotonic);
}

// A new epoch: nothing that was numbered before it counts any more.
bool Session::reset_numbers() {
    auto done = store_->reset();
    if (done) done = store_->set_last_reset(now_.utc);
    if (!done) {
        end(Disconnect::StorageFailed, done.error().detail);
        return false;
    }
    gap_queue_.clear();
    requester_.reset();
    responder_.reset();
    highest_received_ = 0;
    skip_to_ = 0;
    notify([&] { listener_.on_sequence_reset(); });
    return is_open();
}

// 1B.c to 1B.e
void Session::receive_before_logon(const MessageView& message) {
    const std::string_view type = message.msg_type();
    if (type == msg_type::kLogon) return accept_logon(message);
    const std::string_view text = message.get(tag::kText);
    if (type == msg_type::kLogout || type == msg_type::kReject) {
        if (message.msg_seq_num() == expected() && !count(message)) return;
        if (type == msg_type::kReject) notify([&] { listener_.on_session_reject(message); });
        const std::string_view kind = type == msg_type::kReject ? "Reject: " : "";
        return end(Disconnect::LogonRefused, std::string{kind}.append(text));
    }
    log_out_and_end(Disconnect::FirstMessageNotLogon,
                    "the first message is MsgType=\"" + std::string{type} + "\", not Logon");
}

void Session::accept_logon(const MessageView& logon) {
    if (const auto fault = find_logon_fault(logon))
        return log_out_and_end(Disconnect::BadLogon, *fault);
    if (const auto fault = find_reset_fault(logon, handshake_ == ResetHandshake::WeAsked))
        return log_out_and_end(Disconnect::BadLogon, *fault);
    const bool is_reset_by_peer =
        logon.is_yes(tag::kResetSeqNumFlag) && handshake_ != ResetHandshake::WeAsked;
    if (is_reset_by_peer && !follow_reset_in_answer(logon)) return;
    if (classify(expected(), logon.msg_seq_num()) == InboundSequence::TooLow)
        return receive_too_low(logon);
    if (classify_next_expected(logon, our_logon_) == NextExpected::AheadOfUs)
        return log_out_and_end(Disconnect::NextExpectedTooHigh,
                               "NextExpectedMsgSeqNum too high, expecting at most " +
                                   std::to_string(our_logon_ + 1) + " but received " +
                                   std::string{logon.get(tag::kNextExpectedMsgSeqNum)});
    open_session(logon);
}

// The peer resets although our Logon did not ask for it (UnsolicitedReset says what is ours then).
bool Session::follow_reset_in_answer(const MessageView& logon) {
    if (!reset_numbers()) return false;
    if (settings_.unsolicited_reset == UnsolicitedReset::AnswerWithLogon) {
        send_logon(true);
        handshake_ = ResetHandshake::WeAnswered;
        return is_open();
    }
    const auto counted = store_->set_next_sender_msg_seq_num(logon.msg_seq_num() + 1);
    if (!counted) end(Disconnect::StorageFailed, counted.error().detail);
    our_logon_ = 1;
    return is_open();
}

void Session::open_session(const MessageView& logon) {
    if (handshake_ == ResetHandshake::WeAsked) handshake_ = ResetHandshake::None;
    const NextExpected next = classify_next_expected(logon, our_logon_);
    state_ = SessionState::LoggedOn;
    heartbeat_.start(now_.monotonic);
    const core::MsgSeqNum number = logon.msg_seq_num();
    if (number == expected()) {
        if (!count(logon)) return;
    } else {
        // 1B.c. Its turn comes when the gap before it is filled; nothing is left to do then.
        highest_received_ = number;
        gap_queue_.settle(number);
        const bool knows_what_we_miss =
            settings_.sends_next_expected_msg_seq_num && next != NextExpected::Absent;
        if (knows_what_we_miss) requester_.assume_asked({expected(), number - 1}, now_.monotonic);
    }
    const bool is_behind =
        settings_.sends_next_expected_msg_seq_num && next == NextExpected::BehindUs;
    if (is_behind) {
        const auto begin = *logon.find_number(tag::kNextExpectedMsgSeqNum);
        (void)responder_.add({begin, our_logon_}, now_.monotonic);
    }
    request_missing();
    if (is_open()) notify([&] { listener_.on_logged_on(); });
}

// 9: a Logon with ResetSeqNumFlag in an open session starts both numbers again.
void Session::reset_by_peer(const MessageView& logon) {
    if (const auto fault = find_logon_fault(logon))
        return log_out_and_end(Disconnect::BadLogon, *fault);
    if (const auto fault = find_reset_fault(logon, false))
        return log_out_and_end(Disconnect::BadLogon, *fault);
    const bool is_echo = handshake_ == ResetHandshake::WeAnswered && expected() == 2;
    handshake_ = ResetHandshake::None;
    if (is_echo || !reset_numbers() || !count(logon)) return;
    send_logon(true);
    handshake_ = ResetHandshake::WeAnswered;
}

}  // namespace broker::fix::native
