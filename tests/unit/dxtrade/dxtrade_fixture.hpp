// What the tests of the translators share: a message to read, and a listener that keeps all it
// hears.
#pragma once

#include <gtest/gtest.h>

#include <string>
#include <string_view>
#include <vector>

#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/inbound.hpp"
#include "dxtrade/trading_channel.hpp"
#include "support/fix_message.hpp"

namespace broker::dxtrade::fix {

// Keeps text of its own: what the records borrow is gone after the call.
class RecordingListener final : public TradingChannelListener {
public:
    struct Done {
        core::QueryKind kind;
        std::uint64_t request_id;
        std::uint64_t count;
        core::Reason reason;
        std::string text;
    };

    std::vector<Done> done;
    std::vector<std::string> reports;                // ClOrdID
    std::vector<core::ExecutionReport> raw_reports;  // their text is gone; the rest holds
    std::vector<std::string> positions;              // symbol
    std::vector<std::uint64_t> request_ids;          // of every answer, in the order of arrival
    std::vector<bool> unsolicited;                   // of positions
    std::vector<std::string> trades;                 // TradeReportID
    std::vector<std::string> instruments;            // symbol
    std::vector<core::TradSesStatus> session_statuses;
    std::vector<core::AccountSummary> summaries;
    std::vector<core::ListOrderStatus> list_statuses;
    std::vector<core::Reason> faults;
    std::vector<std::string> fault_texts;
    std::vector<std::string> notices;
    std::vector<std::string> rejects;
    std::vector<std::string> cancel_rejects;

    void on_connecting(core::Channel, std::string_view) override {}
    void on_logged_on(core::Channel, std::string_view) override {}
    void on_disconnected(core::Channel, core::Reason, std::string_view, std::string_view,
                         core::Duration) override {}
    void on_notice(core::Channel, std::string_view text) override { notices.emplace_back(text); }
    void on_condition(core::Channel, core::Reason, std::string_view, std::string_view) override {}
    void on_venue_fault(const core::VenueFault& fault) override {
        faults.push_back(fault.reason);
        fault_texts.emplace_back(fault.text);
    }
    void on_execution_report(const core::ExecutionReport& report) override {
        reports.emplace_back(report.cl_ord_id);
        raw_reports.push_back(report);
        request_ids.push_back(report.request_id);
    }
    void on_order_cancel_reject(const core::OrderCancelReject& reject) override {
        cancel_rejects.emplace_back(reject.cl_ord_id);
    }
    void on_message_reject(const core::MessageReject& reject) override {
        rejects.emplace_back(reject.text);
    }
    void on_list_status(const core::ListStatus& status) override {
        list_statuses.push_back(status.status);
    }
    void on_position(const core::PositionReport& position) override {
        positions.emplace_back(position.symbol);
        request_ids.push_back(position.request_id);
        unsolicited.push_back(position.is_unsolicited);
    }
    void on_account_summary(const core::AccountSummary& summary) override {
        summaries.push_back(summary);
        request_ids.push_back(summary.request_id);
    }
    void on_trade(const core::TradeReport& trade) override {
        trades.emplace_back(trade.trade_id);
        request_ids.push_back(trade.request_id);
    }
    void on_instrument(const core::Instrument& instrument) override {
        instruments.emplace_back(instrument.symbol);
        request_ids.push_back(instrument.request_id);
    }
    void on_trading_session_status(const core::TradingSessionStatus& status) override {
        session_statuses.push_back(status.status);
        request_ids.push_back(status.request_id);
    }
    void on_query_done(const core::QueryDone& ended) override {
        done.push_back(
            {ended.kind, ended.request_id, ended.count, ended.reason, std::string{ended.text}});
    }
    void on_cash_transfer(const core::CashTransfer& transfer) override {
        request_ids.push_back(transfer.request_id);
    }
    void on_account_event(const core::AccountEvent& event) override {
        request_ids.push_back(event.request_id);
    }
    void on_candle(const core::Candle& candle) override {
        request_ids.push_back(candle.request_id);
    }
    void on_past_report(const core::ExecutionReport& report) override {
        request_ids.push_back(report.request_id);
    }
    void on_conversion_rate(const core::ConversionRate& rate) override {
        request_ids.push_back(rate.request_id);
    }
    void on_request_written(std::string_view, const SentRequest&) override {}
    void on_request_not_sent(std::string_view, const core::Error&) override {}
    void on_request_in_doubt(std::string_view, const core::Error&) override {}
    void on_stale_request(std::string_view, core::Duration) override {}
    void on_sequence_reset() override {}
};

// A message and its bytes; the view is valid until the next one.
class ReceivedMessage {
public:
    // `body` begins with 35= and has | for SOH.
    const broker::fix::MessageView& parse(std::string_view body) {
        return parse_whole(test::fix_message(body));
    }
    const broker::fix::MessageView& parse_whole(std::string bytes) {
        bytes_ = std::move(bytes);
        const auto parsed = view_.parse(bytes_);
        EXPECT_TRUE(parsed.has_value()) << (parsed ? "" : parsed.error().detail);
        return view_;
    }

private:
    std::string bytes_;
    broker::fix::MessageView view_;
};

}  // namespace broker::dxtrade::fix
