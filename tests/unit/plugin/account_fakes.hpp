// Stand-ins for what surrounds the parts of an account: the channel, the host's events, the log.
#pragma once

#include <limits>
#include <new>
#include <string>
#include <utility>
#include <vector>

#include "account/account_events.hpp"
#include "core/log.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::account {

inline core::Decimal number(std::string_view text) { return core::Decimal::parse(text).value(); }
inline core::ClOrdID id(std::string_view text) { return core::ClOrdID::from(text).value(); }

// Buys 100 at 1.1 today, on a signal of this moment.
inline core::NewOrder limit_order(std::string_view name, core::MonotonicTime now,
                                  std::string_view symbol = "EURUSD") {
    core::NewOrder order;
    order.cl_ord_id = id(name);
    order.symbol = core::Symbol::from(symbol).value();
    order.side = core::Side::Buy;
    order.ord_type = core::OrdType::Limit;
    order.time_in_force = core::TimeInForce::Day;
    order.order_qty = number("100");
    order.price = number("1.1");
    order.stages.signal = order.stages.accepted = now;
    return order;
}

// Takes requests as a connected channel does, and writes down what it was asked.
struct ScriptedSession final : dxtrade::SessionControl {
    [[nodiscard]] dxtrade::SequenceNumbers sequence_numbers() const override { return numbers; }
    [[nodiscard]] core::Result<void> set_sequence_numbers(dxtrade::SequenceNumbers set) override {
        if (is_full) return core::fail(core::Reason::StorageFailed, "no space left on device");
        numbers = set;
        return {};
    }
    void reset_on_next_logon() override { ++resets; }
    [[nodiscard]] core::Result<void> fail_over(std::string_view host, std::string_view) override {
        if (host == "elsewhere:1") return core::fail(core::Reason::InvalidField, "no such host");
        hosts.emplace_back(host);
        return {};
    }

    dxtrade::SequenceNumbers numbers{12, 34};
    bool is_full = false;
    int resets = 0;
    std::vector<std::string> hosts;
};

class ScriptedChannel final : public dxtrade::TradingChannel {
public:
    explicit ScriptedChannel(std::vector<std::string>& sent) : sent_{sent} {}

    void start() override { sent_.emplace_back("start"); }
    void stop(std::string_view /*text*/, std::function<void()> done) override {
        sent_.emplace_back("stop");
        on_stopped = std::move(done);
    }
    core::Result<dxtrade::SentRequest> send(const core::NewOrder& order) override {
        return take("D " + std::string{order.cl_ord_id.view()});
    }
    core::Result<dxtrade::SentRequest> send(const core::ReplaceOrder& request,
                                            const core::Order& order) override {
        return take("G " + std::string{request.cl_ord_id.view()} + " of " +
                    std::string{order.cl_ord_id.view()});
    }
    core::Result<dxtrade::SentRequest> send(const core::CancelOrder& request,
                                            const core::Order& order) override {
        return take("F " + std::string{request.cl_ord_id.view()} + " of " +
                    std::string{order.cl_ord_id.view()});
    }
    core::Result<dxtrade::SentRequest> request_status(const core::Order& order) override {
        return take("H " + std::string{order.cl_ord_id.view()});
    }
    void resume(const core::Order& /*order*/, const core::Request& request,
                bool has_arrived) override {
        resumed.push_back(std::string{request.cl_ord_id.view()} + (has_arrived ? " arrived" : ""));
    }
    core::Result<dxtrade::SentRequest> send(const core::NewOrderList& list) override {
        return take("E " + std::string{list.list_id.view()});
    }
    core::Result<dxtrade::SentRequest> send(const core::CancelOrderList& request) override {
        return take("K " + std::string{request.list_id.view()});
    }
    core::Result<void> ask(const core::Query& query) override {
        std::string what = "ask " + std::to_string(static_cast<int>(query.kind));
        if (!query.cl_ord_id.empty()) what.append(" ").append(query.cl_ord_id.view());
        const auto taken = take(std::move(what));
        if (!taken) return taken.error();
        return {};
    }
    void on_tick() override {}
    [[nodiscard]] dxtrade::SessionControl* session() override { return &control; }

    ScriptedSession control;
    std::vector<std::string> resumed;
    std::function<void()> on_stopped;
    bool is_broken = false;
    std::size_t takes = std::numeric_limits<std::size_t>::max();  // then it is broken
    bool throws = false;
    bool queues = false;  // takes requests and writes them later, as REST does

private:
    core::Result<dxtrade::SentRequest> take(std::string what) {
        if (throws) throw std::bad_alloc{};
        if (is_broken || takes == 0)
            return core::fail(core::Reason::WriteQueueFull, "the write queue is full");
        --takes;
        sent_.push_back(std::move(what));
        const core::MonotonicTime now{std::chrono::seconds{1}};
        if (queues) return dxtrade::SentRequest{0, now, {}};
        return dxtrade::SentRequest{++msg_seq_num_, now, now};
    }

