// Texts as they are shown: one line whatever is in them, and UTF-8.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"

namespace broker::journal_tool {

// Control characters and what is not UTF-8 become \xNN, so that a venue's text can neither break
// a line nor reach the terminal's controls.
[[nodiscard]] std::string printable(std::string_view text);
// The same, in quotes if it is empty or has spaces or quotes in it.
[[nodiscard]] std::string one_word(std::string_view text);
// UTF-8 whatever the bytes are: taken for Latin-1 if they are not UTF-8, so that no byte is lost.
[[nodiscard]] std::string utf8(std::string_view text);

// ISO 8601 with all nine digits of the second's fraction: 2026-11-27T10:00:00.000000001Z.
[[nodiscard]] std::string iso_text(core::UtcTime time);
// Reads 2026-11-27, 2026-11-27T10:00, 2026-11-27T10:00:00 and that with 1 to 9 digits behind a
// point; a Z may stand at the end: all times are UTC. Null for anything else, and for years
// outside 1970 to 2261.
[[nodiscard]] std::optional<core::UtcTime> time_of(std::string_view text);

}  // namespace broker::journal_tool
