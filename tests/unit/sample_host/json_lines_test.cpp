#include "host/json_lines.hpp"

#include <gtest/gtest.h>

#include <boost/json.hpp>
#include <sstream>

#include "records.hpp"

namespace broker::sample_host {
namespace {

using boost::json::object;

class JsonLinesTest : public testing::Test {
protected:
    // The one line that was written, parsed.
    object line() {
        const std::string text = out_.str();
        EXPECT_EQ(text.find('\n'), text.size() - 1);
        return boost::json::parse(text).as_object();
    }

    std::ostringstream out_;
    JsonLines json_{out_};
};

TEST_F(JsonLinesTest, WritesAnExecutionReportWithNamesExactDecimalsAndWholeTimes) {
    auto report = test::fill("ACC-1", "E1", BROKER_SIDE_SELL, "0.10");
    report.stages.written = 123'456'789'012'345'678;
    json_.write(report);
    const object line = this->line();
    EXPECT_EQ(line.at("type"), "ExecutionReport");
    EXPECT_EQ(line.at("account"), "ACC-1");
    EXPECT_EQ(line.at("event_seq_num"), 7);
    EXPECT_EQ(line.at("time"), 1'700'000'000'000'000'001);
    EXPECT_EQ(line.at("exec_type"), "Trade");
    EXPECT_EQ(line.at("ord_status"), "Filled");
    EXPECT_EQ(line.at("certainty"), "Acknowledged");
    EXPECT_EQ(line.at("side"), "Sell");
    EXPECT_EQ(line.at("last_qty"), "0.10");
    EXPECT_EQ(line.at("last_px"), "1.10002");
    EXPECT_EQ(line.at("stages").at("written"), 123'456'789'012'345'678);
}

TEST_F(JsonLinesTest, LeavesOutWhatIsAbsent) {
    json_.write(test::report("ACC-1", "a", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW));
    const object line = this->line();
    for (const auto* key : {"price", "avg_px", "text", "orig_cl_ord_id", "reason", "is_snapshot"}) {
        EXPECT_FALSE(line.contains(key)) << key;
    }
}

TEST_F(JsonLinesTest, WritesReasonsAsNameAndCode) {
    auto report = test::report("A", "a", BROKER_EXEC_TYPE_REJECTED, BROKER_ORD_STATUS_REJECTED);
    report.reason = BROKER_REASON_ORDER_QTY_EXCEEDED;
    json_.write(report);
    EXPECT_EQ(line().at("reason"), "ORDER_QTY_EXCEEDED");
    EXPECT_EQ(line().at("reason_code"), 608);
}

TEST_F(JsonLinesTest, StaysValidWhateverTheVenueWrites) {
    auto report = test::report("A", "a", BROKER_EXEC_TYPE_REJECTED, BROKER_ORD_STATUS_REJECTED);
    report.text = sdk::borrow("\"quoted\"\n\x01 \\ caf\xc3\xa9");
    json_.write(report);
    EXPECT_EQ(line().at("text").as_string(), "\"quoted\"\n\x01 \\ caf\xc3\xa9");
}

TEST_F(JsonLinesTest, TakesTextThatIsNotUtf8ForLatin1) {
    for (const auto* text : {"caf\xe9 closed", "cut off \xc3", "overlong \xc0\xaf", "\xff"}) {
        std::ostringstream out;
        auto report = test::report("A", "a", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW);
        report.text = sdk::borrow(text);
        JsonLines{out}.write(report);
        boost::json::error_code error;
        EXPECT_TRUE(boost::json::parse(out.str(), error).is_object()) << text;
    }
    auto report = test::report("A", "a", BROKER_EXEC_TYPE_NEW, BROKER_ORD_STATUS_NEW);
    report.text = sdk::borrow("caf\xe9 closed");
    json_.write(report);
    EXPECT_EQ(line().at("text").as_string(), "caf\xc3\xa9 closed");
}

TEST_F(JsonLinesTest, WritesSessionEvents) {
    broker_session_event_t event{};
    event.event.type = BROKER_EVENT_SESSION;
    event.event.account = sdk::borrow("A");
    event.state = BROKER_ACCOUNT_STATE_OFFLINE;
    event.previous_state = BROKER_ACCOUNT_STATE_CONNECTING;
    event.reason = BROKER_REASON_CONNECT_REFUSED;
    event.channel = BROKER_CHANNEL_FIX_TRADING;
    event.next_attempt_ms = 0;
    json_.write(event);
    EXPECT_EQ(line().at("state"), "Offline");
    EXPECT_EQ(line().at("previous_state"), "Connecting");
    EXPECT_EQ(line().at("reason"), "CONNECT_REFUSED");
    EXPECT_EQ(line().at("channel"), "FixTrading");
    EXPECT_EQ(line().at("next_attempt_ms"), 0);
}

TEST_F(JsonLinesTest, WritesCancelRejects) {
    broker_order_cancel_reject_t reject{};
    reject.event.type = BROKER_EVENT_ORDER_CANCEL_REJECT;
    reject.ord_status = BROKER_ORD_STATUS_FILLED;
    reject.certainty = BROKER_CERTAINTY_REJECTED;
    reject.is_replace = 1;
    json_.write(reject);
    EXPECT_EQ(line().at("type"), "OrderCancelReject");
    EXPECT_EQ(line().at("ord_status"), "Filled");
    EXPECT_EQ(line().at("is_replace"), true);
}

TEST_F(JsonLinesTest, WritesSnapshots) {
    broker_snapshot_event_t snapshot{};
    snapshot.event.type = BROKER_EVENT_SNAPSHOT;
    snapshot.phase = BROKER_SNAPSHOT_PHASE_END;
    snapshot.request_id = std::numeric_limits<std::uint64_t>::max();
    json_.write(snapshot);
    EXPECT_EQ(line().at("phase"), "End");
    EXPECT_EQ(line().at("request_id").as_uint64(), std::numeric_limits<std::uint64_t>::max());
}

TEST_F(JsonLinesTest, WritesAccountSummaries) {
    broker_account_summary_t summary{};
    summary.event.type = BROKER_EVENT_ACCOUNT_SUMMARY;
    summary.currency = sdk::borrow("USD");
    summary.balance = test::decimal("-0.01");
    json_.write(summary);
    EXPECT_EQ(line().at("currency"), "USD");
    EXPECT_EQ(line().at("balance"), "-0.01");
    EXPECT_FALSE(line().contains("margin"));
}

TEST_F(JsonLinesTest, WritesTheNumberOfATypeItDoesNotKnow) {
    broker_event_t event{};
    event.type = 42;
    json_.write_unknown(event);
    EXPECT_EQ(line().at("type"), "Unrecognized");
    EXPECT_EQ(line().at("type_code"), 42);
}

TEST_F(JsonLinesTest, WritesLostEvents) {
    sdk::LostEvents lost;
    lost.session_events = 3;
    json_.write(lost);
    EXPECT_EQ(line().at("type"), "EventsLost");
    EXPECT_EQ(line().at("session_events"), 3);
}

TEST_F(JsonLinesTest, WritesCommandsThatTheAdapterDidNotTake) {
    json_.write_refused("A", "a-1", {BROKER_REFUSED, BROKER_REASON_ACCOUNT_NOT_READY, "Offline"});
    EXPECT_EQ(line().at("type"), "CommandRefused");
    EXPECT_EQ(line().at("cl_ord_id"), "a-1");
    EXPECT_EQ(line().at("status"), "Refused");
    EXPECT_EQ(line().at("reason"), "ACCOUNT_NOT_READY");
}

}  // namespace
}  // namespace broker::sample_host
