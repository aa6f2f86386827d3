// Requests about many orders, positions, collateral, trades, instruments and trading sessions.
#include "simulator/account_data.hpp"

#include <gtest/gtest.h>

#include "exchange_fixture.hpp"

namespace broker::simulator {
namespace {

using Lines = std::vector<std::string>;

class AccountDataTest : public ExchangeFixture {
protected:
    void ask(const char* type, std::vector<FixField> fields) {
        exchange_->receive("ACC1", {type, std::move(fields)});
    }
    void ask_mass_status(std::vector<FixField> more) {
        more.insert(more.begin(), {584, "M1"});
        ask("AF", std::move(more));
    }
};

TEST_F(AccountDataTest, TellsTheStatusOfEveryWorkingOrderWithItsPlaceInTheRow) {
    place("C1", "10", "1.0");
    place("C2", "10", "");
    place("C3", "20", "1.0");
    sent();
    ask_mass_status({{585, "7"}});
    EXPECT_EQ(sent({150, 39, 11, 17, 584, 911, 912}),
              (Lines{"8 150=I 39=0 11=C1 17=0 584=M1 911=2 912=N",
                     "8 150=I 39=0 11=C3 17=0 584=M1 911=2 912=Y"}));
}

TEST_F(AccountDataTest, TellsTheStatusOfTheOrdersOfOneSymbolAndSide) {
    place("C1", "10", "1.0");
    order("C2", {{54, "2"}, {38, "10"}, {40, "2"}, {44, "1.2"}});
    sent();
    ask_mass_status({{585, "1"}, {55, "EURUSD"}, {54, "2"}});
    EXPECT_EQ(sent({11, 911}), Lines{"8 11=C2 911=1"});
    ask_mass_status({{585, "1"}, {55, "GBPUSD"}});
    EXPECT_EQ(sent({37, 17, 150, 39, 103, 55, 584, 911, 912}),
              Lines{"8 37=NONE 17=0 150=I 39=8 103=5 55=GBPUSD 584=M1 911=0 912=Y"});
    ask_mass_status({{585, "6"}});
    EXPECT_EQ(sent({372, 380}), Lines{"j 372=AF 380=0"});
}

TEST_F(AccountDataTest, RejectsAnEmptyMassStatusWhereTheVenueDoes) {
    options_.trading.rejects_empty_mass_status = true;
    make_exchange();
    ask_mass_status({{585, "7"}});
    EXPECT_EQ(sent({372, 380, 58}), Lines{"j 372=AF 380=1 58=no orders"});
}

TEST_F(AccountDataTest, CancelsManyOrdersWhereThatIsServed) {
    const std::vector<FixField> all = {{11, "Q1"}, {530, "7"}, {60, "20260105-12:00:00"}};
    ask("q", all);
    EXPECT_EQ(sent({372, 380}), Lines{"j 372=q 380=3"});
    options_.trading.answers.mass_cancel = true;
    make_exchange();
    place("C1", "10", "1.0");
    place("C2", "10", "1.0");
    sent();
    ask("q", {{11, "Q1"}, {530, "2"}, {60, "20260105-12:00:00"}});
    EXPECT_EQ(sent({11, 531, 532}), Lines{"r 11=Q1 531=0 532=0"});
    ask("q", all);
    EXPECT_EQ(sent({150, 11, 530, 531, 533}),
              (Lines{"r 11=Q1 530=7 531=7 533=2", "8 150=4 11=C1", "8 150=4 11=C2"}));
}

TEST_F(AccountDataTest, TellsPositionsLongAndShort) {
    place("C1", "10", "");
    exchange_->receive("ACC1",
                       {"D", {{11, "C2"}, {55, "GBPUSD"}, {54, "2"}, {38, "4"}, {40, "1"}}});
    sent();
    ask("AN", {{710, "P1"}, {724, "0"}, {1, "default:ACC-1"}});
    EXPECT_EQ(sent({710, 727, 728, 729, 1, 55, 730, 731, 704, 705, 708}),
              (Lines{"AO 710=P1 727=2 728=0 729=0 1=default:ACC-1",
                     "AP 710=P1 727=2 728=0 1=default:ACC-1 55=EURUSD 730=1.10002 731=1 704=10 "
                     "705=0 708=-0.0002",
                     "AP 710=P1 727=2 728=0 1=default:ACC-1 55=GBPUSD 730=1.27 731=1 704=0 705=4 "
                     "708=-0.00012"}));
    ask("AN", {{710, "P2"}, {724, "0"}, {55, "USDJPY"}});
    EXPECT_EQ(sent({710, 727, 728}), Lines{"AO 710=P2 727=0 728=2"});
    ask("AN", {{710, "P3"}, {724, "1"}});
    EXPECT_EQ(sent({710, 728, 729}), Lines{"AO 710=P3 728=1 729=2"});
    ask("AN", {{710, "P4"}, {724, "0"}, {1, "default:X"}});
    EXPECT_EQ(sent({372, 380}), Lines{"j 372=AN 380=1"});
}

TEST_F(AccountDataTest, TellsCashEquityAndFreeMargin) {
    place("C1", "1000", "");
    sent();
    ask("BB", {{909, "B1"}});
    EXPECT_EQ(sent({909, 1, 15, 899, 900, 901, 921, 922}),
              Lines{"BA 909=B1 1=default:ACC-1 15=USD 899=99944.979 900=99999.98 901=100000 "
                    "921=100000 922=100000"});
}

TEST_F(AccountDataTest, TellsTradesOfATimeOrAnOrderAndNoneThatWasCanceled) {
    place("C1", "10", "");
    const auto first = last_exec_id();
    pass(std::chrono::hours{1});
    place("C2", "20", "");
    sent();
    ask("AD", {{568, "T1"}, {569, "0"}});
    EXPECT_EQ(sent({568, 748, 749, 11, 17, 570, 32, 31, 60, 54, 912}),
              (Lines{"AQ 568=T1 748=2 749=0",
                     "AE 568=T1 748=2 11=C1 17=" + first +
                         " 570=N 32=10 31=1.10002 60=20260105-12:00:00.000 54=1 912=N",
                     "AE 568=T1 748=2 11=C2 17=E1-00000004 570=N 32=20 31=1.10002 "
                     "60=20260105-13:00:00.000 54=1 912=Y"}));
    ask("AD", {{568, "T2"}, {569, "1"}, {11, "C2"}});
    EXPECT_EQ(sent({748, 11}), (Lines{"AQ 748=1", "AE 748=1 11=C2"}));
    ask("AD", {{568, "T3"},
               {569, "0"},
               {580, "2"},
               {75, "20260105"},
               {60, "20260105-12:30:00"},
               {75, "20260105"},
               {60, "20260105-14:00:00"}});
    EXPECT_EQ(sent({748, 11}), (Lines{"AQ 748=1", "AE 748=1 11=C2"}));
    ask("AD", {{568, "T4"}, {569, "0"}, {580, "1"}, {75, "20260104"}});
    EXPECT_EQ(sent({748}), Lines{"AQ 748=0"});
    ASSERT_TRUE(exchange_->desk().cancel_trade("ACC1", {first}));
    sent();
    ask("AD", {{568, "T5"}, {569, "0"}});
    EXPECT_EQ(sent({748, 11}), (Lines{"AQ 748=1", "AE 748=1 11=C2"}));
    ask("AD", {{568, "T6"}, {569, "3"}});
    EXPECT_EQ(sent({749, 750}), Lines{"AQ 749=8 750=2"});
}

TEST_F(AccountDataTest, ListsInstrumentsInPages) {
    options_.trading.securities_per_page = 2;
    make_exchange();
    ask("x", {{320, "S1"}, {559, "4"}});
    EXPECT_EQ(sent({320, 560, 393, 893, 146, 55, 15, 562}),
              (Lines{"y 320=S1 560=0 393=5 893=N 146=2 55=EURUSD 15=USD 562=0.01",
                     "y 320=S1 560=0 393=5 893=N 146=2 55=USDJPY 15=JPY 562=0.01",
                     "y 320=S1 560=0 393=5 893=Y 146=1 55=BTCUSD 15=USD 562=0.00000001"}));
    ask("x", {{320, "S2"}, {559, "0"}, {55, "NOPE"}});
    ask("x", {{320, "S3"}, {559, "2"}});
    EXPECT_EQ(sent({320, 560, 393, 893}),
              (Lines{"y 320=S2 560=2 393=0 893=Y", "y 320=S3 560=1 393=0 893=Y"}));
}

TEST_F(AccountDataTest, DefinesOneInstrument) {
    ask("c", {{320, "S1"}, {321, "0"}, {55, "XAUUSD"}});
    ask("c", {{320, "S2"}, {321, "0"}, {55, "NOPE"}});
    ask("c", {{320, "S3"}, {321, "3"}});
    EXPECT_EQ(sent({320, 323, 55, 561}),
              (Lines{"d 320=S1 323=1 55=XAUUSD 561=0.01", "d 320=S2 323=6", "d 320=S3 323=5"}));
}

TEST_F(AccountDataTest, TellsTradingSessionsWhenAskedAndWhenTheyChange) {
    ask("g", {{335, "G1"}, {263, "0"}});
    EXPECT_EQ(sent({335, 336, 625, 325, 340}), Lines{"h 335=G1 336=1 340=2"});
    exchange_->desk().close_market("EURUSD");
    exchange_->desk().close_market("EURUSD");
    EXPECT_EQ(sent({335, 336, 625, 325, 340}), Lines{"h 336=1 625=EURUSD 325=Y 340=3"})
        << "once for the change";
    ask("g", {{335, "G2"}, {625, "EURUSD"}, {263, "0"}});
    ask("g", {{335, "G3"}, {263, "0"}});
    ask("g", {{335, "G4"}, {336, "9"}, {263, "0"}});
    EXPECT_EQ(sent({335, 340, 567}),
              (Lines{"h 335=G2 340=3", "h 335=G3 340=2", "h 335=G4 340=6 567=1"}));
}

TEST_F(AccountDataTest, RefusesEachRequestThatIsSwitchedOff) {
    auto& answers = options_.trading.answers;
    answers = {.order_status = false,
               .mass_status = false,
               .positions = false,
               .collateral = false,
               .trades = false,
               .securities = false,
               .trading_session = false};
    make_exchange();
    for (const char* type : {"H", "AF", "AN", "BB", "AD", "x", "c", "g"}) {
        ask(type, {});
        EXPECT_EQ(sent({372, 380}), Lines{std::string{"j 372="} + type + " 380=3"});
    }
    exchange_->desk().close_market();
    EXPECT_EQ(sent(), Lines{}) << "no unsolicited TradingSessionStatus either";
}

TEST_F(AccountDataTest, DelaysAnswersByRule) {
    rule({.action = Action::DelayAnswers, .delay = std::chrono::milliseconds{5}});
    ask("BB", {{909, "B1"}});
    EXPECT_EQ(sent(), Lines{});
    pass(std::chrono::milliseconds{5});
    EXPECT_EQ(sent({909}), Lines{"BA 909=B1"});
}

}  // namespace
}  // namespace broker::simulator
