#include "schedule/time_zone.hpp"

#include <date/tz.h>

#include <algorithm>
#include <cctype>
#include <stdexcept>
#include <string_view>
#include <utility>
#include <vector>

namespace broker::schedule {
namespace {

// How many letters two names differ by, capitals or not.
std::size_t distance(std::string_view a, std::string_view b) {
    const auto lower = [](char c) { return std::tolower(static_cast<unsigned char>(c)); };
    std::vector<std::size_t> row(b.size() + 1);
    for (std::size_t j = 0; j <= b.size(); ++j) row[j] = j;
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = std::exchange(row[0], i + 1);
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t changed = diagonal + (lower(a[i]) == lower(b[j]) ? 0 : 1);
            diagonal = row[j + 1];
            row[j + 1] = std::min({changed, row[j] + 1, diagonal + 1});
        }
    }
    return row.back();
}

// The known name most like `name`; "New_York" is like America/New_York.
std::string nearest_zone(std::string_view name) {
    std::string nearest = "America/New_York";
    std::size_t best = name.size() / 2 + 1;
    for (const date::time_zone& zone : date::get_tzdb().zones) {
        const std::string_view known = zone.name();
        const std::string_view city = known.substr(known.rfind('/') + 1);
        const std::size_t found = std::min(distance(name, known), distance(name, city));
        if (found < best) {
            best = found;
            nearest = known;
        }
    }
    return nearest;
}

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
                              "\": expected a name of the IANA database, e.g. " +
                              nearest_zone(name));
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
