// Orders of two accounts through the plugin, over mutual TLS, to the venue and back.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using simulator::Action;
using simulator::Rule;
using testing::HasSubstr;

class OrderLifecycle : public testing::Test {
protected:
    void start(TradingRig& rig) {
        rig.start();
        ASSERT_TRUE(rig.wait_ready("ACC-1")) << rig.log();
    }
};

TEST_F(OrderLifecycle, MarketOrderIsFilledOnEachOfTwoAccounts) {
    TradingRig rig{{"ACC-1", "ACC-2"}};
    start(rig);
    ASSERT_TRUE(rig.wait_ready("ACC-2"));
    ASSERT_TRUE(rig.submit({.id = "M-1"}).is_ok());
    ASSERT_TRUE(rig.submit({.account = "ACC-2", .id = "M-1", .side = BROKER_SIDE_SELL}).is_ok());
    ASSERT_TRUE(rig.events().wait_for_count(order_status("M-1", BROKER_ORD_STATUS_FILLED), 2));
    EXPECT_EQ(rig.venue(0).positions("ACC1").size(), 1U);
    EXPECT_EQ(rig.venue(1).positions("ACC2").size(), 1U);
}

TEST_F(OrderLifecycle, EveryReportCarriesCertaintyAndStageTimes) {
    TradingRig rig{{"ACC-1"}};
    start(rig);
    ASSERT_TRUE(rig.submit({.id = "M-1"}).is_ok());
    ASSERT_TRUE(rig.events().wait_for(order_status("M-1", BROKER_ORD_STATUS_FILLED)));
    const auto fill = rig.events().find(order_status("M-1", BROKER_ORD_STATUS_FILLED)).front();
    EXPECT_EQ(fill.certainty, BROKER_CERTAINTY_ACKNOWLEDGED);
    EXPECT_EQ(fill.cum_qty, "1000");
    EXPECT_GT(fill.stages.signal, 0);
    EXPECT_LE(fill.stages.signal, fill.stages.accepted);
    EXPECT_LE(fill.stages.accepted, fill.stages.journaled);
    EXPECT_LE(fill.stages.journaled, fill.stages.written);
    EXPECT_LE(fill.stages.written, fill.stages.acknowledged);
    EXPECT_LE(fill.stages.acknowledged, fill.stages.received);
    EXPECT_LE(fill.stages.received, fill.stages.delivered);
}

TEST_F(OrderLifecycle, LimitOrderRestsIsReplacedAndCanceled) {
    TradingRig rig{{"ACC-1"}};
    start(rig);
    ASSERT_TRUE(rig.submit({.id = "L-1", .price = "0.5"}).is_ok());
    ASSERT_TRUE(rig.events().wait_for(order_status("L-1", BROKER_ORD_STATUS_NEW)));
    ASSERT_TRUE(rig.replace("ACC-1", "L-2", "L-1", "2000", "0.6").is_ok());
    ASSERT_TRUE(rig.events().wait_for([](const RecordedEvent& event) {
        return event.cl_ord_id == "L-2" && event.exec_type == BROKER_EXEC_TYPE_REPLACED &&
               event.order_qty == "2000" && event.price == "0.6";
    })) << rig.log();
    // The host may name the order by its first id.
    ASSERT_TRUE(rig.cancel("ACC-1", "L-3", "L-1").is_ok());
    ASSERT_TRUE(rig.events().wait_for(order_status("L-3", BROKER_ORD_STATUS_CANCELED)));
    const auto orders = rig.venue().orders();
    ASSERT_EQ(orders.size(), 1U);
}

