// The way of a message: whose it is, which number it has, when its turn comes.
#include <algorithm>

#include "fix/native/full_validation.hpp"
#include "fix/native/inbound_sequence.hpp"
#include "fix/native/session.hpp"
#include "fix/native/session_tags.hpp"

namespace broker::fix::native {
namespace {

constexpr std::size_t kMaxQuoted = 40;

std::string quoted(std::string_view text) {
    return '"' + std::string{text.substr(0, kMaxQuoted)} + '"';
}

bool is_gap_fill(const MessageView& message) {
    return message.msg_type() == msg_type::kSequenceReset && message.is_yes(tag::kGapFillFlag);
}

// What a gap must not hold back. Why: both sides may wait for each other's resend (20), and a
// TestRequest that goes unanswered ends the session.
bool is_urgent(std::string_view type) {
    return type == msg_type::kHeartbeat || type == msg_type::kTestRequest ||
           type == msg_type::kResendRequest;
}

// A session message that is sent again. Why nothing follows from it: some peers resend them instead
// of filling the gap, and the Logon or Logout of another day would end every session in which it is
// asked for. A SequenceReset and a Reject mean the same at any time.
bool is_of_the_past(const MessageView& message) {
    const std::string_view type = message.msg_type();
    const bool is_timeless = type == msg_type::kSequenceReset || type == msg_type::kReject;
    return is_session_message(type) && !is_timeless && message.is_yes(tag::kPossDupFlag);
}

bool is_given_otherwise(const MessageView& message, std::int32_t tag, const std::string& ours) {
    const auto value = message.find(tag);
    return value && *value != ours;
}

}  // namespace

void Session::received(const MessageView& message, core::Instant now) {
    thread_.check();
    now_ = now;
    if (!is_open()) return;
    heartbeat_.received(now.monotonic);
    is_recorded_ = false;
    if (has_sound_identity(message)) {
        if (state_ == SessionState::AwaitingLogon) {
            receive_before_logon(message);
        } else {
            receive_in_session(message);
        }
    }
    if (!is_recorded_ && !record(message, 0)) return;
    catch_up();
}

void Session::go_on(core::Instant now) {
    thread_.check();
    now_ = now;
    catch_up();
}

void Session::catch_up() {
    take_queued();
    if (is_in_session() && !has_more_) request_missing();
    if (is_in_session()) answer_resend_requests();
}

// What ends the session whatever the number is. False: it has.
bool Session::has_sound_identity(const MessageView& message) {
    const bool is_in = is_in_session();
    enum class Number { Counts, IsStillToCome };
    const auto refuse = [&](Disconnect cause, const Fault& fault, const std::string& text,
                            Number number) {
        if (is_in) {
            reject(message, fault);
            const bool counts = number == Number::Counts && message.msg_seq_num() == expected();
            if (counts && !count(message)) return false;
        }
        log_out_and_end(cause, text);
        return false;
    };
    if (message.get(tag::kBeginString) != settings_.begin_string) {  // 2.i
        log_out_and_end(Disconnect::WrongBeginString,
                        "BeginString=" + quoted(message.get(tag::kBeginString)) + ", expected " +
                            quoted(settings_.begin_string));
        return false;
    }
    if (!is_usable(message.msg_seq_num())) {
        log_out_and_end(Disconnect::MsgSeqNumUnusable,
                        "MsgSeqNum (34) is " + quoted(message.get(tag::kMsgSeqNum)));
        return false;
    }
    if (!has_our_comp_ids(message))  // 2.k
        return refuse(Disconnect::WrongCompID, {SessionRejectReason::CompIDProblem},
                      "SenderCompID=" + quoted(message.get(tag::kSenderCompID)) +
                          " TargetCompID=" + quoted(message.get(tag::kTargetCompID)) +
                          ", expected " + quoted(settings_.target_comp_id) + " and " +
                          quoted(settings_.sender_comp_id),
                      Number::Counts);
    // 2.o. Why an application message is still to come: it may be a fill, and the clock that is
    // wrong may be ours. The next Logon finds the gap.
    if (!has_accurate_time(message))
        return refuse(
            Disconnect::SendingTimeProblem,
            {SessionRejectReason::SendingTimeAccuracyProblem, tag::kSendingTime},
            "SendingTime accuracy problem, received " + quoted(message.get(tag::kSendingTime)),
            is_session_message(message.msg_type()) ? Number::Counts : Number::IsStillToCome);
    return true;
}

// A missing CompID is another fault: 14.b.
bool Session::has_our_comp_ids(const MessageView& message) const {
    if (is_given_otherwise(message, tag::kSenderCompID, settings_.target_comp_id)) return false;
    if (is_given_otherwise(message, tag::kTargetCompID, settings_.sender_comp_id)) return false;
    if (!settings_.checks_sub_ids) return true;
    return message.get(tag::kSenderSubID) == settings_.target_sub_id &&
           message.get(tag::kTargetSubID) == settings_.sender_sub_id;
}

// A missing or unreadable time is another fault: 14.b, 14.f.
bool Session::has_accurate_time(const MessageView& message) const {
    const auto sent = message.find_utc_timestamp(tag::kSendingTime);
    if (!sent) return true;
    const core::Duration tolerance = settings_.sending_time_tolerance;
    return *sent >= now_.utc - tolerance && *sent <= now_.utc + tolerance;
}

void Session::receive_in_session(const MessageView& message) {
    const bool is_logon = message.msg_type() == msg_type::kLogon && !is_of_the_past(message);
    if (is_logon && message.is_yes(tag::kResetSeqNumFlag)) return reset_by_peer(message);
    handshake_ = ResetHandshake::None;
    const bool is_reset = message.msg_type() == msg_type::kSequenceReset && !is_gap_fill(message);
    if (is_reset) return handle_reset(message);
    switch (classify(expected(), message.msg_seq_num())) {
        case InboundSequence::Expected:
            return receive_in_turn(message);
        case InboundSequence::GapBefore:
            return receive_behind_gap(message);
        case InboundSequence::TooLow:
            return receive_too_low(message);
    }
}

// 2.c, 2.e, 10.c, 10.d. A possible duplicate below the expected number has been seen: each number
// below it has.
void Session::receive_too_low(const MessageView& message) {
    const PossDup poss_dup = classify_poss_dup(message, settings_.requires_orig_sending_time);
    if (is_in_session() && poss_dup != PossDup::No) {
        if (const auto fault = find_fault(message)) reject(message, *fault);
        return;
    }
    // Whoever leaves need not count right: the next Logon shows whose numbers are wrong.
    const bool is_leaving = is_in_session() && message.msg_type() == msg_type::kLogout;
    if (is_leaving) {
        peer_logout_ = PeerLogout{0, std::string{message.get(tag::kText)}};
        return leave_with_peer();
    }
    log_out_and_end(Disconnect::MsgSeqNumTooLow, "MsgSeqNum too low, expecting " +
                                                     std::to_string(expected()) + " but received " +
                                                     std::to_string(message.msg_seq_num()));
}

// 2.b, 10.a, 13.b: it waits for its turn, but for what must not wait.
void Session::receive_behind_gap(const MessageView& message) {
    const core::MsgSeqNum number = message.msg_seq_num();
    highest_received_ = std::max(highest_received_, number);
    if (gap_queue_.has(number)) return;
    const std::string_view type = message.msg_type();
    const bool is_early = is_urgent(type) || type == msg_type::kLogout;
    if (!is_early || is_of_the_past(message) || find_fault(message)) {
        is_recorded_ = gap_queue_.keep(number, message.bytes());
        return;
    }
    gap_queue_.settle(number);
    handle(message);
}

void Session::receive_in_turn(const MessageView& message) {
    if (const auto fault = find_fault(message)) {
        reject(message, *fault);
        if (is_in_session()) count(message);
        return;
    }
    if (is_of_the_past(message)) {
        count(message);
        return;
    }
    const std::string_view type = message.msg_type();
    if (type == msg_type::kSequenceReset) return handle_gap_fill(message);
    if (is_session_message(type)) {
        if (type == msg_type::kLogon)
            return log_out_and_end(Disconnect::SecondLogon, "Logon in an open session");
        if (count(message)) handle(message);
        return;
    }
    // Why before its number counts: if the process dies in between, the peer is asked for it again,
    // and a report that comes twice does less harm than one that never comes.
    notify([&] { listener_.on_application_message(message); });
    count(message);
}

// One at least, and then as many as there is time for: a closed gap may have thousands behind it.
void Session::take_queued() {
    has_more_ = false;
    for (bool is_first = true; is_in_session(); is_first = false) {
        if (!skip_what_does_not_come()) return;
        has_more_ = !is_first && gap_queue_.has(expected()) && !listener_.has_time();
        if (has_more_) return;
        const auto entry = gap_queue_.take(expected());
        if (!entry) break;
        if (entry->is_settled) {
            if (!advance()) return;
        } else if (queued_.parse(entry->message)) {
            receive_in_turn(queued_);
        }
    }
    const bool is_leaving = is_in_session() && peer_logout_.has_value();
    if (is_leaving && expected() > peer_logout_->msg_seq_num) leave_with_peer();
}

// 10.b, 11.a: a SequenceReset passes over numbers. What the gap queue holds of them is delivered
// all the same: the peer did send it, and it may be a fill.
bool Session::skip_what_does_not_come() {
    if (skip_to_ <= expected()) return true;
    gap_queue_.forget_before(expected());
    const bool is_held = !gap_queue_.empty() && gap_queue_.first() < skip_to_;
    return set_expected(is_held ? gap_queue_.first() : skip_to_);
}

// 2.b: at most one request at a time, see ResendRequester.
void Session::request_missing() {
    const core::MsgSeqNum last_missing =
        gap_queue_.empty() ? highest_received_ : gap_queue_.first() - 1;
    const auto range = requester_.next(expected(), last_missing, now_.monotonic);
    if (!range) return;
    MessageEncoder& body = begin(msg_type::kResendRequest);
    body.add(tag::kBeginSeqNo, static_cast<std::int64_t>(range->begin));
    body.add(tag::kEndSeqNo, static_cast<std::int64_t>(range->end));
    send_begun();
}

std::optional<Fault> Session::find_fault(const MessageView& message) const {
    switch (classify_poss_dup(message, settings_.requires_orig_sending_time)) {
        case PossDup::OrigSendingTimeMissing:  // 2.g
            return Fault{SessionRejectReason::RequiredTagMissing, tag::kOrigSendingTime};
        case PossDup::OrigSendingTimeLater:  // 2.f
            return Fault{SessionRejectReason::SendingTimeAccuracyProblem, tag::kOrigSendingTime};
        case PossDup::No:
        case PossDup::Sound:
            break;
    }
    if (const auto fault = find_session_fault(message)) return fault;
    for (const std::int32_t tag : {tag::kOnBehalfOfCompID, tag::kDeliverToCompID})  // 18.b
        if (!settings_.accepts_routed_messages && message.find(tag))
            return Fault{SessionRejectReason::CompIDProblem, tag};
    if (dictionary_) return find_dictionary_fault(*dictionary_, message);
    return std::nullopt;
}

void Session::reject(const MessageView& message, const Fault& fault) {
    const std::string_view type = message.msg_type();
    // Why not answered: two sides that reject each other's Rejects would never come to an end.
    if (type == msg_type::kReject)
        return listener_.on_notice(
            "a Reject that is itself at fault: " + std::string{reject_text(fault.reason)} + " " +
            std::to_string(fault.ref_tag));
    MessageEncoder& body =
        begin(fault.is_unsupported_type ? msg_type::kBusinessMessageReject : msg_type::kReject);
    body.add(tag::kRefSeqNum, static_cast<std::int64_t>(message.msg_seq_num()));
    if (fault.is_unsupported_type) {
        body.add(tag::kRefMsgType, type);
        body.add(tag::kBusinessRejectReason, '3');
        body.add(tag::kText, "Unsupported Message Type");
        return send_begun();
    }
    if (fault.ref_tag != 0) body.add(tag::kRefTagID, std::int64_t{fault.ref_tag});
    body.add(tag::kRefMsgType, type.substr(0, kMaxQuoted));
    body.add(tag::kSessionRejectReason, static_cast<std::int64_t>(fault.reason));
    body.add(tag::kText, reject_text(fault.reason));
    send_begun();
}

}  // namespace broker::fix::native
