#include "dxtrade/rest/order_requests.hpp"

#include "unit/dxtrade/rest/rest_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Contingency;
using core::NewOrder;
using core::OrdType;
using core::PositionEffect;
using core::Reason;
using core::Side;
using core::TimeInForce;

struct OrderRequests : testing::Test {
    RequestContext context() const { return {profile, symbols(), "default:AB-1001", is_hedging}; }

    template <class... Arguments>
    RestRequest sent(const Arguments&... arguments) {
        const auto request = to_rest(arguments..., context());
        EXPECT_TRUE(request) << (request ? "" : request.error().detail);
        return request ? *request : RestRequest{};
    }
    template <class... Arguments>
    std::string refused(const Arguments&... arguments) {
        const auto request = to_rest(arguments..., context());
        EXPECT_FALSE(request) << (request ? request->body : "");
        return request ? "" : request.error().detail;
    }

    Profile profile = rest_profile();
    bool is_hedging = true;
};

NewOrder market_order() {
    NewOrder order = limit_order();
    order.ord_type = OrdType::Market;
    order.time_in_force = TimeInForce::ImmediateOrCancel;
    order.price.reset();
    return order;
}

NewOrder closing(NewOrder order) {
    order.position_effect = PositionEffect::Close;
    order.instructions.position_code = *core::FixedString<64>::from("700411");
    return order;
}

NewOrder stop_order(std::string_view stop_px) {
    NewOrder order = limit_order();
    order.ord_type = OrdType::Stop;
    order.price.reset();
    order.stop_px = decimal(stop_px);
    return order;
}

core::NewOrderList bracket() {
    core::NewOrderList list;
    list.list_id = *core::ListID::from("L-1");
    list.contingency = Contingency::Bracket;
    list.order_count = 3;
    NewOrder parent = market_order();
    parent.side = Side::Buy;
    parent.cl_ord_id = *core::ClOrdID::from("b9");
    NewOrder stop = stop_order("1.19");
    stop.cl_ord_id = *core::ClOrdID::from("b9-sl");
    stop.position_effect = PositionEffect::Close;
    NewOrder limit = limit_order();
    limit.cl_ord_id = *core::ClOrdID::from("b9-tp");
    limit.position_effect = PositionEffect::Close;
    list.orders = {parent, stop, limit};
    return list;
}

TEST_F(OrderRequests, PutALimitOrderWithEveryFieldItHas) {
    NewOrder order = limit_order();
    order.time_in_force = TimeInForce::GoodTillDate;
    order.expire_time = example_time() + std::chrono::milliseconds{5};
    order.instructions.fields = *core::NamedFields::from("desk=7\x01");
    const RestRequest request = sent(order);
    EXPECT_EQ(request.method, net::HttpMethod::Post);
    EXPECT_EQ(request.target, "/accounts/default%3AAB-1001/orders");
    EXPECT_EQ(request.body,
              R"({"orderCode":"A-1","type":"LIMIT","instrument":"EURUSD","quantity":10000,)"
              R"("positionEffect":"OPEN","side":"SELL","limitPrice":1.2345,"tif":"GTD",)"
              R"("expireDate":"2031-04-05T06:07:08.005Z","metadata":{"desk":"7"}})");
}

TEST_F(OrderRequests, MakeMarketOrdersGoodTillCancelWhereTheVenueWantsIt) {
    EXPECT_NE(sent(market_order()).body.find(R"("tif":"GTC")"), std::string::npos);
    profile.rest.orders.sends_tif_gtc_for_market = false;
    EXPECT_EQ(refused(market_order()),
              "time_in_force: profile test does not offer ImmediateOrCancel "
              "(rest.orders.times_in_force)");
    profile.rest.orders.times_in_force.add(TimeInForce::ImmediateOrCancel);
    EXPECT_NE(sent(market_order()).body.find(R"("tif":"IOC")"), std::string::npos);
}

TEST_F(OrderRequests, CloseAPartOfAPositionByAMarketOrder) {
    EXPECT_EQ(sent(closing(market_order())).body,
              R"({"orderCode":"A-1","type":"MARKET","instrument":"EURUSD","quantity":10000,)"
              R"("positionEffect":"CLOSE","positionCode":"700411","side":"SELL","tif":"GTC"})");
}

