#include "bench/fix_answers.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "support/fix_message.hpp"

namespace broker::bench {
namespace {

using ::testing::HasSubstr;

const std::string kLogon = test::fix_message("35=A|34=1|49=BENCH|56=DXTRADE|98=0|108=30|");
const std::string kOrder = test::fix_message("35=D|34=2|49=BENCH|56=DXTRADE|11=ORD000000042|55=X|");

// The message with its BodyLength and CheckSum computed anew.
std::string rebuilt(std::string_view message) {
    const std::string key =
        "\x01"
        "35=";
    const std::size_t body = message.find(key) + 1;
    return test::fix_message(message.substr(body, message.size() - body - 7));
}

TEST(FixAnswers, AnswersLogonToItsSender) {
    FixAnswers venue;
    const FixAnswers::Step step = venue.answer(kLogon);
    EXPECT_EQ(step.kind, FixAnswers::Kind::Session);
    EXPECT_EQ(step.size, kLogon.size());
    EXPECT_EQ(step.reply, rebuilt(step.reply));
    EXPECT_THAT(test::with_bars(step.reply), HasSubstr("|35=A|34=000000001|49=DXTRADE|56=BENCH|"));
    EXPECT_THAT(test::with_bars(step.reply), HasSubstr("|108=30|"));
}

TEST(FixAnswers, AnswersEachOrderWithItsOwnReport) {
    FixAnswers venue;
    (void)venue.answer(kLogon);
    const FixAnswers::Step step = venue.answer(kOrder + "8=FIX");
    EXPECT_EQ(step.kind, FixAnswers::Kind::Order);
    EXPECT_EQ(step.size, kOrder.size());
    EXPECT_EQ(step.reply, rebuilt(step.reply));
    const std::string report = test::with_bars(step.reply);
    EXPECT_THAT(report, HasSubstr("|35=8|34=000000002|"));
    EXPECT_THAT(report, HasSubstr("|11=ORD000000042|"));
    EXPECT_THAT(report, HasSubstr("|37=VORD000000042|"));
    EXPECT_THAT(report, HasSubstr("|17=EORD000000042|"));
}

TEST(FixAnswers, WaitsForTheRestOfAMessage) {
    FixAnswers venue;
    for (std::size_t size = 0; size < kLogon.size(); ++size) {
        EXPECT_EQ(venue.answer(kLogon.substr(0, size)).kind, FixAnswers::Kind::Incomplete);
    }
}

TEST(FixAnswers, FindsUnexpectedWhatNoFaultlessSessionBrings) {
    FixAnswers venue;
    EXPECT_EQ(venue.answer(kOrder).kind, FixAnswers::Kind::Unexpected);  // before the Logon
    (void)venue.answer(kLogon);
    const std::string resend_request = test::fix_message("35=2|34=3|7=1|16=0|");
    EXPECT_EQ(venue.answer(resend_request).kind, FixAnswers::Kind::Unexpected);
    EXPECT_EQ(venue.answer("GET / HTTP/1.1").kind, FixAnswers::Kind::Unexpected);
}

}  // namespace
}  // namespace broker::bench
