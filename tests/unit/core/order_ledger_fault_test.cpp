// Reports with faults: what they may still do, and that no position follows from what they got
// wrong.
#include <algorithm>
#include <random>

#include "core/report_faults.hpp"
#include "order_ledger_fixture.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;

Report fill(std::string_view exec, std::string_view qty, std::string_view cum) {
    return Report{ExecType::Trade, OrdStatus::PartiallyFilled}.ids("A").exec(exec).last(qty).cum(
        cum);
}

TEST(ReportFaults, AWholeReportIsUsableAsItIs) {
    Report text = fill("E-1", "30", "30").terms("100", "1.1");
    text.leaves_qty = dec("70");
    EXPECT_TRUE(is_usable(text));
    EXPECT_EQ(usable_part(text).cum_qty, dec("30"));
}

TEST(ReportFaults, ANegativeQuantityIsUnsetAndNamed) {
    Report text = fill("E-1", "-30", "30");
    text.leaves_qty = dec("-1");
    EXPECT_FALSE(is_usable(text));
    const ExecutionReport usable = usable_part(text);
    EXPECT_EQ(usable.last_qty, std::nullopt);
    EXPECT_EQ(usable.leaves_qty, std::nullopt);
    EXPECT_EQ(usable.cum_qty, dec("30"));
    EXPECT_TRUE(usable.faults.contains(ReportFault::NegativeValue));
}

TEST(ReportFaults, ANegativePriceIsAPrice) {
    EXPECT_TRUE(is_usable(fill("E-1", "30", "30").last("30", "-37.63")));
}

TEST(ReportFaults, OfQuantitiesThatDisagreeLastQtyIsKeptAndWhatCannotBeIsNot) {
    Report text = fill("E-1", "30", "130").terms("100", "1.1");
    text.faults.add(ReportFault::QuantitiesDisagree);
    const ExecutionReport usable = usable_part(text);
    EXPECT_EQ(usable.last_qty, dec("30"));
    EXPECT_EQ(usable.cum_qty, std::nullopt);
    EXPECT_EQ(usable.order_qty, std::nullopt);
    text.cum_qty = dec("40");
    EXPECT_EQ(usable_part(text).cum_qty, dec("40"));
}

TEST(ReportFaults, AFillLargerThanAllThatIsFilledDisagrees) {
    const ExecutionReport usable = usable_part(fill("E-1", "30", "20"));
    EXPECT_TRUE(usable.faults.contains(ReportFault::QuantitiesDisagree));
    EXPECT_EQ(usable.cum_qty, std::nullopt);
}

TEST(ReportFaults, EachHasItsReasonAndTheGravestIsToldFirst) {
    EXPECT_EQ(gravest({}), ReportFault::Unspecified);
    EXPECT_EQ(reason_of(ReportFault::Unspecified), Reason::None);
    EXPECT_EQ(gravest({ReportFault::UnknownTag, ReportFault::NegativeValue}),
              ReportFault::NegativeValue);
    EXPECT_EQ(gravest({ReportFault::UnknownTag}), ReportFault::UnknownTag);
    EXPECT_EQ(reason_of(ReportFault::NegativeValue), Reason::ValueNegative);
    EXPECT_EQ(reason_of(ReportFault::UnreadableField), Reason::FieldUnreadable);
    EXPECT_EQ(reason_of(ReportFault::MissingField), Reason::FieldMissing);
    EXPECT_EQ(reason_of(ReportFault::QuantitiesDisagree), Reason::QuantitiesDisagree);
    EXPECT_EQ(reason_of(ReportFault::UnknownValue), Reason::ValueUnknown);
    EXPECT_EQ(reason_of(ReportFault::UnknownTag), Reason::TagUnknown);
}

class OrderLedgerFault : public OrderLedgerTest {};

TEST_F(OrderLedgerFault, AFillOfANegativeQuantityBooksNothingAndIsMissing) {
    work_order();
    const Applied result = apply(fill("E-1", "-30", "30"));
    EXPECT_EQ(result.fill_delta, dec("0"));
    EXPECT_TRUE(result.is_fill_missing);
    EXPECT_TRUE(result.faults.contains(ReportFault::NegativeValue));
    EXPECT_EQ(order().filled_qty, dec("0"));
}

TEST_F(OrderLedgerFault, AFillWhoseQuantityWasUnreadableIsBookedOnceItIsRead) {
    work_order();
    Report unreadable = fill("E-1", "30", "30");
    unreadable.last_qty.reset();
    unreadable.faults.add(ReportFault::UnreadableField);
    EXPECT_EQ(apply(unreadable).fill_delta, dec("0"));
    EXPECT_EQ(apply(unreadable).kind, Kind::Duplicate);
    EXPECT_EQ(apply(fill("E-1", "30", "30")).fill_delta, dec("30"));
    EXPECT_EQ(apply(fill("E-1", "30", "30")).kind, Kind::Duplicate);
    EXPECT_EQ(apply(unreadable).kind, Kind::Duplicate);
    EXPECT_EQ(order().filled_qty, dec("30"));
}

