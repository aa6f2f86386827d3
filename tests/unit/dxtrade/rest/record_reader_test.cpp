// Every payload of tests/payloads as its records.
#include "dxtrade/rest/record_reader.hpp"

#include <filesystem>

#include "dxtrade/json/json_reader.hpp"

#include "dxtrade/rest/record_fields.hpp"
#include "unit/dxtrade/rest/rest_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Reason;
using test::payload;

TEST(RecordReader, ReadsAnOrderWithAllThatIsInIt) {
    const auto orders = orders_of("orders_filled.json");
    ASSERT_EQ(orders.size(), 1U);
    const RestOrder& order = orders.front();
    EXPECT_EQ(order.account, "default:AB-1001");
    EXPECT_EQ(order.version, 5120U);
    EXPECT_EQ(order.order_id, "700411");
    EXPECT_EQ(order.order_code, "sess9:ea7-000123");
    EXPECT_EQ(order.client_order_id, "ea7-000123");
    EXPECT_EQ(order.type, core::OrdType::Market);
    EXPECT_EQ(order.status, RestOrderStatus::Completed);
    EXPECT_EQ(order.is_final, true);
    EXPECT_EQ(order.tif, core::TimeInForce::GoodTillCancel);
    EXPECT_EQ(order.transaction_time, example_time() + std::chrono::milliseconds{190});
    ASSERT_EQ(order.legs.size(), 1U);
    EXPECT_EQ(order.legs[0].position_effect, core::PositionEffect::Open);
    EXPECT_EQ(order.legs[0].quantity, decimal("20000"));
    EXPECT_EQ(order.legs[0].average_price, decimal("1.20011"));
    ASSERT_EQ(order.executions.size(), 2U);
    EXPECT_EQ(order.executions[1].execution_code, "ex2");
    EXPECT_EQ(order.executions[1].last_quantity, decimal("20000"));
    ASSERT_EQ(order.cash_transactions.size(), 1U);
    EXPECT_EQ(order.cash_transactions[0].value, decimal("-0.7"));
}

TEST(RecordReader, ReadsEveryVariantOfTheSameOrderAlike) {
    const RestOrder plain = orders_of("orders_filled.json").at(0);
    const RestOrder variant = orders_of("orders_filled_variants.json").at(0);
    EXPECT_EQ(variant.account, plain.account);
    EXPECT_EQ(variant.version, plain.version);
    EXPECT_EQ(variant.order_id, plain.order_id);
    EXPECT_EQ(variant.is_final, plain.is_final);
    EXPECT_EQ(variant.side, plain.side);
    EXPECT_EQ(variant.instrument, plain.instrument);
    EXPECT_EQ(variant.transaction_time, plain.transaction_time);
    EXPECT_EQ(variant.legs[0].position_code, plain.legs[0].position_code);
    EXPECT_EQ(variant.legs[0].quantity, plain.legs[0].quantity);
    EXPECT_EQ(variant.executions[0].remaining_quantity, plain.executions[0].remaining_quantity);
    EXPECT_EQ(variant.executions[1].last_price, plain.executions[1].last_price);
    EXPECT_EQ(variant.cash_transactions[0].value, plain.cash_transactions[0].value);
}

TEST(RecordReader, LeavesOutTheQuantityOfProtectionThatHasNone) {
    const auto orders = orders_of("orders_open_group.json");
    ASSERT_EQ(orders.size(), 3U);
    EXPECT_EQ(orders[1].legs.at(0).position_effect, core::PositionEffect::Close);
    EXPECT_FALSE(orders[1].legs.at(0).quantity);
    EXPECT_FALSE(orders[1].legs.at(0).filled_quantity);
    EXPECT_EQ(orders[0].links.size(), 2U);
    EXPECT_EQ(orders[1].links.at(0).linked_client_order_id, "b9");
}

TEST(RecordReader, ReadsMetadataAsNamedFieldsAndTheNextPage) {
    ReadFaults faults;
    const auto page = orders_from_json(payload("orders_history.json"), faults);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->orders.at(0).metadata, "desk=7\x01note=a b\x01");
    EXPECT_EQ(page->next_page_transaction_time, "2031-04-05T06:59:59.500Z");
    EXPECT_TRUE(page->has_all_orders);
}

