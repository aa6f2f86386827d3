#include "config/settings_yaml.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_directory.hpp"

namespace broker::config {
namespace {

using testing::EndsWith;
using testing::HasSubstr;

constexpr std::string_view kAccount = R"(
  - id: ACC-1
    profile: simulator
    account: "default:ACC-1"
    tls: {trust: file:ca.pem, certificate: file:c.pem, key: file:c.key, server_name: localhost}
    fix:
      trading: {hosts: ["127.0.0.1:9880", "[::1]:9881"], sender_comp_id: ACC1,
                target_comp_id: DXTRADE, username: u, password: env:PW}
)";

class SettingsYaml : public testing::Test {
protected:
    Settings load(const std::string& text) {
        write("adapter.yaml", text);
        return load_settings(directory_.path() / "adapter.yaml", DXTRADE_CONFIG_DIR);
    }

    void write(const std::string& name, const std::string& text) {
        const auto file = directory_.path() / name;
        std::filesystem::create_directories(file.parent_path());
        std::ofstream{file} << text;
    }

    // The text of the error without the folder.
    std::string error_of(const std::string& text) {
        try {
            (void)load(text);
        } catch (const ConfigError& e) {
            std::string what = e.what();
            const std::string folder = directory_.path().string() + "/";
            if (what.starts_with(folder)) what.erase(0, folder.size());
            return what;
        }
        return "no error";
    }

    static std::string with_account(std::string account) {
        return "adapter: {journal_dir: var}\naccounts:" + std::move(account);
    }

    static std::string changed(std::string_view from, std::string_view to) {
        std::string text = with_account(std::string{kAccount});
        const std::size_t at = text.find(from);
        EXPECT_NE(at, std::string::npos) << from;
        return text.replace(at, from.size(), to);
    }

    // The account with further sessions beside its trading session.
    static std::string with_sessions(const std::string& sessions) {
        std::string text = with_account(std::string{kAccount});
        const std::size_t at = text.find("    fix:\n");
        text.replace(at, 9, "    fix: {\n");
        text.erase(text.find_last_not_of('\n') + 1);
        return text + ",\n      " + sessions + "}\n";
    }

