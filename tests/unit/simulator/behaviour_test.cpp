#include "simulator/behaviour.hpp"

#include <gtest/gtest.h>

namespace broker::simulator {
namespace {

const std::vector<FixField> kFields = {{11, "A-1"}, {58, "slow"}};
const RuleSubject kSubject{.sender_comp_id = "ACC1",
                           .symbol = "EURUSD",
                           .cl_ord_id = "A-1",
                           .working_cl_ord_id = "A-1",
                           .fields = &kFields};

TEST(Rule, MatchesEverythingWithoutConditions) { EXPECT_TRUE(matches(Rule{}, kSubject)); }

TEST(Rule, DemandsEachConditionThatItGives) {
    EXPECT_TRUE(matches({.sender_comp_id = "ACC1", .symbol = "EURUSD"}, kSubject));
    EXPECT_FALSE(matches({.sender_comp_id = "ACC2", .symbol = "EURUSD"}, kSubject));
    EXPECT_FALSE(matches({.sender_comp_id = "ACC1", .symbol = "EURUS"}, kSubject));
    EXPECT_TRUE(matches({.cl_ord_id_prefix = "A-"}, kSubject));
    EXPECT_FALSE(matches({.cl_ord_id_prefix = "B-"}, kSubject));
    EXPECT_TRUE(matches({.tag = 58, .value = "slow"}, kSubject));
    EXPECT_FALSE(matches({.tag = 58, .value = "slo"}, kSubject));
    EXPECT_FALSE(matches({.tag = 100, .value = ""}, kSubject));
}

TEST(Rule, MatchesARequestByTheOrderItIsAbout) {
    auto cancel = kSubject;
    cancel.cl_ord_id = "X-9";
    EXPECT_TRUE(matches({.cl_ord_id_prefix = "A-"}, cancel));
    EXPECT_TRUE(matches({.cl_ord_id_prefix = "X-"}, cancel));
}

TEST(Behaviour, TakesTheOldestRuleOfTheAction) {
    Behaviour behaviour;
    behaviour.add({.action = Action::RejectNew, .text = "first"});
    behaviour.add({.action = Action::RejectNew, .text = "second"});
    EXPECT_EQ(behaviour.take(Action::RejectNew, kSubject)->text, "first");
    EXPECT_FALSE(behaviour.take(Action::RefuseCancel, kSubject));
}

TEST(Behaviour, UsesARuleUpAfterItsTimes) {
    Behaviour behaviour;
    behaviour.add({.action = Action::RejectNew, .text = "twice", .times = 2});
    behaviour.add({.action = Action::RejectNew, .text = "then"});
    EXPECT_EQ(behaviour.take(Action::RejectNew, kSubject)->text, "twice");
    EXPECT_EQ(behaviour.take(Action::RejectNew, kSubject)->text, "twice");
    EXPECT_EQ(behaviour.take(Action::RejectNew, kSubject)->text, "then");
    behaviour.clear();
    EXPECT_FALSE(behaviour.take(Action::RejectNew, kSubject));
}

TEST(Behaviour, KnowsItsActionsByName) {
    for (int i = 0; i < kActionCount; ++i) {
        const auto action = static_cast<Action>(i);
        EXPECT_EQ(action_from_name(action_name(action)), action);
    }
    EXPECT_FALSE(action_from_name("reject"));
}

}  // namespace
}  // namespace broker::simulator
