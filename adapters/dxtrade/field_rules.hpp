// What fields that a profile names, and parties, may hold.
#pragma once

#include <string_view>

#include "core/result.hpp"
#include "dxtrade/profile.hpp"

namespace broker::dxtrade {

// Is `value` a text of this type, as FIX 4.4 writes it? An empty one is of none.
[[nodiscard]] bool fits(FieldType type, std::string_view value);

// For error texts, e.g. "Y or N".
[[nodiscard]] std::string_view description(FieldType type);

// Is `value` of the field's type and among its allowed values?
[[nodiscard]] bool allows(const NamedField& field, std::string_view value);

[[nodiscard]] bool contains(const MsgTypes& messages, std::string_view msg_type);

// What a host gives by name with a request of this MsgType: every name is the profile's, goes with
// such a message, and has a value that is allowed. Allocates only to refuse.
[[nodiscard]] core::Result<void> check_fields(std::string_view fields, std::string_view msg_type,
                                              const Profile& profile);

// What the profile demands in such a request is there, given by the host or constant.
[[nodiscard]] core::Result<void> check_required_fields(std::string_view fields,
                                                       std::string_view msg_type,
                                                       const Profile& profile);

}  // namespace broker::dxtrade
