// What happens in one run, drawn from its seed alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "simulator/behaviour.hpp"
#include "simulator/faults.hpp"
#include "simulator/message_faults.hpp"
#include "simulator/rest_faults.hpp"

namespace broker::soak {

struct Step {
    enum class Kind {
        Command,        // to the host: `text`
        Quote,          // EURUSD is `text` bid and `more` ask
        MessageFaults,  // `plan`
        SwitchFault,    // `fault` is on or off
        DropConnections,
        VenueRule,  // `rule`
        RestFault,  // `rest_fault`
        DiskFull,   // of the host: on or off
        Clock,      // the host's wall clock is set `clock_offset` off the machine's
        Kill,       // the host dies by SIGKILL, and is started again `pause` later
    };
    std::chrono::milliseconds at{};  // after the start
    Kind kind = Kind::Command;
    std::string text{};
    std::string more{};
    simulator::MessageFaultPlan plan{};
    simulator::Fault fault = simulator::Fault::Silent;
    bool is_on = false;
    simulator::Rule rule{};
    simulator::RestFaultRule rest_fault{};
    std::chrono::milliseconds pause{};
    std::chrono::milliseconds clock_offset{};
};

struct ScheduleOptions {
    std::uint64_t seed = 1;
    bool kills = false;  // the host is killed, once or twice
    bool rest = false;   // the second account is over REST and push, and meets their faults
};

// The last account is at a venue of its own, which no fault meets.
inline constexpr int kAccounts = 3;
inline constexpr int kFaultyAccounts = 2;
[[nodiscard]] std::string account_id(int index);  // ACC-1, ACC-2, ACC-3

// In order of time; faults are left on at the end: the run heals them.
[[nodiscard]] std::vector<Step> draw_schedule(const ScheduleOptions& options);

// Something happens in it to the whole host: it is killed, its adapter is restarted, its disk is
// full, or its clock so wrong that no venue takes its messages.
[[nodiscard]] bool is_felt_by_all(const std::vector<Step>& steps);

// The same every time and without faults: orders that work, trade, are replaced, canceled, rejected
// and filled in parts. At its end the host dies, if it has not before.
[[nodiscard]] std::vector<Step> sweep_schedule();

}  // namespace broker::soak
