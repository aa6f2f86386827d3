#include "dxtrade/rest/request_names.hpp"

#include "channel_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using namespace std::chrono_literals;
using core::ExecType;
using core::RequestKind;

core::ClOrdID id_of(std::string_view text) { return core::ClOrdID::from(text).value(); }

core::Order order_of(std::string_view id) {
    core::Order order;
    order.cl_ord_id = id_of(id);
    order.first_cl_ord_id = order.cl_ord_id;
    order.order_qty = core::Decimal::parse("10").value();
    return order;
}

class RequestNamesTest : public ::testing::Test {
protected:
    void begin_replace(std::string_view id, std::string_view update_order_id) {
        PendingChange change;
        change.kind = RequestKind::Replace;
        change.cl_ord_id = id_of(id);
        change.update_order_id = update_order_id;
        orders_.add_change(*orders_.find("A"), std::move(change));
    }
    core::ExecutionReport named(ExecType type, std::string_view update_order_id = {}) {
        core::ExecutionReport report;
        report.cl_ord_id = "A";
        report.exec_type = type;
        names_.name(report, update_order_id);
        return report;
    }

    test::ManualClock clock_;
    core::OrderLedger ledger_{{}};
    BookingListener listener_{ledger_};
    SentOrders orders_{100};
    RequestNames names_{orders_, listener_, clock_, 5s};
};

TEST_F(RequestNamesTest, NamesAReplacedExecutionByTheNumberThatTheVenueGave) {
    orders_.put(order_of("A"), core::Contingency::Unspecified);
    begin_replace("A2", "701");
    begin_replace("A3", "702");
    const auto replaced = named(ExecType::Replaced, "702");
    EXPECT_EQ(replaced.cl_ord_id, "A3");
    EXPECT_EQ(replaced.orig_cl_ord_id, "A");
    // The one before it is overtaken; what follows is of the one in force.
    EXPECT_EQ(named(ExecType::Replaced, "701").cl_ord_id, "A3");
    EXPECT_EQ(named(ExecType::Trade).cl_ord_id, "A3");
}

TEST_F(RequestNamesTest, NamesTheOldestReplaceWhereTheVenueGivesNoNumber) {
    orders_.put(order_of("A"), core::Contingency::Unspecified);
    begin_replace("A2", "");
    begin_replace("A3", "");
    EXPECT_EQ(named(ExecType::Replaced).cl_ord_id, "A2");
    EXPECT_EQ(named(ExecType::Replaced).cl_ord_id, "A3");
}

TEST_F(RequestNamesTest, TakesAReplaceUnderAnotherNumberForSomebodyElses) {
    orders_.put(order_of("A"), core::Contingency::Unspecified);
    begin_replace("A2", "701");
    EXPECT_EQ(named(ExecType::Replaced, "999").cl_ord_id, "A");
    EXPECT_EQ(named(ExecType::Replaced, "701").cl_ord_id, "A2");
}

TEST_F(RequestNamesTest, LeavesAnOrderThatItDoesNotKnowAsItIs) {
    const auto report = named(ExecType::Replaced, "701");
    EXPECT_EQ(report.cl_ord_id, "A");
    EXPECT_TRUE(report.orig_cl_ord_id.empty());
}

TEST(SentOrders, ForgetsTheOldestThatHasEndedBeforeTheOldest) {
    SentOrders orders{3};
    for (const std::string_view id : {"A", "B", "C"}) {
        orders.put(order_of(id), core::Contingency::Unspecified);
    }
    orders.find("B")->is_final = true;
    orders.put(order_of("D"), core::Contingency::Unspecified);
    EXPECT_EQ(orders.find("B"), nullptr);
    orders.put(order_of("E"), core::Contingency::Unspecified);
    EXPECT_EQ(orders.find("A"), nullptr);
    EXPECT_EQ(orders.size(), 3U);
}

TEST(SentOrders, KeepsThePlacesOfAListWhileOneOfItsOrdersIsKnown) {
    SentOrders orders{3};
    for (const std::string_view id : {"P", "S", "T"}) {
        core::Order order = order_of(id);
        order.list_id = core::ListID::from("L").value();
        orders.put(order, core::Contingency::Bracket);
    }
    orders.find("P")->is_final = true;
    orders.put(order_of("X"), core::Contingency::Unspecified);
    EXPECT_EQ(orders.find("P"), nullptr);
    EXPECT_EQ(orders.place_in_list(orders.find("T")->order), 3U);
    EXPECT_EQ(orders.members(core::ListID::from("L").value()).size(), 2U);
}

}  // namespace
}  // namespace broker::dxtrade::rest
