// What reaches the host of an update: quotes and their merging, books, trades, candles, sharing.
#include "account/market_data_feed.hpp"

#include "market_data_fixture.hpp"

namespace broker::account {
namespace {

using core::MDEntryType;
using core::MDUpdateAction;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::SizeIs;

class MarketDataDelivery : public MarketDataFixture {
protected:
    // Live, with nothing waiting.
    void go_live(std::uint64_t id = 1, std::int32_t depth = core::kTopOfBook) {
        log_on();
        subscribe(id, "EURUSD", depth);
        picture("M1", {md_bid("1", "b"), md_offer("2", "o")});
        run_loop();
        events_.take();
    }

    int updates_ = 0;
};

// ---- conflation

TEST_F(MarketDataDelivery, UpdatesReadTogetherBecomeOneQuotePerSymbol) {
    log_on();
    subscribe(1);
    subscribe(2, "GBPUSD");
    picture("M1", {md_bid("1"), md_offer("2")});
    picture("M2", {md_bid("5")}, "GBPUSD");
    increment("M1", {md_bid("1.1")});
    increment("M1", {md_bid("1.2")});
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "LIVE 2"));
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("quote 1 EURUSD 1.2/2 snapshot merged=2",
                                            "quote 2 GBPUSD 5/- snapshot"));
}

// A session with more to deliver lets others run for two turns.
TEST_F(MarketDataDelivery, QuotesWaitForThreeTurnsThatBringNoUpdate) {
    go_live();
    for (const std::string_view px : {"1.1", "1.2", "1.3"}) {
        increment("M1", {md_bid(px)});
        for (int turn = 0; turn < 2; ++turn) run_turn();
    }
    run_turn();
    EXPECT_THAT(events_.take(), IsEmpty());
    run_turn();
    EXPECT_THAT(events_.take(), ElementsAre("quote 1 EURUSD 1.3/2 merged=2"));
}

TEST_F(MarketDataDelivery, QuotesDoNotWaitForeverForAVenueThatNeverPauses) {
    go_live();
    int turns = 0;
    for (; events_.lines.empty() && turns < 100; ++turns) {
        increment("M1", {md_bid("1." + std::to_string(turns + 1))});
        run_turn();
    }
    EXPECT_LE(turns, 16);
    EXPECT_THAT(events_.take(), ElementsAre(HasSubstr("merged=")));
}

