// What a simulator is made of.
#pragma once

#include <array>
#include <cstdint>
#include <filesystem>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/result.hpp"
#include "simulator/behaviour.hpp"
#include "simulator/drop_copy_options.hpp"
#include "simulator/faults.hpp"
#include "simulator/market.hpp"
#include "simulator/market_data_options.hpp"
#include "simulator/message_faults.hpp"
#include "simulator/rest_faults.hpp"
#include "simulator/rest_options.hpp"
#include "simulator/trading_options.hpp"

namespace broker::simulator {

// What listens on a port of its own.
enum class Listener { FixTrading, FixMarketData, FixDropCopy, Rest };
inline constexpr std::size_t kListenerCount = 4;
inline constexpr std::size_t kFixListenerCount = 3;  // the first ones

struct AccountOptions {
    std::string id = "ACC-1";               // also the name of its files: letters, digits, '-', '_'
    std::string account = "default:ACC-1";  // Account (1)
    std::string sender_comp_id = "ACC1";    // also the common name of its client certificate
    std::string market_data_sender_comp_id{};      // empty: sender_comp_id with "-MD"
    std::string drop_copy_sender_comp_id{};        // empty: sender_comp_id with "-DC"
    std::vector<std::string> drop_copy_sources{};  // trading sessions; empty: its own
    std::string username = "acc1";
    std::string password{};       // empty: that of the last start, or else a random one
    std::string login_token{};    // of REST's loginByToken; empty: there is none
    std::string public_token{};   // of REST's HMAC mode, likewise
    std::string private_token{};  // likewise
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
    std::uint16_t fix_trading_port = 0;  // 0: the system chooses; so below
    std::uint16_t fix_market_data_port = 0;
    std::uint16_t fix_drop_copy_port = 0;
    std::uint16_t rest_port = 0;
    std::uint64_t seed = 1;
    core::Duration quote_interval{};     // 0: quotes move only when asked to
    std::vector<QuoteOptions> quotes{};  // where quotes start, if not at their usual place
    bool is_manual = false;              // answers no request: see Simulator::set_manual
    bool sends_pending = false;          // PendingCancel and PendingReplace before the answer
    TradingOptions trading{};
    std::filesystem::path data_dictionary{};  // empty: the project's own, if it is there
    std::vector<Rule> rules{};
    FaultSet fix_trading_faults{};
    FaultSet fix_market_data_faults{};
    FaultSet fix_drop_copy_faults{};
    FaultSet rest_faults{};
    std::array<MessageFaultPlan, kFixListenerCount> message_faults{};  // by Listener
    MarketDataOptions market_data{};
    DropCopyOptions drop_copy{};
    RestOptions rest{};
    PushOptions push{};
    std::vector<RestFaultRule> rest_rules{};
    bool writes_all_sessions = true;  // adapter.yaml has fix.market_data and fix.drop_copy too
};

// The CompIDs of an account's session and of the simulator in it.
[[nodiscard]] std::string sender_comp_id_of(const AccountOptions& account, Listener listener);
[[nodiscard]] std::string target_comp_id_of(const SimulatorOptions& options, Listener listener);

// Reads the configuration of the executable into `options`, which gives what the file leaves out.
// Errors (Configuration): "sim.yaml:12: rules[0].action: unknown action \"rejct\"".
[[nodiscard]] core::Result<SimulatorOptions> simulator_options_from_yaml(
    const std::filesystem::path& file, SimulatorOptions options);

}  // namespace broker::simulator