TEST(RecordReader, BoundsWhatOneMessageCanMakeOfIt) {
    std::string many = R"({"orders":[{"orderId":1,"links":[{})";
    for (std::size_t i = 0; i < ObjectReader::kMaxElements; ++i) many += ",{}";
    ReadFaults faults;
    const auto page = orders_from_json(many + "]}]}", faults);
    ASSERT_TRUE(page);
    EXPECT_EQ(page->orders.at(0).links.size(), ObjectReader::kMaxElements);
    ASSERT_EQ(faults.kept().size(), 1U);
    EXPECT_EQ(faults.kept()[0].text, "orders[0].links: more elements than can be taken");
    std::string metadata = R"({"orders":[{"orderId":1,"metadata":{"k":"v")";
    for (int i = 0; i < 100; ++i) metadata += ",\"k" + std::to_string(i) + "\":\"v\"";
    ReadFaults more;
    const auto order = orders_from_json(metadata + "}}]}", more);
    ASSERT_TRUE(order);
    ASSERT_EQ(more.kept().size(), 1U);
    EXPECT_EQ(more.kept()[0].text, "orders[0].metadata: more pairs than 64");
}

TEST(RecordReader, ReadsTheRestOfAnOrderWithFaults) {
    ReadFaults faults;
    const auto page = orders_from_json(payload("orders_faulty.json"), faults);
    ASSERT_TRUE(page);
    ASSERT_EQ(page->orders.size(), 2U);
    EXPECT_FALSE(page->has_all_orders);
    const RestOrder& first = page->orders[0];
    EXPECT_EQ(first.raw_type, "ICEBERG");
    EXPECT_EQ(first.type, core::OrdType::Unspecified);
    EXPECT_EQ(first.raw_status, "SUSPENDED");
    EXPECT_FALSE(first.legs.at(0).quantity);
    EXPECT_FALSE(first.legs.at(0).filled_quantity);
    EXPECT_EQ(first.legs.at(0).remaining_quantity, decimal("1000"));
    EXPECT_TRUE(first.faults.contains(core::ReportFault::UnknownValue));
    EXPECT_TRUE(first.faults.contains(core::ReportFault::UnreadableField));
    EXPECT_TRUE(first.faults.contains(core::ReportFault::NegativeValue));
    const RestOrder& second = page->orders[1];
    EXPECT_FALSE(second.is_final);
    EXPECT_FALSE(second.executions.at(0).last_price);
    EXPECT_TRUE(second.executions.at(0).faults.contains(core::ReportFault::UnreadableField));
}

TEST(RecordReader, NamesEachFaultWithItsPath) {
    ReadFaults faults;
    ASSERT_TRUE(orders_from_json(payload("orders_faulty.json"), faults));
    std::vector<std::string> texts;
    for (const auto& fault : faults.kept()) texts.push_back(fault.text);
    EXPECT_EQ(texts, (std::vector<std::string>{
                         R"(orders[0].type: unknown value "ICEBERG")",
                         R"(orders[0].status: unknown value "SUSPENDED")",
                         R"(orders[0].legs[0].quantity: expected a number, found "abc")",
                         "orders[0].legs[0].filledQuantity: negative: -5",
                         "orders[1]: expected an object, found 17",
                         R"(orders[2].finalStatus: expected true or false, found "perhaps")",
                         R"(orders[2].issueTime: expected a time, found "yesterday")",
                         "orders[2].executions[0].lastPrice: expected a number, found an object"}));
}

TEST(RecordReader, FailsWhereTheAnswerIsNotTheOneAskedFor) {
    ReadFaults faults;
    for (const char* text :
         {"", "{}", "[]", "null", R"({"orders":{}})", R"({"positions":[]})", "<html></html>"}) {
        const auto page = orders_from_json(text, faults);
        ASSERT_FALSE(page) << text;
        EXPECT_EQ(page.error().reason, Reason::HttpResponseMalformed);
    }
    EXPECT_TRUE(orders_from_json(payload("orders_empty.json"), faults)->orders.empty());
    EXPECT_TRUE(faults.empty());
}

TEST(RecordReader, ReadsAWholePortfolio) {
    ReadFaults faults;
    const auto portfolios = portfolios_from_json(payload("portfolio.json"), faults);
    ASSERT_TRUE(portfolios);
    ASSERT_EQ(portfolios->size(), 1U);
    const Portfolio& portfolio = portfolios->front();
    EXPECT_EQ(portfolio.version, 5121U);
    EXPECT_TRUE(portfolio.has_all_orders);
    EXPECT_TRUE(portfolio.has_all_positions);
    EXPECT_EQ(portfolio.balances.at(0).value, decimal("10000"));
    ASSERT_EQ(portfolio.positions.size(), 2U);
    EXPECT_EQ(portfolio.positions[0].stop_loss_price, decimal("1.199"));
    EXPECT_FALSE(portfolio.positions[0].take_profit_price);
    EXPECT_TRUE(faults.empty());
}

TEST(RecordReader, DrawsNothingFromAbsenceWhereAListIsMissingOrUnreadable) {
    ReadFaults faults;
    const auto portfolios = portfolios_from_json(payload("portfolio_incomplete.json"), faults);
    ASSERT_TRUE(portfolios);
    EXPECT_FALSE(portfolios->at(0).has_all_orders);
    EXPECT_FALSE(portfolios->at(0).has_all_positions);
    EXPECT_EQ(faults.count(), 1U);
}

