#include <set>

#include "rest_fixture.hpp"

namespace broker::simulator {
namespace {

class RestListsTest : public RestFixture {
protected:
    void SetUp() override {
        RestFixture::SetUp();
        ASSERT_EQ(log_in().status, 200U);
    }
    [[nodiscard]] json::value at(const std::string& path) {
        const auto answer = client_->request("GET", "/dxsca-web" + path);
        EXPECT_EQ(answer.status, 200U) << path << ' ' << answer.body;
        return parsed(answer);
    }
    [[nodiscard]] std::string refusal(const std::string& path) {
        return error_of(client_->request("GET", "/dxsca-web" + path));
    }
    [[nodiscard]] RestAnswer market_data(const std::string& body) {
        return client_->request("POST", "/dxsca-web/marketdata", body);
    }
};

TEST_F(RestListsTest, TellsUsersOfThemselvesByEachOfTheirNames) {
    for (const char* name : {"", "/acc1%40default", "/acc1", "/self"}) {
        const auto user = at("/users" + std::string{name}).at("userDetails").as_array().at(0);
        const auto account = user.at("accounts").as_array().at(0).as_object();
        EXPECT_EQ(text(account, "account"), "default:ACC-1");
        EXPECT_EQ(text(account, "positionBased"), "true");
    }
    EXPECT_EQ(refusal("/users/other%40default"), "404/2");
}

TEST_F(RestListsTest, ListsSeveralAccountsByParameter) {
    for (const char* name : {"portfolio", "positions", "orders", "metrics"})
        EXPECT_EQ(client_
                      ->request("GET", "/dxsca-web/accounts/" + std::string{name} +
                                           "?accounts=default%3AACC-1,ACC-1")
                      .status,
                  200U)
            << name;
    EXPECT_EQ(refusal("/accounts/portfolio"), "400/32");
    EXPECT_EQ(refusal("/accounts/portfolio?accounts=default:OTHER"), "404/2");
}

TEST_F(RestListsTest, ShowsAPortfolioWithBalancePositionsAndOrders) {
    ASSERT_EQ(post_order(market("m-1", "SELL", "1000")).status, 200U);
    ASSERT_EQ(post_order(limit("l-1", "1000", "1.09")).status, 200U);
    const auto portfolio = get_json("/portfolio").at("portfolios").as_array().at(0).as_object();
    const auto balance = portfolio.at("balances").as_array().at(0).as_object();
    EXPECT_EQ(text(balance, "value"), "100000");
    EXPECT_EQ(text(balance, "currency"), "USD");
    EXPECT_EQ(portfolio.at("orders").as_array().size(), 1U);
    const auto position = portfolio.at("positions").as_array().at(0).as_object();
    EXPECT_EQ(text(position, "side"), "SELL");
    EXPECT_EQ(text(position, "openPrice"), "1.1");
}

TEST_F(RestListsTest, AnswersAConditionalRequestWith304UntilTheAccountChanges) {
    for (const char* path : {"/portfolio", "/positions", "/orders", "/transfers", "/events"}) {
        const auto tag = get(path).headers.at("etag");
        const auto again = get(path, {{"If-None-Match", tag}});
        EXPECT_EQ(again.status, 304U) << path;
        EXPECT_TRUE(again.body.empty()) << path;
    }
    const auto tag = etag();
    ASSERT_EQ(post_order(limit("l-1", "1000", "1.09")).status, 200U);
    EXPECT_EQ(get("/orders", {{"If-None-Match", tag}}).status, 200U);
    EXPECT_EQ(get("/metrics").headers.count("etag"), 0U);
}

TEST_F(RestListsTest, PagesTheHistoryByTheTimeOfTheLastTransaction) {
    for (int i = 0; i < 5; ++i)
        ASSERT_EQ(post_order(limit("l-" + std::to_string(i), "1000", "1.09")).status, 200U);
    simulator_->change_rest([](RestOptions& rest) { rest.page_size = 2; });
    std::set<std::string> seen;
    std::string query;
    for (int page = 1; page <= 3; ++page) {
        const auto answer = get_json("/orders/history?page=" + std::to_string(page)).as_object();
        for (const auto& order : answer.at("orders").as_array())
            seen.insert(text(order.as_object(), "clientOrderId"));
        EXPECT_EQ(answer.contains("nextPageTransactionTime"), page < 3);
    }
    EXPECT_EQ(seen.size(), 5U);
}

TEST_F(RestListsTest, FiltersTheHistoryByQueryAndByBody) {
    ASSERT_EQ(post_order(limit("l-1", "1000", "1.09")).status, 200U);
    ASSERT_EQ(post_order(market("m-1", "SELL", "1000")).status, 200U);
    const auto count = [&](const std::string& query) {
        return get_json("/orders/history?" + query).at("orders").as_array().size();
    };
    EXPECT_EQ(count("in-status=WORKING,COMPLETED"), 2U);
    EXPECT_EQ(count("in-status=WORKING"), 1U);
    EXPECT_EQ(count("of-type=market&side=sell"), 1U);
    EXPECT_EQ(count("of-type=market&side=buy"), 0U);
    EXPECT_EQ(count("for-instrument=GBPUSD"), 0U);
    EXPECT_EQ(count("period=today"), 2U);
    EXPECT_EQ(count("period=previous-day"), 0U);
    EXPECT_EQ(count("transaction-to=2000-01-01T00:00:00Z"), 0U);
    EXPECT_EQ(count("completed-from=2000-01-01Z"), 1U);
    EXPECT_EQ(error_of(get("/orders/history?unheard-of=1")), "400/32");
    const auto answer = client_->request("POST", kAccount + std::string{"/orders/history"},
                                         R"({"with-client-id":"m-1"})");
    EXPECT_EQ(parsed(answer).at("orders").as_array().size(), 1U);
}

TEST_F(RestListsTest, GivesMetricsThatAddUp) {
    ASSERT_EQ(post_order(market("m-1", "BUY", "20000")).status, 200U);
    ASSERT_TRUE(simulator_->set_quote("EURUSD", decimal("1.10102"), decimal("1.10104")));
    auto metrics =
        get_json("/metrics?include-positions=true").at("metrics").as_array().at(0).as_object();
    EXPECT_EQ(text(metrics, "balance"), "100000");
    EXPECT_EQ(text(metrics, "equity"), "100020");
    EXPECT_EQ(text(metrics, "margin"), "1100.02");
    EXPECT_EQ(text(metrics, "marginFree"), "98919.98");
    EXPECT_EQ(text(metrics, "openPL"), "20");
    EXPECT_EQ(text(metrics.at("positions").as_array().at(0).as_object(), "fpl"), "20");
    simulator_->change_rest([](RestOptions& rest) { rest.upper_case_pl = false; });
    metrics = get_json("/metrics").at("metrics").as_array().at(0).as_object();
    EXPECT_EQ(text(metrics, "openPl"), "20");
    EXPECT_EQ(text(metrics, "positions"), "(absent)");
}

TEST_F(RestListsTest, ListsTransfersAndEventsByTheTimeNamesOfTheDeployment) {
    ASSERT_TRUE(simulator_->pay("ACC1", decimal("-250"), "fee"));
    ASSERT_TRUE(simulator_->raise_account_event("ACC1", {.type = "LIQUIDATION"}));
    const auto transfer = get_json("/transfers").at("cashTransfers").as_array().at(0);
    EXPECT_EQ(text(transfer.at("cashTransactions").as_array().at(0).as_object(), "type"),
              "WITHDRAWAL");
    EXPECT_EQ(get_json("/events?of-type=MARGIN_CALL").at("accountEvents").as_array().size(), 0U);
    EXPECT_EQ(get_json("/events?time-from=2000-01-01Z").at("accountEvents").as_array().size(), 1U);
    EXPECT_EQ(get_json("/events?time-to=2000-01-01Z").at("accountEvents").as_array().size(), 0U);
    EXPECT_EQ(error_of(get("/events?from-time=2000-01-01Z")), "400/32");
    simulator_->change_rest([](RestOptions& rest) { rest.from_time_parameters = true; });
    EXPECT_EQ(get_json("/events?to-time=2000-01-01Z").at("accountEvents").as_array().size(), 0U);
}

TEST_F(RestListsTest, GivesEndOfDayFiguresAndNamesTheAccountsItDoesNotFind) {
    const auto answer = at("/accounts/eodmetrics/2031-04-05?accounts=ACC-1,OTHER").as_object();
    EXPECT_EQ(answer.at("eodMetrics").as_array().size(), 1U);
    EXPECT_EQ(json::serialize(answer.at("notFound")), R"(["OTHER"])");
    EXPECT_EQ(refusal("/accounts/eodmetrics/today?accounts=ACC-1"), "400/32");
}

TEST_F(RestListsTest, FindsInstrumentsByNameTypeAndPattern) {
    const auto count = [&](const std::string& path) {
        return at("/instruments/" + path).at("instruments").as_array().size();
    };
    EXPECT_EQ(count("EURUSD"), 1U);
    EXPECT_EQ(count("NOSUCH"), 0U);
    EXPECT_EQ(count("type/FOREX"), 3U);
    EXPECT_EQ(count("query?symbols=EUR*,*USD&types=FOREX"), 2U);
    EXPECT_EQ(count("query?limit=2&start-from=4"), 1U);
    const auto instrument = at("/instruments/EURUSD").at("instruments").as_array().at(0);
    EXPECT_EQ(text(instrument.as_object(), "lotSize"), "100000");
    EXPECT_EQ(instrument.at("tradingHours").as_array().size(), 2U);
    const auto details = get_json("/instruments/EURUSD").at("instrumentDetails").as_array().at(0);
    EXPECT_EQ(text(details.as_object(), "tradingStatus"), "FULL");
    simulator_->change_rest([](RestOptions& rest) { rest.details_as_instruments = true; });
    EXPECT_EQ(get_json("/instruments/type/CFD").at("instruments").as_array().size(), 2U);
}

TEST_F(RestListsTest, SpellsSymbolsAsTheDeploymentDoes) {
    simulator_->change_rest([](RestOptions& rest) { rest.symbol_style = SymbolStyle::Slash; });
    EXPECT_EQ(at("/instruments/EUR%2FUSD").at("instruments").as_array().size(), 1U);
    EXPECT_EQ(at("/instruments/EURUSD").at("instruments").as_array().size(), 0U);
    EXPECT_EQ(error_of(post_order(limit("l-1", "1000", "1.09"))), "404/2");
    auto body = limit("l-2", "1000", "1.09");
    body.replace(body.find("EURUSD"), 6, "EUR/USD");
    ASSERT_EQ(post_order(body).status, 200U);
    EXPECT_EQ(text(history_of("l-2"), "instrument"), "EUR/USD");
}

TEST_F(RestListsTest, WritesNumbersBooleansAndAccountsInTheOtherWay) {
    simulator_->change_rest([](RestOptions& rest) {
        rest.numbers_as_strings = true;
        rest.booleans_as_strings = true;
        rest.account_as_object = true;
    });
    ASSERT_EQ(post_order(limit("l-1", "1000", "1.09")).status, 200U);
    const auto order = history_of("l-1");
    EXPECT_TRUE(order.at("orderId").is_string());
    EXPECT_EQ(order.at("finalStatus"), json::value("false"));
    EXPECT_EQ(json::serialize(order.at("account")), R"({"clearing":"default","account":"ACC-1"})");
    EXPECT_EQ(order.at("legs").as_array()[0].at("price"), json::value("1.09"));
}

TEST_F(RestListsTest, GivesQuotesCandlesAndRatesAndNamesWhatIsMissing) {
    const auto quotes = market_data(
        R"({"symbols":["EURUSD","XAUUSD"],"eventTypes":[{"type":"Quote","format":"COMPACT"}]})");
    const auto events = parsed(quotes).at("events").as_array();
    ASSERT_EQ(events.size(), 2U);
    EXPECT_NE(quotes.body.find(R"("bid":1.10000,"ask":1.10002)"), std::string::npos);
    const std::string candles =
        R"({"symbols":["EURUSD"],"eventTypes":[{"type":"Candle","candleType":"5m",)"
        R"("fromTime":"2026-01-05T00:00:00Z","toTime":"2026-01-05T01:00:00Z","count":3}]})";
    const auto bars = parsed(market_data(candles)).at("events").as_array();
    ASSERT_EQ(bars.size(), 3U);
    EXPECT_EQ(text(bars[2].as_object(), "time"), "2026-01-05T01:00:00.000Z");
    EXPECT_EQ(parsed(market_data(candles)).at("events").as_array(), bars);
    auto endless = candles;
    endless.replace(endless.find("toTime"), 6, "unused");
    EXPECT_EQ(error_of(market_data(endless)), "400/32");
    EXPECT_EQ(error_of(market_data(R"({"symbols":["NOSUCH"],"eventTypes":[{"type":"Quote"}]})")),
              "404/2");
    const auto rates = at("/conversionRates?toCurrency=USD&fromCurrency=EUR");
    EXPECT_EQ(text(rates.at("conversionRates").as_array().at(0).as_object(), "toCurrency"), "USD");
    EXPECT_EQ(refusal("/conversionRates"), "400/32");
}

}  // namespace
}  // namespace broker::simulator
