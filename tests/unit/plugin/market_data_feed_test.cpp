// Subscriptions: from the host's request to the venue's answer, over reconnects.
#include "account/market_data_feed.hpp"

#include "market_data_fixture.hpp"

namespace broker::account {
namespace {

using core::MDEntryType;
using core::MDUpdateAction;
using core::Reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class MarketDataFeedTest : public MarketDataFixture {};

// ---- asking

TEST_F(MarketDataFeedTest, AsksAtTheLogonForWhatWasSubscribedBeforeIt) {
    subscribe(1);
    subscribe(2, "GBPUSD", core::kFullBook);
    EXPECT_THAT(take_sent(), IsEmpty());
    log_on();
    EXPECT_THAT(take_sent(),
                ElementsAre("subscribe M1 EURUSD depth=1", "subscribe M2 GBPUSD depth=0"));
    EXPECT_THAT(events_.news, ElementsAre("connecting", "logged-on"));
}

TEST_F(MarketDataFeedTest, AsksAtOnceWhileLoggedOn) {
    log_on();
    core::MarketDataRequest trades = request(1, "EURUSD", 5);
    trades.has_trades = true;
    feed_->execute(trades);
    core::MarketDataRequest candles = request(2);
    candles.candle_type = core::CandleType::from("15m").value();
    feed_->execute(candles);
    EXPECT_THAT(take_sent(), ElementsAre("subscribe M1 EURUSD depth=5 trades",
                                         "subscribe M2 EURUSD depth=1 15m"));
}

TEST_F(MarketDataFeedTest, PutsSymbolsOfOneKindIntoOneRequestAsFarAsTheProfileAllows) {
    settings_.rules.max_symbols_per_request = 2;
    make();
    subscribe(1, "A");
    subscribe(2, "B", core::kFullBook);
    subscribe(3, "C");
    subscribe(4, "D");
    log_on();
    EXPECT_THAT(take_sent(), ElementsAre("subscribe M1 A C depth=1", "subscribe M2 B depth=0",
                                         "subscribe M3 D depth=1"));
    picture("M1", {md_bid("1")}, "C");
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 3", "quote 3 C 1/- snapshot"));
}

// Reconnects and polls of the channel depend on it.
TEST_F(MarketDataFeedTest, PassesEachTickOnToItsChannel) {
    feed_->on_tick();
    feed_->on_tick();
    EXPECT_EQ(channel_->ticks, 2);
}

TEST_F(MarketDataFeedTest, SendsManyRequestsInPortions) {
    for (std::uint64_t id = 1; id <= 250; ++id) subscribe(id, "S" + std::to_string(id));
    log_on();
    EXPECT_THAT(take_sent(), SizeIs(100));
    feed_->on_tick();
    EXPECT_THAT(take_sent(), SizeIs(100));
    feed_->on_tick();
    EXPECT_THAT(take_sent(), SizeIs(50));
}

TEST_F(MarketDataFeedTest, AsksAgainAfterTheNextLogonForWhatASessionDidNotTake) {
    log_on();
    channel_->failure = core::fail(Reason::WriteQueueFull, "full");
    subscribe(1);
    EXPECT_THAT(events_.take(), IsEmpty());
    channel_->failure.reset();
    lose_connection();
    log_on();
    EXPECT_THAT(take_sent(), ElementsAre("subscribe M2 EURUSD depth=1"));
}

// ---- refusals

TEST_F(MarketDataFeedTest, RefusalOfTheVenueEndsOneSubscriptionWithItsWords) {
    log_on();
    subscribe(1);
    subscribe(2, "GBPUSD");
    reject("M1");
    EXPECT_THAT(events_.take(), ElementsAre("REJECTED 1 REQUEST_REJECTED"));
    EXPECT_EQ(events_.texts.back(), "not for you");
    picture("M2", {md_bid("1")}, "GBPUSD");
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 2", "quote 2 GBPUSD 1/- snapshot"));
    lose_connection();
    take_sent();
    log_on();
    EXPECT_THAT(take_sent(), ElementsAre("subscribe M3 GBPUSD depth=1"));
}

TEST_F(MarketDataFeedTest, RejectOfTheMessageIsFoundByItsNumber) {
    log_on();
    subscribe(1);
    subscribe(2, "GBPUSD");
    reject("", 3);  // the first message had 2
    EXPECT_THAT(events_.take(), ElementsAre("REJECTED 2 REQUEST_REJECTED"));
    reject("an id of the venue's own", 2);
    EXPECT_THAT(events_.take(), ElementsAre("REJECTED 1 REQUEST_REJECTED"));
}

TEST_F(MarketDataFeedTest, RefusalOfSeveralSymbolsAsksForEachByItself) {
    settings_.rules.max_symbols_per_request = 2;
    make();
    subscribe(1, "A");
    subscribe(2, "B");
    log_on();
    take_sent();
    reject("M1");
    EXPECT_THAT(events_.take(), IsEmpty());
    EXPECT_THAT(take_sent(), ElementsAre("subscribe M2 A depth=1", "subscribe M3 B depth=1"));
    reject("M3");
    EXPECT_THAT(events_.take(), ElementsAre("REJECTED 2 REQUEST_REJECTED"));
}

TEST_F(MarketDataFeedTest, SymbolThatTheProfileDoesNotHaveIsRefusedAndTheOthersAreAskedFor) {
    settings_.rules.max_symbols_per_request = 3;
    make();
    subscribe(1, "A");
    subscribe(2, "NONE");
    log_on();
    EXPECT_THAT(events_.take(), ElementsAre("REJECTED 2 SYMBOL_UNKNOWN"));
    EXPECT_THAT(take_sent(), ElementsAre(HasSubstr(" A depth=1")));
}

TEST_F(MarketDataFeedTest, RefusesARequestIdInUseAndLeavesThatSubscriptionAlone) {
    log_on();
    subscribe(1);
    subscribe(1, "GBPUSD");
    EXPECT_THAT(events_.take(), ElementsAre("REJECTED 1 REQUEST_PENDING"));
    EXPECT_THAT(events_.texts.back(), HasSubstr("goes on"));
    picture("M1", {md_bid("1")});
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "quote 1 EURUSD 1/- snapshot"));
}

