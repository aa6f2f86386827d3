#include "fix/quickfix/session_end.hpp"

namespace broker::fix {
namespace {

using core::Reason;

std::string quoted(std::string_view text) { return '"' + std::string{text.substr(0, 200)} + '"'; }

}  // namespace

SessionEnd explain_end(const MessageView& message, const SessionSettings& settings,
                       const EndContext& context, std::string_view events) {
    const std::string_view type = message.msg_type();
    const std::string words{message.get(58)};
    if (type == "5") {
        if (context.was_logging_out) return {Reason::StoppedByHost, words};
        return {context.was_logged_on ? Reason::LogoutByPeer : Reason::LogonRefused, words};
    }
    if (type == "3" && !context.was_logged_on) return {Reason::LogonRefused, "Reject: " + words};

    const auto differs = [&](const char* name, int tag, const std::string& ours) {
        return SessionEnd{Reason::ProtocolViolation,
                          name + ("=" + quoted(message.get(tag))) + ", expected " + quoted(ours)};
    };
    if (message.get(8) != settings.begin_string)
        return differs("BeginString", 8, settings.begin_string);
    if (!context.was_logged_on && type != "A")
        return {Reason::ProtocolViolation, "the first message is MsgType=" + quoted(type)};
    if (message.get(49) != settings.target_comp_id)
        return differs("SenderCompID", 49, settings.target_comp_id);
    if (message.get(56) != settings.sender_comp_id)
        return differs("TargetCompID", 56, settings.sender_comp_id);
    if (message.msg_seq_num() < context.expected && !message.is_yes(43))
        return {Reason::MsgSeqNumTooLow, "MsgSeqNum too low, expecting " +
                                             std::to_string(context.expected) + " but received " +
                                             std::to_string(message.msg_seq_num())};
    return explain_end(events);
}

SessionEnd explain_end(std::string_view events) {
    if (events.find("waiting for heartbeat") != std::string_view::npos)
        return {Reason::HeartbeatTimeout, "the peer was silent and answered no TestRequest"};
    return {Reason::ProtocolViolation, std::string{events}};
}

}  // namespace broker::fix
