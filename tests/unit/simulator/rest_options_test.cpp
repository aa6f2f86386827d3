#include "simulator/rest_options.hpp"

#include <yaml-cpp/yaml.h>

#include "simulator_fixture.hpp"

namespace broker::simulator {
namespace {

class RestOptionsYaml : public testing::Test {
protected:
    core::Result<SimulatorOptions> read(const std::string& text) const {
        std::ofstream{file_} << text;
        return simulator_options_from_yaml(file_, {});
    }
    std::string error_of(const std::string& text) const {
        const auto result = read(text);
        if (result.has_value()) return "";
        const auto& detail = result.error().detail;
        return detail.substr(detail.find("sim.yaml"));
    }

private:
    test::TemporaryDirectory directory_;
    const std::filesystem::path file_ = directory_.path() / "sim.yaml";
};

TEST_F(RestOptionsYaml, ReadsEverySwitch) {
    const auto options = read(R"(
order_entry: rest
ports: {rest: 9443}
faults: {rest: [silent]}
accounts: [{id: A, login_token: t, public_token: pub, private_token: priv}]
rest:
  demands_client_certificate: true
  requires_user_agent: false
  domain: firm
  session_timeout_ms: 5000
  timeout_format: seconds
  ping_gives_new_token: true
  ping_answers_empty: true
  second_login_ends_first: true
  hmac: {uri_has_prefix: true, uri_has_query: false, separator: "|", skew_ms: 1}
  rate_limits: {login: {count: 1, window_ms: 2}, trade: {count: 3}, sends_retry_after: false}
  require_if_match: false
  position_based: false
  may_close_all: false
  reject_async_ratio: "0.5"
  empty_200_body: true
  own_execution_codes: true
  child_status: accepted
  link_direction: parent_on_parent
  shows_protection_prices: true
  signed_quantities: true
  numbers_as_strings: true
  booleans_as_strings: true
  order_ids_as_strings: true
  account_as_object: true
  pl_case: Pl
  details_envelope: instruments
  time_parameters: from-time
  symbol_style: slash
  page_size: 7
  in_adapter_config: true
push: {trailing_slash_required: false, ping_interval_ms: 10, unanswered_pings: 3,
       metrics_interval_ms: 20, sends_ping_session: false, requires_timestamp: true,
       max_queued_messages: 9}
rest_rules: [{fault: slow, endpoint: history, times: 2, skip: 1, delay_ms: 30}]
)")
                             .value();
    const auto& rest = options.rest;
    EXPECT_TRUE(rest.is_order_entry && rest.demands_client_certificate &&
                !rest.requires_user_agent);
    EXPECT_EQ(options.rest_port, 9443);
    EXPECT_TRUE(options.rest_faults.has(Fault::Silent));
    EXPECT_EQ(options.accounts.at(0).login_token, "t");
    EXPECT_EQ(options.accounts.at(0).public_token, "pub");
    EXPECT_EQ(options.accounts.at(0).private_token, "priv");
    EXPECT_EQ(rest.domain, "firm");
    EXPECT_EQ(rest.session_timeout, std::chrono::seconds{5});
    EXPECT_EQ(rest.timeout_format, TimeoutFormat::Seconds);
    EXPECT_TRUE(rest.ping_gives_new_token && rest.ping_answers_empty);
    EXPECT_TRUE(rest.second_login_ends_first);
    EXPECT_TRUE(rest.hmac.uri_has_prefix && !rest.hmac.uri_has_query);
    EXPECT_EQ(rest.hmac.separator, "|");
    EXPECT_EQ(rest.rate_limits.login.count, 1U);
    EXPECT_EQ(rest.rate_limits.login.window, std::chrono::milliseconds{2});
    EXPECT_EQ(rest.rate_limits.trade.count, 3U);
    EXPECT_FALSE(rest.rate_limits.sends_retry_after);
    EXPECT_FALSE(rest.requires_if_match || rest.position_based || rest.may_close_all);
    EXPECT_EQ(rest.reject_async_ratio, decimal("0.5"));
    EXPECT_TRUE(rest.empty_200_body && rest.own_execution_codes);
    EXPECT_EQ(rest.child_status, ChildStatus::Accepted);
    EXPECT_EQ(rest.link_direction, LinkDirection::ParentOnParent);
    EXPECT_TRUE(rest.shows_protection_prices && rest.signed_quantities);
    EXPECT_TRUE(rest.numbers_as_strings && rest.booleans_as_strings);
    EXPECT_TRUE(rest.order_ids_as_strings && rest.account_as_object);
    EXPECT_FALSE(rest.upper_case_pl);
    EXPECT_TRUE(rest.details_as_instruments && rest.from_time_parameters);
    EXPECT_EQ(rest.symbol_style, SymbolStyle::Slash);
    EXPECT_EQ(rest.page_size, 7);
    EXPECT_TRUE(rest.is_in_adapter_config);
    EXPECT_FALSE(options.push.trailing_slash_required || options.push.sends_ping_session);
    EXPECT_EQ(options.push.ping_interval, std::chrono::milliseconds{10});
    EXPECT_EQ(options.push.unanswered_pings, 3);
    EXPECT_EQ(options.push.metrics_interval, std::chrono::milliseconds{20});
    EXPECT_TRUE(options.push.requires_timestamp);
    EXPECT_EQ(options.push.max_queued_messages, 9U);
    ASSERT_EQ(options.rest_rules.size(), 1U);
    EXPECT_EQ(options.rest_rules[0].fault, RestFault::Slow);
    EXPECT_EQ(options.rest_rules[0].endpoint, RestEndpoint::History);
    EXPECT_EQ(options.rest_rules[0].times, 2);
    EXPECT_EQ(options.rest_rules[0].skip, 1);
}

TEST_F(RestOptionsYaml, NamesTheKeyOfAValueThatIsNone) {
    EXPECT_EQ(error_of("rest: {pl_case: pL}"),
              "sim.yaml:1: rest.pl_case: \"pL\" is none of PL, Pl");
    EXPECT_EQ(error_of("rest: {reject_async_ratio: 2}"),
              "sim.yaml:1: rest.reject_async_ratio: \"2\" is not from 0 to 1");
    EXPECT_EQ(error_of("push: {pings: 2}"), "sim.yaml:1: push.pings: unknown key");
    EXPECT_EQ(error_of("rest_rules: [{fault: slwo}]"),
              "sim.yaml:1: rest_rules[0].fault: unknown fault \"slwo\"");
    EXPECT_EQ(error_of("rest_rules: [{fault: slow, endpoint: order}]"),
              "sim.yaml:1: rest_rules[0].endpoint: unknown endpoint \"order\"");
    EXPECT_EQ(error_of("rest_rules: [{times: 1}]"), "sim.yaml:1: rest_rules[0]: fault is missing");
}

class AdapterConfigOfRest : public SimulatorFixture {
protected:
    // The only account of adapter.yaml.
    [[nodiscard]] YAML::Node account(SimulatorOptions options) {
        make_simulator(std::move(options));
        simulator_->start();
        return YAML::LoadFile(simulator_->adapter_config().string())["accounts"][0];
    }
    [[nodiscard]] std::string base() const {
        return "://127.0.0.1:" + std::to_string(simulator_->port(Listener::Rest)) + "/dxsca-web";
    }
};

TEST_F(AdapterConfigOfRest, HasRestAndPushBesideFixIfToldTo) {
    EXPECT_FALSE(account({})["rest"]);
    SimulatorOptions options;
    options.rest.is_in_adapter_config = true;
    const auto both = account(std::move(options));
    EXPECT_EQ(both["order_entry"].as<std::string>(), "fix");
    EXPECT_TRUE(both["fix"]);
    EXPECT_EQ(both["rest"]["base_url"].as<std::string>(), "https" + base());
    EXPECT_EQ(both["rest"]["username"].as<std::string>(), "acc1");
    EXPECT_EQ(both["rest"]["domain"].as<std::string>(), "default");
    EXPECT_EQ(both["rest"]["password"].as<std::string>(), "file:ACC-1.password");
    EXPECT_EQ(both["push"]["url"].as<std::string>(), "wss" + base());
}

TEST_F(AdapterConfigOfRest, HasNoFixWhereOrdersGoOverRest) {
    SimulatorOptions options;
    options.rest.is_order_entry = true;
    const auto rest = account(std::move(options));
    EXPECT_EQ(rest["order_entry"].as<std::string>(), "rest");
    EXPECT_FALSE(rest["fix"]);
    EXPECT_EQ(rest["rest"]["base_url"].as<std::string>(), "https" + base());
}

}  // namespace
}  // namespace broker::simulator
