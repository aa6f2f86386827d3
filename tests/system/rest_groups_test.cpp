// Groups over REST through the built plugin: IF-THEN and OCO, their exits, and what a change of one
// member does to the others; orders that are attached to a position.
#include "broker/sdk/order_lists.hpp"
#include "system/order_fixture.hpp"
#include "system/rest_fixture.hpp"

namespace broker::test {
namespace {

using simulator::RestEndpoint;

// Polling, and with push.
class GroupsOverRest : public RestFixture, public testing::WithParamInterface<bool> {
protected:
    void start() {
        be_impatient();
        RestFixture::start(Rest::Trades, GetParam());
    }
    void place(const sdk::OrderList& list) {
        const sdk::Status status = rig_.adapter().order_lists()->submit(list);
        ASSERT_TRUE(status.is_ok()) << status.describe();
        for (std::size_t i = 0; i < list.order_count; ++i)
            ASSERT_TRUE(wait_working(std::string{sdk::view(list.orders[i].cl_ord_id)}));
    }
    [[nodiscard]] bool wait_working(const std::string& id) {
        const bool works = wait_status(id, BROKER_ORD_STATUS_NEW);
        if (!works) ADD_FAILURE() << id << " does not work\n" << rig_.log();
        return works;
    }
    // Accepted.
    void replace(const std::string& id, const std::string& orig, const std::string& price) {
        ASSERT_TRUE(rig_.replace("ACC-1", id, orig, "", price).is_ok());
        ASSERT_TRUE(wait_settled(id)) << rig_.log();
        EXPECT_FALSE(is_told_rejected(id)) << rig_.log();
    }
    void cancel_group() {
        broker_cancel_order_list_t request{};
        request.account = sdk::borrow("ACC-1");
        request.list_id = sdk::borrow("G");
        request.cl_ord_id_prefix = sdk::borrow("X-");
        const sdk::Status status = rig_.adapter().order_lists()->cancel(request);
        ASSERT_TRUE(status.is_ok()) << status.describe();
    }
    void expect_ends(const std::string& id, broker_ord_status_t status) {
        EXPECT_TRUE(events().wait_for([&](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_EXECUTION_REPORT && event.ord_status == status &&
                   (event.cl_ord_id == id || event.orig_cl_ord_id == id);
        })) << id
            << "\n"
            << rig_.log();
    }
    void quote(std::string_view bid, std::string_view ask) {
        ASSERT_TRUE(
            venue().set_quote("EURUSD", *core::Decimal::parse(bid), *core::Decimal::parse(ask)));
    }
    [[nodiscard]] simulator::Order order_at_venue(const std::string& id) {
        for (const simulator::Order& order : venue().orders()) {
            if (order.cl_ord_id == id) return order;
        }
        ADD_FAILURE() << id << " is not at the venue";
        return {};
    }
    static broker_new_order_t entry(std::string_view id, std::string_view price) {
        broker_new_order_t order = limit_order(id, price);
        order.position_effect = BROKER_POSITION_EFFECT_OPEN;
        return order;
    }
    // Bought at 1.05, out of it at 1.02 or 1.08.
    static sdk::OrderList bracket() {
        sdk::Exits exits{.stop_loss_id = "SL", .take_profit_id = "TP"};
        exits.stop_px = decimal("1.02");
        exits.take_profit_px = decimal("1.08");
        return sdk::bracket("G", entry("E", "1.05"), exits);
    }
    static sdk::OrderList oco() {
        broker_new_order_t above = stop_order("B", "1.2");
        above.position_effect = BROKER_POSITION_EFFECT_OPEN;
        return sdk::oco("G", entry("A", "1.05"), above);
    }
};

INSTANTIATE_TEST_SUITE_P(Account, GroupsOverRest, testing::Bool(), [](const auto& each) {
    return std::string{each.param ? "WithPush" : "Polling"};
});

TEST_P(GroupsOverRest, FillOfTheEntryMakesTheExitsLiveAndOneOfThemCancelsTheOther) {
    start();
    place(bracket());
    EXPECT_EQ(venue().rest_counters().of(RestEndpoint::PlaceOrder), 1U);
    quote("1.09", "1.0901");  // beyond the take profit: nothing is there to be left yet
    quote("1.04", "1.0401");
    ASSERT_TRUE(wait_status("E", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    EXPECT_EQ(events().count(fill_of("TP")), 0U);
    quote("1.09", "1.0901");
    ASSERT_TRUE(wait_status("TP", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    expect_ends("SL", BROKER_ORD_STATUS_CANCELED);
    for (const char* id : {"E", "TP", "SL"}) expect_same_at_both({id});
    EXPECT_TRUE(venue().positions("ACC1").empty());
    expect_positions_are_the_fills();
}

TEST_P(GroupsOverRest, StopLossCancelsTheTakeProfit) {
    start();
    place(bracket());
    quote("1.04", "1.0401");
    ASSERT_TRUE(wait_status("E", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    quote("1.01", "1.0101");
    ASSERT_TRUE(wait_status("SL", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    expect_ends("TP", BROKER_ORD_STATUS_CANCELED);
    for (const char* id : {"E", "TP", "SL"}) expect_same_at_both({id});
}

TEST_P(GroupsOverRest, FillOfOneOfAPairCancelsTheOther) {
    start();
    place(oco());
    quote("1.2", "1.2001");
    ASSERT_TRUE(wait_status("B", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    expect_ends("A", BROKER_ORD_STATUS_CANCELED);
    for (const char* id : {"A", "B"}) expect_same_at_both({id});
    expect_positions_are_the_fills();
}

// A PUT of one member alone would take the group apart.
TEST_P(GroupsOverRest, ReplaceOfTheEntryKeepsItsExits) {
    start();
    place(bracket());
    replace("E-2", "E", "1.06");
    EXPECT_EQ(order_at_venue("E").terms.price, core::Decimal::parse("1.06").value());
    for (const char* id : {"SL", "TP"}) EXPECT_TRUE(order_at_venue(id).is_working()) << id;
    quote("1.0598", "1.0599");
    expect_ends("E-2", BROKER_ORD_STATUS_FILLED);
    quote("1.09", "1.0901");
    ASSERT_TRUE(wait_status("TP", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    expect_ends("SL", BROKER_ORD_STATUS_CANCELED);
    expect_same_at_both({"E", "E-2"});
}

TEST_P(GroupsOverRest, ReplaceOfOneOfAPairKeepsTheOther) {
    start();
    place(oco());
    replace("A-2", "A", "1.06");
    EXPECT_TRUE(order_at_venue("B").is_working());
    quote("1.2", "1.2001");
    ASSERT_TRUE(wait_status("B", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    expect_ends("A-2", BROKER_ORD_STATUS_CANCELED);
}

TEST_P(GroupsOverRest, CancelOfTheGroupIsOneRequestAndEndsAllOfIt) {
    start();
    place(bracket());
    cancel_group();
    for (const char* id : {"E", "SL", "TP"}) expect_ends(id, BROKER_ORD_STATUS_CANCELED);
    for (const simulator::Order& order : venue().orders()) EXPECT_FALSE(order.is_working());
    EXPECT_GE(venue().rest_counters().of(RestEndpoint::CancelGroup), 1U);
    EXPECT_EQ(venue().rest_counters().of(RestEndpoint::CancelOrder), 0U);
}

TEST_P(GroupsOverRest, CancelOfTheGroupAfterItsEntryEndsTheExits) {
    start();
    place(bracket());
    quote("1.04", "1.0401");
    ASSERT_TRUE(wait_status("E", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    cancel_group();
    for (const char* id : {"SL", "TP"}) expect_ends(id, BROKER_ORD_STATUS_CANCELED);
    expect_same_at_both({"E"});
    expect_positions_are_the_fills();
}

TEST_P(GroupsOverRest, CancelOfAnUnfilledEntryEndsItsExits) {
    start();
    place(bracket());
    ASSERT_TRUE(rig_.cancel("ACC-1", "X-1", "E").is_ok());
    for (const char* id : {"E", "SL", "TP"}) expect_ends(id, BROKER_ORD_STATUS_CANCELED);
    for (const simulator::Order& order : venue().orders()) EXPECT_FALSE(order.is_working());
}

TEST_P(GroupsOverRest, AnswerThatIsLostNeitherLosesNorDoublesAGroup) {
    start();
    venue().add_rest_fault(
        {.fault = simulator::RestFault::LoseAnswer, .endpoint = RestEndpoint::PlaceOrder});
    place(bracket());
    EXPECT_EQ(venue().orders().size(), 3U);
    quote("1.04", "1.0401");
    ASSERT_TRUE(wait_status("E", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    quote("1.09", "1.0901");
    ASSERT_TRUE(wait_status("TP", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    for (const char* id : {"E", "TP", "SL"}) expect_same_at_both({id});
}

// Stop loss and take profit of a position that is there.
TEST_P(GroupsOverRest, AttachedOrdersCloseTheirPositionAndEndWithIt) {
    start();
    submit("M-1");
    ASSERT_TRUE(wait_status("M-1", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    const auto is_position = [](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_POSITION && event.net_qty == "1000";
    };
    ASSERT_TRUE(events().wait_for(is_position)) << rig_.log();
    const std::string code = events().find(is_position).front().position_code;
    ASSERT_FALSE(code.empty());
    broker_new_order_t stop_loss = stop_order("SL", "1.02");
    broker_new_order_t take_profit = limit_order("TP", "1.2");
    for (broker_new_order_t* each : {&stop_loss, &take_profit}) {
        each->side = BROKER_SIDE_SELL;
        each->position_effect = BROKER_POSITION_EFFECT_CLOSE;
        each->position_code = sdk::borrow(code);
        const sdk::Status status = rig_.adapter().order_entry()->submit(*each);
        ASSERT_TRUE(status.is_ok()) << status.describe();
        ASSERT_TRUE(wait_working(std::string{sdk::view(each->cl_ord_id)}));
    }
    quote("1.25", "1.2501");
    ASSERT_TRUE(wait_status("TP", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    expect_ends("SL", BROKER_ORD_STATUS_CANCELED);
    for (const char* id : {"M-1", "TP", "SL"}) expect_same_at_both({id});
    expect_positions_are_the_fills();
}

}  // namespace
}  // namespace broker::test