TEST_F(OrderRequests, AttachProtectionWithoutAQuantity) {
    EXPECT_EQ(sent(closing(stop_order("1.1990"))).body,
              R"({"orderCode":"A-1","type":"STOP","instrument":"EURUSD","positionEffect":"CLOSE",)"
              R"("positionCode":"700411","side":"SELL","stopPrice":1.1990,"tif":"GTC"})");
}

TEST_F(OrderRequests, LeavePositionsOutOnNetAccounts) {
    is_hedging = false;
    NewOrder order = limit_order();
    order.position_effect = PositionEffect::Close;
    EXPECT_EQ(sent(order).body,
              R"({"orderCode":"A-1","type":"LIMIT","instrument":"EURUSD","quantity":10000,)"
              R"("side":"SELL","limitPrice":1.2345,"tif":"GTC"})");
    EXPECT_EQ(refused(closing(order)),
              "position_code: profile test has accounts without positions of their own "
              "(rest.orders.positions)");
}

TEST_F(OrderRequests, MapTheSymbol) {
    NewOrder order = limit_order();
    order.symbol = *core::Symbol::from("GOLD");
    EXPECT_NE(sent(order).body.find(R"("instrument":"XAUUSD")"), std::string::npos);
    order.symbol = *core::Symbol::from("XAUUSD");  // would come back as GOLD
    const auto request = to_rest(order, context());
    ASSERT_FALSE(request);
    EXPECT_EQ(request.error().reason, Reason::SymbolUnknown);
}

TEST_F(OrderRequests, PutTheTypesOfXtWhereTheProfileHasThem) {
    NewOrder stop_limit = limit_order();
    stop_limit.ord_type = OrdType::StopLimit;
    stop_limit.stop_px = decimal("1.24");
    EXPECT_EQ(refused(stop_limit),
              "ord_type: profile test does not offer StopLimit (rest.orders.ord_types)");
    profile.rest.orders.ord_types.add(OrdType::StopLimit);
    profile.rest.orders.ord_types.add(OrdType::TrailingStop);
    EXPECT_NE(sent(stop_limit).body.find(R"("type":"STOP_LIMIT")"), std::string::npos);
    EXPECT_NE(sent(stop_limit).body.find(R"("limitPrice":1.2345,"stopPrice":1.24)"),
              std::string::npos);
    NewOrder trailing = limit_order();
    trailing.ord_type = OrdType::TrailingStop;
    trailing.price.reset();
    trailing.instructions.peg_offset_value = decimal("0.002");
    EXPECT_NE(sent(trailing).body.find(R"("priceOffset":0.002)"), std::string::npos);
}

TEST_F(OrderRequests, RefuseWhatRestHasNoFieldFor) {
    const auto with = [](auto change) {
        NewOrder order = limit_order();
        change(order);
        return order;
    };
    EXPECT_EQ(refused(with([](NewOrder& o) { o.instructions.min_qty = decimal("1"); })),
              "min_qty: REST has no such field");
    EXPECT_EQ(refused(with([](NewOrder& o) { o.instructions.max_floor = decimal("1"); })),
              "max_floor: REST has no such field");
    EXPECT_EQ(refused(with([](NewOrder& o) { o.instructions.cash_order_qty = decimal("1"); })),
              "cash_order_qty: REST has no such field");
    EXPECT_EQ(
        refused(with([](NewOrder& o) { o.instructions.exec_inst = {core::ExecInst::AllOrNone}; })),
        "exec_inst: REST has no such field");
    EXPECT_EQ(refused(with([](NewOrder& o) { o.side = Side::SellShort; })),
              "side: REST has no SellShort");
    EXPECT_EQ(refused(with([](NewOrder& o) { o.stop_px = decimal("1"); })),
              "stop_px: expected none with Limit");
    EXPECT_EQ(refused(with([](NewOrder& o) { o.price.reset(); })),
              "price: expected one with Limit");
    EXPECT_EQ(refused(with([](NewOrder& o) { o.expire_time = example_time(); })),
              "expire_time: expected none with GoodTillCancel");
    EXPECT_EQ(refused(with([](NewOrder& o) { o.time_in_force = TimeInForce::GoodTillDate; })),
              "expire_time: expected one with GoodTillDate");
    EXPECT_EQ(refused(with([](NewOrder& o) { o.position_effect = {}; })),
              "position_effect: profile test requires it: Open or Close (rest.orders.positions)");
    EXPECT_EQ(refused(with([](NewOrder& o) { o.position_effect = PositionEffect::Close; })),
              "position_code: expected with an order that closes");
    EXPECT_EQ(refused(with([](NewOrder& o) { o.cl_ord_id = *core::ClOrdID::from("a b"); })),
              "cl_ord_id: expected 1 to 64 letters, digits and -_.:/+=#@");
}

