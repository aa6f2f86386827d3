// What happens in one run, drawn from its seed alone.
#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "simulator/behaviour.hpp"
#include "simulator/faults.hpp"
#include "simulator/message_faults.hpp"

namespace broker::soak {

struct Step {
    enum class Kind {
        Command,        // to the host: `text`
        Quote,          // EURUSD is `text` bid and `more` ask
        MessageFaults,  // `plan`
        SwitchFault,    // `fault` is on or off
        DropConnections,
        VenueRule,  // `rule`
        DiskFull,   // of the host: on or off
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
    std::chrono::milliseconds pause{};
};

struct ScheduleOptions {
    std::uint64_t seed = 1;
    bool kills = false;  // the host is killed, once or twice
};

inline constexpr int kAccounts = 2;
[[nodiscard]] std::string account_id(int index);  // ACC-1, ACC-2

// In order of time; faults are left on at the end: the run heals them.
[[nodiscard]] std::vector<Step> draw_schedule(const ScheduleOptions& options);

}  // namespace broker::soak
