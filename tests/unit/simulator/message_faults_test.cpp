#include "simulator/message_faults.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>
#include <vector>

#include "simulator/faulty_stream.hpp"
#include "support/fix_message.hpp"

namespace broker::simulator {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;

std::string message(int number) {
    return test::fix_message("35=0|34=" + std::to_string(number) + "|");
}

// What comes out of a stream whose faults are given by the message's number.
class FaultyStreamTest : public testing::Test {
protected:
    explicit FaultyStreamTest() = default;

    void with(std::vector<MessageFaultStep> steps) {
        DirectionFaults faults;
        faults.steps = std::move(steps);
        faults.delay = faults.half_open = std::chrono::milliseconds{1};
        faults_ = MessageFaults{1, faults};
    }
    void pass(int first, int last) {
        for (int i = first; i <= last; ++i) stream_->pass(message(i));
    }
    // Lets the timers come, all of them at most milliseconds away.
    void run() {
        context_.restart();
        context_.run();
    }

    boost::asio::io_context context_;
    MessageFaults faults_;
    std::vector<std::string> out_;
    std::vector<ConnectionEnd> ends_;
    std::shared_ptr<FaultyStream> stream_ = std::make_shared<FaultyStream>(
        context_.get_executor(), faults_,
        [this](std::string_view bytes) { out_.emplace_back(bytes); },
        [this](ConnectionEnd end) { ends_.push_back(end); });
};

TEST_F(FaultyStreamTest, LosesAMessage) {
    with({{MessageFault::Drop, 2}});
    pass(1, 3);
    EXPECT_THAT(out_, ElementsAre(message(1), message(3)));
}

TEST_F(FaultyStreamTest, DelaysAMessageAndAllBehindIt) {
    with({{MessageFault::Delay, 2}});
    pass(1, 3);
    EXPECT_THAT(out_, ElementsAre(message(1)));
    run();
    EXPECT_THAT(out_, ElementsAre(message(1), message(2), message(3)));
}

TEST_F(FaultyStreamTest, BringsAMessageTwice) {
    with({{MessageFault::Duplicate, 1}});
    pass(1, 2);
    EXPECT_THAT(out_, ElementsAre(message(1), message(1), message(2)));
}

TEST_F(FaultyStreamTest, SwapsAMessageWithTheNext) {
    with({{MessageFault::SwapWithNext, 1}});
    pass(1, 3);
    EXPECT_THAT(out_, ElementsAre(message(2), message(1), message(3)));
    run();
    EXPECT_EQ(out_.size(), 3U);
}

TEST_F(FaultyStreamTest, BringsASwappedMessageLateWhenNoneFollows) {
    with({{MessageFault::SwapWithNext, 1}});
    pass(1, 1);
    EXPECT_THAT(out_, IsEmpty());
    run();
    EXPECT_THAT(out_, ElementsAre(message(1)));
}

TEST_F(FaultyStreamTest, ChangesOneByte) {
    with({{MessageFault::FlipByte, 1}});
    pass(1, 1);
    ASSERT_EQ(out_.size(), 1U);
    const std::string whole = message(1);
    ASSERT_EQ(out_[0].size(), whole.size());
    std::size_t different = 0;
    for (std::size_t i = 0; i < whole.size(); ++i) different += out_[0][i] != whole[i] ? 1 : 0;
    EXPECT_EQ(different, 1U);
}

TEST_F(FaultyStreamTest, CutsAMessageAndClosesTheConnection) {
    with({{MessageFault::Truncate, 2}});
    pass(1, 3);
    const std::string whole = message(2);
    EXPECT_THAT(out_, ElementsAre(message(1), whole.substr(0, whole.size() / 2)));
    EXPECT_THAT(ends_, ElementsAre(ConnectionEnd::Close));
}

TEST_F(FaultyStreamTest, ResetsTheConnectionInPlaceOfAMessage) {
    with({{MessageFault::Reset, 2}});
    pass(1, 3);
    EXPECT_THAT(out_, ElementsAre(message(1)));
    EXPECT_THAT(ends_, ElementsAre(ConnectionEnd::Reset));
}

TEST_F(FaultyStreamTest, LosesEverythingForAWhileWhenHalfOpen) {
    DirectionFaults faults;
    faults.steps = {{MessageFault::HalfOpen, 1}};
    faults.half_open = std::chrono::hours{1};
    faults_ = MessageFaults{1, faults};
    pass(1, 3);
    EXPECT_THAT(out_, IsEmpty());
    EXPECT_THAT(ends_, IsEmpty());
}

TEST_F(FaultyStreamTest, CountsWholeMessagesInAStreamOfPieces) {
    with({{MessageFault::Drop, 2}});
    const std::string bytes = message(1) + message(2) + message(3);
    for (const char byte : bytes) stream_->pass_bytes({&byte, 1});
    EXPECT_THAT(out_, ElementsAre(message(1), message(3)));
}

TEST_F(FaultyStreamTest, LetsPiecesThroughAsTheyComeWithoutFaults) {
    stream_->pass_bytes("8=FIX.4.4");
    stream_->pass_bytes("not FIX at all");
    EXPECT_THAT(out_, ElementsAre("8=FIX.4.4", "not FIX at all"));
}

TEST_F(FaultyStreamTest, LosesNothingOfAMessageThatHadBegunBeforeTheFaults) {
    const std::string bytes = message(1);
    stream_->pass_bytes(bytes.substr(0, 15));
    with({{MessageFault::Drop, 1}});
    stream_->pass_bytes(bytes.substr(15) + message(2) + message(3));
    EXPECT_THAT(out_, ElementsAre(bytes.substr(0, 15), bytes.substr(15), message(3)));
}

TEST_F(FaultyStreamTest, BringsWhatWaitsWhenTheConnectionCloses) {
    with({{MessageFault::Delay, 1}});
    pass(1, 2);
    stream_->flush();
    EXPECT_THAT(out_, ElementsAre(message(1), message(2)));
}

TEST_F(FaultyStreamTest, BringsNothingOnceClosed) {
    with({{MessageFault::Delay, 1}});
    pass(1, 2);
    stream_->close();
    pass(3, 3);
    run();
    EXPECT_THAT(out_, IsEmpty());
}

std::vector<std::optional<MessageFault>> met(std::uint64_t seed, DirectionFaults faults) {
    MessageFaults all{seed, std::move(faults)};
    std::vector<std::optional<MessageFault>> result;
    for (int i = 0; i < 2000; ++i) result.push_back(all.meet_next());
    return result;
}

TEST(MessageFaults, MeetTheSameMessagesForTheSameSeed) {
    DirectionFaults faults;
    faults.chance(MessageFault::Drop) = 100;
    faults.chance(MessageFault::Reset) = 50;
    EXPECT_EQ(met(7, faults), met(7, faults));
    EXPECT_NE(met(7, faults), met(8, faults));
}

TEST(MessageFaults, MeetAsManyMessagesAsTheirChanceSays) {
    DirectionFaults faults;
    faults.chance(MessageFault::Drop) = 100;
    const auto all = met(1, faults);
    EXPECT_NEAR(static_cast<double>(std::count(all.begin(), all.end(), MessageFault::Drop)), 200,
                60);
    EXPECT_EQ(std::count(all.begin(), all.end(), MessageFault::Delay), 0);
}

TEST(MessageFaults, AreKnownByName) {
    for (std::size_t i = 0; i < kMessageFaultCount; ++i) {
        const auto fault = static_cast<MessageFault>(i);
        EXPECT_EQ(message_fault_from_name(message_fault_name(fault)), fault);
    }
    EXPECT_FALSE(message_fault_from_name("none"));
}

}  // namespace
}  // namespace broker::simulator
