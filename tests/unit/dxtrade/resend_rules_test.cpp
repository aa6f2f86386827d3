#include "dxtrade/fix/resend_rules.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"
#include "unit/dxtrade/dxtrade_fixture.hpp"

namespace broker::dxtrade::fix {
namespace {

using namespace std::chrono_literals;

TEST(ResendRules, OrdersAndListsGoAgainWhileTheyAreNew) {
    for (const char* type : {"D", "F", "G", "E", "K"}) {
        EXPECT_EQ(resend_rule(type, {}), ResendRule::WhileNew) << type;
    }
}

TEST(ResendRules, QuestionsGoAgainAtAnyAge) {
    for (const char* type : {"H", "AF", "AN", "BB", "AD", "x", "c", "g"}) {
        EXPECT_EQ(resend_rule(type, {}), ResendRule::Always) << type;
    }
    QueryRules queries;
    queries.account_summary_request = "UA";
    EXPECT_EQ(resend_rule("UA", queries), ResendRule::Always);
    EXPECT_EQ(resend_rule("BB", queries), ResendRule::Never);
}

TEST(ResendRules, WhatIsNeitherIsGapFilled) {
    for (const char* type : {"8", "j", "V", ""}) {
        EXPECT_EQ(resend_rule(type, {}), ResendRule::Never) << type;
    }
}

TEST(ResendRules, AgeCountsFromTransactTime) {
    ReceivedMessage sent;
    const test::ManualClock clock;  // at noon
    core::UtcAges ages{clock};
    EXPECT_EQ(age_of(sent.parse("35=D|34=2|60=20260105-11:59:57.500|"), ages), 2500ms);
    EXPECT_EQ(age_of(sent.parse("35=E|34=2|66=L|11=A|60=20260105-12:00:00|"), ages), 0ms);
}

TEST(ResendRules, AgeThatIsNotKnownIsBeyondEveryLimit) {
    ReceivedMessage sent;
    const test::ManualClock clock;  // at noon
    core::UtcAges ages{clock};
    EXPECT_EQ(age_of(sent.parse("35=D|34=2|"), ages), core::Duration::max());
    EXPECT_EQ(age_of(sent.parse("35=D|34=2|60=soon|"), ages), core::Duration::max());
    EXPECT_EQ(age_of(sent.parse("35=D|34=2|60=20260105-12:00:01|"), ages), core::Duration::max());
}

}  // namespace
}  // namespace broker::dxtrade::fix
