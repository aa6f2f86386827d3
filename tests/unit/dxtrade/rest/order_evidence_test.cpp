// The venue's orders as evidence for the order ledger.
#include "core/order_ledger.hpp"
#include "unit/dxtrade/rest/rest_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Applied;
using core::Certainty;
using core::OrdStatus;

struct RestEvidence : testing::Test {
    // An order of ours that was sent and has no answer.
    const core::ClOrdID& placed(std::string_view cl_ord_id, const char* quantity) {
        core::NewOrder order = limit_order();
        order.cl_ord_id = *core::ClOrdID::from(cl_ord_id);
        order.order_qty = decimal(quantity);
        EXPECT_TRUE(ledger.add(order, core::MonotonicTime{std::chrono::hours{1}}));
        ledger.sent(order.cl_ord_id, core::kFirstOwnMsgSeqNum, {},
                    core::MonotonicTime{std::chrono::seconds{1}});
        id = order.cl_ord_id;
        return id;
    }
    // What the ledger made of each execution.
    std::vector<Applied::Kind> told(const RestOrder& order, core::Channel channel) {
        ReportContext context = report_context();
        context.channel = channel;
        std::vector<OrderReport> reports;
        execution_reports(order, context, reports);
        std::vector<Applied::Kind> kinds;
        for (const OrderReport& one : reports) kinds.push_back(ledger.apply(one.report).kind);
        return kinds;
    }

    core::OrderLedger ledger{{}};
    core::ClOrdID id;
};

TEST_F(RestEvidence, EndsAnOrderByItsHistory) {
    placed("ea7-000127", "12000");
    (void)told(orders_of("orders_history.json").at(0), core::Channel::Rest);
    const core::Order* order = ledger.find(id);
    ASSERT_NE(order, nullptr);
    EXPECT_EQ(order->status, OrdStatus::Canceled);
    EXPECT_EQ(order->cum_qty, decimal("4000"));
    EXPECT_EQ(order->filled_qty, decimal("4000"));
    EXPECT_EQ(order->leaves_qty, decimal("0"));
    EXPECT_EQ(order->order_id.view(), "700415");
    EXPECT_EQ(ledger.find_request(id)->certainty, Certainty::Acknowledged);
}

TEST_F(RestEvidence, RejectsOnTheVenuesWordAfterA200) {
    placed("ea7-000126", "900000000");
    (void)told(orders_of("orders_history.json").at(1), core::Channel::Rest);
    EXPECT_EQ(ledger.find(id)->status, OrdStatus::Rejected);
    EXPECT_EQ(ledger.find_request(id)->certainty, Certainty::Rejected);
}

TEST_F(RestEvidence, CountsAFillOnceWhicheverChannelsTellIt) {
    placed("ea7-000123", "20000");
    const RestOrder order = orders_of("orders_filled.json").at(0);
    using K = Applied::Kind;
    EXPECT_EQ(told(order, core::Channel::Rest), (std::vector<K>{K::Accepted, K::Accepted}));
    EXPECT_EQ(told(order, core::Channel::Push), (std::vector<K>{K::Duplicate, K::Duplicate}));
    EXPECT_EQ(told(order, core::Channel::Rest), (std::vector<K>{K::Duplicate, K::Duplicate}));
    EXPECT_EQ(ledger.find(id)->filled_qty, decimal("20000"));
    const Applied picture = ledger.apply(order_picture(order, report_context()));
    EXPECT_EQ(picture.kind, Applied::Kind::Duplicate);
    EXPECT_FALSE(picture.is_fill_missing);
}

// They are looked up; PortfolioTracker tells if they are not to be found.
TEST_F(RestEvidence, ExpectsTheTradesOfAPictureToFollowIt) {
    placed("ea7-000123", "20000");
    const RestOrder order = orders_of("orders_filled.json").at(0);
    const Applied picture = ledger.apply(order_picture(order, report_context()));
    EXPECT_EQ(picture.kind, Applied::Kind::Accepted);
    EXPECT_FALSE(picture.is_fill_missing);
    EXPECT_EQ(ledger.find(id)->status, OrdStatus::Filled);
    EXPECT_EQ(ledger.find(id)->filled_qty, decimal("0"));
    (void)told(order, core::Channel::Rest);
    EXPECT_EQ(ledger.find(id)->filled_qty, decimal("20000"));
}

TEST_F(RestEvidence, KeepsTheQuantityOfProtectionThatTheVenueShowsWithout) {
    placed("b9-sl", "2");
    const RestOrder order = orders_of("orders_open_group.json").at(1);
    (void)ledger.apply(order_picture(order, report_context()));
    EXPECT_EQ(ledger.find(id)->order_qty, decimal("2"));
    EXPECT_EQ(ledger.find(id)->status, OrdStatus::New);
}

}  // namespace
}  // namespace broker::dxtrade::rest
