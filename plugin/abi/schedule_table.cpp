// broker.schedule/1.
#include "broker/abi/ext/schedule.h"

#include <string>

#include "abi/abi_records.hpp"
#include "abi/adapter_object.hpp"
#include "abi/data_dir.hpp"
#include "abi/exception_barrier.hpp"
#include "config/settings_yaml.hpp"
#include "schedule/schedule_text.hpp"
#include "schedule/session_schedule.hpp"

namespace broker::abi {
namespace {

using core::Reason;
using schedule::ScheduleEvent;

broker_schedule_change_t change_of(ScheduleEvent event) {
    switch (event) {
        case ScheduleEvent::Open:
            return BROKER_SCHEDULE_CHANGE_OPEN;
        case ScheduleEvent::Close:
            return BROKER_SCHEDULE_CHANGE_CLOSE;
        case ScheduleEvent::SequenceReset:
            return BROKER_SCHEDULE_CHANGE_SEQUENCE_RESET;
    }
    return BROKER_SCHEDULE_CHANGE_UNSPECIFIED;
}

class Teller {
public:
    Teller(broker_schedule_visit_t visit, void* user_data) : visit_{visit}, user_data_{user_data} {}

    void tell(const config::AccountSettings& account, schedule::UtcSeconds from,
              std::size_t count) const {
        broker_schedule_event_t event{};
        event.struct_size = sizeof(event);
        event.account = str(account.id);
        if (!account.schedule) return visit_(user_data_, &event);
        const schedule::SessionSchedule schedule{account.schedule->rules};
        for (const schedule::ScheduledEvent& next : schedule.next(from, count)) {
            const std::string local = schedule::local_text(next.at, schedule.rules().zone);
            event.change = change_of(next.event);
            event.time = std::chrono::nanoseconds{next.at.time_since_epoch()}.count();
            event.local_time = str(local);
            visit_(user_data_, &event);
        }
    }

private:
    broker_schedule_visit_t visit_;
    void* user_data_;
};

broker_status_t BROKER_CALL read(broker_str_t config_path, broker_timestamp_t from,
                                 std::uint32_t count, broker_schedule_visit_t visit,
                                 void* user_data, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        const auto invalid = [error](std::string_view text) {
            return write_error(error, BROKER_INVALID_ARGUMENT, Reason::InvalidField, text);
        };
        if (config_path.size == 0) return invalid("config_path: expected a YAML file");
        if (count == 0 || count > BROKER_SCHEDULE_EVENTS_MAX) {
            return invalid("count: expected 1 to " + std::to_string(BROKER_SCHEDULE_EVENTS_MAX));
        }
        if (visit == nullptr) return invalid("visit: expected not null");
        try {
            const config::Settings settings =
                config::load_settings(std::string{view(config_path)}, default_data_dir());
            const auto instant = std::chrono::floor<std::chrono::seconds>(
                core::UtcTime{std::chrono::nanoseconds{from}});
            const Teller teller{visit, user_data};
            for (const config::AccountSettings& account : settings.accounts) {
                teller.tell(account, instant, count);
            }
            return BROKER_OK;
        } catch (const config::ConfigError& e) {
            return write_error(error, BROKER_CONFIGURATION_ERROR, Reason::Configuration, e.what());
        }
    });
}

}  // namespace

const void* schedule_table() {
    static const broker_schedule_t table{&read};
    return &table;
}

}  // namespace broker::abi
