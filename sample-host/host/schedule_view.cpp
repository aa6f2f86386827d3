#include "host/schedule_view.hpp"

#include <unistd.h>

#include <chrono>
#include <ctime>
#include <iomanip>
#include <iostream>
#include <sstream>

#include "broker/sdk/schedule.hpp"
#include "host/table.hpp"

namespace broker::sample_host {
namespace {

constexpr const char* kTimeFormat = "%Y-%m-%dT%H:%M:%SZ";
constexpr std::int64_t kNanoseconds = 1'000'000'000;

broker_timestamp_t instant(const std::string& text) {
    if (text.empty()) {
        return std::chrono::nanoseconds{std::chrono::system_clock::now().time_since_epoch()}
            .count();
    }
    std::tm time{};
    std::istringstream in{text};
    in >> std::get_time(&time, kTimeFormat);
    if (in.fail() || in.peek() != std::istringstream::traits_type::eof()) {
        throw UsageError{"--from \"" + text + "\": expected a time as 2026-03-08T00:00:00Z"};
    }
    return std::int64_t{timegm(&time)} * kNanoseconds;
}

std::string utc_text(broker_timestamp_t at) {
    const std::time_t seconds = at / kNanoseconds;
    std::tm time{};
    gmtime_r(&seconds, &time);
    std::ostringstream out;
    out << std::put_time(&time, kTimeFormat);
    return out.str();
}

std::string_view name_of(broker_schedule_change_t change) {
    switch (change) {
        case BROKER_SCHEDULE_CHANGE_UNSPECIFIED:
            return "always open";
        case BROKER_SCHEDULE_CHANGE_OPEN:
            return "opens";
        case BROKER_SCHEDULE_CHANGE_CLOSE:
            return "closes";
        case BROKER_SCHEDULE_CHANGE_SEQUENCE_RESET:
            return "sequence reset";
        default:
            return "unknown";
    }
}

}  // namespace

ExitCode print_schedule(const CommandLine& line) {
    Table table{{{"account"}, {"time"}, {"local time"}, {"event"}}};
    const auto library = sdk::PluginLibrary::load(line.plugin);
    const sdk::Status status = sdk::read_schedule(
        *library, line.config.string(), instant(line.from), line.next,
        [&table](const broker_schedule_event_t& event) {
            const bool is_always = event.change == BROKER_SCHEDULE_CHANGE_UNSPECIFIED;
            table.add_row({{std::string{sdk::view(event.account)}},
                           {is_always ? "-" : utc_text(event.time)},
                           {is_always ? "-" : std::string{sdk::view(event.local_time)}},
                           {std::string{name_of(event.change)}}});
        });
    if (!status.is_ok()) throw sdk::PluginError{status.describe()};
    table.print(std::cout, Palette::of_stream(STDOUT_FILENO));
    return ExitCode::Passed;
}

}  // namespace broker::sample_host
