// Answers of the REST and push API through the reader and every translator. A first byte from 'a'
// on picks one translator for the rest; any other input, such as a whole answer, goes to all of
// them.
#include <array>
#include <vector>

#include "core/named_fields.hpp"
#include "dxtrade/json/json_reader.hpp"
#include "dxtrade/json/json_writer.hpp"
#include "dxtrade/json/scalars.hpp"
#include "dxtrade/push/push_messages.hpp"
#include "dxtrade/rest/account_reports.hpp"
#include "dxtrade/rest/history.hpp"
#include "dxtrade/rest/instrument_reports.hpp"
#include "dxtrade/rest/market_data.hpp"
#include "dxtrade/rest/order_reports.hpp"
#include "dxtrade/rest/record_reader.hpp"
#include "dxtrade/rest/rest_error.hpp"
#include "dxtrade/rest/session_token.hpp"
#include "fuzz/fuzz_input.hpp"

namespace {

using namespace broker;
using namespace broker::dxtrade;
using fuzz::require;
using json::ReadFaults;

const rest::ReportContext& context() {
    static const Symbols symbols = [] {
        SymbolRules rules;
        rules.map["GOLD"] = {"XAUUSD", "", {}};
        return Symbols{rules};
    }();
    static const rest::ReportContext instance{core::Channel::Push, {}, 7, symbols};
    return instance;
}

void check_faults(const ReadFaults& faults) {
    require(faults.kept().size() <= ReadFaults::kMaxKept, "faults are bounded");
    require(faults.count() >= faults.kept().size(), "every kept fault is counted");
}

void check_scalar(const json::Value& value) {
    const std::string_view text = value.text();
    if (const auto number = json::parse_number(text)) {
        require(json::parse_number(number->to_string()) == number, "a number is what it is");
        require(!json::is_no_number(text), "a number is one");
    }
    if (const auto time = json::parse_timestamp(text)) {
        const auto whole = std::chrono::floor<std::chrono::milliseconds>(*time);
        require(json::parse_timestamp(rest::timestamp_text(*time)) == core::UtcTime{whole},
                "a time survives being written");
    }
    require(json::clipped(text, 16).size() <= 16, "what is clipped is short");
}

void check_values(const json::Value& value) {
    json::Writer writer;
    writer.text(value.text());
    const std::string quoted = writer.take();
    require(quoted.size() == json::quoted_size(value.text()), "the size of a quoted text");
    const auto again = json::document_from_json(quoted);
    require(again && again->root().text() == value.text(), "a text survives being written");
    check_scalar(value);
    for (const json::Value element : value) check_values(element);
}

void read_document(std::string_view text) {
    if (const auto document = json::document_from_json(text)) check_values(document->root());
}

void check_report(const core::ExecutionReport& report) {
    require(!report.last_qty || report.last_qty->sign() >= 0, "LastQty is not negative");
    require(!report.cum_qty || report.cum_qty->sign() >= 0, "CumQty is not negative");
    require(!report.leaves_qty || report.leaves_qty->sign() >= 0, "LeavesQty is not negative");
    require(core::is_well_formed(report.fields), "fields are well-formed");
}

void check_order(const rest::RestOrder& order) {
    std::vector<rest::OrderReport> reports;
    rest::execution_reports(order, context(), reports);
    require(reports.size() == order.executions.size(), "one report for each execution");
    for (const rest::OrderReport& one : reports) check_report(one.report);
    const core::ExecutionReport picture = rest::order_picture(order, context());
    require(!picture.last_qty && !picture.last_px, "a picture books nothing");
    check_report(picture);
}

void check_portfolio(const rest::Portfolio& portfolio) {
    for (const rest::RestOrder& order : portfolio.orders) check_order(order);
    for (const rest::RestPosition& position : portfolio.positions) {
        const core::PositionReport report = rest::position_report(position, context());
        require(!report.short_qty || report.short_qty->sign() >= 0, "ShortQty is not negative");
        require(report.long_qty.has_value() == report.short_qty.has_value(),
                "a position has both quantities or none");
    }
    (void)rest::account_summary(portfolio, nullptr, context());
}

void read_orders(std::string_view text) {
    ReadFaults faults;
    auto page = rest::orders_from_json(text, faults);
    check_faults(faults);
    if (!page) return;
    for (const rest::RestOrder& order : page->orders) check_order(order);
    const std::size_t count = page->orders.size();
    rest::HistoryPages pages{"default:AB-1001", {}, {}};
    (void)pages.take(*page);
    require(page->orders.size() <= count, "pages only take away");
}

void read_portfolios(std::string_view text) {
    ReadFaults faults;
    const auto portfolios = rest::portfolios_from_json(text, faults);
    check_faults(faults);
    if (!portfolios) return;
    for (const rest::Portfolio& portfolio : *portfolios) check_portfolio(portfolio);
}

void read_account(std::string_view text) {
    ReadFaults faults;
    if (const auto metrics = rest::metrics_from_json(text, faults)) {
        for (const auto& one : *metrics) (void)rest::account_summary(one, nullptr, context());
    }
    if (const auto transfers = rest::cash_transfers_from_json(text, faults)) {
        for (const auto& one : *transfers) {
            rest::cash_transfers(one, context(), [](const core::CashTransfer&) {});
        }
    }
    if (const auto events = rest::account_events_from_json(text, faults)) {
        for (const auto& one : *events) (void)rest::account_event(one, context());
    }
    (void)rest::users_from_json(text, faults);
    (void)rest::positions_from_json(text, faults);
    check_faults(faults);
}

void read_instruments(std::string_view text) {
    ReadFaults faults;
    const auto instruments = rest::instruments_from_json(text, faults);
    const auto details = rest::instrument_details_from_json(text, faults);
    check_faults(faults);
    if (!instruments) return;
    const bool has_details = details && !details->empty();
    for (const rest::RestInstrument& one : *instruments) {
        std::string fields;
        const core::Instrument record = rest::instrument_report(
            one, has_details ? &details->front() : nullptr, context(), fields);
        require(core::is_well_formed(record.fields), "fields are well-formed");
    }
}

void read_market_data(std::string_view text) {
    ReadFaults faults;
    if (const auto events = rest::market_data_from_json(text, faults)) {
        for (const auto& one : events->quotes) (void)rest::quote(one, context());
        for (const auto& one : events->candles) (void)rest::candle(one, {}, context());
    }
    if (const auto rates = rest::conversion_rates_from_json(text, faults)) {
        for (const auto& one : *rates) (void)rest::conversion_rate(one, context());
    }
    check_faults(faults);
}

void read_responses(std::string_view text) {
    ReadFaults faults;
    (void)rest::order_responses_from_json(text, 3, faults);
    check_faults(faults);
}

void read_session(std::string_view text) {
    const auto session = rest::session_token_from_json(text);
    require(!session || !session->timeout || *session->timeout > core::Duration{},
            "a timeout is a time");
    (void)rest::session_timeout(text);
}

void read_error(std::string_view text) {
    for (const unsigned status : {400U, 401U, 403U, 404U, 409U, 412U, 429U, 500U}) {
        const rest::RestError error = rest::rest_error(status, "application/json", text);
        require(error.description.size() <= 200, "a description is bounded");
        require(rest::text_of(error).find('\n') == std::string::npos, "an error is one line");
        for (int request = 0; request < 4; ++request) {
            const auto found = rest::verdict(error, static_cast<rest::RequestClass>(request));
            require(status != 500 || !rest::proves_not_done(found.proof), "a 500 proves nothing");
        }
    }
}

void read_push(std::string_view text) {
    ReadFaults faults;
    const auto message = push::push_message_from_json(text, faults);
    check_faults(faults);
    if (!message) return;
    require(!message->name.empty(), "a message has a name");
    for (const rest::Portfolio& portfolio : message->portfolios) check_portfolio(portfolio);
}

using Read = void (*)(std::string_view text);
constexpr std::array<Read, 10> kReads{
    &read_document,    &read_orders,    &read_portfolios, &read_account, &read_instruments,
    &read_market_data, &read_responses, &read_session,    &read_error,   &read_push};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    const std::string_view text{reinterpret_cast<const char*>(data), size};
    const std::size_t choice = size == 0 ? kReads.size() : static_cast<std::size_t>(data[0]) - 'a';
    if (choice < kReads.size()) {
        kReads[choice](text.substr(1));
    } else {
        for (const Read read : kReads) read(text);
    }
    return 0;
}
