// IANA time zones: local time to instants and back.
#pragma once

#include <chrono>
#include <string>

#include "core/clock.hpp"
#include "core/result.hpp"

namespace broker::schedule {

// Wall-clock time of a zone, in whole seconds since 1970 by that clock.
using LocalSeconds = std::chrono::local_seconds;
using LocalDays = std::chrono::local_days;
using UtcSeconds = std::chrono::sys_seconds;

// What a local time means that the clocks show twice, when they are put back.
enum class Ambiguous { First, Second };

// A zone of the system's database (package tzdata). Copies are cheap. [any-thread]
class TimeZone {
public:
    // Errors (Configuration): no such zone, with the name.
    [[nodiscard]] static core::Result<TimeZone> find(const std::string& name);
    [[nodiscard]] static TimeZone utc();

    // A local time that the clocks skip, when they are put forward, is the instant of the change.
    [[nodiscard]] UtcSeconds to_utc(LocalSeconds local, Ambiguous ambiguous) const;
    [[nodiscard]] LocalSeconds to_local(UtcSeconds instant) const;

    [[nodiscard]] std::string name() const;

private:
    explicit TimeZone(const void* zone) : zone_{zone} {}
    const void* zone_;  // of the library's database, which is never unloaded
};

}  // namespace broker::schedule