TEST_F(MarketDataFeedTest, RefusesMoreSubscriptionsThanAreAllowedAndTakesThemAgainAfterAnEnd) {
    settings_.max_subscriptions = 1;
    make();
    subscribe(1);
    subscribe(2);
    EXPECT_THAT(events_.take(), ElementsAre("REJECTED 2 TOO_MANY_REQUESTS"));
    EXPECT_THAT(events_.texts.back(), HasSubstr("market_data.max_subscriptions"));
    unsubscribe(1);
    subscribe(2);
    EXPECT_THAT(events_.take(), ElementsAre("ENDED 1"));
}

TEST_F(MarketDataFeedTest, RefusesSubscriptionsWhileItStops) {
    log_on();
    bool is_done = false;
    feed_->stop("stopped by host", [&is_done] { is_done = true; });
    subscribe(1);
    EXPECT_THAT(events_.take(), ElementsAre("REJECTED 1 ACCOUNT_NOT_READY"));
    EXPECT_THAT(take_sent(), IsEmpty());
    channel_->on_stopped();
    EXPECT_TRUE(is_done);
}

// ---- the end

TEST_F(MarketDataFeedTest, UnsubscribeTakesTheRequestBackAndWhatComesLateIsIgnored) {
    log_on();
    subscribe(1);
    picture("M1", {md_bid("1")});
    unsubscribe(1);
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "ENDED 1"));
    EXPECT_THAT(take_sent(),
                ElementsAre("subscribe M1 EURUSD depth=1", "unsubscribe M1 EURUSD depth=1"));
    increment("M1", {md_bid("2")});
    reject("M1");  // of the unsubscribe
    run_loop();
    EXPECT_THAT(events_.take(), IsEmpty());
    EXPECT_THAT(events_.faults, IsEmpty());
}

TEST_F(MarketDataFeedTest, UnsubscribeOfWhatIsNotThereIsAnswered) {
    unsubscribe(9);
    EXPECT_THAT(events_.take(), ElementsAre("ENDED 9 INVALID_FIELD"));
}

