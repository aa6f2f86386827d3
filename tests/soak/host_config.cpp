#include "host_config.hpp"

#include <algorithm>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace broker::soak {
namespace {

namespace fs = std::filesystem;

constexpr const char* kWaits =
    "reconnect: {initial_ms: 10, maximum_ms: 100, healthy_after_ms: 500}";

std::string fix_yaml(const HostAccount& account, const std::string& files) {
    std::ostringstream text;
    text << "    fix:\n      trading:\n        hosts: [\"127.0.0.1:" << account.fix_port
         << "\"]\n        sender_comp_id: " << account.sender_comp_id
         << "\n        target_comp_id: DXTRADE\n        username: user-" << account.id
         << "\n        password: " << files << account.id << ".password\n"
         << "        heartbeat_s: " << (account.is_patient ? 5 : 1)
         << "\n        connect_timeout_ms: 500\n        handshake_timeout_ms: 1000\n"
         << "        logon_timeout_ms: 1000\n        logout_timeout_ms: 1000\n        " << kWaits
         << "\n";
    return text.str();
}

std::string rest_yaml(const HostAccount& account, const std::string& files) {
    const std::string base = "127.0.0.1:" + std::to_string(account.rest_port) + "/dxsca-web";
    std::ostringstream text;
    text << "    order_entry: rest\n    rest: {base_url: \"https://" << base
         << "\", username: user-" << account.id << ", password: \"" << files << account.id
         << ".password\", request_timeout_ms: 500, absence_grace_ms: 1000, poll_interval_ms: 200, "
         << kWaits << "}\n    push: {url: \"wss://" << base << "\", audit_interval_ms: 5000, "
         << kWaits << "}\n";
    return text.str();
}

// Of a profile with rates that do not slow a run down.
fs::path with_high_rates(const fs::path& data_dir, const fs::path& changed) {
    fs::copy(data_dir, changed, fs::copy_options::recursive);
    const fs::path file = changed / "profiles" / "simulator.yaml";
    std::stringstream text;
    text << std::ifstream{file}.rdbuf();
    std::string profile = text.str();
    const std::size_t begin = profile.find("  rates: {login");
    if (begin == std::string::npos)
        throw std::runtime_error{"the simulator's profile has no rates"};
    profile.replace(begin, profile.find('\n', begin) - begin,
                    "  rates: {login: {per_s: 50}, read: {per_s: 500}, trade: {per_s: 500}, "
                    "bulk: {per_s: 50}}");
    std::ofstream{file} << profile;
    return changed;
}

}  // namespace

void write_host_config(const HostConfig& config) {
    const bool has_rest = std::any_of(config.accounts.begin(), config.accounts.end(),
                                      [](const HostAccount& account) { return account.is_rest; });
    const fs::path data_dir =
        has_rest ? with_high_rates(config.data_dir, config.directory / "config") : config.data_dir;
    std::ofstream text{config.directory / "adapter.yaml"};
    text << "adapter: {journal_dir: journal, data_dir: " << data_dir << "}\naccounts:\n";
    for (const HostAccount& account : config.accounts) {
        const std::string files = "file:" + account.credentials.string() + "/";
        text << "  - id: " << account.id
             << "\n    profile: simulator\n    account: \"default:" << account.id
             << "\"\n    tls: {trust: " << files << "ca.pem, certificate: " << files << "client-"
             << account.id << ".pem, key: " << files << "client-" << account.id
             << ".key, server_name: localhost}\n"
             << (account.is_rest ? rest_yaml(account, files) : fix_yaml(account, files))
             << "    limits: {order_ttl_ms: " << config.order_ttl.count()
             << ", answer_timeout_ms: " << (account.is_patient ? 5000 : 300)
             << ", change_grace_ms: 500}\n";
    }
}

}  // namespace broker::soak
