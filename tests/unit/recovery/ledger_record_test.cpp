#include "recovery/ledger_record.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>
#include <vector>

#include "recovery_fixture.hpp"

namespace broker::recovery {
namespace {

using testing::HasSubstr;

class LedgerRecordTest : public testing::Test {
protected:
    template <class Body>
    std::string written(const Body& body) {
        const RecordHead head{77, {OrderTag::Kind::Order, "A-1"}};
        return std::string{write_record(buffer_, head, body).value()};
    }
    // As it comes back, written once more: every field that is kept is the same.
    template <class Body>
    void expect_round_trip(const Body& body) {
        const std::string text = written(body);
        const auto read = read_record(text);
        ASSERT_TRUE(read.has_value()) << read.error().detail;
        EXPECT_EQ(read->head.number, 77U);
        EXPECT_EQ(read->head.order.id, "A-1");
        ASSERT_TRUE(std::holds_alternative<Body>(read->body));
        EXPECT_EQ(written(std::get<Body>(read->body)), text);
    }

    std::vector<char> buffer_ = std::vector<char>(kMaxRecordBytes);
};

core::NewOrder full_order() {
    core::NewOrder order = test::limit_order("A-1");
    order.position_effect = core::PositionEffect::Close;
    order.stop_px = test::dec("-0.000000000000000001");
    order.expire_time = core::UtcTime{std::chrono::seconds{1'800'000'000}};
    order.instructions.exec_inst = {core::ExecInst::AllOrNone, core::ExecInst::TryToStop};
    order.instructions.max_floor = test::dec("9223372036854775807");
    order.instructions.fields = core::NamedFields::from("desk=7\x01").value();
    return order;
}

core::ExecutionReport full_report() {
    core::ExecutionReport report = test::fill("A-1", "O-1", "E-1", "40", "40");
    report.channel = core::Channel::FixDropCopy;
    report.is_poss_dup = true;
    report.orig_cl_ord_id = "A-0";
    report.text = "words";
    report.fields = "5999=x\x01";
    report.faults = {core::ReportFault::UnknownTag};
    report.fault_tag = 5999;
    report.avg_px = test::dec("1.10");
    report.transact_time = core::UtcTime{std::chrono::seconds{1'800'000'000}};
    return report;
}

TEST_F(LedgerRecordTest, EveryBodyComesBackAsItWasWritten) {
    expect_round_trip(full_order());
    expect_round_trip(test::replace("A-2", "A-1"));
    expect_round_trip(test::cancel("A-3", "A-1"));
    core::NewOrderList list;
    list.list_id = core::ListID::from("L-1").value();
    list.contingency = core::Contingency::Bracket;
    list.order_count = 2;
    list.orders[0] = full_order();
    list.orders[1] = test::limit_order("A-2");
    expect_round_trip(list);
    core::CancelOrderList list_cancel;
    list_cancel.list_id = list.list_id;
    list_cancel.cl_ord_id_prefix = core::FixedString<48>::from("X-").value();
    expect_round_trip(list_cancel);
    expect_round_trip(Sent{test::id("A-1"), 42, true});
    expect_round_trip(ListSent{list.list_id, 43, false});
    expect_round_trip(Refused{test::id("A-1"), core::Reason::RejectedBySession, "no"});
    expect_round_trip(InDoubt{test::id("A-1"), core::Reason::OutcomeTimeout});
    expect_round_trip(full_report());
    core::OrderCancelReject reject;
    reject.is_replace = true;
    reject.cl_ord_id = "A-3";
    reject.text = "too late";
    expect_round_trip(reject);
    expect_round_trip(SequenceReset{});
    expect_round_trip(StaleRequest{test::id("A-1"), std::chrono::seconds{9}});
}

TEST_F(LedgerRecordTest, ReportKeepsWhatTheLedgerCountsBy) {
    const std::string text = written(full_report());
    const auto read = read_record(text);
    const auto& report = std::get<core::ExecutionReport>(read.value().body);
    EXPECT_EQ(report.channel, core::Channel::FixDropCopy);
    EXPECT_EQ(report.exec_type, core::ExecType::Trade);
    EXPECT_EQ(report.exec_id, "E-1");
    EXPECT_EQ(report.last_qty, test::dec("40"));
    EXPECT_EQ(report.cum_qty, test::dec("40"));
    EXPECT_FALSE(report.leaves_qty.has_value());
    EXPECT_EQ(report.text, "words");
}

TEST_F(LedgerRecordTest, ReportWithTooManyWordsIsKeptWithoutThem) {
    core::ExecutionReport report = full_report();
    const std::string words(kMaxRecordBytes, 'x');
    report.text = words;
    const std::string text = written(report);
    const auto read = read_record(text);
    ASSERT_TRUE(read.has_value());
    const auto& kept = std::get<core::ExecutionReport>(read->body);
    EXPECT_EQ(kept.exec_id, "E-1");
    EXPECT_EQ(kept.text, "");
}

TEST_F(LedgerRecordTest, NewerVersionIsAnErrorThatNamesBoth) {
    std::string text = written(full_report());
    text[0] = 2;
    EXPECT_THAT(read_record(text).error().detail, HasSubstr("version 2, expected 1"));
    EXPECT_EQ(read_record(text).error().reason, core::Reason::StorageFailed);
}

TEST_F(LedgerRecordTest, TornAndOverlongRecordsAreErrors) {
    const std::string text = written(full_report());
    for (std::size_t size = 0; size < text.size(); ++size) {
        EXPECT_FALSE(read_record(std::string_view{text}.substr(0, size)).has_value()) << size;
    }
    EXPECT_THAT(read_record(text + "x").error().detail, HasSubstr("more than its fields"));
}

// Whatever the bytes: an error, or a record that is written as it was read.
TEST_F(LedgerRecordTest, DamagedBytesAreNeverTakenForAnotherRecord) {
    std::mt19937 random{1};
    const std::vector<std::string> originals{written(full_order()), written(full_report()),
                                             written(test::replace("A-2", "A-1"))};
    for (int turn = 0; turn < 20'000; ++turn) {
        std::string text = originals[turn % originals.size()];
        for (unsigned change = 0; change <= random() % 3; ++change) {
            text[random() % text.size()] = static_cast<char>(random());
        }
        const auto read = read_record(text);
        if (!read) continue;
        std::visit(
            [&](const auto& body) {
                const auto again = write_record(buffer_, read->head, body);
                ASSERT_TRUE(again.has_value());
                EXPECT_EQ(*again, text);
            },
            read->body);
    }
}

}  // namespace
}  // namespace broker::recovery
