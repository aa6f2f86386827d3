// The feed by itself: no sockets, a clock that stands still.
#include "simulator/market_data_feed.hpp"

#include <gtest/gtest.h>

#include "dictionary_check.hpp"
#include "support/manual_clock.hpp"

namespace broker::simulator {
namespace {

core::Decimal decimal(std::string_view text) { return core::Decimal::parse(text).value(); }

class MarketDataFeedTest : public testing::Test {
protected:
    void make_feed(const MarketDataOptions& options) {
        feed_ = std::make_unique<MarketDataFeed>(
            options, market_, clock_, [this](const std::string& comp_id, const FixMessage& sent) {
                EXPECT_EQ(complaint_about(sent), "");
                sent_.push_back(comp_id + ' ' + line_of(sent));
            });
        feed_->market_moved();
    }
    void subscribe(const char* depth, std::vector<FixField> fields, const char* update_type = "1",
                   const char* id = "R1") {
        FixMessage fix{"V", {{262, id}, {263, "1"}, {264, depth}, {265, update_type}}};
        for (auto& field : fields) fix.fields.push_back(std::move(field));
        feed_->receive("A-MD", fix);
    }
    void set_quote(const char* bid, const char* ask, const char* symbol = "EURUSD") {
        feed_->restore(symbol);
        ASSERT_TRUE(market_.set_quote(symbol, decimal(bid), decimal(ask)));
        feed_->market_moved();
    }
    // What was sent since the last look.
    [[nodiscard]] std::vector<std::string> sent() { return std::exchange(sent_, {}); }
    using Lines = std::vector<std::string>;

    // MsgType and fields without the id of the request, times and sizes.
    static std::string line_of(const FixMessage& fix) {
        std::string line = fix.msg_type;
        for (const auto& [tag, value] : fix.fields)
            if (tag != 262 && tag != 271 && tag != 272 && tag != 273)
                line += ' ' + std::to_string(tag) + '=' + value;
        return line;
    }

