#include "config/settings_yaml.hpp"

#include <glob.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "config/fix_session_yaml.hpp"
#include "config/limits_yaml.hpp"
#include "config/profile_sections.hpp"

namespace broker::config {
namespace {

constexpr std::uint64_t kDayMs = 86'400'000;

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return std::filesystem::absolute(file).parent_path();
}

TlsSettings read_tls(const YamlValue& value) {
    YamlMap map{value};
    TlsSettings tls;
    tls.trust = secret_reference(map.require("trust"));
    map.read("certificate", tls.certificate, secret_reference);
    map.read("key", tls.key, secret_reference);
    map.read("key_password", tls.key_password, secret_reference);
    map.read("server_name", tls.server_name, &YamlValue::text);
    map.finish();
    if (tls.certificate.empty() != tls.key.empty()) {
        value.fail("expected both \"certificate\" and \"key\", or neither");
    }
    return tls;
}

void read_market_data(const YamlValue& value, AccountSettings& account) {
    if (!account.market_data) value.fail("expected fix.market_data with it");
    MarketDataSettings& rules = account.market_data_rules;
    YamlMap map{value};
    map.read("conflation", rules.conflation, [](const YamlValue& v) {
        constexpr std::array<std::string_view, 2> kModes{"symbol", "none"};
        return v.one_of(kModes) == 0 ? Conflation::Symbol : Conflation::None;
    });
    map.read("stale_after_ms", rules.stale_after,
             [](const YamlValue& v) { return v.milliseconds(0, kDayMs); });
    map.read("max_subscriptions", rules.max_subscriptions,
             [](const YamlValue& v) { return static_cast<std::uint32_t>(v.integer(1, 100'000)); });
    map.finish();
}

// Profiles by name, each file read once.
class Profiles {
public:
    explicit Profiles(std::filesystem::path folder) : folder_{std::move(folder)} {}

    const dxtrade::Profile& get(const YamlValue& value) {
        const std::string name = value.text();
        if (const auto found = read_.find(name); found != read_.end()) return found->second;
        const std::filesystem::path file = folder_ / (name + ".yaml");
        if (name.find('/') != std::string::npos || !std::filesystem::is_regular_file(file)) {
            value.expected("the name of a profile, one of " + names());
        }
        return read_.emplace(name, load_profile(file)).first->second;
    }

private:
    [[nodiscard]] std::string names() const {
        std::set<std::string> sorted;
        std::error_code ignored;  // an unreadable folder has no profiles: the text says "(none …)"
        for (const auto& entry : std::filesystem::directory_iterator{folder_, ignored}) {
            if (entry.path().extension() == ".yaml") sorted.insert(entry.path().stem());
        }
        std::string text;
        for (const std::string& name : sorted) text += (text.empty() ? "" : ", ") + name;
        return text.empty() ? "(none in " + folder_.string() + ")" : text;
    }

    std::filesystem::path folder_;
    std::map<std::string, dxtrade::Profile> read_;
};

AccountSettings read_account(const YamlValue& value, Profiles& profiles) {
    YamlMap map{value};
    AccountSettings account;
    account.base = folder_of(value.file());
    account.id = map.require("id").text();
    account.account = fix_text(map.require("account"));
    account.profile = profiles.get(map.require("profile"));
    if (const auto order_entry = map.find("order_entry")) {
        constexpr std::array<std::string_view, 2> kChannels{"fix", "rest"};
        if (order_entry->one_of(kChannels) != 0) {
            order_entry->fail("this version sends orders by fix alone");
        }
    }
    if (const auto durability = map.find("durability")) {
        constexpr std::array<std::string_view, 3> kModes{"async", "batch", "before_send"};
        if (durability->one_of(kModes) != 0) {
            durability->fail("this version keeps its message store in mode async alone");
        }
    }
    account.tls = read_tls(map.require("tls"));
    read_fix_sessions(map.require("fix"), account);
    if (const auto market_data = map.find("market_data")) read_market_data(*market_data, account);
    if (const auto fields = map.find("fields")) apply_constants(*fields, account.profile);
    map.refuse("rest", "this version has no REST channel");
    map.refuse("push", "this version has no push channel");
    map.refuse("schedule", "this version keeps sessions up without a schedule");
    map.read("limits", account.limits, read_limits);
    map.finish();
    return account;
}

std::vector<std::filesystem::path> expand(const YamlValue& pattern) {
    const std::filesystem::path full = folder_of(pattern.file()) / pattern.text();
    glob_t found{};
    const int result = ::glob(full.c_str(), GLOB_ERR, nullptr, &found);
    std::vector<std::filesystem::path> files;
    for (std::size_t i = 0; i < found.gl_pathc; ++i) files.emplace_back(found.gl_pathv[i]);
    ::globfree(&found);
    if (result != 0 || files.empty()) pattern.expected("a pattern that matches at least one file");
    return files;
}

void add_accounts(const YamlValue& list, Profiles& profiles,
                  std::vector<AccountSettings>& accounts) {
    for (const YamlValue& value : list.list()) {
        AccountSettings account = read_account(value, profiles);
        check_comp_ids(value, account);
        for (const AccountSettings& other : accounts) {
            if (other.id == account.id) value.fail("id \"" + account.id + "\" stands twice");
            check_comp_ids(value, account, other);
        }
        accounts.push_back(std::move(account));
    }
}

void read_adapter(const YamlValue& value, Settings& settings) {
    const std::filesystem::path base = folder_of(value.file());
    YamlMap map{value};
    settings.journal_dir = base / map.require("journal_dir").text();
    map.read("data_dir", settings.data_dir, [&](const YamlValue& v) { return base / v.text(); });
    if (const auto loop = map.find("event_loop")) {
        YamlMap loop_map{*loop};
        constexpr std::array<std::string_view, 2> kModes{"block", "spin"};
        loop_map.read("mode", settings.event_loop.mode, [&](const YamlValue& v) {
            return v.one_of(kModes) == 0 ? EventLoopMode::Block : EventLoopMode::Spin;
        });
        loop_map.read("threads", settings.event_loop.threads, [](const YamlValue& v) {
            return static_cast<std::uint32_t>(v.integer(1, 64));
        });
        loop_map.finish();
    }
    map.finish();
}

}  // namespace

Settings load_settings(const std::filesystem::path& file,
                       const std::filesystem::path& default_data_dir) {
    return read_settings(load_yaml(file), default_data_dir);
}

Settings read_settings(const YamlValue& top, const std::filesystem::path& default_data_dir) {
    YamlMap map{top};
    Settings settings;
    settings.data_dir = default_data_dir;
    read_adapter(map.require("adapter"), settings);
    Profiles profiles{settings.data_dir / "profiles"};
    if (const auto accounts = map.find("accounts")) {
        add_accounts(*accounts, profiles, settings.accounts);
    }
    if (const auto include = map.find("include")) {
        for (const YamlValue& pattern : include->list()) {
            for (const std::filesystem::path& included : expand(pattern)) {
                YamlMap included_map{load_yaml(included)};
                add_accounts(included_map.require("accounts"), profiles, settings.accounts);
                included_map.finish();
            }
        }
    }
    map.finish();
    if (settings.accounts.empty())
        top.fail("expected at least one account, by \"accounts\" or \"include\"");
    return settings;
}

}  // namespace broker::config
