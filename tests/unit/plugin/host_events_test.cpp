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

TEST_F(HostEventsTest, SummaryTellsCountsThatAreKnownAndLeavesOutThoseThatAreNot) {
    core::AccountSummary summary;
    summary.request_id = 4;
    summary.currency = "USD";
    summary.total_pl = core::Decimal::parse("-1.50");
    summary.available_funds = core::Decimal::parse("9");
    summary.open_positions_count = 0;
    summary.account_status = "FULL_TRADING";
    summary.version = 12;
    summary.channel = core::Channel::Push;
    events_.on_account_summary(summary);
    const auto event = host_.last<broker_account_summary_t>();
    EXPECT_EQ(event.total_pl.coefficient, -150);
    EXPECT_EQ(event.credit.is_present, 0);
    EXPECT_EQ(event.available_funds.coefficient, 9);
    EXPECT_EQ(event.has_open_positions_count, 1);
    EXPECT_EQ(event.open_positions_count, 0U);
    EXPECT_EQ(event.has_open_orders_count, 0);
    EXPECT_EQ(view(event.account_status), "FULL_TRADING");
    EXPECT_EQ(event.version, 12U);
    EXPECT_EQ(event.channel, BROKER_CHANNEL_PUSH);
}

TEST_F(HostEventsTest, InstrumentCrossesWithWhatRestSaysOfIt) {
    core::Instrument instrument;
    instrument.symbol = "EURUSD";
    instrument.lot_size = core::Decimal::parse("100000");
    instrument.margin_rate = core::Decimal::parse("0.01");
    instrument.trading_status = "CLOSE_ONLY";
    instrument.trading_hours = "Sunday, 21:05:00Z SESSION_OPEN";
    instrument.channel = core::Channel::Rest;
    events_.on_instrument(instrument);
    const auto event = host_.last<broker_instrument_t>();
    EXPECT_EQ(event.lot_size.coefficient, 100'000);
    EXPECT_EQ(event.margin_rate.scale, 2);
    EXPECT_EQ(view(event.trading_status), "CLOSE_ONLY");
    EXPECT_EQ(view(event.trading_hours), "Sunday, 21:05:00Z SESSION_OPEN");
    EXPECT_EQ(event.channel, BROKER_CHANNEL_REST);
}

TEST_F(HostEventsTest, CashTransferCrossesFieldByField) {
    core::CashTransfer transfer;
    transfer.request_id = 5;
    transfer.transfer_id = "T";
    transfer.transaction_id = "X";
    transfer.type = "COMMISSION";
    transfer.currency = "USD";
    transfer.comment = "for the order";
    transfer.order_id = "O";
    transfer.cl_ord_id = "C";
    transfer.position_code = "P";
    transfer.value = core::Decimal::parse("-0.35");
    transfer.transact_time = core::UtcTime{std::chrono::nanoseconds{9}};
    events_.on_cash_transfer(transfer);
    const auto event = host_.last<broker_cash_transfer_t>();
    EXPECT_EQ(event.event.type, BROKER_EVENT_CASH_TRANSFER);
    EXPECT_EQ(event.request_id, 5U);
    EXPECT_EQ(view(event.transfer_id), "T");
    EXPECT_EQ(view(event.transaction_id), "X");
    EXPECT_EQ(view(event.transfer_type), "COMMISSION");
    EXPECT_EQ(view(event.currency), "USD");
    EXPECT_EQ(view(event.comment), "for the order");
    EXPECT_EQ(view(event.order_id), "O");
    EXPECT_EQ(view(event.cl_ord_id), "C");
    EXPECT_EQ(view(event.position_code), "P");
    EXPECT_EQ(event.value.coefficient, -35);
    EXPECT_EQ(event.transact_time, 9);
}

TEST_F(HostEventsTest, MarginCallCrossesFieldByField) {
    core::AccountEvent margin_call;
    margin_call.type = "MARGIN_CALL";
    margin_call.text = "add funds";
    margin_call.threshold = core::Decimal::parse("0.80");
    margin_call.risk_level = core::Decimal::parse("0.81");
    margin_call.channel = core::Channel::Push;
    events_.on_account_event(margin_call);
    const auto event = host_.last<broker_account_event_t>();
    EXPECT_EQ(event.event.type, BROKER_EVENT_ACCOUNT_EVENT);
    EXPECT_EQ(event.channel, BROKER_CHANNEL_PUSH);
    EXPECT_EQ(event.request_id, 0U);
    EXPECT_EQ(view(event.event_type), "MARGIN_CALL");
    EXPECT_EQ(view(event.text), "add funds");
    EXPECT_EQ(event.threshold.coefficient, 80);
    EXPECT_EQ(event.risk_level.coefficient, 81);
    EXPECT_EQ(event.transact_time, 0);
}

TEST_F(HostEventsTest, CandleCrossesFieldByField) {
    core::Candle candle;
    candle.request_id = 6;
    candle.symbol = "EURUSD";
    candle.candle_type = "5m";
    candle.is_forming = true;
    candle.open_px = core::Decimal::parse("1.1");
    candle.high_px = core::Decimal::parse("1.4");
    candle.low_px = core::Decimal::parse("1.0");
    candle.close_px = core::Decimal::parse("1.3");
    candle.time = core::UtcTime{std::chrono::nanoseconds{60}};
    events_.on_candle(candle);
    const auto event = host_.last<broker_candle_t>();
    EXPECT_EQ(event.event.type, BROKER_EVENT_CANDLE);
    EXPECT_EQ(event.request_id, 6U);
    EXPECT_EQ(view(event.symbol), "EURUSD");
    EXPECT_EQ(view(event.candle_type), "5m");
    EXPECT_EQ(event.is_forming, 1);
    EXPECT_EQ(event.open_time, 60);
    EXPECT_EQ(event.open_px.coefficient, 11);
    EXPECT_EQ(event.high_px.coefficient, 14);
    EXPECT_EQ(event.low_px.coefficient, 10);
    EXPECT_EQ(event.close_px.coefficient, 13);
    EXPECT_EQ(event.volume.is_present, 0);
}

TEST_F(HostEventsTest, ConversionRateCrossesFieldByField) {
    events_.on_conversion_rate({8, "EUR", "USD", core::Decimal::parse("1.2001").value()});
    const auto event = host_.last<broker_conversion_rate_t>();
    EXPECT_EQ(event.event.type, BROKER_EVENT_CONVERSION_RATE);
    EXPECT_EQ(event.request_id, 8U);
    EXPECT_EQ(view(event.from_currency), "EUR");
    EXPECT_EQ(view(event.to_currency), "USD");
    EXPECT_EQ(event.rate.coefficient, 12'001);
}

TEST(Reasons, CoreAndAbiAgreeOnEveryNameAndNumber) {
    std::size_t count = 0;
    for (std::int32_t value = 0; value < 1000; ++value) {
        const std::string_view ours = core::reason_name(static_cast<core::Reason>(value));
        if (ours == "UNKNOWN_REASON") continue;
        EXPECT_EQ(ours, sdk::reason_name(value)) << value;
        ++count;
    }
    EXPECT_GE(count, 75U);
}

}  // namespace
}  // namespace broker::abi
