// What the tests of the REST channel share: a venue by script, and a host that books what it hears
// in an order ledger, as the coordinator does.
#pragma once

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/order_ledger.hpp"
#include "dxtrade/rest/rest_channel.hpp"
#include "scripted_transport.hpp"

namespace broker::dxtrade::rest {

// Keeps text of its own: what the records borrow is gone after the call.
class BookingListener final : public TradingChannelListener {
public:
    explicit BookingListener(core::OrderLedger& booked_in) : ledger{booked_in} {}

    core::OrderLedger& ledger;
    std::vector<std::string> states;  // "connecting", "logged on", "down RestLoginRefused"
    std::vector<std::string> orders;  // "A written", "A in doubt", "A report PendingNew"
    std::vector<std::string> notices;
    std::vector<core::Reason> conditions;
    std::vector<core::Reason> faults;
    std::vector<core::QueryDone> done;
    std::vector<std::string> done_texts;
    std::vector<std::string> answers;  // kind and name, of questions
    std::vector<core::MsgSeqNum> rejected;
    std::vector<core::MsgSeqNum> numbers;
    core::Duration next_attempt{};

    void on_connecting(core::Channel channel, std::string_view) override {
        EXPECT_EQ(channel, core::Channel::Rest);
        states.emplace_back("connecting");
    }
    void on_logged_on(core::Channel, std::string_view) override {
        states.emplace_back("logged on");
    }
    void on_disconnected(core::Channel, core::Reason reason, std::string_view text,
                         std::string_view, core::Duration next) override {
        states.push_back("down " + std::string{core::reason_name(reason)});
        notices.emplace_back(text);
        next_attempt = next;
        ledger.disconnected([](const core::Order&, const core::Request&) {});
    }
    void on_notice(core::Channel, std::string_view text) override { notices.emplace_back(text); }
    void on_condition(core::Channel, core::Reason reason, std::string_view,
                      std::string_view) override {
        conditions.push_back(reason);
    }
    void on_venue_fault(const core::VenueFault& fault) override { faults.push_back(fault.reason); }

    void on_execution_report(const core::ExecutionReport& report) override {
        orders.push_back(std::string{report.cl_ord_id} + " report " + name_of(report.exec_type));
        if (report.request_id != 0) answers.push_back("order " + std::string{report.cl_ord_id});
        (void)ledger.apply(report);
    }
    void on_order_cancel_reject(const core::OrderCancelReject& reject) override {
        orders.push_back(std::string{reject.cl_ord_id} + " cancel reject " +
                         std::string{reject.cxl_rej_reason});
        (void)ledger.apply(reject);
    }
    void on_message_reject(const core::MessageReject& reject) override {
        rejected.push_back(reject.ref_seq_num);
    }
    void on_list_status(const core::ListStatus&) override {}
    void on_position(const core::PositionReport& position) override {
        if (!position.is_unsolicited) answers.push_back("position " + std::string{position.symbol});
    }
    void on_account_summary(const core::AccountSummary& summary) override {
        if (summary.request_id != 0) answers.emplace_back("summary");
    }
    void on_trade(const core::TradeReport& trade) override {
        answers.push_back("trade " + std::string{trade.exec_id});
    }
    void on_instrument(const core::Instrument& instrument) override {
        answers.push_back("instrument " + std::string{instrument.symbol});
    }
    void on_trading_session_status(const core::TradingSessionStatus&) override {}
    void on_cash_transfer(const core::CashTransfer& transfer) override {
        answers.push_back("transfer " + std::string{transfer.transfer_id});
    }
    void on_account_event(const core::AccountEvent& event) override {
        answers.push_back("event " + std::string{event.type});
    }
    void on_candle(const core::Candle& candle) override {
        answers.push_back("candle " + std::string{candle.symbol});
    }
    void on_past_report(const core::ExecutionReport& report) override {
        answers.push_back("past " + std::string{report.cl_ord_id} + " " +
                          name_of(report.exec_type));
    }
    void on_conversion_rate(const core::ConversionRate& rate) override {
        answers.push_back("rate " + std::string{rate.from_currency});
    }
    void on_query_done(const core::QueryDone& ended) override {
        done.push_back(ended);
        done_texts.emplace_back(ended.text);
        done.back().text = {};
    }

    void on_request_written(std::string_view id, const SentRequest& sent) override {
        const bool is_written = sent.written != core::MonotonicTime{};
        orders.push_back(std::string{id} + (is_written ? " written" : " handed over"));
        numbers.push_back(sent.msg_seq_num);
        ledger.sent(core::ClOrdID::from(id).value(), sent.msg_seq_num, sent.journaled,
                    sent.written);
    }
    void on_request_not_sent(std::string_view id, const core::Error& error) override {
        orders.push_back(std::string{id} + " not sent " +
                         std::string{core::reason_name(error.reason)});
        (void)ledger.not_sent(core::ClOrdID::from(id).value(), error.reason);
    }
    void on_request_in_doubt(std::string_view id, const core::Error& error) override {
        orders.push_back(std::string{id} + " in doubt " +
                         std::string{core::reason_name(error.reason)});
        (void)ledger.doubt(core::ClOrdID::from(id).value(), error.reason);
    }
    void on_stale_request(std::string_view, core::Duration) override {}
    void on_sequence_reset() override {}

