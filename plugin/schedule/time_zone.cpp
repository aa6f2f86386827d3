#include "schedule/time_zone.hpp"

#include <date/tz.h>

#include <stdexcept>

namespace broker::schedule {
namespace {

const date::time_zone* zone_of(const void* zone) {
    return static_cast<const date::time_zone*>(zone);
}

}  // namespace

core::Result<TimeZone> TimeZone::find(const std::string& name) {
    try {
        return TimeZone{date::locate_zone(name)};
    } catch (const std::runtime_error&) {
        return core::fail(core::Reason::Configuration,
                          "no time zone \"" + name +
                              "\": expected a name of the IANA database, e.g. America/New_York");
    }
}

TimeZone TimeZone::utc() { return TimeZone{date::locate_zone("Etc/UTC")}; }

UtcSeconds TimeZone::to_utc(LocalSeconds local, Ambiguous ambiguous) const {
    const date::local_seconds time{local.time_since_epoch()};
    const date::local_info info = zone_of(zone_)->get_info(time);
    if (info.result == date::local_info::nonexistent) {
        return UtcSeconds{info.first.end.time_since_epoch()};
    }
    const bool is_second =
        info.result == date::local_info::ambiguous && ambiguous == Ambiguous::Second;
    const auto offset = is_second ? info.second.offset : info.first.offset;
    return UtcSeconds{local.time_since_epoch() - offset};
}

LocalSeconds TimeZone::to_local(UtcSeconds instant) const {
    const date::sys_info info =
        zone_of(zone_)->get_info(date::sys_seconds{instant.time_since_epoch()});
    return LocalSeconds{instant.time_since_epoch() + info.offset};
}

std::string TimeZone::name() const { return zone_of(zone_)->name(); }

}  // namespace broker::schedule