// What piled up meanwhile may be more than those few turns read.
TEST_F(MarketDataDelivery, AfterASlowHostAsMuchTimeIsReadAsItTook) {
    using std::chrono::milliseconds;
    go_live();
    // Turns of a millisecond, each with an update, until a quote comes.
    const auto turns_to_a_quote = [this] {
        int turns = 0;
        for (; events_.take().empty() && turns < 1'000; ++turns) {
            clock_.advance(milliseconds{1});
            increment("M1", {md_bid("1." + std::to_string(++updates_))});
            run_turn();
        }
        return turns;
    };
    const auto turns_after = [&](milliseconds taken) {
        events_.during_quote = [this, taken] { clock_.advance(taken); };
        turns_to_a_quote();
        events_.during_quote = {};
        return turns_to_a_quote();
    };
    EXPECT_EQ(turns_after(milliseconds{0}), 16);
    EXPECT_EQ(turns_after(milliseconds{40}), 41);
    EXPECT_EQ(turns_to_a_quote(), 16) << "the host was fast again";
    EXPECT_EQ(turns_after(milliseconds{30'000}), 101) << "at the most";
}

TEST_F(MarketDataDelivery, ManyQuotesAreDeliveredInPortionsAndGoOnMergingMeanwhile) {
    log_on();
    for (std::uint64_t id = 1; id <= 100; ++id) {
        const std::string symbol = "S" + std::to_string(id);
        subscribe(id, symbol);
        picture("M" + std::to_string(id), {md_bid("1")}, symbol);
    }
    events_.take();
    for (int turn = 0; turn < 4; ++turn) run_turn();
    EXPECT_THAT(events_.take(), SizeIs(64));
    increment("M100", {md_bid("2")}, "S100");
    run_loop();
    const auto rest = events_.take();
    EXPECT_THAT(rest, SizeIs(36));
    EXPECT_EQ(rest.back(), "quote 100 S100 2/- snapshot merged=1");
}

TEST_F(MarketDataDelivery, EveryUpdateIsAQuoteWithoutConflation) {
    settings_.conflation = Conflation::None;
    make();
    go_live();
    increment("M1", {md_bid("1.1")});
    increment("M1", {md_bid("1.2")});
    EXPECT_THAT(events_.take(), ElementsAre("quote 1 EURUSD 1.1/2", "quote 1 EURUSD 1.2/2"));
    EXPECT_THAT(tasks_, IsEmpty());
}

TEST_F(MarketDataDelivery, UpdateThatLeavesTheTopAsItWasIsNoQuote) {
    go_live();
    increment("M1", {md_bid("1", "b")});
    run_loop();
    EXPECT_THAT(events_.take(), IsEmpty());
}

TEST_F(MarketDataDelivery, HostThatThrowsKeepsNobodyElseFromItsQuotes) {
    log_on();
    subscribe(1);
    subscribe(2, "GBPUSD");
    picture("M1", {md_bid("1")});
    picture("M2", {md_bid("1")}, "GBPUSD");
    events_.take();
    events_.throws = true;
    run_loop();
    EXPECT_THAT(events_.take(), SizeIs(2));
    EXPECT_THAT(events_.notices, testing::Contains(HasSubstr("no memory")));
}

TEST_F(MarketDataDelivery, WithdrawnQuotesAreAnEmptyQuote) {
    go_live();
    picture("M1", {md_entry(MDEntryType::EmptyBook, "")});
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("quote 1 EURUSD -/-"));
}

// ---- books

TEST_F(MarketDataDelivery, BookComesAsAPictureAndThenByChangesInOrder) {
    log_on();
    subscribe(1, "EURUSD", core::kFullBook);
    picture("M1", {md_offer("3", "o2"), md_bid("1", "b1"), md_offer("2", "o1")});
    EXPECT_THAT(
        events_.take(),
        ElementsAre("LIVE 1", "entry 1 new empty snapshot", "entry 1 new bid b1 1 snapshot",
                    "entry 1 new offer o1 2 snapshot", "entry 1 new offer o2 3 snapshot last"));
    increment("M1",
              {md_bid("1.5", "b1"), md_entry(MDEntryType::Offer, "", "o1", MDUpdateAction::Delete),
               md_entry(MDEntryType::Offer, "", "o9", MDUpdateAction::Delete)});
    EXPECT_THAT(events_.take(),
                ElementsAre("entry 1 change bid b1 1.5", "entry 1 delete offer o1 2 last"));
    EXPECT_THAT(tasks_, IsEmpty()) << "books are not merged";
}

TEST_F(MarketDataDelivery, EmptyBookOfABookIsOneEntry) {
    go_live(1, core::kFullBook);
    increment("M1", {md_entry(MDEntryType::EmptyBook, "")});
    EXPECT_THAT(events_.take(), ElementsAre("entry 1 new empty last"));
}

TEST_F(MarketDataDelivery, EntriesOfUnknownKindReachBooksAndChangeNothing) {
    go_live(1, core::kFullBook);
    increment("M1", {md_entry(MDEntryType::Unspecified, "9"),
                     md_entry(MDEntryType::Bid, "9", "b", MDUpdateAction::Unspecified)});
    EXPECT_THAT(events_.take(), ElementsAre("entry 1 new ? 9", "entry 1 ? bid b 9 last"));
    subscribe(2, "EURUSD", core::kFullBook);
    EXPECT_THAT(events_.take(), testing::Contains("entry 2 new bid b 1 snapshot"));
}

TEST_F(MarketDataDelivery, BookThatOutgrowsItsBoundDropsTheWorstAndSaysSoOnce) {
    go_live(1, core::kFullBook);
    MarketDataFixture::Entries many;
    std::vector<std::string> ids;
    for (int i = 0; i < 1000; ++i) ids.push_back("x" + std::to_string(i));
    for (int i = 0; i < 1000; ++i) {
        many.push_back(md_bid(std::to_string(10 + i), ids[static_cast<std::size_t>(i)]));
    }
    increment("M1", many);
    const auto lines = events_.take();
    EXPECT_THAT(lines, SizeIs(1001));
    EXPECT_THAT(lines, testing::Contains("entry 1 delete bid b 1"));
    EXPECT_THAT(events_.faults, ElementsAre(HasSubstr("more levels than are kept")));
    increment("M1", {md_bid("0.5", "worse")});
    EXPECT_THAT(events_.take(), IsEmpty());
    EXPECT_THAT(events_.faults, SizeIs(1));
}

TEST_F(MarketDataDelivery, EntryOfNoUseToTheBookIsToldAndTheOthersCount) {
    go_live(1, core::kFullBook);
    increment("M1", {md_entry(MDEntryType::Bid, "", "unknown", MDUpdateAction::Change),
                     md_bid("1.5", "b2")});
    EXPECT_THAT(events_.take(), ElementsAre("entry 1 new bid b2 1.5 last"));
    EXPECT_THAT(events_.faults, ElementsAre(HasSubstr("1 entries of no use")));
}

// ---- trades and candles

TEST_F(MarketDataDelivery, TradesReachThoseWhoAskedForThem) {
    log_on();
    core::MarketDataRequest with_trades = request(1);
    with_trades.has_trades = true;
    feed_->execute(with_trades);
    subscribe(2);
    picture("M1", {md_bid("1"), md_entry(MDEntryType::Trade, "1.5", "t1")});
    run_loop();
    events_.take();
    increment("M1", {md_entry(MDEntryType::Trade, "1.6", "t2")});
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("entry 1 new trade t2 1.6 last"));
}

TEST_F(MarketDataDelivery, CandleComesByItsFigures) {
    log_on();
    core::MarketDataRequest candles = request(1);
    candles.candle_type = core::CandleType::from("h").value();
    feed_->execute(candles);
    picture("M1",
            {md_entry(MDEntryType::OpeningPrice, "1"), md_entry(MDEntryType::HighPrice, "3")});
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 1", "entry 1 new open 1 snapshot",
                                            "entry 1 new high 3 snapshot last"));
}

