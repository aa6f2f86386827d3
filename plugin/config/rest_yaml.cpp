#include "config/rest_yaml.hpp"

#include <algorithm>
#include <array>

#include "config/fix_session_yaml.hpp"
#include "config/profile_values.hpp"

namespace broker::config {
namespace {

constexpr std::uint64_t kDayMs = 86'400'000;
constexpr std::array<std::string_view, 3> kAuthentications{"password", "token", "hmac"};

std::chrono::milliseconds timeout(const YamlValue& value) {
    return value.milliseconds(10, 300'000);
}

// In KiB; the settings have bytes.
std::uint32_t size_kb(const YamlValue& value) {
    return static_cast<std::uint32_t>(value.integer(16, 1U << 20U)) << 10U;
}

// scheme://host[:port][/path], without a query and without anything that must be encoded.
std::string url(const YamlValue& value, std::string_view scheme) {
    std::string text = plain_text(value);
    const std::string expected = std::string{scheme} + "://host[:port][/path]";
    const std::size_t host = scheme.size() + 3;
    if (!text.starts_with(scheme) || text.substr(scheme.size(), 3) != "://" ||
        text.size() == host || text[host] == '/' || text[host] == ':') {
        value.expected(expected);
    }
    if (text.find_first_of(" ?#@") != std::string::npos) {
        value.expected(expected + " without space, '?', '#' and '@'");
    }
    while (text.back() == '/') text.pop_back();
    return text;
}

void require_offered(const YamlValue& value, const dxtrade::Profile& profile, bool is_offered,
                     std::string_view key) {
    if (is_offered) return;
    value.fail("profile " + profile.name + " does not offer it (" + std::string{key} + ")");
}

// Keys of other ways to authenticate are refused: they would be ignored.
void refuse_others(YamlMap& map, std::initializer_list<std::string_view> keys,
                   std::string_view authentication) {
    for (const std::string_view key : keys) {
        map.refuse(key, "expected authentication: " + std::string{authentication} + " with it");
    }
}

void read_credentials(YamlMap& map, RestSettings& rest) {
    map.read("authentication", rest.authentication, choice<RestAuthentication>(kAuthentications));
    const bool is_hmac = rest.authentication == RestAuthentication::Hmac;
    if (is_hmac) {
        rest.public_token = plain_text(map.require("public_token"));
        rest.private_token = secret_reference(map.require("private_token"));
        refuse_others(map, {"username", "domain"}, "password or token");
    } else {
        rest.username = plain_text(map.require("username"));
        map.read("domain", rest.domain, plain_text);
        refuse_others(map, {"public_token", "private_token"}, "hmac");
    }
    if (rest.authentication == RestAuthentication::Password) {
        rest.password = secret_reference(map.require("password"));
    } else {
        refuse_others(map, {"password"}, "password");
    }
    if (rest.authentication == RestAuthentication::Token) {
        rest.login_token = secret_reference(map.require("login_token"));
    } else {
        refuse_others(map, {"login_token"}, "token");
    }
}

}  // namespace

RestSettings read_rest_connection(const YamlValue& value, const dxtrade::Profile& profile) {
    require_offered(value, profile, profile.rest.is_offered, "rest.offered");
    YamlMap map{value};
    RestSettings rest;
    rest.base_url = url(map.require("base_url"), "https");
    read_credentials(map, rest);
    map.read("connections", rest.connections,
             [](const YamlValue& v) { return static_cast<std::uint32_t>(v.integer(1, 64)); });
    map.read("connect_timeout_ms", rest.connect_timeout, timeout);
    map.read("handshake_timeout_ms", rest.handshake_timeout, timeout);
    map.read("request_timeout_ms", rest.request_timeout, timeout);
    map.read("max_response_kb", rest.max_response_bytes, size_kb);
    map.read("poll_interval_ms", rest.poll_interval,
             [](const YamlValue& v) { return v.milliseconds(100, kDayMs); });
    map.read("cancel_ttl_ms", rest.cancel_ttl,
             [](const YamlValue& v) { return v.milliseconds(1'000, 600'000); });
    map.read("absence_grace_ms", rest.absence_grace,
             [](const YamlValue& v) { return v.milliseconds(1'000, 300'000); });
    map.read("reconnect", rest.reconnect, read_reconnect);
    map.finish();
    return rest;
}

PushSettings read_push_connection(const YamlValue& value, const dxtrade::Profile& profile) {
    require_offered(value, profile, profile.push.is_offered, "push.offered");
    YamlMap map{value};
    PushSettings push;
    push.url = url(map.require("url"), "wss");
    map.read("connect_timeout_ms", push.connect_timeout, timeout);
    map.read("handshake_timeout_ms", push.handshake_timeout, timeout);
    map.read("max_message_kb", push.max_message_bytes, size_kb);
    map.read("audit_interval_ms", push.audit_interval,
             [](const YamlValue& v) { return v.milliseconds(1'000, kDayMs); });
    map.read("reconnect", push.reconnect, read_reconnect);
    map.finish();
    return push;
}

}  // namespace broker::config
