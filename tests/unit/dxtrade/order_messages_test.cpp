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

TEST_F(OrderMessages, EveryInstructionGoesInItsField) {
    profile_.orders.position_code_tag = 7010;
    profile_.orders.currency = "USD";
    core::NewOrder order = limit_order();
    order.side = core::Side::SellShort;
    order.position_effect = core::PositionEffect::Close;
    order.instructions.exec_inst = {core::ExecInst::AllOrNone, core::ExecInst::NotHeld};
    order.instructions.min_qty = Decimal::parse("5");
    order.instructions.max_floor = Decimal::parse("50");
    order.instructions.ex_destination = core::FixedString<32>::from("NYSE").value();
    order.instructions.locate_reqd = core::LocateReqd::NotRequired;
    order.instructions.position_code = core::FixedString<64>::from("P-9").value();
    EXPECT_EQ(encoded(order),
              "11=A-1|1=default:ACC-1|18=1 G|110=5|111=50|100=NYSE|55=EURUSD|54=5|"
              "114=N|60=" +
                  kNowText + "|38=1000.50|40=2|44=1.08500|15=USD|59=1|77=C|7010=P-9|");
}

TEST_F(OrderMessages, TrailingStopGoesAsTheProfileEncodesIt) {
    core::NewOrder order = limit_order();
    order.ord_type = core::OrdType::TrailingStop;
    order.price.reset();
    order.instructions.exec_inst = {core::ExecInst::AllOrNone, core::ExecInst::TrailingStopPeg};
    order.instructions.peg_offset_value = Decimal::parse("-0.5");
    order.instructions.peg_offset_type = core::PegOffsetType::Price;
    const std::string pegged = encoded(order);
    EXPECT_NE(pegged.find("|18=G a|"), std::string::npos) << pegged;
    EXPECT_NE(pegged.find("|40=P|"), std::string::npos) << pegged;
    EXPECT_NE(pegged.find("|211=-0.5|836=0|"), std::string::npos) << pegged;
    profile_.orders.trailing_stop = {"T", "", 7011, false};
    order.instructions.exec_inst = {};
    const std::string custom = encoded(order);
    EXPECT_EQ(custom.find("|18="), std::string::npos) << custom;
    EXPECT_NE(custom.find("|40=T|"), std::string::npos) << custom;
    EXPECT_NE(custom.find("|7011=-0.5|"), std::string::npos) << custom;
    EXPECT_EQ(custom.find("|836="), std::string::npos) << custom;
}

TEST_F(OrderMessages, ExpiryGoesByTheFieldThatTheProfileNames) {
    core::NewOrder order = limit_order();
    order.time_in_force = core::TimeInForce::GoodTillDate;
    order.expire_time = kNow;
    EXPECT_NE(encoded(order).find("|59=6|126=" + kNowText + "|"), std::string::npos);
    profile_.orders.expiry = ExpiryField::ExpireDate;
    EXPECT_NE(encoded(order).find("|59=6|432=20260105|"), std::string::npos);
    profile_.orders.expiry = ExpiryField::DateIfMidnight;
    EXPECT_NE(encoded(order).find("|126="), std::string::npos);
    order.expire_time = std::chrono::floor<std::chrono::days>(kNow);
    EXPECT_NE(encoded(order).find("|432=20260105|"), std::string::npos);
}

TEST_F(OrderMessages, TimestampsHaveThePrecisionOfTheProfile) {
    profile_.timestamps = TimestampPrecision::Seconds;
    EXPECT_NE(encoded(limit_order()).find("|60=20260105-12:00:00|"), std::string::npos);
    profile_.timestamps = TimestampPrecision::Microseconds;
    EXPECT_NE(encoded(limit_order()).find("|60=20260105-12:00:00.007000|"), std::string::npos);
}

TEST_F(OrderMessages, CashOrderQtyGoesInsteadOfAQuantity) {
    core::NewOrder order = limit_order();
    order.order_qty = {};
    order.instructions.cash_order_qty = Decimal::parse("250");
    EXPECT_NE(encoded(order).find("|152=250|"), std::string::npos);
    EXPECT_EQ(encoded(order).find("|38="), std::string::npos);
}

TEST_F(OrderMessages, PartiesComeFromTheProfileAndTheHost) {
    profile_.parties = {{"", "FIRM", 'D', 1, {"D"}, false},
                        {"trader", "", 'C', 11, {"D", "G"}, false},
                        {"desk", "", 'D', 53, {"D"}, false}};
    core::NewOrder order = limit_order();
    order.instructions.fields = core::NamedFields::from("trader=bob\x01").value();
    EXPECT_NE(
        encoded(order).find("|453=2|448=FIRM|447=D|452=1|448=bob|447=C|452=11|1=default:ACC-1|"),
        std::string::npos);
    order.instructions.fields = {};
    EXPECT_NE(encoded(order).find("|453=1|448=FIRM|"), std::string::npos);
}

