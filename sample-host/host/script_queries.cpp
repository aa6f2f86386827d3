#include "host/query_steps.hpp"
#include "host/script_reader.hpp"

namespace broker::sample_host::script {
namespace {

// Far above any book; a larger one is a mistake.
constexpr std::uint64_t kMaxDepth = 1'000;
constexpr std::uint64_t kMaxCount = 1'000'000;

void read_time_range(const Map& map, const Value& value, Query& step) {
    map.read("from", step.from, timestamp);
    map.read("to", step.to, timestamp);
    map.read("last_ms", step.last, milliseconds);
    if (step.last.count() != 0 && (step.from != 0 || step.to != 0)) {
        value.fail("expected either last_ms or from and to");
    }
}

}  // namespace

Query read_query(const Value& value, broker_query_kind_t kind) {
    const QueryStep& names = query_step(kind);
    std::vector<std::string_view> keys{"account", "id", "count", "reason", "timeout_ms"};
    for (const std::string_view key : names.keys) {
        if (!key.empty()) keys.push_back(key);
    }
    const Map map{value, keys};
    const auto number = [](const Value& v) { return v.whole_number(kMaxCount); };
    Query step;
    step.kind = kind;
    step.account = map.require("account").text();
    for (const std::string_view key : names.needed) {
        if (!key.empty()) (void)map.require(key);
    }
    map.read("id", step.id, text);
    map.read("symbol", step.symbol, text);
    map.read("order", step.order, text);
    read_time_range(map, value, step);
    map.read("from_fills", step.is_from_fills, flag);
    map.read("candle_type", step.candle_type, text);
    map.read("currency", step.currency, text);
    map.read("max_answers", step.max_answers, number);
    map.read("count", step.count, number);
    map.read("reason", step.reason, name_of(sdk::names::kReasons));
    map.read("timeout_ms", step.timeout, milliseconds);
    return step;
}

Subscribe read_subscribe(const Value& value) {
    const Keys keys{"account", "id", "symbol", "depth", "snapshot_only", "trades", "candle_type"};
    const Map map{value, span_of(keys)};
    Subscribe step;
    step.account = map.require("account").text();
    step.id = map.require("id").text();
    step.symbol = map.require("symbol").text();
    map.read("depth", step.depth,
             [](const Value& v) { return static_cast<std::int32_t>(v.whole_number(kMaxDepth)); });
    map.read("snapshot_only", step.is_snapshot_only, flag);
    map.read("trades", step.has_trades, flag);
    map.read("candle_type", step.candle_type, text);
    return step;
}

Unsubscribe read_unsubscribe(const Value& value) {
    const Keys keys{"account", "subscription"};
    const Map map{value, span_of(keys)};
    return {map.require("account").text(), map.require("subscription").text()};
}

}  // namespace broker::sample_host::script
