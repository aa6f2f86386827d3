// Instants as FIX writes them.
#pragma once

#include <string>

#include "core/clock.hpp"

namespace broker::simulator {

// UTCTimestamp, UTCDateOnly and UTCTimeOnly, with milliseconds where there is a time of day.
[[nodiscard]] std::string utc_timestamp(core::UtcTime time);
[[nodiscard]] std::string utc_date_only(core::UtcTime time);
[[nodiscard]] std::string utc_time_only(core::UtcTime time);

}  // namespace broker::simulator
