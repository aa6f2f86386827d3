#include "host/event_history.hpp"

#include <gtest/gtest.h>

#include "host/event_json.hpp"
#include "records.hpp"

namespace broker::sample_host {
namespace {

broker_position_report_t position(std::uint64_t request_id, std::string_view net_qty) {
    broker_position_report_t record{};
    record.event.type = BROKER_EVENT_POSITION;
    record.event.account = sdk::borrow("A");
    record.request_id = request_id;
    record.symbol = sdk::borrow("EURUSD");
    record.net_qty = test::decimal(net_qty);
    return record;
}

class EventHistoryTest : public testing::Test {
protected:
    ExpectEvent expected(std::string type, std::map<std::string, std::string> values) {
        ExpectEvent step;
        step.account = "A";
        step.type = std::move(type);
        step.values = std::move(values);
        return step;
    }
    std::uint64_t count(const ExpectEvent& step,
                        std::optional<std::uint64_t> request_id = std::nullopt) {
        return events_.count({step, request_id}, tag_);
    }

    const RunTag tag_;
    EventHistory events_;
};

TEST_F(EventHistoryTest, CountsEventsOfTheAccountAndTypeThatHaveAllValues) {
    events_.add(to_json(position(1, "10.00")));
    events_.add(to_json(position(2, "-5")));
    EXPECT_EQ(count(expected("Position", {})), 2U);
    EXPECT_EQ(count(expected("Position", {{"net_qty", "10"}})), 1U) << "by value, not by text";
    EXPECT_EQ(count(expected("Position", {{"net_qty", "10"}, {"symbol", "GBPUSD"}})), 0U);
    EXPECT_EQ(count(expected("Trade", {})), 0U);
    ExpectEvent other = expected("Position", {});
    other.account = "B";
    EXPECT_EQ(count(other), 0U);
}

TEST_F(EventHistoryTest, TellsTheAnswersToOneQuestionFromThoseToAnother) {
    events_.add(to_json(position(1, "10")));
    events_.add(to_json(position(2, "10")));
    EXPECT_EQ(count(expected("Position", {{"net_qty", "10"}}), 2), 1U);
    EXPECT_EQ(count(expected("Position", {}), 3), 0U);
}

TEST_F(EventHistoryTest, TakesWhatIsAbsentForFalseOrNoReason) {
    events_.add(to_json(position(1, "10")));
    EXPECT_EQ(count(expected("Position", {{"is_different", "false"}})), 1U);
    EXPECT_EQ(count(expected("Position", {{"is_different", "true"}})), 0U);
    EXPECT_EQ(count(expected("Position", {{"avg_px", "0"}})), 0U) << "absent is not zero";
    auto report = test::report("A", "x", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW);
    events_.add(to_json(report));
    EXPECT_EQ(count(expected("ExecutionReport", {{"reason", "NONE"}})), 1U);
}

TEST_F(EventHistoryTest, TakesIdsForLabelsOfTheRun) {
    const std::string id = tag_.cl_ord_id("entry");
    events_.add(to_json(test::report("A", id, BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW)));
    EXPECT_EQ(count(expected("ExecutionReport", {{"cl_ord_id", "entry"}})), 1U);
    EXPECT_EQ(count(expected("ExecutionReport", {{"cl_ord_id", "other"}})), 0U);
}

TEST_F(EventHistoryTest, LooksIntoNamedFields) {
    auto report = test::report("A", "x", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW);
    report.fields = sdk::borrow("algo_id=TWAP\x01");
    events_.add(to_json(report));
    EXPECT_EQ(count(expected("ExecutionReport", {{"fields.algo_id", "TWAP"}})), 1U);
    EXPECT_EQ(count(expected("ExecutionReport", {{"fields.algo_id", "VWAP"}})), 0U);
    EXPECT_EQ(count(expected("ExecutionReport", {{"fields.note", "TWAP"}})), 0U);
}

TEST_F(EventHistoryTest, DescribesTheLastEventByTheKeysThatWereExpected) {
    const ExpectEvent step = expected("Position", {{"net_qty", "7"}, {"avg_px", "1"}});
    EXPECT_EQ(events_.describe_nearest({step, std::nullopt}, tag_), "none");
    events_.add(to_json(position(1, "10")));
    EXPECT_EQ(events_.describe_nearest({step, std::nullopt}, tag_), "avg_px none, net_qty 10");
    EXPECT_EQ(events_.describe_nearest({step, 9}, tag_), "none");
}

TEST_F(EventHistoryTest, ForgetsTheOldestWhenItIsFull) {
    for (std::size_t i = 0; i < EventHistory::kCapacity; ++i) {
        events_.add(to_json(position(1, "10")));
    }
    events_.add(to_json(position(1, "11")));
    EXPECT_EQ(count(expected("Position", {{"net_qty", "10"}})), EventHistory::kCapacity - 1);
    EXPECT_EQ(count(expected("Position", {{"net_qty", "11"}})), 1U);
}

}  // namespace
}  // namespace broker::sample_host
