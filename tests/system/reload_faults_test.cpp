// A reload that is wrong changes nothing and says why; accounts that cannot be used are named.
#include <fstream>
#include <functional>
#include <sstream>

#include "broker/sdk/text.hpp"
#include "system/reload_fixture.hpp"

namespace broker::test {
namespace {

using testing::HasSubstr;

class ReloadFaults : public ReloadFixture {
protected:
    ReloadFaults() : ReloadFixture{{"ACC-1", "ACC-2"}} {}

    // Both trade on in the sessions that they have.
    void expect_nothing_changed(const std::string& id) {
        EXPECT_EQ(result_.is_applied, 0);
        expect_taken("ACC-1", "1-" + id);
        expect_taken("ACC-2", "2-" + id);
        for (const std::size_t venue : {0U, 1U}) {
            EXPECT_EQ(received_of(venue, "A"), 1U);
            EXPECT_EQ(received_of(venue, "5"), 0U);
        }
    }
    void expect_refused(const std::string& name, const std::string& text) {
        const sdk::Status status = reload();
        EXPECT_EQ(status.code, BROKER_CONFIGURATION_ERROR) << name;
        EXPECT_EQ(status.reason, BROKER_REASON_CONFIGURATION) << name;
        EXPECT_THAT(status.text, HasSubstr(text)) << name;
        expect_nothing_changed(name);
    }
};

TEST_F(ReloadFaults, WrongFileChangesNothingAndSaysWhy) {
    start({"ACC-1", "ACC-2"});
    const AccountYaml good = yaml("ACC-2");
    // The first is changed too: it stays as it is all the same.
    yaml("ACC-1").limits = "{orders_per_s: 7, order_ttl_ms: 5000}";
    yaml("ACC-2").limits = "{orders_per_second: 7}";
    expect_refused("unknown-key", "accounts[1].limits: unknown key \"orders_per_second\"");
    yaml("ACC-2") = good;
    yaml("ACC-2").password = "nowhere.password";
    expect_refused("credential", "account ACC-2: fix.trading.password: ");
    yaml("ACC-2") = good;
    yaml("ACC-2").certificate = "client-ACC-9.pem";
    expect_refused("certificate", "account ACC-2: tls.certificate: ");
    yaml("ACC-2") = good;
    yaml("ACC-2").trust = good.password;
    expect_refused("not-a-certificate", "account ACC-2: tls: ");
    yaml("ACC-2") = good;
    yaml("ACC-2").profile = "no-such-profile";
    expect_refused("profile", "expected the name of a profile");
    yaml("ACC-2") = good;
    rig_.set_event_loop("{mode: block, threads: 2}");
    expect_refused("threads", "event_loop.threads cannot change while the adapter runs");
    rig_.set_event_loop("{mode: block, threads: 1}");
    rig_.set_adapter_extra(", on_bad_account: skip");
    yaml("ACC-2").password = "nowhere.password";
    expect_refused("one-that-runs", "account ACC-2: fix.trading.password: ");
    yaml("ACC-2") = good;
    ASSERT_TRUE(reload().is_ok());
    EXPECT_EQ(result_.changed, 1U);
}

TEST_F(ReloadFaults, OtherFoldersAndFilesThatAreNoneAreRefused) {
    start({"ACC-1", "ACC-2"});
    rig_.write_config();
    std::stringstream text;
    text << std::ifstream{rig_.config()}.rdbuf();
    const auto other = rig_.directory() / "other.yaml";
    std::string changed = text.str();
    changed.replace(changed.find("journal_dir: journal"), 20, "journal_dir: elsewhere");
    std::ofstream{other} << changed;
    EXPECT_THAT(reload_file(other.string()).text,
                HasSubstr("journal_dir cannot change while the adapter runs: expected " +
                          (rig_.directory() / "journal").string()));
    std::ofstream{other} << "adapter: [";
    EXPECT_THAT(reload_file(other.string()).text, HasSubstr("other.yaml:"));
    EXPECT_THAT(reload_file((rig_.directory() / "none.yaml").string()).text,
                HasSubstr("none.yaml: cannot be read"));
    EXPECT_EQ(reload_file("").code, BROKER_INVALID_ARGUMENT);
    expect_nothing_changed("A");
}

TEST_F(ReloadFaults, IsAskedForOnTheControlThreadOfARunningAdapter) {
    rig_.create();
    EXPECT_EQ(reload_file(rig_.config().string()).code, BROKER_INVALID_STATE);
    std::atomic<broker_status_t> from_callback{BROKER_OK};
    rig_.events().on_each([&](const RecordedEvent& event) {
        if (event.state != BROKER_ACCOUNT_STATE_READY) return;
        broker_reload_result_t result{};
        from_callback =
            rig_.adapter().operator_desk()->reload(rig_.config().string(), kWhy, result).code;
    });
    ASSERT_TRUE(rig_.adapter().start().is_ok());
    ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    ASSERT_TRUE(rig_.wait_ready("ACC-2")) << rig_.log();
    EXPECT_EQ(from_callback, BROKER_WRONG_THREAD);
    const auto& desk = *rig_.adapter().operator_desk();
    EXPECT_EQ(desk.reload(rig_.config().string(), "", result_).reason, BROKER_REASON_INVALID_FIELD);
    expect_nothing_changed("A");
    ASSERT_TRUE(rig_.adapter().stop().is_ok());
    EXPECT_EQ(reload_file(rig_.config().string()).code, BROKER_INVALID_STATE);
}

TEST_F(ReloadFaults, AccountThatCannotBeMadeAnewIsDownAndTheOthersGoOn) {
    start({"ACC-1", "ACC-2"});
    expect_taken("ACC-2", "A");
    const AccountYaml good = yaml("ACC-2");
    const auto folder = rig_.directory() / "journal" / "ACC-2";
    // Its folder turns into one that nobody can open once the account has let go of it.
    rig_.events().on_each([&](const RecordedEvent& event) {
        if (event.account != "ACC-2" || event.state != BROKER_ACCOUNT_STATE_STOPPED) return;
        if (std::filesystem::is_directory(folder)) {
            std::filesystem::rename(folder, folder.string() + ".away");
            std::ofstream{folder} << "not a folder";
        }
    });
    yaml("ACC-2").limits = "{orders_per_s: 7, order_ttl_ms: 5000}";
    const sdk::Status status_of_reload = reload();
    EXPECT_EQ(status_of_reload.code, BROKER_CONFIGURATION_ERROR);
    EXPECT_THAT(status_of_reload.text, HasSubstr("account ACC-2 is down: "));
    EXPECT_EQ(result_.is_applied, 1);
    EXPECT_EQ(result_.down, 1U);
    EXPECT_EQ(result_.unchanged, 1U);
    EXPECT_EQ(status("ACC-2").state, BROKER_ACCOUNT_STATE_STOPPED);
    EXPECT_EQ(status("ACC-2").reason, BROKER_REASON_CONFIGURATION);
    const sdk::Status refused = rig_.submit({.account = "ACC-2", .id = "B", .price = "0.5"});
    EXPECT_EQ(refused.code, BROKER_REFUSED);
    EXPECT_THAT(refused.text, HasSubstr("account ACC-2 is down: "));
    expect_taken("ACC-1", "C");

    // Put right, it comes back with the next reload, and its order with it.
    std::filesystem::remove(folder);
    std::filesystem::rename(folder.string() + ".away", folder);
    rig_.events().on_each({});
    rig_.events().clear();
    ASSERT_TRUE(reload().is_ok());
    ASSERT_TRUE(rig_.wait_ready("ACC-2")) << rig_.log();
    expect_canceled("ACC-2", "D", "A");
}

TEST_F(ReloadFaults, BadAccountAtTheStartIsLeftOutIfTheFileSaysSo) {
    const std::string good = yaml("ACC-2").password;
    yaml("ACC-2").password = "nowhere.password";
    EXPECT_THROW(rig_.create(), std::exception) << "without the key it keeps all from starting";
    rig_.set_adapter_extra(", on_bad_account: skip");
    start({"ACC-1"});
    expect_taken("ACC-1", "A");
    const sdk::Status refused = rig_.submit({.account = "ACC-2", .id = "B", .price = "0.5"});
    EXPECT_EQ(refused.code, BROKER_REFUSED);
    EXPECT_EQ(refused.reason, BROKER_REASON_CONFIGURATION);
    EXPECT_THAT(refused.text, HasSubstr("account ACC-2 is left out: "));
    EXPECT_THAT(refused.text, HasSubstr("fix.trading.password"));
    broker_capabilities_t capabilities{};
    EXPECT_EQ(rig_.adapter().capabilities()->get("ACC-2", capabilities).text, refused.text);
    EXPECT_EQ(status("ACC-2").state, BROKER_ACCOUNT_STATE_STOPPED);
    EXPECT_EQ(status("ACC-2").reason, BROKER_REASON_CONFIGURATION);
    EXPECT_TRUE(rig_.events().wait_for(
        session("ACC-2", BROKER_ACCOUNT_STATE_STOPPED, BROKER_REASON_CONFIGURATION)));
    EXPECT_TRUE(rig_.wait_for_log("account=ACC-2 left-out text="));

    ASSERT_TRUE(reload().is_ok()) << "it is still left out, and does not keep others from changing";
    EXPECT_EQ(result_.left_out, 1U);
    EXPECT_EQ(result_.unchanged, 1U);
    yaml("ACC-2").password = good;
    ASSERT_TRUE(reload().is_ok());
    EXPECT_EQ(result_.added, 1U);
    ASSERT_TRUE(rig_.wait_ready("ACC-2")) << rig_.log();
    expect_taken("ACC-2", "C");
    expect_events_counted("ACC-2");
}

}  // namespace
}  // namespace broker::test