TEST_F(MarketDataFeedTest, RequestOfSeveralSymbolsIsTakenBackWithTheLast) {
    settings_.rules.max_symbols_per_request = 2;
    make();
    subscribe(1, "A");
    subscribe(2, "B");
    log_on();
    take_sent();
    unsubscribe(1);
    EXPECT_THAT(take_sent(), IsEmpty());
    picture("M1", {md_bid("1")}, "A");
    EXPECT_THAT(events_.faults, IsEmpty());
    unsubscribe(2);
    EXPECT_THAT(take_sent(), ElementsAre("unsubscribe M1 A B depth=1"));
}

TEST_F(MarketDataFeedTest, OnePictureEndsByItself) {
    log_on();
    core::MarketDataRequest once = request(1);
    once.is_snapshot_only = true;
    feed_->execute(once);
    core::MarketDataRequest book = request(2, "EURUSD", core::kFullBook);
    book.is_snapshot_only = true;
    feed_->execute(book);
    picture("M1", {md_bid("1"), md_offer("2")});
    picture("M2", {md_bid("1", "b")});
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "quote 1 EURUSD 1/2 snapshot", "ENDED 1",
                                            "LIVE 2", "entry 2 new empty snapshot",
                                            "entry 2 new bid b 1 snapshot last", "ENDED 2"));
    EXPECT_THAT(take_sent(), ElementsAre("once M1 EURUSD depth=1", "once M2 EURUSD depth=0"));
}

TEST_F(MarketDataFeedTest, OnePictureThatDoesNotComeInTimeEnds) {
    log_on();
    core::MarketDataRequest once = request(1);
    once.is_snapshot_only = true;
    feed_->execute(once);
    clock_.advance(std::chrono::seconds{5});
    feed_->on_tick();
    EXPECT_THAT(events_.take(), ElementsAre("ENDED 1 OUTCOME_TIMEOUT"));
    picture("M1", {md_bid("1")});
    EXPECT_THAT(events_.take(), IsEmpty());
}

// ---- reconnects and silence

TEST_F(MarketDataFeedTest, LostConnectionMakesDataStaleAndAFreshPictureMakesItLive) {
    log_on();
    subscribe(1);
    picture("M1", {md_bid("1"), md_offer("2")});
    run_loop();
    events_.take();
    take_sent();

    lose_connection();
    EXPECT_THAT(events_.take(), ElementsAre("STALE 1 CONNECTION_LOST", "quote 1 EURUSD 1/2 stale"));
    EXPECT_EQ(events_.texts.back(), "reset");
    lose_connection();  // a failed attempt
    EXPECT_THAT(events_.take(), IsEmpty());

    log_on();
    EXPECT_THAT(take_sent(), ElementsAre("subscribe M2 EURUSD depth=1"));
    increment("M2", {md_bid("7")});
    increment("M1", {md_bid("8")});
    run_loop();
    EXPECT_THAT(events_.take(), IsEmpty()) << "no update counts before the picture";
    picture("M2", {md_bid("3"), md_offer("4")});
    increment("M2", {md_bid("3.5")});
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "quote 1 EURUSD 3.5/4 snapshot merged=1"));
}

TEST_F(MarketDataFeedTest, QuoteThatWaitedWhenTheConnectionWasLostIsDeliveredOnceAndStale) {
    log_on();
    subscribe(1);
    picture("M1", {md_bid("1")});
    lose_connection();
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "STALE 1 CONNECTION_LOST",
                                            "quote 1 EURUSD 1/- snapshot stale"));
    run_loop();
    EXPECT_THAT(events_.take(), IsEmpty());
}

TEST_F(MarketDataFeedTest, BookIsBuiltAnewAfterAReconnect) {
    log_on();
    subscribe(1, "EURUSD", core::kFullBook);
    picture("M1", {md_bid("1", "a"), md_bid("2", "b")});
    lose_connection();
    log_on();
    events_.take();
    picture("M2", {md_bid("5", "c")});
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "entry 1 new empty snapshot",
                                            "entry 1 new bid c 5 snapshot last"));
}

TEST_F(MarketDataFeedTest, FirstIncrementIsTheBeginningWhereTheProfileSaysSo) {
    settings_.rules.begins_with_snapshot = false;
    make();
    log_on();
    subscribe(1, "EURUSD", core::kFullBook);
    increment("M1", {md_bid("1", "a")});
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "entry 1 new empty snapshot",
                                            "entry 1 new bid a 1 snapshot last"));
    increment("M1", {md_bid("2", "b")});
    EXPECT_THAT(events_.take(), ElementsAre("entry 1 new bid b 2 last"));
}

