#include "account/risk_memory.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_directory.hpp"

namespace broker::account {
namespace {

core::Decimal dec(std::string_view text) { return core::Decimal::parse(text).value(); }

class RiskMemoryTest : public testing::Test {
protected:
    [[nodiscard]] std::filesystem::path file() const {
        return directory_.path() / "ACC-1" / "risk-state";
    }
    test::TemporaryDirectory directory_;
};

TEST_F(RiskMemoryTest, AccountWithoutAFileHasNoPast) {
    EXPECT_EQ(load_risk_memory(file()).value(), RiskMemory{});
}

TEST_F(RiskMemoryTest, ReadsWhatItHasWritten) {
    RiskMemory memory;
    memory.is_killed = true;
    memory.guard.day = 20'000;
    memory.guard.tripped = core::Reason::DrawdownReached;
    memory.guard.day_start_equity = dec("10000.50");
    memory.guard.high_water_mark = dec("12000");
    memory.guard.is_reset = true;
    ASSERT_TRUE(save_risk_memory(file(), memory));
    EXPECT_EQ(load_risk_memory(file()).value(), memory);
    memory.guard = {};
    ASSERT_TRUE(save_risk_memory(file(), memory));
    EXPECT_EQ(load_risk_memory(file()).value(), memory);
}

TEST_F(RiskMemoryTest, RefusesAFileThatIsNotAWholeRecord) {
    ASSERT_TRUE(save_risk_memory(file(), RiskMemory{}));
    for (const char* text : {"", "version=1\n", "no equals",
                             "version=2\nday=1\ntripped=0\nreset=0\n"
                             "kill_switch=0\n",
                             "version=1\nday=1\ntripped=7\nreset=0\nkill_switch=0\n",
                             "version=1\nday=x\ntripped=0\nreset=0\nkill_switch=0\n",
                             "version=1\nday=1\ntripped=0\nreset=0\nkill_switch=0\n"
                             "high_water_mark=ten\n"}) {
        std::ofstream{file()} << text;
        const auto loaded = load_risk_memory(file());
        ASSERT_FALSE(loaded) << text;
        EXPECT_EQ(loaded.error().reason, core::Reason::StorageFailed);
    }
}

TEST_F(RiskMemoryTest, SaysSoWhenItCannotWrite) {
    std::ofstream{directory_.path() / "ACC-1"} << "a file, no folder";
    EXPECT_EQ(save_risk_memory(file(), RiskMemory{}).error().reason, core::Reason::StorageFailed);
}

}  // namespace
}  // namespace broker::account
