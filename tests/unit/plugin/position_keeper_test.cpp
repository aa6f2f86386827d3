#include "account/position_keeper.hpp"

#include "unit/plugin/account_parts_fixture.hpp"

namespace broker::account {
namespace {

using core::Channel;
using core::QueryKind;
using core::Reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::UnorderedElementsAre;

constexpr std::uint64_t kOwn = 0;  // request id of the adapter's own questions

class PositionKeeperTest : public AccountPartsTest {
protected:
    void fill(std::string_view qty, core::Side side = core::Side::Buy,
              std::string_view symbol = "EURUSD") {
        core::Order order;
        order.cl_ord_id = id("A");
        order.symbol = core::Symbol::from(symbol).value();
        order.side = side;
        core::Applied applied;
        applied.order = &order;
        applied.fill_delta = number(qty);
        keeper_.book(applied);
    }
    void position(std::uint64_t request_id, std::string_view long_qty,
                  std::string_view symbol = "EURUSD", bool is_unsolicited = false) {
        core::PositionReport report;
        report.request_id = request_id;
        report.is_unsolicited = is_unsolicited;
        report.symbol = symbol;
        const core::Decimal net = number(long_qty);
        if (net.sign() < 0) {
            report.short_qty = core::Decimal{}.minus(net);
        } else {
            report.long_qty = net;
        }
        keeper_.take(report);
    }
    void end(std::uint64_t request_id, Reason reason = Reason::None) {
        keeper_.end_picture({QueryKind::Positions, request_id, 0, reason, {}});
    }
    // A whole picture of one symbol; forgets what was told of it.
    void picture(std::string_view long_qty) {
        keeper_.begin_picture(kOwn, Channel::FixTrading);
        position(kOwn, long_qty);
        end(kOwn);
        events_.lines.clear();
    }
    // What is told when the venue's picture is this.
    std::vector<std::string> told_of_picture(std::string_view long_qty) {
        keeper_.begin_picture(kOwn, Channel::FixTrading);
        position(kOwn, long_qty);
        events_.lines.clear();
        end(kOwn);
        return events_.take();
    }
    std::vector<std::string> from_fills(std::string_view symbol = {}) {
        keeper_.report({7, core::Symbol::from(symbol).value()});
        return events_.take();
    }