    test::TemporaryDirectory directory_;
};

TEST_F(SettingsYaml, MinimalFileIsCompletedWithDefaults) {
    const Settings settings = load(with_account(std::string{kAccount}));
    EXPECT_EQ(settings.journal_dir, directory_.path() / "var");
    EXPECT_EQ(settings.event_loop.mode, EventLoopMode::Block);
    ASSERT_EQ(settings.accounts.size(), 1U);
    const AccountSettings& account = settings.accounts.front();
    EXPECT_EQ(account.id, "ACC-1");
    EXPECT_EQ(account.account, "default:ACC-1");
    EXPECT_EQ(account.profile.name, "simulator");
    EXPECT_EQ(account.base, directory_.path());
    ASSERT_EQ(account.trading->hosts.size(), 2U);
    EXPECT_EQ(account.trading->hosts[1].host, "::1");
    EXPECT_EQ(account.trading->hosts[1].port, "9881");
    EXPECT_EQ(account.trading->heartbeat, std::chrono::seconds{30});
    EXPECT_FALSE(account.trading->reset_on_logon);
    EXPECT_EQ(account.limits.orders_per_s, 0U);
    EXPECT_FALSE(account.limits.max_order_qty.has_value());
}

TEST_F(SettingsYaml, FailoverIsStickyWithSharedNumbersUnlessItSaysOtherwise) {
    const Settings plain = load(with_account(std::string{kAccount}));
    EXPECT_EQ(plain.accounts[0].trading->failover, Failover::Sticky);
    EXPECT_EQ(plain.accounts[0].trading->sequence_policy, SequencePolicy::Shared);
    EXPECT_EQ(plain.connect_budget.account_per_s, 10U);
    EXPECT_EQ(plain.connect_budget.host_per_s, 20U);

    std::string text = changed("username: u",
                               "failover: prefer_primary, failover_return_after_ms: 5, "
                               "sequence_policy: separate");
    text.replace(text.find("journal_dir: var"), 16,
                 "journal_dir: var, connect_budget: {account_per_s: 3, host_per_s: 0}");
    const Settings settings = load(text);
    const FixSessionSettings& session = *settings.accounts[0].trading;
    EXPECT_EQ(session.failover, Failover::PreferPrimary);
    EXPECT_EQ(session.return_after, std::chrono::milliseconds{5});
    EXPECT_EQ(session.sequence_policy, SequencePolicy::Separate);
    EXPECT_EQ(settings.connect_budget.account_per_s, 3U);
    EXPECT_EQ(settings.connect_budget.host_per_s, 0U);
}

TEST_F(SettingsYaml, FailoverKeysThatCannotMeanAnythingAreErrors) {
    EXPECT_THAT(error_of(changed("username: u", "failover: primary")),
                HasSubstr("fix.trading.failover: expected"));
    EXPECT_THAT(error_of(changed("username: u", "sequence_policy: mixed")),
                HasSubstr("fix.trading.sequence_policy: expected"));
    EXPECT_THAT(error_of(changed("username: u", "failover_return_after_ms: 5")),
                HasSubstr("expected failover: prefer_primary with it"));
    EXPECT_THAT(error_of(changed("[::1]:9881", "127.0.0.1:9880")),
                HasSubstr("hosts[1]: host 127.0.0.1:9880 stands twice"));
}

TEST_F(SettingsYaml, IncludedFilesAddAccountsWithPathsRelativeToThemselves) {
    std::string second{kAccount};
    second.replace(second.find("ACC-1"), 5, "ACC-2");
    second.replace(second.find("sender_comp_id: ACC1"), 20, "sender_comp_id: ACC2");
    write("accounts/a.yaml", "accounts:" + second);
    const Settings settings =
        load("adapter: {journal_dir: var}\ninclude: [accounts/*.yaml]\naccounts:" +
             std::string{kAccount});
    ASSERT_EQ(settings.accounts.size(), 2U);
    EXPECT_EQ(settings.accounts[1].id, "ACC-2");
    EXPECT_EQ(settings.accounts[1].base, directory_.path() / "accounts");
}

TEST_F(SettingsYaml, UnknownKeyNamesPlaceAndNearestKey) {
    EXPECT_EQ(error_of(changed("sender_comp_id", "sender_compid")),
              "adapter.yaml:8: accounts[0].fix.trading: missing key \"sender_comp_id\"");
    EXPECT_EQ(
        error_of(changed("username: u", "user_name: u")),
        "adapter.yaml:9: accounts[0].fix.trading: unknown key \"user_name\"; the nearest known "
        "key is \"username\"");
}

TEST_F(SettingsYaml, KeyGivenTwiceIsAnError) {
    EXPECT_THAT(error_of(changed("id: ACC-1", "id: ACC-1\n    id: ACC-9")),
                HasSubstr("key \"id\" stands twice"));
}

TEST_F(SettingsYaml, WrongValuesNameWhatWasExpectedAndFound) {
    EXPECT_EQ(
        error_of(changed("username: u", "heartbeat_s: 0")),
        "adapter.yaml:9: accounts[0].fix.trading.heartbeat_s: expected a whole number from 1 to "
        "3600, found \"0\"");
    EXPECT_THAT(error_of(changed("username: u", "reset_on_logon: yes")),
                EndsWith("expected true or false, found \"yes\""));
    EXPECT_THAT(error_of(changed("\"127.0.0.1:9880\"", "\"127.0.0.1\"")),
                HasSubstr("fix.trading.hosts[0]: expected host:port"));
    EXPECT_THAT(error_of(changed("127.0.0.1:9880", "127.0.0.1:99999")),
                HasSubstr("expected a port from 1 to 65535"));
    EXPECT_THAT(error_of(changed("profile: simulator", "profile: nobody")),
                EndsWith("profile: expected the name of a profile, one of dxtrade-cfd, dxtrade-xt, "
                         "simulator, found \"nobody\""));
    EXPECT_THAT(error_of(changed("profile: simulator", "profile: ../profiles/simulator")),
                HasSubstr("expected the name of a profile"));
}

TEST_F(SettingsYaml, CredentialInTheFileItselfIsRefusedAndNotRepeated) {
    const std::string error = error_of(changed("password: env:PW", "password: hunter2"));
    EXPECT_THAT(error, HasSubstr("password: expected a reference"));
    EXPECT_EQ(error.find("hunter2"), std::string::npos);
}

TEST_F(SettingsYaml, CertificateWithoutKeyIsRefused) {
    EXPECT_THAT(error_of(changed(", key: file:c.key", "")),
                HasSubstr("expected both \"certificate\" and \"key\""));
}

TEST_F(SettingsYaml, DurabilityIsBatchUnlessTheAccountSaysOtherwise) {
    const auto durability = [&](const std::string& key) {
        return load(changed("profile:", key + "profile:")).accounts[0].durability;
    };
    EXPECT_EQ(durability(""), Durability::Batch);
    EXPECT_EQ(durability("durability: async\n    "), Durability::Async);
    EXPECT_EQ(durability("durability: batch\n    "), Durability::Batch);
    EXPECT_EQ(durability("durability: before_send\n    "), Durability::BeforeSend);
    EXPECT_THAT(error_of(changed("profile:", "durability: always\n    profile:")),
                HasSubstr("accounts[0].durability: "));
}

TEST_F(SettingsYaml, AccountsMustDifferInIdAndCompIDs) {
    EXPECT_THAT(error_of(with_account(std::string{kAccount} + std::string{kAccount})),
                HasSubstr("id \"ACC-1\" stands twice"));
    std::string same_session{kAccount};
    same_session.replace(same_session.find("ACC-1"), 5, "ACC-2");
    EXPECT_THAT(error_of(with_account(std::string{kAccount} + same_session)),
                HasSubstr("has the CompIDs of account \"ACC-1\""));
}

TEST_F(SettingsYaml, MarketDataAndDropCopySessionsHaveSettingsOfTheirOwn) {
    const Settings settings = load(with_sessions(
        R"(market_data: {hosts: ["127.0.0.1:9882"], sender_comp_id: ACC1-MD, target_comp_id: MD,
                    username: md, password: env:MD_PW},
      drop_copy: {hosts: ["127.0.0.1:9883"], sender_comp_id: ACC1-DC, target_comp_id: DC})"));
    const AccountSettings& account = settings.accounts.front();
    ASSERT_TRUE(account.market_data.has_value());
    EXPECT_EQ(account.market_data->hosts.at(0).port, "9882");
    EXPECT_EQ(account.market_data->sender_comp_id, "ACC1-MD");
    EXPECT_EQ(account.market_data->username, "md");
    EXPECT_EQ(account.market_data->password, "env:MD_PW");
    EXPECT_TRUE(account.market_data->reset_on_logon);
    ASSERT_TRUE(account.drop_copy.has_value());
    EXPECT_EQ(account.drop_copy->target_comp_id, "DC");
    EXPECT_FALSE(account.drop_copy->reset_on_logon);
    EXPECT_EQ(account.drop_copy->username, "");
    EXPECT_EQ(account.market_data_rules.conflation, Conflation::Symbol);
    EXPECT_EQ(account.market_data_rules.stale_after, std::chrono::milliseconds{0});
    EXPECT_EQ(account.market_data_rules.max_subscriptions, 1000U);
}

TEST_F(SettingsYaml, SessionsThatAreNotGivenAreNotThere) {
    const Settings settings = load(with_account(std::string{kAccount}));
    EXPECT_FALSE(settings.accounts.front().market_data.has_value());
    EXPECT_FALSE(settings.accounts.front().drop_copy.has_value());
}

TEST_F(SettingsYaml, SessionThatTheProfileDoesNotOfferIsRefused) {
    const std::string session =
        R"({hosts: ["127.0.0.1:9882"], sender_comp_id: X, target_comp_id: Y})";
    std::string text = with_sessions("market_data: " + session);
    text.replace(text.find("simulator"), 9, "dxtrade-xt");
    EXPECT_THAT(error_of(text),
                EndsWith("accounts[0].fix.market_data: profile dxtrade-xt does not offer this "
                         "session (market_data.offered)"));
    text = with_sessions("drop_copy: " + session);
    text.replace(text.find("simulator"), 9, "dxtrade-cfd");
    EXPECT_THAT(error_of(text),
                EndsWith("accounts[0].fix.drop_copy: profile dxtrade-cfd does not offer this "
                         "session (drop_copy.offered)"));
}

TEST_F(SettingsYaml, SessionsOfAnAccountMustDifferInCompIDs) {
    EXPECT_THAT(error_of(with_sessions(R"(drop_copy: {hosts: ["127.0.0.1:9883"],
                                          sender_comp_id: ACC1, target_comp_id: DXTRADE})")),
                EndsWith("accounts[0]: fix.drop_copy has the CompIDs of fix.trading: each session "
                         "needs its own"));
    EXPECT_THAT(
        error_of(with_sessions(
            R"(market_data: {hosts: ["127.0.0.1:9883"], sender_comp_id: A, target_comp_id: B},
      drop_copy: {hosts: ["127.0.0.1:9883"], sender_comp_id: A, target_comp_id: B})")),
        EndsWith("fix.drop_copy has the CompIDs of fix.market_data: each session needs its own"));
    // A SubID tells them apart.
    EXPECT_EQ(error_of(with_sessions(R"(drop_copy: {hosts: ["127.0.0.1:9883"],
                  sender_comp_id: ACC1, sender_sub_id: DC, target_comp_id: DXTRADE})")),
              "no error");
}

TEST_F(SettingsYaml, MarketDataSettingsAreReadWithTheirSession) {
    const std::string with_session = with_sessions(
        R"(market_data: {hosts: ["127.0.0.1:9882"], sender_comp_id: X, target_comp_id: Y})");
    const Settings settings =
        load(with_session +
             "    market_data: {conflation: none, stale_after_ms: 2500, max_subscriptions: 10}\n");
    const MarketDataSettings& rules = settings.accounts.front().market_data_rules;
    EXPECT_EQ(rules.conflation, Conflation::None);
    EXPECT_EQ(rules.stale_after, std::chrono::milliseconds{2500});
    EXPECT_EQ(rules.max_subscriptions, 10U);
    EXPECT_THAT(error_of(with_session + "    market_data: {conflation: all}\n"),
                EndsWith("market_data.conflation: expected one of symbol, none, found \"all\""));
    EXPECT_THAT(error_of(with_session + "    market_data: {max_subscriptions: 0}\n"),
                HasSubstr("max_subscriptions: expected a whole number from 1 to 100000"));
    EXPECT_THAT(error_of(with_session + "    market_data: {stale_after_ms: -1}\n"),
                HasSubstr("stale_after_ms: expected a whole number from 0 to 86400000"));
    EXPECT_THAT(
        error_of(with_account(std::string{kAccount}) + "    market_data: {conflation: none}\n"),
        EndsWith("accounts[0].market_data: expected fix.market_data, push or rest with it"));
}

TEST_F(SettingsYaml, QueryTimeoutIsTenSecondsUnlessGiven) {
    const std::string text = with_account(std::string{kAccount});
    EXPECT_EQ(load(text).accounts.front().limits.query_timeout, std::chrono::seconds{10});
    EXPECT_EQ(
        load(text + "    limits: {query_timeout_ms: 250}\n").accounts.front().limits.query_timeout,
        std::chrono::milliseconds{250});
    EXPECT_THAT(error_of(text + "    limits: {query_timeout_ms: 0}\n"),
                HasSubstr("query_timeout_ms: expected a whole number from 10 to 86400000"));
}

TEST_F(SettingsYaml, AccountHasItsOwnConstantsForFieldsAndParties) {
    std::string other{kAccount};
    other.replace(other.find("ACC-1"), 5, "ACC-2");
    other.replace(other.find("sender_comp_id: ACC1"), 20, "sender_comp_id: ACC2");
    const Settings settings = load(with_account(std::string{kAccount}) +
                                   "    fields: {order_capacity: A, investor: \"4711\"}" + other);
    const auto value_of = [&](std::size_t account) {
        for (const auto& field : settings.accounts.at(account).profile.fields) {
            if (field.name == "order_capacity") return field.value;
        }
        return std::string{"no such field"};
    };
    EXPECT_EQ(value_of(0), "A");
    EXPECT_EQ(value_of(1), "P");
    EXPECT_EQ(settings.accounts[0].profile.parties.at(0).id, "4711");
    EXPECT_EQ(settings.accounts[1].profile.parties.at(0).id, "");
}

TEST_F(SettingsYaml, ConstantThatTheProfileDoesNotKnowOrAllowIsRefused) {
    const std::string text = with_account(std::string{kAccount});
    EXPECT_THAT(error_of(text + "    fields: {order_kapacity: A}\n"),
                EndsWith("accounts[0].fields: expected the name of a field or party of profile "
                         "simulator, found \"order_kapacity\""));
    EXPECT_THAT(error_of(text + "    fields: {order_capacity: X}\n"),
                EndsWith("accounts[0].fields.order_capacity: expected one of the field's values, "
                         "found \"X\""));
    EXPECT_THAT(error_of(text + "    fields: {is_hedge: true}\n"),
                EndsWith("accounts[0].fields.is_hedge: expected Y or N, found \"true\""));
    EXPECT_THAT(error_of(text + "    fields: {investor: \"a\\x01b\"}\n"),
                HasSubstr("accounts[0].fields.investor: expected a text without control"));
}

TEST_F(SettingsYaml, FileThatIsMissingOrNotYamlIsNamed) {
    EXPECT_THROW((void)load_settings(directory_.path() / "none.yaml", DXTRADE_CONFIG_DIR),
                 ConfigError);
    EXPECT_THAT(error_of("adapter: [unclosed"), HasSubstr("adapter.yaml:1: not valid YAML"));
    EXPECT_THAT(error_of("just a text"), HasSubstr("expected a mapping of keys to values"));
    EXPECT_THAT(error_of("adapter: {journal_dir: var}"),
                HasSubstr("expected at least one account"));
    EXPECT_THAT(error_of("adapter: {journal_dir: var}\ninclude: [none/*.yaml]"),
                HasSubstr("expected a pattern that matches at least one file"));
}

TEST_F(SettingsYaml, EveryProfileOfTheProjectLoads) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator{DXTRADE_CONFIG_DIR "/profiles"}) {
        EXPECT_NO_THROW({
            const dxtrade::Profile profile = load_profile(entry.path());
            EXPECT_TRUE(profile.orders.sides.contains(core::Side::Buy)) << entry.path();
        });
        ++count;
    }
    EXPECT_GE(count, 1U);
}

