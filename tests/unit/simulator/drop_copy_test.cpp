// The copies by themselves: no sockets, a clock that moves when told.
#include "simulator/drop_copy.hpp"

#include <gtest/gtest.h>

#include "dictionary_check.hpp"
#include "simulator/fix_reports.hpp"
#include "support/manual_clock.hpp"

namespace broker::simulator {
namespace {

using core::ExecType;
using core::OrdStatus;

core::Decimal decimal(std::string_view text) { return core::Decimal::parse(text).value(); }

class DropCopyTest : public testing::Test {
protected:
    DropCopyTest() {
        order_.order_id = "O1";
        order_.cl_ord_id = "C1";
        order_.sender_comp_id = "A";
        order_.account = "default:A";
        order_.symbol = "EURUSD";
        order_.side = core::Side::Buy;
        order_.ord_type = core::OrdType::Limit;
        order_.terms.order_qty = decimal("1000");
        order_.terms.price = decimal("1.1");
    }
    void make_drop_copy(const DropCopyOptions& options) {
        drop_copy_ = std::make_unique<DropCopy>(
            options, "7", clock_, [this](const std::string& comp_id, const FixMessage& sent) {
                EXPECT_EQ(complaint_about(sent), "");
                sent_.emplace_back(comp_id, sent);
            });
        drop_copy_->add_session("A-DC", {"A"});
    }
    void report(ExecType type, const char* exec_id, bool is_venue_event = true) {
        ReportDetails details{.exec_type = type, .exec_id = exec_id, .now = clock_.utc()};
        if (type == ExecType::Trade) {
            details.last_qty = decimal("400");
            details.last_px = decimal("1.1");
            book_fill(order_, *details.last_qty, *details.last_px);
        }
        if (order_.orig_cl_ord_id.size() != 0) details.orig_cl_ord_id = order_.orig_cl_ord_id;
        drop_copy_->copy("A", order_, execution_report(order_, details), is_venue_event);
    }
    // What was sent since the last look: MsgType and the fields given.
    [[nodiscard]] std::vector<std::string> sent(std::initializer_list<int> tags) {
        std::vector<std::string> lines;
        for (const auto& [comp_id, fix] : std::exchange(sent_, {})) {
            std::string line = comp_id + ' ' + fix.msg_type;
            for (const int tag : tags)
                if (const auto* value = fix.find(tag))
                    line += ' ' + std::to_string(tag) + '=' + *value;
            lines.push_back(line);
        }
        return lines;
    }
    using Lines = std::vector<std::string>;

