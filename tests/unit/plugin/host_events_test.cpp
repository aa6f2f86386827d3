#include "abi/host_events.hpp"

#include <gtest/gtest.h>

#include <cstring>
#include <string>
#include <vector>

#include "abi/record.hpp"
#include "broker/abi/broker.h"
#include "broker/sdk/reason_names.hpp"
#include "core/reason.hpp"

namespace broker::abi {
namespace {

// Copies the records as a host must: they are valid during the call alone.
struct Host {
    std::vector<std::string> records;
    broker_host_t table{BROKER_ABI_MAJOR, BROKER_ABI_MINOR, this, &receive, nullptr};

    static void BROKER_CALL receive(void* host_data, const broker_event_t* event) {
        static_cast<Host*>(host_data)->records.emplace_back(reinterpret_cast<const char*>(event),
                                                            event->struct_size);
    }
    template <class Record>
    Record last() {
        Record record{};
        EXPECT_EQ(records.back().size(), sizeof(record));
        std::memcpy(&record, records.back().data(), sizeof(record));
        return record;
    }
};

class HostEventsTest : public testing::Test {
protected:
    Host host_;
    HostEvents events_{host_.table, "ACC-1"};
};

TEST_F(HostEventsTest, SessionEventSaysWhyAndWhatToDo) {
    events_.on_session({account::AccountState::Offline, account::AccountState::Connecting,
                        core::Reason::TlsCertificateExpired, "expired yesterday", "venue:1",
                        std::chrono::microseconds{1500}, core::Channel::FixTrading});
    const auto event = host_.last<broker_session_event_t>();
    EXPECT_EQ(event.event.type, BROKER_EVENT_SESSION);
    EXPECT_EQ(event.state, BROKER_ACCOUNT_STATE_OFFLINE);
    EXPECT_EQ(event.previous_state, BROKER_ACCOUNT_STATE_CONNECTING);
    EXPECT_EQ(event.reason, BROKER_REASON_TLS_CERTIFICATE_EXPIRED);
    EXPECT_EQ(view(event.reason_name), "TLS_CERTIFICATE_EXPIRED");
    EXPECT_GT(event.suggested_action.size, 0U);
    EXPECT_EQ(event.next_attempt_ms, 2);  // never sooner than it will be
    EXPECT_EQ(event.channel, BROKER_CHANNEL_FIX_TRADING);
}

TEST_F(HostEventsTest, EventsOfAnAccountAreNumberedWithoutAGap) {
    for (std::uint64_t i = 1; i <= 3; ++i) {
        events_.on_snapshot({account::SnapshotPhase::Begin, account::AccountState::Ready, 0, 0, 0});
        EXPECT_EQ(host_.last<broker_snapshot_event_t>().event.event_seq_num, i);
    }
}

TEST_F(HostEventsTest, ReportIsCompletedFromTheOrderWhereTheVenueWasSilent) {
    core::Order order;
    order.status = core::OrdStatus::Filled;
    order.side = core::Side::Sell;
    order.symbol = core::Symbol::from("EURUSD").value();
    order.order_qty = core::Decimal::parse("100").value();
    order.cum_qty = core::Decimal::parse("100").value();
    core::ExecutionReport report;
    report.exec_type = core::ExecType::New;
    report.ord_status = core::OrdStatus::New;  // a late report
    report.raw_ord_status = "0";
    events_.on_order(
        {report, &order, nullptr, core::Certainty::Acknowledged, core::Reason::None, false});
    const auto event = host_.last<broker_execution_report_t>();
    EXPECT_EQ(event.ord_status, BROKER_ORD_STATUS_FILLED);
    EXPECT_EQ(event.side, BROKER_SIDE_SELL);
    EXPECT_EQ(event.order_qty.coefficient, 100);
    EXPECT_EQ(event.price.is_present, 0);
    EXPECT_GT(event.stages.delivered, 0);
    EXPECT_EQ(event.stages.written, 0);
}

TEST_F(HostEventsTest, IdsThatAReportLeavesOutAreTheOrders) {
    core::Order order;
    order.cl_ord_id = core::ClOrdID::from("A2").value();
    order.order_id = core::OrderID::from("V-1").value();
    core::ExecutionReport report;
    report.exec_type = core::ExecType::Trade;
    events_.on_order(
        {report, &order, nullptr, core::Certainty::Acknowledged, core::Reason::None, false});
    auto event = host_.last<broker_execution_report_t>();
    EXPECT_EQ(view(event.cl_ord_id), "A2");
    EXPECT_EQ(view(event.order_id), "V-1");
    report.cl_ord_id = "A1";
    report.order_id = "V-2";
    events_.on_order(
        {report, &order, nullptr, core::Certainty::Acknowledged, core::Reason::None, false});
    event = host_.last<broker_execution_report_t>();
    EXPECT_EQ(view(event.cl_ord_id), "A1");
    EXPECT_EQ(view(event.order_id), "V-2");
}

TEST(Reasons, CoreAndAbiAgreeOnEveryNameAndNumber) {
    std::size_t count = 0;
    for (std::int32_t value = 0; value < 1000; ++value) {
        const std::string_view ours = core::reason_name(static_cast<core::Reason>(value));
        if (ours == "UNKNOWN_REASON") continue;
        EXPECT_EQ(ours, sdk::reason_name(value)) << value;
        ++count;
    }
    EXPECT_GE(count, 45U);
}

}  // namespace
}  // namespace broker::abi