TEST_F(OrderRequests, RefuseOrdersWhereTheProfileOffersNone) {
    profile.rest.orders.is_offered = false;
    EXPECT_EQ(refused(limit_order()),
              "order: profile test does not offer orders over REST (rest.orders.offered)");
}

TEST_F(OrderRequests, PutABracketAsIfThen) {
    const RestRequest request = sent(bracket());
    EXPECT_EQ(request.target, "/accounts/default%3AAB-1001/orders");
    EXPECT_EQ(request.body,
              R"({"contingencyType":"IF-THEN","orders":[)"
              R"({"orderCode":"b9","type":"MARKET","instrument":"EURUSD","quantity":10000,)"
              R"("positionEffect":"OPEN","side":"BUY","tif":"GTC"},)"
              R"({"orderCode":"b9-sl","type":"STOP","instrument":"EURUSD",)"
              R"("positionEffect":"CLOSE","side":"SELL","stopPrice":1.19,"tif":"GTC"},)"
              R"({"orderCode":"b9-tp","type":"LIMIT","instrument":"EURUSD",)"
              R"("positionEffect":"CLOSE","side":"SELL","limitPrice":1.2345,"tif":"GTC"}]})");
}

TEST_F(OrderRequests, PutOneCancelsOtherWithEqualQuantities) {
    core::NewOrderList list;
    list.contingency = Contingency::OneCancelsOther;
    list.order_count = 2;
    list.orders[0] = limit_order();
    list.orders[1] = stop_order("1.19");
    EXPECT_NE(sent(list).body.find(R"({"contingencyType":"OCO","orders":[{"orderCode":"A-1")"),
              std::string::npos);
    list.orders[1].order_qty = decimal("5");
    EXPECT_EQ(refused(list), "orders[1].order_qty: expected the first order's");
}

TEST_F(OrderRequests, RefuseGroupsThatTheVenueWouldTakeOtherwise) {
    const auto with = [](auto change) {
        core::NewOrderList list = bracket();
        change(list);
        return list;
    };
    using List = core::NewOrderList;
    EXPECT_EQ(refused(with([](List& l) { l.order_count = 2; })),
              "orders: expected 3 with Bracket, found 2");
    EXPECT_EQ(refused(with([](List& l) { l.orders[1].side = Side::Buy; })),
              "orders[1].side: expected the other one than the first order's");
    EXPECT_EQ(refused(with([](List& l) { l.orders[2].order_qty = decimal("1"); })),
              "orders[2].order_qty: expected the first order's, since all of it is closed");
    EXPECT_EQ(refused(with([](List& l) {
                  l.orders[2] = l.orders[1];
                  l.orders[2].cl_ord_id = *core::ClOrdID::from("other");
              })),
              "orders[2].ord_type: expected one Stop and one Limit");
    EXPECT_EQ(refused(with([](List& l) { l.orders[0].position_effect = PositionEffect::Close; })),
              "orders[0].position_effect: expected Open");
    EXPECT_EQ(refused(with([](List& l) { l.orders[1].position_effect = PositionEffect::Open; })),
              "orders[1].position_effect: expected Close of what the first order opens");
    EXPECT_EQ(refused(with([](List& l) { l.orders[1].time_in_force = TimeInForce::Day; })),
              "orders[1].time_in_force: expected GoodTillCancel");
    EXPECT_EQ(refused(with([](List& l) { l.orders[1].symbol = *core::Symbol::from("USDJPY"); })),
              "orders[1].symbol: expected the first order's");
    profile.rest.orders.contingencies = {};
    EXPECT_EQ(refused(bracket()),
              "contingency: profile test does not offer Bracket (rest.orders.contingencies)");
}

TEST_F(OrderRequests, HaveNoGroupsOnNetAccounts) {
    is_hedging = false;
    EXPECT_EQ(refused(bracket()),
              "list: profile test does not offer groups on accounts without positions of their own "
              "(rest.orders.positions)");
}

