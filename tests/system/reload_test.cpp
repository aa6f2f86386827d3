// Accounts are added, removed and changed while the adapter runs.
#include <atomic>
#include <chrono>
#include <fstream>
#include <thread>

#include "system/journal_folder.hpp"
#include "system/reload_fixture.hpp"

namespace broker::test {
namespace {

class Reload : public ReloadFixture {
protected:
    Reload() : ReloadFixture{{"ACC-1", "ACC-2", "ACC-3", "ACC-4"}} {}
};

// Sends an order of an account every few milliseconds for as long as it lives.
class Trader {
public:
    Trader(TradingRig& rig, std::string account)
        : rig_{rig}, account_{std::move(account)}, thread_{[this] { trade(); }} {}
    ~Trader() { stop(); }

    // Returns how many orders it sent; each was taken.
    std::size_t stop() {
        is_over_ = true;
        if (thread_.joinable()) thread_.join();
        return count_;
    }

private:
    void trade() {
        while (!is_over_) {
            const std::string id = "T" + std::to_string(++count_);
            const auto sent = rig_.submit({.account = account_, .id = id, .price = "0.5"});
            EXPECT_TRUE(sent.is_ok()) << id << " " << sent.describe();
            std::this_thread::sleep_for(std::chrono::milliseconds{3});
        }
    }

