#include "dxtrade/fix/order_messages.hpp"

#include <gtest/gtest.h>

#include "support/fix_message.hpp"

namespace broker::dxtrade::fix {
namespace {

using core::Decimal;
using test::with_bars;

const core::UtcTime kNow{std::chrono::seconds{1'767'614'400} + std::chrono::milliseconds{7}};
const std::string kNowText = "20260105-12:00:00.007";

Profile profile() {
    Profile result;
    result.name = "test";
    return result;
}

core::NewOrder limit_order() {
    core::NewOrder order;
    order.cl_ord_id = core::ClOrdID::from("A-1").value();
    order.symbol = core::Symbol::from("EURUSD").value();
    order.side = core::Side::Buy;
    order.ord_type = core::OrdType::Limit;
    order.time_in_force = core::TimeInForce::GoodTillCancel;
    order.order_qty = Decimal::parse("1000.50").value();
    order.price = Decimal::parse("1.08500");
    return order;
}

core::Order working_order() {
    core::Order order;
    order.cl_ord_id = core::ClOrdID::from("A-2").value();
    order.order_id = core::OrderID::from("V-77").value();
    order.symbol = core::Symbol::from("EURUSD").value();
    order.side = core::Side::Sell;
    order.ord_type = core::OrdType::Limit;
    order.time_in_force = core::TimeInForce::Day;
    order.order_qty = Decimal::parse("10").value();
    order.price = Decimal::parse("1.1");
    return order;
}

class OrderMessages : public testing::Test {
protected:
    Profile profile_ = profile();
    broker::fix::MessageEncoder encoder_;

    // What goes out, with | for SOH; the error's text if nothing does.
    template <class... Records>
    std::string encoded(const Records&... records) {
        const Dialect dialect{profile_, "default:ACC-1"};
        const auto result = to_fix(records..., dialect, kNow, encoder_);
        return result ? with_bars(encoder_.body()) : result.error().detail;
    }
    std::string status_request(const core::Order& order) {
        const Dialect dialect{profile_, "default:ACC-1"};
        const auto result = order_status_request_to_fix(order, dialect, encoder_);
        return result ? with_bars(encoder_.body()) : result.error().detail;
    }
};

TEST_F(OrderMessages, NewOrderSingleCarriesEveryTermExactlyAsGiven) {
    EXPECT_EQ(encoded(limit_order()), "11=A-1|1=default:ACC-1|55=EURUSD|54=1|60=" + kNowText +
                                          "|38=1000.50|40=2|44=1.08500|59=1|");
    EXPECT_EQ(encoder_.msg_type(), "D");
}

TEST_F(OrderMessages, MarketOrderHasNoPrice) {
    core::NewOrder order = limit_order();
    order.ord_type = core::OrdType::Market;
    order.price.reset();
    EXPECT_EQ(encoded(order).find("|44="), std::string::npos);
    EXPECT_NE(encoded(order).find("|40=1|"), std::string::npos);
}

TEST_F(OrderMessages, AccountIsLeftOutWhereTheProfileSaysSo) {
    profile_.sends_account = false;
    EXPECT_EQ(encoded(limit_order()).find("|1="), std::string::npos);
}

TEST_F(OrderMessages, HandlInstIsSentWhereTheProfileSaysSo) {
    profile_.orders.handl_inst = "1";
    EXPECT_NE(encoded(limit_order()).find("|21=1|"), std::string::npos);
}

TEST_F(OrderMessages, ReplaceRestatesTheOrderAndChangesWhatItNames) {
    core::ReplaceOrder request;
    request.cl_ord_id = core::ClOrdID::from("A-3").value();
    request.orig_cl_ord_id = core::ClOrdID::from("A-1").value();
    request.price = Decimal::parse("1.2");
    // OrigClOrdID is the id in force at the venue, whichever id of the order the host named.
    EXPECT_EQ(encoded(request, working_order()),
              "37=V-77|41=A-2|11=A-3|1=default:ACC-1|55=EURUSD|54=2|60=" + kNowText +
                  "|38=10|40=2|44=1.2|59=0|");
    EXPECT_EQ(encoder_.msg_type(), "G");
}

TEST_F(OrderMessages, CancelMirrorsTheOrder) {
    core::CancelOrder request;
    request.cl_ord_id = core::ClOrdID::from("A-4").value();
    request.orig_cl_ord_id = core::ClOrdID::from("A-2").value();
    EXPECT_EQ(encoded(request, working_order()),
              "37=V-77|41=A-2|11=A-4|1=default:ACC-1|55=EURUSD|54=2|60=" + kNowText + "|38=10|");
    EXPECT_EQ(encoder_.msg_type(), "F");
}

TEST_F(OrderMessages, OrderIdIsLeftOutUntilTheVenueHasNamedIt) {
    core::Order order = working_order();
    order.order_id = {};
    EXPECT_EQ(status_request(order), "11=A-2|1=default:ACC-1|55=EURUSD|54=2|");
    EXPECT_EQ(encoder_.msg_type(), "H");
}

}  // namespace
}  // namespace broker::dxtrade::fix
