// Values of FIX fields beyond plain numbers: times, and the fields of repeating groups.
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "simulator/fix_message.hpp"

namespace broker::simulator {

// UTCTimestamp with milliseconds.
[[nodiscard]] std::string timestamp_text(core::UtcTime time);
[[nodiscard]] std::string date_text(core::UtcTime time);  // YYYYMMDD

// The start of a UTC day: YYYYMMDD. Null for anything else.
[[nodiscard]] std::optional<core::UtcTime> date_from(std::string_view text);
// UTCTimestamp; fractions of a second are passed over.
[[nodiscard]] std::optional<core::UtcTime> timestamp_from(std::string_view text);

// Each value of a tag that is there several times.
[[nodiscard]] std::vector<std::string> values_of(const FixMessage& fix, int tag);

}  // namespace broker::simulator