TEST(RecordReader, ReadsMetricsInEverySpelling) {
    ReadFaults faults;
    const auto plain = metrics_from_json(payload("metrics.json"), faults);
    const auto variant = metrics_from_json(payload("metrics_variants.json"), faults);
    ASSERT_TRUE(plain);
    ASSERT_TRUE(variant);
    for (const AccountMetrics& metrics : {plain->at(0), variant->at(0)}) {
        EXPECT_EQ(metrics.account, "default:AB-1001");
        EXPECT_EQ(metrics.version, 5121U);
        EXPECT_EQ(metrics.equity, decimal("10042.5"));
        EXPECT_EQ(metrics.balance, decimal("10000"));
        EXPECT_EQ(metrics.margin, decimal("240"));
        EXPECT_EQ(metrics.open_pl, decimal("42.5"));
        EXPECT_EQ(metrics.total_pl, decimal("42.5"));
        EXPECT_EQ(metrics.open_positions_count, 1U);
        EXPECT_EQ(metrics.open_orders_count, 2U);
    }
    EXPECT_EQ(plain->at(0).positions.at(0).open_pl, decimal("42.5"));
    EXPECT_FALSE(variant->at(0).credit);
    EXPECT_TRUE(faults.empty());
}

TEST(RecordReader, ReadsMetricsByTheNamesOfXt) {
    ReadFaults faults;
    const auto metrics = metrics_from_json(payload("metrics_xt.json"), faults);
    ASSERT_TRUE(metrics);
    EXPECT_EQ(metrics->at(0).margin, decimal("20"));
    EXPECT_EQ(metrics->at(0).maintenance_margin, decimal("12"));
    EXPECT_EQ(metrics->at(0).positions.at(0).open_price, decimal("61010"));
    EXPECT_EQ(metrics->at(0).positions.at(0).current_price, decimal("61000.5"));
    EXPECT_EQ(metrics->at(0).positions.at(0).open_pl, decimal("4.75"));
}

TEST(RecordReader, NeverMakesZeroOfAMissingOrUnreadableFigure) {
    ReadFaults faults;
    const auto metrics = metrics_from_json(payload("metrics_partial.json"), faults);
    ASSERT_TRUE(metrics);
    EXPECT_FALSE(metrics->at(0).equity);
    EXPECT_FALSE(metrics->at(0).balance);
    EXPECT_FALSE(metrics->at(0).margin_free);
    EXPECT_FALSE(metrics->at(0).open_positions_count);
    EXPECT_EQ(metrics->at(0).margin, decimal("240"));
    ASSERT_EQ(faults.kept().size(), 2U);
    EXPECT_EQ(faults.kept()[0].text, R"(metrics[0].equity: expected a number, found "n/a")");
}

TEST(RecordReader, ReadsTransfersAndEvents) {
    ReadFaults faults;
    const auto transfers = cash_transfers_from_json(payload("transfers.json"), faults);
    ASSERT_TRUE(transfers);
    ASSERT_EQ(transfers->size(), 2U);
    EXPECT_EQ(transfers->at(0).cash_transactions.at(1).value, decimal("-5"));
    EXPECT_TRUE(transfers->at(1).cash_transactions.empty());
    const auto events = account_events_from_json(payload("events.json"), faults);
    ASSERT_TRUE(events);
    EXPECT_EQ(events->at(0).event_type, "MARGIN_CALL");
    EXPECT_EQ(events->at(1).actual_risk_level, decimal("0.49"));
    EXPECT_FALSE(events->at(1).risk_level_threshold);
    EXPECT_TRUE(faults.empty());
}

TEST(RecordReader, ReadsHowAnAccountHoldsPositionsInEitherSpelling) {
    ReadFaults faults;
    const auto users = users_from_json(payload("users.json"), faults);
    ASSERT_TRUE(users);
    const auto& accounts = users->at(0).accounts;
    ASSERT_EQ(accounts.size(), 3U);
    EXPECT_EQ(accounts[0].is_position_based, true);
    EXPECT_EQ(accounts[1].is_position_based, false);
    EXPECT_FALSE(accounts[2].is_position_based);
    EXPECT_EQ(accounts[1].account_status, "CLOSE_ONLY");
    EXPECT_EQ(accounts[2].account_status, "");
}

