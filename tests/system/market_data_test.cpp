// Market data through the whole adapter: beside trading, over reconnects, to hosts fast and slow.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <future>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using simulator::Fault;
using simulator::FixMessage;
using simulator::Listener;
using simulator::LoggedMessage;
using testing::Each;
using testing::HasSubstr;

core::Decimal number(std::string_view text) { return core::Decimal::parse(text).value(); }

RecordingEvents::Match status_of(std::uint64_t request_id, broker_md_status_t status) {
    return [=](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_MARKET_DATA_STATUS && event.request_id == request_id &&
               event.md_status == status;
    };
}
RecordingEvents::Match quote_with_bid(std::uint64_t request_id, std::string bid) {
    return [=, bid = number(bid)](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_QUOTE && event.request_id == request_id &&
               !event.bid_px.empty() && number(event.bid_px) == bid;
    };
}
RecordingEvents::Match quote_of(std::uint64_t request_id) {
    return [=](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_QUOTE && event.request_id == request_id;
    };
}
RecordingEvents::Match entry_of(std::uint64_t request_id) {
    return [=](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_MARKET_DATA_ENTRY && event.request_id == request_id;
    };
}

class MarketData : public testing::Test {
protected:
    // `rules` is the account's mapping market_data.
    void start(const std::string& rules = "{}") {
        const std::string port = std::to_string(rig_.venue().port(Listener::FixMarketData));
        rig_.account().session_extra =
            "      market_data:\n        hosts: [\"127.0.0.1:" + port +
            "\"]\n        sender_comp_id: ACC1-MD\n        target_comp_id: DXTRADE-MD\n"
            "        username: user-ACC-1\n        password: file:" +
            (rig_.account().venue / rig_.account().password).string() +
            "\n        logout_timeout_ms: 1000\n"
            "        reconnect: {initial_ms: 20, maximum_ms: 200, healthy_after_ms: 1000}\n"
            "    market_data: " +
            rules + "\n";
        rig_.start();
        ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
    }
    sdk::Status subscribe(std::uint64_t id, std::string_view symbol = "EURUSD",
                          std::int32_t depth = BROKER_MARKET_DATA_TOP_OF_BOOK) {
        auto request = sdk::quotes_of("ACC-1", id, symbol);
        request.depth = depth;
        return rig_.adapter().market_data()->subscribe(request);
    }
    void set_bid(const std::string& bid) {
        ASSERT_TRUE(rig_.venue().set_quote("EURUSD", number(bid), number("2")));
    }
    [[nodiscard]] bool wait_for(const RecordingEvents::Match& match, std::size_t count = 1) {
        return rig_.events().wait_for_count(match, count);
    }
    [[nodiscard]] bool wait_logged_on(std::size_t count = 1) {
        return wait_for(
            [](const RecordedEvent& event) {
                return event.channel == BROKER_CHANNEL_FIX_MARKET_DATA &&
                       event.reason == BROKER_REASON_LOGON_ACCEPTED;
            },
            count);
    }
    // A market order is filled: the trading session is as it should be.
    [[nodiscard]] bool can_trade(const std::string& id) {
        return rig_.submit({.id = id}).is_ok() &&
               wait_for(order_status(id, BROKER_ORD_STATUS_FILLED));
    }
    [[nodiscard]] std::size_t left_ready() {
        return rig_.events().count([](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_SESSION &&
                   event.previous_state == BROKER_ACCOUNT_STATE_READY &&
                   event.state != BROKER_ACCOUNT_STATE_READY;
        });
    }

    TradingRig rig_{{"ACC-1"}};
};

TEST_F(MarketData, QuotesFollowTheMarketUntilUnsubscribed) {
    start();
    ASSERT_TRUE(subscribe(7).is_ok());  // whether the session is up by now or not
    ASSERT_TRUE(wait_for(status_of(7, BROKER_MD_STATUS_LIVE))) << rig_.log();
    ASSERT_TRUE(wait_for(quote_of(7)));
    EXPECT_TRUE(rig_.events().find(quote_of(7)).front().is_snapshot);
    set_bid("1.5");
    ASSERT_TRUE(wait_for(quote_with_bid(7, "1.5")));
    ASSERT_TRUE(rig_.venue().withdraw_quote("EURUSD"));
    ASSERT_TRUE(wait_for([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_QUOTE && event.bid_px.empty() && event.offer_px.empty();
    }));

    ASSERT_TRUE(rig_.adapter().market_data()->unsubscribe("ACC-1", 7).is_ok());
    ASSERT_TRUE(wait_for(status_of(7, BROKER_MD_STATUS_ENDED)));
    ASSERT_TRUE(subscribe(8).is_ok());  // the venue has dealt with the end when it answers this
    ASSERT_TRUE(wait_for(quote_of(8)));
    const std::size_t before = rig_.events().count(quote_of(7));
    set_bid("1.6");
    ASSERT_TRUE(wait_for(quote_with_bid(8, "1.6")));
    EXPECT_EQ(rig_.events().count(quote_of(7)), before);
}

