// Reloads under calls from many threads, and of accounts over REST and push.
#include <atomic>
#include <set>
#include <thread>
#include <utility>

#include "system/reload_fixture.hpp"

namespace broker::test {
namespace {

class ReloadTraffic : public ReloadFixture {
protected:
    ReloadTraffic() : ReloadFixture{{"ACC-1", "ACC-2", "ACC-3"}} {}
};

// Calls every function that looks accounts up; remembers which orders were taken.
class Caller {
public:
    Caller(TradingRig& rig, char prefix)
        : rig_{rig}, prefix_{prefix}, thread_{[this] { call(); }} {}

    ~Caller() { (void)stop(); }

    std::vector<std::string> stop() {
        is_over_ = true;
        if (thread_.joinable()) thread_.join();
        return std::exchange(taken_, {});
    }

private:
    void call() {
        for (int i = 0; !is_over_; ++i) {
            const std::string account = "ACC-" + std::to_string(1 + i % 3);
            const std::string id = prefix_ + std::to_string(i);
            if (rig_.submit({.account = account, .id = id, .price = "0.5"}).is_ok()) {
                taken_.push_back(id);
            }
            look(account);
            // Seldom: each is answered by a report for every live order.
            if (i % 100 == 0) (void)rig_.adapter().accounts()->request_snapshot(account, 1);
            std::this_thread::sleep_for(std::chrono::milliseconds{4});
        }
    }
    void look(const std::string& account) {
        const auto& adapter = rig_.adapter();
        broker_account_status_t status{};
        for (std::uint64_t i = 0; i < adapter.accounts()->count(); ++i) {
            if (!adapter.accounts()->get_status_at(i, status).is_ok()) continue;
            EXPECT_EQ(std::string_view(status.account.data, 4), "ACC-");
        }
        if (adapter.accounts()->get_status(account, status).is_ok()) {
            EXPECT_EQ(std::string_view(status.account.data, status.account.size), account);
        }
        std::string id;
        (void)adapter.cl_ord_ids()->generate(account, id);
        broker_risk_status_t risk{};
        (void)adapter.risk()->read(account, risk);
        broker_operator_status_t held{};
        (void)adapter.operator_desk()->read(account, held);
        broker_capabilities_t capabilities{};
        (void)adapter.capabilities()->get(account, capabilities);
    }

    TradingRig& rig_;
    const char prefix_;
    std::atomic<bool> is_over_{false};
    std::vector<std::string> taken_;
    std::thread thread_;
};

TEST_F(ReloadTraffic, EveryOrderThatIsTakenIsAnsweredThroughManyReloads) {
    start({"ACC-1", "ACC-2", "ACC-3"});
    std::vector<std::unique_ptr<Caller>> callers;
    for (const char prefix : {'A', 'B', 'C'}) {
        callers.push_back(std::make_unique<Caller>(rig_, prefix));
    }
    const AccountYaml third = yaml("ACC-3");
    for (int i = 0; i < 6; ++i) {
        yaml("ACC-2").limits = "{orders_per_s: " + std::to_string(900 + i) + "}";
        if (i % 2 == 0) {
            (void)take_out("ACC-3");
        } else {
            put_in(third);
        }
        const sdk::Status done = reload();
        ASSERT_TRUE(done.is_ok()) << done.describe() << "\n" << rig_.log();
        // Some of the time the account trades before it is changed again.
        if (i % 3 == 2) (void)rig_.wait_ready("ACC-2");
    }
    std::vector<std::string> taken;
    for (const auto& caller : callers) {
        for (std::string& id : caller->stop()) taken.push_back(std::move(id));
    }
    ASSERT_GT(taken.size(), 20U);
    const std::set<std::string> wanted{taken.begin(), taken.end()};
    std::set<std::string> answered;
    ASSERT_TRUE(rig_.events().wait_for([&](const RecordedEvent& event) {
        if (event.type == BROKER_EVENT_EXECUTION_REPORT && wanted.contains(event.cl_ord_id)) {
            answered.insert(event.cl_ord_id);
        }
        return answered.size() == wanted.size();
    })) << wanted.size() - answered.size()
        << " orders without a word\n"
        << rig_.log();
    for (const std::string id : {"ACC-1", "ACC-2", "ACC-3"}) expect_events_counted(id);
    EXPECT_EQ(received_of(0, "A"), 1U) << "one session all the time";
    for (std::size_t venue = 0; venue < 3; ++venue) {
        std::multiset<std::string> orders;
        for (const auto& logged : rig_.venue(venue).messages().all()) {
            const bool is_ours =
                logged.direction == simulator::LoggedMessage::Direction::FromClient;
            if (is_ours && logged.message.msg_type == "D") orders.insert(logged.message.value(11));
        }
        for (const std::string& id : wanted) EXPECT_LE(orders.count(id), 1U) << id;
    }
}

class ReloadOfRest : public ReloadFixture {
protected:
    ReloadOfRest() : ReloadFixture{{"ACC-1", "ACC-2"}} {
        for (AccountYaml& account : rig_.accounts()) {
            account.rest = AccountYaml::Rest::Trades;
            account.has_push = true;
            account.rest_extra = ", poll_interval_ms: 200";
        }
        rig_.change_profile(
            "rates: {login: {per_s: 1}, read: {per_s: 10}, "
            "trade: {count: 10, window_ms: 1000}, bulk: {per_s: 1}}",
            "rates: {login: {per_s: 50}, read: {per_s: 500}, "
            "trade: {per_s: 500}, bulk: {per_s: 50}}");
    }
    void expect_order(const std::string& account, const std::string& id) {
        const sdk::Status sent = rig_.submit({.account = account,
                                              .id = id,
                                              .price = "0.5",
                                              .position_effect = BROKER_POSITION_EFFECT_OPEN});
        EXPECT_TRUE(sent.is_ok()) << sent.describe();
        EXPECT_TRUE(rig_.events().wait_for(order_status(id, BROKER_ORD_STATUS_NEW))) << rig_.log();
    }
};

TEST_F(ReloadOfRest, AccountsOverRestAndPushAreChangedRemovedAndAdded) {
    start({"ACC-1", "ACC-2"});
    expect_order("ACC-2", "A");
    yaml("ACC-2").limits = "{orders_per_s: 900}";
    ASSERT_TRUE(reload().is_ok());
    EXPECT_EQ(result_.changed, 1U);
    ASSERT_TRUE(wait_became_ready("ACC-2", 2)) << rig_.log();
    expect_canceled("ACC-2", "B", "A");
    const AccountYaml second = take_out("ACC-2");
    ASSERT_TRUE(reload().is_ok());
    EXPECT_EQ(result_.removed, 1U);
    expect_order("ACC-1", "C");
    put_in(second);
    ASSERT_TRUE(reload().is_ok());
    ASSERT_TRUE(wait_became_ready("ACC-2", 3)) << rig_.log();
    expect_order("ACC-2", "D");
    expect_events_counted("ACC-2");
}

}  // namespace
}  // namespace broker::test
