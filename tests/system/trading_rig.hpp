// The built plugin, loaded as a host loads it, against simulators in this process.
#pragma once

#include <condition_variable>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "broker/sdk/adapter_handle.hpp"
#include "broker/sdk/plugin_library.hpp"
#include "simulator/simulator.hpp"
#include "support/recording_events.hpp"
#include "support/temporary_directory.hpp"

namespace broker::test {

// What a test may change of an account's configuration.
struct AccountYaml {
    std::string id{};               // e.g. ACC-1
    std::filesystem::path venue{};  // directory of its simulator
    std::uint16_t port = 0;
    std::vector<std::uint16_t> backup_ports{};  // of further hosts of fix.trading
    std::string profile = "simulator";
    std::string trust = "ca.pem";
    std::string certificate{};  // default: client-<id>.pem
    std::string key{};
    std::string password{};  // default: <id>.password
    std::string server_name = "localhost";
    std::string session_extra{};  // further keys of fix.trading
    // Over REST: orders go by it, or it is beside FIX.
    enum class Rest { None, Beside, Trades };
    Rest rest = Rest::None;
    bool has_push = false;
    std::string rest_credentials{};  // of rest, in place of username and password
    std::string rest_reconnect = "{initial_ms: 20, maximum_ms: 200, healthy_after_ms: 1000}";
    std::string rest_extra{};     // further keys of rest, ", poll_interval_ms: 100"
    std::string account_extra{};  // further lines of the account
    std::uint16_t rest_port = 0;
    std::string limits = "{orders_per_s: 1000, order_ttl_ms: 5000}";
};

class TradingRig {
public:
    // One simulator for each account: a fault of one venue concerns one account. `adjust` may
    // change what each is made of.
    using AdjustVenue = std::function<void(simulator::SimulatorOptions&)>;
    explicit TradingRig(std::vector<std::string> accounts, const AdjustVenue& adjust = {});
    ~TradingRig();

    [[nodiscard]] simulator::Simulator& venue(std::size_t index = 0) { return *venues_[index]; }
    [[nodiscard]] AccountYaml& account(std::size_t index = 0) { return accounts_[index]; }
    [[nodiscard]] std::vector<AccountYaml>& accounts() { return accounts_; }
    [[nodiscard]] RecordingEvents& events() { return events_; }
    [[nodiscard]] const std::filesystem::path& directory() const { return directory_.path(); }
    void set_plugin(std::filesystem::path file) { plugin_ = std::move(file); }
    void set_event_loop(std::string mode) { event_loop_ = std::move(mode); }
    void set_connect_budget(std::string budget) { connect_budget_ = std::move(budget); }
    // Further keys of `adapter:`, each behind a comma.
    void set_adapter_extra(std::string keys) { adapter_extra_ = std::move(keys); }
    // Another account at the first venue, which has it by `adjust`.
    void add_account(const std::string& id);
    // The accounts use a copy of the profile in which `from` is `to`.
    void change_profile(const std::string& from, const std::string& to,
                        const std::string& profile = "simulator");
    // The first account gets a drop copy session.
    void add_drop_copy();

    // Of an account with this id: it without '-'.
    [[nodiscard]] static std::string sender_comp_id(std::string id);
    // What a venue is told of an account with this id.
    [[nodiscard]] static simulator::AccountOptions account_options(const std::string& id);

    // Writes the configuration as it is by now.
    void write_config();
    [[nodiscard]] std::filesystem::path config() const { return directory() / "adapter.yaml"; }
    // Writes the configuration, loads the plugin, creates and starts the adapter.
    void start();
    void create();                        // without start
    void stop();                          // and destroys
    void destroy() { adapter_.reset(); }  // without stop
    [[nodiscard]] sdk::AdapterHandle& adapter() { return *adapter_; }

    // Waits until the account can trade.
    [[nodiscard]] bool wait_ready(const std::string& account);

    struct Order {
        std::string account = "ACC-1";
        std::string id;
        std::string symbol = "EURUSD";
        std::string qty = "1000";
        std::string price{};  // empty: a market order
        broker_side_t side = BROKER_SIDE_BUY;
        broker_position_effect_t position_effect = BROKER_POSITION_EFFECT_UNSPECIFIED;
    };
    sdk::Status submit(const Order& order);
    sdk::Status cancel(const std::string& account, const std::string& id, const std::string& orig);
    sdk::Status replace(const std::string& account, const std::string& id, const std::string& orig,
                        const std::string& qty, const std::string& price);

    // All lines of the adapter's log.
    [[nodiscard]] std::string log() const;
    // Waits for a line with this text: lines come from a thread of their own, behind the events.
    [[nodiscard]] bool wait_for_log(std::string_view text);

    // How often the venue has received a message with this MsgType and ClOrdID.
    [[nodiscard]] std::size_t received(std::size_t venue, std::string_view msg_type,
                                       std::string_view cl_ord_id);

private:
    [[nodiscard]] std::string yaml() const;

    std::filesystem::path plugin_ = DXTRADE_ADAPTER_SO;
    TemporaryDirectory directory_;
    std::vector<std::unique_ptr<simulator::Simulator>> venues_;
    std::vector<AccountYaml> accounts_;
    std::string event_loop_ = "{mode: block, threads: 1}";
    std::string connect_budget_ = "{}";
    std::string adapter_extra_;
    std::string data_dir_;  // key data_dir of the configuration; empty: not given
    RecordingEvents events_;
    mutable std::mutex log_mutex_;  // guards log_: lines come from the log's thread
    std::condition_variable logged_;
    std::string log_;
    std::unique_ptr<sdk::AdapterHandle> adapter_;
};

}  // namespace broker::test