TEST_F(MarketData, BookComesWholeAndThenByItsChanges) {
    start();
    ASSERT_TRUE(subscribe(1, "EURUSD", BROKER_MARKET_DATA_FULL_BOOK).is_ok());
    const auto is_last = [](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_MARKET_DATA_ENTRY && event.is_last;
    };
    ASSERT_TRUE(wait_for(is_last)) << rig_.log();
    const auto picture = rig_.events().find(entry_of(1));
    ASSERT_EQ(picture.size(), 11U);  // five levels a side
    EXPECT_EQ(picture.front().entry_type, BROKER_MD_ENTRY_TYPE_EMPTY_BOOK);
    EXPECT_THAT(picture, Each(testing::Field(&RecordedEvent::is_snapshot, true)));
    EXPECT_EQ(picture[1].entry_type, BROKER_MD_ENTRY_TYPE_BID);
    EXPECT_GT(number(picture[1].price), number(picture[2].price)) << "best first";

    set_bid("1.5");
    ASSERT_TRUE(wait_for(is_last, 2));
    const auto changes = rig_.events().find([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_MARKET_DATA_ENTRY && !event.is_snapshot;
    });
    EXPECT_THAT(changes,
                Each(testing::Field(&RecordedEvent::action, BROKER_MD_UPDATE_ACTION_CHANGE)));
    EXPECT_THAT(changes, testing::Contains(testing::Field(&RecordedEvent::price, "1.50000")));
}

TEST_F(MarketData, OnePictureAndCandlesComeAsAskedFor) {
    start();
    auto once = sdk::quotes_of("ACC-1", 1, "EURUSD");
    once.is_snapshot_only = 1;
    ASSERT_TRUE(rig_.adapter().market_data()->subscribe(once).is_ok());
    ASSERT_TRUE(wait_for(status_of(1, BROKER_MD_STATUS_ENDED))) << rig_.log();
    EXPECT_EQ(rig_.events().count(quote_of(1)), 1U);

    auto candles = sdk::quotes_of("ACC-1", 2, "EURUSD");
    candles.candle_type = sdk::borrow("h");
    ASSERT_TRUE(rig_.adapter().market_data()->subscribe(candles).is_ok());
    ASSERT_TRUE(wait_for(entry_of(2), 4)) << rig_.log();
    EXPECT_EQ(rig_.events().find(entry_of(2)).front().entry_type,
              BROKER_MD_ENTRY_TYPE_OPENING_PRICE);
}

TEST_F(MarketData, RefusalOfTheVenueReachesTheHostInItsWords) {
    start();
    ASSERT_TRUE(subscribe(1, "NOSUCH").is_ok());
    ASSERT_TRUE(subscribe(2).is_ok());
    ASSERT_TRUE(wait_for(status_of(1, BROKER_MD_STATUS_REJECTED))) << rig_.log();
    const auto rejected = rig_.events().find(status_of(1, BROKER_MD_STATUS_REJECTED)).front();
    EXPECT_EQ(rejected.reason, BROKER_REASON_REQUEST_REJECTED);
    EXPECT_THAT(rejected.text, HasSubstr("unknown Symbol NOSUCH"));
    EXPECT_TRUE(wait_for(quote_of(2)));
}

TEST_F(MarketData, LostConnectionIsToldAndAFreshPictureComesWhileTradingGoesOn) {
    start();
    ASSERT_TRUE(subscribe(1).is_ok());
    ASSERT_TRUE(wait_for(quote_of(1))) << rig_.log();
    rig_.venue().set_fault(Listener::FixMarketData, Fault::RefuseConnections, true);
    rig_.venue().drop_connections(Listener::FixMarketData);
    ASSERT_TRUE(wait_for(status_of(1, BROKER_MD_STATUS_STALE)));
    ASSERT_TRUE(wait_for([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_QUOTE && event.is_stale;
    }));
    set_bid("1.7");
    EXPECT_TRUE(can_trade("M-1"));
    rig_.venue().set_fault(Listener::FixMarketData, Fault::RefuseConnections, false);
    ASSERT_TRUE(wait_for(quote_with_bid(1, "1.7"))) << rig_.log();
    const RecordedEvent fresh = rig_.events().find(quote_with_bid(1, "1.7")).front();
    EXPECT_TRUE(fresh.is_snapshot);
    EXPECT_FALSE(fresh.is_stale);
    EXPECT_EQ(rig_.events().count(status_of(1, BROKER_MD_STATUS_LIVE)), 2U);
    EXPECT_EQ(rig_.events().count(status_of(1, BROKER_MD_STATUS_STALE)), 1U);
    EXPECT_EQ(left_ready(), 0U) << "the account's own state is another matter";
}

