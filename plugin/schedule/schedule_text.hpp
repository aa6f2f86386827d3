// Schedules as a configuration writes them.
#pragma once

#include <chrono>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "schedule/session_schedule.hpp"

namespace broker::schedule {

// "Sun 17:05 - Fri 16:55": from one time of the week to another. "08:00 - 17:00": each day.
// "Mon-Fri 08:00 - 17:00" or "Mon,Wed 08:00 - 17:00": each of these days. A close at the same time
// as the open, or before it, is on the next day, or, with a day of its own, a week later. Seconds
// may follow (17:05:30). Errors (Configuration): what was expected.
[[nodiscard]] core::Result<std::vector<Window>> windows_from_text(std::string_view text);

// "17:05" or "17:05:30"; 24:00 is the end of a day.
[[nodiscard]] core::Result<std::chrono::seconds> time_of_day_from_text(std::string_view text);

// "2026-12-25".
[[nodiscard]] core::Result<LocalDays> date_from_text(std::string_view text);

// "2026-12-24 13:00".
[[nodiscard]] core::Result<LocalSeconds> local_time_from_text(std::string_view text);

// "2026-01-04T22:05:00Z"; "Sun 17:05:00 America/New_York".
[[nodiscard]] std::string utc_text(UtcSeconds at);
[[nodiscard]] std::string local_text(UtcSeconds at, const TimeZone& zone);

// "opens at 2026-01-04T22:05:00Z (Sun 17:05:00 America/New_York)", the first opening after `now`.
[[nodiscard]] std::string next_opening_text(const SessionSchedule& schedule, UtcSeconds now);

}  // namespace broker::schedule
