// Every OrdType and TimeInForce, instructions, and what reports repeat of the request.
#include <gtest/gtest.h>

#include "exchange_fixture.hpp"

namespace broker::simulator {
namespace {

using OrderTypes = ExchangeFixture;
using Lines = std::vector<std::string>;

TEST_F(OrderTypes, WakesAnIfTouchedOrderWhenThePriceHasBecomeAsGood) {
    order("C1", {{54, "1"}, {38, "10"}, {40, "J"}, {99, "1.09990"}});
    order("C2", {{54, "2"}, {38, "10"}, {40, "J"}, {99, "1.10010"}});
    EXPECT_EQ(sent({150, 11, 40, 99}),
              (Lines{"8 150=0 11=C1 40=J 99=1.09990", "8 150=0 11=C2 40=J 99=1.10010"}));
    quote("1.09989", "1.09991");
    EXPECT_EQ(sent({150, 11}), Lines{});
    quote("1.09988", "1.09990");
    EXPECT_EQ(sent({150, 11, 31}), Lines{"8 150=F 11=C1 31=1.09990"});
    quote("1.10010", "1.10012");
    EXPECT_EQ(sent({150, 11, 31}), Lines{"8 150=F 11=C2 31=1.10010"});
}

TEST_F(OrderTypes, ReportsATriggerWhereTheVenueDoes) {
    options_.trading.reports_triggers = true;
    make_exchange();
    order("C1", {{54, "1"}, {38, "10"}, {40, "3"}, {99, "1.10010"}});
    quote("1.10009", "1.10011");
    EXPECT_EQ(sent({150, 39, 14}),
              (Lines{"8 150=0 39=0 14=0", "8 150=L 39=0 14=0", "8 150=F 39=2 14=10"}));
}

TEST_F(OrderTypes, TrailsTheMarketAndNeverBack) {
    order("C1", {{54, "2"}, {38, "10"}, {40, "P"}, {18, "a"}, {211, "0.00010"}});
    EXPECT_EQ(sent({150, 99}), Lines{"8 150=0"}) << "no stop before it met a quote";
    quote("1.10020", "1.10022");
    ask_status("C1");
    EXPECT_EQ(sent({150, 40, 99, 211}), Lines{"8 150=I 40=P 99=1.1001 211=0.00010"});
    quote("1.10015", "1.10017");
    ask_status("C1");
    EXPECT_EQ(sent({99}), Lines{"8 99=1.1001"}) << "not back with the market";
    quote("1.10010", "1.10012");
    EXPECT_EQ(sent({150, 39, 31}), Lines{"8 150=F 39=2 31=1.10010"});
}

TEST_F(OrderTypes, TrailsABuyByTicksOrBasisPoints) {
    order("C1", {{54, "1"}, {38, "10"}, {40, "P"}, {211, "10"}, {836, "2"}});
    order("C2", {{54, "1"}, {38, "10"}, {40, "P"}, {211, "1"}, {836, "1"}});
    ask_status("C1");
    ask_status("C2");
    const auto lines = sent({11, 99});
    EXPECT_EQ(lines[2], "8 11=C1 99=1.10012");
    EXPECT_EQ(lines[3], "8 11=C2 99=1.10013") << "a ten-thousandth of 1.10002, on a tick";
}

TEST_F(OrderTypes, LeavesAFixedTrailAlone) {
    order("C1", {{54, "2"}, {38, "10"}, {40, "P"}, {211, "0.00010"}, {835, "1"}});
    quote("1.10020", "1.10022");
    ask_status("C1");
    EXPECT_EQ(sent({150, 99}).back(), "8 150=I 99=1.0999");
}

TEST_F(OrderTypes, PegsToEachSideAndTheMiddleOfTheQuoteUpToItsLimit) {
    order("C1", {{54, "1"}, {38, "10"}, {40, "P"}, {18, "R"}, {211, "-0.00005"}});
    order("C2", {{54, "1"}, {38, "10"}, {40, "P"}, {18, "M"}, {211, "0"}});
    order("C3", {{54, "1"}, {38, "10"}, {40, "P"}, {18, "R"}, {211, "0"}, {44, "1.09995"}});
    for (const char* id : {"C1", "C2", "C3"}) ask_status(id);
    auto lines = sent({150, 11, 839});
    lines.erase(lines.begin(), lines.begin() + 3);
    EXPECT_EQ(lines, (Lines{"8 150=I 11=C1 839=1.09995", "8 150=I 11=C2 839=1.10001",
                            "8 150=I 11=C3 839=1.09995"}));
    quote("1.09990", "1.10002");
    ask_status("C3");
    EXPECT_EQ(sent({150, 11, 839}), Lines{"8 150=I 11=C3 839=1.0999"}) << "down with the market";
    order("C4", {{54, "1"}, {38, "10"}, {40, "P"}, {18, "P"}, {211, "0"}});
    EXPECT_EQ(sent({150, 11, 31}).back(), "8 150=F 11=C4 31=1.10002") << "pegged to the other side";
}

TEST_F(OrderTypes, TradesOnCloseOrdersAtTheCloseAndExpiresTheRest) {
    order("C1", {{54, "1"}, {38, "10"}, {40, "5"}});
    order("C2", {{54, "1"}, {38, "10"}, {40, "B"}, {44, "1.10000"}});
    order("C3", {{54, "2"}, {38, "10"}, {40, "2"}, {44, "1.09990"}, {59, "7"}});
    exchange_->match_all();
    EXPECT_EQ(sent({150}), (Lines{"8 150=0", "8 150=0", "8 150=0"})) << "nothing before the close";
    exchange_->desk().close_market("EURUSD");
    EXPECT_EQ(sent({150, 39, 11, 31}), (Lines{"8 150=F 39=2 11=C1 31=1.10002", "8 150=C 39=C 11=C2",
                                              "8 150=F 39=2 11=C3 31=1.10000", "h"}));
}

TEST_F(OrderTypes, LetsOrdersRestWhileTheMarketIsClosedExceptThoseOfExtendedHours) {
    exchange_->desk().close_market();
    sent();
    order("C1", {{54, "1"}, {38, "10"}, {40, "1"}});
    order("C2", {{54, "1"}, {38, "10"}, {40, "1"}, {59, "5"}});
    order("C3", {{54, "1"}, {38, "10"}, {40, "1"}, {59, "3"}});
    EXPECT_EQ(sent({150, 11, 59, 58}),
              (Lines{"8 150=0 11=C1 59=0", "8 150=0 11=C2 59=5", "8 150=F 11=C2 59=5",
                     "8 150=0 11=C3 59=3", "8 150=4 11=C3 59=3 58=the market is closed"}));
    exchange_->desk().open_market("EURUSD");
    EXPECT_EQ(sent({150, 11}), (Lines{"h", "8 150=F 11=C1"}));
}

TEST_F(OrderTypes, TradesOrdersForTheOpeningWhenTheMarketOpens) {
    order("C1", {{54, "1"}, {38, "10"}, {40, "1"}, {59, "2"}});
    order("C2", {{54, "1"}, {38, "10"}, {40, "2"}, {44, "1.0"}, {59, "2"}});
    exchange_->match_all();
    EXPECT_EQ(sent({150}).size(), 2U);
    exchange_->desk().open_market();
    EXPECT_EQ(sent({150, 39, 11}), (Lines{"8 150=F 39=2 11=C1", "8 150=C 39=C 11=C2"}));
}

TEST_F(OrderTypes, EndsWithTheDayWhatIsForTheDay) {
    place("DAY", "10", "1.0");
    place("GTX", "10", "1.0", {{59, "5"}});
    place("GTC", "10", "1.0", {{59, "1"}});
    place("GTD", "10", "1.0", {{59, "6"}, {432, "20260106"}});
    sent();
    exchange_->desk().end_of_day();
    EXPECT_EQ(sent({150, 39, 11, 151}),
              (Lines{"8 150=C 39=C 11=DAY 151=0", "8 150=C 39=C 11=GTX 151=0"}));
}

TEST_F(OrderTypes, EndsTheDayAsDoneForDayWhereTheVenueDoes) {
    options_.trading.ends_day_as_done_for_day = true;
    make_exchange();
    place("C1", "10", "1.0");
    exchange_->desk().end_of_day();
    cancel("C2", "C1");
    EXPECT_EQ(sent({150, 39, 102}), (Lines{"8 150=0 39=0", "8 150=3 39=3", "9 39=3 102=0"}));
}

TEST_F(OrderTypes, WaitsForMinQtyAndThenTakesAnything) {
    place("C1", "1500000", "1.10002", {{110, "1200000"}});
    EXPECT_EQ(sent({150, 14, 110}), Lines{"8 150=0 14=0 110=1200000"}) << "a million is quoted";
    place("C2", "1500000", "1.10002", {{110, "1000000"}});
    exchange_->match_all();
    EXPECT_EQ(sent({150, 11, 14}), (Lines{"8 150=0 11=C2 14=0", "8 150=F 11=C2 14=1000000",
                                          "8 150=F 11=C2 14=1500000"}));
    place("C3", "1500000", "1.10002", {{110, "1200000"}, {59, "3"}});
    EXPECT_EQ(sent({150, 14}), (Lines{"8 150=0 14=0", "8 150=4 14=0"}));
}

TEST_F(OrderTypes, FillsAllOrNone) {
    place("C1", "1500000", "", {{18, "G"}});
    place("C2", "1000000", "", {{18, "G"}});
    EXPECT_EQ(sent({150, 11, 14, 18}), (Lines{"8 150=0 11=C1 14=0 18=G", "8 150=0 11=C2 14=0 18=G",
                                              "8 150=F 11=C2 14=1000000 18=G"}));
}

TEST_F(OrderTypes, RefusesToInitiateATradeWhenToldNotTo) {
    place("C1", "10", "1.10002", {{18, "6"}});
    place("C2", "10", "1.10001", {{18, "6"}});
    EXPECT_EQ(sent({150, 11, 58}),
              (Lines{"8 150=8 11=C1 58=the order would initiate a trade", "8 150=0 11=C2"}));
}

TEST_F(OrderTypes, BuysForASumOfMoneyInWholeSteps) {
    order("C1", {{54, "1"}, {152, "1000"}, {40, "1"}});
    EXPECT_EQ(sent({150, 38, 152, 32}),
              (Lines{"8 150=0 38=909.07 152=1000", "8 150=F 38=909.07 152=1000 32=909.07"}));
    order("C2", {{54, "1"}, {152, "0.001"}, {40, "1"}});
    EXPECT_EQ(sent({150, 103}), Lines{"8 150=8 103=13"}) << "not one step";
    order("C3", {{54, "1"}, {152, "9000000000000000"}, {40, "1"}});
    EXPECT_EQ(sent({150, 103}), Lines{"8 150=8 103=13"}) << "too much";
    order("C4", {{54, "1"}, {152, "1000"}, {38, "10"}, {40, "1"}});
    EXPECT_EQ(sent({380, 58}), Lines{"j 380=0 58=OrderQty and CashOrderQty exclude each other"});
}

TEST_F(OrderTypes, RefusesInstructionsThatContradictTheOrder) {
    place("C1", "10", "1.0", {{110, "11"}});
    place("C2", "10", "1.0", {{111, "11"}});
    order("C3", {{54, "1"}, {38, "10"}, {40, "P"}});
    order("C4", {{54, "1"}, {38, "10"}, {40, "P"}, {211, "0.000001"}});
    order("C5", {{54, "1"}, {38, "10"}, {40, "J"}});
    order("C6", {{54, "1"}, {38, "10"}, {40, "5"}, {44, "1.1"}});
    order("C7", {{54, "1"}, {38, "10"}, {40, "P"}, {211, "1"}, {836, "3"}});
    EXPECT_EQ(sent({150, 103, 380, 58}),
              (Lines{"8 150=8 103=13 58=MinQty is above OrderQty",
                     "8 150=8 103=13 58=MaxFloor is above OrderQty",
                     "8 150=8 103=99 58=PegOffsetValue is missing",
                     "8 150=8 103=99 58=PegOffsetValue is off the instrument's ticks",
                     "8 150=8 103=99 58=StopPx is missing",
                     "8 150=8 103=99 58=Price does not go with this OrdType",
                     "j 380=0 58=PegOffsetType 3 is not served"}));
}

TEST_F(OrderTypes, SellsShortAndExemptAndAsksForALocateWhereTheVenueDoes) {
    order("C1", {{54, "6"}, {38, "10"}, {40, "1"}});
    EXPECT_EQ(sent({150, 54}), (Lines{"8 150=0 54=6", "8 150=F 54=6"}));
    options_.trading.locate = LocateRule::GivenAsNo;
    make_exchange();
    order("C1", {{54, "5"}, {38, "10"}, {40, "1"}});
    order("C2", {{54, "5"}, {38, "10"}, {40, "1"}, {114, "Y"}});
    order("C3", {{54, "5"}, {38, "10"}, {40, "1"}, {114, "N"}});
    order("C4", {{54, "2"}, {38, "10"}, {40, "1"}});
    EXPECT_EQ(sent({150, 11, 58}), (Lines{"8 150=8 11=C1 58=LocateReqd is missing",
                                          "8 150=8 11=C2 58=a locate is required", "8 150=0 11=C3",
                                          "8 150=F 11=C3", "8 150=0 11=C4", "8 150=F 11=C4"}));
}

TEST_F(OrderTypes, AsksForThePositionEffectOfASaleWhereTheVenueDoes) {
    options_.trading.requires_position_effect = true;
    make_exchange();
    order("C1", {{54, "2"}, {38, "10"}, {40, "1"}});
    order("C2", {{54, "2"}, {38, "10"}, {40, "1"}, {77, "C"}});
    EXPECT_EQ(sent({150, 77, 58}),
              (Lines{"8 150=8 58=PositionEffect is missing", "8 150=0 77=C", "8 150=F 77=C"}));
}

TEST_F(OrderTypes, KeepsPositionsApartWhereTheyHaveCodes) {
    options_.trading.position_code_tag = 5001;
    make_exchange();
    place("C1", "10", "");
    place("C2", "20", "");
    order("C3", {{54, "2"}, {38, "10"}, {40, "1"}, {5001, "O1-00000001"}});
    order("C4", {{54, "2"}, {38, "10"}, {40, "1"}, {5001, "O1-00000001"}});
    auto lines = sent({150, 11, 5001, 58});
    EXPECT_EQ(lines[1], "8 150=F 11=C1 5001=O1-00000001");
    EXPECT_EQ(lines[5], "8 150=F 11=C3 5001=O1-00000001");
    EXPECT_EQ(lines[6], "8 150=8 11=C4 5001=O1-00000001 58=no position O1-00000001 to close");
    const auto positions = exchange_->account("ACC1")->positions();
    ASSERT_EQ(positions.size(), 1U);
    EXPECT_EQ(positions[0].code, "O1-00000002");
    EXPECT_EQ(positions[0].quantity, decimal("20"));
}

TEST_F(OrderTypes, RepeatsRouteCapacityPartiesAndCustomTagsOfTheRequest) {
    place("C1", "10", "1.0",
          {{100, "NYSE"},
           {77, "O"},
           {528, "A"},
           {529, "1"},
           {453, "1"},
           {448, "CLIENT"},
           {447, "D"},
           {452, "3"},
           {5000, "mine"},
           {6000, "not repeated"}});
    EXPECT_EQ(sent({100, 77, 528, 529, 453, 448, 447, 452, 5000, 6000}),
              Lines{"8 100=NYSE 77=O 528=A 529=1 453=1 448=CLIENT 447=D 452=3 5000=mine"});
}

TEST_F(OrderTypes, KeepsWhatAReplaceRequestLeavesOutOfTheEchoes) {
    place("C1", "10", "1.0", {{100, "NYSE"}, {77, "O"}});
    exchange_->receive("ACC1", {"G",
                                {{11, "C2"},
                                 {41, "C1"},
                                 {55, "EURUSD"},
                                 {54, "1"},
                                 {38, "11"},
                                 {40, "2"},
                                 {44, "1.0"},
                                 {100, "ARCA"}}});
    EXPECT_EQ(sent({150, 38, 100, 77}).back(), "8 150=5 38=11 100=ARCA 77=O");
}

}  // namespace
}  // namespace broker::simulator
