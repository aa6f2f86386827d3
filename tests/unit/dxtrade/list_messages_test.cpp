#include "dxtrade/fix/list_messages.hpp"

#include <gtest/gtest.h>

#include "support/fix_message.hpp"

namespace broker::dxtrade::fix {
namespace {

using core::Decimal;

constexpr core::UtcTime kNow{std::chrono::seconds{1'767'614'400}};

core::NewOrder order(std::string_view id, core::Side side, std::string_view price) {
    core::NewOrder result;
    result.cl_ord_id = core::ClOrdID::from(id).value();
    result.symbol = core::Symbol::from("EURUSD").value();
    result.side = side;
    result.ord_type = core::OrdType::Limit;
    result.time_in_force = core::TimeInForce::Day;
    result.order_qty = Decimal::parse("10").value();
    result.price = Decimal::parse(price);
    return result;
}

core::NewOrderList one_cancels_other() {
    core::NewOrderList list;
    list.list_id = core::ListID::from("L").value();
    list.contingency = core::Contingency::OneCancelsOther;
    list.order_count = 2;
    list.orders[0] = order("A", core::Side::Buy, "1.1");
    list.orders[1] = order("B", core::Side::Sell, "1.2");
    return list;
}

// What goes out for the list, with | for SOH; the error's text if nothing does.
std::string encoded(const Profile& profile, const core::NewOrderList& list = one_cancels_other()) {
    const Dialect dialect{profile, "ACC-1"};
    broker::fix::MessageEncoder encoder;
    const auto result = to_fix(list, dialect, kNow, encoder);
    return result ? test::with_bars(encoder.body()) : result.error().detail;
}

Profile profile_with(ContingencyEncoding encoding) {
    Profile profile;
    profile.order_lists.encoding = encoding;
    profile.order_lists.tag = 1385;
    profile.order_lists.values = {{core::Contingency::OneCancelsOther, "OCO"}};
    return profile;
}

const std::string kFirst =
    "1=ACC-1|55=EURUSD|54=1|60=20260105-12:00:00.000|38=10|40=2|44=1.1|59=0|";
const std::string kSecond =
    "1=ACC-1|55=EURUSD|54=2|60=20260105-12:00:00.000|38=10|40=2|44=1.2|59=0|";

TEST(ListMessages, ContingencyGoesAsATagOfTheListWhereTheProfileSaysSo) {
    EXPECT_EQ(encoded(profile_with(ContingencyEncoding::Tag)),
              "66=L|394=3|1385=OCO|68=2|73=2|11=A|67=1|" + kFirst + "11=B|67=2|" + kSecond);
}

TEST(ListMessages, ContingencyGoesAsATagOfEachOrderWhereTheProfileSaysSo) {
    Profile profile = profile_with(ContingencyEncoding::Tag);
    profile.order_lists.is_tag_in_orders = true;
    EXPECT_EQ(encoded(profile), "66=L|394=3|68=2|73=2|11=A|67=1|" + kFirst + "1385=OCO|11=B|67=2|" +
                                    kSecond + "1385=OCO|");
}

TEST(ListMessages, ContingencyGoesAsListExecInstWhereTheProfileSaysSo) {
    EXPECT_EQ(encoded(profile_with(ContingencyEncoding::ListExecInst)),
              "66=L|394=3|69=OCO|68=2|73=2|11=A|67=1|" + kFirst + "11=B|67=2|" + kSecond);
}

TEST(ListMessages, TriggeredOrdersNameTheFirstOneByClOrdLinkIDWhereTheProfileSaysSo) {
    core::NewOrderList list = one_cancels_other();
    list.contingency = core::Contingency::OneTriggersOther;
    EXPECT_EQ(encoded(profile_with(ContingencyEncoding::ClOrdLinkID), list),
              "66=L|394=3|68=2|73=2|11=A|67=1|" + kFirst + "11=B|67=2|583=A|" + kSecond);
}

TEST(ListMessages, OrdersThatCancelEachOtherShareAClOrdLinkIDWhereTheProfileSaysSo) {
    EXPECT_EQ(encoded(profile_with(ContingencyEncoding::ClOrdLinkID)),
              "66=L|394=3|68=2|73=2|11=A|67=1|583=L|" + kFirst + "11=B|67=2|583=L|" + kSecond);
}

TEST(ListMessages, ListIsRefusedWithoutAnEncodingOrAWordForItsContingency) {
    EXPECT_NE(encoded(Profile{}).find("order_lists.encoding"), std::string::npos);
    core::NewOrderList list = one_cancels_other();
    list.contingency = core::Contingency::OneTriggersOther;
    EXPECT_NE(encoded(profile_with(ContingencyEncoding::Tag), list).find("order_lists.values"),
              std::string::npos);
}

TEST(ListMessages, TagThatOneOrderLacksIsMissing) {
    Profile profile = profile_with(ContingencyEncoding::ClOrdLinkID);
    profile.required_tags["E"] = {44};
    EXPECT_EQ(encoded(profile).substr(0, 5), "66=L|");
    core::NewOrderList list = one_cancels_other();
    list.orders[0].price.reset();
    EXPECT_EQ(encoded(profile, list), "tag 44 is missing: profile key required_tags.E demands it");
}

TEST(ListMessages, ListCancelRequestNamesTheList) {
    const Dialect dialect{Profile{}, "ACC-1"};
    broker::fix::MessageEncoder encoder;
    core::CancelOrderList request;
    request.list_id = core::ListID::from("L").value();
    ASSERT_TRUE(to_fix(request, dialect, kNow, encoder).has_value());
    EXPECT_EQ(encoder.msg_type(), "K");
    EXPECT_EQ(test::with_bars(encoder.body()), "66=L|60=20260105-12:00:00.000|");
}

}  // namespace
}  // namespace broker::dxtrade::fix