    test::ManualClock clock_;
    Order order_;
    std::unique_ptr<DropCopy> drop_copy_;
    std::vector<std::pair<std::string, FixMessage>> sent_;
};

TEST_F(DropCopyTest, CopiesAnEventWithItsMarkAndThePlatformsId) {
    make_drop_copy({});
    report(ExecType::New, "E1");
    report(ExecType::Trade, "E2");
    EXPECT_EQ(sent({797, 9945, 37, 11, 17, 150, 39, 32, 31, 14}),
              (Lines{"A-DC 8 797=Y 9945=C7-1 37=O1 11=C1 17=E1 150=0 39=0 14=0",
                     "A-DC 8 797=Y 9945=C7-1 37=O1 11=C1 17=E2 150=F 39=1 32=400 31=1.1 14=400"}));
}

TEST_F(DropCopyTest, LeavesOutWhatTheGateRefusesAndWhatIsNoExchangeEvent) {
    make_drop_copy({});
    report(ExecType::Rejected, "E1", false);
    report(ExecType::OrderStatus, "0", false);
    report(ExecType::Rejected, "E2");
    report(ExecType::PendingCancel, "E3");
    report(ExecType::PendingReplace, "E4");
    EXPECT_EQ(sent({}), Lines{});
}

TEST_F(DropCopyTest, CopiesEachExecTypeThatTheDocumentLists) {
    for (const char* type : {"0", "3", "4", "5", "C", "F", "G", "H"})
        EXPECT_TRUE(is_copied({"8", {{150, type}}}, true)) << type;
    for (const char* type : {"G", "H"})
        EXPECT_FALSE(is_copied({"8", {{150, type}}}, false)) << type;
    for (const char* type : {"6", "7", "8", "9", "A", "B", "D", "E", "I", "L", ""})
        EXPECT_FALSE(is_copied({"8", {{150, type}}}, true)) << type;
}

TEST_F(DropCopyTest, CopiesTheSessionsThatAreItsSourcesAlone) {
    make_drop_copy({});
    drop_copy_->add_session("B-DC", {"B"});
    drop_copy_->add_session("ALL-DC", {"A", "B"});
    report(ExecType::New, "E1");
    EXPECT_EQ(sent({17}), (Lines{"A-DC 8 17=E1", "ALL-DC 8 17=E1"}));
}

TEST_F(DropCopyTest, KeepsThePlatformsIdWhenClOrdIDAndOrderIDChange) {
    make_drop_copy({});
    report(ExecType::New, "E1");
    order_.orig_cl_ord_id = "C1";
    order_.cl_ord_id = "C2";
    order_.order_id = "O2";
    report(ExecType::Replaced, "E2");
    report(ExecType::Trade, "E3");
    EXPECT_EQ(sent({9945, 11, 41}), (Lines{"A-DC 8 9945=C7-1 11=C1", "A-DC 8 9945=C7-1 11=C2 41=C1",
                                           "A-DC 8 9945=C7-1 11=C2 41=C1"}));
    order_.orig_cl_ord_id = "";
    order_.cl_ord_id = "C3";
    report(ExecType::New, "E4");
    EXPECT_EQ(sent({9945}), Lines{"A-DC 8 9945=C7-2"}) << "another order";
}

TEST_F(DropCopyTest, NamesTheOrderAsTheVariantSays) {
    order_.orig_cl_ord_id = "C0";
    make_drop_copy({.cl_ord_id = CopiedClOrdID::Venue});
    report(ExecType::New, "E1");
    EXPECT_EQ(sent({11, 41, 37}), Lines{"A-DC 8 11=O1 37=O1"});
    make_drop_copy({.cl_ord_id = CopiedClOrdID::Absent});
    report(ExecType::New, "E2");
    EXPECT_EQ(sent({11, 41, 37, 9945}), Lines{"A-DC 8 37=O1 9945=C7-1"});
}

TEST_F(DropCopyTest, NumbersExecutionsByItselfInReferencesToo) {
    make_drop_copy({.exec_ids = CopiedExecID::Own});
    report(ExecType::Trade, "E5");
    EXPECT_EQ(sent({17}), Lines{"A-DC 8 17=D7-1"});
    FixMessage correction = execution_report(
        order_, {.exec_type = ExecType::Trade, .exec_id = "E6", .now = clock_.utc()});
    for (auto& field : correction.fields)
        if (field.tag == 150) field.value = "H";
    correction.add(19, "E5");
    drop_copy_->copy("A", order_, correction, true);
    EXPECT_EQ(sent({17, 19, 150}), Lines{"A-DC 8 17=D7-2 19=D7-1 150=H"});
}

TEST_F(DropCopyTest, NumbersExecutionsOfOrdersWhoseExecIDsAreTheSameApart) {
    make_drop_copy({.exec_ids = CopiedExecID::Own});
    report(ExecType::Trade, "1");
    FixMessage bust{"8", {{37, "O1"}, {17, "2"}, {19, "1"}, {150, "H"}, {39, "0"}, {55, "X"}}};
    for (const auto& [tag, value] : {FixField{54, "1"}, {151, "0"}, {14, "0"}, {6, "0"}})
        bust.add(tag, value);
    Order first = order_;
    order_.cl_ord_id = "C2";
    report(ExecType::Trade, "1");
    drop_copy_->copy("A", first, bust, true);
    EXPECT_EQ(sent({9945, 17, 19}), (Lines{"A-DC 8 9945=C7-1 17=D7-1", "A-DC 8 9945=C7-2 17=D7-2",
                                           "A-DC 8 9945=C7-1 17=D7-3 19=D7-1"}));
}

TEST_F(DropCopyTest, LeavesOutCorrectionsWhereTheVenueDoes) {
    make_drop_copy({.sends_corrections = false});
    drop_copy_->copy("A", order_, {"8", {{37, "O1"}, {17, "E1"}, {150, "H"}}}, true);
    report(ExecType::New, "E2");
    EXPECT_EQ(sent({17}), Lines{"A-DC 8 17=E2"});
}

TEST_F(DropCopyTest, SendsTheStatusBeforeEachTradeWhereTheVenueDoes) {
    make_drop_copy({.sends_status_before_trades = true});
    report(ExecType::New, "E1");
    report(ExecType::Trade, "E2");
    EXPECT_EQ(sent({17, 150, 39, 14, 32, 31, 797, 9945}),
              (Lines{"A-DC 8 17=E1 150=0 39=0 14=0 797=Y 9945=C7-1",
                     "A-DC 8 17=0 150=I 39=1 14=400 797=Y 9945=C7-1",
                     "A-DC 8 17=E2 150=F 39=1 14=400 32=400 31=1.1 797=Y 9945=C7-1"}));
}

TEST_F(DropCopyTest, AllocatesEachFillToTheAccountWhereTheVenueDoes) {
    make_drop_copy({.sends_allocations = true});
    report(ExecType::New, "E1");
    report(ExecType::Trade, "E2");
    EXPECT_EQ(sent({755, 71, 794, 87, 857, 54, 55, 53, 6, 75, 79, 80, 153, 797, 9945}),
              (Lines{"A-DC 8 54=1 55=EURUSD 6=0 797=Y 9945=C7-1",
                     "A-DC 8 54=1 55=EURUSD 6=1.1 797=Y 9945=C7-1",
                     "A-DC AS 755=A7-1 71=0 794=4 87=0 857=0 54=1 55=EURUSD 53=400 6=1.1 "
                     "75=20260105 79=default:A 80=400 153=1.1 797=Y 9945=C7-1"}));
}

TEST_F(DropCopyTest, HoldsCopiesBackForTheDelay) {
    make_drop_copy({.delay = std::chrono::milliseconds{50}});
    report(ExecType::New, "E1");
    EXPECT_EQ(sent({}), Lines{});
    EXPECT_EQ(drop_copy_->next_due(), clock_.monotonic() + std::chrono::milliseconds{50});
    clock_.advance(std::chrono::milliseconds{49});
    drop_copy_->run_due();
    EXPECT_EQ(sent({}), Lines{});
    clock_.advance(std::chrono::milliseconds{1});
    drop_copy_->run_due();
    EXPECT_EQ(sent({17}), Lines{"A-DC 8 17=E1"});
    EXPECT_EQ(drop_copy_->next_due(), std::nullopt);
}

TEST_F(DropCopyTest, HoldsCopiesBackWhilePausedAndKeepsTheirOrder) {
    make_drop_copy({});
    EXPECT_FALSE(drop_copy_->set_paused("NONE", true));
    ASSERT_TRUE(drop_copy_->set_paused("A-DC", true));
    report(ExecType::New, "E1");
    report(ExecType::Trade, "E2");
    EXPECT_EQ(sent({}), Lines{});
    EXPECT_EQ(drop_copy_->next_due(), std::nullopt);
    ASSERT_TRUE(drop_copy_->set_paused("A-DC", false));
    EXPECT_EQ(sent({17}), (Lines{"A-DC 8 17=E1", "A-DC 8 17=E2"}));
}

TEST_F(DropCopyTest, RefusesRequestsWithTheReasonOfTheVariant) {
    make_drop_copy({});
    drop_copy_->receive("A-DC", {"D", {{34, "2"}, {11, "C9"}}});
    EXPECT_EQ(sent({45, 372, 380}), Lines{"A-DC j 45=2 372=D 380=3"});
    make_drop_copy({.refusal = DropCopyRefusal::NotAuthorized});
    drop_copy_->receive("A-DC", {"D", {{34, "2"}, {11, "C9"}}});
    EXPECT_EQ(sent({45, 372, 380}), Lines{"A-DC j 45=2 372=D 380=6"});
}

}  // namespace
}  // namespace broker::simulator
