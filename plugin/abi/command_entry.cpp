#include "abi/command_entry.hpp"

#include "schedule/schedule_text.hpp"

namespace broker::abi {

core::Result<void> check_takes(const runtime::Adapter& adapter, const runtime::Account& account,
                               CommandKind kind) {
    const account::AccountStatus& status = account.status();
    const account::AccountState state = status.state.load(std::memory_order_acquire);
    if (state == account::AccountState::Ready) return {};
    if (kind == CommandKind::Cancel && account::takes_cancels_by_rest(status)) return {};
    if (kind == CommandKind::Question && account::takes_queries_by_rest(status)) return {};
    const config::AccountSettings& settings = account.settings;
    const bool is_outside_schedule = state == account::AccountState::Suspended &&
                                     status.reason.load() == core::Reason::ScheduleClosed;
    if (is_outside_schedule && settings.schedule) {
        const auto now = std::chrono::floor<std::chrono::seconds>(adapter.clock().utc());
        return core::fail(core::Reason::OutsideSchedule,
                          "account " + settings.id + " is outside its schedule: " +
                              schedule::next_opening_text(
                                  schedule::SessionSchedule{settings.schedule->rules}, now));
    }
    return core::fail(core::Reason::AccountNotReady,
                      "account " + settings.id + " is " + std::string{account::state_name(state)} +
                          " (" + std::string{core::reason_name(status.reason.load())} + ")");
}

}  // namespace broker::abi
