// The messages of FIX 4.4 by name.
#pragma once

#include <optional>
#include <string_view>

namespace broker::dxtrade {

// The MsgType (35) that `text` stands for: a name ("NewOrderSingle"), a MsgType ("D"), or a
// user-defined one, which begins with U ("U1"). Null if it is none of them.
[[nodiscard]] std::optional<std::string_view> msg_type_of(std::string_view text);

// The name of a MsgType; the MsgType itself where FIX 4.4 has no name for it.
[[nodiscard]] std::string_view message_name(std::string_view msg_type);

}  // namespace broker::dxtrade