TEST_F(OrderLedgerFault, ACorrectionWhoseQuantityWasUnreadableCorrectsOnceItIsRead) {
    work_order();
    apply(fill("E-1", "30", "30"));
    Report correction = Report{ExecType::TradeCorrect, OrdStatus::PartiallyFilled}
                            .ids("A")
                            .exec("E-2", "E-1")
                            .last("20")
                            .cum("20");
    Report unreadable = correction;
    unreadable.last_qty.reset();
    EXPECT_EQ(apply(unreadable).fill_delta, dec("0"));
    EXPECT_EQ(apply(correction).fill_delta, dec("-10"));
    EXPECT_EQ(apply(correction).kind, Kind::Duplicate);
    EXPECT_EQ(order().filled_qty, dec("20"));
}

TEST_F(OrderLedgerFault, QuantitiesThatDisagreeBookTheFillAndAreTold) {
    work_order();
    Report text = fill("E-1", "30", "30");
    text.leaves_qty = dec("99");
    text.faults.add(ReportFault::QuantitiesDisagree);
    const Applied result = apply(text);
    EXPECT_EQ(result.fill_delta, dec("30"));
    EXPECT_TRUE(result.faults.contains(ReportFault::QuantitiesDisagree));
    EXPECT_EQ(order().leaves_qty, dec("70"));
}

TEST_F(OrderLedgerFault, ARepeatedExecIDWithAnotherQuantityOrPriceIsToldAndNotBooked) {
    work_order();
    apply(fill("E-1", "30", "30"));
    for (const Report& reused : {fill("E-1", "20", "30"), fill("E-1", "30", "30").last("30", "9"),
                                 fill("E-1", "20", "20")}) {
        const Applied result = apply(reused);
        EXPECT_TRUE(result.is_exec_id_reused);
        EXPECT_EQ(result.kind, Kind::Duplicate);
        EXPECT_EQ(result.fill_delta, dec("0"));
    }
    const Applied same = apply(fill("E-1", "30", "30"));
    EXPECT_FALSE(same.is_exec_id_reused);
    EXPECT_EQ(same.kind, Kind::Duplicate);
}

TEST_F(OrderLedgerFault, ARepeatedExecIDThatCumQtyCountsInAdditionIsToldAndBooked) {
    work_order();
    apply(fill("E-1", "30", "30"));
    const Applied result = apply(fill("E-1", "20", "50"));  // a venue that counts anew each day
    EXPECT_TRUE(result.is_exec_id_reused);
    EXPECT_EQ(result.kind, Kind::Accepted);
    EXPECT_EQ(result.fill_delta, dec("20"));
    EXPECT_EQ(order().filled_qty, dec("50"));
}

TEST_F(OrderLedgerFault, ARepeatedExecIDOfAnotherExecTypeIsToldAndItsStatusCounts) {
    work_order();
    apply(Report{ExecType::Restated, OrdStatus::New}.ids("A").exec("E-1").cum("0"));
    const Applied result =
        apply(Report{ExecType::Canceled, OrdStatus::Canceled}.ids("A").exec("E-1").cum("0"));
    EXPECT_TRUE(result.is_exec_id_reused);
    EXPECT_EQ(result.kind, Kind::Accepted);
    EXPECT_EQ(order().status, OrdStatus::Canceled);
}

TEST_F(OrderLedgerFault, ATradeCancelMayHaveTheExecIDOfItsTrade) {
    work_order();
    apply(fill("E-1", "30", "30"));
    const Report bust =
        Report{ExecType::TradeCancel, OrdStatus::New}.ids("A").exec("E-1", "E-1").cum("0");
    EXPECT_EQ(apply(bust).fill_delta, dec("-30"));
    EXPECT_EQ(apply(bust).kind, Kind::Duplicate);
    EXPECT_EQ(order().filled_qty, dec("0"));
}

TEST_F(OrderLedgerFault, ACancelOfACorrectionThatOvertakesItTakesTheFillAway) {
    work_order();
    apply(fill("E-1", "30", "30"));
    apply(Report{ExecType::TradeCancel, OrdStatus::New}.ids("A").exec("E-3", "E-2").cum("0"));
    apply(Report{ExecType::TradeCorrect, OrdStatus::PartiallyFilled}
              .ids("A")
              .exec("E-2", "E-1")
              .last("20"));
    EXPECT_EQ(order().filled_qty, dec("0"));
}

