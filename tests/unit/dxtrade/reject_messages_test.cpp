#include "dxtrade/fix/reject_messages.hpp"

#include <gtest/gtest.h>

#include "support/fix_message.hpp"

namespace broker::dxtrade::fix {
namespace {

const core::MonotonicTime kReceived{std::chrono::seconds{5}};

class RejectMessages : public testing::Test {
protected:
    const broker::fix::MessageView& parse(std::string_view body) {
        bytes_ = test::fix_message(body);
        EXPECT_TRUE(view_.parse(bytes_).has_value());
        return view_;
    }

    std::string bytes_;
    std::string text_;
    broker::fix::MessageView view_;
};

TEST_F(RejectMessages, SessionRejectNamesReasonTagAndWords) {
    const auto reject = session_reject_from_fix(
        parse("35=3|34=4|45=17|371=44|372=D|373=6|58=bad price|"), kReceived, text_);
    EXPECT_EQ(reject.reason, core::Reason::RejectedBySession);
    EXPECT_EQ(reject.ref_seq_num, 17U);
    EXPECT_EQ(reject.ref_msg_type, "D");
    EXPECT_EQ(reject.text, "incorrect data format for value, tag 44: bad price");
}

TEST_F(RejectMessages, BusinessMessageRejectNamesReasonAndWords) {
    const auto reject = business_message_reject_from_fix(
        parse("35=j|34=4|45=17|372=H|380=3|58=not here|"), kReceived, text_);
    EXPECT_EQ(reject.reason, core::Reason::RejectedByApplication);
    EXPECT_EQ(reject.text, "unsupported message type: not here");
}

TEST_F(RejectMessages, ReasonOutsideTheStandardIsKeptAsItIs) {
    EXPECT_EQ(session_reject_from_fix(parse("35=3|34=4|45=1|373=99|"), kReceived, text_).text,
              "reason 99");
    EXPECT_EQ(session_reject_from_fix(parse("35=3|34=4|45=1|373=x|"), kReceived, text_).text,
              "reason x");
}

TEST_F(RejectMessages, RejectWithoutReasonSaysSoAndMatchesNothingWithoutRefSeqNum) {
    const auto reject = session_reject_from_fix(parse("35=3|34=4|"), kReceived, text_);
    EXPECT_EQ(reject.text, "no reason given");
    EXPECT_EQ(reject.ref_seq_num, 0U);
}

}  // namespace
}  // namespace broker::dxtrade::fix
