#include "system/trading_rig.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>

#include "broker/sdk/text.hpp"

namespace broker::test {

namespace {

constexpr std::string_view kReconnect = "{initial_ms: 20, maximum_ms: 200, healthy_after_ms: 1000}";

// `folder` has the credentials.
std::string rest_yaml(const AccountYaml& account, const std::string& folder) {
    if (account.rest == AccountYaml::Rest::None) return {};
    const std::string base = "127.0.0.1:" + std::to_string(account.rest_port) + "/dxsca-web";
    std::ostringstream text;
    if (account.rest == AccountYaml::Rest::Trades) text << "    order_entry: rest\n";
    const std::string credentials =
        account.rest_credentials.empty()
            ? "username: user-" + account.id + ", password: \"" + folder + account.password + "\""
            : account.rest_credentials;
    text << "    rest: {base_url: \"https://" << base << "\", " << credentials
         << ", reconnect: " << account.rest_reconnect << account.rest_extra << "}\n";
    if (account.has_push) {
        text << "    push: {url: \"wss://" << base << "\", reconnect: " << kReconnect << "}\n";
    }
    return text.str();
}

}  // namespace

TradingRig::TradingRig(std::vector<std::string> accounts, const AdjustVenue& adjust) {
    for (const std::string& id : accounts) {
        simulator::SimulatorOptions options;
        options.directory = directory_.path() / ("venue-" + id);
        options.accounts = {account_options(id)};
        if (adjust) adjust(options);
        venues_.push_back(std::make_unique<simulator::Simulator>(options));
        venues_.back()->start();
        accounts_.push_back({.id = id,
                             .venue = options.directory,
                             .port = venues_.back()->port(simulator::Listener::FixTrading),
                             .certificate = "client-" + id + ".pem",
                             .key = "client-" + id + ".key",
                             .password = id + ".password",
                             .rest_port = venues_.back()->port(simulator::Listener::Rest)});
    }
}

TradingRig::~TradingRig() { stop(); }

std::string TradingRig::sender_comp_id(std::string id) {
    std::erase(id, '-');
    return id;
}

simulator::AccountOptions TradingRig::account_options(const std::string& id) {
    return {.id = id,
            .account = "default:" + id,
            .sender_comp_id = sender_comp_id(id),
            .username = "user-" + id,
            .password = "secret-" + id};
}

void TradingRig::add_account(const std::string& id) {
    accounts_.push_back({.id = id,
                         .venue = accounts_.front().venue,
                         .port = accounts_.front().port,
                         .certificate = "client-" + id + ".pem",
                         .key = "client-" + id + ".key",
                         .password = id + ".password",
                         .rest_port = accounts_.front().rest_port});
}

std::string TradingRig::yaml() const {
    std::ostringstream text;
    text << "adapter: {journal_dir: journal, event_loop: " << event_loop_
         << ", connect_budget: " << connect_budget_ << data_dir_ << adapter_extra_
         << "}\naccounts:\n";
    for (const AccountYaml& account : accounts_) {
        const std::string folder = "file:" + account.venue.string() + "/";
        text << "  - id: " << account.id << "\n    profile: " << account.profile
             << "\n    account: \"default:" << account.id << "\"\n    tls: {trust: " << folder
             << account.trust << ", certificate: " << folder << account.certificate
             << ", key: " << folder << account.key << ", server_name: " << account.server_name
             << "}\n";
        if (account.rest != AccountYaml::Rest::Trades) {
            text << "    fix:\n      trading:\n        hosts: [\"127.0.0.1:" << account.port
                 << "\"";
            for (const std::uint16_t port : account.backup_ports) {
                text << ", \"127.0.0.1:" << port << "\"";
            }
            text << "]\n        sender_comp_id: " << sender_comp_id(account.id)
                 << "\n        target_comp_id: DXTRADE\n        username: user-" << account.id
                 << "\n        password: " << folder << account.password
                 << "\n        reconnect: " << kReconnect << "\n"
                 << account.session_extra;
        }
        text << rest_yaml(account, folder) << account.account_extra
             << "    limits: " << account.limits << "\n";
    }
    return text.str();
}

void TradingRig::change_profile(const std::string& from, const std::string& to,
                                const std::string& profile) {
    namespace fs = std::filesystem;
    const fs::path changed = directory_.path() / "config";
    if (data_dir_.empty()) fs::copy(DXTRADE_CONFIG_DIR, changed, fs::copy_options::recursive);
    data_dir_ = ", data_dir: " + changed.string();
    const fs::path file = changed / "profiles" / (profile + ".yaml");
    std::stringstream read;
    read << std::ifstream{file}.rdbuf();
    std::string text = read.str();
    const std::size_t at = text.find(from);
    if (at == std::string::npos) throw std::runtime_error{"the profile does not have " + from};
    std::ofstream{file} << text.replace(at, from.size(), to);
}

void TradingRig::add_drop_copy() {
    const std::string port = std::to_string(venue().port(simulator::Listener::FixDropCopy));
    account().session_extra +=
        "      drop_copy:\n        hosts: [\"127.0.0.1:" + port +
        "\"]\n        sender_comp_id: ACC1-DC\n        target_comp_id: DXTRADE-DC\n"
        "        username: user-ACC-1\n        password: file:" +
        (account().venue / account().password).string() +
        "\n        logout_timeout_ms: 1000\n"
        "        reconnect: {initial_ms: 20, maximum_ms: 200, healthy_after_ms: 1000}\n";
}

void TradingRig::write_config() { std::ofstream{config()} << yaml(); }

void TradingRig::create() {
    write_config();
    sdk::AdapterOptions options;
    options.config = config();
    options.log = [this](broker_log_level_t, std::string_view line) {
        {
            const std::lock_guard lock{log_mutex_};
            log_.append(line).append("\n");
        }
        logged_.notify_all();
    };
    adapter_ =
        std::make_unique<sdk::AdapterHandle>(sdk::PluginLibrary::load(plugin_), events_, options);
}

void TradingRig::start() {
    create();
    const sdk::Status status = adapter_->start();
    if (!status.is_ok()) throw std::runtime_error{"start: " + status.describe()};
}

void TradingRig::stop() {
    if (!adapter_) return;
    (void)adapter_->stop();  // not ok if it was never started: destroying it is all that is left
    adapter_.reset();
}

bool TradingRig::wait_ready(const std::string& account) {
    return events_.wait_for(state_is(account, BROKER_ACCOUNT_STATE_READY));
}

sdk::Status TradingRig::submit(const Order& order) {
    broker_new_order_t record{};
    record.side = order.side;
    record.position_effect = order.position_effect;
    record.ord_type = order.price.empty() ? BROKER_ORD_TYPE_MARKET : BROKER_ORD_TYPE_LIMIT;
    record.time_in_force = BROKER_TIME_IN_FORCE_DAY;
    record.account = sdk::borrow(order.account);
    record.cl_ord_id = sdk::borrow(order.id);
    record.symbol = sdk::borrow(order.symbol);
    record.order_qty = sdk::decimal_from_text(order.qty).value();
    if (!order.price.empty()) record.price = sdk::decimal_from_text(order.price).value();
    return adapter_->order_entry()->submit(record);
}

sdk::Status TradingRig::cancel(const std::string& account, const std::string& id,
                               const std::string& orig) {
    broker_cancel_order_t record{};
    record.account = sdk::borrow(account);
    record.cl_ord_id = sdk::borrow(id);
    record.orig_cl_ord_id = sdk::borrow(orig);
    return adapter_->order_entry()->cancel(record);
}

sdk::Status TradingRig::replace(const std::string& account, const std::string& id,
                                const std::string& orig, const std::string& qty,
                                const std::string& price) {
    broker_replace_order_t record{};
    record.account = sdk::borrow(account);
    record.cl_ord_id = sdk::borrow(id);
    record.orig_cl_ord_id = sdk::borrow(orig);
    if (!qty.empty()) record.order_qty = sdk::decimal_from_text(qty).value();
    if (!price.empty()) record.price = sdk::decimal_from_text(price).value();
    return adapter_->order_entry()->replace(record);
}

std::string TradingRig::log() const {
    const std::lock_guard lock{log_mutex_};
    return log_;
}

bool TradingRig::wait_for_log(std::string_view text) {
    std::unique_lock lock{log_mutex_};
    return logged_.wait_for(lock, RecordingEvents::kPatience,
                            [&] { return log_.find(text) != std::string::npos; });
}

std::size_t TradingRig::received(std::size_t venue, std::string_view msg_type,
                                 std::string_view cl_ord_id) {
    const auto messages = venues_[venue]->messages().all();
    return static_cast<std::size_t>(
        std::count_if(messages.begin(), messages.end(), [&](const simulator::LoggedMessage& m) {
            return m.direction == simulator::LoggedMessage::Direction::FromClient &&
                   m.message.msg_type == msg_type && m.message.value(11) == cl_ord_id;
        }));
}

}  // namespace broker::test