TEST_F(MarketData, EveryLogonResetsTheNumbersAndIsFollowedByTheSubscriptions) {
    start();
    ASSERT_TRUE(subscribe(1).is_ok());
    ASSERT_TRUE(wait_for(status_of(1, BROKER_MD_STATUS_LIVE))) << rig_.log();
    rig_.venue().drop_connections(Listener::FixMarketData);
    ASSERT_TRUE(wait_for(status_of(1, BROKER_MD_STATUS_LIVE), 2)) << rig_.log();
    std::vector<std::string> sent;
    for (const LoggedMessage& message : rig_.venue().messages().all()) {
        if (message.sender_comp_id != "ACC1-MD" ||
            message.direction != LoggedMessage::Direction::FromClient)
            continue;
        const std::string& type = message.message.msg_type;
        if (type == "A")
            sent.push_back("A 34=" + message.message.value(34) +
                           " 141=" + message.message.value(141));
        if (type == "V") sent.push_back("V " + message.message.value(55));
    }
    EXPECT_THAT(sent, testing::ElementsAre("A 34=1 141=Y", "V EURUSD", "A 34=1 141=Y", "V EURUSD"));
}

TEST_F(MarketData, SilenceOfASymbolMakesItStaleDespiteHeartbeats) {
    start("{stale_after_ms: 200}");
    ASSERT_TRUE(subscribe(1).is_ok());
    ASSERT_TRUE(wait_for(status_of(1, BROKER_MD_STATUS_STALE))) << rig_.log();
    EXPECT_EQ(rig_.events().find(status_of(1, BROKER_MD_STATUS_STALE)).front().reason,
              BROKER_REASON_OUTCOME_TIMEOUT);
    const std::size_t live = rig_.events().count(status_of(1, BROKER_MD_STATUS_LIVE));
    set_bid("1.5");
    ASSERT_TRUE(wait_for(status_of(1, BROKER_MD_STATUS_LIVE), live + 1));
    EXPECT_TRUE(wait_for(quote_with_bid(1, "1.5")));
}

TEST_F(MarketData, SlowHostGetsFewQuotesAndTheNewestOfThem) {
    constexpr int kUpdates = 4'000;
    std::promise<void> is_blocked;
    std::promise<void> goes_on;
    std::shared_future<void> release = goes_on.get_future().share();
    std::atomic<int> quotes{0};
    rig_.events().on_each([&](const RecordedEvent& event) {
        if (event.type != BROKER_EVENT_QUOTE || ++quotes != 1) return;
        is_blocked.set_value();
        (void)release.wait_for(RecordingEvents::kPatience);
    });
    start();
    ASSERT_TRUE(subscribe(1).is_ok());
    ASSERT_EQ(is_blocked.get_future().wait_for(RecordingEvents::kPatience),
              std::future_status::ready)
        << rig_.log();
    ASSERT_TRUE(rig_.venue().burst_quotes("EURUSD", kUpdates));
    set_bid("1.9");
    goes_on.set_value();
    ASSERT_TRUE(wait_for(quote_with_bid(1, "1.9"))) << rig_.log();
    std::uint64_t updates = 0;
    const auto delivered = rig_.events().find(quote_of(1));
    for (const RecordedEvent& quote : delivered) updates += 1 + quote.merged_count;
    EXPECT_EQ(updates, 1U + kUpdates + 1U) << "each update is in one of the quotes";
    EXPECT_LT(delivered.size(), kUpdates / 4U);
    EXPECT_TRUE(can_trade("M-1"));
}

TEST_F(MarketData, EveryUpdateIsAQuoteWithoutConflation) {
    constexpr std::size_t kUpdates = 200;
    start("{conflation: none}");
    ASSERT_TRUE(subscribe(1).is_ok());
    ASSERT_TRUE(wait_for(quote_of(1))) << rig_.log();
    ASSERT_TRUE(rig_.venue().burst_quotes("EURUSD", static_cast<int>(kUpdates)));
    ASSERT_TRUE(wait_for(quote_of(1), 1 + kUpdates));
    EXPECT_THAT(rig_.events().find(quote_of(1)),
                Each(testing::Field(&RecordedEvent::merged_count, 0U)));
}

