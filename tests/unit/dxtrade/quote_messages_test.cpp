#include "dxtrade/fix/quote_messages.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "support/fix_message.hpp"

namespace broker::dxtrade::fix {
namespace {

using core::Reason;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

core::Symbol symbol(std::string_view text) { return core::Symbol::from(text).value(); }

std::string text_of(const core::MDEntry& entry) {
    std::string text = std::to_string(static_cast<int>(entry.action)) + "/" +
                       std::to_string(static_cast<int>(entry.type)) + " ";
    text.append(entry.id.empty() ? "-" : entry.id);
    text += " " + (entry.px ? entry.px->to_string() : "-");
    text += " " + (entry.size ? entry.size->to_string() : "-");
    if (entry.time) text += " @" + std::to_string(entry.time->time_since_epoch().count());
    return text;
}

class QuoteMessages : public testing::Test {
protected:
    std::string encode(const VenueMarketDataRequest& request) {
        const auto encoded = to_fix(request, rules_, symbols_, encoder_);
        if (!encoded) return std::string{core::reason_name(encoded.error().reason)};
        return test::with_bars(encoder_.body());
    }

    // Each update as its head and its entries, as text.
    std::vector<std::string> read(std::string_view body) {
        message_ = test::fix_message(test::with_soh(body));
        EXPECT_TRUE(view_.parse(message_)) << body;
        std::vector<std::string> lines;
        const auto deliver = [&lines](const MarketDataUpdate& update) {
            std::string head = update.is_picture ? "W " : "X ";
            head.append(update.md_req_id).append(" ").append(update.symbol);
            lines.push_back(head);
            for (const core::MDEntry& entry : update.entries) lines.push_back(text_of(entry));
        };
        if (view_.msg_type() == "W") {
            reader_.read_snapshot(view_, {}, deliver);
        } else {
            reader_.read_increment(view_, {}, deliver);
        }
        return lines;
    }

