#include <gmock/gmock.h>

#include <boost/json/parse.hpp>
#include <boost/json/serialize.hpp>

#include "journal_tool/command_line.hpp"
#include "journal_tool/fix_text.hpp"
#include "journal_tool/ledger_text.hpp"
#include "journal_tool/line_match.hpp"
#include "journal_tool/shown_text.hpp"
#include "recovery/ledger_record.hpp"
#include "support/fix_message.hpp"

namespace broker::journal_tool {
namespace {

using test::fix_message;
using test::with_soh;
using testing::HasSubstr;
using testing::Not;
using testing::StartsWith;

const FixNames& names() {
    static const FixNames loaded = FixNames::load(DICTIONARY);
    return loaded;
}

TEST(ShownText, NeitherBreaksALineNorReachesTheTerminal) {
    EXPECT_EQ(printable("a\nb\x1b[31m\x7f"), "a\\x0Ab\\x1B[31m\\x7F");
    EXPECT_EQ(printable("caf\xC3\xA9 \xE2\x82\xAC"), "caf\xC3\xA9 \xE2\x82\xAC");
    EXPECT_EQ(printable("caf\xE9 \xC2\x9B"), "caf\\xE9 \\xC2\\x9B");  // Latin-1; a C1 control
    EXPECT_EQ(one_word("A-1"), "A-1");
    EXPECT_EQ(one_word(""), "\"\"");
    EXPECT_EQ(one_word("no \"such\" order"), "\"no \\\"such\\\" order\"");
    EXPECT_EQ(utf8("caf\xE9"), "caf\xC3\xA9");
    EXPECT_EQ(utf8("caf\xC3\xA9"), "caf\xC3\xA9");
}

TEST(ShownText, TimesAreReadAsTheyAreWritten) {
    for (const char* text : {"1970-01-01T00:00:00.000000000Z", "2026-11-27T10:00:01.000000001Z",
                             "2028-02-29T23:59:59.999999999Z"}) {
        const auto time = time_of(text);
        ASSERT_TRUE(time) << text;
        EXPECT_EQ(iso_text(*time), text);
    }
    EXPECT_EQ(iso_text(time_of("2026-11-27").value()), "2026-11-27T00:00:00.000000000Z");
    EXPECT_EQ(iso_text(time_of("2026-11-27T10:30").value()), "2026-11-27T10:30:00.000000000Z");
    EXPECT_EQ(iso_text(time_of("2026-11-27T10:30:15.25").value()),
              "2026-11-27T10:30:15.250000000Z");
    EXPECT_EQ(iso_text(core::UtcTime{core::Duration{-1}}), "1969-12-31T23:59:59.999999999Z");
    for (const char* text :
         {"", "2026", "2026-13-01", "2026-02-29", "2026-11-27T24:00", "2026-11-27T10",
          "2026-11-27T10:00:00.", "2026-11-27T10:00:00.1234567890", "2026-11-27T10:00+01:00",
          "2026-11-27 10:00", "1969-12-31", "2262-01-01", "-026-11-27", "yesterday"}) {
        EXPECT_FALSE(time_of(text)) << text;
    }
}

TEST(FixText, ShowsNamesAndMeanings) {
    const std::string message =
        fix_message("35=D|34=12|49=S|11=A-1|54=1|18=1 6|44=1.50|58=two words|5999=x|");
    EXPECT_EQ(FixText{message}.line(names()),
              "NewOrderSingle(D) SenderCompID=S ClOrdID=A-1 Side=1(BUY) "
              "ExecInst=\"1 6\"(NOT_HELD+PARTICIPATE_DO_NOT_INITIATE) Price=1.50 "
              "Text=\"two words\" 5999=x");
    EXPECT_EQ(FixText{message}.line({}),
              "35=D 49=S 11=A-1 54=1 18=\"1 6\" 44=1.50 58=\"two words\" 5999=x");
    EXPECT_EQ(FixText{message}.raw(), test::with_bars(message));
    EXPECT_EQ(FixText{message}.msg_seq_num(), 12U);
}

TEST(FixText, HasEveryFieldOfARepeatingGroupInJson) {
    boost::json::object object;
    FixText{fix_message("35=W|34=3|268=2|269=0|270=1.1|269=1|270=1.2|")}.add_to(object, names());
    const auto& fields = object.at("fields").as_array();
    ASSERT_EQ(fields.size(), 10U);  // with 8, 9 and 10
    EXPECT_EQ(object.at("msg_name"), "MarketDataSnapshotFullRefresh");
    EXPECT_EQ(boost::json::serialize(fields[6]), R"({"tag":270,"name":"MDEntryPx","value":"1.1"})");
    EXPECT_EQ(boost::json::serialize(fields[7]),
              R"({"tag":269,"name":"MDEntryType","value":"1","meaning":"OFFER"})");
}

TEST(FixText, ShowsADataFieldWithTheSeparatorInItWhole) {
    const std::string text = FixText{with_soh("35=B|95=7|96=a|b=c|d|58=end|")}.line(FixNames{});
    EXPECT_EQ(text, "35=B 95=7 96=a\\x01b=c\\x01d 58=end");
}

TEST(FixText, NeverShowsASecretHoweverTheMessageIs) {
    for (const char* message :
         {"8=FIX.4.4|35=A|554=hunter2|925=hunter2|95=7|96=hunter2|1402=hunter2|1404=hunter2|10=0|",
          "35=A|34=1|x|554=hunter2", "35=A|96=hunter2|", "35=BE|554=hunter2|925=hunter2|"}) {
        const std::string bytes = with_soh(message);
        const FixText text{bytes};
        boost::json::object object;
        text.add_to(object, names());
        EXPECT_THAT(text.line(names()), Not(HasSubstr("hunter2"))) << message;
        EXPECT_THAT(text.line({}), Not(HasSubstr("hunter2"))) << message;
        EXPECT_THAT(text.raw(), Not(HasSubstr("hunter2"))) << message;
        EXPECT_THAT(boost::json::serialize(object), Not(HasSubstr("hunter2"))) << message;
        EXPECT_THAT(text.line(names()), HasSubstr("***")) << message;
    }
}

TEST(FixText, ShowsWhatIsNoMessageAsItIs) {
    EXPECT_EQ(FixText{"garbage"}.line({}), "35=\"\" unreadable=garbage");
    EXPECT_EQ(FixText{with_soh("35=0|=x|")}.line({}), "35=0 unreadable==x\\x01");
    EXPECT_EQ(FixText{with_soh("35=0|12345678901=x|")}.raw(), "35=0|12345678901=x\\x01");
    EXPECT_EQ(FixText{""}.line({}), "35=\"\"");
}

TEST(FixNames, AFileThatIsNoDictionaryIsNamed) {
    for (const char* path : {"/nowhere.xml", "/etc/passwd"}) {
        try {
            (void)FixNames::load(path);
            ADD_FAILURE() << path;
        } catch (const std::runtime_error& e) {
            EXPECT_THAT(e.what(), HasSubstr(path));
        }
    }
}

template <class Body>
std::string in_words(const Body& body) {
    static char buffer[recovery::kMaxRecordBytes];
    const LedgerText text = ledger_text(recovery::write_record(buffer, {1, {}}, body).value());
    std::string line = text.type + ": " + text.text + ";";
    for (const auto& [name, value] : text.fields) line += ' ' + name + '=' + value;
    return line;
}

core::ClOrdID id(std::string_view text) { return core::ClOrdID::from(text).value(); }

TEST(LedgerText, SaysWhatWasRequestedAndWhatWasLearnt) {
    core::NewOrder order;
    order.cl_ord_id = id("A-1");
    order.symbol = core::Symbol::from("EURUSD").value();
    order.side = core::Side::Sell;
    order.ord_type = core::OrdType::StopLimit;
    order.order_qty = core::Decimal::parse("2.50").value();
    order.price = core::Decimal::parse("1.1");
    order.instructions.exec_inst = {core::ExecInst::AllOrNone, core::ExecInst::Held};
    order.instructions.fields = core::NamedFields::from("desk=7\x01").value();
    EXPECT_EQ(in_words(order),
              "NewOrder: new order, to be sent; ClOrdID=A-1 Symbol=EURUSD Side=Sell "
              "OrdType=StopLimit OrderQty=2.50 Price=1.1 ExecInst=Held AllOrNone desk=7");
    core::NewOrderList list;
    list.list_id = core::ListID::from("L-1").value();
    list.contingency = core::Contingency::OneCancelsOther;
    list.order_count = 2;
    list.orders[0].cl_ord_id = id("A-1");
    list.orders[1].cl_ord_id = id("A-2");
    EXPECT_THAT(in_words(list), HasSubstr("ListID=L-1 Contingency=OneCancelsOther ClOrdID=A-1"));
    EXPECT_THAT(in_words(list), HasSubstr("ClOrdID=A-2"));
    core::ReplaceOrder replace;
    replace.cl_ord_id = id("A-2");
    replace.orig_cl_ord_id = id("A-1");
    EXPECT_THAT(in_words(replace), HasSubstr("ClOrdID=A-2 OrigClOrdID=A-1"));
    EXPECT_THAT(in_words(core::CancelOrder{id("A-3"), id("A-1"), {}}),
                HasSubstr("cancel request, to be sent; ClOrdID=A-3 OrigClOrdID=A-1"));
    EXPECT_THAT(in_words(recovery::Sent{id("A-1"), 42, true}),
                HasSubstr("handed to the network whole; ClOrdID=A-1 MsgSeqNum=42"));
    EXPECT_THAT(in_words(recovery::Sent{id("A-1"), core::kFirstOwnMsgSeqNum + 3, false}),
                HasSubstr("not known to be written; ClOrdID=A-1 request=3"));
    EXPECT_THAT(in_words(recovery::Refused{id("A-1"), core::Reason::RejectedByVenue, "closed"}),
                HasSubstr("not in force; ClOrdID=A-1 Reason=700 REJECTED_BY_VENUE Text=closed"));
    EXPECT_THAT(in_words(recovery::InDoubt{id("A-1"), core::Reason::OutcomeTimeout}),
                HasSubstr("unknown"));
    core::ExecutionReport report;
    report.channel = core::Channel::Push;
    report.exec_type = core::ExecType::Trade;
    report.ord_status = core::OrdStatus::PartiallyFilled;
    report.cl_ord_id = "A-1";
    report.last_px = core::Decimal::parse("1.10");
    EXPECT_THAT(in_words(report), HasSubstr("channel=Push ClOrdID=A-1 ExecType=Trade "
                                            "OrdStatus=PartiallyFilled LastPx=1.10"));
    core::OrderCancelReject reject;
    reject.cl_ord_id = "A-3";
    reject.is_replace = true;
    EXPECT_THAT(in_words(reject), HasSubstr("refuses the replace; ClOrdID=A-3"));
    EXPECT_EQ(in_words(recovery::StaleRequest{id("A-1"), std::chrono::milliseconds{5001}}),
              "StaleRequest: stale: the venue asked for the request again after its time to live; "
              "it was gap-filled, not sent again; ClOrdID=A-1 age_ms=5001");
    EXPECT_THAT(in_words(recovery::SequenceReset{}), HasSubstr("start again at 1"));
}

TEST(LedgerText, SaysWhyARecordCannotBeRead) {
    EXPECT_EQ(ledger_text("\x02rest").type, "Unreadable");
    EXPECT_THAT(ledger_text("\x02rest").text, HasSubstr("version 2, expected 1"));
    EXPECT_EQ(ledger_text("").type, "Carrying");
}

TEST(LineMatch, FindsTextWholeValuesAndExpressions) {
    const char* line = "2026 out NewOrderSingle(D) ClOrdID=A-10 Side=1(BUY) Text=\"no such\"";
    EXPECT_TRUE((LineMatch{"A-1", PatternKind::Text}.takes(line)));
    EXPECT_FALSE((LineMatch{"A-1", PatternKind::Whole}.takes(line)));
    for (const char* word : {"A-10", "ClOrdID=A-10", "BUY", "2026", "such", "no such"}) {
        EXPECT_TRUE((LineMatch{word, PatternKind::Whole}.takes(line))) << word;
    }
    EXPECT_TRUE((LineMatch{"ClOrdID=A-[0-9]+ .*BUY", PatternKind::Regex}.takes(line)));
    EXPECT_FALSE((LineMatch{"ClOrdID=A-[0-9]+ .*SELL", PatternKind::Regex}.takes(line)));
    EXPECT_FALSE((LineMatch{"A-1.", PatternKind::Text}.takes(line)));  // no expression
}

TEST(LineMatch, RefusesWhatItCannotMatchInBoundedTime) {
    EXPECT_THROW((LineMatch{"", PatternKind::Text}), UsageError);
    EXPECT_THROW((LineMatch{"a(", PatternKind::Regex}), UsageError);
    const LineMatch costly{"(a+)+b", PatternKind::Regex};
    EXPECT_THROW((void)costly.takes(std::string(4000, 'a') + 'c'), UsageError);
    const LineMatch greedy{".*x.*y.*", PatternKind::Regex};
    EXPECT_FALSE(greedy.takes(std::string(1'000'000, 'a')));  // long lines need no deep stack
}

class CommandLineTest : public testing::Test {
protected:
    static std::string error_of(const std::vector<std::string>& arguments) {
        try {
            (void)parse_arguments(arguments);
        } catch (const UsageError& e) {
            return e.what();
        }
        return "";
    }
};

TEST_F(CommandLineTest, TakesEveryOption) {
    const CommandLine line = parse_arguments({"grep",
                                              "A-1",
                                              "/var",
                                              "--json",
                                              "--raw",
                                              "--follow",
                                              "-w",
                                              "--stream",
                                              "S",
                                              "--from",
                                              "2026-11-27",
                                              "--to",
                                              "2026-11-28T00:00",
                                              "--seq",
                                              "5-9",
                                              "--type",
                                              "D",
                                              "--epoch",
                                              "2",
                                              "--kind",
                                              "FixOut",
                                              "--dictionary",
                                              "X"})
                                 .line;
    EXPECT_EQ(line.command, Command::Grep);
    EXPECT_EQ(line.pattern, "A-1");
    EXPECT_EQ(line.pattern_kind, PatternKind::Whole);
    EXPECT_EQ(line.directory, "/var");
    EXPECT_TRUE(line.is_json && line.is_raw && line.is_following);
    EXPECT_EQ(line.filter.stream, "S");
    EXPECT_EQ(line.filter.from, time_of("2026-11-27"));
    EXPECT_EQ(line.filter.to, time_of("2026-11-28"));
    EXPECT_EQ(line.filter.numbers->first, 5U);
    EXPECT_EQ(line.filter.numbers->last, 9U);
    EXPECT_EQ(line.filter.msg_type, "D");
    EXPECT_EQ(line.filter.epoch, 2U);
    EXPECT_EQ(line.filter.kind, journal::RecordKind::FixOut);
    EXPECT_EQ(line.dictionary, "X");
    EXPECT_EQ(parse_arguments({"show", "/x", "--seq", "7"}).line.filter.numbers->last, 7U);
    EXPECT_EQ(parse_arguments({"verify", "/x"}).line.command, Command::Verify);
    EXPECT_EQ(parse_arguments({"stats", "/x"}).line.command, Command::Stats);
}

TEST_F(CommandLineTest, TakesPatternAndDirectoryInEitherOrder) {
    const CommandLine line = parse_arguments({"grep", "/tmp", "A-1"}).line;
    EXPECT_EQ(line.pattern, "A-1");
    EXPECT_EQ(line.directory, "/tmp");
    const CommandLine both = parse_arguments({"grep", "/tmp", "/usr"}).line;
    EXPECT_EQ(both.pattern, "/tmp");
}

TEST_F(CommandLineTest, SaysWhatIsWrongAndWhatWasExpected) {
    EXPECT_THAT(error_of({"tail", "/x"}), StartsWith("unknown command tail: expected show, grep"));
    EXPECT_THAT(error_of({"show"}), HasSubstr("DIR"));
    EXPECT_THAT(error_of({"show", "/x", "--seq", "9-5"}),
                StartsWith("--seq 9-5: expected a MsgSeqNum, or two"));
    EXPECT_THAT(error_of({"show", "/x", "--seq", "-5"}), HasSubstr("--seq"));
    EXPECT_THAT(error_of({"show", "/x", "--from", "noon"}),
                StartsWith("--from noon: expected a time in UTC"));
    EXPECT_THAT(error_of({"show", "/x", "--from", "2026-11-28", "--to", "2026-11-27"}),
                StartsWith("--to 2026-11-27: expected a time that is not before --from"));
    EXPECT_THAT(error_of({"show", "/x", "--epoch", "x"}), StartsWith("--epoch x: expected"));
    EXPECT_THAT(error_of({"show", "/x", "--kind", "fix"}),
                StartsWith("--kind fix: expected one of FixOut, FixIn"));
    EXPECT_THAT(error_of({"verify", "/x", "--seq", "5"}), HasSubstr("--seq"));
    EXPECT_THAT(error_of({"grep", "x", "/x", "-w", "-E"}), HasSubstr("exclude"));
    EXPECT_FALSE(parse_arguments({"--help"}).help.empty());
    EXPECT_THAT(parse_arguments({"show", "--help"}).help, HasSubstr("--follow"));
}

}  // namespace
}  // namespace broker::journal_tool
