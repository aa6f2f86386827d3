// The venue played by hand, on real sockets.
#include <gtest/gtest.h>

#include "simulator_fixture.hpp"

namespace broker::simulator {
namespace {

class ManualVenue : public SimulatorFixture {
protected:
    ManualVenue() { simulator_->set_manual(true); }

    [[nodiscard]] bool requests_have_come(std::size_t count) const {
        const auto is_complete = [count](const auto& all) {
            std::size_t orders = 0;
            for (const auto& logged : all) orders += logged.message.msg_type == "D" ? 1U : 0U;
            return orders == count;
        };
        return simulator_->messages().wait_until(is_complete, std::chrono::seconds{10});
    }
    // All fields behind the header, as "tag=value|".
    static std::string body_of(const FixMessage& message) {
        std::string text;
        for (const auto& [tag, value] : message.fields)
            if (tag != 35 && tag != 34 && tag != 49 && tag != 52 && tag != 56)
                text += std::to_string(tag) + '=' + value + '|';
        return text;
    }
};

TEST_F(ManualVenue, LogsRequestsAndAnswersNothingUntilItIsTold) {
    FixTestClient client{client_options()};
    log_on(client);
    client.send(order("C1", ""));
    ASSERT_TRUE(requests_have_come(1));
    EXPECT_TRUE(simulator_->orders().empty());
    ASSERT_TRUE(simulator_->send("ACC1", {"8", {{37, "O1"}, {150, "0"}}}));
    EXPECT_EQ(client.receive_line({34, 37, 150}), "8 34=2 37=O1 150=0") << "the first answer";
}

TEST_F(ManualVenue, AnswersByItselfAgainWhenItIsNoLongerManual) {
    FixTestClient client{client_options()};
    log_on(client);
    client.send(order("C1", ""));
    ASSERT_TRUE(requests_have_come(1));
    simulator_->set_manual(false);
    client.send(order("C2", "1.0"));
    EXPECT_EQ(client.receive_line({11, 150}), "8 11=C2 150=0");
}

TEST_F(ManualVenue, StartsManualWhenTheOptionsSaySo) {
    SimulatorOptions options;
    options.is_manual = true;
    make_simulator(options);
    simulator_->start();
    FixTestClient client{client_options()};
    log_on(client);
    client.send(order("C1", ""));
    ASSERT_TRUE(requests_have_come(1));
    EXPECT_TRUE(simulator_->orders().empty());
}

TEST_F(ManualVenue, SendsFieldsInTheOrderGivenWithGroupsAndMalformedValues) {
    FixTestClient client{client_options()};
    log_on(client);
    const FixMessage strange{"8",
                             {{150, "F"},
                              {37, "O1"},
                              {453, "2"},
                              {448, "A"},
                              {447, "D"},
                              {452, "3"},
                              {448, "B"},
                              {447, "D"},
                              {452, "4"},
                              {32, "-5"},
                              {31, "cheap"},
                              {14, ""},
                              {9999, "x"},
                              {39, "?"}}};
    ASSERT_TRUE(simulator_->send("ACC1", strange));
    const auto received = client.receive();
    ASSERT_TRUE(received);
    EXPECT_EQ(body_of(*received),
              "150=F|37=O1|453=2|448=A|447=D|452=3|448=B|447=D|452=4|32=-5|31=cheap|14=|9999=x|"
              "39=?|");
}

TEST_F(ManualVenue, SendsWhileItIsNotManualToo) {
    simulator_->set_manual(false);
    FixTestClient client{client_options()};
    log_on(client);
    ASSERT_TRUE(simulator_->send("ACC1", {"B", {{148, "news"}}}));
    EXPECT_EQ(client.receive_line({148}), "B 148=news");
}

TEST_F(ManualVenue, ResendsWhatWasSentByHandLikeAnyOtherMessage) {
    FixTestClient client{client_options()};
    log_on(client);
    ASSERT_TRUE(simulator_->send("ACC1", {"8", {{37, "O1"}, {17, "E1"}, {150, "0"}}}));
    ASSERT_EQ(client.receive_line({34, 17}), "8 34=2 17=E1");
    client.send({"2", {{7, "2"}, {16, "0"}}});
    EXPECT_EQ(client.receive_line({34, 43, 17, 150}), "8 34=2 43=Y 17=E1 150=0");
}

TEST_F(ManualVenue, SaysThatItCannotSendToNobodyOrWhileStopped) {
    EXPECT_FALSE(simulator_->send("NOBODY", {"8", {}}));
    simulator_->stop();
    EXPECT_FALSE(simulator_->send("ACC1", {"8", {}}));
}

}  // namespace
}  // namespace broker::simulator
