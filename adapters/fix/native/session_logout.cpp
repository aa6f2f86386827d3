// Logout (5), ours and the peer's: the cases 12 and 13.
#include <algorithm>

#include "fix/native/session.hpp"
#include "fix/native/session_tags.hpp"

namespace broker::fix::native {
namespace {

constexpr std::size_t kMaxText = 200;

// Text (58) as it may stand in a field.
std::string field_text(std::string_view text) {
    std::string result{text.substr(0, kMaxText)};
    std::replace(result.begin(), result.end(), kSoh, ' ');
    return result;
}

}  // namespace

// 12: from here on we only answer.
void Session::logout(std::string_view text, core::Instant now) {
    thread_.check();
    now_ = now;
    if (!is_open() || state_ == SessionState::AwaitingLogout) return;
    if (state_ == SessionState::AwaitingLogon)
        return end(Disconnect::StoppedByHost, "before Logon was answered");
    send_logout(text);
    if (!is_open()) return;
    state_ = SessionState::AwaitingLogout;
    deadline_ = now.monotonic + settings_.logout_timeout;
}

void Session::send_logout(std::string_view text) {
    MessageEncoder& body = begin(msg_type::kLogout);
    if (!text.empty()) body.add(tag::kText, field_text(text));
    send_begun();
}

void Session::log_out_and_end(Disconnect cause, std::string_view text) {
    const std::string words{text};
    send_logout(words);
    end(cause, words);
}

// 13.a, 13.b: the messages before it come first; take_queued() leaves when they have.
void Session::handle_logout(const MessageView& message) {
    peer_logout_ = PeerLogout{message.msg_seq_num(), std::string{message.get(tag::kText)}};
    if (state_ != SessionState::LoggedOn) return;
    state_ = SessionState::PeerLeaving;
    deadline_ = now_.monotonic + settings_.logout_timeout;
}

void Session::leave_with_peer() {
    if (state_ == SessionState::AwaitingLogout)
        return end(Disconnect::StoppedByHost, peer_logout_->text);
    send_logout({});
    end(Disconnect::PeerLogout, peer_logout_->text);
}

}  // namespace broker::fix::native
