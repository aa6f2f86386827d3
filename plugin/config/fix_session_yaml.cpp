#include "config/fix_session_yaml.hpp"

#include <algorithm>
#include <array>
#include <vector>

namespace broker::config {
namespace {

constexpr std::uint64_t kDayMs = 86'400'000;

HostPort host_port(const YamlValue& value) {
    const std::string text = value.text();
    const std::size_t colon = text.rfind(':');
    if (colon == std::string::npos || colon == 0 || colon + 1 == text.size()) {
        value.expected("host:port or [IPv6 address]:port");
    }
    HostPort result{text.substr(0, colon), text.substr(colon + 1)};
    const bool is_number = std::all_of(result.port.begin(), result.port.end(),
                                       [](char c) { return c >= '0' && c <= '9'; });
    if (!is_number || result.port.size() > 5 || std::stoul(result.port) == 0 ||
        std::stoul(result.port) > 65535) {
        value.expected("a port from 1 to 65535 after the last colon");
    }
    if (result.host.front() == '[' && result.host.back() == ']') {
        result.host = result.host.substr(1, result.host.size() - 2);
    } else if (result.host.find(':') != std::string::npos) {
        value.expected("an IPv6 address in square brackets");
    }
    return result;
}

std::vector<HostPort> read_hosts(const YamlValue& value) {
    std::vector<HostPort> hosts;
    for (const YamlValue& entry : value.list()) {
        HostPort host = host_port(entry);
        const bool is_there = std::any_of(hosts.begin(), hosts.end(), [&](const HostPort& h) {
            return h.host == host.host && h.port == host.port;
        });
        if (is_there) entry.fail("host " + entry.text() + " stands twice");
        hosts.push_back(std::move(host));
    }
    return hosts;
}

void read_failover(YamlMap& map, FixSessionSettings& session) {
    map.read("failover", session.failover, [](const YamlValue& v) {
        constexpr std::array<std::string_view, 2> kPolicies{"sticky", "prefer_primary"};
        return static_cast<Failover>(v.one_of(kPolicies));
    });
    if (session.failover == Failover::PreferPrimary) {
        map.read("failover_return_after_ms", session.return_after,
                 [](const YamlValue& v) { return v.milliseconds(0, kDayMs); });
    } else {
        map.refuse("failover_return_after_ms", "expected failover: prefer_primary with it");
    }
    map.read("sequence_policy", session.sequence_policy, [](const YamlValue& v) {
        constexpr std::array<std::string_view, 3> kPolicies{"shared", "separate", "reset"};
        return static_cast<SequencePolicy>(v.one_of(kPolicies));
    });
}

FixSessionSettings read_fix_session(const YamlValue& value, bool resets_on_logon) {
    YamlMap map{value};
    FixSessionSettings session;
    session.reset_on_logon = resets_on_logon;
    session.hosts = read_hosts(map.require("hosts"));
    read_failover(map, session);
    session.sender_comp_id = fix_text(map.require("sender_comp_id"));
    session.target_comp_id = fix_text(map.require("target_comp_id"));
    map.read("sender_sub_id", session.sender_sub_id, fix_text);
    map.read("target_sub_id", session.target_sub_id, fix_text);
    map.read("username", session.username, fix_text);
    map.read("password", session.password, secret_reference);
    map.read("heartbeat_s", session.heartbeat, [](const YamlValue& v) {
        return std::chrono::seconds{static_cast<std::int64_t>(v.integer(1, 3600))};
    });
    map.read("reset_on_logon", session.reset_on_logon, &YamlValue::boolean);
    const auto timeout = [](const YamlValue& v) { return v.milliseconds(10, 300'000); };
    map.read("connect_timeout_ms", session.connect_timeout, timeout);
    map.read("handshake_timeout_ms", session.handshake_timeout, timeout);
    // Why: the session engines count these in whole seconds.
    const auto long_timeout = [](const YamlValue& v) { return v.milliseconds(1000, 300'000); };
    map.read("logon_timeout_ms", session.logon_timeout, long_timeout);
    map.read("logout_timeout_ms", session.logout_timeout, long_timeout);
    map.read("reconnect", session.reconnect, read_reconnect);
    map.finish();
    return session;
}

struct NamedSession {
    std::string_view key;
    const FixSessionSettings* settings;
};

std::vector<NamedSession> sessions_of(const AccountSettings& account) {
    std::vector<NamedSession> sessions;
    if (account.trading) sessions.push_back({"fix.trading", &*account.trading});
    if (account.market_data) sessions.push_back({"fix.market_data", &*account.market_data});
    if (account.drop_copy) sessions.push_back({"fix.drop_copy", &*account.drop_copy});
    return sessions;
}

bool have_same_comp_ids(const FixSessionSettings& a, const FixSessionSettings& b) {
    return a.sender_comp_id == b.sender_comp_id && a.target_comp_id == b.target_comp_id &&
           a.sender_sub_id == b.sender_sub_id;
}

std::string same_comp_ids(std::string_view key, const std::string& whose) {
    return std::string{key} + " has the CompIDs of " + whose + ": each session needs its own";
}

void require_offered(const YamlValue& value, const dxtrade::Profile& profile, bool is_offered,
                     std::string_view key) {
    if (is_offered) return;
    value.fail("profile " + profile.name + " does not offer this session (" + std::string{key} +
               ")");
}

}  // namespace

// CompIDs and credentials go into FIX fields: SOH would end the field.
std::string fix_text(const YamlValue& value) {
    std::string text = value.text();
    if (text.find('\x01') != std::string::npos) value.expected("a text without control characters");
    return text;
}

std::string secret_reference(const YamlValue& value) {
    std::string text = value.text();
    if (!text.starts_with("env:") && !text.starts_with("file:")) {
        // Why: not expected(), which would print what may be a password.
        value.fail(
            "expected a reference, env:NAME or file:PATH; a credential must not stand in the "
            "configuration itself");
    }
    return text;
}

ReconnectSettings read_reconnect(const YamlValue& value) {
    YamlMap map{value};
    ReconnectSettings reconnect;
    const auto wait = [](const YamlValue& v) { return v.milliseconds(1, kDayMs); };
    map.read("initial_ms", reconnect.initial, wait);
    map.read("maximum_ms", reconnect.maximum, wait);
    map.read("healthy_after_ms", reconnect.healthy_after, wait);
    map.finish();
    if (reconnect.maximum < reconnect.initial) {
        value.fail("expected maximum_ms not below initial_ms");
    }
    return reconnect;
}

void read_fix_sessions(const YamlValue& value, AccountSettings& account) {
    YamlMap map{value};
    if (account.order_entry == OrderEntry::Fix) {
        account.trading = read_fix_session(map.require("trading"), false);
    } else {
        map.refuse("trading", "expected order_entry: fix with it");
    }
    if (const auto market_data = map.find("market_data")) {
        require_offered(*market_data, account.profile, account.profile.market_data.is_offered,
                        "market_data.offered");
        // Why: nothing of a market data session is worth sending again after a disconnect.
        account.market_data = read_fix_session(*market_data, true);
    }
    if (const auto drop_copy = map.find("drop_copy")) {
        require_offered(*drop_copy, account.profile, account.profile.drop_copy.is_offered,
                        "drop_copy.offered");
        account.drop_copy = read_fix_session(*drop_copy, false);
    }
    map.finish();
}

void check_comp_ids(const YamlValue& value, const AccountSettings& account) {
    const std::vector<NamedSession> sessions = sessions_of(account);
    for (std::size_t i = 1; i < sessions.size(); ++i) {
        for (std::size_t j = 0; j < i; ++j) {
            if (have_same_comp_ids(*sessions[i].settings, *sessions[j].settings)) {
                value.fail(same_comp_ids(sessions[i].key, std::string{sessions[j].key}));
            }
        }
    }
}

void check_comp_ids(const YamlValue& value, const AccountSettings& account,
                    const AccountSettings& other) {
    for (const NamedSession& session : sessions_of(account)) {
        for (const NamedSession& theirs : sessions_of(other)) {
            if (have_same_comp_ids(*session.settings, *theirs.settings)) {
                value.fail(same_comp_ids(
                    session.key, "account \"" + other.id + "\"'s " + std::string{theirs.key}));
            }
        }
    }
}

}  // namespace broker::config
