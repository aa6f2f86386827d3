// Lists of orders: how their contingency is said, answered and played.
#include "simulator/order_lists.hpp"

#include <gtest/gtest.h>

#include "exchange_fixture.hpp"

namespace broker::simulator {
namespace {

using Lines = std::vector<std::string>;

class OrderListsTest : public ExchangeFixture {
protected:
    OrderListsTest() { encode_by({.encoding = ListEncoding::Tag, .tag = 1385}); }

    void encode_by(ListOptions lists) {
        options_.trading.lists = std::move(lists);
        make_exchange();
    }

    static std::vector<FixField> limit(const std::string& id, const char* side,
                                       const std::string& quantity, const std::string& price) {
        return {{11, id},       {67, "1"}, {55, "EURUSD"}, {54, side},
                {38, quantity}, {40, "2"}, {44, price}};
    }
    static std::vector<FixField> stop(const std::string& id, const char* side,
                                      const std::string& quantity, const std::string& price) {
        return {{11, id},       {67, "1"}, {55, "EURUSD"}, {54, side},
                {38, quantity}, {40, "3"}, {99, price}};
    }
    static std::vector<FixField> linked(std::vector<FixField> member, const std::string& link) {
        member.insert(member.begin() + 2, {583, link});
        return member;
    }
    void list(const std::string& id, std::vector<FixField> contingency,
              const std::vector<std::vector<FixField>>& members) {
        const auto count = std::to_string(members.size());
        FixMessage fix{"E", {{66, id}, {68, count}, {73, count}}};
        for (const auto& member : members)
            fix.fields.insert(fix.fields.end(), member.begin(), member.end());
        fix.add(394, "3");
        for (auto& field : contingency) fix.fields.push_back(std::move(field));
        EXPECT_EQ(complaint_about(fix), "");
        exchange_->receive("ACC1", fix);
    }
    // An entry that rests at 1.0, with a stop below and a take-profit above.
    void bracket(const std::string& children_qty = "10") {
        list("L1", {{1385, "3"}},
             {limit("IN", "1", "10", "1.0"), stop("SL", "2", children_qty, "0.9"),
              limit("TP", "2", children_qty, "1.2")});
    }
};

TEST_F(OrderListsTest, AreRefusedWhereNoEncodingIsConfigured) {
    encode_by({.encoding = ListEncoding::None});
    list("L1", {}, {limit("A", "1", "10", "1.0"), limit("B", "2", "10", "1.2")});
    EXPECT_EQ(sent({372, 380}), Lines{"j 372=E 380=3"});
}

TEST_F(OrderListsTest, CancelTheOtherOrderWhenOneTrades) {
    list("L1", {{1385, "1"}}, {limit("A", "1", "10", "1.0"), limit("B", "2", "10", "1.2")});
    EXPECT_EQ(sent({150, 39, 11, 66, 67}),
              (Lines{"8 150=0 39=0 11=A 66=L1 67=1", "8 150=0 39=0 11=B 66=L1 67=2"}));
    ASSERT_TRUE(exchange_->desk().fill("ACC1", "B", decimal("4"), decimal("1.2")));
    EXPECT_EQ(
        sent({150, 39, 11, 58}),
        (Lines{"8 150=F 39=1 11=B", "8 150=4 39=4 11=A 58=another order of the list has traded"}));
}

TEST_F(OrderListsTest, LeaveTheOtherOrderOfAnOcoAloneWhenOneIsCanceled) {
    list("L1", {{1385, "1"}}, {limit("A", "1", "10", "1.0"), limit("B", "2", "10", "1.2")});
    sent();
    cancel("X", "A");
    EXPECT_EQ(sent({150, 11}), Lines{"8 150=4 11=X"});
}

TEST_F(OrderListsTest, FillOnlyOneOfAnOcoThatIsMarketableAtOnce) {
    list("L1", {{1385, "1"}}, {limit("A", "1", "10", "1.2"), limit("B", "1", "10", "1.2")});
    EXPECT_EQ(sent({150, 11}),
              (Lines{"8 150=0 11=A", "8 150=0 11=B", "8 150=F 11=A", "8 150=4 11=B"}));
}

TEST_F(OrderListsTest, HoldTheExitsOfABracketUntilTheEntryIsFilled) {
    bracket();
    quote("1.20000", "1.20002");
    EXPECT_EQ(sent({150, 11}), (Lines{"8 150=0 11=IN", "8 150=0 11=SL", "8 150=0 11=TP"}))
        << "the take-profit waits although it is marketable";
    quote("0.99998", "1.00000");
    EXPECT_EQ(sent({150, 39, 11}), Lines{"8 150=F 39=2 11=IN"});
    quote("1.20000", "1.20002");
    EXPECT_EQ(sent({150, 39, 11}), (Lines{"8 150=F 39=2 11=TP", "8 150=4 39=4 11=SL"}));
    EXPECT_EQ(held(), "100002") << "bought at 1.0, sold at 1.2";
}

TEST_F(OrderListsTest, ReportWaitingExitsAsPendingWhereTheVenueDoes) {
    encode_by({.encoding = ListEncoding::Tag, .tag = 1385, .children_are_pending = true});
    bracket();
    quote("0.99998", "1.00000");
    EXPECT_EQ(sent({150, 39, 11}),
              (Lines{"8 150=0 39=0 11=IN", "8 150=A 39=A 11=SL", "8 150=A 39=A 11=TP",
                     "8 150=F 39=2 11=IN", "8 150=0 39=0 11=SL", "8 150=0 39=0 11=TP"}));
}

TEST_F(OrderListsTest, SizeExitsOfQuantityZeroByTheEntry) {
    bracket("0");
    quote("0.99998", "1.00000");
    EXPECT_EQ(
        sent({150, 11, 38, 378}),
        (Lines{"8 150=0 11=IN 38=10", "8 150=0 11=SL 38=0", "8 150=0 11=TP 38=0",
               "8 150=F 11=IN 38=10", "8 150=D 11=SL 38=10 378=4", "8 150=D 11=TP 38=10 378=4"}));
}

TEST_F(OrderListsTest, TriggerForThePartThatTheEntryGotBeforeItEnded) {
    bracket();
    ASSERT_TRUE(exchange_->desk().fill("ACC1", "IN", decimal("4"), decimal("1.0")));
    sent();
    cancel("X", "IN");
    EXPECT_EQ(sent({150, 11, 38}),
              (Lines{"8 150=4 11=X 38=10", "8 150=D 11=SL 38=4", "8 150=D 11=TP 38=4"}));
}

TEST_F(OrderListsTest, CancelTheExitsOfAnEntryThatGotNothing) {
    bracket();
    sent();
    cancel("X", "IN");
    EXPECT_EQ(sent({150, 11, 58}),
              (Lines{"8 150=4 11=X", "8 150=4 11=SL 58=the entry order has ended",
                     "8 150=4 11=TP 58=the entry order has ended"}));
}

TEST_F(OrderListsTest, TriggerTheSecondOrderOfAnOto) {
    list("L1", {{1385, "2"}}, {limit("IN", "1", "10", "1.2"), limit("OUT", "2", "10", "1.0")});
    EXPECT_EQ(sent({150, 11}),
              (Lines{"8 150=0 11=IN", "8 150=0 11=OUT", "8 150=F 11=IN", "8 150=F 11=OUT"}));
}

TEST_F(OrderListsTest, ReadTheContingencyOfListExecInst) {
    encode_by({.encoding = ListEncoding::ListExecInst, .oco = "OCO"});
    list("L1", {{69, "OCO"}}, {limit("A", "1", "10", "1.2"), limit("B", "1", "10", "1.2")});
    EXPECT_EQ(sent({150, 11}).back(), "8 150=4 11=B");
}

TEST_F(OrderListsTest, ReadTheContingencyOfClOrdLinkIDs) {
    encode_by({.encoding = ListEncoding::ClOrdLinkID});
    list("L1", {},
         {linked(limit("A", "1", "10", "1.2"), "G"), linked(limit("B", "1", "10", "1.2"), "G")});
    EXPECT_EQ(sent({150, 11}).back(), "8 150=4 11=B") << "the same link: an OCO";
    list("L2", {}, {linked(limit("OUT", "2", "10", "1.0"), "IN"), limit("IN", "1", "10", "1.2")});
    EXPECT_EQ(sent({150, 11}),
              (Lines{"8 150=0 11=IN", "8 150=0 11=OUT", "8 150=F 11=IN", "8 150=F 11=OUT"}))
        << "a link to the entry: an OTO";
    list("L3", {},
         {limit("IN3", "1", "10", "1.0"), linked(stop("SL3", "2", "10", "0.9"), "IN3"),
          linked(limit("TP3", "2", "10", "1.0"), "IN3")});
    sent();
    ASSERT_TRUE(exchange_->desk().fill("ACC1", "IN3", decimal("10"), decimal("1.0")));
    EXPECT_EQ(sent({150, 11}), (Lines{"8 150=F 11=IN3", "8 150=F 11=TP3", "8 150=4 11=SL3"}))
        << "two links to the entry: a bracket";
    list("L4", {}, {limit("X", "1", "10", "1.0"), limit("Y", "1", "10", "1.0")});
    EXPECT_EQ(sent({372, 58}), Lines{"j 372=E 58=the list's contingency is unknown"});
}

TEST_F(OrderListsTest, AreRefusedAsAWhole) {
    list("L1", {{1385, "1"}}, {limit("A", "1", "10", "1.0"), limit("B", "2", "0", "1.2")});
    EXPECT_EQ(sent({150, 39, 11, 66, 58}),
              (Lines{"8 150=8 39=8 11=A 66=L1 58=the list was refused as a whole",
                     "8 150=8 39=8 11=B 66=L1 58=OrderQty is not positive"}));
    EXPECT_TRUE(exchange_->orders().empty());
    bracket();
    sent();
    list("L1", {{1385, "1"}}, {limit("C", "1", "10", "1.0"), limit("D", "2", "10", "1.2")});
    EXPECT_EQ(sent({150, 11}), (Lines{"8 150=8 11=C", "8 150=8 11=D"})) << "ListID L1 is in use";
}

TEST_F(OrderListsTest, AreRefusedWhenTheyCannotBeRead) {
    const auto a = limit("A", "1", "10", "1.0");
    const auto b = limit("B", "2", "10", "1.2");
    list("L1", {{1385, "9"}}, {a, b});
    list("L2", {{1385, "1"}}, {a});
    exchange_->receive("ACC1", {"E", {{66, "L3"}, {394, "3"}, {68, "2"}}});
    EXPECT_EQ(sent({372, 380, 58}), (Lines{"j 372=E 380=0 58=the list's contingency is unknown",
                                           "j 372=E 380=0 58=a list has two or three orders",
                                           "j 372=E 380=5 58=required tag 73 is missing"}));
}

TEST_F(OrderListsTest, AreAnsweredWithOneListStatusWhereTheVenueDoes) {
    encode_by({.encoding = ListEncoding::Tag, .tag = 1385, .answers_with_list_status = true});
    bracket();
    auto lines = sent({66, 429, 431, 68, 73, 11, 39, 151});
    EXPECT_EQ(lines, Lines{"N 66=L1 429=1 431=3 68=3 73=3 11=IN 39=0 151=10"});
    quote("0.99998", "1.00000");
    EXPECT_EQ(sent({150, 11, 66}), Lines{"8 150=F 11=IN 66=L1"}) << "events are reported as ever";
    list("L2", {{1385, "1"}}, {limit("A", "1", "0", "1.0"), limit("B", "2", "10", "1.2")});
    EXPECT_EQ(sent({66, 431, 39, 444}), Lines{"N 66=L2 431=7 39=8 444=OrderQty is not positive"});
}

TEST_F(OrderListsTest, AnswerCancelAndStatusRequestsWhereTheyAreServed) {
    const FixMessage ask{"M", {{66, "L1"}}};
    const FixMessage end{"K", {{66, "L1"}, {60, "20260105-12:00:00"}}};
    exchange_->receive("ACC1", ask);
    exchange_->receive("ACC1", end);
    EXPECT_EQ(sent({372, 380}), (Lines{"j 372=M 380=3", "j 372=K 380=3"}));

    options_.trading.answers.list_status = true;
    options_.trading.answers.list_cancel = true;
    make_exchange();
    exchange_->receive("ACC1", ask);
    EXPECT_EQ(sent({372, 380, 58}), Lines{"j 372=M 380=1 58=unknown ListID"});
    bracket();
    sent();
    exchange_->receive("ACC1", ask);
    EXPECT_EQ(sent({66, 429, 431}), Lines{"N 66=L1 429=2 431=3"});
    exchange_->receive("ACC1", end);
    EXPECT_EQ(sent({150, 11, 66, 431}), (Lines{"8 150=4 11=IN 66=L1", "8 150=4 11=SL 66=L1",
                                               "8 150=4 11=TP 66=L1", "N 11=IN 66=L1 431=6"}));
}

}  // namespace
}  // namespace broker::simulator