// ---- sharing

TEST_F(MarketDataDelivery, TwoSubscriptionsOfOneSymbolShareOneRequest) {
    go_live();
    take_sent();
    subscribe(2);
    EXPECT_THAT(take_sent(), IsEmpty());
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 2", "quote 2 EURUSD 1/2 snapshot"));
    increment("M1", {md_bid("1.1")});
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("quote 1 EURUSD 1.1/2", "quote 2 EURUSD 1.1/2"));
    unsubscribe(1);
    EXPECT_THAT(take_sent(), IsEmpty()) << "the other one still needs it";
    unsubscribe(2);
    EXPECT_THAT(take_sent(), ElementsAre("unsubscribe M1 EURUSD depth=1"));
}

TEST_F(MarketDataDelivery, QuotesAreTakenFromABookThatIsThere) {
    go_live(1, core::kFullBook);
    take_sent();
    subscribe(2);
    EXPECT_THAT(take_sent(), IsEmpty());
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 2", "quote 2 EURUSD 1/2 snapshot"));
    increment("M1", {md_bid("0.5", "deep")});
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("entry 1 new bid deep 0.5 last"));
    increment("M1", {md_bid("1.5", "top")});
    run_loop();
    EXPECT_THAT(events_.take(),
                ElementsAre("entry 1 new bid top 1.5 last", "quote 2 EURUSD 1.5/2"));
}

TEST_F(MarketDataDelivery, BooksAreNotTakenFromQuotes) {
    go_live();
    take_sent();
    subscribe(2, "EURUSD", core::kFullBook);
    EXPECT_THAT(take_sent(), ElementsAre("subscribe M2 EURUSD depth=0"));
}

TEST_F(MarketDataDelivery, RefusedBookGivesTheQuotesThatSharedItARequestOfTheirOwn) {
    log_on();
    subscribe(1, "EURUSD", core::kFullBook);
    subscribe(2);
    take_sent();
    reject("M1");
    EXPECT_THAT(events_.take(), ElementsAre("REJECTED 1 REQUEST_REJECTED"));
    EXPECT_THAT(take_sent(), ElementsAre("subscribe M2 EURUSD depth=1"));
    picture("M2", {md_bid("1")});
    run_loop();
    EXPECT_THAT(events_.take(), ElementsAre("LIVE 2", "quote 2 EURUSD 1/- snapshot"));
}

TEST_F(MarketDataDelivery, WhoJoinsAStaleLineLearnsThatItIsStale) {
    settings_.stale_after = std::chrono::seconds{1};
    make();
    go_live();
    clock_.advance(std::chrono::seconds{1});
    feed_->on_tick();
    events_.take();
    subscribe(2);
    EXPECT_THAT(events_.take(), ElementsAre("STALE 2", "quote 2 EURUSD 1/2 snapshot stale"));
}

}  // namespace
}  // namespace broker::account
