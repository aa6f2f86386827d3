#include "fix/native/disconnect.hpp"

namespace broker::fix::native {
namespace {

constexpr std::size_t kMaxDetail = 400;  // a peer may have much to say

}  // namespace

DisconnectText describe(Disconnect cause) {
    using core::Reason;
    switch (cause) {
        case Disconnect::StoppedByHost:
            return {Reason::StoppedByHost, "the session was stopped"};
        case Disconnect::LogonTimeout:
            return {Reason::LogonTimeout, "Logon was not answered in time"};
        case Disconnect::LogonRefused:
            return {Reason::LogonRefused, "the peer refused the Logon"};
        case Disconnect::FirstMessageNotLogon:
            return {Reason::ProtocolViolation, "the first message is not a Logon"};
        case Disconnect::BadLogon:
            return {Reason::ProtocolViolation, "the peer's Logon cannot be accepted"};
        case Disconnect::SecondLogon:
            return {Reason::ProtocolViolation, "a second Logon came in an open session"};
        case Disconnect::NextExpectedTooHigh:
            return {Reason::ProtocolViolation, "the peer expects a number that was never sent"};
        case Disconnect::PeerLogout:
            return {Reason::LogoutByPeer, "the peer logged out"};
        case Disconnect::PeerLogoutBehindGap:
            return {Reason::LogoutByPeer, "the peer logged out and left messages out"};
        case Disconnect::LogoutTimeout:
            return {Reason::LogoutTimeout, "Logout was not answered in time"};
        case Disconnect::HeartbeatTimeout:
            return {Reason::HeartbeatTimeout, "the peer was silent and answered no TestRequest"};
        case Disconnect::MsgSeqNumTooLow:
            return {Reason::MsgSeqNumTooLow, "the numbers of the two sides do not fit"};
        case Disconnect::MsgSeqNumUnusable:
            return {Reason::ProtocolViolation, "a message without a usable MsgSeqNum (34)"};
        case Disconnect::WrongBeginString:
            return {Reason::ProtocolViolation, "Incorrect BeginString"};
        case Disconnect::WrongCompID:
            return {Reason::ProtocolViolation, "CompID problem"};
        case Disconnect::SendingTimeProblem:
            return {Reason::ProtocolViolation, "SendingTime accuracy problem"};
        case Disconnect::ResendUnanswered:
            return {Reason::ProtocolViolation, "the peer does not fill a gap"};
        case Disconnect::StorageFailed:
            return {Reason::StorageFailed, "the message store failed"};
        case Disconnect::InternalError:
            return {Reason::InternalError, "an error in the adapter"};
    }
    return {Reason::InternalError, ""};
}

std::string disconnect_text(Disconnect cause, std::string_view detail) {
    std::string text{describe(cause).sentence};
    if (!detail.empty()) text.append(": ").append(detail.substr(0, kMaxDetail));
    return text;
}

}  // namespace broker::fix::native
