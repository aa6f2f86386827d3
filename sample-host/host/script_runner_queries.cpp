#include "broker/sdk/text.hpp"
#include "host/query_steps.hpp"
#include "host/script_runner.hpp"

// The steps that ask the venue.
namespace broker::sample_host {
namespace {

using sdk::borrow;

// When the range of a question about the last so many milliseconds begins.
broker_timestamp_t since(std::chrono::milliseconds last) {
    const auto time = std::chrono::system_clock::now() - last;
    return std::chrono::duration_cast<std::chrono::nanoseconds>(time.time_since_epoch()).count();
}

template <class Extension>
std::optional<sdk::Status> call(const Extension* extension,
                                sdk::Status (Extension::*request)(broker_query_t) const,
                                const broker_query_t& query) {
    if (extension == nullptr) return std::nullopt;
    return (extension->*request)(query);
}

// Null: the adapter lacks the extension.
std::optional<sdk::Status> ask_history(const sdk::AdapterHandle& adapter, broker_query_kind_t kind,
                                       const broker_query_t& query) {
    using sdk::History;
    switch (kind) {
        case BROKER_QUERY_KIND_ORDER_HISTORY:
            return call(adapter.history(), &History::request_orders, query);
        case BROKER_QUERY_KIND_CASH_TRANSFERS:
            return call(adapter.history(), &History::request_cash_transfers, query);
        case BROKER_QUERY_KIND_ACCOUNT_EVENTS:
            return call(adapter.history(), &History::request_account_events, query);
        case BROKER_QUERY_KIND_CANDLES:
            return call(adapter.history(), &History::request_candles, query);
        default:
            return call(adapter.conversion(), &sdk::Conversion::request_rates, query);
    }
}

// Empty if the answers ended as the step says.
std::string compare(const Query& step, std::string_view reason, std::string_view text,
                    std::optional<std::uint64_t> count) {
    std::string problem;
    if (reason != step.reason) {
        problem = "expected reason " + step.reason + ", found " + std::string{reason};
        if (!text.empty()) problem.append(" (\"").append(text).append("\")");
    } else if (step.count && count && *step.count != *count) {
        problem =
            "expected " + std::to_string(*step.count) + " answers, found " + std::to_string(*count);
    }
    if (problem.empty()) return problem;
    return std::string{query_step(step.kind).name} + " " + step.account + ": " + problem;
}

}  // namespace

std::string missing(std::string_view step, std::string_view extension) {
    return std::string{step} + ": the adapter has no extension " + std::string{extension};
}

std::uint64_t ScriptRunner::new_request_id(const std::string& account, const std::string& label) {
    ++request_count_;
    if (!label.empty()) request_ids_[{account, label}] = request_count_;
    return request_count_;
}

std::optional<sdk::Status> ScriptRunner::ask(const Query& step, std::uint64_t request_id) const {
    const std::string order = step.order.empty() ? std::string{} : tag_.cl_ord_id(step.order);
    broker_query_t query = sdk::query(step.account, request_id);
    query.symbol = borrow(step.symbol);
    query.cl_ord_id = borrow(order);
    query.from = step.last.count() != 0 ? since(step.last) : step.from;
    query.to = step.to;
    query.candle_type = borrow(step.candle_type);
    query.currency = borrow(step.currency);
    query.max_answers = step.max_answers;
    switch (step.kind) {
        case BROKER_QUERY_KIND_ORDER_STATUS:
            return call(adapter_->mass_status(), &sdk::MassStatus::request_order, query);
        case BROKER_QUERY_KIND_MASS_STATUS:
            return call(adapter_->mass_status(), &sdk::MassStatus::request, query);
        case BROKER_QUERY_KIND_POSITIONS:
            return call(
                adapter_->positions(),
                step.is_from_fills ? &sdk::Positions::request_from_fills : &sdk::Positions::request,
                query);
        case BROKER_QUERY_KIND_ACCOUNT_SUMMARY:
            return adapter_->accounts()->request_summary(step.account, request_id);
        case BROKER_QUERY_KIND_TRADES:
            return call(adapter_->trades(), &sdk::Trades::request, query);
        case BROKER_QUERY_KIND_INSTRUMENTS:
            return call(adapter_->reference_data(), &sdk::ReferenceData::request_instruments,
                        query);
        case BROKER_QUERY_KIND_TRADING_SESSION_STATUS:
            return call(adapter_->reference_data(),
                        &sdk::ReferenceData::request_trading_session_status, query);
        default:
            return ask_history(*adapter_, step.kind, query);
    }
}

std::string ScriptRunner::perform(const Query& step) {
    const QueryStep& names = query_step(step.kind);
    const std::uint64_t request_id = new_request_id(step.account, step.id);
    const std::optional<sdk::Status> status = ask(step, request_id);
    if (!status) return missing(names.name, names.extension);
    if (!status->is_ok()) {
        note_refusal(step.account, {}, *status);
        return compare(step, sdk::reason_name(status->reason), status->text, std::nullopt);
    }
    if (!wait_until([&] { return answers_.contains(request_id); }, step.timeout)) {
        return std::string{names.name} + ": expected the answers about " + step.account +
               " within " + std::to_string(step.timeout.count()) + " ms";
    }
    const Answers& answers = answers_[request_id];
    return compare(step, sdk::reason_name(answers.reason), answers.text, answers.count);
}

std::string ScriptRunner::perform(const Subscribe& step) {
    if (adapter_->market_data() == nullptr) return missing("subscribe", BROKER_EXT_MARKET_DATA);
    broker_market_data_request_t request =
        sdk::quotes_of(step.account, new_request_id(step.account, step.id), step.symbol);
    request.depth = step.depth;
    request.is_snapshot_only = step.is_snapshot_only ? 1 : 0;
    request.has_trades = step.has_trades ? 1 : 0;
    request.candle_type = borrow(step.candle_type);
    const sdk::Status status = adapter_->market_data()->subscribe(request);
    note_refusal(step.account, {}, status);
    return status.is_ok() ? std::string{} : "subscribe: " + status.describe();
}

std::string ScriptRunner::perform(const Unsubscribe& step) {
    if (adapter_->market_data() == nullptr) return missing("unsubscribe", BROKER_EXT_MARKET_DATA);
    const sdk::Status status = adapter_->market_data()->unsubscribe(
        step.account, request_ids_[{step.account, step.subscription}]);
    note_refusal(step.account, {}, status);
    return status.is_ok() ? std::string{} : "unsubscribe: " + status.describe();
}

}  // namespace broker::sample_host
