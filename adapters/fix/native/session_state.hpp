// Where a session stands.
#pragma once

#include <cstdint>

namespace broker::fix::native {

enum class SessionState : std::uint8_t {
    Disconnected,    // There is no connection; whatever comes is ignored.
    AwaitingLogon,   // Our Logon is out, and nothing but its answer is accepted.
    LoggedOn,        // Application messages go both ways.
    AwaitingLogout,  // Our Logout is out; the peer may still send, we only answer.
    PeerLeaving,     // The peer's Logout stands behind messages that we have asked for.
    Ended,           // The session is over; the connection waits to be closed.
};

// A Logon with ResetSeqNumFlag (141) is answered by one. Why remembered: two sides that each take
// the other's answer for a new request would reset for ever.
enum class ResetHandshake : std::uint8_t {
    None,        // A reset by the peer is a request, and is answered.
    WeAsked,     // Our Logon resets; the peer's with 141=Y is the answer.
    WeAnswered,  // We have confirmed the peer's reset; another Logon right after it is an echo.
};

}  // namespace broker::fix::native
