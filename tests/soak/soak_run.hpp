// One run: a venue, a host, a schedule, and what does not hold afterwards.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "schedule.hpp"
#include "step_tracer.hpp"

namespace broker::soak {

struct SoakOptions {
    std::string host;        // the executable
    std::string plugin;      // the shared library
    std::string config_dir;  // profiles and dictionaries
    bool kills = false;
    bool rest = false;           // the second account goes by REST and push
    std::filesystem::path keep;  // where evidence of a failing run is left; empty: nowhere
};

// What happened in a run, so that a run in which nothing happens is seen for what it is.
struct Counts {
    std::uint64_t orders = 0;   // at the venue
    std::uint64_t fills = 0;    // told to the host
    std::uint64_t logons = 0;   // at the venue
    std::uint64_t garbled = 0;  // messages that arrived so at the venue
    std::uint64_t resent = 0;   // messages with PossDupFlag at the venue
    std::uint64_t lives = 0;    // of the adapter
    std::uint64_t steps = 0;    // of a host that was traced, until its end

    Counts& operator+=(const Counts& other);
};

struct Outcome {
    std::vector<std::string> violations{};  // what does not hold; empty: all is well
    Counts counts{};
};

// Plays the schedule of this seed. Takes seconds, and at most
// about a minute whatever the host does. Throws std::exception if there can be no run.
[[nodiscard]] Outcome run_seed(const SoakOptions& options, std::uint64_t seed);

// Plays sweep_schedule() with a host that dies at this point of it.
[[nodiscard]] Outcome run_to_kill_point(const SoakOptions& options, KillPoint point);
// The steps that the host takes in that schedule. They differ a little from run to run.
[[nodiscard]] std::uint64_t count_steps(const SoakOptions& options);

}  // namespace broker::soak