TEST_F(OrderRequests, RestateTheWholeOrderInAReplace) {
    core::Order order = ledger_order(limit_order());
    order.cl_ord_id = *core::ClOrdID::from("A-2");  // of an earlier replace
    order.instructions.fields = *core::NamedFields::from("desk=7\x01note=x\x01");
    core::ReplaceOrder request;
    request.cl_ord_id = *core::ClOrdID::from("A-3");
    request.price = decimal("1.24");
    request.fields = *core::NamedFields::from("note=y\x01");
    const RestRequest put = sent(request, order, std::string_view{});
    EXPECT_EQ(put.method, net::HttpMethod::Put);
    EXPECT_EQ(put.target, "/accounts/default%3AAB-1001/orders");
    EXPECT_EQ(put.body, R"({"orderCode":"A-1","instrument":"EURUSD","quantity":10000,)"
                        R"("positionEffect":"OPEN","side":"SELL","limitPrice":1.24,"tif":"GTC",)"
                        R"("metadata":{"desk":"7","note":"y"}})");
    profile.rest.orders.sends_type_in_put = true;
    EXPECT_NE(sent(request, order, std::string_view{}).body.find(R"("type":"LIMIT")"),
              std::string::npos);
}

TEST_F(OrderRequests, DropTheExpiryOfAnOrderThatNoLongerHasOne) {
    NewOrder placed = limit_order();
    placed.time_in_force = TimeInForce::GoodTillDate;
    placed.expire_time = example_time();
    core::ReplaceOrder request;
    request.time_in_force = TimeInForce::GoodTillCancel;
    const std::string body = sent(request, ledger_order(placed), std::string_view{}).body;
    EXPECT_EQ(body.find("expireDate"), std::string::npos);
    EXPECT_NE(body.find(R"("tif":"GTC")"), std::string::npos);
}

TEST_F(OrderRequests, NamesThePositionOfProtectionOnceItsParentIsFilled) {
    NewOrder placed = stop_order("1.19");
    placed.position_effect = PositionEffect::Close;
    core::ReplaceOrder request;
    request.stop_px = decimal("1.195");
    EXPECT_EQ(refused(request, ledger_order(placed), std::string_view{}),
              "position_code: expected with an order that closes");
    EXPECT_EQ(sent(request, ledger_order(placed), std::string_view{"700420"}).body,
              R"({"orderCode":"A-1","instrument":"EURUSD","positionEffect":"CLOSE",)"
              R"("positionCode":"700420","side":"SELL","stopPrice":1.195,"tif":"GTC"})");
    request.order_qty = decimal("5");
    EXPECT_EQ(refused(request, ledger_order(placed), std::string_view{"700420"}),
              "order_qty: expected none, since the order closes all of its position");
}

TEST_F(OrderRequests, NameNoPositionThatAnOrderOpens) {
    core::ReplaceOrder request;
    request.price = decimal("1.24");
    EXPECT_EQ(sent(request, ledger_order(limit_order()), std::string_view{"700411"})
                  .body.find("positionCode"),
              std::string::npos);
}

TEST_F(OrderRequests, RefuseAReplaceThatTheProfileDoesNotOffer) {
    profile.rest.orders.can_replace = false;
    EXPECT_EQ(refused(core::ReplaceOrder{}, ledger_order(limit_order()), std::string_view{}),
              "replace: profile test does not offer replaces over REST (rest.orders.can_replace)");
}

TEST_F(OrderRequests, RestateTheWholeGroupWhenAMemberChanges) {
    core::NewOrderList list = bracket();
    list.orders[0] = limit_order();
    list.orders[0].side = Side::Buy;
    list.orders[0].cl_ord_id = *core::ClOrdID::from("b9");
    std::vector<core::Order> orders;
    for (const NewOrder& order : list.members()) orders.push_back(ledger_order(order));
    const std::vector<const core::Order*> members{&orders[0], &orders[1], &orders[2]};
    core::ReplaceOrder request;
    request.stop_px = decimal("1.2");
    const auto put = to_rest(request, orders[1], members, Contingency::Bracket, context());
    ASSERT_TRUE(put);
    EXPECT_EQ(put->method, net::HttpMethod::Put);
    EXPECT_NE(put->body.find(R"("orderCode":"b9","type":"LIMIT")"), std::string::npos);
    EXPECT_NE(put->body.find(R"("stopPrice":1.2,)"), std::string::npos);
    EXPECT_NE(put->body.find(R"("orderCode":"b9-tp")"), std::string::npos);
    request = {};
    request.order_qty = decimal("20000");
    const auto larger = to_rest(request, orders[0], members, Contingency::Bracket, context());
    ASSERT_TRUE(larger);
    EXPECT_NE(larger->body.find(R"("quantity":20000)"), std::string::npos);
    EXPECT_FALSE(to_rest(request, orders[1], members, Contingency::Bracket, context()));
}

