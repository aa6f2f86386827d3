#include "fix/codec/record_text.hpp"

#include <gtest/gtest.h>

#include "support/fix_message.hpp"

namespace broker::fix {
namespace {

TEST(RecordText, MasksTheSecretsOfALogonAndStaysAWholeMessage) {
    const std::string logon = test::fix_message(
        "35=A|34=1|49=US|56=PEER|52=20260105-10:00:00.000|98=0|108=30|95=5|96=a\x01"
        "b\x01"
        "c|553=user|554=s3cret|925=n3wer|");
    RecordText text;
    MessageView view;
    ASSERT_TRUE(view.parse(logon));
    const std::string masked{text.of(view)};
    EXPECT_EQ(text.of(std::string_view{logon}), masked);
    EXPECT_EQ(masked.size(), logon.size());
    for (const char* secret : {"s3cret", "n3wer",
                               "a\x01"
                               "b\x01"
                               "c"}) {
        ASSERT_NE(logon.find(secret), logon.npos);
        EXPECT_EQ(masked.find(secret), masked.npos) << secret;
    }
    const auto parsed = view.parse(masked);
    ASSERT_TRUE(parsed) << parsed.error().detail;
    EXPECT_EQ(view.get(554), "******");
    EXPECT_EQ(view.get(925), "*****");
    EXPECT_EQ(view.get(96), "*****");
    EXPECT_EQ(view.get(553), "user");
}

TEST(RecordText, LeavesOtherMessagesAsTheyAre) {
    const std::string order = test::fix_message("35=D|34=2|49=US|56=PEER|11=A-1|554=x|");
    RecordText text;
    MessageView view;
    ASSERT_TRUE(view.parse(order));
    EXPECT_EQ(text.of(view).data(), order.data());
    EXPECT_EQ(text.of(std::string_view{order}).data(), order.data());
}

TEST(RecordText, ALogonThatCannotBeReadIsLeftOut) {
    RecordText text;
    EXPECT_EQ(text.of(std::string_view{"8=FIX.4.4\x01"
                                       "35=A\x01"
                                       "554=secret"}),
              "");
}

}  // namespace
}  // namespace broker::fix
