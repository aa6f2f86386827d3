// The native engine against stock QuickFIX under random schedules, each told by its seed:
//   fix_native_schedule_test --schedules=10000 --first-seed=1
#include <gtest/gtest.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "unit/fix/native_schedule.hpp"

namespace broker::test {
namespace {

std::uint64_t schedules = 300;
std::uint64_t first_seed = 1;

// Each message once and in order, no number twice or left out, no flood, and a session again when
// the link is whole.
TEST(NativeSchedules, EndWithEveryMessageDeliveredOnceWhateverTheLinkDid) {
    for (std::uint64_t i = 0; i < schedules; ++i) {
        const std::string complaint = NativeSchedule{first_seed + i}.run();
        ASSERT_EQ(complaint, "");
    }
}

bool read_flag(std::string_view argument, std::string_view name, std::uint64_t& value) {
    if (!argument.starts_with(name)) return false;
    value = std::stoull(std::string{argument.substr(name.size())});
    return true;
}

}  // namespace
}  // namespace broker::test

int main(int argc, char** argv) {
    testing::InitGoogleTest(&argc, argv);
    for (int i = 1; i < argc; ++i) {
        const bool is_known =
            broker::test::read_flag(argv[i], "--schedules=", broker::test::schedules) ||
            broker::test::read_flag(argv[i], "--first-seed=", broker::test::first_seed);
        if (!is_known) return 2;
    }
    return RUN_ALL_TESTS();
}