    test::ManualClock clock_;
    Market market_{default_instruments(), 1};
    std::unique_ptr<MarketDataFeed> feed_;
    std::vector<std::string> sent_;
};

const std::vector<FixField> kQuotes{{269, "0"}, {269, "1"}, {55, "EURUSD"}};

TEST_F(MarketDataFeedTest, SendsASnapshotAndThenWhatChanges) {
    make_feed({});
    subscribe("1", kQuotes);
    EXPECT_EQ(sent(), Lines{"A-MD W 55=EURUSD 268=2 269=0 278=EURUSD-B1 270=1.10000 269=1 "
                            "278=EURUSD-A1 270=1.10002"});
    set_quote("1.10000", "1.10003");
    EXPECT_EQ(sent(), Lines{"A-MD X 268=1 279=0 269=1 278=EURUSD-A1 55=EURUSD 270=1.10003"});
    set_quote("1.10000", "1.10003");
    EXPECT_EQ(sent(), Lines{}) << "nothing has changed";
}

TEST_F(MarketDataFeedTest, SaysSizesAndTheTimeOfTheQuoteInUtc) {
    FixMessage last;
    MarketDataFeed feed{
        {}, market_, clock_, [&](const std::string&, const FixMessage& sent) { last = sent; }};
    feed.market_moved();
    clock_.advance(std::chrono::seconds{5});
    feed.receive("A-MD", {"V", {{262, "R"}, {263, "0"}, {264, "1"}, {269, "0"}, {55, "EURUSD"}}});
    EXPECT_EQ(last.value(262), "R");
    EXPECT_EQ(last.value(271), "1000000");
    EXPECT_EQ(last.value(272), "20260105");
    EXPECT_EQ(last.value(273), "12:00:00.000") << "when it last moved";
}

TEST_F(MarketDataFeedTest, ShowsALadderOfLevelsInTheFullBook) {
    make_feed({.depth_levels = 3});
    subscribe("0", {{269, "1"}, {55, "EURUSD"}});
    EXPECT_EQ(sent(), Lines{"A-MD W 55=EURUSD 268=3 269=1 278=EURUSD-A1 270=1.10002 269=1 "
                            "278=EURUSD-A2 270=1.10003 269=1 278=EURUSD-A3 270=1.10004"});
}

TEST_F(MarketDataFeedTest, ForgetsARequestForASnapshotAlone) {
    make_feed({});
    feed_->receive("A-MD", {"V", {{262, "R"}, {263, "0"}, {264, "1"}, {269, "0"}, {55, "EURUSD"}}});
    EXPECT_EQ(sent().size(), 1U);
    set_quote("1.2", "1.3");
    EXPECT_EQ(sent(), Lines{});
}

TEST_F(MarketDataFeedTest, SendsWholeBooksWhenTheRequestAsksForThem) {
    make_feed({});
    subscribe("1", kQuotes, "0");
    EXPECT_EQ(sent().size(), 1U);
    set_quote("1.10000", "1.10003");
    EXPECT_EQ(sent(), Lines{"A-MD W 55=EURUSD 268=2 269=0 278=EURUSD-B1 270=1.10000 269=1 "
                            "278=EURUSD-A1 270=1.10003"});
}

TEST_F(MarketDataFeedTest, SendsWholeBooksOrIncrementsAloneWhereTheVenueDoes) {
    make_feed({.updates = MarketDataUpdates::Full});
    subscribe("1", kQuotes, "1");
    set_quote("1.2", "1.3");
    ASSERT_EQ(sent_.size(), 2U);
    EXPECT_EQ(sent_[0].substr(0, 6), "A-MD W");
    EXPECT_EQ(sent_[1].substr(0, 6), "A-MD W");
    (void)sent();

    make_feed({.updates = MarketDataUpdates::Incremental});
    subscribe("1", kQuotes, "0");
    EXPECT_EQ(sent(), Lines{"A-MD X 268=2 279=0 269=0 278=EURUSD-B1 55=EURUSD 270=1.20000 279=0 "
                            "269=1 278=EURUSD-A1 55=EURUSD 270=1.30000"});
}

TEST_F(MarketDataFeedTest, ChangesAndDeletesEntriesWithTheActionsOfTheStandard) {
    make_feed({.entry_action = EntryAction::Standard, .depth_levels = 2});
    set_quote("0.00002", "0.00003");
    subscribe("0", {{269, "0"}, {55, "EURUSD"}});
    EXPECT_EQ(sent(), Lines{"A-MD W 55=EURUSD 268=2 269=0 278=EURUSD-B1 270=0.00002 269=0 "
                            "278=EURUSD-B2 270=0.00001"});
    set_quote("0.00001", "0.00003");
    EXPECT_EQ(sent(), Lines{"A-MD X 268=2 279=2 269=0 278=EURUSD-B2 55=EURUSD 270=0.00001 279=1 "
                            "269=0 278=EURUSD-B1 55=EURUSD 270=0.00001"})
        << "no level below the first tick";
    set_quote("0.00002", "0.00003");
    EXPECT_EQ(sent(), Lines{"A-MD X 268=2 279=1 269=0 278=EURUSD-B1 55=EURUSD 270=0.00002 279=0 "
                            "269=0 278=EURUSD-B2 55=EURUSD 270=0.00001"});
}

TEST_F(MarketDataFeedTest, SendsAWholeBookWhenALevelGoesAndThereIsNoDelete) {
    make_feed({.depth_levels = 2});
    set_quote("0.00002", "0.00003");
    subscribe("0", {{269, "0"}, {55, "EURUSD"}});
    (void)sent();
    set_quote("0.00001", "0.00003");
    EXPECT_EQ(sent(), Lines{"A-MD W 55=EURUSD 268=1 269=0 278=EURUSD-B1 270=0.00001"});
}

TEST_F(MarketDataFeedTest, ShowsAnEmptyBookWhileTheQuoteIsWithdrawn) {
    make_feed({});
    subscribe("1", kQuotes);
    (void)sent();
    EXPECT_FALSE(feed_->withdraw("NONE"));
    ASSERT_TRUE(feed_->withdraw("EURUSD"));
    EXPECT_EQ(sent(), Lines{"A-MD W 55=EURUSD 268=1 269=J 278=EURUSD-J"});
    market_.advance();
    feed_->market_moved();
    EXPECT_EQ(sent(), Lines{}) << "still withdrawn";
    subscribe("1", kQuotes, "1", "R2");
    EXPECT_EQ(sent(), Lines{"A-MD W 55=EURUSD 268=1 269=J 278=EURUSD-J"});
    set_quote("1.2", "1.3");
    EXPECT_EQ(sent().size(), 2U) << "both subscriptions have a book again";
}

TEST_F(MarketDataFeedTest, TellsOnlyWhatASubscriptionIsAbout) {
    make_feed({});
    subscribe("1", {{269, "0"}, {55, "EURUSD"}, {55, "XAUUSD"}});
    EXPECT_EQ(sent().size(), 2U) << "a snapshot for each";
    set_quote("1.2", "1.3", "GBPUSD");
    set_quote("1.10000", "1.10009");
    EXPECT_EQ(sent(), Lines{}) << "another symbol, and offers were not asked for";
    set_quote("2300", "2301", "XAUUSD");
    EXPECT_EQ(sent(), Lines{"A-MD X 268=1 279=0 269=0 278=XAUUSD-B1 55=XAUUSD 270=2300.00"});
}

TEST_F(MarketDataFeedTest, EndsASubscriptionOnRequestAndWithItsSession) {
    make_feed({});
    subscribe("1", kQuotes);
    subscribe("1", {{269, "0"}, {55, "EURUSD"}}, "1", "R2");
    (void)sent();
    feed_->receive("A-MD", {"V", {{262, "R1"}, {263, "2"}}});
    set_quote("1.2", "1.3");
    EXPECT_EQ(sent().size(), 1U) << "R2 alone";
    feed_->session_ended("A-MD");
    set_quote("1.3", "1.4");
    EXPECT_EQ(sent(), Lines{});
}

TEST_F(MarketDataFeedTest, RefusesWhatDependsOnTheMarketOrOnOtherRequests) {
    make_feed({});
    subscribe("1", {{269, "0"}, {55, "NONE"}});
    EXPECT_EQ(sent(), Lines{"A-MD Y 281=0 58=unknown Symbol NONE"});
    subscribe("1", kQuotes);
    (void)sent();
    subscribe("1", kQuotes);
    EXPECT_EQ(sent(), Lines{"A-MD Y 281=1 58=duplicate MDReqID"});
    feed_->receive("B-MD", {"V", {{262, "R1"}, {263, "2"}}});
    EXPECT_EQ(sent(), Lines{"B-MD Y 58=no subscription with MDReqID R1"}) << "another's";
    feed_->receive("A-MD", {"D", {{34, "7"}, {11, "C"}}});
    EXPECT_EQ(sent(), Lines{"A-MD j 45=7 372=D 380=3 58=a market data session"});
}

TEST_F(MarketDataFeedTest, ServesCandlesAndTellsWhatChangesInThem) {
    make_feed({});
    subscribe("1", {{6408, "m"}, {269, "4"}, {269, "5"}, {269, "7"}, {269, "8"}, {55, "EURUSD"}});
    EXPECT_EQ(sent(), Lines{"A-MD W 6408=m 55=EURUSD 268=4 269=4 278=EURUSD-m-O 270=1.10000 269=5 "
                            "278=EURUSD-m-C 270=1.10000 269=7 278=EURUSD-m-H 270=1.10000 269=8 "
                            "278=EURUSD-m-L 270=1.10000"});
    set_quote("1.10005", "1.10006");
    EXPECT_EQ(sent(), Lines{"A-MD X 268=2 279=0 269=5 278=EURUSD-m-C 6408=m 55=EURUSD 270=1.10005 "
                            "279=0 269=7 278=EURUSD-m-H 6408=m 55=EURUSD 270=1.10005"});
}

TEST_F(MarketDataFeedTest, TellsTradesToThoseWhoAskedForThem) {
    make_feed({});
    subscribe("1", {{269, "0"}, {269, "2"}, {55, "EURUSD"}});
    subscribe("1", kQuotes, "1", "R2");
    subscribe("1", {{269, "2"}, {55, "EURUSD"}}, "0", "R3");
    (void)sent();
    feed_->traded("EURUSD", decimal("1.1"), decimal("1000"));
    EXPECT_EQ(sent(), (Lines{"A-MD X 268=1 279=0 269=2 278=EURUSD-T1 55=EURUSD 270=1.1",
                             "A-MD W 55=EURUSD 268=1 269=2 278=EURUSD-T1 270=1.1"}));
}

TEST_F(MarketDataFeedTest, AddsWhatTheOptionsSayToItsMessages) {
    make_feed({.stream_id = "STREAM", .sends_tot_num_reports = true, .sends_net_change = true});
    set_quote("1.10011", "1.10012");
    subscribe("1", {{1500, "other"}, {269, "0"}, {55, "EURUSD"}});
    EXPECT_EQ(sent(), Lines{"A-MD W 911=1 1500=STREAM 55=EURUSD 451=0.000110 6409=0.010000 268=1 "
                            "269=0 278=EURUSD-B1 270=1.10011"});
    set_quote("1.09989", "1.10012");
    EXPECT_EQ(sent(), Lines{"A-MD X 268=1 279=0 269=0 278=EURUSD-B1 1500=STREAM 55=EURUSD "
                            "270=1.09989 451=-0.000110 6409=-0.010000"});
}

TEST_F(MarketDataFeedTest, GivesBackTheMDStreamIDThatWasAskedFor) {
    make_feed({});
    subscribe("1", {{1500, "mine"}, {269, "0"}, {55, "EURUSD"}});
    EXPECT_EQ(sent(), Lines{"A-MD W 1500=mine 55=EURUSD 268=1 269=0 278=EURUSD-B1 270=1.10000"});
}

}  // namespace
}  // namespace broker::simulator
