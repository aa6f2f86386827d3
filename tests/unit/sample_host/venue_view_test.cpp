#include "host/venue_view.hpp"

#include <gtest/gtest.h>

#include "records.hpp"

namespace broker::sample_host {
namespace {

broker_position_report_t position(std::string_view code, broker_channel_t channel,
                                  std::string_view by_fills) {
    broker_position_report_t record{};
    record.event.account = sdk::borrow("A");
    record.channel = channel;
    record.symbol = sdk::borrow("EURUSD");
    record.position_code = sdk::borrow(code);
    record.net_qty_from_fills = test::decimal(by_fills);
    return record;
}

broker_quote_t quote(std::string_view account, std::uint64_t request_id, std::string_view bid) {
    broker_quote_t record{};
    record.event.account = sdk::borrow(account);
    record.request_id = request_id;
    record.symbol = sdk::borrow("EURUSD");
    record.bid_px = test::decimal(bid);
    return record;
}

TEST(VenueView, KeepsTheLastPictureOfEachPosition) {
    VenueView view;
    auto first = position("P1", BROKER_CHANNEL_FIX_TRADING, "10");
    first.net_qty = test::decimal("10");
    view.apply(first);
    view.apply(position("P2", BROKER_CHANNEL_FIX_TRADING, "1"));
    first.net_qty = test::decimal("12");
    first.is_different = 1;
    view.apply(first);
    ASSERT_EQ(view.positions().size(), 2U);
    EXPECT_EQ(sdk::decimal_text(view.positions()[0].net_qty), "12");
    EXPECT_TRUE(view.positions()[0].is_different);
    EXPECT_EQ(view.positions()[1].position_code, "P2");
}

TEST(VenueView, KeepsTheVenuesFiguresWhenTheFillsAddUpToSomethingNew) {
    VenueView view;
    auto picture = position("", BROKER_CHANNEL_FIX_TRADING, "10");
    picture.net_qty = test::decimal("10");
    view.apply(picture);
    view.apply(position("", BROKER_CHANNEL_UNSPECIFIED, "15"));
    ASSERT_EQ(view.positions().size(), 1U);
    EXPECT_EQ(sdk::decimal_text(view.positions()[0].net_qty), "10");
    EXPECT_EQ(sdk::decimal_text(view.positions()[0].net_qty_from_fills), "15");
}

TEST(VenueView, KeepsTheLastQuoteOfEachSubscriptionAndCountsWhatWentIntoIt) {
    VenueView view;
    view.apply(quote("A", 1, "1.1"));
    view.apply(quote("B", 1, "9"));
    auto merged = quote("A", 1, "1.2");
    merged.merged_count = 3;
    merged.is_stale = 1;
    view.apply(merged);
    ASSERT_EQ(view.quotes().size(), 2U);
    EXPECT_EQ(sdk::decimal_text(view.quotes()[0].bid_px), "1.2");
    EXPECT_EQ(view.quotes()[0].update_count, 5U);
    EXPECT_EQ(view.quotes()[0].merged_count, 3U);
    EXPECT_TRUE(view.quotes()[0].is_stale);
    EXPECT_EQ(sdk::decimal_text(view.quotes()[1].bid_px), "9");
}

}  // namespace
}  // namespace broker::sample_host
