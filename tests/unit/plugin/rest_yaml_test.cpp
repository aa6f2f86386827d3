// Accounts with REST and push, and the profiles that offer them.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "config/settings_yaml.hpp"
#include "dxtrade/order_rules.hpp"
#include "profile_yaml_fixture.hpp"

namespace broker::config {
namespace {

using core::QueryKind;
using dxtrade::Profile;
using testing::EndsWith;
using testing::HasSubstr;

constexpr std::string_view kRest =
    R"(    rest: {base_url: "https://127.0.0.1:9443/dxsca-web", username: alice, password: env:PW}
)";
constexpr std::string_view kPush = R"(    push: {url: "wss://127.0.0.1:9443/dxsca-web"}
)";
constexpr std::string_view kFix =
    R"(    fix: {trading: {hosts: ["h:1"], sender_comp_id: A, target_comp_id: B}}
)";

class RestYaml : public testing::Test {
protected:
    AccountSettings load(const std::string& sections) {
        std::ofstream{directory_.path() / "adapter.yaml"}
            << "adapter: {journal_dir: var}\naccounts:\n  - id: ACC-1\n    profile: " << profile_
            << "\n    account: a\n    tls: {trust: file:ca.pem}\n"
            << sections;
        return load_settings(directory_.path() / "adapter.yaml", DXTRADE_CONFIG_DIR)
            .accounts.front();
    }
    AccountSettings load_rest(const std::string& sections = {}) {
        return load("    order_entry: rest\n" + std::string{kRest} + sections);
    }
    std::string error_of(const std::string& sections) {
        try {
            (void)load(sections);
        } catch (const ConfigError& e) {
            return e.what();
        }
        return "no error";
    }
    std::string error_of_rest(const std::string& keys) {
        return error_of("    order_entry: rest\n    rest: {" + keys + "}\n");
    }

    std::string profile_ = "simulator";
    test::TemporaryDirectory directory_;
};

TEST_F(RestYaml, AccountThatTradesByRestNeedsNoFixAtAll) {
    const AccountSettings account = load_rest();
    EXPECT_EQ(account.order_entry, OrderEntry::Rest);
    EXPECT_FALSE(account.trading.has_value());
    ASSERT_TRUE(account.rest.has_value());
    EXPECT_EQ(account.rest->base_url, "https://127.0.0.1:9443/dxsca-web");
    EXPECT_EQ(account.rest->authentication, RestAuthentication::Password);
    EXPECT_EQ(account.rest->username, "alice");
    EXPECT_EQ(account.rest->domain, "default");
    EXPECT_EQ(account.rest->connections, 4U);
    EXPECT_EQ(account.rest->max_response_bytes, 16U << 20U);
    EXPECT_FALSE(account.push.has_value());
    EXPECT_EQ(account.market_data_source, MarketDataSource::Rest);
}

