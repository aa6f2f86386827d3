// The tags that the adapter itself writes, which a profile cannot use for fields of its own.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "dxtrade/profile.hpp"

namespace broker::config {

// Of the standard header or trailer: the session's.
[[nodiscard]] bool is_header_tag(std::int32_t tag);

// Who writes `tag` into messages of this MsgType: "the adapter", or a key of the profile as far as
// it has been read. Empty: nobody, and so for messages that are not sent.
[[nodiscard]] std::string writer_of(std::int32_t tag, std::string_view msg_type,
                                    const dxtrade::Profile& profile);

// The MsgTypes of what the adapter sends: orders and their changes, and of questions.
[[nodiscard]] dxtrade::MsgTypes sent_messages(const dxtrade::Profile& profile);

// Without `tag` the request would be another one, or none: what it asks for, of what instrument, or
// on which terms.
[[nodiscard]] bool is_essential(std::int32_t tag, std::string_view msg_type);

}  // namespace broker::config
