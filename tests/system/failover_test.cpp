// A primary and a backup host, and what a lost venue means for many accounts.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <optional>
#include <set>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

namespace fs = std::filesystem;
using simulator::Fault;
using simulator::Listener;
using simulator::LoggedMessage;
using simulator::Simulator;
using testing::HasSubstr;

// The hosts take turns, since QuickFIX has each session once a process: the one that is to be up is
// started after the other has stopped, as a venue fails over. Both know the same clients.
class FailoverRig : public testing::Test {
protected:
    FailoverRig() {
        // A certificate authority of both.
        const fs::path primary = rig_.account().venue;
        const fs::path folder = rig_.directory() / "venue-backup";
        fs::create_directory(folder);
        for (const char* file : {"ca.pem", "ca.key"}) {
            fs::copy_file(primary / file, folder / file);
        }
        simulator::SimulatorOptions options;
        options.directory = folder;
        options.accounts = {TradingRig::account_options("ACC-1")};
        rig_.venue().stop();
        backup_.emplace(options);
        backup_->start();  // chooses its port
        backup_->stop();
        rig_.account().backup_ports = {backup_->port(Listener::FixTrading)};
        rig_.venue().start();
    }
    ~FailoverRig() override { rig_.stop(); }

    [[nodiscard]] Simulator& primary() { return rig_.venue(); }
    [[nodiscard]] Simulator& backup() { return *backup_; }
    [[nodiscard]] std::string host(Simulator& venue) {
        return "127.0.0.1:" + std::to_string(venue.port(Listener::FixTrading));
    }
    void set_session(const std::string& keys) { rig_.account().session_extra = keys; }

    void start() {
        rig_.start();
        ASSERT_TRUE(wait_ready_at(primary())) << rig_.log();
    }
    // Waits until the account is Ready at that host, counted from the last clear of the events.
    [[nodiscard]] bool wait_ready_at(Simulator& venue) {
        return rig_.events().wait_for([peer = host(venue)](const RecordedEvent& event) {
            return event.state == BROKER_ACCOUNT_STATE_READY && event.peer == peer;
        });
    }
    // One goes down and the other comes up.
    void move(Simulator& from, Simulator& to) {
        rig_.events().clear();
        to.clear_messages();
        from.stop();
        to.start();
    }
    void trade(const std::string& id) {
        ASSERT_TRUE(rig_.submit({.id = id}).is_ok());
        ASSERT_TRUE(rig_.events().wait_for(order_status(id, BROKER_ORD_STATUS_FILLED)))
            << rig_.log();
    }
    // The first Logon that the venue has had since its messages were cleared.
    [[nodiscard]] static simulator::FixMessage first_logon(Simulator& venue) {
        for (const LoggedMessage& message : venue.messages().all()) {
            if (message.message.msg_type == "A" &&
                message.direction == LoggedMessage::Direction::FromClient) {
                return message.message;
            }
        }
        return {};
    }
    [[nodiscard]] static int number_of(const simulator::FixMessage& message) {
        const std::string text{message.value(34)};
        return text.empty() ? 0 : std::stoi(text);
    }

    TradingRig rig_{{"ACC-1"}};
    std::optional<Simulator> backup_;
};

// The backup is down: what can be seen of the move is the attempt there.
TEST_F(FailoverRig, APersonSendsTheSessionToTheOtherHost) {
    start();
    const std::string backup_host = host(backup());
    rig_.events().clear();
    ASSERT_TRUE(rig_.adapter()
                    .operator_desk()
                    ->fail_over("ACC-1", BROKER_CHANNEL_FIX_TRADING, backup_host, 1, "ann: test")
                    .is_ok());
    ASSERT_TRUE(rig_.events().wait_for([&](const RecordedEvent& event) {
        return event.state == BROKER_ACCOUNT_STATE_CONNECTING && event.peer == backup_host;
    })) << rig_.log();
    ASSERT_TRUE(wait_ready_at(primary())) << rig_.log();
    trade("P-1");
}

TEST_F(FailoverRig, SeparateNumbersGoOnWhereEachHostLeftThem) {
    set_session("        sequence_policy: separate\n");
    start();
    trade("P-1");
    trade("P-2");
    move(primary(), backup());
    ASSERT_TRUE(wait_ready_at(backup())) << rig_.log();
    EXPECT_EQ(number_of(first_logon(backup())), 1) << "its own numbers";
    EXPECT_NE(first_logon(backup()).value(141), "Y");
    trade("B-1");
    move(backup(), primary());
    ASSERT_TRUE(wait_ready_at(primary())) << rig_.log();
    EXPECT_GT(number_of(first_logon(primary())), 3) << "Logon and two orders came before";
    EXPECT_NE(first_logon(primary()).value(141), "Y");
    trade("P-3");
    EXPECT_THAT(rig_.log(), testing::Not(HasSubstr("MSG_SEQ_NUM_TOO_LOW")));
}

TEST_F(FailoverRig, SeparateNumbersSurviveARestartOfTheAdapter) {
    set_session("        sequence_policy: separate\n");
    start();
    trade("P-1");
    rig_.stop();
    primary().clear_messages();
    rig_.events().clear();
    start();
    EXPECT_GT(number_of(first_logon(primary())), 2);
    trade("P-2");
}

