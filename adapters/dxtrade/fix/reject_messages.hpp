// Reject (3) and BusinessMessageReject (j): the venue refused a message as such. Pure functions.
#pragma once

#include <string>

#include "core/execution_report.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// `text` receives one line for people: the reason by name, the tag it is about, the peer's words.
// The record borrows it.
[[nodiscard]] core::MessageReject session_reject_from_fix(const broker::fix::MessageView& message,
                                                          core::MonotonicTime received,
                                                          std::string& text);
[[nodiscard]] core::MessageReject business_message_reject_from_fix(
    const broker::fix::MessageView& message, core::MonotonicTime received, std::string& text);

}  // namespace broker::dxtrade::fix
