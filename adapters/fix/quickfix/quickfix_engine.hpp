// The session engine over QuickFIX 1.15.1.
#pragma once

#include <memory>

#include "fix/session_engine.hpp"

namespace broker::fix {

// A SessionEngineFactory. What differs from SessionEngine's contract, because QuickFIX is as it is:
// - Heartbeats, test requests and their timeout follow the machine's wall clock in whole seconds,
// and
//   so do our SendingTime and the check of the peer's; a step of that clock may end the session,
//   which then reconnects. The deadlines of Logon and Logout follow `now`.
// - A resend covers the last 2,000 numbers; older messages are gap-filled without on_resend.
// - Each engine loads the dictionary for itself: about 2 MB.
// - Application messages of the peer are not validated against the dictionary, so that none is lost
//   over a value that it does not know.
[[nodiscard]] std::unique_ptr<SessionEngine> make_quickfix_engine(
    SessionSettings settings, std::unique_ptr<journal::MessageStore> store,
    const core::Clock& clock, SessionListener& listener);

}  // namespace broker::fix
