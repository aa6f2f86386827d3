// Messages of the venue that change nothing here and are kept as a line of text: AllocationReport
// (AS), which drop copies may bring, and News (B).
#pragma once

#include <string>
#include <string_view>

#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

[[nodiscard]] bool is_notice(const broker::fix::MessageView& message);
// The body's fields as `text`, with | between them; the view is of `text`.
[[nodiscard]] std::string_view notice_text(const broker::fix::MessageView& message,
                                           std::string& text);

}  // namespace broker::dxtrade::fix
