#include "config/settings_yaml.hpp"

#include <glob.h>

#include <algorithm>
#include <array>
#include <map>
#include <set>

#include "config/adapter_yaml.hpp"
#include "config/fix_session_yaml.hpp"
#include "config/limits_yaml.hpp"
#include "config/profile_sections.hpp"
#include "config/rest_yaml.hpp"
#include "config/schedule_yaml.hpp"
#include "dxtrade/rest_profile.hpp"

namespace broker::config {
namespace {

constexpr std::uint64_t kDayMs = 86'400'000;

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

// The first that the account has.
MarketDataSource best_source(const AccountSettings& account) {
    if (account.market_data) return MarketDataSource::Fix;
    if (account.push) return MarketDataSource::Push;
    return account.rest ? MarketDataSource::Rest : MarketDataSource::None;
}

MarketDataSource market_data_source(const YamlValue& value, const AccountSettings& account) {
    constexpr std::array<std::string_view, 4> kSources{"none", "fix", "push", "rest"};
    const auto source = static_cast<MarketDataSource>(value.one_of(kSources));
    if (source == MarketDataSource::Fix && !account.market_data) {
        value.fail("expected fix.market_data with it");
    }
    if (source == MarketDataSource::Push && !account.push) value.fail("expected push with it");
    if (source == MarketDataSource::Rest && !account.rest) value.fail("expected rest with it");
    return source;
}

void read_market_data(const YamlValue& value, AccountSettings& account) {
    if (account.market_data_source == MarketDataSource::None) {
        value.fail("expected fix.market_data, push or rest with it");
    }
    MarketDataSettings& rules = account.market_data_rules;
    YamlMap map{value};
    map.read("source", account.market_data_source,
             [&](const YamlValue& v) { return market_data_source(v, account); });
    map.read("conflation", rules.conflation, [](const YamlValue& v) {
        constexpr std::array<std::string_view, 2> kModes{"symbol", "none"};
        return v.one_of(kModes) == 0 ? Conflation::Symbol : Conflation::None;
    });
    map.read("stale_after_ms", rules.stale_after,
             [](const YamlValue& v) { return v.milliseconds(0, kDayMs); });
    map.read("max_subscriptions", rules.max_subscriptions,
             [](const YamlValue& v) { return static_cast<std::uint32_t>(v.integer(1, 100'000)); });
    map.read("poll_interval_ms", rules.poll_interval,
             [](const YamlValue& v) { return v.milliseconds(100, kDayMs); });
    map.finish();
}

// Profiles by name, each file read once.
class Profiles {
public:
    explicit Profiles(std::filesystem::path folder) : folder_{std::move(folder)} {}

    struct Read {
        dxtrade::Profile profile;
        std::shared_ptr<const std::string> source;  // see AccountSource
    };

    const Read& get(const YamlValue& value) {
        const std::string name = value.text();
        if (const auto found = read_.find(name); found != read_.end()) return found->second;
        const std::filesystem::path file = folder_ / (name + ".yaml");
        if (name.find('/') != std::string::npos || !std::filesystem::is_regular_file(file)) {
            value.expected("the name of a profile, one of " + names());
        }
        const YamlValue top = load_yaml(file);
        Read read{read_profile(top), {}};
        read.source = std::make_shared<const std::string>(top.canonical());
        return read_.emplace(name, std::move(read)).first->second;
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
    std::map<std::string, Read> read_;
};

void read_order_entry(YamlMap& map, AccountSettings& account) {
    const auto order_entry = map.find("order_entry");
    if (!order_entry) return;
    constexpr std::array<std::string_view, 2> kChannels{"fix", "rest"};
    account.order_entry = static_cast<OrderEntry>(order_entry->one_of(kChannels));
    if (account.order_entry == OrderEntry::Rest && !account.profile.rest.orders.is_offered) {
        order_entry->fail("profile " + account.profile.name +
                          " does not offer it (rest.orders.offered)");
    }
}

void read_durability(YamlMap& map, AccountSettings& account) {
    map.read("durability", account.durability, [](const YamlValue& value) {
        constexpr std::array<std::string_view, 3> kModes{"async", "batch", "before_send"};
        return static_cast<Durability>(value.one_of(kModes));
    });
}

void read_connections(YamlMap& map, AccountSettings& account) {
    const bool goes_by_rest = account.order_entry == OrderEntry::Rest;
    const auto fix = goes_by_rest ? map.find("fix") : map.require("fix");
    if (fix) read_fix_sessions(*fix, account);
    const auto rest = goes_by_rest ? map.require("rest") : map.find("rest");
    if (rest) account.rest = read_rest_connection(*rest, account.profile);
    if (const auto push = map.find("push")) {
        if (!account.rest) push->fail("expected rest with it: push takes its session token");
        if (account.rest->authentication == RestAuthentication::Hmac) {
            push->fail(
                "expected rest.authentication: password or token with it: push takes the session "
                "token, and with hmac there is none");
        }
        account.push = read_push_connection(*push, account.profile);
    }
    account.market_data_source = best_source(account);
}

void read_cancel_on_disconnect(YamlMap& map, AccountSettings& account) {
    CancelOnDisconnectSettings& cancels = account.cancel_on_disconnect;
    if (const auto over = map.find("cancel_on_disconnect")) {
        constexpr std::array<std::string_view, 2> kChannels{"none", "rest"};
        cancels.is_on = over->one_of(kChannels) == 1;
        if (cancels.is_on && (!account.trading || !account.rest)) {
            over->fail("expected fix.trading and rest with it");
        }
        if (cancels.is_on && !account.profile.rest.orders.cancels_while_fix_is_down) {
            over->fail("profile " + account.profile.name +
                       " does not offer it (rest.orders.cancels_while_fix_is_down)");
        }
    }
    if (!cancels.is_on) {
        map.refuse("cancel_on_disconnect_after_ms", "expected cancel_on_disconnect: rest with it");
        return;
    }
    map.read("cancel_on_disconnect_after_ms", cancels.after,
             [](const YamlValue& v) { return v.milliseconds(0, kDayMs); });
}

// From here on the profile is that of what the account's connections can do together.
void narrow_profile(AccountSettings& account) {
    dxtrade::Profile& profile = account.profile;
    if (account.trading) account.fix_queries = profile.queries.offered;
    if (account.rest) account.rest_queries = profile.rest.queries;
    profile.queries.offered = account.fix_queries;
    profile.queries.offered.add(account.rest_queries);
    if (account.order_entry == OrderEntry::Rest) {
        profile = dxtrade::profile_of_rest_orders(std::move(profile));
    }
    if (account.market_data_source == MarketDataSource::Push ||
        account.market_data_source == MarketDataSource::Rest) {
        profile.market_data = dxtrade::market_data_rules_of_push(profile.push);
    }
}

void read_account_schedule(YamlMap& map, AccountSettings& account) {
    const auto schedule = map.find("schedule");
    if (!schedule) return;
    if (account.order_entry != OrderEntry::Fix) {
        schedule->fail("expected order_entry: fix with it: it is of FIX sessions");
    }
    account.schedule = read_schedule(*schedule);
}

AccountSettings read_account(const YamlValue& value, Profiles& profiles) {
    YamlMap map{value};
    AccountSettings account;
    account.base = folder_of(value.file());
    account.id = map.require("id").text();
    account.account = fix_text(map.require("account"));
    const Profiles::Read& profile = profiles.get(map.require("profile"));
    account.profile = profile.profile;
    account.source.profile = profile.source;
    read_order_entry(map, account);
    read_durability(map, account);
    account.tls = read_tls(map.require("tls"));
    read_connections(map, account);
    read_cancel_on_disconnect(map, account);
    if (const auto market_data = map.find("market_data")) read_market_data(*market_data, account);
    narrow_profile(account);
    if (const auto fields = map.find("fields")) apply_constants(*fields, account.profile);
    read_account_schedule(map, account);
    map.read("limits", account.limits, read_limits);
    map.finish();
    account.source.entry = value.canonical();
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

void add_account(const YamlValue& value, Profiles& profiles,
                 std::vector<AccountSettings>& accounts) {
    AccountSettings account = read_account(value, profiles);
    check_comp_ids(value, account);
    for (const AccountSettings& other : accounts) {
        if (other.id == account.id) value.fail("id \"" + account.id + "\" stands twice");
        check_comp_ids(value, account, other);
    }
    accounts.push_back(std::move(account));
}

void add_accounts(const YamlValue& list, Profiles& profiles, Settings& settings) {
    for (const YamlValue& value : list.list()) {
        try {
            add_account(value, profiles, settings.accounts);
        } catch (const ConfigError& e) {
            if (settings.on_bad_account == OnBadAccount::Fail) throw;
            settings.bad_accounts.push_back({value.scalar_at("id"), e.what()});
        }
    }
}

void check_not_empty(const YamlValue& top, const Settings& settings) {
    if (!settings.accounts.empty()) return;
    if (settings.bad_accounts.empty()) {
        top.fail("expected at least one account, by \"accounts\" or \"include\"");
    }
    throw ConfigError{settings.bad_accounts.front().why + "; no other account can be used either"};
}

}  // namespace

Settings load_settings(const std::filesystem::path& file,
                       const std::filesystem::path& default_data_dir, const Settings* running) {
    return read_settings(load_yaml(file), default_data_dir, running);
}

Settings read_settings(const YamlValue& top, const std::filesystem::path& default_data_dir,
                       const Settings* running) {
    YamlMap map{top};
    Settings settings;
    settings.data_dir = default_data_dir;
    const YamlValue adapter = map.require("adapter");
    read_adapter(adapter, settings);
    if (running != nullptr) check_unchanged(adapter, settings, *running);
    Profiles profiles{settings.data_dir / "profiles"};
    if (const auto accounts = map.find("accounts")) {
        add_accounts(*accounts, profiles, settings);
    }
    if (const auto include = map.find("include")) {
        for (const YamlValue& pattern : include->list()) {
            for (const std::filesystem::path& included : expand(pattern)) {
                YamlMap included_map{load_yaml(included)};
                add_accounts(included_map.require("accounts"), profiles, settings);
                included_map.finish();
            }
        }
    }
    map.finish();
    check_not_empty(top, settings);
    return settings;
}

}  // namespace broker::config
