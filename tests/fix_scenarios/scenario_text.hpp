// The text of a scenario's lines: messages as the peer writes them, and what is expected of ours.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "core/clock.hpp"

namespace broker::test {

using Fields = std::vector<std::pair<std::string, std::string>>;

// "35=0|34=2" without regard to a | at the end. This and the others throw std::runtime_error for
// text that is not as README.md says.
[[nodiscard]] Fields fields_of(const std::string& text);

// A line `I`: the whole message, with 49, 56 and 52 put in where they are not given.
[[nodiscard]] std::string peer_message(const std::string& text, core::UtcTime now);

// The lines that "N fields" of `repeat` stands for: MsgSeqNum goes up by one.
[[nodiscard]] std::vector<std::string> repeated(const std::string& text);

// {now} and {sum} of lines `I*` and `I!`.
[[nodiscard]] std::string with_tokens(std::string text, core::UtcTime now);

// What is otherwise in a message than a line `E` says; null if nothing is. Without `now` any time
// passes for the present.
[[nodiscard]] std::optional<std::string> difference(const std::string& message,
                                                    const std::string& text,
                                                    std::optional<core::UtcTime> now);

}  // namespace broker::test