    MarketDataRules rules_;
    SymbolRules symbol_rules_;
    Symbols symbols_{symbol_rules_};
    broker::fix::MessageEncoder encoder_;
    MarketDataReader reader_{symbols_};
    std::string message_;
    broker::fix::MessageView view_;
};

// ---- out

TEST_F(QuoteMessages, SubscribesToTopOfBook) {
    const std::vector symbols{symbol("EURUSD")};
    EXPECT_EQ(encode({MarketDataRequestKind::Subscribe, "M1", 1, false, "", symbols}),
              "262=M1|263=1|264=1|265=1|267=2|269=0|269=1|146=1|55=EURUSD|");
    EXPECT_EQ(encoder_.msg_type(), "V");
}

TEST_F(QuoteMessages, AsksForOnePictureOfTheFullBookWithTradesAndStream) {
    rules_.updates = MarketDataUpdates::FullRefresh;
    rules_.md_stream_id = "S";
    const std::vector symbols{symbol("A"), symbol("B")};
    EXPECT_EQ(encode({MarketDataRequestKind::Snapshot, "M2", 0, true, "", symbols}),
              "262=M2|263=0|264=0|265=0|1500=S|267=3|269=0|269=1|269=2|146=2|55=A|55=B|");
}

TEST_F(QuoteMessages, AsksForCandlesByTheirFourPrices) {
    const std::vector symbols{symbol("A")};
    EXPECT_EQ(encode({MarketDataRequestKind::Subscribe, "M3", 1, false, "15m", symbols}),
              "262=M3|263=1|264=1|265=1|6408=15m|267=4|269=4|269=5|269=7|269=8|146=1|55=A|");
}

TEST_F(QuoteMessages, UnsubscribeRepeatsWhatItTakesBack) {
    const std::vector symbols{symbol("A")};
    EXPECT_EQ(encode({MarketDataRequestKind::Unsubscribe, "M3", 0, false, "", symbols}),
              "262=M3|263=2|264=0|265=1|267=2|269=0|269=1|146=1|55=A|");
}

TEST_F(QuoteMessages, SymbolsGoByTheProfilesMapAndComeBackByIt) {
    symbol_rules_.map["BRK.B"] = {"BRK", "B", {{48, "084670702"}}};
    symbol_rules_.is_map_complete = true;
    symbols_ = Symbols{symbol_rules_};
    std::vector symbols{symbol("BRK.B")};
    EXPECT_THAT(encode({MarketDataRequestKind::Subscribe, "M1", 1, false, "", symbols}),
                HasSubstr("146=1|55=BRK|65=B|48=084670702|"));
    EXPECT_THAT(read("35=W|34=2|262=M1|55=BRK|65=B|268=1|269=0|270=1|"),
                ElementsAre("W M1 BRK.B", "1/1 - 1 -"));
    EXPECT_THAT(read("35=X|34=2|262=M1|268=1|279=0|269=0|55=BRK|65=B|270=1|"),
                ElementsAre("X M1 BRK.B", "1/1 - 1 -"));
    symbols = {symbol("NONE")};
    EXPECT_EQ(encode({MarketDataRequestKind::Subscribe, "M1", 1, false, "", symbols}),
              "SYMBOL_UNKNOWN");
}

TEST_F(QuoteMessages, RefusesARequestThatDoesNotFitOneMessage) {
    const std::vector<core::Symbol> symbols(500, symbol("SYMBOL-OF-SOME-LENGTH"));
    EXPECT_EQ(encode({MarketDataRequestKind::Subscribe, "M1", 1, false, "", symbols}),
              "INVALID_FIELD");
}

// ---- in

TEST_F(QuoteMessages, ReadsASnapshotExactly) {
    EXPECT_THAT(read("35=W|34=7|262=M1|911=1|1500=S|55=EURUSD|451=0.1|6409=0.02|268=3|"
                     "269=0|278=B1|270=1.0000000001|271=0.01|272=20260105|273=12:00:00.5|"
                     "269=1|278=O1|270=999999999999.999999|271=5|"
                     "269=2|270=1.1|271=3|"),
                ElementsAre("W M1 EURUSD", "1/1 B1 1.0000000001 0.01 @1767614400500000000",
                            "1/2 O1 999999999999.999999 5", "1/3 - 1.1 3"));
    EXPECT_EQ(reader_.faults().count, 0U);
}

TEST_F(QuoteMessages, ReadsAnEmptyBookAndAnEmptySnapshot) {
    EXPECT_THAT(read("35=W|34=7|262=M1|55=A|268=1|269=J|278=E|"),
                ElementsAre("W M1 A", "1/8 E - -"));
    EXPECT_THAT(read("35=W|34=7|262=M1|55=A|268=0|"), ElementsAre("W M1 A"));
}

TEST_F(QuoteMessages, ReadsCandlesWithSizeZero) {
    EXPECT_THAT(read("35=W|34=7|262=M1|6408=h|55=A|268=4|269=4|270=1|271=0|269=5|270=2|271=0|"
                     "269=7|270=3|271=0|269=8|270=0.5|271=0|"),
                ElementsAre("W M1 A", "1/4 - 1 0", "1/5 - 2 0", "1/6 - 3 0", "1/7 - 0.5 0"));
}

TEST_F(QuoteMessages, ReadsAnIncrementAndCutsItIntoSymbols) {
    EXPECT_THAT(read("35=X|34=7|262=M1|268=4|279=0|269=0|278=a|55=A|270=1|271=1|"
                     "279=1|269=0|278=b|270=2|279=2|269=1|278=c|55=B|279=0|269=2|55=A|270=3|"),
                ElementsAre("X M1 A", "1/1 a 1 1", "2/1 b 2 -", "X M1 B", "3/2 c - -", "X M1 A",
                            "1/3 - 3 -"));
}

TEST_F(QuoteMessages, KeepsUnknownTypesAndActionsAsUnspecifiedAndTellsThem) {
    EXPECT_THAT(read("35=X|34=7|262=M1|268=2|279=9|269=0|55=A|270=1|279=0|269=Z|270=2|"),
                ElementsAre("X M1 A", "0/1 - 1 -", "1/0 - 2 -"));
    EXPECT_EQ(reader_.faults().unknown_values, 2U);
    EXPECT_EQ(reader_.faults().reason, Reason::ValueUnknown);
    EXPECT_EQ(reader_.faults().text, "entry 1: 279=9");
}

struct BadEntry {
    const char* fields;
    Reason reason;
};

void PrintTo(const BadEntry& entry, std::ostream* out) {
    *out << entry.fields << " is " << core::reason_name(entry.reason);
}

class QuoteMessagesBadEntry : public QuoteMessages, public testing::WithParamInterface<BadEntry> {};

TEST_P(QuoteMessagesBadEntry, IsSkippedAndToldWhileTheOthersCount) {
    EXPECT_THAT(read(std::string{"35=X|34=7|262=M1|268=3|279=0|269=0|278=a|55=A|270=1|"} +
                     GetParam().fields + "279=0|269=1|278=c|270=3|"),
                ElementsAre("X M1 A", "1/1 a 1 -", "1/2 c 3 -"));
    EXPECT_EQ(reader_.faults().count, 1U);
    EXPECT_EQ(reader_.faults().reason, GetParam().reason);
    EXPECT_THAT(reader_.faults().text, HasSubstr("entry 2: "));
}

INSTANTIATE_TEST_SUITE_P(
    Each, QuoteMessagesBadEntry,
    testing::Values(BadEntry{"279=0|269=0|270=abc|", Reason::FieldUnreadable},
                    BadEntry{"279=0|269=0|270=1e5|", Reason::FieldUnreadable},
                    BadEntry{"279=0|269=0|270=1|271=--1|", Reason::FieldUnreadable},
                    BadEntry{"279=0|269=0|270=1|271=-1|", Reason::ValueNegative},
                    BadEntry{"279=0|269=0|271=1|", Reason::FieldMissing},
                    BadEntry{"279=0|270=1|", Reason::FieldMissing},
                    BadEntry{"279=0|269=0|270=99999999999999999999|", Reason::FieldUnreadable}));

TEST_F(QuoteMessages, EntryWithAnUnreadableTimeCountsWithoutIt) {
    EXPECT_THAT(read("35=W|34=7|262=M1|55=A|268=1|269=0|270=1|272=2026|273=noon|"),
                ElementsAre("W M1 A", "1/1 - 1 -"));
    EXPECT_EQ(reader_.faults().reason, Reason::FieldUnreadable);
}

TEST_F(QuoteMessages, TooLongAnIdMakesAnEntryUseless) {
    EXPECT_THAT(read("35=W|34=7|262=M1|55=A|268=1|269=0|278=" + std::string(65, 'x') + "|270=1|"),
                ElementsAre("W M1 A"));
    EXPECT_EQ(reader_.faults().count, 1U);
}

TEST_F(QuoteMessages, CountsThatLieAreToleratedAndTold) {
    for (const char* count : {"0", "1", "3", "4000000000", "-1", "two", ""}) {
        EXPECT_THAT(
            read(std::string{"35=W|34=7|262=M1|55=A|268="} + count + "|269=0|270=1|269=1|270=2|"),
            ElementsAre("W M1 A", "1/1 - 1 -", "1/2 - 2 -"))
            << count;
        EXPECT_EQ(reader_.faults().count, 1U) << count;
        EXPECT_THAT(reader_.faults().text, HasSubstr("268=")) << count;
    }
}

TEST_F(QuoteMessages, IncrementWithoutAReadableEntryIsNoUpdate) {
    EXPECT_THAT(read("35=X|34=7|262=M1|268=1|279=0|269=0|55=A|270=x|"), IsEmpty());
    EXPECT_THAT(read("35=X|34=7|262=M1|"), IsEmpty());
    EXPECT_EQ(reader_.faults().count, 0U) << "of the last message alone";
}

// ---- rejects

TEST_F(QuoteMessages, RequestRejectNamesTheReasonAndTheVenuesWords) {
    std::string text;
    const auto read_reject = [&](std::string_view body) {
        message_ = test::fix_message(test::with_soh(body));
        EXPECT_TRUE(view_.parse(message_));
        return market_data_reject_from_fix(view_, text);
    };
    EXPECT_EQ(read_reject("35=Y|34=7|262=M4|281=0|58=no such thing|").md_req_id, "M4");
    EXPECT_EQ(text, "unknown symbol: no such thing");
    EXPECT_EQ(read_reject("35=Y|34=7|262=M4|281=C|41=in the other tag|").text,
              "unsupported MDImplicitDelete: in the other tag");
    EXPECT_EQ(read_reject("35=Y|34=7|262=M4|281=Z|").text, "reason Z");
    EXPECT_EQ(read_reject("35=Y|34=7|262=M4|").text, "no reason given");
}

TEST_F(QuoteMessages, RejectsOfTheMessageAreFoundByNumberOrId) {
    std::string text;
    message_ = test::fix_message(test::with_soh("35=3|34=7|45=12|373=5|371=264|58=bad depth|"));
    ASSERT_TRUE(view_.parse(message_));
    const MarketDataReject by_session = session_reject_of_market_data(view_, text);
    EXPECT_EQ(by_session.reason, Reason::RejectedBySession);
    EXPECT_EQ(by_session.ref_seq_num, 12U);
    EXPECT_THAT(std::string{by_session.text}, HasSubstr("bad depth"));

    message_ = test::fix_message(test::with_soh("35=j|34=7|45=13|372=V|379=M9|380=4|"));
    ASSERT_TRUE(view_.parse(message_));
    const MarketDataReject by_business = business_reject_of_market_data(view_, text);
    EXPECT_EQ(by_business.reason, Reason::RejectedByApplication);
    EXPECT_EQ(by_business.md_req_id, "M9");
    EXPECT_EQ(by_business.ref_seq_num, 13U);
}

}  // namespace
}  // namespace broker::dxtrade::fix