TEST_F(OrderRequests, CancelByTheOrdersFirstId) {
    core::Order order = ledger_order(limit_order());
    order.first_cl_ord_id = *core::ClOrdID::from("a:1/2");
    const auto request = cancel_to_rest(order, context());
    ASSERT_TRUE(request);
    EXPECT_EQ(request->method, net::HttpMethod::Delete);
    EXPECT_EQ(request->target, "/accounts/default%3AAB-1001/orders/a%3A1%2F2");
    EXPECT_EQ(request->body, "");
}

TEST_F(OrderRequests, CancelByTheVenuesCodeAnOrderThatHasNoId) {
    core::Order order = ledger_order(limit_order());
    order.first_cl_ord_id = {};
    EXPECT_EQ(cancel_to_rest(order, context(), "web:17")->target,
              "/accounts/default%3AAB-1001/orders/web%3A17");
    EXPECT_FALSE(cancel_to_rest(order, context()));
}

TEST_F(OrderRequests, CancelAGroupParentFirst) {
    const core::NewOrderList list = bracket();
    std::vector<core::Order> orders;
    for (const NewOrder& order : list.members()) orders.push_back(ledger_order(order));
    const std::vector<const core::Order*> members{&orders[0], &orders[1], &orders[2]};
    EXPECT_EQ(cancel_group_to_rest(members, Contingency::Bracket, context())->target,
              "/accounts/default%3AAB-1001/orders/group?order-codes=b9,b9-sl,b9-tp"
              "&contingency-type=IF-THEN");
    EXPECT_FALSE(cancel_group_to_rest({}, Contingency::Bracket, context()));
}

TEST_F(OrderRequests, CloseAllWhereTheProfileHasIt) {
    EXPECT_EQ(refused(CloseAll{}),
              "close: profile test does not offer it (rest.orders.can_close_all)");
    profile.rest.orders.can_close_all = true;
    EXPECT_EQ(sent(CloseAll{}).target, "/accounts/default%3AAB-1001/close");
    EXPECT_EQ(sent(CloseAll{"GOLD", true, false, "kill switch"}).body,
              R"({"instrument":"XAUUSD","closePositions":true,"cancelOrders":false,)"
              R"("comment":"kill switch"})");
}

TEST_F(OrderRequests, CloseAPositionOnTheOtherSide) {
    EXPECT_EQ(sent(ClosePosition{"C-1", "EURUSD", "700411", Side::Buy, {}}).body,
              R"({"orderCode":"C-1","type":"MARKET","instrument":"EURUSD",)"
              R"("positionEffect":"CLOSE","positionCode":"700411","side":"SELL","tif":"GTC"})");
    EXPECT_FALSE(to_rest(ClosePosition{"C-1", "EURUSD", "", Side::Buy, {}}, context()));
    EXPECT_FALSE(to_rest(ClosePosition{"C-1", "EURUSD", "1", {}, {}}, context()));
    is_hedging = false;
    EXPECT_FALSE(to_rest(ClosePosition{"C-1", "EURUSD", "", Side::Sell, {}}, context()));
    EXPECT_EQ(sent(ClosePosition{"C-1", "EURUSD", "", Side::Sell, decimal("2")}).body,
              R"({"orderCode":"C-1","type":"MARKET","instrument":"EURUSD","quantity":2,)"
              R"("side":"BUY","tif":"GTC"})");
}

TEST(PositionModels, GoByTheProfileThenByTheAccountThenByPositions) {
    EXPECT_TRUE(is_position_based(PositionModel::PositionBased, false));
    EXPECT_FALSE(is_position_based(PositionModel::Net, true));
    EXPECT_FALSE(is_position_based(PositionModel::AsReported, false));
    EXPECT_TRUE(is_position_based(PositionModel::AsReported, std::nullopt));
}

}  // namespace
}  // namespace broker::dxtrade::rest
