#include "fix/native/session.hpp"

#include <algorithm>
#include <utility>

#include "fix/native/logon.hpp"
#include "fix/native/native_engine.hpp"
#include "fix/native/session_tags.hpp"
#include "fix/scheduled_reset.hpp"

namespace broker::fix::native {

using core::Reason;

Session::Session(SessionSettings settings, std::unique_ptr<journal::MessageStore> store,
                 const core::Clock& clock, SessionListener& listener)
    : settings_{std::move(settings)},
      store_{std::move(store)},
      clock_{clock},
      listener_{listener},
      outbound_{settings_, *store_, clock, listener},
      heartbeat_{settings_.heart_bt_int},
      gap_queue_{{settings_.recovery.max_gap_messages, settings_.recovery.max_gap_bytes}},
      requester_{{settings_.recovery.request_chunk, settings_.recovery.request_timeout,
                  settings_.recovery.max_requests}},
      responder_{{settings_.recovery.page_messages, settings_.recovery.page_interval}} {
    check_settings(settings_);
    if (settings_.validation == ValidationLevel::Full) {
        dictionary_ = load_dictionary(settings_.dictionary_path);
        apply(settings_.dictionary_overlay, *dictionary_);
    }
}

bool Session::is_open() const {
    return state_ != SessionState::Disconnected && state_ != SessionState::Ended;
}

bool Session::is_in_session() const { return is_open() && state_ != SessionState::AwaitingLogon; }

// Nothing of one connection reaches into the next: a backlog would be of numbers that count no
// more.
void Session::forget_connection() {
    gap_queue_.clear();
    requester_.reset();
    responder_.reset();
    peer_logout_.reset();
    highest_received_ = 0;
    skip_to_ = 0;
    has_more_ = false;
    handshake_ = ResetHandshake::None;
}

void Session::connected(core::Instant now) {
    thread_.check();
    now_ = now;
    forget_connection();
    state_ = SessionState::AwaitingLogon;
    deadline_ = now.monotonic + settings_.logon_timeout;
    const auto is_due = is_scheduled_reset_due(settings_, *store_, now.utc);
    if (!is_due) return end(Disconnect::StorageFailed, is_due.error().detail);
    const bool asks = std::exchange(resets_next_logon_, false) || settings_.reset_on_logon ||
                      (*is_due && settings_.sends_flag_on_scheduled_reset);
    if ((asks || *is_due) && !reset_numbers()) return;
    if (asks) handshake_ = ResetHandshake::WeAsked;
    send_logon(asks);
}

void Session::disconnected(core::Instant) {
    thread_.check();
    forget_connection();
    state_ = SessionState::Disconnected;
}

core::Result<Sent> Session::send(const MessageEncoder& message, core::Instant now) {
    thread_.check();
    if (!is_logged_on())
        return core::fail(Reason::AccountNotReady, "the FIX session is not logged on");
    if (!message.is_valid())
        return core::fail(Reason::InvalidField, "the message does not fit or has SOH in a text");
    auto sent = outbound_.send_application(message, now);
    if (sent) {
        heartbeat_.sent(now.monotonic);
    } else {
        end(Disconnect::StorageFailed, sent.error().detail);
    }
    return sent;
}

void Session::on_timer(core::Instant now) {
    thread_.check();
    now_ = now;
    if (is_open()) keep_deadlines();
    if (is_in_session()) answer_resend_requests();
    if (is_logged_on()) keep_heartbeats();
}

core::MonotonicTime Session::next_timer() const {
    if (!is_open()) return core::MonotonicTime::max();
    if (state_ == SessionState::AwaitingLogon) return deadline_;
    const core::MonotonicTime recovery = std::min(requester_.deadline(), responder_.next_page());
    return std::min(recovery, is_logged_on() ? heartbeat_.next() : deadline_);
}

void Session::keep_deadlines() {
    const bool is_late = !is_logged_on() && now_.monotonic >= deadline_;
    if (is_late && state_ == SessionState::AwaitingLogon) return end(Disconnect::LogonTimeout, {});
    if (is_late && state_ == SessionState::AwaitingLogout)
        return end(Disconnect::LogoutTimeout, {});
    if (is_late) {
        send_logout({});
        return end(Disconnect::PeerLogoutBehindGap, peer_logout_->text);
    }
    if (now_.monotonic < requester_.deadline()) return;
    if (requester_.may_repeat()) return request_missing();
    log_out_and_end(Disconnect::ResendUnanswered,
                    "MsgSeqNum " + std::to_string(expected()) + " does not come");
}

void Session::keep_heartbeats() {
    switch (heartbeat_.due(now_.monotonic)) {
        case Heartbeat::Due::Nothing:
            return;
        case Heartbeat::Due::Heartbeat:
            begin(msg_type::kHeartbeat);
            return send_begun();
        case Heartbeat::Due::TestRequest:
            begin(msg_type::kTestRequest)
                .add(tag::kTestReqID, heartbeat_.new_test_request(now_.monotonic));
            return send_begun();
        case Heartbeat::Due::PeerIsGone:
            return end(Disconnect::HeartbeatTimeout, {});
    }
}

void Session::answer_resend_requests() {
    if (now_.monotonic < responder_.next_page()) return;
    if (listener_.send_backlog() > settings_.recovery.max_send_backlog)
        return responder_.pause(now_.monotonic);
    page_end_ = clock_.monotonic() + settings_.recovery.page_time;
    listener_.on_page_begin();
    const auto done = responder_.send_page(*store_, *this, now_.monotonic);
    listener_.on_page_end();
    if (!done) end(Disconnect::StorageFailed, done.error().detail);
}

ResendDecision Session::decide(core::MsgSeqNum number, const MessageView& message) {
    ResendDecision decision = ResendDecision::GapFill;
    if (is_open()) notify([&] { decision = listener_.on_resend(number, message); });
    return decision;
}

void Session::resend(core::MsgSeqNum number, const MessageView& message) {
    if (!is_open()) return;
    outbound_.resend(number, message, now_);
    heartbeat_.sent(now_.monotonic);
}

void Session::gap_fill(core::MsgSeqNum begin, core::MsgSeqNum new_seq_no) {
    if (!is_open()) return;
    outbound_.gap_fill(begin, new_seq_no, now_);
    heartbeat_.sent(now_.monotonic);
}

bool Session::has_room() const {
    return clock_.monotonic() < page_end_ &&
           listener_.send_backlog() <= settings_.recovery.max_send_backlog;
}

bool Session::set_expected(core::MsgSeqNum next) {
    const auto counted = store_->set_next_target_msg_seq_num(next);
    if (!counted) end(Disconnect::StorageFailed, counted.error().detail);
    return counted.has_value();
}

bool Session::count(const MessageView& message) {
    return record(message, message.msg_seq_num()) && advance();
}

// `number` 0: it does not count, at least not yet.
bool Session::record(const MessageView& message, core::MsgSeqNum number) {
    is_recorded_ = true;
    const auto recorded = store_->add_received(number, record_text_.of(message));
    if (!recorded) end(Disconnect::StorageFailed, recorded.error().detail);
    return recorded.has_value();
}

MessageEncoder& Session::begin(std::string_view type) {
    body_.clear(type);
    return body_;
}

void Session::send_begun() {
    const auto sent = outbound_.send_session(body_, now_);
    if (!sent) return end(Disconnect::StorageFailed, sent.error().detail);
    heartbeat_.sent(now_.monotonic);
}

void Session::end(Disconnect cause, std::string_view detail) {
    if (!is_open()) return;
    state_ = SessionState::Ended;
    responder_.reset();
    gap_queue_.clear();
    listener_.on_session_ended(describe(cause).reason, disconnect_text(cause, detail));
}

}  // namespace broker::fix::native

namespace broker::fix {

std::unique_ptr<SessionEngine> make_native_engine(SessionSettings settings,
                                                  std::unique_ptr<journal::MessageStore> store,
                                                  const core::Clock& clock,
                                                  SessionListener& listener) {
    return std::make_unique<native::Session>(std::move(settings), std::move(store), clock,
                                             listener);
}

}  // namespace broker::fix
