// What the tests of push share: portfolios to show, and a listener that keeps all it hears.
#pragma once

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/execution_report.hpp"
#include "dxtrade/market_data_channel.hpp"
#include "dxtrade/push/portfolio_tracker.hpp"
#include "dxtrade/rest/records.hpp"
#include "dxtrade/trading_channel.hpp"
#include "support/manual_clock.hpp"

namespace broker::dxtrade::push {

inline core::Decimal dec(std::string_view text) { return *core::Decimal::parse(text); }
inline std::string text_of(const std::optional<core::Decimal>& value) {
    return value ? value->to_string() : "absent";
}

// Keeps what every channel tells, with text of its own.
template <class Listener>
class RecordingChannel : public Listener {
public:
    struct Disconnect {
        core::Reason reason;
        std::string text;
        core::Duration next_attempt;
    };
    struct Fault {
        core::Reason reason;
        std::string msg_type;
        std::string cl_ord_id;
        std::string text;
    };

    std::vector<std::string> connecting;  // peers
    std::vector<core::Channel> logged_on;
    std::vector<Disconnect> disconnects;
    std::vector<std::string> notices;
    std::vector<std::pair<core::Reason, std::string>> conditions;
    std::vector<Fault> faults;

    void on_connecting(core::Channel, std::string_view peer) override {
        connecting.emplace_back(peer);
    }
    void on_logged_on(core::Channel channel, std::string_view) override {
        logged_on.push_back(channel);
    }
    void on_disconnected(core::Channel, core::Reason reason, std::string_view text,
                         std::string_view, core::Duration next_attempt) override {
        disconnects.push_back({reason, std::string{text}, next_attempt});
    }
    void on_notice(core::Channel, std::string_view text) override { notices.emplace_back(text); }
    void on_condition(core::Channel, core::Reason reason, std::string_view text,
                      std::string_view) override {
        conditions.emplace_back(reason, text);
    }
    void on_venue_fault(const core::VenueFault& fault) override {
        faults.push_back({fault.reason, std::string{fault.msg_type}, std::string{fault.cl_ord_id},
                          std::string{fault.text}});
    }
};

class RecordingAccount final : public RecordingChannel<TradingChannelListener> {
public:
    struct Report {
        core::ExecType exec_type;
        core::OrdStatus ord_status;
        core::Channel channel;
        std::string cl_ord_id;
        std::string order_id;
        std::string exec_id;
        std::string last_qty;
        std::string cum_qty;
    };
    struct Position {
        std::string symbol;
        std::string position_code;
        std::string long_qty;
        std::string short_qty;
        bool is_unsolicited;
    };
    struct Summary {
        std::string balance;
        std::string equity;
        std::string currency;
        std::uint64_t version;
    };

    std::vector<Report> reports;
    std::vector<Position> positions;
    std::vector<Summary> summaries;
    std::vector<std::string> transfers;  // ids
    std::vector<std::string> account_events;
    std::function<void(const core::ExecutionReport&)> on_report;

    [[nodiscard]] std::size_t count(core::ExecType exec_type) const {
        std::size_t found = 0;
        for (const Report& report : reports) found += report.exec_type == exec_type ? 1 : 0;
        return found;
    }

    void on_execution_report(const core::ExecutionReport& report) override {
        reports.push_back({report.exec_type, report.ord_status, report.channel,
                           std::string{report.cl_ord_id}, std::string{report.order_id},
                           std::string{report.exec_id}, text_of(report.last_qty),
                           text_of(report.cum_qty)});
        if (on_report) on_report(report);
    }
    void on_position(const core::PositionReport& position) override {
        positions.push_back({std::string{position.symbol}, std::string{position.position_code},
                             text_of(position.long_qty), text_of(position.short_qty),
                             position.is_unsolicited});
    }
    void on_account_summary(const core::AccountSummary& summary) override {
        summaries.push_back({text_of(summary.balance), text_of(summary.equity),
                             std::string{summary.currency}, summary.version});
    }
    void on_cash_transfer(const core::CashTransfer& transfer) override {
        transfers.push_back(std::string{transfer.transfer_id} + "/" +
                            std::string{transfer.transaction_id});
    }
    void on_account_event(const core::AccountEvent& event) override {
        account_events.emplace_back(event.type);
    }
    void on_order_cancel_reject(const core::OrderCancelReject&) override {}
    void on_message_reject(const core::MessageReject&) override {}
    void on_list_status(const core::ListStatus&) override {}
    void on_trade(const core::TradeReport&) override {}
    void on_instrument(const core::Instrument&) override {}
    void on_trading_session_status(const core::TradingSessionStatus&) override {}
    void on_candle(const core::Candle&) override {}
    void on_conversion_rate(const core::ConversionRate&) override {}
    void on_past_report(const core::ExecutionReport&) override {}
    void on_query_done(const core::QueryDone&) override {}
    void on_request_written(std::string_view, const SentRequest&) override {}
    void on_request_not_sent(std::string_view, const core::Error&) override {}
    void on_request_in_doubt(std::string_view, const core::Error&) override {}
    void on_stale_request(std::string_view, core::Duration) override {}
    void on_sequence_reset() override {}
};

// ---- portfolios

inline constexpr std::string_view kAccount = "default:AB-1001";

inline rest::RestExecution execution(std::string code, rest::RestOrderStatus status,
                                     std::string_view last, std::string_view cum,
                                     std::string_view remaining) {
    rest::RestExecution made;
    made.execution_code = std::move(code);
    made.status = status;
    made.is_final =
        status != rest::RestOrderStatus::Accepted && status != rest::RestOrderStatus::Working;
    made.last_quantity = dec(last);
    if (dec(last).sign() != 0) made.last_price = dec("1.2");
    made.filled_quantity = dec(cum);
    made.remaining_quantity = dec(remaining);
    return made;
}

// An order of 10 to buy, of which `filled` is done.
inline rest::RestOrder order(std::string client_id, std::uint64_t version,
                             rest::RestOrderStatus status, std::string_view filled) {
    rest::RestOrder made;
    made.account = kAccount;
    made.version = version;
    made.order_id = "id-" + client_id;
    made.order_code = "session:" + client_id;
    made.client_order_id = std::move(client_id);
    made.type = core::OrdType::Limit;
    made.tif = core::TimeInForce::GoodTillCancel;
    made.side = core::Side::Buy;
    made.instrument = "EURUSD";
    made.status = status;
    made.is_final =
        status != rest::RestOrderStatus::Accepted && status != rest::RestOrderStatus::Working;
    rest::RestLeg leg;
    leg.instrument = "EURUSD";
    leg.price = dec("1.2");
    leg.quantity = dec("10");
    leg.filled_quantity = dec(filled);
    leg.remaining_quantity = dec("10").minus(dec(filled));
    made.legs.push_back(std::move(leg));
    return made;
}

inline rest::RestPosition position(std::string code, std::string symbol, std::string_view qty) {
    rest::RestPosition made;
    made.account = kAccount;
    made.position_code = std::move(code);
    made.symbol = std::move(symbol);
    made.quantity = dec(qty);
    made.open_price = dec("1.1");
    return made;
}

inline rest::Portfolio portfolio(std::uint64_t version, std::vector<rest::RestOrder> orders = {},
                                 std::vector<rest::RestPosition> positions = {}) {
    rest::Portfolio made;
    made.account = kAccount;
    made.version = version;
    made.orders = std::move(orders);
    made.positions = std::move(positions);
    made.has_all_orders = made.has_all_positions = true;
    return made;
}

}  // namespace broker::dxtrade::push
