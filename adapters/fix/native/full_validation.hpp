// Every message against the dictionary: the cases 2.q, 2.r and 14.a to 14.j.
#pragma once

#include <optional>

#include "fix/codec/message_view.hpp"
#include "fix/native/dictionary.hpp"
#include "fix/native/validation.hpp"

namespace broker::fix::native {

// The first fault in the order of the fields; required ones that are missing come last. Empty:
// there is none. Tags from 5000 on are the users' own and pass.
[[nodiscard]] std::optional<Fault> find_dictionary_fault(const Dictionary& dictionary,
                                                         const MessageView& message);

// A MsgType of FIX 4.4, whether a dictionary has it or not.
[[nodiscard]] bool is_standard_msg_type(std::string_view type);

}  // namespace broker::fix::native
