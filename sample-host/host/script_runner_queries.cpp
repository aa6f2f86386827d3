#include "broker/sdk/text.hpp"
#include "host/script_runner.hpp"

// The steps that ask the venue.
namespace broker::sample_host {
namespace {

using sdk::borrow;

// The step's name and the extension it needs.
struct QueryNames {
    std::string_view step;
    std::string_view extension;
};

QueryNames names_of(broker_query_kind_t kind) {
    switch (kind) {
        case BROKER_QUERY_KIND_ORDER_STATUS:
            return {"order_status", BROKER_EXT_MASS_STATUS};
        case BROKER_QUERY_KIND_MASS_STATUS:
            return {"mass_status", BROKER_EXT_MASS_STATUS};
        case BROKER_QUERY_KIND_POSITIONS:
            return {"positions", BROKER_EXT_POSITIONS};
        case BROKER_QUERY_KIND_ACCOUNT_SUMMARY:
            return {"account_summary", BROKER_EXT_ACCOUNT};
        case BROKER_QUERY_KIND_TRADES:
            return {"trades", BROKER_EXT_TRADES};
        case BROKER_QUERY_KIND_INSTRUMENTS:
            return {"instruments", BROKER_EXT_REFERENCE_DATA};
        default:
            return {"trading_session", BROKER_EXT_REFERENCE_DATA};
    }
}

template <class Extension, class Call>
std::optional<sdk::Status> call(const Extension* extension, Call call_with) {
    if (extension == nullptr) return std::nullopt;
    return call_with(*extension);
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
    return std::string{names_of(step.kind).step} + " " + step.account + ": " + problem;
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
    query.from = step.from;
    query.to = step.to;
    switch (step.kind) {
        case BROKER_QUERY_KIND_ORDER_STATUS:
            return call(adapter_->mass_status(),
                        [&](const auto& ext) { return ext.request_order(query); });
        case BROKER_QUERY_KIND_MASS_STATUS:
            return call(adapter_->mass_status(),
                        [&](const auto& ext) { return ext.request(query); });
        case BROKER_QUERY_KIND_POSITIONS:
            return call(adapter_->positions(), [&](const auto& ext) {
                return step.is_from_fills ? ext.request_from_fills(query) : ext.request(query);
            });
        case BROKER_QUERY_KIND_ACCOUNT_SUMMARY:
            return adapter_->accounts()->request_summary(step.account, request_id);
        case BROKER_QUERY_KIND_TRADES:
            return call(adapter_->trades(), [&](const auto& ext) { return ext.request(query); });
        case BROKER_QUERY_KIND_INSTRUMENTS:
            return call(adapter_->reference_data(),
                        [&](const auto& ext) { return ext.request_instruments(query); });
        default:
            return call(adapter_->reference_data(),
                        [&](const auto& ext) { return ext.request_trading_session_status(query); });
    }
}

std::string ScriptRunner::perform(const Query& step) {
    const QueryNames names = names_of(step.kind);
    const std::uint64_t request_id = new_request_id(step.account, step.id);
    const std::optional<sdk::Status> status = ask(step, request_id);
    if (!status) return missing(names.step, names.extension);
    if (!status->is_ok()) {
        note_refusal(step.account, {}, *status);
        return compare(step, sdk::reason_name(status->reason), status->text, std::nullopt);
    }
    if (!wait_until([&] { return answers_.contains(request_id); }, step.timeout)) {
        return std::string{names.step} + ": expected the answers about " + step.account +
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
