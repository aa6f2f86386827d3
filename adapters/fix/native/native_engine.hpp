// The session engine of this project's own: the rules of FIX 4.4 volume 2, as a state machine.
#pragma once

#include <memory>

#include "fix/session_engine.hpp"

namespace broker::fix {

// A SessionEngineFactory. Where to look for a rule (docs/fix-session.md names the cases):
//   logon.hpp             what Logon says, and what is accepted of the peer's (1B, 17, 789)
//   inbound_sequence.hpp  numbers, PossDupFlag, SequenceReset (2.a to 2.g, 10, 11)
//   validation.hpp, full_validation.hpp   Reject and its reasons (2.q, 2.r, 14)
//   heartbeat.hpp         Heartbeat, TestRequest, a silent peer (4 to 6)
//   gap_queue.hpp, resend_requester.hpp   messages that are missing (2.b, 20)
//   resend_responder.hpp  messages that the peer misses (8)
//   session_logout.cpp    Logout (12, 13)
//   session_state.hpp, disconnect.hpp     where a session stands, and why it ends
//   session.hpp           who calls whom
[[nodiscard]] std::unique_ptr<SessionEngine> make_native_engine(
    SessionSettings settings, std::unique_ptr<journal::MessageStore> store,
    const core::Clock& clock, SessionListener& listener);

}  // namespace broker::fix
