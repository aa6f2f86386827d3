// Why a session ends: every cause with its reason for the host and a sentence for people.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/reason.hpp"

namespace broker::fix::native {

enum class Disconnect : std::uint8_t {
    StoppedByHost,         // 13.a: our Logout was answered, or there was no session to log out of
    LogonTimeout,          // Logon was not answered
    LogonRefused,          // the peer answered Logon by Logout or Reject
    FirstMessageNotLogon,  // 1B.e
    BadLogon,              // 1B.d: a Logon whose fields we cannot accept
    SecondLogon,           // a Logon that asks for nothing, in an open session
    NextExpectedTooHigh,   // the peer expects a number that we never sent (789)
    PeerLogout,            // 13.b
    PeerLogoutBehindGap,   // the same, and what it stood behind did not come
    LogoutTimeout,         // 12
    HeartbeatTimeout,      // 6
    MsgSeqNumTooLow,       // 2.c
    MsgSeqNumUnusable,     // no number, or none that a session can count from
    WrongBeginString,      // 2.i
    WrongCompID,           // 2.k
    SendingTimeProblem,    // 2.o
    ResendUnanswered,      // a gap that the peer does not fill
    StorageFailed,
    InternalError,
};

struct DisconnectText {
    core::Reason reason;
    std::string_view sentence;
};

[[nodiscard]] DisconnectText describe(Disconnect cause);

// The sentence and what is to be added: the peer's words, or numbers.
[[nodiscard]] std::string disconnect_text(Disconnect cause, std::string_view detail);

}  // namespace broker::fix::native
