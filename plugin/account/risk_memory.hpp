// What of an account's risk outlives the process: the guard's figures and the kill switch.
#pragma once

#include <filesystem>

#include "core/loss_guard.hpp"
#include "core/result.hpp"

namespace broker::account {

struct RiskMemory {
    core::LossGuardState guard;
    bool is_killed = false;

    friend bool operator==(const RiskMemory&, const RiskMemory&) = default;
};

// A small text file, replaced as a whole: it survives the end of the process at any moment.
// A file that is not there is an account without a past; one that cannot be read is an error, since
// a tripped guard must not be forgotten over it.
[[nodiscard]] core::Result<RiskMemory> load_risk_memory(const std::filesystem::path& file);
[[nodiscard]] core::Result<void> save_risk_memory(const std::filesystem::path& file,
                                                  const RiskMemory& memory);

}  // namespace broker::account
