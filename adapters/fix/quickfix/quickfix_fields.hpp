// What QuickFIX gets to see of a peer's message.
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <string_view>

#include "fix/codec/message_view.hpp"
#include "fix/quickfix/quickfix_session.hpp"

namespace broker::fix {

inline constexpr std::uint64_t kMaxQuickfixNumber = std::numeric_limits<int>::max();

[[nodiscard]] bool is_session_message(std::string_view msg_type);

// The fields that the session's rules look at: those of the header, and of a session message's
// body. Of a field that comes twice, the first.
[[nodiscard]] QuickfixFields quickfix_fields(const MessageView& message);

// Why QuickFIX must not see the message; empty if it may. It lets numbers overflow, and does
// without header fields where FIX 4.4 vol. 2 wants the session ended (no MsgSeqNum).
[[nodiscard]] std::string unfit_for_quickfix(const MessageView& message);

}  // namespace broker::fix