TEST_F(OrderLifecycle, PartialFillThenTheRest) {
    TradingRig rig{{"ACC-1"}};
    rig.venue().add_rule({.action = Action::FillInParts, .cl_ord_id_prefix = "P-", .parts = 4});
    start(rig);
    ASSERT_TRUE(rig.submit({.id = "P-1", .qty = "1000", .price = "5"}).is_ok());
    ASSERT_TRUE(rig.events().wait_for(order_status("P-1", BROKER_ORD_STATUS_PARTIALLY_FILLED)));
    const auto part =
        rig.events().find(order_status("P-1", BROKER_ORD_STATUS_PARTIALLY_FILLED)).front();
    EXPECT_EQ(part.last_qty, "250");
    EXPECT_EQ(part.leaves_qty, "750");
    ASSERT_TRUE(rig.venue().fill("ACC1", "P-1", *core::Decimal::parse("750"),
                                 *core::Decimal::parse("1.1")));
    ASSERT_TRUE(rig.events().wait_for(order_status("P-1", BROKER_ORD_STATUS_FILLED)));
    EXPECT_EQ(rig.events().count(fill_of("P-1")), 2U);
}

TEST_F(OrderLifecycle, RejectOfTheVenueCarriesItsWords) {
    TradingRig rig{{"ACC-1"}};
    rig.venue().add_rule(
        {.action = Action::RejectNew, .cl_ord_id_prefix = "R-", .text = "no margin"});
    start(rig);
    ASSERT_TRUE(rig.submit({.id = "R-1"}).is_ok());
    ASSERT_TRUE(rig.events().wait_for(order_status("R-1", BROKER_ORD_STATUS_REJECTED)));
    const auto reject = rig.events().find(order_status("R-1", BROKER_ORD_STATUS_REJECTED)).front();
    EXPECT_EQ(reject.certainty, BROKER_CERTAINTY_REJECTED);
    EXPECT_EQ(reject.reason, BROKER_REASON_REJECTED_BY_VENUE);
    EXPECT_THAT(reject.text, HasSubstr("no margin"));
}

TEST_F(OrderLifecycle, RefusedCancelAndReplaceLeaveTheOrderWorking) {
    TradingRig rig{{"ACC-1"}};
    rig.venue().add_rule({.action = Action::RefuseCancel, .text = "frozen"});
    rig.venue().add_rule({.action = Action::RefuseReplace, .text = "frozen"});
    start(rig);
    ASSERT_TRUE(rig.submit({.id = "L-1", .price = "0.5"}).is_ok());
    ASSERT_TRUE(rig.events().wait_for(order_status("L-1", BROKER_ORD_STATUS_NEW)));
    ASSERT_TRUE(rig.cancel("ACC-1", "C-1", "L-1").is_ok());
    ASSERT_TRUE(rig.events().wait_for(cancel_reject("C-1")));
    ASSERT_TRUE(rig.replace("ACC-1", "R-1", "L-1", "500", "").is_ok());
    ASSERT_TRUE(rig.events().wait_for(cancel_reject("R-1")));
    const auto reject = rig.events().find(cancel_reject("C-1")).front();
    EXPECT_EQ(reject.reason, BROKER_REASON_CANCEL_REJECTED);
    EXPECT_EQ(reject.ord_status, BROKER_ORD_STATUS_NEW);
    EXPECT_THAT(reject.text, HasSubstr("frozen"));
}

TEST_F(OrderLifecycle, UnsolicitedCancelReachesTheHost) {
    TradingRig rig{{"ACC-1"}};
    start(rig);
    ASSERT_TRUE(rig.submit({.id = "L-1", .price = "0.5"}).is_ok());
    ASSERT_TRUE(rig.events().wait_for(order_status("L-1", BROKER_ORD_STATUS_NEW)));
    ASSERT_TRUE(rig.venue().cancel_unsolicited("ACC1", "L-1", "risk desk"));
    ASSERT_TRUE(rig.events().wait_for(order_status("L-1", BROKER_ORD_STATUS_CANCELED)));
}

