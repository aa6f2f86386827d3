#include "host/order_view.hpp"

#include <gtest/gtest.h>

#include "records.hpp"

namespace broker::sample_host {
namespace {

using test::decimal;
using test::new_order;
using test::report;

broker_order_cancel_reject_t cancel_reject(std::string_view cl_ord_id, std::string_view orig) {
    broker_order_cancel_reject_t reject{};
    reject.event.account = sdk::borrow("ACC-1");
    reject.ord_status = BROKER_ORD_STATUS_NEW;
    reject.certainty = BROKER_CERTAINTY_REJECTED;
    reject.reason = BROKER_REASON_CANCEL_REJECTED;
    reject.cl_ord_id = sdk::borrow(cl_ord_id);
    reject.orig_cl_ord_id = sdk::borrow(orig);
    reject.text = sdk::borrow("too late");
    return reject;
}

TEST(OrderView, FollowsAnOrderThroughItsReports) {
    OrderView view;
    view.submitting(new_order("ACC-1", "a"));
    view.apply(report("ACC-1", "a", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW));
    auto fill = report("ACC-1", "a", BROKER_EXEC_TYPE_TRADE, BROKER_ORD_STATUS_FILLED);
    fill.cum_qty = decimal("1000");
    view.apply(fill);
    ASSERT_EQ(view.orders().size(), 1U);
    EXPECT_EQ(view.orders()[0].status, BROKER_ORD_STATUS_FILLED);
    EXPECT_EQ(sdk::decimal_text(view.orders()[0].cum_qty), "1000");
    EXPECT_EQ(view.find_request("ACC-1", "a")->certainty, BROKER_CERTAINTY_ACKNOWLEDGED);
}

TEST(OrderView, FindsTheOrderByEveryIdItHasHad) {
    OrderView view;
    view.submitting(new_order("ACC-1", "a"));
    view.changing("ACC-1", "b", "a");
    view.changing("ACC-1", "c", "b");
    auto canceled = report("ACC-1", "c", BROKER_EXEC_TYPE_CANCELED, BROKER_ORD_STATUS_CANCELED);
    canceled.orig_cl_ord_id = sdk::borrow("b");
    view.apply(canceled);
    ASSERT_EQ(view.orders().size(), 1U);
    for (const auto* id : {"a", "b", "c"}) {
        EXPECT_EQ(view.order_of(*view.find_request("ACC-1", id))->status,
                  BROKER_ORD_STATUS_CANCELED);
    }
}

TEST(OrderView, KeepsEqualIdsOfTwoAccountsApart) {
    OrderView view;
    view.submitting(new_order("ACC-1", "a"));
    view.submitting(new_order("ACC-2", "a"));
    view.apply(report("ACC-2", "a", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW));
    EXPECT_EQ(view.orders()[0].status, BROKER_ORD_STATUS_UNSPECIFIED);
    EXPECT_EQ(view.orders()[1].status, BROKER_ORD_STATUS_NEW);
}

TEST(OrderView, ShowsARefusedOrderAsRejectedThoughNoEventComes) {
    OrderView view;
    view.submitting(new_order("ACC-1", "a"));
    view.refused("ACC-1", "a", {BROKER_REFUSED, BROKER_REASON_NOT_SUPPORTED, "no stop orders"});
    EXPECT_EQ(view.orders()[0].status, BROKER_ORD_STATUS_REJECTED);
    const RequestState* const request = view.find_request("ACC-1", "a");
    EXPECT_EQ(request->certainty, BROKER_CERTAINTY_REJECTED);
    EXPECT_EQ(request->reason, BROKER_REASON_NOT_SUPPORTED);
    EXPECT_EQ(request->text, "no stop orders");
}

TEST(OrderView, LeavesTheOrderAsItIsWhenAChangeIsRefused) {
    OrderView view;
    view.submitting(new_order("ACC-1", "a"));
    view.apply(report("ACC-1", "a", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW));
    view.changing("ACC-1", "b", "a");
    view.refused("ACC-1", "b", {BROKER_REFUSED, BROKER_REASON_NOT_SUPPORTED, ""});
    view.changing("ACC-1", "c", "a");
    view.apply(cancel_reject("c", "a"));
    EXPECT_EQ(view.orders()[0].status, BROKER_ORD_STATUS_NEW);
    EXPECT_EQ(view.find_request("ACC-1", "a")->certainty, BROKER_CERTAINTY_ACKNOWLEDGED);
    EXPECT_EQ(view.find_request("ACC-1", "b")->certainty, BROKER_CERTAINTY_REJECTED);
    EXPECT_EQ(view.find_request("ACC-1", "c")->reason, BROKER_REASON_CANCEL_REJECTED);
    EXPECT_EQ(view.find_request("ACC-1", "c")->text, "too late");
}

TEST(OrderView, KeepsARefusalAboutAnOrderThatNobodyKnows) {
    OrderView view;
    view.changing("ACC-1", "b", "never-sent");
    view.apply(cancel_reject("b", "never-sent"));
    EXPECT_TRUE(view.orders().empty());
    EXPECT_EQ(view.order_of(*view.find_request("ACC-1", "b")), nullptr);
    EXPECT_EQ(view.find_request("ACC-1", "b")->certainty, BROKER_CERTAINTY_REJECTED);
}

TEST(OrderView, TakesUpOrdersThatTheHostDidNotSend) {
    OrderView view;
    view.apply(report("ACC-1", "manual", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW));
    auto canceled = report("ACC-1", "x", BROKER_EXEC_TYPE_CANCELED, BROKER_ORD_STATUS_CANCELED);
    canceled.orig_cl_ord_id = sdk::borrow("manual");
    view.apply(canceled);
    ASSERT_EQ(view.orders().size(), 1U);
    EXPECT_EQ(view.orders()[0].cl_ord_id, "manual");
    EXPECT_EQ(view.orders()[0].status, BROKER_ORD_STATUS_CANCELED);
}

TEST(OrderView, RecognizesAnOrderByItsOrderIDWhenNoClOrdIDIsKnown) {
    OrderView view;
    view.submitting(new_order("ACC-1", "a"));
    auto news = report("ACC-1", "a", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW);
    news.order_id = sdk::borrow("O-9");
    view.apply(news);
    auto canceled = report("ACC-1", "desk", BROKER_EXEC_TYPE_CANCELED, BROKER_ORD_STATUS_CANCELED);
    canceled.order_id = sdk::borrow("O-9");
    view.apply(canceled);
    EXPECT_EQ(view.orders().size(), 1U);
    EXPECT_EQ(view.orders()[0].status, BROKER_ORD_STATUS_CANCELED);
}

TEST(OrderView, KeepsTheTimesOfTheFirstReportFromTheVenue) {
    OrderView view;
    view.submitting(new_order("ACC-1", "a"));
    auto doubt =
        report("ACC-1", "a", BROKER_EXEC_TYPE_CERTAINTY_CHANGED, BROKER_ORD_STATUS_UNSPECIFIED);
    doubt.certainty = BROKER_CERTAINTY_UNKNOWN;
    doubt.stages.delivered = 50;  // nothing was received
    view.apply(doubt);
    auto news = report("ACC-1", "a", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW);
    news.stages.received = 90;
    news.stages.delivered = 95;
    view.apply(news);
    news.stages.received = 190;
    news.stages.delivered = 195;
    view.apply(news);
    EXPECT_EQ(view.find_request("ACC-1", "a")->stages.received, 90);
    EXPECT_EQ(view.find_request("ACC-1", "a")->stages.delivered, 95);
}

}  // namespace
}  // namespace broker::sample_host
