// What a simulator is made of.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/result.hpp"
#include "simulator/behaviour.hpp"
#include "simulator/faults.hpp"
#include "simulator/market.hpp"

namespace broker::simulator {

// What listens on a port of its own.
enum class Listener { FixTrading };

struct AccountOptions {
    std::string id = "ACC-1";               // also the name of its files: letters, digits, '-', '_'
    std::string account = "default:ACC-1";  // Account (1)
    std::string sender_comp_id = "ACC1";    // also the common name of its client certificate
    std::string username = "acc1";
    std::string password{};  // empty: that of the last start, or else a random one
    core::Decimal cash = *core::Decimal::from(100'000, 0);
};

struct QuoteOptions {
    std::string symbol;
    core::Decimal bid;
    core::Decimal ask;
};

struct SimulatorOptions {
    std::filesystem::path directory{};  // made if need be, mode 0700
    std::vector<AccountOptions> accounts = {AccountOptions{}};
    std::string target_comp_id = "DXTRADE";
    std::uint16_t fix_trading_port = 0;  // 0: the system chooses
    std::uint64_t seed = 1;
    core::Duration quote_interval{};          // 0: quotes move only when asked to
    std::vector<QuoteOptions> quotes{};       // where quotes start, if not at their usual place
    bool is_manual = false;                   // answers no request: see Simulator::set_manual
    bool sends_pending = false;               // PendingCancel and PendingReplace before the answer
    std::filesystem::path data_dictionary{};  // empty: the project's own, if it is there
    std::vector<Rule> rules{};
    FaultSet fix_trading_faults{};
};

// Reads the configuration of the executable into `options`, which gives what the file leaves out.
// Errors (Configuration): "sim.yaml:12: rules[0].action: unknown action \"rejct\"".
[[nodiscard]] core::Result<SimulatorOptions> simulator_options_from_yaml(
    const std::filesystem::path& file, SimulatorOptions options);

}  // namespace broker::simulator