TEST(RecordReader, ReadsInstrumentsAndTheirTermsUnderEitherName) {
    ReadFaults faults;
    const auto instruments = instruments_from_json(payload("instruments.json"), faults);
    ASSERT_TRUE(instruments);
    ASSERT_EQ(instruments->size(), 3U);
    EXPECT_EQ(instruments->at(0).trading_hours,
              "Sunday, 21:05:00Z SESSION_OPEN;Friday, 20:55:00Z SESSION_CLOSE");
    EXPECT_EQ(instruments->at(2).price_increment, decimal("0.01"));
    EXPECT_EQ(instruments->at(2).maturity_date, "2031-12-20Z");
    const auto details = instrument_details_from_json(payload("instrument_details.json"), faults);
    ASSERT_TRUE(details);
    ASSERT_EQ(details->at(0).margin_tiers.size(), 2U);
    EXPECT_FALSE(details->at(0).margin_tiers[1].end_volume);
    EXPECT_EQ(details->at(0).margin_tiers[1].rate, decimal("0.02"));
    EXPECT_EQ(details->at(1).default_margin_rate, decimal("0.1"));
    EXPECT_EQ(details->at(1).max_limit_type, "NOTIONAL_CURRENCY");
    const auto other =
        instrument_details_from_json(payload("instrument_details_as_instruments.json"), faults);
    ASSERT_TRUE(other);
    EXPECT_EQ(other->at(0).min_order_size, decimal("1000"));
    EXPECT_EQ(other->at(0).margin_tiers.at(0).rate, decimal("0.01"));
    EXPECT_TRUE(faults.empty());
}

TEST(RecordReader, ReadsQuotesThatLackASide) {
    ReadFaults faults;
    const auto events = market_data_from_json(payload("market_data_quotes.json"), faults);
    ASSERT_TRUE(events);
    ASSERT_EQ(events->quotes.size(), 2U);
    EXPECT_EQ(events->quotes[0].ask, decimal("1.20013"));
    EXPECT_FALSE(events->quotes[1].ask);
    EXPECT_TRUE(faults.empty());
}

TEST(RecordReader, ReadsCandlesAndNamesEventsThatItDoesNotKnow) {
    ReadFaults faults;
    const auto events = market_data_from_json(payload("market_data_candles.json"), faults);
    ASSERT_TRUE(events);
    ASSERT_EQ(events->candles.size(), 2U);
    EXPECT_EQ(events->candles[0].close, decimal("1.2005"));
    EXPECT_FALSE(events->candles[1].volume);
    ASSERT_EQ(faults.kept().size(), 1U);
    EXPECT_EQ(faults.kept()[0].text, R"(events[2].type: unknown value "Trade")");
}

TEST(RecordReader, ReadsConversionRates) {
    ReadFaults faults;
    const auto rates = conversion_rates_from_json(payload("conversion_rates.json"), faults);
    ASSERT_TRUE(rates);
    EXPECT_EQ(rates->at(1).conv_rate, decimal("0.0067"));
}

struct Answer {
    std::string text;
    std::size_t expected;
    std::vector<std::string> order_ids;
    std::size_t faults;
};

TEST(RecordReader, ReadsEveryFormOfAnAnswerToAnOrder) {
    const std::vector<Answer> answers{
        {payload("order_placed.json"), 1, {"700411"}, 0},
        {payload("order_placed_strings.json"), 1, {"700411"}, 0},
        {payload("group_placed.json"), 3, {"700420", "700421", "700422"}, 0},
        {payload("group_placed_in_part.json"), 3, {"700420", "700421"}, 1},
        {payload("group_cancelled_bare_list.json"), 2, {"700420", "700421"}, 0},
        {payload("order_placed.json"), 3, {"700411"}, 1},
        {"", 1, {}, 0},
        {"\n", 1, {}, 0},
        {"{}", 1, {}, 0},
        {R"({"orderId":{}})", 1, {""}, 1},
    };
    for (const Answer& answer : answers) {
        ReadFaults faults;
        const auto responses = order_responses_from_json(answer.text, answer.expected, faults);
        ASSERT_TRUE(responses) << answer.text;
        std::vector<std::string> ids;
        for (const OrderResponse& response : *responses) ids.push_back(response.order_id);
        EXPECT_EQ(ids, answer.order_ids) << answer.text;
        EXPECT_EQ(faults.count(), answer.faults) << answer.text;
    }
}

TEST(RecordReader, FailsWhereTheAnswerToAnOrderIsNoJson) {
    ReadFaults faults;
    EXPECT_FALSE(order_responses_from_json("OK", 1, faults));
    EXPECT_FALSE(order_responses_from_json("\"OK\"", 1, faults));
}

TEST(Payloads, AreWholeDocumentsOrPages) {
    std::size_t count = 0;
    for (const auto& entry : std::filesystem::directory_iterator{PAYLOADS_PATH}) {
        const std::string name = entry.path().filename().string();
        if (name == "README.md") continue;
        const auto document = json::document_from_json(payload(name));
        EXPECT_EQ(document.has_value(), name.ends_with(".json")) << name;
        ++count;
    }
    EXPECT_GT(count, 40U);
}

}  // namespace
}  // namespace broker::dxtrade::rest
