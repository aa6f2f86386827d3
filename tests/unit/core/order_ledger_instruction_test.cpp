// What most orders leave out: instructions that travel with an order, and orders by cash amount.
#include "order_ledger_fixture.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;

constexpr std::string_view kDesk = "desk=A\x01strategy=7\x01";

class OrderLedgerInstructions : public OrderLedgerTest {
protected:
    static NamedFields fields(std::string_view text) { return NamedFields::from(text).value(); }

    // A pegged order with a stop offset of 0.5, shown by 10, least fill 5.
    void work_pegged() {
        NewOrder order = limit_order("A");
        order.instructions.exec_inst.add(ExecInst::PrimaryPeg);
        order.instructions.peg_offset_value = dec("0.5");
        order.instructions.min_qty = dec("5");
        order.instructions.max_floor = dec("10");
        order.instructions.fields = fields(kDesk);
        ASSERT_TRUE(ledger_.add(order, deadline()));
        send("A");
        apply(Report{ExecType::New, OrdStatus::New}.ids("A").exec("E-0").cum("0"));
    }
    ReplaceOrder replace() {
        ReplaceOrder request;
        request.cl_ord_id = id("R");
        request.orig_cl_ord_id = id("A");
        return request;
    }
    void accept(const ReplaceOrder& request) {
        ASSERT_TRUE(ledger_.add(request, deadline()));
        send("R");
        apply(Report{ExecType::Replaced, OrdStatus::New}.ids("R", "A").exec("E-1"));
    }
    void work_cash_order() {
        NewOrder order = limit_order("A");
        order.order_qty = {};
        order.instructions.cash_order_qty = dec("5000");
        ASSERT_TRUE(ledger_.add(order, deadline()));
        send("A");
    }
};

TEST_F(OrderLedgerInstructions, StayWithTheOrderThroughAReplaceThatLeavesThemOut) {
    work_pegged();
    const OrderInstructions before = order().instructions;
    ReplaceOrder request = replace();
    request.price = dec("1.3");
    accept(request);
    EXPECT_EQ(order().price, dec("1.3"));
    EXPECT_EQ(order().instructions, before);
}

TEST_F(OrderLedgerInstructions, ChangeWhenAReplaceThatNamesThemIsInForceAndNotBefore) {
    work_pegged();
    ReplaceOrder request = replace();
    request.peg_offset_value = dec("0.7");
    request.min_qty = dec("6");
    request.max_floor = dec("20");
    ASSERT_TRUE(ledger_.add(request, deadline()));
    send("R");
    EXPECT_EQ(order().instructions.peg_offset_value, dec("0.5"));
    apply(Report{ExecType::Replaced, OrdStatus::New}.ids("R", "A").exec("E-1"));
    EXPECT_EQ(order().instructions.peg_offset_value, dec("0.7"));
    EXPECT_EQ(order().instructions.min_qty, dec("6"));
    EXPECT_EQ(order().instructions.max_floor, dec("20"));
    EXPECT_TRUE(order().instructions.exec_inst.contains(ExecInst::PrimaryPeg));
}

TEST_F(OrderLedgerInstructions, NamedFieldsOfAReplaceJoinTheOrdersByName) {
    work_pegged();
    ReplaceOrder request = replace();
    request.fields = fields("strategy=9\x01trader=me\x01");
    accept(request);
    EXPECT_EQ(order().instructions.fields.view(), "desk=A\x01strategy=9\x01trader=me\x01");
}

TEST_F(OrderLedgerInstructions, NamedFieldsOfARefusedReplaceLeaveNoTrace) {
    work_pegged();
    ReplaceOrder request = replace();
    request.fields = fields("strategy=9\x01");
    ASSERT_TRUE(ledger_.add(request, deadline()));
    send("R");
    reject_cancel("R", "A", OrdStatus::New);
    EXPECT_EQ(order().instructions.fields.view(), kDesk);
}

TEST_F(OrderLedgerInstructions, AReplaceWhoseFieldsDoNotFitBesideTheOrdersIsRefused) {
    work_pegged();
    ReplaceOrder request = replace();
    request.fields = fields("note=" + std::string(249, 'x') + "\x01");
    EXPECT_EQ(reason_of(ledger_.add(request, deadline())), Reason::InvalidField);
    EXPECT_EQ(ledger_.find_request(id("R")), nullptr);
}

TEST_F(OrderLedgerInstructions, OfACashOrderTheLeavesAreTheVenues) {
    work_cash_order();
    EXPECT_TRUE(order().order_qty.is_zero());
    Report report = Report{ExecType::New, OrdStatus::New}.ids("A").exec("E-0").cum("0");
    report.leaves_qty = dec("40");
    EXPECT_FALSE(apply(report).is_fill_missing);
    EXPECT_EQ(order().leaves_qty, dec("40"));
    EXPECT_TRUE(order().is_live());
}

TEST_F(OrderLedgerInstructions, OfACashOrderTheQuantityIsKnownOnceTheVenueTellsIt) {
    work_cash_order();
    apply(Report{ExecType::New, OrdStatus::New}.ids("A").exec("E-0").cum("0").terms("45", "1.1"));
    EXPECT_EQ(order().order_qty, dec("45"));
    EXPECT_EQ(order().leaves_qty, dec("45"));
    EXPECT_FALSE(trade("E-1", "20", "20").is_fill_missing);
    EXPECT_EQ(order().leaves_qty, dec("25"));
    EXPECT_TRUE(trade("E-3", "5", "45", OrdStatus::Filled).is_fill_missing);
    EXPECT_FALSE(trade("E-2", "20", "40").is_fill_missing);
    EXPECT_EQ(order().status, OrdStatus::Filled);
}

TEST_F(OrderLedgerInstructions, ACashOrderFilledWithoutAQuantityMissesNoFill) {
    work_cash_order();
    EXPECT_FALSE(trade("E-1", "44", "44", OrdStatus::Filled).is_fill_missing);
    EXPECT_EQ(order().filled_qty, dec("44"));
    EXPECT_EQ(order().leaves_qty, dec("0"));
}

}  // namespace
}  // namespace broker::core
