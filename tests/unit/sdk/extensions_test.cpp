// The wrappers of the extensions against an adapter that answers every call, and what builds their
// records.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "broker/sdk/adapter_handle.hpp"
#include "broker/sdk/fields.hpp"
#include "unit/sdk/recording_reader.hpp"

namespace broker::sdk {
namespace {

using test::RecordingReader;
using ::testing::ElementsAre;

class Extensions : public ::testing::Test {
protected:
    Extensions() { EXPECT_TRUE(adapter_.start().is_ok()); }

    // What the adapter has sent since the last call.
    std::vector<std::string> events() { return std::exchange(sink_.lines, {}); }

    static broker_new_order_t limit_order(std::string_view id, std::string_view price) {
        broker_new_order_t order{};
        order.side = BROKER_SIDE_BUY;
        order.ord_type = BROKER_ORD_TYPE_LIMIT;
        order.time_in_force = BROKER_TIME_IN_FORCE_DAY;
        order.account = borrow("ACC-1");
        order.cl_ord_id = borrow(id);
        order.symbol = borrow("EURUSD");
        order.order_qty = {1'000, 0, 1};
        order.price = decimal_from_text(price).value();
        return order;
    }

    RecordingReader sink_;
    AdapterHandle adapter_{PluginLibrary::load(ANSWERING_ADAPTER), sink_, {}};
};

TEST_F(Extensions, AskAboutOrders) {
    events();
    broker_query_t question = query("ACC-1", 5);
    EXPECT_TRUE(adapter_.mass_status()->request(question).is_ok());
    EXPECT_THAT(events(), ElementsAre("report ACC-1 OTHER-1", "done ACC-1 5"));
    question.cl_ord_id = borrow("A-1");
    EXPECT_TRUE(adapter_.mass_status()->request_order(question).is_ok());
    EXPECT_THAT(events(), ElementsAre("report ACC-1 A-1", "done ACC-1 5"));
}

TEST_F(Extensions, AskAboutPositionsTradesAndReferenceData) {
    events();
    EXPECT_TRUE(adapter_.positions()->request(query("ACC-1", 1)).is_ok());
    EXPECT_TRUE(adapter_.positions()->request_from_fills(query("ACC-1", 2)).is_ok());
    EXPECT_TRUE(adapter_.trades()->request(query("ACC-1", 3)).is_ok());
    EXPECT_TRUE(adapter_.reference_data()->request_instruments(query("ACC-1", 4)).is_ok());
    EXPECT_TRUE(
        adapter_.reference_data()->request_trading_session_status(query("ACC-1", 5)).is_ok());
    EXPECT_THAT(events(), ElementsAre("position ACC-1 EURUSD", "done ACC-1 1",
                                      "position ACC-1 EURUSD", "done ACC-1 2", "trade ACC-1 T-1",
                                      "done ACC-1 3", "instrument ACC-1 EURUSD", "done ACC-1 4",
                                      "trading-session ACC-1 Open", "done ACC-1 5"));
}

TEST_F(Extensions, AskAboutThePast) {
    events();
    EXPECT_TRUE(adapter_.history()->request_orders(query("ACC-1", 1)).is_ok());
    EXPECT_TRUE(adapter_.history()->request_cash_transfers(query("ACC-1", 2)).is_ok());
    EXPECT_TRUE(adapter_.history()->request_account_events(query("ACC-1", 3)).is_ok());
    broker_query_t question = query("ACC-1", 4);
    question.candle_type = borrow("5m");
    EXPECT_TRUE(adapter_.history()->request_candles(question).is_ok());
    EXPECT_THAT(events(),
                ElementsAre("report ACC-1 OLD-1", "done ACC-1 1", "cash-transfer ACC-1 C-1",
                            "done ACC-1 2", "account-event ACC-1 MARGIN_CALL", "done ACC-1 3",
                            "candle ACC-1 5m", "done ACC-1 4"));
}

TEST_F(Extensions, AskForConversionRates) {
    events();
    broker_query_t question = query("ACC-1", 1);
    question.currency = borrow("JPY");
    EXPECT_TRUE(adapter_.conversion()->request_rates(question).is_ok());
    EXPECT_THAT(events(), ElementsAre("rate ACC-1 JPY", "done ACC-1 1"));
}

TEST_F(Extensions, StopAnAccountAndReadWhatGuardsIt) {
    broker_risk_status_t status{};
    EXPECT_TRUE(adapter_.risk()->set_kill_switch("ACC-1", true).is_ok());
    ASSERT_TRUE(adapter_.risk()->read("ACC-1", status).is_ok());
    EXPECT_EQ(status.struct_size, sizeof(status));
    EXPECT_EQ(status.is_kill_switch_on, 1);
    EXPECT_EQ(status.open_positions, 2);
    EXPECT_TRUE(adapter_.risk()->set_kill_switch("ACC-1", true, true).is_ok());
    ASSERT_TRUE(adapter_.risk()->read("ACC-1", status).is_ok());
    EXPECT_EQ(status.open_positions, 0);
    EXPECT_TRUE(adapter_.risk()->flatten("ACC-1").is_ok());
    EXPECT_EQ(adapter_.risk()->reset_guard("ACC-1").code, BROKER_NOT_SUPPORTED);
}

TEST_F(Extensions, HoldAnAccountByTheOperatorsWord) {
    events();
    broker_operator_status_t status{};
    const sdk::Operator& desk = *adapter_.operator_desk();
    EXPECT_TRUE(desk.pause("ACC-1", 1, "ann: maintenance").is_ok());
    EXPECT_TRUE(desk.drain("ACC-1", 2, "ann: maintenance").is_ok());
    EXPECT_THAT(events(), ElementsAre("done ACC-1 1", "done ACC-1 2"));
    ASSERT_TRUE(desk.read("ACC-1", status).is_ok());
    EXPECT_EQ(status.struct_size, sizeof(status));
    EXPECT_EQ(status.is_paused, 1);
    EXPECT_EQ(status.is_draining, 1);
    EXPECT_TRUE(desk.resume("ACC-1", 3, "ann: done").is_ok());
    ASSERT_TRUE(desk.read("ACC-1", status).is_ok());
    EXPECT_EQ(status.is_paused, 0);
    EXPECT_EQ(status.is_draining, 0);
    EXPECT_EQ(desk.reconnect("ACC-1", 4, "ann: line").code, BROKER_NOT_SUPPORTED);
}

TEST_F(Extensions, OperatorSetsSequenceNumbers) {
    constexpr auto kChannel = BROKER_CHANNEL_FIX_TRADING;
    const sdk::Operator& desk = *adapter_.operator_desk();
    broker_sequence_numbers_t numbers{};
    EXPECT_TRUE(desk.set_sequence_numbers("ACC-1", kChannel, 42, 0, 1, "ann: agreed").is_ok());
    ASSERT_TRUE(desk.read_sequence_numbers("ACC-1", kChannel, numbers).is_ok());
    EXPECT_EQ(numbers.next_sender_msg_seq_num, 42U);
    EXPECT_EQ(numbers.next_target_msg_seq_num, 7U);
    EXPECT_TRUE(desk.reset_sequence_numbers("ACC-1", kChannel, 2, "ann: agreed").is_ok());
    ASSERT_TRUE(desk.read_sequence_numbers("ACC-1", kChannel, numbers).is_ok());
    EXPECT_EQ(numbers.next_sender_msg_seq_num, 1U);
    EXPECT_EQ(desk.fail_over("ACC-1", kChannel, "b:1", 3, "ann: line").code, BROKER_NOT_SUPPORTED);
}

TEST_F(Extensions, OperatorLoadsTheConfigurationAnew) {
    broker_reload_result_t result{};
    EXPECT_TRUE(adapter_.operator_desk()->reload("new.yaml", "ann: limits", result).is_ok());
    EXPECT_EQ(result.struct_size, sizeof(result));
    EXPECT_EQ(result.is_applied, 1);
    EXPECT_EQ(result.added, 3U);
}

TEST_F(Extensions, SayWhatTheAdapterDoesNotSupport) {
    broker_query_t question = query("ACC-1", 1);
    question.symbol = borrow("NONE");
    for (const Status& status :
         {adapter_.mass_status()->request(question), adapter_.positions()->request(question),
          adapter_.trades()->request(question),
          adapter_.reference_data()->request_instruments(question),
          adapter_.history()->request_orders(question),
          adapter_.history()->request_candles(question),
          adapter_.conversion()->request_rates(question),
          adapter_.market_data()->subscribe(quotes_of("ACC-1", 1, "NONE"))}) {
        EXPECT_EQ(status.code, BROKER_NOT_SUPPORTED);
        EXPECT_EQ(status.text, "the venue does not have it");
    }
}

TEST_F(Extensions, SubscribeAndUnsubscribe) {
    events();
    EXPECT_TRUE(adapter_.market_data()->subscribe(quotes_of("ACC-1", 9, "EURUSD")).is_ok());
    EXPECT_TRUE(adapter_.market_data()->unsubscribe("ACC-1", 9).is_ok());
    EXPECT_THAT(events(), ElementsAre("status ACC-1 Live", "quote ACC-1 9 1.10000 snapshot",
                                      "status ACC-1 Ended"));
}

TEST_F(Extensions, MakeClOrdIDs) {
    std::string id = "kept";
    EXPECT_TRUE(adapter_.cl_ord_ids()->generate("ACC-1", id).is_ok());
    EXPECT_EQ(id, "GEN-1");
}

TEST_F(Extensions, SubmitAListWithItsMembersInPlace) {
    events();
    const OrderList pair = oco("L-1", limit_order("A", "1.1"), limit_order("B", "1.2"));
    EXPECT_TRUE(adapter_.order_lists()->submit(pair).is_ok());
    EXPECT_THAT(events(), ElementsAre("list ACC-1 L-1", "report ACC-1 A", "report ACC-1 B"));
    const OrderList three = bracket("L-2", limit_order("E", "1.1"),
                                    {.stop_loss_id = "S",
                                     .take_profit_id = "T",
                                     .stop_px = {1, 0, 1},
                                     .take_profit_px = {2, 0, 1}});
    EXPECT_TRUE(adapter_.order_lists()->submit(three).is_ok());
    EXPECT_THAT(events(), ElementsAre("list ACC-1 L-2", "report ACC-1 E", "report ACC-1 S",
                                      "report ACC-1 T"));
}

TEST_F(Extensions, CancelAList) {
    events();
    broker_cancel_order_list_t request{};
    request.account = borrow("ACC-1");
    request.list_id = borrow("L-1");
    EXPECT_TRUE(adapter_.order_lists()->cancel(request).is_ok());
    EXPECT_THAT(events(), ElementsAre("list ACC-1 L-1"));
}

TEST_F(Extensions, BracketAnEntryWithExitsOnTheOtherSide) {
    broker_new_order_t entry = limit_order("E", "1.10");
    entry.position_effect = BROKER_POSITION_EFFECT_OPEN;
    const OrderList list = bracket("L", entry,
                                   {.stop_loss_id = "S",
                                    .take_profit_id = "T",
                                    .stop_px = decimal_from_text("1.05").value(),
                                    .take_profit_px = decimal_from_text("1.20").value()});
    EXPECT_EQ(list.contingency, BROKER_CONTINGENCY_BRACKET);
    EXPECT_EQ(list.order_count, 3U);
    EXPECT_EQ(view(list.orders[0].cl_ord_id), "E");
    const broker_new_order_t& stop_loss = list.orders[1];
    EXPECT_EQ(view(stop_loss.cl_ord_id), "S");
    EXPECT_EQ(stop_loss.ord_type, BROKER_ORD_TYPE_STOP);
    EXPECT_EQ(decimal_text(stop_loss.stop_px), "1.05");
    EXPECT_EQ(stop_loss.price.is_present, 0);
    const broker_new_order_t& take_profit = list.orders[2];
    EXPECT_EQ(view(take_profit.cl_ord_id), "T");
    EXPECT_EQ(take_profit.ord_type, BROKER_ORD_TYPE_LIMIT);
    EXPECT_EQ(decimal_text(take_profit.price), "1.20");
    for (const broker_new_order_t& exit : {stop_loss, take_profit}) {
        EXPECT_EQ(exit.side, BROKER_SIDE_SELL);
        EXPECT_EQ(exit.time_in_force, BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL);
        EXPECT_EQ(exit.position_effect, BROKER_POSITION_EFFECT_CLOSE);
        EXPECT_EQ(decimal_text(exit.order_qty), "1000");
        EXPECT_EQ(view(exit.symbol), "EURUSD");
        EXPECT_EQ(view(exit.account), "ACC-1");
    }
}

TEST_F(Extensions, LeaveAShortSaleByBuying) {
    broker_new_order_t entry = limit_order("E", "1.10");
    entry.side = BROKER_SIDE_SELL_SHORT;
    EXPECT_EQ(exit_of(entry, "X").side, BROKER_SIDE_BUY);
    EXPECT_EQ(exit_of(entry, "X").position_effect, BROKER_POSITION_EFFECT_UNSPECIFIED);
}

TEST_F(Extensions, LinkTwoOrdersOfWhichOneTriggersTheOther) {
    const OrderList list = oto("L", limit_order("A", "1.1"), limit_order("B", "1.2"));
    EXPECT_EQ(list.contingency, BROKER_CONTINGENCY_ONE_TRIGGERS_OTHER);
    EXPECT_EQ(list.order_count, 2U);
    EXPECT_EQ(view(list.orders[0].cl_ord_id), "A");
}

TEST(MissingExtensions, AreNull) {
    RecordingReader sink;
    const AdapterHandle adapter{PluginLibrary::load(FLOODING_ADAPTER), sink, {}};
    EXPECT_EQ(adapter.order_lists(), nullptr);
    EXPECT_EQ(adapter.cl_ord_ids(), nullptr);
    EXPECT_EQ(adapter.mass_status(), nullptr);
    EXPECT_EQ(adapter.positions(), nullptr);
    EXPECT_EQ(adapter.trades(), nullptr);
    EXPECT_EQ(adapter.reference_data(), nullptr);
    EXPECT_EQ(adapter.history(), nullptr);
    EXPECT_EQ(adapter.conversion(), nullptr);
    EXPECT_EQ(adapter.market_data(), nullptr);
    EXPECT_EQ(adapter.risk(), nullptr);
    EXPECT_EQ(adapter.operator_desk(), nullptr);
}

}  // namespace
}  // namespace broker::sdk