TEST_F(MarketDataFeedTest, SilenceMakesTheSymbolStaleUntilItsNextUpdate) {
    settings_.stale_after = std::chrono::seconds{10};
    make();
    log_on();
    subscribe(1);
    subscribe(2, "GBPUSD");
    picture("M1", {md_bid("1")});
    picture("M2", {md_bid("1")}, "GBPUSD");
    run_loop();
    events_.take();
    clock_.advance(std::chrono::seconds{9});
    increment("M2", {md_bid("2")}, "GBPUSD");  // another symbol's life is no sign of this one's
    run_loop();
    events_.take();
    feed_->on_tick();
    EXPECT_THAT(events_.take(), IsEmpty());
    clock_.advance(std::chrono::seconds{1});
    feed_->on_tick();
    feed_->on_tick();
    EXPECT_THAT(events_.take(), ElementsAre("STALE 1 OUTCOME_TIMEOUT", "quote 1 EURUSD 1/- stale"));
    increment("M1", {md_bid("1")});
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "quote 1 EURUSD 1/-"));
}

TEST_F(MarketDataFeedTest, SilenceSaysNothingUnlessItIsSetTo) {
    log_on();
    subscribe(1);
    picture("M1", {md_bid("1")});
    run_loop();
    events_.take();
    clock_.advance(std::chrono::hours{24});
    feed_->on_tick();
    EXPECT_THAT(events_.take(), IsEmpty());
}

TEST_F(MarketDataFeedTest, UnansweredRequestIsToldOnceAndALateAnswerStillCounts) {
    log_on();
    subscribe(1);
    increment("M1", {md_bid("1")});
    clock_.advance(std::chrono::seconds{5});
    feed_->on_tick();
    feed_->on_tick();
    EXPECT_THAT(events_.take(), ElementsAre("STALE 1 OUTCOME_TIMEOUT"));
    EXPECT_THAT(events_.texts.back(), HasSubstr("1 updates came before a picture"));
    picture("M1", {md_bid("1")});
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "quote 1 EURUSD 1/- snapshot"));
}

// ---- what the venue gets wrong

TEST_F(MarketDataFeedTest, DataThatNobodyAskedForIsToldAndReachesNobody) {
    log_on();
    subscribe(1);
    picture("M77", {md_bid("1")});
    picture("whatever", {md_bid("1")});
    picture("M1", {md_bid("1")}, "XAUUSD");
    run_loop();
    EXPECT_THAT(events_.take(), IsEmpty());
    EXPECT_THAT(events_.faults,
                ElementsAre(HasSubstr("M77"), HasSubstr("whatever"), HasSubstr("XAUUSD")));
}

TEST_F(MarketDataFeedTest, FloodOfFaultsIsCountedWholeAndToldInPart) {
    log_on();
    for (int i = 0; i < 1000; ++i) picture("M9", {md_bid("1")});
    EXPECT_THAT(events_.faults, SizeIs(10));
    clock_.advance(std::chrono::seconds{1});
    picture("M9", {md_bid("1")});
    EXPECT_THAT(events_.faults, SizeIs(11));
    EXPECT_THAT(events_.faults.back(), HasSubstr("stands for 991 faults"));
    EXPECT_EQ(events_.fault_count, 1001U);
}

TEST_F(MarketDataFeedTest, DataWithoutAnIdGoesToTheLinesOfItsSymbolAndKind) {
    log_on();
    subscribe(1);
    core::MarketDataRequest candles = request(2);
    candles.candle_type = core::CandleType::from("h").value();
    feed_->execute(candles);
    picture("", {md_bid("1")});
    picture("", {md_entry(MDEntryType::HighPrice, "3")});
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "LIVE 2", "entry 2 new high 3 snapshot last",
                                            "quote 1 EURUSD 1/- snapshot"));
    picture("", {md_bid("1")}, "XAUUSD");
    EXPECT_THAT(events_.faults, ElementsAre(HasSubstr("XAUUSD")));
}

}  // namespace
}  // namespace broker::account