TEST_F(OrderLedgerFault, AnUnknownOrderIsAdoptedAndToldOnce) {
    const Report text = Report{ExecType::New, OrdStatus::New}.ids("X", {}, "O-9").exec("E-1");
    EXPECT_TRUE(apply(text).is_adopted);
    EXPECT_FALSE(apply(text).is_adopted);
    EXPECT_FALSE(trade("E-2", "5", "5", OrdStatus::PartiallyFilled, "X").is_adopted);
}

// Random lives with random faults: every quantity of a report may be unset, negative or wrong, and
// every report comes once or more. Each fill comes readable once at least.
TEST_F(OrderLedgerFault, NoFaultLeadsToAWrongPosition) {
    for (unsigned seed = 1; seed <= 300; ++seed) {
        SCOPED_TRACE(seed);
        std::mt19937 random{seed};
        const auto pick = [&](int n) {
            return static_cast<int>(random() % static_cast<unsigned>(n));
        };
        OrderLedger ledger{{}};
        ASSERT_TRUE(ledger.add(limit_order("A"), deadline()));
        std::vector<Report> fills;
        std::vector<std::string> names;
        names.reserve(20);
        int cum = 0;
        while (cum < 100) {
            const int qty = std::min(1 + pick(30), 100 - cum);
            cum += qty;
            const std::string_view name = names.emplace_back("E-" + std::to_string(cum));
            fills.push_back(broker::core::fill(name, std::to_string(qty), std::to_string(cum)));
        }
        std::vector<Report> sent = fills;
        for (const Report& whole : fills) {
            Report faulty = whole;
            const auto spoil = [&](std::optional<Decimal>& qty) {
                const int kind = pick(4);
                if (kind == 0) qty.reset();
                if (kind == 1) qty = dec("-5");
            };
            spoil(faulty.last_qty);
            spoil(faulty.cum_qty);
            faulty.leaves_qty = dec("7");
            spoil(faulty.leaves_qty);
            if (pick(2) == 0) faulty.faults.add(ReportFault::QuantitiesDisagree);
            for (int copies = pick(3); copies > 0; --copies) sent.push_back(faulty);
        }
        std::shuffle(sent.begin(), sent.end(), random);
        Decimal booked;
        for (const Report& text : sent) {
            const Applied applied = ledger.apply(text);
            booked = booked.plus(applied.fill_delta).value();
            ASSERT_EQ(booked, applied.order->filled_qty);
            ASSERT_GE(booked, Decimal{});
            ASSERT_LE(booked, dec("100"));
        }
        ASSERT_EQ(booked, dec("100"));
        ASSERT_EQ(ledger.find(id("A"))->cum_qty, dec("100"));
    }
}

class OrderLedgerMassStatus : public OrderLedgerTest {
protected:
    std::vector<std::string> unmentioned(std::uint64_t mark) {
        std::vector<std::string> ids;
        ledger_.for_each_unmentioned(
            mark, [&](const Order& order) { ids.emplace_back(order.cl_ord_id.view()); });
        return ids;
    }
    Applied answer(std::string_view cl, std::string_view order_id) {
        return apply(Report{ExecType::OrderStatus, OrdStatus::New}.ids(cl, {}, order_id).exec("0"));
    }
    using Ids = std::vector<std::string>;
};

TEST_F(OrderLedgerMassStatus, LiveOrdersWithoutAnAnswerAreTheOnesToAskAbout) {
    work_order("A", "O-1");
    work_order("B", "O-2");
    work_order("C", "O-3");
    send_new("D");
    const std::uint64_t mark = ledger_.begin_mass_status();
    EXPECT_EQ(unmentioned(mark), (Ids{"A", "B", "C", "D"}));
    EXPECT_EQ(answer("B", "O-2").kind, Kind::Duplicate);
    trade("E-1", "10", "10");  // shows that A lives, but it is no answer
    answer({}, "O-3");
    EXPECT_EQ(unmentioned(mark), (Ids{"A", "D"}));
    EXPECT_TRUE(order("A").is_live());
}

TEST_F(OrderLedgerMassStatus, OrdersMadeSinceNeedNoAnswer) {
    const std::uint64_t mark = ledger_.begin_mass_status();
    send_new("A");
    EXPECT_EQ(unmentioned(mark), Ids{});
    EXPECT_EQ(unmentioned(ledger_.begin_mass_status()), Ids{"A"});
}

TEST_F(OrderLedgerMassStatus, AnAnswerToAnEarlierRunDoesNotCount) {
    work_order("A", "O-1");
    const std::uint64_t first = ledger_.begin_mass_status();
    answer("A", "O-1");
    EXPECT_EQ(unmentioned(first), Ids{});
    EXPECT_EQ(unmentioned(ledger_.begin_mass_status()), Ids{"A"});
}

}  // namespace
}  // namespace broker::core