    static std::string name_of(core::ExecType type) {
        switch (type) {
            case core::ExecType::New:
                return "New";
            case core::ExecType::PendingNew:
                return "PendingNew";
            case core::ExecType::PendingReplace:
                return "PendingReplace";
            case core::ExecType::PendingCancel:
                return "PendingCancel";
            case core::ExecType::Replaced:
                return "Replaced";
            case core::ExecType::Canceled:
                return "Canceled";
            case core::ExecType::Rejected:
                return "Rejected";
            case core::ExecType::Trade:
                return "Trade";
            case core::ExecType::OrderStatus:
                return "OrderStatus";
            default:
                return std::to_string(static_cast<int>(type));
        }
    }
};

class RestChannelTest : public ::testing::Test {
protected:
    RestChannelTest() { answer_as_usual(); }

    // ---- the venue

    void answer_as_usual() {
        transport().script = [this](const net::HttpRequest& request) { return usual(request); };
    }
    std::optional<Scripted> usual(const net::HttpRequest& request) {
        const std::string line = ScriptedTransport::line_of(request);
        const auto has = [&](std::string_view part) {
            return line.find(part) != std::string::npos;
        };
        if (has("/login")) {
            return answered(200, R"({"sessionToken":"token-)" + std::to_string(++logins_) +
                                     R"(","timeout":"00:30:00"})");
        }
        if (has("/logout")) return answered(200);
        if (has("/ping")) return answered(200, "{}");
        if (has("/users/")) {
            return answered(200,
                            R"({"userDetails":[{"login":"alice","domain":"default","accounts":[)"
                            R"({"account":"default:A","baseCurrency":"USD","positionBased":true,)"
                            R"("accountStatus":"FULL_TRADING"}]}]})");
        }
        if (has("/portfolio")) {
            return answered(200, R"({"portfolios":[{"account":"default:A","version":)" +
                                     std::to_string(version_) + R"(,"balances":[],"positions":[)" +
                                     positions_ + R"(],"orders":[)" + open_orders_ + "]}]}");
        }
        if (has("/metrics")) return answered(200, R"({"metrics":[]})");
        if (has("/orders/history")) return answered(200, R"({"orders":[)" + history_ + "]}");
        if (has("GET") && has("/orders")) {
            return Scripted{200, R"({"orders":[)" + open_orders_ + "]}", {{"ETag", etag_}}};
        }
        return std::nullopt;  // a change of an order: the test answers
    }

    // An order as the venue shows it.
    static std::string order_json(const std::string& id, const std::string& status,
                                  const std::string& price = "1.1",
                                  const std::string& filled = "0") {
        const bool is_final = status != "WORKING" && status != "ACCEPTED";
        return R"({"account":"default:A","version":7,"orderId":700,"orderCode":"s:)" + id +
               R"(","clientOrderId":")" + id +
               R"(","type":"LIMIT","instrument":"EURUSD","status":")" + status +
               R"(","finalStatus":)" + (is_final ? "true" : "false") +
               R"(,"side":"BUY","tif":"GTC","transactionTime":"2026-01-05T12:00:01Z",)" +
               R"("legs":[{"instrument":"EURUSD","positionEffect":"OPEN","quantity":1000,)" +
               R"("filledQuantity":)" + filled + R"(,"remainingQuantity":1000,"price":)" + price +
               "}]}";
    }

    // ---- the account

    [[nodiscard]] static Profile profile() {
        Profile made;
        made.name = "test";
        made.rest.is_offered = true;
        made.rest.orders.is_offered = true;
        made.rest.orders.contingencies = {core::Contingency::OneCancelsOther,
                                          core::Contingency::Bracket};
        made.rest.queries = {
            core::QueryKind::OrderStatus,     core::QueryKind::MassStatus,
            core::QueryKind::Positions,       core::QueryKind::AccountSummary,
            core::QueryKind::Trades,          core::QueryKind::Instruments,
            core::QueryKind::OrderHistory,    core::QueryKind::CashTransfers,
            core::QueryKind::AccountEvents,   core::QueryKind::Candles,
            core::QueryKind::ConversionRates,
        };
        made.rest.rates.read = {100, std::chrono::milliseconds{1'000}};
        made.rest.rates.trade = {100, std::chrono::milliseconds{1'000}};
        made.rest.rates.bulk = {100, std::chrono::milliseconds{1'000}};
        return made;
    }
    [[nodiscard]] static RestChannelSettings settings_of(Profile profile) {
        RestChannelSettings made;
        made.account = "default:A";
        made.profile = std::move(profile);
        made.credentials.username = "alice";
        made.credentials.password = core::Secret{"secret-word"};
        return made;
    }

    RestChannel& channel() {
        if (channel_ == nullptr) {
            channel_ = std::make_unique<RestChannel>(settings_of(profile_), host_, listener_);
        }
        return *channel_;
    }
    void log_on() {
        channel().start();
        transport().run();
        ASSERT_TRUE(channel().is_logged_on());
        listener_.orders.clear();
    }
    [[nodiscard]] ScriptedTransport& transport() { return *transport_; }

    // Time passes tick by tick.
    void pass(core::Duration time) {
        constexpr core::Duration kTick = std::chrono::milliseconds{100};
        for (core::Duration passed{}; passed < time; passed += kTick) {
            clock_.advance(kTick);
            transport().run();
            if (channel_ != nullptr) channel_->on_tick();
            transport().run();
        }
    }

    // ---- orders, as the coordinator sends them

    [[nodiscard]] core::NewOrder limit_order(std::string_view id) const {
        core::NewOrder order;
        order.cl_ord_id = core::ClOrdID::from(id).value();
        order.symbol = core::Symbol::from("EURUSD").value();
        order.side = core::Side::Buy;
        order.ord_type = core::OrdType::Limit;
        order.time_in_force = core::TimeInForce::GoodTillCancel;
        order.position_effect = core::PositionEffect::Open;
        order.order_qty = core::Decimal::parse("1000").value();
        order.price = core::Decimal::parse("1.1").value();
        order.stages.signal = clock_.monotonic();
        return order;
    }
    core::Result<SentRequest> send(const core::NewOrder& order) {
        (void)ledger_.add(order, core::MonotonicTime::max());
        return book(order.cl_ord_id, channel().send(order));
    }
    core::Result<SentRequest> replace(std::string_view id, std::string_view of,
                                      std::string_view price) {
        core::ReplaceOrder request;
        request.cl_ord_id = core::ClOrdID::from(id).value();
        request.orig_cl_ord_id = core::ClOrdID::from(of).value();
        request.price = core::Decimal::parse(price).value();
        request.stages.signal = clock_.monotonic();
        const auto order = ledger_.add(request, core::MonotonicTime::max());
        return book(request.cl_ord_id, channel().send(request, **order));
    }
    core::Result<SentRequest> cancel(std::string_view id, std::string_view of) {
        core::CancelOrder request;
        request.cl_ord_id = core::ClOrdID::from(id).value();
        request.orig_cl_ord_id = core::ClOrdID::from(of).value();
        request.stages.signal = clock_.monotonic();
        const auto order = ledger_.add(request, core::MonotonicTime::max());
        return book(request.cl_ord_id, channel().send(request, **order));
    }
    core::Result<SentRequest> book(const core::ClOrdID& id, core::Result<SentRequest> sent) {
        if (sent) {
            ledger_.sent(id, sent->msg_seq_num, sent->journaled, sent->written);
        } else {
            (void)ledger_.not_sent(id, sent.error().reason);
        }
        return sent;
    }

    // The order A works at the venue.
    void place(std::string_view id) {
        ASSERT_TRUE(send(limit_order(id)));
        ASSERT_TRUE(transport().answer("POST /base/accounts/default%3AA/orders",
                                       answered(200, R"({"orderId":700,"updateOrderId":700})")));
    }

    [[nodiscard]] core::Certainty certainty(std::string_view id) const {
        const core::Request* request = ledger_.find_request(core::ClOrdID::from(id).value());
        return request == nullptr ? core::Certainty::Unspecified : request->certainty;
    }
    [[nodiscard]] const core::Order& order(std::string_view id) const {
        return *ledger_.find(core::ClOrdID::from(id).value());
    }
    [[nodiscard]] bool heard(std::string_view line) const {
        return std::find(listener_.orders.begin(), listener_.orders.end(), line) !=
               listener_.orders.end();
    }

    test::ManualClock clock_;
    ScriptedTransport* transport_ = new ScriptedTransport{clock_};  // the host's
    std::shared_ptr<LoginGate> gate_ = std::make_shared<LoginGate>();
    RestHost host_{std::unique_ptr<RestTransport>{transport_}, gate_, clock_, {"/base", {}}};
    core::OrderLedger ledger_{{}};
    BookingListener listener_{ledger_};
    Profile profile_ = profile();
    std::unique_ptr<RestChannel> channel_;
    int logins_ = 0;
    int version_ = 1;
    std::string open_orders_;
    std::string positions_;
    std::string history_;
    std::string etag_ = "\"e1\"";
};

}  // namespace broker::dxtrade::rest
