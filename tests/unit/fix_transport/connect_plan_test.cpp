#include "fix/connect_plan.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace broker::fix {
namespace {

using namespace std::chrono_literals;

class ConnectPlanTest : public testing::Test {
protected:
    [[nodiscard]] ConnectRules rules(const std::string& account = "ACC-1") const {
        ConnectRules rules;
        rules.hosts = {{"primary", "1"}, {"backup", "2"}};
        rules.backoff = {.initial = 100ms, .maximum = 1s, .healthy_after = 60s};
        rules.budget = budget_;
        rules.account = account;
        return rules;
    }

    test::ManualClock clock_;
    std::shared_ptr<core::ConnectBudget> budget_;
};

TEST_F(ConnectPlanTest, TheFirstAttemptIsMadeAtOnce) {
    ConnectPlan plan{rules(), 1};
    EXPECT_EQ(plan.begin(clock_.monotonic()).whole, 0ns);
    EXPECT_EQ(plan.host().text(), "primary:1");
}

TEST_F(ConnectPlanTest, AFailedAttemptWaitsAndGoesToTheNextHost) {
    ConnectPlan plan{rules(), 1};
    const ConnectWait wait = plan.after_failure(clock_.monotonic());
    EXPECT_GT(wait.whole, 0ns);
    EXPECT_LE(wait.whole, 100ms);
    EXPECT_EQ(wait.for_budget, 0ns);
    EXPECT_EQ(plan.host().text(), "backup:2");
}

TEST_F(ConnectPlanTest, SaysHowMuchOfTheWaitIsForTheBudget) {
    budget_ = std::make_shared<core::ConnectBudget>(
        core::ConnectLimits{.account_per_s = 0, .host_per_s = 1});
    ConnectPlan one{rules("ACC-1"), 1};
    ConnectPlan other{rules("ACC-2"), 2};
    EXPECT_EQ(one.begin(clock_.monotonic()).whole, 0ns);
    const ConnectWait wait = other.begin(clock_.monotonic());
    EXPECT_EQ(wait.whole, 1s);
    EXPECT_EQ(wait.for_budget, 1s);
}

TEST_F(ConnectPlanTest, AnAttemptThatIsNotMadeGivesItsTurnToOthers) {
    budget_ = std::make_shared<core::ConnectBudget>(
        core::ConnectLimits{.account_per_s = 0, .host_per_s = 1});
    ConnectPlan dropped{rules("ACC-1"), 1};
    (void)dropped.begin(clock_.monotonic());
    dropped.drop();
    {
        ConnectPlan gone{rules("ACC-2"), 2};
        (void)gone.begin(clock_.monotonic());
    }
    ConnectPlan plan{rules("ACC-3"), 3};
    EXPECT_EQ(plan.begin(clock_.monotonic()).whole, 0ns);
}

TEST_F(ConnectPlanTest, AnAttemptThatWasMadeKeepsItsTurn) {
    budget_ = std::make_shared<core::ConnectBudget>(
        core::ConnectLimits{.account_per_s = 0, .host_per_s = 1});
    {
        ConnectPlan made{rules("ACC-1"), 1};
        (void)made.begin(clock_.monotonic());
        made.started();
    }
    ConnectPlan plan{rules("ACC-2"), 2};
    EXPECT_EQ(plan.begin(clock_.monotonic()).whole, 1s);
}

TEST_F(ConnectPlanTest, KnowsItsHostsByTheirTexts) {
    ConnectPlan plan{rules(), 1};
    EXPECT_TRUE(plan.has("backup:2"));
    EXPECT_TRUE(plan.has("")) << "the one in turn";
    EXPECT_FALSE(plan.has("backup"));
    plan.choose("elsewhere:3");
    EXPECT_EQ(plan.host().text(), "primary:1");
    plan.choose("");
    EXPECT_EQ(plan.host().text(), "backup:2");
    plan.choose("primary:1");
    EXPECT_EQ(plan.host().text(), "primary:1");
}

}  // namespace
}  // namespace broker::fix
