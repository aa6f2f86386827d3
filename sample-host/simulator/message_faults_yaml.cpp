#include "simulator/message_faults_yaml.hpp"

#include <limits>
#include <numeric>

namespace broker::simulator {
namespace {

constexpr int kPerMille = 1000;

MessageFaultStep step_from(const Entry& entry) {
    entry.allow({"fault", "message"});
    MessageFaultStep step;
    bool has_fault = false;
    entry.at("fault", [&](const Entry& fault) {
        const auto known = message_fault_from_name(fault.text());
        if (!known) fault.fail("unknown fault \"" + fault.text() + "\"");
        step.fault = *known;
        has_fault = true;
    });
    if (!has_fault) entry.fail("fault is missing");
    entry.at("message", [&](const Entry& message) {
        step.message = message.integer(std::uint64_t{1}, std::numeric_limits<std::uint64_t>::max());
    });
    return step;
}

DirectionFaults direction_from(const Entry& entry) {
    entry.allow({"per_mille", "steps", "delay_ms", "half_open_ms"});
    DirectionFaults faults;
    entry.at("per_mille", [&](const Entry& chances) {
        chances.each_key([&](const std::string& name, const Entry& chance) {
            const auto fault = message_fault_from_name(name);
            if (!fault) chance.fail("unknown fault \"" + name + "\"");
            faults.chance(*fault) = chance.integer(0, kPerMille);
        });
        if (std::accumulate(faults.per_mille.begin(), faults.per_mille.end(), 0) > kPerMille)
            chances.fail("the sum is more than 1000");
    });
    entry.at("steps", [&](const Entry& steps) {
        steps.each([&](const Entry& step) { faults.steps.push_back(step_from(step)); });
    });
    entry.at("delay_ms", [&](const Entry& delay) { faults.delay = delay.milliseconds(); });
    entry.at("half_open_ms", [&](const Entry& time) { faults.half_open = time.milliseconds(); });
    return faults;
}

}  // namespace

MessageFaultPlan message_fault_plan_from(const Entry& entry) {
    entry.allow({"seed", "to_client", "to_server"});
    MessageFaultPlan plan;
    entry.at("seed", [&](const Entry& seed) {
        plan.seed = seed.integer(std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max());
    });
    entry.at("to_client", [&](const Entry& faults) { plan.to_client = direction_from(faults); });
    entry.at("to_server", [&](const Entry& faults) { plan.to_server = direction_from(faults); });
    return plan;
}

}  // namespace broker::simulator
