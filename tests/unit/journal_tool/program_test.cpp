// The built tool, as people and scripts run it.
#include <gmock/gmock.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include <boost/json/parse.hpp>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <thread>

#include "journal/journal_message_store.hpp"
#include "journal_tool/sample_journal.hpp"
#include "support/fix_message.hpp"
#include "support/manual_clock.hpp"
#include "support/temporary_directory.hpp"

namespace broker::journal_tool {
namespace {

using journal::RecordKind;
using test::SampleJournal;
using testing::AllOf;
using testing::EndsWith;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using testing::SizeIs;
using testing::StartsWith;

constexpr std::size_t kFileHeaderBytes = 4096;

class JournalProgramTest : public testing::Test {
protected:
    struct Result {
        int exit_code = -1;
        std::vector<std::string> lines;
        std::string err;
    };
    [[nodiscard]] std::filesystem::path path(const std::string& account = "ACC-1") const {
        return directory_.path() / "journal" / account;
    }
    [[nodiscard]] std::filesystem::path segment(int index) const {
        return path() / ("000000000" + std::to_string(index) + ".segment");
    }
    SampleJournal make(const std::string& account = "ACC-1") const {
        std::filesystem::create_directories(path().parent_path());
        return SampleJournal{path(account), account};
    }
    // A shell's words: the tool's name is to be left out.
    [[nodiscard]] Result run(const std::string& words) const {
        return shell("'" DXTRADE_JOURNAL "' " + words);
    }
    [[nodiscard]] Result shell(const std::string& command) const {
        const auto out = directory_.path() / "out";
        const auto err = directory_.path() / "err";
        const int status =
            std::system(("cd '" + directory_.path().string() + "' && { " + command + "; } >'" +
                         out.string() + "' 2>'" + err.string() + "' </dev/null")
                            .c_str());
        Result result;
        result.exit_code = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
        std::istringstream text{content(out)};
        for (std::string line; std::getline(text, line);) result.lines.push_back(line);
        result.err = content(err);
        return result;
    }
    static std::string content(const std::filesystem::path& file) {
        std::ifstream stream{file, std::ios::binary};
        return {std::istreambuf_iterator<char>{stream}, {}};
    }
    static void flip(const std::filesystem::path& file, std::size_t offset) {
        std::fstream stream{file, std::ios::in | std::ios::out | std::ios::binary};
        stream.seekg(static_cast<std::streamoff>(offset));
        const char byte = static_cast<char>(stream.get() ^ 0x55);
        stream.seekp(static_cast<std::streamoff>(offset));
        stream.put(byte);
    }