TEST_F(FailoverRig, ResetBeginsAtOneAtTheOtherHost) {
    set_session("        sequence_policy: reset\n");
    start();
    trade("P-1");
    move(primary(), backup());
    ASSERT_TRUE(wait_ready_at(backup())) << rig_.log();
    EXPECT_EQ(number_of(first_logon(backup())), 1);
    EXPECT_EQ(first_logon(backup()).value(141), "Y");
    trade("B-1");
    move(backup(), primary());
    ASSERT_TRUE(wait_ready_at(primary())) << rig_.log();
    EXPECT_EQ(first_logon(primary()).value(141), "Y");
    trade("P-2");
}

// The venue has replicated the session's numbers and messages to the other host.
TEST_F(FailoverRig, SharedNumbersGoOnAtTheOtherHost) {
    start();
    trade("P-1");
    rig_.events().clear();
    primary().stop();
    for (const auto& entry : fs::directory_iterator{rig_.account().venue}) {
        if (!entry.is_directory()) continue;
        fs::copy(entry.path(), rig_.directory() / "venue-backup" / entry.path().filename(),
                 fs::copy_options::recursive | fs::copy_options::overwrite_existing);
    }
    backup().start();
    ASSERT_TRUE(wait_ready_at(backup())) << rig_.log();
    EXPECT_GT(number_of(first_logon(backup())), 2) << "Logon and an order came before";
    EXPECT_NE(first_logon(backup()).value(141), "Y");
    trade("B-1");
}

TEST_F(FailoverRig, BothHostsDownThenOneUp) {
    set_session("        sequence_policy: reset\n");
    start();
    rig_.events().clear();
    primary().stop();
    for (Simulator* venue : {&primary(), &backup()}) {
        ASSERT_TRUE(rig_.events().wait_for([peer = host(*venue)](const RecordedEvent& event) {
            return event.reason == BROKER_REASON_CONNECT_REFUSED && event.peer == peer &&
                   event.next_attempt_ms >= 0;
        })) << rig_.log();
    }
    EXPECT_EQ(rig_.submit({.id = "LATE-1"}).reason, BROKER_REASON_ACCOUNT_NOT_READY);
    backup().start();
    ASSERT_TRUE(wait_ready_at(backup())) << rig_.log();
    trade("B-1");
    EXPECT_EQ(rig_.events().count(order_status("LATE-1", BROKER_ORD_STATUS_FILLED)), 0U);
}

TEST_F(FailoverRig, PreferPrimaryLeavesAHealthySessionAloneAndGoesBackAfterIt) {
    set_session(
        "        sequence_policy: reset\n        failover: prefer_primary\n"
        "        failover_return_after_ms: 0\n");
    start();
    move(primary(), backup());
    ASSERT_TRUE(wait_ready_at(backup())) << rig_.log();
    trade("B-1");
    move(backup(), primary());
    ASSERT_TRUE(wait_ready_at(primary())) << rig_.log();
    const auto tried = rig_.events().find(
        [](const RecordedEvent& event) { return event.state == BROKER_ACCOUNT_STATE_CONNECTING; });
    ASSERT_FALSE(tried.empty());
    EXPECT_EQ(tried.front().peer, host(primary())) << "the first attempt after the loss";
    trade("P-1");
}

// -- many accounts

constexpr int kAccounts = 30;

std::string id_of(int index) { return "ACC-" + std::to_string(index + 1); }

// Seconds of the day of SendingTime (52), "20260105-12:00:00.123".
double seconds_of(const simulator::FixMessage& message) {
    const std::string text{message.value(52)};
    return std::stod(text.substr(9, 2)) * 3600 + std::stod(text.substr(12, 2)) * 60 +
           std::stod(text.substr(15));
}

TEST(ManyAccounts, ThatLoseTheirVenueTogetherComeBackSpreadByTheBudget) {
    TradingRig rig{{id_of(0)}, [](simulator::SimulatorOptions& options) {
                       for (int i = 1; i < kAccounts; ++i) {
                           options.accounts.push_back(TradingRig::account_options(id_of(i)));
                       }
                   }};
    for (int i = 1; i < kAccounts; ++i) rig.add_account(id_of(i));
    rig.set_connect_budget("{host_per_s: 10}");
    rig.start();
    for (int i = 0; i < kAccounts; ++i) ASSERT_TRUE(rig.wait_ready(id_of(i))) << rig.log();

    rig.events().clear();
    rig.venue().clear_messages();
    rig.venue().drop_connections(Listener::FixTrading);
    for (int i = 0; i < kAccounts; ++i) ASSERT_TRUE(rig.wait_ready(id_of(i))) << rig.log();

    std::vector<double> logons;
    for (const LoggedMessage& message : rig.venue().messages().all()) {
        if (message.message.msg_type == "A" &&
            message.direction == LoggedMessage::Direction::FromClient) {
            logons.push_back(seconds_of(message.message));
        }
    }
    ASSERT_EQ(logons.size(), std::size_t{kAccounts}) << "one attempt each is enough";
    const auto [first, last] = std::minmax_element(logons.begin(), logons.end());
    EXPECT_GT(*last - *first, 2.0) << "30 attempts at 10 a second";

    // Each account was told its own time.
    std::set<std::int64_t> waits;
    for (const RecordedEvent& event : rig.events().find([](const RecordedEvent& e) {
             return e.type == BROKER_EVENT_SESSION && e.next_attempt_ms >= 0;
         })) {
        waits.insert(event.next_attempt_ms);
    }
    EXPECT_GT(*waits.rbegin(), 2'000);
    EXPECT_TRUE(rig.wait_for_log("waits for its turn among the connection attempts"));
}

}  // namespace
}  // namespace broker::test