    TradingRig& rig_;
    const std::string account_;
    std::atomic<bool> is_over_{false};
    std::size_t count_ = 0;
    std::thread thread_;
};

TEST_F(Reload, AddsRemovesAndChangesWhileAnotherAccountTradesOn) {
    AccountYaml fourth = take_out("ACC-4");
    start({"ACC-1", "ACC-2", "ACC-3"});
    expect_taken("ACC-2", "A");
    expect_taken("ACC-3", "B");
    const auto is_session_of_first = [](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_SESSION && event.account == "ACC-1";
    };
    const std::size_t sessions_of_first = rig_.events().count(is_session_of_first);
    Trader trader{rig_, "ACC-1"};

    yaml("ACC-2").limits = "{orders_per_s: 7, order_ttl_ms: 5000}";
    (void)take_out("ACC-3");
    put_in(fourth);
    const sdk::Status done = reload();
    ASSERT_TRUE(done.is_ok()) << done.describe();
    EXPECT_EQ(result_.is_applied, 1);
    EXPECT_EQ(result_.added, 1U);
    EXPECT_EQ(result_.removed, 1U);
    EXPECT_EQ(result_.changed, 1U);
    EXPECT_EQ(result_.unchanged, 1U);
    EXPECT_EQ(result_.left_out + result_.down, 0U);

    // The removed one is gone when the call returns.
    EXPECT_EQ(rig_.events().count(
                  session("ACC-3", BROKER_ACCOUNT_STATE_STOPPED, BROKER_REASON_CONFIGURATION)),
              1U);
    EXPECT_EQ(rig_.submit({.account = "ACC-3", .id = "C", .price = "0.5"}).reason,
              BROKER_REASON_ACCOUNT_UNKNOWN);
    EXPECT_EQ(rig_.adapter().accounts()->count(), 3U);
    EXPECT_EQ(received_of(2, "5"), 1U) << "it logged out in order";
    EXPECT_EQ(received_of(2, "F"), 0U) << "its order stays at the venue";

    ASSERT_TRUE(rig_.wait_ready("ACC-4")) << rig_.log();
    expect_taken("ACC-4", "D");
    EXPECT_TRUE(wait_became_ready("ACC-2", 2)) << rig_.log();
    EXPECT_EQ(rig_.events().count(
                  session("ACC-2", BROKER_ACCOUNT_STATE_STOPPED, BROKER_REASON_CONFIGURATION)),
              1U);
    broker_capabilities_t capabilities{};
    ASSERT_TRUE(rig_.adapter().capabilities()->get("ACC-2", capabilities).is_ok());
    EXPECT_EQ(capabilities.max_orders_per_second, 7U);

    const std::size_t sent = trader.stop();
    EXPECT_TRUE(rig_.events().wait_for_count(
        [](const RecordedEvent& event) {
            return event.account == "ACC-1" && event.ord_status == BROKER_ORD_STATUS_NEW;
        },
        sent));
    EXPECT_GT(sent, 10U);
    EXPECT_EQ(received_of(0, "A"), 1U) << "one session all the time";
    EXPECT_EQ(received_of(0, "5"), 0U);
    EXPECT_EQ(received_of(0, "2"), 0U) << "no gap";
    EXPECT_EQ(rig_.events().count(is_session_of_first), sessions_of_first);
    for (const std::string id : {"ACC-1", "ACC-2", "ACC-3", "ACC-4"}) expect_events_counted(id);
    EXPECT_TRUE(
        rig_.wait_for_log("action=reload added=1 removed=1 changed=1 unchanged=1 "
                          "left_out=0 down=0 why=\"ann: new limits\""))
        << rig_.log();
}

TEST_F(Reload, StandsInTheJournalsOfTheAccountsThatItConcerns) {
    const AccountYaml fourth = take_out("ACC-4");
    start({"ACC-1", "ACC-2", "ACC-3"});
    yaml("ACC-2").limits = "{orders_per_s: 7, order_ttl_ms: 5000}";
    (void)take_out("ACC-3");
    put_in(fourth);
    ASSERT_TRUE(reload().is_ok()) << rig_.log();
    ASSERT_TRUE(wait_became_ready("ACC-2", 2)) << rig_.log();
    ASSERT_TRUE(rig_.wait_ready("ACC-4")) << rig_.log();
    rig_.stop();
    const auto actions = [this](const char* account) {
        return recorded(rig_.directory() / "journal" / account,
                        journal::RecordKind::OperatorAction);
    };
    const auto line = [](const std::string& text) {
        return "who=\"ann: new limits\" what=\"reload\" text=\"" + text + "\"";
    };
    EXPECT_THAT(actions("ACC-1"), testing::IsEmpty());
    EXPECT_THAT(actions("ACC-2"),
                testing::ElementsAre(line("ends: to be changed"), line("begins: changed")));
    EXPECT_THAT(actions("ACC-3"), testing::ElementsAre(line("ends: removed")));
    EXPECT_THAT(actions("ACC-4"), testing::ElementsAre(line("begins: added")));
}

TEST_F(Reload, OrdersAndNumbersOfAChangedAccountSurvive) {
    start({"ACC-1", "ACC-2"});
    expect_taken("ACC-2", "A");
    yaml("ACC-2").limits = "{orders_per_s: 7, order_ttl_ms: 5000}";
    ASSERT_TRUE(reload().is_ok()) << rig_.log();
    ASSERT_TRUE(wait_became_ready("ACC-2", 2)) << rig_.log();
    EXPECT_EQ(status("ACC-2").live_order_count, 1U);
    EXPECT_EQ(received_of(1, "2"), 0U) << "the numbers went on";
    expect_canceled("ACC-2", "B", "A");
    EXPECT_EQ(rig_.received(1, "D", "A"), 1U) << "sent once";
    const sdk::Status again = rig_.submit({.account = "ACC-2", .id = "A", .price = "0.5"});
    EXPECT_TRUE(!again.is_ok() || rig_.events().wait_for([](const RecordedEvent& event) {
        return event.cl_ord_id == "A" && event.reason == BROKER_REASON_DUPLICATE_CL_ORD_ID;
    })) << "its ClOrdID stays used";
    EXPECT_EQ(rig_.received(1, "D", "A"), 1U);
}

TEST_F(Reload, SameFileInOtherWordsTouchesNothing) {
    start({"ACC-1", "ACC-2"});
    rig_.write_config();
    std::ofstream{rig_.config(), std::ios::app} << "\n# a remark\n";
    ASSERT_TRUE(reload_file(rig_.config().string()).is_ok());
    EXPECT_EQ(result_.unchanged, 4U);
    EXPECT_EQ(result_.changed + result_.added + result_.removed, 0U);
    expect_taken("ACC-1", "A");
    EXPECT_EQ(received_of(0, "A"), 1U);
    EXPECT_EQ(received_of(0, "5"), 0U);
}

TEST_F(Reload, RemovedAccountComesBackWithItsOrders) {
    start({"ACC-1", "ACC-2"});
    expect_taken("ACC-2", "A");
    const AccountYaml second = take_out("ACC-2");
    ASSERT_TRUE(reload().is_ok());
    EXPECT_EQ(result_.removed, 1U);
    put_in(second);
    rig_.events().clear();
    ASSERT_TRUE(reload().is_ok());
    EXPECT_EQ(result_.added, 1U);
    ASSERT_TRUE(rig_.wait_ready("ACC-2")) << rig_.log();
    expect_canceled("ACC-2", "B", "A");
}

TEST_F(Reload, NewPasswordInTheSameFileIsAChange) {
    start({"ACC-1", "ACC-2"});
    const auto file = yaml("ACC-2").venue / yaml("ACC-2").password;
    std::ofstream{file} << "not-the-password";
    ASSERT_TRUE(reload().is_ok());
    EXPECT_EQ(result_.changed, 1U);
    EXPECT_EQ(result_.unchanged, 3U);
    EXPECT_TRUE(rig_.events().wait_for(session_reason("ACC-2", BROKER_REASON_LOGON_REFUSED)))
        << rig_.log();
    std::ofstream{file} << "secret-ACC-2";
    rig_.events().clear();
    ASSERT_TRUE(reload().is_ok());
    EXPECT_EQ(result_.changed, 1U);
    EXPECT_TRUE(rig_.wait_ready("ACC-2")) << rig_.log();
    EXPECT_EQ(rig_.log().find("not-the-password"), std::string::npos);
}

TEST_F(Reload, PauseOutlivesAChange) {
    start({"ACC-1"});
    ASSERT_TRUE(rig_.adapter().operator_desk()->pause("ACC-1", 1, kWhy).is_ok());
    ASSERT_TRUE(rig_.events().wait_for(request_done(1)));
    yaml("ACC-1").limits = "{orders_per_s: 7, order_ttl_ms: 5000}";
    rig_.events().clear();
    ASSERT_TRUE(reload().is_ok());
    EXPECT_TRUE(rig_.events().wait_for(
        session("ACC-1", BROKER_ACCOUNT_STATE_SUSPENDED, BROKER_REASON_OPERATOR)));
    broker_operator_status_t held{};
    ASSERT_TRUE(rig_.adapter().operator_desk()->read("ACC-1", held).is_ok());
    EXPECT_EQ(held.is_paused, 1);
    EXPECT_EQ(received_of(0, "A"), 1U) << "it does not connect";
    ASSERT_TRUE(rig_.adapter().operator_desk()->resume("ACC-1", 2, kWhy).is_ok());
    EXPECT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
}

TEST_F(Reload, ThreadsThatHadNoAccountRunTheAddedOnes) {
    rig_.set_event_loop("{mode: block, threads: 3}");
    std::vector<AccountYaml> others{take_out("ACC-2"), take_out("ACC-3"), take_out("ACC-4")};
    start({"ACC-1"});
    for (AccountYaml& each : others) put_in(each);
    ASSERT_TRUE(reload().is_ok());
    EXPECT_EQ(result_.added, 3U);
    for (const std::string id : {"ACC-2", "ACC-3", "ACC-4"}) {
        ASSERT_TRUE(rig_.wait_ready(id)) << rig_.log();
        expect_taken(id, "O-" + id);
    }
    for (int i = 1; i < 4; ++i) (void)take_out("ACC-" + std::to_string(i + 1));
    ASSERT_TRUE(reload().is_ok());
    EXPECT_EQ(result_.removed, 3U);
    expect_taken("ACC-1", "A");
}

}  // namespace
}  // namespace broker::test
