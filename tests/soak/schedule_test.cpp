#include "schedule.hpp"

#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

namespace broker::soak {
namespace {

std::vector<std::string> lines(std::uint64_t seed, bool kills) {
    std::vector<std::string> result;
    for (const Step& step : draw_schedule({seed, kills}))
        result.push_back(std::to_string(step.at.count()) + " " +
                         std::to_string(static_cast<int>(step.kind)) + " " + step.text);
    return result;
}

TEST(Schedule, IsTheSameForTheSameSeed) {
    EXPECT_EQ(lines(7, true), lines(7, true));
    EXPECT_NE(lines(7, true), lines(8, true));
}

TEST(Schedule, IsInOrderOfTimeAndGivesNoClOrdIDTwice) {
    for (std::uint64_t seed = 1; seed <= 200; ++seed) {
        std::chrono::milliseconds before{};
        std::multiset<std::string> ids;
        for (const Step& step : draw_schedule({seed, false})) {
            EXPECT_LE(before, step.at);
            before = step.at;
            EXPECT_NE(step.kind, Step::Kind::Kill);
            if (step.kind != Step::Kind::Command || step.text == "restart") continue;
            const auto id = step.text.find(" S") + 1;
            ids.insert(step.text.substr(id, step.text.find(' ', id) - id));
        }
        for (const std::string& id : ids) EXPECT_EQ(ids.count(id), 1U) << seed << ' ' << id;
    }
}

TEST(Schedule, KillsTheHostWhenAsked) {
    for (std::uint64_t seed = 1; seed <= 50; ++seed) {
        int kills = 0;
        for (const Step& step : draw_schedule({seed, true}))
            kills += step.kind == Step::Kind::Kill ? 1 : 0;
        EXPECT_GE(kills, 1) << seed;
    }
}

TEST(Schedule, SaysWhenTheWholeHostFeelsIt) {
    EXPECT_FALSE(is_felt_by_all({}));
    Step quote;
    quote.kind = Step::Kind::Quote;
    EXPECT_FALSE(is_felt_by_all({quote}));
    Step restart;
    restart.text = "restart";
    EXPECT_TRUE(is_felt_by_all({quote, restart}));
    EXPECT_TRUE(is_felt_by_all(sweep_schedule()));
    Step clock;
    clock.kind = Step::Kind::Clock;
    clock.clock_offset = -std::chrono::minutes{1};
    EXPECT_FALSE(is_felt_by_all({clock}));
    clock.clock_offset = -std::chrono::minutes{3};
    EXPECT_TRUE(is_felt_by_all({clock}));
}

}  // namespace
}  // namespace broker::soak