TEST_F(OrderLifecycle, CancelAllCancelsWhatIsLive) {
    TradingRig rig{{"ACC-1"}};
    start(rig);
    for (const char* id : {"L-1", "L-2", "L-3"}) {
        ASSERT_TRUE(rig.submit({.id = id, .price = "0.5"}).is_ok());
        ASSERT_TRUE(rig.events().wait_for(order_status(id, BROKER_ORD_STATUS_NEW)));
    }
    broker_cancel_all_t request{};
    request.account = sdk::borrow("ACC-1");
    request.cl_ord_id_prefix = sdk::borrow("X-");
    ASSERT_TRUE(rig.adapter().order_entry()->cancel_all(request).is_ok());
    ASSERT_TRUE(rig.events().wait_for_count(
        [](const RecordedEvent& event) {
            return event.exec_type == BROKER_EXEC_TYPE_CANCELED &&
                   event.cl_ord_id.starts_with("X-");
        },
        3));
}

TEST_F(OrderLifecycle, OrderOutsideTheProfileIsRefusedWithTheKey) {
    TradingRig rig{{"ACC-1"}};
    rig.account().profile = "dxtrade-cfd";
    start(rig);
    broker_new_order_t order{};
    order.side = BROKER_SIDE_BUY;
    order.ord_type = BROKER_ORD_TYPE_MARKET_IF_TOUCHED;
    order.time_in_force = BROKER_TIME_IN_FORCE_DAY;
    order.account = sdk::borrow("ACC-1");
    order.cl_ord_id = sdk::borrow("S-1");
    order.symbol = sdk::borrow("EURUSD");
    order.order_qty = {1, 0, 1};
    order.stop_px = {1, 0, 1};
    const sdk::Status status = rig.adapter().order_entry()->submit(order);
    EXPECT_EQ(status.code, BROKER_REFUSED);
    EXPECT_EQ(status.reason, BROKER_REASON_NOT_SUPPORTED);
    EXPECT_THAT(status.text, HasSubstr("(orders.ord_types)"));
}

TEST_F(OrderLifecycle, LimitsRefuseBeforeSending) {
    TradingRig rig{{"ACC-1"}};
    rig.account().limits = "{orders_per_s: 2, max_order_qty: \"5000\"}";
    start(rig);
    ASSERT_TRUE(rig.submit({.id = "Q-1", .qty = "5001"}).is_ok());
    ASSERT_TRUE(rig.events().wait_for(order_status("Q-1", BROKER_ORD_STATUS_REJECTED)));
    EXPECT_EQ(rig.events().find(order_status("Q-1", BROKER_ORD_STATUS_REJECTED)).front().reason,
              BROKER_REASON_ORDER_QTY_EXCEEDED);
    for (const char* id : {"N-1", "N-2", "N-3"}) ASSERT_TRUE(rig.submit({.id = id}).is_ok());
    ASSERT_TRUE(rig.events().wait_for(order_status("N-3", BROKER_ORD_STATUS_REJECTED)));
    EXPECT_EQ(rig.events().find(order_status("N-3", BROKER_ORD_STATUS_REJECTED)).front().reason,
              BROKER_REASON_ORDER_RATE_EXCEEDED);
    EXPECT_EQ(rig.received(0, "D", "Q-1"), 0U);
    EXPECT_EQ(rig.received(0, "D", "N-3"), 0U);
}

TEST_F(OrderLifecycle, NoCredentialReachesEventsLogOrJournal) {
    TradingRig rig{{"ACC-1"}};
    start(rig);
    ASSERT_TRUE(rig.submit({.id = "M-1"}).is_ok());
    ASSERT_TRUE(rig.events().wait_for(order_status("M-1", BROKER_ORD_STATUS_FILLED)));
    rig.stop();
    const std::string secret = "secret-ACC-1";
    EXPECT_EQ(rig.log().find(secret), std::string::npos);
    EXPECT_EQ(rig.events().all_text().find(secret), std::string::npos);
    std::size_t files = 0;
    for (const auto& entry :
         std::filesystem::recursive_directory_iterator{rig.directory() / "journal"}) {
        if (!entry.is_regular_file()) continue;
        ++files;
        std::ifstream file{entry.path(), std::ios::binary};
        const std::string bytes{std::istreambuf_iterator<char>{file}, {}};
        EXPECT_EQ(bytes.find(secret), std::string::npos) << entry.path();
    }
    EXPECT_GE(files, 2U);
}

}  // namespace
}  // namespace broker::test
