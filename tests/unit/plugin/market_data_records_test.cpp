// Market data across the ABI: requests in, events out.
#include "abi/market_data_records.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "abi/host_events.hpp"
#include "abi/record.hpp"
#include "broker/abi/broker.h"

namespace broker::abi {
namespace {

using core::Reason;
using testing::HasSubstr;

broker_market_data_request_t good_request() {
    broker_market_data_request_t request{};
    request.struct_size = sizeof(request);
    request.request_id = 7;
    request.symbol = str("EURUSD");
    request.depth = BROKER_MARKET_DATA_TOP_OF_BOOK;
    return request;
}

TEST(MarketDataRecords, ReadsEveryFieldOfARequest) {
    auto request = good_request();
    request.depth = 5;
    request.has_trades = 1;
    request.is_snapshot_only = 1;
    request.candle_type = str("15m");
    const auto read = to_core(request);
    ASSERT_TRUE(read);
    EXPECT_EQ(read->request_id, 7U);
    EXPECT_EQ(read->symbol.view(), "EURUSD");
    EXPECT_EQ(read->depth, 5);
    EXPECT_TRUE(read->has_trades);
    EXPECT_TRUE(read->is_snapshot_only);
    EXPECT_EQ(read->candle_type.view(), "15m");
}

TEST(MarketDataRecords, NamesTheFieldThatIsWrong) {
    const auto expect_invalid = [](auto change, const char* field) {
        auto request = good_request();
        change(request);
        const auto read = to_core(request);
        ASSERT_FALSE(read) << field;
        EXPECT_EQ(read.error().reason, Reason::InvalidField);
        EXPECT_THAT(read.error().detail, HasSubstr(field));
    };
    using Request = broker_market_data_request_t;
    expect_invalid([](Request& r) { r.request_id = 0; }, "request_id");
    expect_invalid([](Request& r) { r.symbol = str(""); }, "symbol");
    expect_invalid([](Request& r) { r.symbol = str("EUR USD"); }, "symbol");
    expect_invalid([](Request& r) { r.depth = -1; }, "depth");
    expect_invalid([](Request& r) { r.has_trades = 2; }, "has_trades");
    expect_invalid([](Request& r) { r.is_snapshot_only = -1; }, "is_snapshot_only");
    expect_invalid([](Request& r) { r.candle_type = str("sixteen characters"); }, "candle_type");
}

// Copies the records as a host must: they are valid during the call alone.
struct Host {
    std::vector<std::string> records;
    broker_host_t table{BROKER_ABI_MAJOR, BROKER_ABI_MINOR, this, &receive, nullptr};

    static void BROKER_CALL receive(void* host_data, const broker_event_t* event) {
        static_cast<Host*>(host_data)->records.emplace_back(reinterpret_cast<const char*>(event),
                                                            event->struct_size);
    }
    template <class Record>
    Record last() {
        Record record{};
        EXPECT_EQ(records.back().size(), sizeof(record));
        std::memcpy(&record, records.back().data(), sizeof(record));
        return record;
    }
};

class MarketDataEventsTest : public testing::Test {
protected:
    Host host_;
    HostEvents events_{host_.table, "ACC-1"};
};

TEST_F(MarketDataEventsTest, QuoteCarriesItsFiguresAndLeavesOutWhatIsNotThere) {
    core::Quote quote;
    quote.request_id = 7;
    quote.symbol = "EURUSD";
    quote.is_snapshot = true;
    quote.merged_count = 3;
    quote.bid_px = core::Decimal::parse("1.10000");
    quote.venue_time = core::UtcTime{std::chrono::nanoseconds{5}};
    quote.received = core::MonotonicTime{std::chrono::nanoseconds{6}};
    events_.on_quote(quote);
    const auto event = host_.last<broker_quote_t>();
    EXPECT_EQ(event.event.type, BROKER_EVENT_QUOTE);
    EXPECT_EQ(event.event.event_seq_num, 1U);
    EXPECT_EQ(event.request_id, 7U);
    EXPECT_EQ(view(event.symbol), "EURUSD");
    EXPECT_EQ(event.is_snapshot, 1);
    EXPECT_EQ(event.is_stale, 0);
    EXPECT_EQ(event.merged_count, 3U);
    EXPECT_EQ(event.bid_px.coefficient, 110'000);
    EXPECT_EQ(event.bid_px.scale, 5);
    EXPECT_EQ(event.bid_size.is_present, 0);
    EXPECT_EQ(event.offer_px.is_present, 0);
    EXPECT_EQ(event.venue_time, 5);
    EXPECT_EQ(event.received, 6);
}

TEST_F(MarketDataEventsTest, EntrySaysWhatAndWhetherItIsTheLast) {
    core::MarketDataEntry entry;
    entry.request_id = 8;
    entry.symbol = "EURUSD";
    entry.candle_type = "h";
    entry.entry = {core::MDUpdateAction::Delete,
                   core::MDEntryType::Offer,
                   "id-1",
                   core::Decimal::parse("2"),
                   std::nullopt,
                   std::nullopt};
    entry.is_last = true;
    events_.on_market_data_entry(entry);
    const auto event = host_.last<broker_market_data_entry_t>();
    EXPECT_EQ(event.event.type, BROKER_EVENT_MARKET_DATA_ENTRY);
    EXPECT_EQ(event.entry_type, BROKER_MD_ENTRY_TYPE_OFFER);
    EXPECT_EQ(event.action, BROKER_MD_UPDATE_ACTION_DELETE);
    EXPECT_EQ(view(event.entry_id), "id-1");
    EXPECT_EQ(view(event.candle_type), "h");
    EXPECT_EQ(event.is_last, 1);
    EXPECT_EQ(event.is_snapshot, 0);
    EXPECT_EQ(event.px.coefficient, 2);
    EXPECT_EQ(event.size.is_present, 0);
}

TEST_F(MarketDataEventsTest, StatusCarriesReasonAndWords) {
    events_.on_market_data_status(
        {9, "EURUSD", core::MDStatus::Rejected, Reason::RequestRejected, "not for you"});
    const auto event = host_.last<broker_market_data_status_t>();
    EXPECT_EQ(event.event.type, BROKER_EVENT_MARKET_DATA_STATUS);
    EXPECT_EQ(event.status, BROKER_MD_STATUS_REJECTED);
    EXPECT_EQ(event.reason, BROKER_REASON_REQUEST_REJECTED);
    EXPECT_EQ(event.request_id, 9U);
    EXPECT_EQ(view(event.text), "not for you");
}

}  // namespace
}  // namespace broker::abi