TEST_F(SettingsYaml, TheExampleOfTheDocumentationLoads) {
    const Settings settings =
        load_settings(DXTRADE_CONFIG_DIR "/examples/adapter.yaml", DXTRADE_CONFIG_DIR);
    EXPECT_EQ(settings.accounts.size(), 2U);
}

TEST_F(SettingsYaml, TheExampleOfRestLoads) {
    const Settings settings =
        load_settings(DXTRADE_CONFIG_DIR "/examples/rest.yaml", DXTRADE_CONFIG_DIR);
    ASSERT_EQ(settings.accounts.size(), 3U);
    EXPECT_EQ(settings.accounts[0].order_entry, OrderEntry::Rest);
    EXPECT_TRUE(settings.accounts[2].cancel_on_disconnect.is_on);
}

TEST_F(SettingsYaml, ProfileSetsAreReadByName) {
    write("p.yaml",
          "name: p\norders: {sides: [Sell], ord_types: [StopLimit, TrailingStop], "
          "times_in_force: [AtTheClose]}\nreplaces: {offered: true}\n");
    const dxtrade::Profile profile = load_profile(directory_.path() / "p.yaml");
    EXPECT_TRUE(profile.orders.sides.contains(core::Side::Sell));
    EXPECT_FALSE(profile.orders.sides.contains(core::Side::Buy));
    EXPECT_TRUE(profile.orders.ord_types.contains(core::OrdType::StopLimit));
    EXPECT_TRUE(profile.orders.ord_types.contains(core::OrdType::TrailingStop));
    EXPECT_FALSE(profile.orders.ord_types.contains(core::OrdType::Market));
    EXPECT_TRUE(profile.orders.times_in_force.contains(core::TimeInForce::AtTheClose));
    EXPECT_TRUE(profile.replaces.is_offered);
}

}  // namespace
}  // namespace broker::config
