#include "simulator/simulator_files.hpp"

#include <fcntl.h>
#include <openssl/rand.h>
#include <sys/stat.h>
#include <unistd.h>
#include <yaml-cpp/emitter.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <charconv>
#include <fstream>
#include <iterator>
#include <optional>
#include <set>
#include <stdexcept>
#include <system_error>

namespace broker::simulator {
namespace {

namespace fs = std::filesystem;

// A CA that ends within a day is replaced.
constexpr std::chrono::hours kShortestLife{24};

[[noreturn]] void fail(const std::string& step, const fs::path& path) {
    throw std::runtime_error(step + " " + path.string() + ": " +
                             std::system_category().message(errno));
}

std::optional<std::string> read_file(const fs::path& path) {
    std::ifstream file{path, std::ios::binary};
    if (!file) return std::nullopt;
    return std::string{std::istreambuf_iterator<char>{file}, {}};
}

// Through a new file, so that a reader finds the old text or the new and the mode holds from the
// first byte.
void write_private(const fs::path& path, std::string_view text) {
    const fs::path draft = path.string() + ".new";
    ::unlink(draft.c_str());
    const int file = ::open(draft.c_str(), O_CREAT | O_EXCL | O_WRONLY | O_CLOEXEC, 0600);
    if (file < 0) fail("create", draft);
    while (!text.empty()) {
        const auto written = ::write(file, text.data(), text.size());
        if (written < 0) {
            const int error = errno;
            ::close(file);
            errno = error;
            fail("write", draft);
        }
        text.remove_prefix(static_cast<std::size_t>(written));
    }
    ::close(file);
    if (::rename(draft.c_str(), path.c_str()) != 0) fail("rename", draft);
}

void make_private_directory(const fs::path& directory) {
    fs::create_directories(directory);
    if (::chmod(directory.c_str(), 0700) != 0) fail("set the mode of", directory);
}

std::string random_password() {
    std::array<unsigned char, 16> bytes{};
    if (RAND_bytes(bytes.data(), static_cast<int>(bytes.size())) != 1)
        throw std::runtime_error("no random bytes for a password");
    std::string text;
    for (const unsigned char byte : bytes) {
        text += "0123456789abcdef"[byte >> 4];
        text += "0123456789abcdef"[byte & 15];
    }
    return text;
}

// The CA that is kept, unless there is none or it is near its end.
CertificateAuthority open_authority(const fs::path& directory) {
    const auto certificate = read_file(directory / "ca.pem");
    const auto key = read_file(directory / "ca.key");
    if (certificate && key) {
        CertificateAuthority kept{IssuedCertificate{*certificate, *key}};
        if (kept.not_after() > std::chrono::system_clock::now() + kShortestLife) return kept;
    }
    CertificateAuthority fresh{"DXtrade simulator CA"};
    write_private(directory / "ca.key", fresh.key_pem());
    write_private(directory / "ca.pem", fresh.certificate_pem());
    return fresh;
}

fs::path made_directory(const SimulatorOptions& options) {
    if (options.directory.empty()) throw std::runtime_error("the simulator needs a directory");
    make_private_directory(options.directory);
    return fs::absolute(options.directory);
}

bool is_file_name(const std::string& id) {
    const auto is_allowed = [](unsigned char c) {
        return std::isalnum(c) != 0 || c == '-' || c == '_';
    };
    return !id.empty() && id.size() <= 64 && std::all_of(id.begin(), id.end(), is_allowed);
}

void check_accounts(const std::vector<AccountOptions>& accounts) {
    std::set<std::string> ids;
    std::set<std::string> sender_comp_ids;
    for (const auto& account : accounts) {
        if (!is_file_name(account.id))
            throw std::runtime_error("account id \"" + account.id +
                                     "\": only letters, digits, '-' and '_' are allowed");
        if (!ids.insert(account.id).second)
            throw std::runtime_error("account id \"" + account.id + "\" is there twice");
        for (std::size_t i = 0; i < kFixListenerCount; ++i) {
            const auto sender_comp_id = sender_comp_id_of(account, static_cast<Listener>(i));
            if (!sender_comp_ids.insert(sender_comp_id).second)
                throw std::runtime_error("SenderCompID \"" + sender_comp_id + "\" is there twice");
        }
    }
}

void emit_pair(YAML::Emitter& yaml, const char* key, const std::string& value) {
    yaml << YAML::Key << key << YAML::Value << YAML::DoubleQuoted << value;
}

void emit_session(YAML::Emitter& yaml, const SimulatorOptions& options,
                  const AccountOptions& account, Listener listener, std::uint16_t port) {
    yaml << YAML::Value << YAML::Flow << YAML::BeginMap;
    yaml << YAML::Key << "hosts" << YAML::Value << YAML::BeginSeq << YAML::DoubleQuoted
         << "127.0.0.1:" + std::to_string(port) << YAML::EndSeq;
    emit_pair(yaml, "sender_comp_id", sender_comp_id_of(account, listener));
    emit_pair(yaml, "target_comp_id", target_comp_id_of(options, listener));
    yaml << YAML::Key << "heartbeat_s" << YAML::Value << 30;
    emit_pair(yaml, "username", account.username);
    emit_pair(yaml, "password", "file:" + account.id + ".password");
    yaml << YAML::Key << "reset_on_logon" << YAML::Value << (listener == Listener::FixMarketData);
    yaml << YAML::EndMap;
}

void emit_sessions(YAML::Emitter& yaml, const SimulatorOptions& options,
                   const AccountOptions& account, const ListenerPorts& ports) {
    constexpr std::array<const char*, kFixListenerCount> kNames{"trading", "market_data",
                                                                "drop_copy"};
    yaml << YAML::Key << "fix" << YAML::Value << YAML::BeginMap;
    for (std::size_t i = 0; i < (options.writes_all_sessions ? kFixListenerCount : 1); ++i) {
        yaml << YAML::Key << kNames[i];
        emit_session(yaml, options, account, static_cast<Listener>(i), ports[i]);
    }
    yaml << YAML::EndMap;
}

void emit_rest(YAML::Emitter& yaml, const SimulatorOptions& options, const AccountOptions& account,
               std::uint16_t port) {
    const std::string host = "127.0.0.1:" + std::to_string(port) + "/dxsca-web";
    yaml << YAML::Key << "rest" << YAML::Value << YAML::Flow << YAML::BeginMap;
    emit_pair(yaml, "base_url", "https://" + host);
    emit_pair(yaml, "username", account.username);
    emit_pair(yaml, "domain", options.rest.domain);
    emit_pair(yaml, "password", "file:" + account.id + ".password");
    yaml << YAML::EndMap;
    yaml << YAML::Key << "push" << YAML::Value << YAML::Flow << YAML::BeginMap;
    emit_pair(yaml, "url", "wss://" + host);
    yaml << YAML::EndMap;
}

void emit_account(YAML::Emitter& yaml, const SimulatorOptions& options,
                  const AccountOptions& account, const ListenerPorts& ports) {
    yaml << YAML::BeginMap;
    emit_pair(yaml, "id", account.id);
    emit_pair(yaml, "profile", "simulator");
    emit_pair(yaml, "account", account.account);
    emit_pair(yaml, "order_entry", options.rest.is_order_entry ? "rest" : "fix");
    yaml << YAML::Key << "tls" << YAML::Value << YAML::Flow << YAML::BeginMap;
    emit_pair(yaml, "trust", "file:ca.pem");
    emit_pair(yaml, "certificate", "file:client-" + account.id + ".pem");
    emit_pair(yaml, "key", "file:client-" + account.id + ".key");
    emit_pair(yaml, "server_name", "localhost");
    yaml << YAML::EndMap;
    if (!options.rest.is_order_entry) emit_sessions(yaml, options, account, ports);
    if (options.rest.is_order_entry || options.rest.is_in_adapter_config)
        emit_rest(yaml, options, account, ports[static_cast<std::size_t>(Listener::Rest)]);
    yaml << YAML::Key << "limits" << YAML::Value << YAML::Flow << YAML::BeginMap;
    yaml << YAML::Key << "orders_per_s" << YAML::Value << 100;
    yaml << YAML::Key << "order_ttl_ms" << YAML::Value << 5000;
    emit_pair(yaml, "max_order_qty", "1000000");
    yaml << YAML::EndMap << YAML::EndMap;
}

}  // namespace

SimulatorFiles::SimulatorFiles(const SimulatorOptions& options)
    : directory_{made_directory(options)},
      accounts_{options.accounts},
      authority_{open_authority(directory_)} {
    check_accounts(accounts_);
    make_private_directory(store_directory());
    write_client_files();
}

void SimulatorFiles::write_client_files() {
    for (auto& account : accounts_) {
        const auto password_file = directory_ / (account.id + ".password");
        if (account.password.empty()) account.password = read_file(password_file).value_or("");
        if (account.password.empty()) account.password = random_password();
        write_private(password_file, account.password);

        const auto client = authority_.issue({.common_name = account.sender_comp_id,
                                              .dns_names = {},
                                              .ip_addresses = {},
                                              .is_client = true});
        write_private(directory_ / ("client-" + account.id + ".pem"), client.certificate_pem);
        write_private(directory_ / ("client-" + account.id + ".key"), client.key_pem);
    }
}

TlsFrontMaterial SimulatorFiles::make_server_material() {
    const CertificateRequest good{.common_name = "localhost",
                                  .dns_names = {"localhost"},
                                  .ip_addresses = {"127.0.0.1"},
                                  .is_server = true};
    auto expired = good;
    expired.not_before = std::chrono::system_clock::now() - std::chrono::hours{48};
    expired.not_after = std::chrono::system_clock::now() - std::chrono::hours{24};
    const CertificateRequest wrong_host{.common_name = "elsewhere.invalid",
                                        .dns_names = {"elsewhere.invalid"},
                                        .ip_addresses = {},
                                        .is_server = true};
    CertificateAuthority stranger{"Another CA"};
    return {.trust_pem = authority_.certificate_pem(),
            .good = authority_.issue(good),
            .expired = authority_.issue(expired),
            .wrong_host = authority_.issue(wrong_host),
            .wrong_ca = stranger.issue(good)};
}

std::uint64_t SimulatorFiles::count_run() {
    const auto text = read_file(directory_ / "run").value_or("0");
    std::uint64_t run = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), run);
    if (error != std::errc{})
        throw std::runtime_error("the run counter in " + directory_.string() + " is no number");
    ++run;
    write_private(directory_ / "run", std::to_string(run));
    return run;
}

void SimulatorFiles::write_adapter_config(const SimulatorOptions& options,
                                          const ListenerPorts& ports) {
    YAML::Emitter yaml;
    yaml << YAML::BeginMap << YAML::Key << "adapter" << YAML::Value << YAML::BeginMap;
    emit_pair(yaml, "journal_dir", "journal");
    yaml << YAML::Key << "event_loop" << YAML::Value << YAML::Flow << YAML::BeginMap;
    emit_pair(yaml, "mode", "block");
    yaml << YAML::Key << "threads" << YAML::Value << 1 << YAML::EndMap << YAML::EndMap;
    yaml << YAML::Key << "accounts" << YAML::Value << YAML::BeginSeq;
    for (const auto& account : accounts_) emit_account(yaml, options, account, ports);
    yaml << YAML::EndSeq << YAML::EndMap << YAML::Newline;
    write_private(adapter_config(), yaml.c_str());
}

}  // namespace broker::simulator
