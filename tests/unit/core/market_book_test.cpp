#include "core/market_book.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/allocation_count.hpp"

namespace broker::core {
namespace {

using testing::ElementsAre;
using testing::IsEmpty;
using Kind = BookChange::Kind;

Decimal number(std::string_view text) { return Decimal::parse(text).value(); }

MDEntry entry(MDUpdateAction action, MDEntryType type, std::string_view id, std::string_view px,
              std::string_view size = "1") {
    return {action, type, id, Decimal::parse(px), Decimal::parse(size), std::nullopt};
}
MDEntry bid(std::string_view id, std::string_view px, std::string_view size = "1") {
    return entry(MDUpdateAction::New, MDEntryType::Bid, id, px, size);
}
MDEntry offer(std::string_view id, std::string_view px, std::string_view size = "1") {
    return entry(MDUpdateAction::New, MDEntryType::Offer, id, px, size);
}
MDEntry empty_book() { return entry(MDUpdateAction::New, MDEntryType::EmptyBook, "", "", ""); }

std::vector<std::string> levels(const std::vector<BookLevel>& side) {
    std::vector<std::string> lines;
    for (const BookLevel& level : side) {
        lines.push_back(std::string{level.id.view()} + " " + level.px.to_string() + " " +
                        (level.size ? level.size->to_string() : "-"));
    }
    return lines;
}

void expect(BookChange change, Kind kind, MDUpdateAction action) {
    EXPECT_EQ(change.kind, kind);
    EXPECT_EQ(change.action, action);
}

TEST(MarketBook, SortsBestFirstOnBothSides) {
    MarketBook book{{}};
    for (const auto& e : {bid("b1", "1.10"), bid("b2", "1.12"), bid("b3", "1.11"),
                          offer("o1", "1.15"), offer("o2", "1.13"), offer("o3", "1.14")}) {
        expect(book.apply(e), Kind::Changed, MDUpdateAction::New);
    }
    EXPECT_THAT(levels(book.bids()), ElementsAre("b2 1.12 1", "b3 1.11 1", "b1 1.10 1"));
    EXPECT_THAT(levels(book.offers()), ElementsAre("o2 1.13 1", "o3 1.14 1", "o1 1.15 1"));
    EXPECT_EQ(book.best_bid()->px, number("1.12"));
    EXPECT_EQ(book.best_offer()->px, number("1.13"));
}

TEST(MarketBook, KeepsEqualPricesInTheOrderTheyCame) {
    MarketBook book{{}};
    for (const auto& e : {bid("a", "1.1"), bid("b", "1.10"), bid("c", "1.100")}) {
        (void)book.apply(e);
    }
    EXPECT_THAT(levels(book.bids()), ElementsAre("a 1.1 1", "b 1.10 1", "c 1.100 1"));
}

TEST(MarketBook, ChangeKeepsWhatTheEntryLeavesOutAndMovesWithThePrice) {
    MarketBook book{{}};
    (void)book.apply(bid("a", "1.10", "5"));
    (void)book.apply(bid("b", "1.11", "6"));
    expect(book.apply(entry(MDUpdateAction::Change, MDEntryType::Bid, "a", "", "7")), Kind::Changed,
           MDUpdateAction::Change);
    EXPECT_THAT(levels(book.bids()), ElementsAre("b 1.11 6", "a 1.10 7"));
    (void)book.apply(entry(MDUpdateAction::Change, MDEntryType::Bid, "a", "1.12", ""));
    EXPECT_THAT(levels(book.bids()), ElementsAre("a 1.12 7", "b 1.11 6"));
}

TEST(MarketBook, DeleteTellsTheLevelThatWas) {
    MarketBook book{{}};
    (void)book.apply(bid("a", "1.10", "5"));
    const BookChange change =
        book.apply(entry(MDUpdateAction::Delete, MDEntryType::Bid, "a", "", ""));
    expect(change, Kind::Changed, MDUpdateAction::Delete);
    EXPECT_EQ(change.level.px, number("1.10"));
    EXPECT_TRUE(book.empty());
    expect(book.apply(entry(MDUpdateAction::Delete, MDEntryType::Bid, "a", "", "")), Kind::None,
           MDUpdateAction::Unspecified);
}

TEST(MarketBook, NewOfAKnownIdReplacesIt) {
    MarketBook book{{}};
    (void)book.apply(offer("a", "1.20", "5"));
    expect(book.apply(offer("a", "1.19", "6")), Kind::Changed, MDUpdateAction::Change);
    EXPECT_THAT(levels(book.offers()), ElementsAre("a 1.19 6"));
}

TEST(MarketBook, ChangeOfAnUnknownIdIsANewLevel) {
    MarketBook book{{}};
    expect(book.apply(entry(MDUpdateAction::Change, MDEntryType::Offer, "a", "1.2")), Kind::Changed,
           MDUpdateAction::New);
    expect(book.apply(entry(MDUpdateAction::Change, MDEntryType::Offer, "b", "")), Kind::Unusable,
           MDUpdateAction::Unspecified);
    EXPECT_THAT(levels(book.offers()), ElementsAre("a 1.2 1"));
}

TEST(MarketBook, TellsLevelsApartByPriceWhereThereIsNoId) {
    MarketBook book{{}};
    (void)book.apply(bid("", "1.10", "5"));
    (void)book.apply(bid("", "1.11", "6"));
    (void)book.apply(entry(MDUpdateAction::Change, MDEntryType::Bid, "", "1.100", "7"));
    EXPECT_THAT(levels(book.bids()), ElementsAre(" 1.11 6", " 1.100 7"));
    (void)book.apply(entry(MDUpdateAction::Delete, MDEntryType::Bid, "", "1.11", ""));
    EXPECT_THAT(levels(book.bids()), ElementsAre(" 1.100 7"));
}

TEST(MarketBook, OnlyNewEntriesReplaceTheOneWithoutAnId) {
    MarketBook book{{.only_new_entries = true}};
    (void)book.apply(bid("", "1.10"));
    (void)book.apply(bid("", "1.11"));
    EXPECT_THAT(levels(book.bids()), ElementsAre(" 1.11 1"));
}

TEST(MarketBook, TopOfBookHasOneLevelASideWhateverTheIds) {
    MarketBook book{{.is_top_only = true}};
    (void)book.apply(bid("a", "1.10"));
    (void)book.apply(bid("b", "1.09"));
    EXPECT_THAT(levels(book.bids()), ElementsAre("b 1.09 1"));
    (void)book.apply(entry(MDUpdateAction::Delete, MDEntryType::Bid, "a", "", ""));
    EXPECT_THAT(levels(book.bids()), ElementsAre("b 1.09 1")) << "of a level that is replaced";
    (void)book.apply(entry(MDUpdateAction::Delete, MDEntryType::Bid, "b", "", ""));
    EXPECT_TRUE(book.empty());
}

TEST(MarketBook, ZeroSizeIsALevelUnlessTheRulesSayThatItDeletes) {
    MarketBook book{{}};
    (void)book.apply(bid("a", "1.10", "0"));
    EXPECT_THAT(levels(book.bids()), ElementsAre("a 1.10 0"));
    MarketBook deleting{{.is_zero_size_a_delete = true}};
    (void)deleting.apply(bid("a", "1.10", "5"));
    expect(deleting.apply(bid("a", "1.10", "0")), Kind::Changed, MDUpdateAction::Delete);
    EXPECT_TRUE(deleting.empty());
}

TEST(MarketBook, EmptyBookTakesEverythingAway) {
    MarketBook book{{}};
    (void)book.apply(bid("a", "1.10"));
    (void)book.apply(offer("b", "1.20"));
    expect(book.apply(empty_book()), Kind::Changed, MDUpdateAction::New);
    EXPECT_TRUE(book.empty());
    EXPECT_EQ(book.best_bid(), nullptr);
    EXPECT_EQ(book.apply(empty_book()).kind, Kind::None);
}

TEST(MarketBook, TakesACrossedBookAsItIs) {
    MarketBook book{{}};
    (void)book.apply(bid("a", "1.30"));
    (void)book.apply(offer("b", "1.20"));
    EXPECT_GT(book.best_bid()->px, book.best_offer()->px);
}

TEST(MarketBook, FullSideDropsItsWorstForABetterPriceAndNothingForAWorse) {
    MarketBook book{{.max_levels = 2}};
    (void)book.apply(bid("a", "1.10"));
    (void)book.apply(bid("b", "1.12"));
    EXPECT_EQ(book.apply(bid("c", "1.09")).kind, Kind::NotStored);
    const BookChange change = book.apply(bid("d", "1.11"));
    expect(change, Kind::Changed, MDUpdateAction::New);
    ASSERT_TRUE(change.evicted);
    EXPECT_EQ(change.evicted->id.view(), "a");
    EXPECT_THAT(levels(book.bids()), ElementsAre("b 1.12 1", "d 1.11 1"));
}

TEST(MarketBook, LeavesTheBookAloneForEntriesOfNoUse) {
    MarketBook book{{}};
    const std::string long_id(65, 'x');
    for (const auto& e : {bid("a", ""), bid("", ""), bid(long_id, "1.1"),
                          entry(MDUpdateAction::New, MDEntryType::Trade, "t", "1.1"),
                          entry(MDUpdateAction::New, MDEntryType::Unspecified, "t", "1.1"),
                          entry(MDUpdateAction::Unspecified, MDEntryType::Bid, "t", "1.1"),
                          entry(MDUpdateAction::Delete, MDEntryType::Bid, "", "", "")}) {
        EXPECT_EQ(book.apply(e).kind, Kind::Unusable);
    }
    EXPECT_THAT(levels(book.bids()), IsEmpty());
}

TEST(MarketBook, AllocatesNothingOnceItHasGrown) {
    MarketBook book{{}};
    std::vector<std::string> ids;
    for (int i = 0; i < 100; ++i) ids.push_back("id-" + std::to_string(i));
    const auto run = [&] {
        for (int i = 0; i < 100; ++i) {
            const Decimal px = *Decimal::from(10'000 + i * 7 % 100, 4);
            (void)book.apply({MDUpdateAction::New, MDEntryType::Bid, ids[static_cast<size_t>(i)],
                              px, px, std::nullopt});
        }
        (void)book.apply(empty_book());
    };
    run();
    const std::size_t before = test::allocation_count();
    run();
    EXPECT_EQ(test::allocation_count(), before);
}

}  // namespace
}  // namespace broker::core