    test::TemporaryDirectory directory_;
};

TEST_F(JournalProgramTest, ShowsTheDayInWords) {
    make().write_day();
    const Result result = run("show journal/ACC-1");
    EXPECT_EQ(result.exit_code, 0) << result.err;
    EXPECT_EQ(result.err, "");
    ASSERT_THAT(result.lines, SizeIs(16));
    EXPECT_THAT(result.lines[0],
                AllOf(StartsWith("2026-11-27T10:00:00.000000000Z FIX.4.4:ACC1->DXTRADE out epoch=1 "
                                 "MsgSeqNum=1 Logon(A) EncryptMethod=0(NONE) "),
                      HasSubstr("Password=***")));
    EXPECT_EQ(result.lines[2],
              "2026-11-27T10:00:02.000000000Z account intent NewOrder: new order, to be sent; "
              "ClOrdID=A-1 Symbol=EURUSD Side=Buy OrdType=Limit TimeInForce=GoodTillCancel "
              "OrderQty=10000 Price=1.0850");
    EXPECT_EQ(result.lines[3],
              "2026-11-27T10:00:03.000000000Z FIX.4.4:ACC1->DXTRADE out epoch=1 MsgSeqNum=2 "
              "NewOrderSingle(D) ClOrdID=A-1 Symbol=EURUSD Side=1(BUY) OrderQty=10000 "
              "OrdType=2(LIMIT) Price=1.0850 TimeInForce=1(GOOD_TILL_CANCEL)");
    EXPECT_THAT(result.lines[5], AllOf(HasSubstr(" in epoch=1 MsgSeqNum=2 ExecutionReport(8)"),
                                       HasSubstr("Text=\"filled at once\"")));
    EXPECT_THAT(result.lines[6], HasSubstr("evidence ExecutionReport: the venue reports; "));
    EXPECT_THAT(result.lines[13], EndsWith("reset epoch=2 SequenceReset: both numbers start again "
                                           "at 1"));
    EXPECT_THAT(result.lines[15], EndsWith("account operator who=alice what=pause text=\"lunch\""));
}

TEST_F(JournalProgramTest, ProvesThatAStaleOrderWasGapFilledAndNotSentAgain) {
    make().write_day();
    const Result result = run("show journal/ACC-1");
    ASSERT_THAT(result.lines, SizeIs(16));
    EXPECT_THAT(result.lines[10],
                HasSubstr("in epoch=1 MsgSeqNum=3 ResendRequest(2) BeginSeqNo=3"));
    EXPECT_THAT(result.lines[11], EndsWith("evidence StaleRequest: stale: the venue asked for the "
                                           "request again after its time to live; it was "
                                           "gap-filled, not sent again; ClOrdID=A-10 age_ms=6100"));
    EXPECT_THAT(result.lines[12], EndsWith("out epoch=1 MsgSeqNum=3 SequenceReset(4) "
                                           "PossDupFlag=Y GapFillFlag=Y NewSeqNo=4"));
}

TEST_F(JournalProgramTest, ShowsTagsAloneWithoutADictionaryAndNamesOneThatIsNone) {
    make().write_day();
    std::filesystem::copy_file(DXTRADE_JOURNAL, directory_.path() / "elsewhere");
    const Result result = shell("./elsewhere show journal/ACC-1 --seq 2 --kind FixOut");
    ASSERT_THAT(result.lines, SizeIs(1)) << result.err;
    EXPECT_THAT(result.lines[0], EndsWith("MsgSeqNum=2 35=D 11=A-1 55=EURUSD 54=1 38=10000 40=2 "
                                          "44=1.0850 59=1"));
    const Result named =
        shell("./elsewhere show journal/ACC-1 --seq 2 --kind FixOut --dictionary " DICTIONARY);
    ASSERT_THAT(named.lines, SizeIs(1));
    EXPECT_THAT(named.lines[0], HasSubstr("NewOrderSingle(D) ClOrdID=A-1"));
    const Result wrong = run("show journal/ACC-1 --dictionary nothing.xml");
    EXPECT_EQ(wrong.exit_code, 2);
    EXPECT_THAT(wrong.err, HasSubstr("--dictionary: data dictionary nothing.xml"));
}

TEST_F(JournalProgramTest, FiltersByEveryOption) {
    make().write_day();
    const auto count = [&](const std::string& options) {
        const Result result = run("show journal/ACC-1 " + options);
        EXPECT_EQ(result.exit_code, 0) << options;
        return result.lines.size();
    };
    EXPECT_EQ(count("--stream account"), 7U);
    EXPECT_EQ(count("--stream 1"), 9U);
    EXPECT_EQ(count("--stream 'FIX.4.4:ACC1->DXTRADE'"), 9U);
    EXPECT_EQ(count("--stream other"), 0U);
    EXPECT_EQ(count("--from 2026-11-27T10:00:14"), 2U);
    EXPECT_EQ(count("--to 2026-11-27T10:00:01Z"), 2U);
    EXPECT_EQ(count("--seq 2"), 2U);
    EXPECT_EQ(count("--seq 2-3"), 5U);
    EXPECT_EQ(count("--epoch 2"), 2U);
    EXPECT_EQ(count("--kind OrderIntent"), 2U);
    EXPECT_EQ(count("--type D"), 2U);
    EXPECT_EQ(count("--type NewOrderSingle"), 2U);
    EXPECT_EQ(count("--type NewOrderSingle --seq 3 --epoch 1 --stream 1"), 1U);
}

TEST_F(JournalProgramTest, FindsAnOrdersWholeTrail) {
    make().write_day();
    const Result order = run("grep -w A-1 journal/ACC-1");
    EXPECT_EQ(order.exit_code, 0);
    EXPECT_THAT(order.lines, SizeIs(5));  // intent, sent, out, report, evidence
    EXPECT_THAT(run("grep A-1 journal/ACC-1").lines, SizeIs(9));
    EXPECT_THAT(run("grep -w O-77 journal/ACC-1").lines, SizeIs(2));
    EXPECT_THAT(run("grep journal/ACC-1 alice").lines, SizeIs(1));
    EXPECT_THAT(run("grep -E 'Price=1[.]08.* TimeInForce' journal/ACC-1").lines, SizeIs(2));
    EXPECT_THAT(run("grep 'stale' journal/ACC-1 --json").lines[0], StartsWith("{\"time\":"));
    const Result nothing = run("grep A-2 journal/ACC-1");
    EXPECT_EQ(nothing.exit_code, 1);
    EXPECT_THAT(nothing.lines, IsEmpty());
    EXPECT_EQ(nothing.err, "");
    EXPECT_EQ(run("grep hunter2 journal/ACC-1 --raw").exit_code, 1);
}

TEST_F(JournalProgramTest, AMessageOutOfItsTurnIsShownWithItsNumberAndIsNoHole) {
    {
        SampleJournal journal = make();
        journal.in(1, "35=0|");
        journal.append({RecordKind::FixIn, 1, 1, 0, {}}, test::fix_message("35=0|34=3|"));
        journal.in(2, "35=0|");
    }
    const Result shown = run("show journal/ACC-1 --seq 3");
    ASSERT_THAT(shown.lines, SizeIs(1));
    EXPECT_THAT(shown.lines[0], EndsWith("in epoch=1 MsgSeqNum=3(NOT_COUNTED) Heartbeat(0)"));
    EXPECT_EQ(run("verify journal/ACC-1").exit_code, 0);
    EXPECT_THAT(run("stats journal/ACC-1").lines.back(), EndsWith("out of turn 1"));
}

TEST_F(JournalProgramTest, WritesOneJsonObjectALine) {
    make().write_day();
    const Result result = run("show journal --json --raw");
    EXPECT_EQ(result.exit_code, 0);
    ASSERT_THAT(result.lines, SizeIs(16));
    for (const std::string& line : result.lines) {
        EXPECT_TRUE(boost::json::parse(line).is_object()) << line;
        EXPECT_THAT(line, Not(HasSubstr(SampleJournal::kPassword)));
    }
    const auto order = boost::json::parse(result.lines[3]).as_object();
    EXPECT_EQ(order.at("time"), "2026-11-27T10:00:03.000000000Z");
    EXPECT_EQ(order.at("time_ns"), 1795773603000000000);
    EXPECT_EQ(order.at("account"), "ACC-1");
    EXPECT_EQ(order.at("stream"), SampleJournal::kStream);
    EXPECT_EQ(order.at("direction"), "out");
    EXPECT_EQ(order.at("kind"), "FixOut");
    EXPECT_EQ(order.at("msg_seq_num"), 2);
    EXPECT_EQ(order.at("msg_name"), "NewOrderSingle");
    EXPECT_THAT(std::string{order.at("raw").as_string()}, HasSubstr("|11=A-1|55=EURUSD|"));
    const auto intent = boost::json::parse(result.lines[2]).as_object();
    EXPECT_EQ(intent.at("record"), "NewOrder");
    EXPECT_EQ(intent.at("fields").as_array()[0].as_object().at("value"), "A-1");
}

TEST_F(JournalProgramTest, ShowsSeveralAccountsWithTheirNames) {
    make("ACC-1").write_day();
    make("ACC-2").write_day();
    std::filesystem::create_directory(path("notes"));
    const Result result = run("show journal");
    EXPECT_EQ(result.exit_code, 0);
    ASSERT_THAT(result.lines, SizeIs(32));
    EXPECT_THAT(result.lines[0], HasSubstr("Z ACC-1 FIX.4.4:"));
    EXPECT_THAT(result.lines[31], HasSubstr("Z ACC-2 account operator"));
}

TEST_F(JournalProgramTest, FindsNothingWrongWithASoundJournalWhileItIsWritten) {
    SampleJournal journal = make();
    journal.write_day();
    const Result result = run("verify journal/ACC-1");
    EXPECT_EQ(result.exit_code, 0);
    ASSERT_THAT(result.lines, SizeIs(1));
    EXPECT_EQ(result.lines[0], "account ACC-1: 16 records in 1 segments, nothing is wrong");
    const Result json = run("verify journal/ACC-1 --json");
    ASSERT_THAT(json.lines, SizeIs(1));
    EXPECT_EQ(boost::json::parse(json.lines[0]).as_object().at("problems"), 0);
}

TEST_F(JournalProgramTest, FindsNothingWrongWithWhatASessionsStoreWrites) {
    const test::ManualClock clock;
    const auto message = [](core::MsgSeqNum number) {
        return test::fix_message("35=0|34=" + std::to_string(number) + '|');
    };
    const auto exchange = [&](journal::MessageStore& store) {
        for (int count = 0; count < 3; ++count) {
            const auto out = store.next_sender_msg_seq_num();
            ASSERT_TRUE(count == 1 ? store.add_session_message(out, message(out))
                                   : store.add(out, message(out)));
            ASSERT_TRUE(store.set_next_sender_msg_seq_num(out + 1));
            const auto in = store.next_target_msg_seq_num();
            ASSERT_TRUE(store.add_received(0, message(in + 5)));  // out of its turn
            ASSERT_TRUE(store.add_received(in, message(in)));
            ASSERT_TRUE(store.set_next_target_msg_seq_num(in + 1));
        }
    };
    std::filesystem::create_directories(path().parent_path());
    for (int process = 0; process < 3; ++process) {
        auto journal = journal::Journal::open({path(), "ACC-1", 64 * 1024, 1024}).value();
        auto store = journal::JournalMessageStore::open(*journal, clock, {"US->PEER"}).value();
        exchange(*store);
        ASSERT_TRUE(store->set_next_target_msg_seq_num(100U * (process + 1U)));  // a gap fill
        exchange(*store);
        if (process == 1) {
            ASSERT_TRUE(store->reset());
        }
        exchange(*store);
    }
    const Result result = run("verify journal");
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_THAT(result.lines, SizeIs(1)) << result.lines[0];
    EXPECT_THAT(run("show journal --kind SequenceSet").lines, SizeIs(3));
}

TEST_F(JournalProgramTest, TellsDamageWithFileAndOffsetAndShowsTheRest) {
    journal::Position damaged = 0;
    {
        SampleJournal journal = make();
        journal.out(1, "35=0|");
        damaged = journal.out(2, "35=0|");
        journal.out(3, "35=0|");
    }
    flip(segment(0), kFileHeaderBytes + damaged + 60);
    const std::string place = segment(0).string().substr(directory_.path().string().size() + 1) +
                              ": offset " + std::to_string(kFileHeaderBytes + damaged) + ": ";
    const Result verified = run("verify journal/ACC-1");
    EXPECT_EQ(verified.exit_code, 1);
    ASSERT_THAT(verified.lines, SizeIs(2));
    EXPECT_THAT(verified.lines[0], StartsWith(place + "the record is damaged"));
    EXPECT_THAT(verified.lines[1], EndsWith("wrong: 1"));
    const Result shown = run("show journal/ACC-1");
    EXPECT_EQ(shown.exit_code, 1);
    EXPECT_THAT(shown.lines, SizeIs(2));
    EXPECT_THAT(shown.err, HasSubstr(place + "the record is damaged"));
    const Result json = run("verify journal/ACC-1 --json");
    ASSERT_THAT(json.lines, SizeIs(2));
    const auto problem = boost::json::parse(json.lines[0]).as_object();
    EXPECT_EQ(problem.at("offset"), kFileHeaderBytes + damaged);
    EXPECT_TRUE(problem.contains("problem"));
}

TEST_F(JournalProgramTest, TellsATornEndWithoutCallingItWrong) {
    journal::Position last = 0;
    {
        SampleJournal journal = make();
        journal.out(1, "35=0|");
        last = journal.out(2, "35=0|");
    }
    flip(segment(0), kFileHeaderBytes + last + 60);
    const Result result = run("verify journal/ACC-1");
    EXPECT_EQ(result.exit_code, 0);
    ASSERT_THAT(result.lines, SizeIs(2));
    EXPECT_THAT(result.lines[0], HasSubstr("(note) a record that is not whole"));
    EXPECT_EQ(run("show journal/ACC-1").exit_code, 0);
}

TEST_F(JournalProgramTest, TellsRecordsThatAreGoneThoughTheyWereOnTheDisk) {
    journal::Position last = 0;
    {
        SampleJournal journal = make();
        journal.out(1, "35=0|");
        last = journal.out(2, "35=0|");
        ASSERT_TRUE(journal.journal().sync());
        journal.journal().header().set_durable(journal.journal().end());
    }
    flip(segment(0), kFileHeaderBytes + last + 60);
    const Result result = run("verify journal/ACC-1");
    EXPECT_EQ(result.exit_code, 1);
    EXPECT_THAT(result.lines[0], HasSubstr("the records end here, and the header says"));
}

TEST_F(JournalProgramTest, TellsNumbersThatAreMissingOrStandThereTwice) {
    {
        SampleJournal journal = make();
        journal.out(1, "35=0|");
        journal.in(7, "35=0|");  // the journal is younger than the session
        journal.out(4, "35=0|");
        journal.in(8, "35=0|");
        journal.in(8, "35=0|43=Y|");
        journal.in(8, "35=0|");
        journal.reset();
        journal.out(2, "35=0|");
        journal.append({RecordKind::SequenceSet, 1, 2, 9, {}}, "sender");
        journal.out(9, "35=0|");
        journal.append({RecordKind::FixIn, 1, 2, 1, {}},
                       "35=0\x01"
                       "34=5\x01");
        journal.append({RecordKind::FixOut, 1, 1, 10, {}}, "35=0\x01");
        journal.append({RecordKind::OrderEvidence, 0, 0, 0, {}}, "no record");
    }
    const Result result = run("verify journal/ACC-1");
    EXPECT_EQ(result.exit_code, 1);
    ASSERT_THAT(result.lines, SizeIs(7));
    EXPECT_THAT(result.lines[0], AllOf(HasSubstr("stream FIX.4.4:ACC1->DXTRADE epoch 1 FixOut"),
                                       EndsWith("MsgSeqNum 2 to 3 are missing")));
    EXPECT_THAT(result.lines[1], EndsWith("FixIn: MsgSeqNum 8 for a second time, expected 9"));
    EXPECT_THAT(result.lines[2], EndsWith("epoch 2 FixOut: MsgSeqNum 1 is missing"));
    EXPECT_THAT(result.lines[3], EndsWith("MsgSeqNum 5 in the message, 1 in its record"));
    EXPECT_THAT(result.lines[4], EndsWith("epoch 1 follows epoch 2 without a SequenceReset"));
    EXPECT_THAT(result.lines[5], HasSubstr("record of the order log: version"));
}

TEST_F(JournalProgramTest, CountsWhatIsThere) {
    make().write_day();
    const Result result = run("stats journal/ACC-1");
    EXPECT_EQ(result.exit_code, 0);
    ASSERT_THAT(result.lines, SizeIs(7));
    EXPECT_THAT(result.lines[0], StartsWith("account ACC-1: 16 records, "));
    EXPECT_THAT(result.lines[0], EndsWith("1 segments of 65536 bytes"));
    EXPECT_EQ(result.lines[1],
              "  from 2026-11-27T10:00:00.000000000Z to 2026-11-27T10:00:15.000000000Z");
    EXPECT_EQ(result.lines[2], "stream account: OrderIntent=2 OrderEvidence=4 OperatorAction=1");
    EXPECT_EQ(result.lines[3],
              "stream FIX.4.4:ACC1->DXTRADE: FixOut=3 FixIn=3 SequenceReset=1 "
              "FixSessionOut=1 FixRepeat=1");
    EXPECT_EQ(result.lines[4], "  epochs: 1 to 2");
    EXPECT_EQ(result.lines[5],
              "  out: MsgSeqNum 1 to 1 in the last epoch, repeated 1, "
              "PossDupFlag=Y 1, out of turn 0");
    const Result json = run("stats journal/ACC-1 --json --kind FixOut");
    ASSERT_THAT(json.lines, SizeIs(1));
    EXPECT_EQ(boost::json::parse(json.lines[0]).as_object().at("records"), 3);
}

TEST_F(JournalProgramTest, FollowsAJournalThatAnotherProcessWritesAndEndsWithItsReader) {
    constexpr int kRecords = 2000;
    SampleJournal journal = make();  // this process writes, the tool reads
    Result result;
    std::thread reader{[&] {
        result = shell("timeout 60 '" DXTRADE_JOURNAL "' show journal --follow | head -n " +
                       std::to_string(kRecords));
    }};
    for (int number = 1; number <= kRecords; ++number) {
        journal.out(static_cast<core::MsgSeqNum>(number), "35=0|");
    }
    reader.join();
    EXPECT_EQ(result.exit_code, 0);
    EXPECT_EQ(result.err, "");
    ASSERT_THAT(result.lines, SizeIs(kRecords));
    EXPECT_THAT(result.lines.back(), HasSubstr("MsgSeqNum=2000 Heartbeat(0)"));
    EXPECT_TRUE(std::filesystem::exists(segment(1)));
    EXPECT_EQ(run("verify journal").exit_code, 0);
}

TEST_F(JournalProgramTest, EndsQuietlyWhenNobodyReadsOn) {
    {
        SampleJournal journal = make();
        for (core::MsgSeqNum number = 1; number <= 2000; ++number) journal.out(number, "35=0|");
    }
    const Result result =
        shell("{ '" DXTRADE_JOURNAL "' show journal; echo $? >code; } | head -n 3; cat code");
    ASSERT_THAT(result.lines, SizeIs(4));
    EXPECT_EQ(result.lines[3], "0");
    EXPECT_EQ(result.err, "");
}

TEST_F(JournalProgramTest, SaysWhatIsWrongWithItsArgumentsAndExitsWithTwo) {
    make();
    for (const auto& [words, expected] : std::vector<std::pair<std::string, std::string>>{
             {"", "A subcommand is required"},
             {"tail journal", "unknown command tail: expected show, grep, verify or stats"},
             {"show", "DIR is required"},
             {"show nowhere", "nowhere: No such file or directory"},
             {"show /etc", "no journal: expected 0000000000.segment in it"},
             {"show journal --seq x", "--seq x: expected a MsgSeqNum"},
             {"show journal --wrong", "--wrong"},
             {"grep '' journal", "PATTERN is empty"},
             {"grep -E '(' journal", "expected a regular expression"}}) {
        const Result result = run(words);
        EXPECT_EQ(result.exit_code, 2) << words;
        EXPECT_THAT(result.lines, IsEmpty()) << words;
        EXPECT_THAT(result.err, AllOf(StartsWith("dxtrade-journal: "), HasSubstr(expected)));
    }
    const Result help = run("--help");
    EXPECT_EQ(help.exit_code, 0);
    EXPECT_THAT(help.lines, testing::Contains(HasSubstr("Exit codes:")));
}

TEST_F(JournalProgramTest, ReadsTheOtherAccountsWhenOneCannotBeRead) {
    make("ACC-2").write_day();
    std::filesystem::create_directories(path());
    std::ofstream{segment(0)} << "not a segment";
    const Result result = run("show journal");
    EXPECT_EQ(result.exit_code, 2);
    EXPECT_THAT(result.lines, SizeIs(16));
    EXPECT_THAT(result.err, HasSubstr("not the length of a segment"));
}

TEST_F(JournalProgramTest, TakesTheSameMemoryHoweverLongTheJournalIs) {
    if (DXTRADE_SANITIZED) GTEST_SKIP() << "a sanitizer's own memory would count";
    const auto write = [&](const std::string& account, core::MsgSeqNum count) {
        std::filesystem::create_directories(path().parent_path());
        SampleJournal journal{path(account), account, 256 * 1024};
        const std::string text = "35=B|58=" + std::string(60'000, 'x') + '|';
        for (core::MsgSeqNum number = 1; number <= count; ++number) journal.out(number, text);
    };
    // KiB that the largest process so far took for all commands.
    const auto memory_for = [&](const std::string& account, const std::string& lines) {
        const Result result = run("show journal/" + account + " | wc -l");
        EXPECT_EQ(result.exit_code, 0) << result.err;
        EXPECT_THAT(result.lines, testing::ElementsAre(lines));
        EXPECT_EQ(run("verify journal/" + account).exit_code, 0);
        EXPECT_EQ(run("stats journal/" + account).exit_code, 0);
        rusage used{};
        EXPECT_EQ(::getrusage(RUSAGE_CHILDREN, &used), 0);
        return used.ru_maxrss;
    };
    write("short", 8);
    write("long", 500);  // 30 MB
    const auto for_short = memory_for("short", "8");
    EXPECT_LT(memory_for("long", "500") - for_short, 4'000);
}

}  // namespace
}  // namespace broker::journal_tool
