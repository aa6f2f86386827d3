#include "core/order_state.hpp"

#include <gtest/gtest.h>

#include <vector>

namespace broker::core {
namespace {

struct Step {
    ExecType exec_type;
    OrdStatus reported;
};

OrdStatus after(std::vector<Step> steps) {
    OrdStatus status = OrdStatus::Unspecified;
    for (const Step& step : steps) status = next_status(status, step.reported, step.exec_type);
    return status;
}

bool is_trade_change(ExecType exec_type) {
    return exec_type == ExecType::TradeCorrect || exec_type == ExecType::TradeCancel;
}

bool may_reopen(OrdStatus current, ExecType exec_type) {
    return is_trade_change(exec_type) ||
           (current == OrdStatus::Filled && exec_type == ExecType::Replaced) ||
           (current == OrdStatus::DoneForDay &&
            (exec_type == ExecType::Restated || exec_type == ExecType::OrderStatus));
}

template <class Check>
void for_every_triple(Check check) {
    for (int current = 0; current <= 15; ++current) {
        for (int reported = 0; reported <= 15; ++reported) {
            for (int exec_type = 0; exec_type <= 18; ++exec_type) {
                SCOPED_TRACE(testing::Message() << "status " << current << ", reported " << reported
                                                << ", exec type " << exec_type);
                check(static_cast<OrdStatus>(current), static_cast<OrdStatus>(reported),
                      static_cast<ExecType>(exec_type));
            }
        }
    }
}

TEST(OrderState, FinalStatesAreThoseThatExpectNoFurtherReport) {
    std::vector<OrdStatus> final_states;
    for (int status = 0; status <= 15; ++status) {
        if (is_final(static_cast<OrdStatus>(status))) {
            final_states.push_back(static_cast<OrdStatus>(status));
        }
    }
    EXPECT_EQ(final_states,
              (std::vector{OrdStatus::Filled, OrdStatus::DoneForDay, OrdStatus::Canceled,
                           OrdStatus::Rejected, OrdStatus::Expired}));
}

TEST(OrderState, TheResultIsTheCurrentOrTheReportedStatus) {
    for_every_triple([](OrdStatus current, OrdStatus reported, ExecType exec_type) {
        const OrdStatus next = next_status(current, reported, exec_type);
        EXPECT_TRUE(next == current || next == reported);
    });
}

TEST(OrderState, TheSameReportTwiceChangesNothingMore) {
    for_every_triple([](OrdStatus current, OrdStatus reported, ExecType exec_type) {
        const OrdStatus once = next_status(current, reported, exec_type);
        EXPECT_EQ(next_status(once, reported, exec_type), once);
    });
}

TEST(OrderState, AnUnknownStatusChangesNothing) {
    for_every_triple([](OrdStatus current, OrdStatus, ExecType exec_type) {
        EXPECT_EQ(next_status(current, OrdStatus::Unspecified, exec_type), current);
    });
}

TEST(OrderState, AFinalStateIsLeftOnlyByWhatTheMatricesAllow) {
    for_every_triple([](OrdStatus current, OrdStatus reported, ExecType exec_type) {
        if (!is_final(current) || may_reopen(current, exec_type)) return;
        EXPECT_EQ(next_status(current, reported, exec_type), current);
    });
}

TEST(OrderState, EveryLiveOrderTakesAFinalStatus) {
    for_every_triple([](OrdStatus current, OrdStatus reported, ExecType exec_type) {
        if (is_final(current) || !is_final(reported)) return;
        EXPECT_EQ(next_status(current, reported, exec_type), reported);
    });
}

TEST(OrderState, ATradeChangeSetsEveryStatusThatItReports) {
    for_every_triple([](OrdStatus current, OrdStatus reported, ExecType exec_type) {
        if (!is_trade_change(exec_type) || reported == OrdStatus::Unspecified) return;
        EXPECT_EQ(next_status(current, reported, exec_type), reported);
    });
}

TEST(OrderState, AFilledPartIsNotForgottenWithoutATradeChange) {
    for_every_triple([](OrdStatus, OrdStatus reported, ExecType exec_type) {
        const bool is_unfilled = reported == OrdStatus::New || reported == OrdStatus::PendingNew ||
                                 reported == OrdStatus::Replaced ||
                                 reported == OrdStatus::AcceptedForBidding;
        if (!is_unfilled || is_trade_change(exec_type)) return;
        EXPECT_EQ(next_status(OrdStatus::PartiallyFilled, reported, exec_type),
                  OrdStatus::PartiallyFilled);
    });
}

// The named sequences of FIX 4.4, volume 4, appendix D.

TEST(OrderState, FollowsAnOrderThatIsFilledInParts) {
    EXPECT_EQ(after({{ExecType::New, OrdStatus::New},
                     {ExecType::Trade, OrdStatus::PartiallyFilled},
                     {ExecType::Trade, OrdStatus::Filled}}),
              OrdStatus::Filled);
}

TEST(OrderState, KeepsAFillThatOvertakesTheAcknowledgement) {
    EXPECT_EQ(
        after({{ExecType::Trade, OrdStatus::PartiallyFilled}, {ExecType::New, OrdStatus::New}}),
        OrdStatus::PartiallyFilled);
    EXPECT_EQ(after({{ExecType::Trade, OrdStatus::Filled}, {ExecType::New, OrdStatus::New}}),
              OrdStatus::Filled);
}

TEST(OrderState, FollowsACancelOfAPartlyFilledOrder) {
    EXPECT_EQ(after({{ExecType::New, OrdStatus::New},
                     {ExecType::Trade, OrdStatus::PartiallyFilled},
                     {ExecType::PendingCancel, OrdStatus::PendingCancel},
                     {ExecType::Trade, OrdStatus::PendingCancel},
                     {ExecType::Canceled, OrdStatus::Canceled}}),
              OrdStatus::Canceled);
}

TEST(OrderState, IsFilledWhileACancelIsPending) {
    EXPECT_EQ(after({{ExecType::PendingCancel, OrdStatus::PendingCancel},
                     {ExecType::Trade, OrdStatus::Filled}}),
              OrdStatus::Filled);
}

TEST(OrderState, IgnoresAFillsStatusAfterTheCancel) {
    EXPECT_EQ(after({{ExecType::Canceled, OrdStatus::Canceled},
                     {ExecType::Trade, OrdStatus::PartiallyFilled}}),
              OrdStatus::Canceled);
}

TEST(OrderState, FollowsAReplaceWithAndWithoutPendingReplace) {
    EXPECT_EQ(after({{ExecType::New, OrdStatus::New},
                     {ExecType::PendingReplace, OrdStatus::PendingReplace},
                     {ExecType::Replaced, OrdStatus::New}}),
              OrdStatus::New);
    EXPECT_EQ(after({{ExecType::Trade, OrdStatus::PartiallyFilled},
                     {ExecType::Replaced, OrdStatus::PartiallyFilled}}),
              OrdStatus::PartiallyFilled);
}

TEST(OrderState, ALateAcknowledgementDoesNotEndAPendingReplace) {
    EXPECT_EQ(after({{ExecType::PendingReplace, OrdStatus::PendingReplace},
                     {ExecType::New, OrdStatus::New}}),
              OrdStatus::PendingReplace);
}

TEST(OrderState, AFilledOrderIsReopenedByAReplaceThatIncreasesIt) {
    EXPECT_EQ(after({{ExecType::Trade, OrdStatus::Filled},
                     {ExecType::Replaced, OrdStatus::PartiallyFilled}}),
              OrdStatus::PartiallyFilled);
}

TEST(OrderState, ABustReopensAFilledOrder) {
    EXPECT_EQ(after({{ExecType::Trade, OrdStatus::Filled},
                     {ExecType::TradeCancel, OrdStatus::PartiallyFilled}}),
              OrdStatus::PartiallyFilled);
}

TEST(OrderState, AnOrderDoneForTheDayIsRestatedOnTheNext) {
    EXPECT_EQ(after({{ExecType::DoneForDay, OrdStatus::DoneForDay},
                     {ExecType::Restated, OrdStatus::PartiallyFilled}}),
              OrdStatus::PartiallyFilled);
}

TEST(OrderState, ASuspendedOrderComesBack) {
    EXPECT_EQ(after({{ExecType::New, OrdStatus::New},
                     {ExecType::Suspended, OrdStatus::Suspended},
                     {ExecType::Restated, OrdStatus::New}}),
              OrdStatus::New);
}

}  // namespace
}  // namespace broker::core
