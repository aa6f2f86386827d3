// The order path: recording costs no allocation.
#include <gtest/gtest.h>

#include <array>
#include <cstdio>
#include <string_view>

#include "recovery_fixture.hpp"
#include "support/allocation_count.hpp"

namespace broker::recovery {
namespace {

// Sends, hears of, fills and finishes orders of different ids.
void trade(RecordedLedger& ledger, int first, int count) {
    for (int i = first; i < first + count; ++i) {
        std::array<char, 8> text{};
        const int size = std::snprintf(text.data(), text.size(), "N%06d", i);
        const std::string_view name{text.data(), static_cast<std::size_t>(size)};
        (void)ledger.add(test::limit_order(name), test::kNow);
        ledger.sent(test::id(name), static_cast<core::MsgSeqNum>(i), test::kNow, test::kNow);
        (void)ledger.apply(test::report(core::ExecType::New, core::OrdStatus::New, name, name));
        (void)ledger.apply(test::fill(name, name, name, "100", "100"));
        ledger.heard();
    }
}

TEST(RecordedLedgerMemory, OrderPathDoesNotAllocateOnceThePoolsHaveGrown) {
    core::OrderLedgerLimits limits;
    limits.max_live_orders = 50;
    limits.max_finished_orders = 50;
    limits.max_executions = 200;
    test::Processes processes{limits, 16 * 1024 * 1024};
    RecordedLedger& ledger = processes.restart();
    trade(ledger, 1, 2'000);
    const std::size_t before = broker::test::allocation_count();
    trade(ledger, 2'001, 2'000);
    EXPECT_EQ(broker::test::allocation_count(), before);
}

}  // namespace
}  // namespace broker::recovery
