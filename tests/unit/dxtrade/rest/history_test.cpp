#include "dxtrade/rest/history.hpp"

#include "unit/dxtrade/rest/rest_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

constexpr std::string_view kAccount = "default:AB-1001";

OrderPage page_of(std::initializer_list<std::string_view> ids, std::string_view next) {
    OrderPage page;
    for (const std::string_view id : ids) page.orders.emplace_back().order_id = id;
    page.next_page_transaction_time = next;
    return page;
}

std::vector<std::string> ids_of(const OrderPage& page) {
    std::vector<std::string> ids;
    for (const RestOrder& order : page.orders) ids.push_back(order.order_id);
    return ids;
}

TEST(History, AsksForWhatIsFilteredFor) {
    HistoryFilter filter;
    EXPECT_EQ(order_history_target(kAccount, filter, {}),
              "/accounts/default%3AAB-1001/orders/history?limit=100");
    filter.from = example_time();
    filter.to = example_time() + std::chrono::milliseconds{1};
    filter.client_order_id = "a/1";
    filter.venue_symbol = "EUR/USD";
    filter.at_least_version = 7;
    EXPECT_EQ(order_history_target(kAccount, filter, {}),
              "/accounts/default%3AAB-1001/orders/history?limit=100&with-client-id=a%2F1"
              "&for-instrument=EUR%2FUSD&at-least-version=7"
              "&transaction-from=2031-04-05T06%3A07%3A08.000Z"
              "&transaction-to=2031-04-05T06%3A07%3A08.001Z");
}

TEST(History, AsksForTheNextPageInTheVenuesOwnWords) {
    HistoryPages pages{kAccount, {}, {}};
    OrderPage first = page_of({"3", "2"}, "2031-04-05T06:00:00.5Z");
    EXPECT_TRUE(pages.take(first));
    EXPECT_EQ(pages.target(),
              "/accounts/default%3AAB-1001/orders/history?limit=100"
              "&transaction-to=2031-04-05T06%3A00%3A00.5Z");
}

TEST(History, KeepsItsFilterWhenTheTextThatItWasMadeWithIsGone) {
    std::string id = "a-client-order-id-that-is-too-long-to-be-stored-in-place";
    HistoryFilter filter;
    filter.client_order_id = id;
    HistoryPages pages{kAccount, filter, {}};
    id.assign(id.size(), 'x');
    OrderPage first = page_of({"1"}, "t");
    ASSERT_TRUE(pages.take(first));
    EXPECT_NE(pages.target().find("with-client-id=a-client-order-id"), std::string::npos);
}

TEST(History, TakesOutTheOrdersThatAnEarlierPageHasHad) {
    HistoryPages pages{kAccount, {}, {}};
    OrderPage first = page_of({"3", "2"}, "t1");
    EXPECT_TRUE(pages.take(first));
    EXPECT_EQ(ids_of(first), (std::vector<std::string>{"3", "2"}));
    OrderPage second = page_of({"2", "1"}, "");
    EXPECT_FALSE(pages.take(second));
    EXPECT_EQ(ids_of(second), (std::vector<std::string>{"1"}));
    EXPECT_FALSE(pages.is_cut_short());
}

TEST(History, EndsWhereAPageBringsNothingNew) {
    HistoryPages pages{kAccount, {}, {}};
    OrderPage first = page_of({"1"}, "t1");
    EXPECT_TRUE(pages.take(first));
    OrderPage again = page_of({"1"}, "t1");
    EXPECT_FALSE(pages.take(again));
    EXPECT_TRUE(pages.is_cut_short());
}

TEST(History, AsksForTransfersAndEventsInEitherOfTheVenuesWords) {
    RestRules rules;
    EXPECT_EQ(account_list_target(kAccount, AccountList::Transfers, example_time(), {}, 0, rules),
              "/accounts/default%3AAB-1001/transfers?limit=100&start-from=0"
              "&time-from=2031-04-05T06%3A07%3A08.000Z");
    rules.time_parameters = TimeParameters::FromTime;
    rules.page_size = 20;
    EXPECT_EQ(account_list_target(kAccount, AccountList::Events, {}, example_time(), 20, rules),
              "/accounts/default%3AAB-1001/events?limit=20&start-from=20"
              "&to-time=2031-04-05T06%3A07%3A08.000Z");
}

}  // namespace
}  // namespace broker::dxtrade::rest
