// Every message of the venue through the translators, by its MsgType, as a trading session and a
// drop copy session dispatch it, with questions open that it may answer. What comes out is
// well-formed, and what it says can be sent back.
#include <chrono>

#include "core/named_fields.hpp"
#include "dxtrade/fix/drop_copy_inbox.hpp"
#include "dxtrade/fix/order_messages.hpp"
#include "dxtrade/fix/trading_inbox.hpp"
#include "fuzz/fuzz_input.hpp"

namespace {

using namespace broker;
using dxtrade::Profile;
using fuzz::require;

Profile profile() {
    Profile result;
    result.orders.ord_types = {core::OrdType::TrailingStop};
    result.orders.position_code_tag = 7010;
    result.fields = {
        {"desk", 7001, dxtrade::FieldType::Int, {"8", "9", "AP", "AE"}, {}, "1", false},
        {"when", 7002, dxtrade::FieldType::UtcTimestamp, {"8"}, {}, {}, false}};
    result.symbols.map["EURUSD"] = {"EUR", "USD", {}};
    result.symbols.sfx_separator = ".";
    for (int kind = 1; kind <= 7; ++kind) {
        result.queries.offered.add(static_cast<core::QueryKind>(kind));
    }
    return result;
}

void check_quantity(const std::optional<core::Decimal>& value) {
    require(!value || value->sign() >= 0, "a quantity is not negative");
}

// Checks what it is told.
class CheckingListener final : public dxtrade::TradingChannelListener {
public:
    explicit CheckingListener(const dxtrade::fix::Dialect& dialect) : dialect_{dialect} {}

    void on_connecting(core::Channel, std::string_view) override {}
    void on_logged_on(core::Channel, std::string_view) override {}
    void on_disconnected(core::Channel, core::Reason, std::string_view, std::string_view,
                         core::Duration) override {}
    void on_notice(core::Channel, std::string_view) override {}
    void on_condition(core::Channel, core::Reason, std::string_view, std::string_view) override {}
    void on_venue_fault(const core::VenueFault& fault) override {
        require(fault.reason != core::Reason::None && !fault.text.empty(), "a fault has words");
    }
    void on_execution_report(const core::ExecutionReport& report) override {
        require(core::is_well_formed(report.fields), "the fields of a report are well-formed");
        require(report.faults.empty() == (report.fault_tag == 0), "a fault has a tag");
        for (const auto& quantity : {report.order_qty, report.cash_order_qty, report.last_qty,
                                     report.cum_qty, report.leaves_qty}) {
            check_quantity(quantity);
        }
        if (report.exec_type == core::ExecType::OrderStatus) {
            require(!report.last_qty && !report.last_px, "a picture books nothing");
        }
        cancel(report);
    }
    void on_order_cancel_reject(const core::OrderCancelReject& reject) override {
        require(core::is_well_formed(reject.fields), "the fields of a reject are well-formed");
    }
    void on_message_reject(const core::MessageReject& reject) override {
        require(!reject.text.empty(), "a reject has words");
    }
    void on_list_status(const core::ListStatus&) override {}
    void on_position(const core::PositionReport& position) override {
        check_quantity(position.long_qty);
        check_quantity(position.short_qty);
        require(core::is_well_formed(position.fields), "the fields of a position are well-formed");
    }
    void on_account_summary(const core::AccountSummary& summary) override {
        require(core::is_well_formed(summary.fields), "the fields of a summary are well-formed");
    }
    void on_trade(const core::TradeReport& trade) override {
        check_quantity(trade.last_qty);
        require(core::is_well_formed(trade.fields), "the fields of a trade are well-formed");
    }
    void on_instrument(const core::Instrument& instrument) override {
        require(core::is_well_formed(instrument.fields),
                "the fields of an instrument are well-formed");
    }
    void on_trading_session_status(const core::TradingSessionStatus&) override {}
    void on_query_done(const core::QueryDone& done) override {
        require(done.request_id >= 1 && done.request_id <= 7, "only what was asked ends");
        const auto bit = std::uint32_t{1} << done.request_id;
        require((ended_ & bit) == 0, "a question ends once");
        ended_ |= bit;
    }
    void on_cash_transfer(const core::CashTransfer&) override {}
    void on_account_event(const core::AccountEvent&) override {}
    void on_candle(const core::Candle&) override {}
    void on_conversion_rate(const core::ConversionRate&) override {}
    void on_past_report(const core::ExecutionReport&) override {}
    void on_request_written(std::string_view, const dxtrade::SentRequest&) override {}
    void on_request_not_sent(std::string_view, const core::Error&) override {}
    void on_request_in_doubt(std::string_view, const core::Error&) override {}
    void on_stale_request(std::string_view, core::Duration) override {}
    void on_sequence_reset() override {}

    [[nodiscard]] bool has_ended_all() const { return ended_ == 0xFE; }

private:
    // An order that the venue has told of can be canceled, or the cancel is refused with a reason.
    void cancel(const core::ExecutionReport& report) {
        const auto symbol = core::Symbol::from(report.symbol);
        const auto id = core::ClOrdID::from(report.cl_ord_id);
        if (!symbol || !id) return;
        core::Order order;
        order.symbol = *symbol;
        order.cl_ord_id = *id;
        order.side = report.side;
        order.order_qty = report.order_qty.value_or(core::Decimal{});
        core::CancelOrder request;
        request.cl_ord_id = core::ClOrdID::from("C").value();
        const auto encoded = to_fix(request, order, dialect_, core::UtcTime{}, encoder_);
        require(encoded.has_value() == encoder_.is_valid(), "an invalid message is an error");
    }

    const dxtrade::fix::Dialect& dialect_;
    broker::fix::MessageEncoder encoder_;
    std::uint32_t ended_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const dxtrade::fix::Dialect dialect{profile(), "default:ACC-1"};
    const std::string bytes = fuzz::message_of(data, size);
    broker::fix::MessageView message;
    if (!message.parse(bytes)) return 0;

    CheckingListener listener{dialect};
    dxtrade::fix::TradingInbox inbox{dialect, listener, "Q", std::chrono::seconds{10}};
    broker::fix::MessageEncoder encoder;
    const core::Instant start{};
    for (int kind = 1; kind <= 7; ++kind) {
        core::Query query;
        query.kind = static_cast<core::QueryKind>(kind);
        query.request_id = static_cast<std::uint64_t>(kind);
        query.cl_ord_id = core::ClOrdID::from("A").value();
        if (kind == 1) query.symbol = core::Symbol::from("EURUSD").value();
        const auto id = inbox.queries().begin(query, start, encoder);
        require(id.has_value(), "what the profile offers can be asked");
        inbox.queries().sent(id->view(), static_cast<core::MsgSeqNum>(kind));
    }
    if (message.msg_type() == "3") {
        inbox.on_session_reject(message, {});
    } else {
        inbox.on_application_message(message, {});
    }
    inbox.queries().on_tick(start.monotonic + std::chrono::seconds{10});
    require(inbox.queries().open_count() == 0 && listener.has_ended_all(),
            "every question ends, at its deadline at the latest");

    dxtrade::fix::DropCopyInbox copies{dialect, listener};
    copies.on_application_message(message, {});
    return 0;
}