    PositionKeeper keeper_{events_, faults_};
};

TEST_F(PositionKeeperTest, PositionsOfTheVenueAreToldBesideTheFills) {
    picture("300");
    fill("500");
    fill("200", core::Side::Sell);
    keeper_.begin_picture(kOwn, Channel::FixTrading);
    position(kOwn, "600");
    EXPECT_THAT(events_.take(), ElementsAre("position EURUSD long=600 fills=600"));
}

TEST_F(PositionKeeperTest, PositionsOfTheFirstPictureAreToldAlone) {
    fill("500");
    keeper_.begin_picture(kOwn, Channel::FixTrading);
    position(kOwn, "300");
    EXPECT_THAT(events_.take(), ElementsAre("position EURUSD long=300 fills=-"));
}

TEST_F(PositionKeeperTest, FirstPictureIsTheBaseAndDiffersFromNothing) {
    EXPECT_THAT(told_of_picture("10000"), IsEmpty());
    fill("500");
    EXPECT_THAT(from_fills(),
                ElementsAre("position EURUSD long=- fills=10500", "done 7 count=1 NONE"));
}

TEST_F(PositionKeeperTest, PictureThatAgreesWithTheFillsTellsNothing) {
    picture("1000");
    fill("500");
    fill("700", core::Side::SellShort);
    EXPECT_THAT(told_of_picture("800"), IsEmpty());
    EXPECT_EQ(status_.venue_fault_count, 0U);
}

TEST_F(PositionKeeperTest, DifferenceIsToldOnceWithBothFiguresAndCounted) {
    picture("1000");
    fill("500");
    EXPECT_THAT(
        told_of_picture("1900"),
        ElementsAre("position EURUSD long=1900 fills=1500 different", "fault POSITION_DIFFERS"));
    EXPECT_THAT(last_log(), HasSubstr("the venue has 1900, the fills add up to 1500"));
    EXPECT_EQ(status_.venue_fault_count, 1U);
    EXPECT_THAT(told_of_picture("1900"), IsEmpty());
    EXPECT_EQ(status_.venue_fault_count, 1U);
}

TEST_F(PositionKeeperTest, ShortPositionOfTheVenueIsToldAsShort) {
    picture("0");
    EXPECT_THAT(told_of_picture("-300"),
                ElementsAre("position EURUSD long=- fills=0 short=300 different",
                            "fault POSITION_DIFFERS"));
}

TEST_F(PositionKeeperTest, SymbolThatIsNotInThePictureIsHeldToBeFlat) {
    picture("1000");
    keeper_.begin_picture(kOwn, Channel::FixTrading);
    end(kOwn);
    EXPECT_THAT(events_.take(), ElementsAre("position EURUSD long=0 fills=1000 different",
                                            "fault POSITION_DIFFERS"));
}

TEST_F(PositionKeeperTest, SymbolThatIsFilledDuringThePictureIsComparedWithTheNext) {
    picture("1000");
    keeper_.begin_picture(kOwn, Channel::FixTrading);
    position(kOwn, "1500");  // whether the fill below is in it cannot be known
    fill("500");
    events_.lines.clear();
    end(kOwn);
    EXPECT_THAT(events_.take(), IsEmpty());
    EXPECT_THAT(told_of_picture("1500"), IsEmpty());
    EXPECT_EQ(told_of_picture("1600").size(), 2U);
}

TEST_F(PositionKeeperTest, PictureThatTheSessionsEndCutShortIsForgotten) {
    picture("1000");
    keeper_.begin_picture(kOwn, Channel::FixTrading);
    events_.lines.clear();
    end(kOwn, Reason::OutcomeDisconnected);
    EXPECT_THAT(events_.take(), IsEmpty());
    EXPECT_THAT(told_of_picture("1000"), IsEmpty());
    EXPECT_EQ(told_of_picture("900").size(), 2U);
}

TEST_F(PositionKeeperTest, SecondQuestionDuringAPictureIsNoPicture) {
    picture("1000");
    keeper_.begin_picture(kOwn, Channel::FixTrading);
    position(kOwn, "1000");
    keeper_.begin_picture(5, Channel::FixTrading);
    position(5, "1000");
    events_.lines.clear();
    end(5);
    end(kOwn);
    EXPECT_THAT(events_.take(), IsEmpty());
}

TEST_F(PositionKeeperTest, UnsolicitedPositionIsToldAndIsNoPartOfAPicture) {
    picture("1000");
    keeper_.begin_picture(kOwn, Channel::FixTrading);
    position(kOwn, "1000");
    position(kOwn, "1000", "EURUSD", true);
    EXPECT_EQ(events_.take().size(), 2U);
    end(kOwn);
    EXPECT_THAT(events_.take(), IsEmpty());
}

TEST_F(PositionKeeperTest, AnswersToAQuestionThatMakesNoPictureAreNotCompared) {
    picture("1000");
    position(5, "1");
    end(5);
    EXPECT_THAT(events_.take(), ElementsAre("position EURUSD long=1 fills=1000"));
    EXPECT_EQ(status_.venue_fault_count, 0U);
}

TEST_F(PositionKeeperTest, PositionThatCannotBeUsedIsAFaultAndItsSymbolIsNotCompared) {
    picture("1000");
    keeper_.begin_picture(kOwn, Channel::FixTrading);
    core::PositionReport unreadable;
    unreadable.symbol = "EURUSD";
    keeper_.take(unreadable);
    EXPECT_THAT(events_.take(),
                ElementsAre("fault MESSAGE_UNUSABLE", "position EURUSD long=- fills=1000"));
    end(kOwn);
    EXPECT_THAT(events_.take(), IsEmpty());
    EXPECT_EQ(told_of_picture("900").size(), 2U);
}

TEST_F(PositionKeeperTest, SeveralPositionsOfASymbolAddUp) {
    picture("1000");
    keeper_.begin_picture(kOwn, Channel::FixTrading);
    position(kOwn, "1500");
    position(kOwn, "-500");
    events_.lines.clear();
    end(kOwn);
    EXPECT_THAT(events_.take(), IsEmpty());
}

TEST_F(PositionKeeperTest, FillsAloneAreReportedWithoutABase) {
    fill("500");
    fill("30", core::Side::Sell, "GBPUSD");
    EXPECT_THAT(from_fills(),
                UnorderedElementsAre("position EURUSD long=- fills=500",
                                     "position GBPUSD long=- fills=-30", "done 7 count=2 NONE"));
    EXPECT_THAT(from_fills("GBPUSD"),
                ElementsAre("position GBPUSD long=- fills=-30", "done 7 count=1 NONE"));
    EXPECT_THAT(from_fills("USDJPY"), ElementsAre("done 7 count=0 NONE"));
}

TEST_F(PositionKeeperTest, FillOfUnknownSideOrSymbolIsAFaultAndLeftOut) {
    fill("500");
    fill("500", core::Side::Unspecified);
    fill("500", core::Side::Buy, "");
    EXPECT_THAT(events_.take(), ElementsAre("fault MESSAGE_UNUSABLE", "fault MESSAGE_UNUSABLE"));
    EXPECT_THAT(from_fills(),
                ElementsAre("position EURUSD long=- fills=500", "done 7 count=1 NONE"));
}

TEST_F(PositionKeeperTest, EvidenceThatBooksNothingOrIsAboutNoOrderIsNoFill) {
    fill("0", core::Side::Unspecified);
    keeper_.book({});
    EXPECT_THAT(events_.lines, IsEmpty());
    EXPECT_THAT(from_fills(), ElementsAre("done 7 count=0 NONE"));
}

TEST_F(PositionKeeperTest, TradeThatIsTakenBackIsTakenOutOfThePosition) {
    fill("500");
    fill("-500");
    EXPECT_THAT(from_fills(), ElementsAre("position EURUSD long=- fills=0", "done 7 count=1 NONE"));
}

// The fill may be told later: a figure without it would look like a difference.
TEST_F(PositionKeeperTest, PositionThatRestOrPushShowUnaskedHasNoFigureFromFills) {
    picture("5");
    core::PositionReport report;
    report.is_unsolicited = true;
    report.symbol = "EURUSD";
    report.long_qty = number("7");
    for (const core::Channel channel :
         {core::Channel::Push, core::Channel::Rest, core::Channel::FixTrading}) {
        report.channel = channel;
        keeper_.take(report);
    }
    const std::vector<std::string> told = events_.take();
    ASSERT_EQ(told.size(), 3U);
    EXPECT_THAT(told[0], HasSubstr("fills=-"));
    EXPECT_EQ(told[1], told[0]);
    EXPECT_THAT(told[2], HasSubstr("fills=5"));
}

}  // namespace
}  // namespace broker::account
