// Why a session ended, in the words of the FIX standard and the peer.
#pragma once

#include <string>
#include <string_view>

#include "core/ids.hpp"
#include "core/reason.hpp"
#include "fix/codec/message_view.hpp"
#include "fix/session_engine.hpp"

namespace broker::fix {

struct SessionEnd {
    core::Reason reason = core::Reason::None;
    std::string text;
};

// The session before the message that ended it.
struct EndContext {
    core::MsgSeqNum expected = 0;
    bool was_logged_on = false;
    bool was_logging_out = false;
};

// QuickFIX closes the connection and does not say why: the message it closed it over does. `events`
// is what QuickFIX logged meanwhile, for what cannot be read from the message.
[[nodiscard]] SessionEnd explain_end(const MessageView& message, const SessionSettings& settings,
                                     const EndContext& context, std::string_view events);

// The same where no message was received.
[[nodiscard]] SessionEnd explain_end(std::string_view events);

}  // namespace broker::fix
