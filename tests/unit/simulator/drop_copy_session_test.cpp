// The drop copy session on real sockets.
#include <gtest/gtest.h>
#include <yaml-cpp/yaml.h>

#include "simulator_fixture.hpp"

namespace broker::simulator {
namespace {

class DropCopySession : public SimulatorFixture {
protected:
    [[nodiscard]] FixTestClientOptions drop_copy_client(int seq_num = 1) const {
        auto options = client_options(seq_num);
        options.port = simulator_->port(Listener::FixDropCopy);
        options.sender_comp_id = "ACC1-DC";
        options.target_comp_id = "DXTRADE-DC";
        return options;
    }
    void restart_with(const DropCopyOptions& drop_copy) {
        SimulatorOptions options;
        options.drop_copy = drop_copy;
        make_simulator(options);
        simulator_->start();
    }
};

TEST_F(DropCopySession, CopiesReportsOfTheTradingSession) {
    FixTestClient client{drop_copy_client()};
    log_on(client);
    EXPECT_TRUE(simulator_->is_logged_on("ACC1-DC"));
    FixTestClient trader{client_options()};
    log_on(trader);
    trader.send(order("C1", ""));
    EXPECT_EQ(client.receive_line({797, 11, 150, 39}), "8 797=Y 11=C1 150=0 39=0");
    EXPECT_EQ(client.receive_line({797, 11, 150, 39}), "8 797=Y 11=C1 150=F 39=2");
    trader.send(order("C1", ""));
    trader.send(order("C2", "1.0"));
    EXPECT_EQ(client.receive_line({11, 150}), "8 11=C2 150=0") << "no refusal before it";
}

TEST_F(DropCopySession, TakesNoRequests) {
    FixTestClient client{drop_copy_client()};
    log_on(client);
    client.send(order("C1", ""));
    EXPECT_EQ(client.receive_line({45, 372, 380}), "j 45=2 372=D 380=3");
    EXPECT_TRUE(simulator_->orders().empty());
}

TEST_F(DropCopySession, ReplaysWhatAnAbsentClientMissed) {
    FixTestClient first{drop_copy_client()};
    log_on(first);
    first.disconnect();
    FixTestClient trader{client_options()};
    log_on(trader);
    trader.send(order("C1", ""));
    ASSERT_EQ(trader.receive_line({150}), "8 150=0");
    ASSERT_EQ(trader.receive_line({150}), "8 150=F");
    simulator_->stop();
    simulator_->start();

    FixTestClient second{drop_copy_client(first.seq_num())};
    ASSERT_EQ(second.connect(), "");
    second.log_on("acc1", password());
    EXPECT_EQ(second.receive_line({34}), "A 34=4");
    second.send({"2", {{7, "2"}, {16, "0"}}});
    EXPECT_EQ(second.receive_line({34, 43, 150, 797}), "8 34=2 43=Y 150=0 797=Y");
    EXPECT_EQ(second.receive_line({34, 43, 150, 797}), "8 34=3 43=Y 150=F 797=Y");
}

TEST_F(DropCopySession, ReportsAfterTradingWhilePaused) {
    EXPECT_FALSE(simulator_->pause_drop_copy("ACC1"));
    ASSERT_TRUE(simulator_->pause_drop_copy("ACC1-DC"));
    FixTestClient client{drop_copy_client()};
    log_on(client);
    FixTestClient trader{client_options()};
    log_on(trader);
    trader.send(order("C1", ""));
    ASSERT_EQ(trader.receive_line({150}), "8 150=0");
    ASSERT_EQ(trader.receive_line({150}), "8 150=F");
    client.send({"1", {{112, "x"}}});
    const auto answer = client.receive();
    ASSERT_TRUE(answer);
    EXPECT_EQ(answer->msg_type, "0") << "no copy came first";
    ASSERT_TRUE(simulator_->resume_drop_copy("ACC1-DC"));
    EXPECT_EQ(client.receive_line({150}), "8 150=0");
    EXPECT_EQ(client.receive_line({150}), "8 150=F");
}

TEST_F(DropCopySession, ReportsBeforeTradingWhoseReportsAreLost) {
    simulator_->add_rule({.action = Action::LoseReports});
    FixTestClient client{drop_copy_client()};
    log_on(client);
    FixTestClient trader{client_options()};
    log_on(trader);
    trader.send(order("C1", ""));
    EXPECT_EQ(client.receive_line({11, 150}), "8 11=C1 150=0");
    EXPECT_EQ(client.receive_line({11, 150}), "8 11=C1 150=F");
}

TEST_F(DropCopySession, SendsDelayedCopiesWithoutBeingAsked) {
    restart_with({.delay = std::chrono::milliseconds{20}});
    FixTestClient client{drop_copy_client()};
    log_on(client);
    FixTestClient trader{client_options()};
    log_on(trader);
    trader.send(order("C1", "1.0"));
    EXPECT_EQ(client.receive_line({11, 150}), "8 11=C1 150=0");
    ASSERT_TRUE(simulator_->fill("ACC1", "C1", decimal("400"), decimal("1.0")));
    EXPECT_EQ(client.receive_line({11, 150}), "8 11=C1 150=F");
}

TEST_F(DropCopySession, SendsStatusAndAllocationThatTheClientsDictionaryKnows) {
    restart_with({.sends_status_before_trades = true, .sends_allocations = true});
    FixTestClient client{drop_copy_client()};
    log_on(client);
    FixTestClient trader{client_options()};
    log_on(trader);
    trader.send(order("C1", ""));
    EXPECT_EQ(client.receive_line({150}), "8 150=0");
    EXPECT_EQ(client.receive_line({150, 39}), "8 150=I 39=2");
    EXPECT_EQ(client.receive_line({150, 39}), "8 150=F 39=2");
    EXPECT_EQ(client.receive_line({53, 797}), "AS 53=1000 797=Y");
}

TEST_F(DropCopySession, FollowsAnOrderThroughAReplaceACorrectionAndABust) {
    SimulatorOptions options;
    options.trading.new_order_id_on_replace = true;
    make_simulator(options);
    simulator_->start();
    FixTestClient client{drop_copy_client()};
    log_on(client);
    FixTestClient trader{client_options()};
    log_on(trader);
    trader.send(order("C1", "1.0"));
    const auto placed = client.receive();
    ASSERT_TRUE(placed);
    const auto with_id = [&](const char* line) { return line + placed->value(9945); };
    auto replace = order("C2", "1.05");
    replace.msg_type = "G";
    replace.add(41, "C1");
    trader.send(replace);
    const auto replaced = client.receive();
    ASSERT_TRUE(replaced);
    EXPECT_EQ(replaced->value(150), "5");
    EXPECT_EQ(replaced->value(9945), placed->value(9945));
    EXPECT_NE(replaced->value(37), placed->value(37));

    ASSERT_TRUE(simulator_->fill("ACC1", "C2", decimal("1000"), decimal("1.05")));
    const auto trade = client.receive();
    ASSERT_TRUE(trade);
    EXPECT_EQ(trade->value(150), "F");
    ASSERT_TRUE(simulator_->desk([&](Desk& desk) {
        return desk.correct_trade("ACC1", {.exec_id = trade->value(17)}, decimal("900"),
                                  decimal("1.05"));
    }));
    EXPECT_EQ(client.receive_line({150, 14, 9945}), with_id("8 150=G 14=900 9945="));
    ASSERT_TRUE(simulator_->desk(
        [&](Desk& desk) { return desk.cancel_trade("ACC1", {.exec_id = trade->value(17)}); }));
    EXPECT_EQ(client.receive_line({150, 14, 9945}), with_id("8 150=H 14=0 9945="));
}

TEST_F(DropCopySession, CopiesTheSourcesThatAreConfigured) {
    SimulatorOptions options;
    options.accounts.push_back(
        {.id = "ACC-2", .account = "default:ACC-2", .sender_comp_id = "ACC2", .username = "acc2"});
    options.accounts[0].drop_copy_sources = {"ACC2"};
    make_simulator(options);
    simulator_->start();
    FixTestClient client{drop_copy_client()};
    log_on(client);
    FixTestClient first{client_options()};
    log_on(first);
    first.send(order("C1", ""));
    ASSERT_EQ(first.receive_line({150}), "8 150=0");

    auto second_options = client_options();
    second_options.sender_comp_id = "ACC2";
    second_options.certificate_pem = read_file(directory_ / "client-ACC-2.pem");
    second_options.key_pem = read_file(directory_ / "client-ACC-2.key");
    FixTestClient second{second_options};
    ASSERT_EQ(second.connect(), "");
    second.log_on("acc2", read_file(directory_ / "ACC-2.password"));
    ASSERT_EQ(second.receive_line({}), "A");
    second.send(order("D1", ""));
    EXPECT_EQ(client.receive_line({11, 150}), "8 11=D1 150=0");
}

TEST_F(DropCopySession, SendsAnyMessageByHandAndKeepsItForAResend) {
    EXPECT_FALSE(simulator_->send_drop_copy("ACC1", {"8", {}})) << "a trading session";
    ASSERT_TRUE(simulator_->send_drop_copy("ACC1-DC", {"8", {{150, "G"}, {37, "O1"}}}));
    FixTestClient client{drop_copy_client()};
    ASSERT_EQ(client.connect(), "");
    client.log_on("acc1", password());
    ASSERT_EQ(client.receive_line({34}), "A 34=2");
    ASSERT_TRUE(simulator_->send_drop_copy("ACC1-DC", {"AS", {{755, "A1"}, {38, "many"}}}));
    EXPECT_EQ(client.receive_line({34, 755, 38}), "AS 34=3 755=A1 38=many");
    client.send({"2", {{7, "1"}, {16, "1"}}});
    EXPECT_EQ(client.receive_line({34, 43, 150, 37}), "8 34=1 43=Y 150=G 37=O1");
    simulator_->stop();
    EXPECT_FALSE(simulator_->send_drop_copy("ACC1-DC", {"8", {}}));
}

TEST_F(DropCopySession, ReadsCompIDsFromTheOptions) {
    SimulatorOptions options;
    options.accounts[0].drop_copy_sender_comp_id = "COPIES";
    options.drop_copy.target_comp_id = "VENUE";
    make_simulator(options);
    simulator_->start();
    auto client_with = drop_copy_client();
    client_with.sender_comp_id = "COPIES";
    client_with.target_comp_id = "VENUE";
    FixTestClient client{client_with};
    log_on(client);
    EXPECT_TRUE(simulator_->is_logged_on("COPIES"));
}

TEST_F(DropCopySession, IsRefusedACompIDThatAnotherSessionHas) {
    SimulatorOptions options;
    options.accounts[0].drop_copy_sender_comp_id = "ACC1";
    EXPECT_THROW(make_simulator(options), std::runtime_error);
}

TEST_F(DropCopySession, StandsInAdapterYamlWithMarketDataUnlessTheOptionsSayNo) {
    SimulatorOptions options;
    options.writes_all_sessions = false;
    make_simulator(options);
    simulator_->start();
    const auto alone = YAML::LoadFile(simulator_->adapter_config().string());
    EXPECT_EQ(alone["accounts"][0]["fix"].size(), 1U);
    simulator_->stop();

    make_simulator({});
    simulator_->start();
    const auto yaml = YAML::LoadFile(simulator_->adapter_config().string());
    const auto fix = yaml["accounts"][0]["fix"];
    const auto address_of = [this](Listener listener) {
        return "127.0.0.1:" + std::to_string(simulator_->port(listener));
    };
    EXPECT_EQ(fix["market_data"]["hosts"][0].as<std::string>(),
              address_of(Listener::FixMarketData));
    EXPECT_EQ(fix["market_data"]["sender_comp_id"].as<std::string>(), "ACC1-MD");
    EXPECT_EQ(fix["market_data"]["target_comp_id"].as<std::string>(), "DXTRADE-MD");
    EXPECT_TRUE(fix["market_data"]["reset_on_logon"].as<bool>());
    EXPECT_EQ(fix["drop_copy"]["hosts"][0].as<std::string>(), address_of(Listener::FixDropCopy));
    EXPECT_EQ(fix["drop_copy"]["sender_comp_id"].as<std::string>(), "ACC1-DC");
    EXPECT_EQ(fix["drop_copy"]["target_comp_id"].as<std::string>(), "DXTRADE-DC");
    EXPECT_EQ(fix["drop_copy"]["username"].as<std::string>(), "acc1");
    EXPECT_FALSE(fix["drop_copy"]["reset_on_logon"].as<bool>());
}

}  // namespace
}  // namespace broker::simulator