TEST_F(RestYaml, EveryKeyOfRestAndPushIsRead) {
    const AccountSettings account = load(R"(    order_entry: rest
    rest: {base_url: "https://h/dxsca-web/", authentication: token, username: u, domain: d,
           login_token: file:t, connections: 2, connect_timeout_ms: 11, handshake_timeout_ms: 12,
           request_timeout_ms: 13, max_response_kb: 17, poll_interval_ms: 150,
           cancel_ttl_ms: 1000, absence_grace_ms: 1001,
           reconnect: {initial_ms: 1, maximum_ms: 2, healthy_after_ms: 3}}
    push: {url: "wss://h:1", connect_timeout_ms: 21, handshake_timeout_ms: 22, max_message_kb: 18,
           audit_interval_ms: 1000, reconnect: {initial_ms: 4, maximum_ms: 5, healthy_after_ms: 6}}
)");
    const RestSettings& rest = account.rest.value();
    EXPECT_EQ(rest.base_url, "https://h/dxsca-web");
    EXPECT_EQ(rest.authentication, RestAuthentication::Token);
    EXPECT_EQ(rest.login_token, "file:t");
    EXPECT_EQ(rest.domain, "d");
    EXPECT_EQ(rest.connections, 2U);
    EXPECT_EQ(rest.connect_timeout, std::chrono::milliseconds{11});
    EXPECT_EQ(rest.handshake_timeout, std::chrono::milliseconds{12});
    EXPECT_EQ(rest.request_timeout, std::chrono::milliseconds{13});
    EXPECT_EQ(rest.max_response_bytes, 17U * 1024U);
    EXPECT_EQ(rest.poll_interval, std::chrono::milliseconds{150});
    EXPECT_EQ(rest.cancel_ttl, std::chrono::milliseconds{1'000});
    EXPECT_EQ(rest.absence_grace, std::chrono::milliseconds{1'001});
    EXPECT_EQ(rest.reconnect.maximum, std::chrono::milliseconds{2});
    const PushSettings& push = account.push.value();
    EXPECT_EQ(push.url, "wss://h:1");
    EXPECT_EQ(push.connect_timeout, std::chrono::milliseconds{21});
    EXPECT_EQ(push.handshake_timeout, std::chrono::milliseconds{22});
    EXPECT_EQ(push.max_message_bytes, 18U * 1024U);
    EXPECT_EQ(push.audit_interval, std::chrono::milliseconds{1'000});
    EXPECT_EQ(push.reconnect.healthy_after, std::chrono::milliseconds{6});
}

TEST_F(RestYaml, TimesOfRequestsHaveTheirBounds) {
    const std::string base = "base_url: \"https://h\", username: u, password: env:P, ";
    EXPECT_THAT(error_of_rest(base + "cancel_ttl_ms: 999"),
                HasSubstr("rest.cancel_ttl_ms: expected a whole number from 1000 to 600000"));
    EXPECT_THAT(error_of_rest(base + "absence_grace_ms: 300001"),
                HasSubstr("rest.absence_grace_ms: expected a whole number from 1000 to 300000"));
}

TEST_F(RestYaml, PushIsRefusedBesideSignedRequestsSinceThereIsNoTokenForIt) {
    EXPECT_THAT(error_of("    order_entry: rest\n"
                         "    rest: {base_url: \"https://h\", authentication: hmac, "
                         "public_token: p, private_token: env:T}\n" +
                         std::string{kPush}),
                HasSubstr("push: expected rest.authentication: password or token with it"));
}

TEST_F(RestYaml, EachAuthenticationHasItsOwnKeysAndRefusesTheOthers) {
    const std::string base = "base_url: \"https://h\", ";
    EXPECT_EQ(error_of_rest(base + "authentication: hmac, public_token: p, private_token: env:T"),
              "no error");
    EXPECT_THAT(error_of_rest(base + "username: u"), EndsWith("missing key \"password\""));
    EXPECT_THAT(error_of_rest(base + "authentication: token, username: u, password: env:P"),
                EndsWith("rest.password: expected authentication: password with it"));
    EXPECT_THAT(error_of_rest(base + "authentication: hmac, public_token: p, private_token: env:T, "
                                     "username: u"),
                EndsWith("rest.username: expected authentication: password or token with it"));
    EXPECT_THAT(error_of_rest(base + "username: u, password: env:P, private_token: env:T"),
                EndsWith("rest.private_token: expected authentication: hmac with it"));
    EXPECT_THAT(error_of_rest(base + "username: u, password: env:P, authentication: basic"),
                HasSubstr("expected one of password, token, hmac"));
}

TEST_F(RestYaml, CredentialInTheFileItselfIsRefusedAndNotRepeated) {
    for (const char* keys : {"username: u, password: hunter2",
                             "authentication: token, username: u, login_token: hunter2",
                             "authentication: hmac, public_token: p, private_token: hunter2"}) {
        const std::string error = error_of_rest("base_url: \"https://h\", " + std::string{keys});
        EXPECT_THAT(error, HasSubstr("expected a reference"));
        EXPECT_EQ(error.find("hunter2"), std::string::npos);
    }
}

TEST_F(RestYaml, UrlsMustBeOfTlsAndWithoutAQuery) {
    const auto with_url = [&](const std::string& url) {
        return error_of_rest("base_url: \"" + url + "\", username: u, password: env:P");
    };
    EXPECT_THAT(with_url("http://h"), HasSubstr("rest.base_url: expected https://host[:port]"));
    EXPECT_THAT(with_url("https://"), HasSubstr("expected https://host[:port]"));
    EXPECT_THAT(with_url("https://h/?a=b"), HasSubstr("without space, '?', '#' and '@'"));
    EXPECT_THAT(with_url("https://u@h"), HasSubstr("without space, '?', '#' and '@'"));
    EXPECT_THAT(
        error_of("    order_entry: rest\n" + std::string{kRest} + "    push: {url: \"ws://h\"}\n"),
        HasSubstr("push.url: expected wss://host[:port]"));
}

TEST_F(RestYaml, UnknownKeyNamesTheNearestOne) {
    EXPECT_THAT(error_of_rest("base_url: \"https://h\", username: u, password: env:P, "
                              "conections: 2"),
                EndsWith("unknown key \"conections\"; the nearest known key is \"connections\""));
    EXPECT_THAT(error_of(std::string{kRest} + std::string{kFix} +
                         "    push: {url: \"wss://h\", max_mesage_kb: 20}\n"),
                EndsWith("the nearest known key is \"max_message_kb\""));
}

TEST_F(RestYaml, WhatDoesNotGoTogetherIsRefused) {
    EXPECT_THAT(error_of("    order_entry: rest\n"), HasSubstr("missing key \"rest\""));
    EXPECT_THAT(error_of(std::string{kRest}), HasSubstr("missing key \"fix\""));
    EXPECT_THAT(error_of("    order_entry: rest\n" + std::string{kRest} + std::string{kFix}),
                HasSubstr("fix.trading: expected order_entry: fix with it"));
    EXPECT_THAT(error_of(std::string{kFix} + std::string{kPush}),
                HasSubstr("push: expected rest with it"));
    EXPECT_THAT(error_of(std::string{kFix} + "    cancel_on_disconnect: rest\n"),
                HasSubstr("cancel_on_disconnect: expected fix.trading and rest with it"));
    EXPECT_THAT(error_of(std::string{kFix} + "    cancel_on_disconnect_after_ms: 1\n"),
                HasSubstr("expected cancel_on_disconnect: rest with it"));
    EXPECT_THAT(
        error_of(std::string{kFix} + std::string{kRest} + "    market_data: {source: push}\n"),
        HasSubstr("market_data.source: expected push with it"));
}

TEST_F(RestYaml, WhatTheProfileDoesNotOfferIsRefused) {
    profile_ = "dxtrade-cfd";
    EXPECT_THAT(
        error_of(std::string{kFix} + std::string{kRest} + "    cancel_on_disconnect: rest\n"),
        EndsWith("cancel_on_disconnect: profile dxtrade-cfd does not offer it "
                 "(rest.orders.cancels_while_fix_is_down)"));
    EXPECT_EQ(error_of("    order_entry: rest\n" + std::string{kRest}), "no error");
}

TEST_F(RestYaml, CancelOnDisconnectWaitsAsLongAsItSays) {
    const std::string sections = std::string{kFix} + std::string{kRest};
    EXPECT_FALSE(load(sections).cancel_on_disconnect.is_on);
    const auto cancels = load(sections + "    cancel_on_disconnect: rest\n").cancel_on_disconnect;
    EXPECT_TRUE(cancels.is_on);
    EXPECT_EQ(cancels.after, std::chrono::milliseconds{5'000});
    EXPECT_EQ(load(sections + "    cancel_on_disconnect: rest\n"
                              "    cancel_on_disconnect_after_ms: 0\n")
                  .cancel_on_disconnect.after,
              std::chrono::milliseconds{0});
}

TEST_F(RestYaml, QuotesComeByTheBestConnectionThereIs) {
    EXPECT_EQ(load(std::string{kFix}).market_data_source, MarketDataSource::None);
    EXPECT_EQ(load_rest(std::string{kPush}).market_data_source, MarketDataSource::Push);
    EXPECT_EQ(
        load_rest(std::string{kPush} + "    market_data: {source: none}\n").market_data_source,
        MarketDataSource::None);
    EXPECT_EQ(
        load_rest("    market_data: {poll_interval_ms: 250}\n").market_data_rules.poll_interval,
        std::chrono::milliseconds{250});
    const AccountSettings account = load_rest(std::string{kPush});
    EXPECT_FALSE(account.profile.market_data.has_full_book);
    EXPECT_EQ(account.profile.market_data.max_symbols_per_request, 50U);
}

TEST_F(RestYaml, QuestionsAreThoseOfAllConnectionsTogether) {
    const AccountSettings fix = load(std::string{kFix});
    EXPECT_FALSE(fix.profile.queries.offered.contains(QueryKind::OrderHistory));
    EXPECT_TRUE(fix.rest_queries.empty());
    const AccountSettings both = load(std::string{kFix} + std::string{kRest});
    EXPECT_TRUE(both.profile.queries.offered.contains(QueryKind::OrderHistory));
    EXPECT_TRUE(both.profile.queries.offered.contains(QueryKind::TradingSessionStatus));
    EXPECT_FALSE(both.fix_queries.contains(QueryKind::OrderHistory));
    EXPECT_FALSE(both.rest_queries.contains(QueryKind::TradingSessionStatus));
    const AccountSettings rest = load_rest();
    EXPECT_FALSE(rest.profile.queries.offered.contains(QueryKind::TradingSessionStatus));
    EXPECT_TRUE(rest.fix_queries.empty());
}

TEST_F(RestYaml, OrdersByRestAreRefusedByTheRulesOfRest) {
    const Profile profile = load_rest().profile;
    core::NewOrder order;
    order.cl_ord_id = core::ClOrdID::from("A-1").value();
    order.symbol = core::Symbol::from("EURUSD").value();
    order.side = core::Side::Buy;
    order.ord_type = core::OrdType::Market;
    order.time_in_force = core::TimeInForce::GoodTillCancel;
    order.order_qty = core::Decimal::parse("1").value();
    order.instructions.position_code = core::FixedString<64>::from("700411").value();
    order.position_effect = core::PositionEffect::Close;
    EXPECT_TRUE(dxtrade::check(order, profile).has_value());

    const auto error = [&](auto&& change) {
        core::NewOrder changed = order;
        change(changed);
        const auto result = dxtrade::check(changed, profile);
        return result ? std::string{"no error"} : result.error().detail;
    };
    EXPECT_EQ(error([](auto& o) { o.time_in_force = core::TimeInForce::AtTheClose; }),
              "time_in_force: profile simulator does not offer AtTheClose "
              "(rest.orders.times_in_force)");
    EXPECT_EQ(error([](auto& o) { o.ord_type = core::OrdType::Pegged; }),
              "ord_type: profile simulator does not offer Pegged (rest.orders.ord_types)");
    EXPECT_THAT(error([](auto& o) { o.side = core::Side::SellShort; }),
                EndsWith("(order_entry: rest)"));
    EXPECT_THAT(error([](auto& o) { o.instructions.min_qty = core::Decimal::parse("1").value(); }),
                EndsWith("(order_entry: rest)"));
    EXPECT_THAT(error([](auto& o) { o.cl_ord_id = core::ClOrdID::from("A/1").value(); }),
                HasSubstr("does not take '/' in ids"));
}

using RestProfileYaml = ProfileYamlFixture;

TEST_F(RestProfileYaml, EveryKeyOfTheSectionsIsRead) {
    const Profile profile = load_with(R"(
rest:
  offered: true
  user_agent: me
  rates: {login: {per_s: 3}, read: {count: 5, window_ms: 2000}, trade: {per_s: 4}, bulk: {per_s: 6}}
  session_timeout_s: 600
  orders: {offered: true, ord_types: [Limit], times_in_force: [FillOrKill],
           contingencies: [Bracket], can_replace: false, sends_type_in_put: true,
           can_close_all: true, if_match: Always, positions: Net,
           sends_tif_gtc_for_market: false, cancels_while_fix_is_down: true}
  queries: [Candles]
  time_parameters: FromTime
  page_size: 7
  hmac: {uri_has_prefix: true, uri_has_query: false, uri_is_encoded: false,
         empty_content_has_line: false, separator: "|"}
push: {offered: true, path: /a, market_data_path: /b, compressed: true, metrics: false,
       account_events: false, cash_transfers: false, sends_authorization: false, silence_timeout_s: 9,
       max_symbols_per_request: 3}
)");
    const dxtrade::RestRules& rest = profile.rest;
    EXPECT_EQ(rest.user_agent, "me");
    EXPECT_EQ(rest.rates.login.count, 3U);
    EXPECT_EQ(rest.rates.read.count, 5U);
    EXPECT_EQ(rest.rates.read.window, std::chrono::milliseconds{2'000});
    EXPECT_EQ(rest.rates.trade.count, 4U);
    EXPECT_EQ(rest.rates.bulk.count, 6U);
    EXPECT_EQ(rest.session_timeout, std::chrono::seconds{600});
    EXPECT_TRUE(rest.orders.is_offered);
    EXPECT_EQ(rest.orders.ord_types, core::EnumSet{core::OrdType::Limit});
    EXPECT_EQ(rest.orders.times_in_force, core::EnumSet{core::TimeInForce::FillOrKill});
    EXPECT_EQ(rest.orders.contingencies, core::EnumSet{core::Contingency::Bracket});
    EXPECT_FALSE(rest.orders.can_replace);
    EXPECT_TRUE(rest.orders.sends_type_in_put);
    EXPECT_TRUE(rest.orders.can_close_all);
    EXPECT_EQ(rest.orders.if_match, dxtrade::IfMatchRule::Always);
    EXPECT_EQ(rest.orders.positions, dxtrade::PositionModel::Net);
    EXPECT_FALSE(rest.orders.sends_tif_gtc_for_market);
    EXPECT_TRUE(rest.orders.cancels_while_fix_is_down);
    EXPECT_EQ(rest.queries, core::EnumSet{QueryKind::Candles});
    EXPECT_EQ(rest.time_parameters, dxtrade::TimeParameters::FromTime);
    EXPECT_EQ(rest.page_size, 7U);
    EXPECT_TRUE(rest.hmac.uri_has_prefix);
    EXPECT_FALSE(rest.hmac.uri_has_query);
    EXPECT_FALSE(rest.hmac.uri_is_encoded);
    EXPECT_FALSE(rest.hmac.empty_content_has_line);
    EXPECT_EQ(rest.hmac.separator, "|");
    const dxtrade::PushRules& push = profile.push;
    EXPECT_EQ(push.path, "/a");
    EXPECT_EQ(push.market_data_path, "/b");
    EXPECT_TRUE(push.is_compressed);
    EXPECT_FALSE(push.has_metrics);
    EXPECT_FALSE(push.has_account_events);
    EXPECT_FALSE(push.has_cash_transfers);
    EXPECT_FALSE(push.sends_authorization);
    EXPECT_EQ(push.silence_timeout, std::chrono::seconds{9});
    EXPECT_EQ(push.max_symbols_per_request, 3U);
}

TEST_F(RestProfileYaml, WithoutTheSectionsNothingOfThemIsOffered) {
    const Profile profile = load_with("");
    EXPECT_FALSE(profile.rest.is_offered);
    EXPECT_FALSE(profile.rest.orders.is_offered);
    EXPECT_FALSE(profile.push.is_offered);
}

TEST_F(RestProfileYaml, WhatIsNoRuleIsRefused) {
    EXPECT_THAT(error_with("rest: {x: 1}\n"), HasSubstr("rest: unknown key \"x\""));
    EXPECT_THAT(error_with("push: {x: 1}\n"), HasSubstr("push: unknown key \"x\""));
    EXPECT_THAT(error_with("rest: {rates: {read: {per_s: 1, count: 2}}}\n"),
                HasSubstr("rest.rates.read.count: expected it or per_s, found both"));
    EXPECT_THAT(error_with("rest: {rates: {read: {count: 2}}}\n"),
                HasSubstr("rest.rates.read: missing key \"window_ms\""));
    EXPECT_THAT(error_with("rest: {rates: {read: {per_s: 0}}}\n"),
                HasSubstr("expected a whole number from 1 to 10000"));
    EXPECT_THAT(error_with("rest: {queries: [TradingSessionStatus]}\n"),
                HasSubstr("rest.queries: expected no TradingSessionStatus"));
    EXPECT_THAT(error_with("queries: {offered: [Candles]}\n"),
                HasSubstr("queries.offered: expected questions of FIX alone"));
    EXPECT_THAT(error_with("rest: {orders: {offered: true}}\n"),
                HasSubstr("rest: expected offered: true with orders.offered: true"));
    EXPECT_THAT(error_with("push: {offered: true}\n"), HasSubstr("push: expected rest.offered"));
    EXPECT_THAT(error_with("push: {path: a}\n"),
                HasSubstr("push.path: expected a path that begins with / or ?"));
}

}  // namespace
}  // namespace broker::config
