// Sequence resets by the clock: once for each, whoever was away at its time.
#include <gmock/gmock.h>

#include "unit/fix/quickfix_engine_fixture.hpp"

namespace broker::test {
namespace {

using std::chrono::hours;
using testing::ElementsAre;

class QuickfixScheduledReset : public QuickfixEngineTest {
protected:
    // Resets are due at `reset_`; every connection below asks whether one is.
    fix::SessionSettings with_resets(fix::SessionSettings base, bool has_flag) {
        base.last_scheduled_reset = [this](core::UtcTime now) -> std::optional<core::UtcTime> {
            if (now < reset_) return std::nullopt;
            return reset_;
        };
        base.sends_flag_on_scheduled_reset = has_flag;
        return base;
    }
    void restart(bool has_flag = true) {
        engine.reset();
        engine = fix::make_quickfix_engine(with_resets(settings(), has_flag),
                                           std::make_unique<SharedStore>(store), clock, listener);
    }
    // A connection up to its answered Logon: MsgSeqNum and ResetSeqNumFlag of ours.
    std::string log_on_again() {
        listener.sent.clear();
        engine->connected(clock.now());
        if (listener.sent.empty()) return "nothing sent";
        const std::string logon = listener.sent.front();
        const bool has_flag = field(logon, 141) == "Y";
        receive(store.store.next_target_msg_seq_num(), "A",
                has_flag ? "98=0|108=30|141=Y|" : "98=0|108=30|");
        EXPECT_TRUE(engine->is_logged_on());
        engine->disconnected(clock.now());
        return field(logon, 34) + (has_flag ? " reset" : "");
    }

    core::UtcTime reset_ = clock.utc() + hours{1};
};

TEST_F(QuickfixScheduledReset, IsMadeOnceByTheFirstLogonAfterIt) {
    restart();
    EXPECT_EQ(log_on_again(), "1");
    EXPECT_EQ(log_on_again(), "2");
    clock.advance(hours{1});
    EXPECT_EQ(log_on_again(), "1 reset");
    EXPECT_EQ(log_on_again(), "2");
    EXPECT_EQ(store.store.next_target_msg_seq_num(), 3U);
}

TEST_F(QuickfixScheduledReset, IsMadeThoughTheProcessWasAwayAtItsTime) {
    restart();
    EXPECT_EQ(log_on_again(), "1");
    engine.reset();
    clock.advance(hours{5});
    restart();
    EXPECT_EQ(log_on_again(), "1 reset");
    restart();
    EXPECT_EQ(log_on_again(), "2");
}

TEST_F(QuickfixScheduledReset, IsNotRepeatedByAClockThatIsSetBack) {
    restart();
    EXPECT_EQ(log_on_again(), "1");
    clock.advance(hours{1});
    EXPECT_EQ(log_on_again(), "1 reset");
    clock.step_utc(-hours{1});
    EXPECT_EQ(log_on_again(), "2");
    clock.step_utc(hours{1});
    EXPECT_EQ(log_on_again(), "3");
}

TEST_F(QuickfixScheduledReset, ANewStoreNeedsNone) {
    clock.advance(hours{2});
    restart();
    EXPECT_EQ(log_on_again(), "1");
}

TEST_F(QuickfixScheduledReset, WithoutTheFlagOurNumbersBeginAgainAllTheSame) {
    restart(false);
    EXPECT_EQ(log_on_again(), "1");
    clock.advance(hours{1});
    listener.events.clear();
    EXPECT_EQ(log_on_again(), "1");
    EXPECT_EQ(listener.events.front(), "reset");
    EXPECT_EQ(log_on_again(), "2");
}

TEST_F(QuickfixScheduledReset, AStoreThatFailsEndsTheConnectionBeforeLogon) {
    restart();
    EXPECT_EQ(log_on_again(), "1");
    clock.advance(hours{1});
    store.is_failing = true;
    listener.sent.clear();
    engine->connected(clock.now());
    EXPECT_THAT(listener.sent, ElementsAre());
    ASSERT_EQ(listener.ended.size(), 1U);
    EXPECT_EQ(listener.ended[0].first, core::Reason::StorageFailed);
}

}  // namespace
}  // namespace broker::test