TEST_F(MarketData, GarbageOnItsSessionLeavesTradingUntouched) {
    start();
    ASSERT_TRUE(subscribe(1).is_ok());
    ASSERT_TRUE(wait_for(quote_of(1))) << rig_.log();
    rig_.venue().set_fault(Listener::FixMarketData, Fault::Garbage, true);
    ASSERT_TRUE(rig_.venue().burst_quotes("EURUSD", 2'000));
    EXPECT_TRUE(can_trade("M-1"));
    rig_.venue().drop_connections(Listener::FixMarketData);
    ASSERT_TRUE(wait_for(status_of(1, BROKER_MD_STATUS_STALE))) << rig_.log();
    EXPECT_TRUE(can_trade("M-2"));
    rig_.venue().set_fault(Listener::FixMarketData, Fault::Garbage, false);
    set_bid("1.4");
    EXPECT_TRUE(wait_for(quote_with_bid(1, "1.4"))) << rig_.log();
    EXPECT_EQ(left_ready(), 0U);
}

TEST_F(MarketData, MessagesNobodyAskedForAreTold) {
    start();
    ASSERT_TRUE(wait_logged_on()) << rig_.log();
    FixMessage message{"W",
                       {{262, "ELSE"},
                        {55, "EURUSD"},
                        {268, "1"},
                        {269, "0"},
                        {278, "x"},
                        {270, "1"},
                        {271, "1"}}};
    ASSERT_TRUE(rig_.venue().send_market_data("ACC1-MD", message));
    ASSERT_TRUE(wait_for([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_VENUE_FAULT &&
               event.channel == BROKER_CHANNEL_FIX_MARKET_DATA &&
               event.text.find("ELSE") != std::string::npos;
    })) << rig_.log();
    broker_account_status_t status{};
    ASSERT_TRUE(rig_.adapter().accounts()->get_status("ACC-1", status).is_ok());
    EXPECT_EQ(status.venue_fault_count, 1U);
    EXPECT_EQ(status.market_data_state, BROKER_ACCOUNT_STATE_READY);
}

TEST_F(MarketData, VenueThatIsAwayKeepsNeitherTradingNorAStop) {
    rig_.venue().set_fault(Listener::FixMarketData, Fault::Silent, true);
    start();
    ASSERT_TRUE(subscribe(1).is_ok());
    EXPECT_TRUE(can_trade("M-1"));
    EXPECT_EQ(rig_.events().count(quote_of(1)), 0U);
    const auto before = std::chrono::steady_clock::now();
    rig_.stop();
    EXPECT_LT(std::chrono::steady_clock::now() - before, std::chrono::seconds{10});
    EXPECT_TRUE(wait_for(state_is("ACC-1", BROKER_ACCOUNT_STATE_STOPPED)));
}

TEST_F(MarketData, StopLogsBothSessionsOut) {
    start();
    ASSERT_TRUE(wait_logged_on()) << rig_.log();
    rig_.stop();
    EXPECT_EQ(rig_.received(0, "5", ""), 2U);
}

TEST_F(MarketData, WrongCallsAreRefusedByTheCall) {
    start();
    EXPECT_EQ(subscribe(0).code, BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(subscribe(1, "").code, BROKER_INVALID_ARGUMENT);
    EXPECT_EQ(subscribe(1, "EURUSD", -1).code, BROKER_INVALID_ARGUMENT);
    auto request = sdk::quotes_of("ACC-1", 1, "EURUSD");
    request.has_trades = 2;
    EXPECT_EQ(rig_.adapter().market_data()->subscribe(request).code, BROKER_INVALID_ARGUMENT);
    request = sdk::quotes_of("NOBODY", 1, "EURUSD");
    EXPECT_EQ(rig_.adapter().market_data()->subscribe(request).reason,
              BROKER_REASON_ACCOUNT_UNKNOWN);
    EXPECT_EQ(rig_.adapter().market_data()->unsubscribe("ACC-1", 0).code, BROKER_INVALID_ARGUMENT);
    const sdk::Status deep = subscribe(1, "EURUSD", 3);
    EXPECT_EQ(deep.reason, BROKER_REASON_NOT_SUPPORTED);
    EXPECT_THAT(deep.text, HasSubstr("market_data.other_depths"));
}

TEST_F(MarketData, AccountWithoutTheSessionSaysSo) {
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1"));
    const sdk::Status status = subscribe(1);
    EXPECT_EQ(status.code, BROKER_NOT_SUPPORTED);
    EXPECT_EQ(status.reason, BROKER_REASON_CHANNEL_NOT_CONFIGURED);
    broker_account_status_t account{};
    ASSERT_TRUE(rig_.adapter().accounts()->get_status("ACC-1", account).is_ok());
    EXPECT_EQ(account.market_data_state, BROKER_ACCOUNT_STATE_UNSPECIFIED);
}

}  // namespace
}  // namespace broker::test
