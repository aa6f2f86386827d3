// Faults of messages on a simulator's own connections.
#include "simulator_fixture.hpp"

namespace broker::simulator {
namespace {

MessageFaultPlan one(MessageFault fault, std::uint64_t message, bool is_to_client) {
    MessageFaultPlan plan;
    (is_to_client ? plan.to_client : plan.to_server).steps = {{fault, message}};
    return plan;
}

class MessageFaultsOfASession : public SimulatorFixture {
protected:
    void set(const MessageFaultPlan& plan) {
        simulator_->set_message_faults(Listener::FixTrading, plan);
    }
};

TEST_F(MessageFaultsOfASession, LoseAReportThatTheClientCanAskForAgain) {
    FixTestClient client{client_options()};
    log_on(client);
    set(one(MessageFault::Drop, 1, true));
    client.send(order("o-1", "1.00"));
    client.send(order("o-2", "1.00"));
    EXPECT_EQ(client.receive_line({11, 34}), "8 11=o-2 34=3");

    client.send({"2", {{7, "2"}, {16, "2"}}});
    EXPECT_EQ(client.receive_line({11, 34, 43}), "8 11=o-1 34=2 43=Y");
}

TEST_F(MessageFaultsOfASession, LoseARequestThatTheServerAsksForAgain) {
    FixTestClient client{client_options()};
    log_on(client);
    set(one(MessageFault::Drop, 1, false));
    client.send(order("o-1", "1.00"));
    client.send(order("o-2", "1.00"));
    EXPECT_EQ(client.receive_line({7}), "2 7=2");
    EXPECT_TRUE(simulator_->orders().empty());
}

TEST_F(MessageFaultsOfASession, ResetTheConnection) {
    FixTestClient client{client_options()};
    log_on(client);
    set(one(MessageFault::Reset, 1, true));
    client.send(order("o-1", "1.00"));
    EXPECT_FALSE(client.receive());
    EXPECT_TRUE(is_logged_off());
    EXPECT_EQ(simulator_->orders().size(), 1U) << "the request itself arrived";
}

TEST_F(MessageFaultsOfASession, CutAMessageInTheMiddle) {
    FixTestClient client{client_options()};
    log_on(client);
    set(one(MessageFault::Truncate, 1, true));
    client.send(order("o-1", "1.00"));
    const std::string cut = client.receive_raw();
    EXPECT_NE(cut.find("35=8"), std::string::npos);
    EXPECT_EQ(cut.find("\x01"
                       "10="),
              std::string::npos);
    EXPECT_EQ(client.receive_raw(), "");
}

TEST_F(MessageFaultsOfASession, HealWithAPlanWithoutFaults) {
    FixTestClient client{client_options()};
    log_on(client);
    MessageFaultPlan plan;
    plan.to_client.chance(MessageFault::Drop) = 1000;
    set(plan);
    client.send(order("o-1", "1.00"));
    (void)simulator_->messages().wait_until(
        [](const auto& all) { return all.back().message.value(11) == "o-1"; },
        std::chrono::seconds{10});
    set({});
    client.send(order("o-2", "1.00"));
    EXPECT_EQ(client.receive_line({11}), "8 11=o-2");
}

TEST_F(MessageFaultsOfASession, AreRefusedForRest) {
    EXPECT_THROW(simulator_->set_message_faults(Listener::Rest, {}), std::invalid_argument);
}

}  // namespace
}  // namespace broker::simulator