TEST_F(OrderMessages, WhatTheHostGivesBeatsTheConstantAndTheOrdersOwnFieldsGoAgain) {
    profile_.fields = {{"capacity", 528, FieldType::Char, {"D", "G", "F"}, {}, "P", false},
                       {"desk", 7001, FieldType::String, {"D", "G"}, {}, "", false}};
    EXPECT_NE(encoded(limit_order()).find("|528=P|"), std::string::npos);
    core::Order order = working_order();
    order.instructions.fields = core::NamedFields::from(
                                    "capacity=A\x01"
                                    "desk=x\x01")
                                    .value();
    core::ReplaceOrder replace;
    replace.cl_ord_id = core::ClOrdID::from("A-3").value();
    replace.fields = core::NamedFields::from("desk=y\x01").value();
    EXPECT_NE(encoded(replace, order).find("|528=A|7001=y|"), std::string::npos);
    core::CancelOrder cancel;
    cancel.cl_ord_id = core::ClOrdID::from("A-4").value();
    EXPECT_NE(encoded(cancel, order).find("|528=A|"), std::string::npos);
    EXPECT_EQ(encoded(cancel, order).find("|7001="), std::string::npos);
}

TEST_F(OrderMessages, ForbiddenTagsAreLeftOutAndAMissingRequiredOneIsAnError) {
    profile_.forbidden_tags["D"] = {1, 59};
    EXPECT_EQ(encoded(limit_order()),
              "11=A-1|55=EURUSD|54=1|60=" + kNowText + "|38=1000.50|40=2|44=1.08500|");
    profile_.required_tags["D"] = {38, 47};
    EXPECT_EQ(encoded(limit_order()), "tag 47 is missing: profile key required_tags.D demands it");
    profile_.fields = {{"rule", 47, FieldType::Char, {"D"}, {}, "A", false}};
    EXPECT_NE(encoded(limit_order()).find("|47=A|"), std::string::npos);
}

TEST_F(OrderMessages, ChainedVenuesAreToldTheLatestClOrdIDAndOrderIDOnlyIfTheyTakeIt) {
    profile_.replaces.orig_cl_ord_id = OrigClOrdIDRule::LastSent;
    profile_.replaces.sends_order_id = false;
    core::Order order = working_order();
    order.last_cl_ord_id = core::ClOrdID::from("A-9").value();
    core::CancelOrder cancel;
    cancel.cl_ord_id = core::ClOrdID::from("A-10").value();
    EXPECT_EQ(encoded(cancel, order).substr(0, 17), "41=A-9|11=A-10|1=");
}

TEST_F(OrderMessages, AccountGoesWithoutItsClearingWhereTheProfileSaysSo) {
    profile_.account_format = AccountFormat::WithoutClearing;
    EXPECT_NE(encoded(limit_order()).find("|1=ACC-1|"), std::string::npos);
}

TEST_F(OrderMessages, SymbolGoesAsTheProfileMapsItAndAnUnmappedOneCanBeCanceled) {
    profile_.symbols.map["EURUSD"] = {"EUR", "USD", {{22, "8"}, {48, "77"}}};
    profile_.symbols.is_map_complete = true;
    EXPECT_NE(encoded(limit_order()).find("|55=EUR|65=USD|22=8|48=77|54="), std::string::npos);
    core::NewOrder unknown = limit_order();
    unknown.symbol = core::Symbol::from("XAUUSD").value();
    EXPECT_NE(encoded(unknown).find("symbols.map"), std::string::npos);
    core::Order order = working_order();
    order.symbol = unknown.symbol;
    core::CancelOrder cancel;
    cancel.cl_ord_id = core::ClOrdID::from("A-4").value();
    EXPECT_NE(encoded(cancel, order).find("|55=XAUUSD|"), std::string::npos);
}

TEST_F(OrderMessages, ReplaceAwayFromGoodTillDateHasNoExpiry) {
    core::Order order = working_order();
    order.time_in_force = core::TimeInForce::GoodTillDate;
    order.expire_time = kNow;
    core::ReplaceOrder request;
    request.cl_ord_id = core::ClOrdID::from("A-3").value();
    EXPECT_NE(encoded(request, order).find("|126="), std::string::npos);
    request.time_in_force = core::TimeInForce::Day;
    EXPECT_EQ(encoded(request, order).find("|126="), std::string::npos);
}

}  // namespace
}  // namespace broker::dxtrade::fix