    std::vector<std::string>& sent_;
    core::MsgSeqNum msg_seq_num_ = 1;
};

// Keeps each event as one line of text.
class RecordingEvents final : public AccountEvents {
public:
    void on_session(const SessionNews& news) override {
        std::string line{state_name(news.previous_state)};
        line.append(">").append(state_name(news.state)).append(" ");
        line.append(core::reason_name(news.reason));
        lines.push_back(line);
    }
    void on_order(const OrderNews& news) override {
        std::string line = news.is_snapshot ? "snapshot " : "order ";
        line.append(news.report.cl_ord_id);
        line += " type=" + std::to_string(static_cast<int>(news.report.exec_type));
        line += " certainty=" + std::to_string(static_cast<int>(news.certainty));
        if (news.reason != core::Reason::None)
            line.append(" ").append(core::reason_name(news.reason));
        if (news.request_id != 0) line += " request=" + std::to_string(news.request_id);
        if (news.is_possible_repeat) line += " repeat";
        lines.push_back(line);
        texts.emplace_back(news.report.text);
    }
    void on_cancel_reject(const CancelRejectNews& news) override {
        std::string line = news.reject.is_replace ? "replace-reject " : "cancel-reject ";
        line.append(news.reject.cl_ord_id).append(" ").append(core::reason_name(news.reason));
        if (news.is_possible_repeat) line += " repeat";
        lines.push_back(line);
        texts.emplace_back(news.reject.text);
    }
    void on_snapshot(const SnapshotNews& news) override {
        lines.push_back(news.phase == SnapshotPhase::Begin
                            ? "snapshot-begin " + std::to_string(news.order_count)
                            : "snapshot-end");
    }

    void on_order_list(const OrderListNews& news) override {
        lines.push_back("list " + std::string{news.list_id} +
                        " status=" + std::to_string(static_cast<int>(news.status)) + " " +
                        std::string{core::reason_name(news.reason)});
        texts.emplace_back(news.text);
    }
    void on_position(const PositionNews& news) override {
        const core::PositionReport& position = news.position;
        lines.push_back("position " + std::string{position.symbol} + " long=" +
                        (position.long_qty ? position.long_qty->to_string() : "-") + " fills=" +
                        (news.net_qty_from_fills ? news.net_qty_from_fills->to_string() : "-") +
                        (position.short_qty ? " short=" + position.short_qty->to_string() : "") +
                        (news.is_different ? " different" : ""));
    }
    void on_account_summary(const core::AccountSummary& summary) override {
        lines.push_back("summary " + std::to_string(summary.request_id));
    }
    void on_trade(const core::TradeReport& trade) override {
        lines.push_back("trade " + std::string{trade.exec_id});
    }
    void on_instrument(const core::Instrument& instrument) override {
        lines.push_back("instrument " + std::string{instrument.symbol});
    }
    void on_trading_session_status(const core::TradingSessionStatus& status) override {
        lines.push_back("trading-session " + std::to_string(static_cast<int>(status.status)));
    }
    void on_cash_transfer(const core::CashTransfer& transfer) override {
        lines.push_back("transfer " + std::string{transfer.transfer_id});
    }
    void on_account_event(const core::AccountEvent& event) override {
        lines.push_back("account-event " + std::string{event.type});
    }
    void on_candle(const core::Candle& candle) override {
        lines.push_back("candle " + std::string{candle.symbol});
    }
    void on_conversion_rate(const core::ConversionRate& rate) override {
        lines.push_back("rate " + std::string{rate.from_currency});
    }
    void on_query_done(const core::QueryDone& done) override {
        lines.push_back("done " + std::to_string(done.request_id) +
                        " count=" + std::to_string(done.count) + " " +
                        std::string{core::reason_name(done.reason)});
        texts.emplace_back(done.text);
    }
    void on_venue_fault(const core::VenueFault& fault) override {
        lines.push_back("fault " + std::string{core::reason_name(fault.reason)});
        texts.emplace_back(fault.text);
    }

    std::vector<std::string> take() { return std::exchange(lines, {}); }

    std::vector<std::string> lines;
    std::vector<std::string> texts;
};

class RecordingLog final : public core::Log {
public:
    void write(core::LogLevel /*level*/, std::string_view line) override {
        lines.emplace_back(line);
    }

    std::vector<std::string> lines;
};

}  // namespace broker::account
