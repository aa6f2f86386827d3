#include "dxtrade/fix/drop_copy_session.hpp"

#include <utility>

#include "dxtrade/fix/reject_messages.hpp"

namespace broker::dxtrade::fix {

DropCopySession::DropCopySession(DropCopySessionSettings settings, SessionParts parts,
                                 TradingChannelListener& listener)
    : dialect_{std::move(settings.profile), std::move(settings.account)},
      listener_{listener},
      inbox_{dialect_, listener},
      transport_{parts.loop,
                 parts.clock,
                 std::move(settings.transport),
                 std::move(parts.tls),
                 engine_parts(std::move(settings.session), parts),
                 *this} {}

void DropCopySession::start() { transport_.start(); }

void DropCopySession::stop(std::string_view text, std::function<void()> done) {
    transport_.stop(text, std::move(done));
}

void DropCopySession::on_connecting(std::string_view peer) {
    listener_.on_connecting(core::Channel::FixDropCopy, peer);
}

void DropCopySession::on_logged_on(std::string_view peer) {
    listener_.on_logged_on(core::Channel::FixDropCopy, peer);
}

void DropCopySession::on_disconnected(core::Reason reason, std::string_view text,
                                      std::string_view peer, core::Duration next_attempt) {
    listener_.on_disconnected(core::Channel::FixDropCopy, reason, text, peer, next_attempt);
}

void DropCopySession::on_application_message(const broker::fix::MessageView& message,
                                             core::MonotonicTime received) {
    inbox_.on_application_message(message, received);
}

void DropCopySession::on_session_reject(const broker::fix::MessageView& reject,
                                        core::MonotonicTime received) {
    listener_.on_notice(core::Channel::FixDropCopy,
                        session_reject_from_fix(reject, received, text_).text);
}

broker::fix::ResendDecision DropCopySession::on_resend(
    core::MsgSeqNum /*number*/, const broker::fix::MessageView& /*message*/) {
    return broker::fix::ResendDecision::GapFill;
}

// Why not on_sequence_reset of the listener: that is about the numbers of requests, and this
// session has none.
void DropCopySession::on_sequence_reset() {
    listener_.on_notice(core::Channel::FixDropCopy, "MsgSeqNums begin again at 1");
}

void DropCopySession::on_notice(std::string_view text) {
    listener_.on_notice(core::Channel::FixDropCopy, text);
}

}  // namespace broker::dxtrade::fix
