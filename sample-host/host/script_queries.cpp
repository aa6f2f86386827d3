#include "host/script_reader.hpp"

namespace broker::sample_host::script {
namespace {

// Far above any book; a larger one is a mistake.
constexpr std::uint64_t kMaxDepth = 1'000;
constexpr std::uint64_t kMaxCount = 1'000'000;

// Reads what all questions have; `keys` are those that only some have.
Query read_query(const Value& value, broker_query_kind_t kind, const Keys& keys) {
    std::vector<std::string_view> all{"account", "id", "count", "reason", "timeout_ms"};
    all.insert(all.end(), keys.begin(), keys.end());
    const Map map{value, all};
    Query step;
    step.kind = kind;
    step.account = map.require("account").text();
    map.read("id", step.id, text);
    map.read("symbol", step.symbol, text);
    map.read("order", step.order, text);
    map.read("from", step.from, timestamp);
    map.read("to", step.to, timestamp);
    map.read("from_fills", step.is_from_fills, flag);
    map.read("count", step.count, [](const Value& v) { return v.whole_number(kMaxCount); });
    map.read("reason", step.reason, name_of(sdk::names::kReasons));
    map.read("timeout_ms", step.timeout, milliseconds);
    return step;
}

}  // namespace

Query read_order_status(const Value& value) {
    Query step = read_query(value, BROKER_QUERY_KIND_ORDER_STATUS, {"order"});
    if (step.order.empty()) value.fail("missing key \"order\"");
    return step;
}

Query read_mass_status(const Value& value) {
    return read_query(value, BROKER_QUERY_KIND_MASS_STATUS, {"symbol"});
}

Query read_positions(const Value& value) {
    return read_query(value, BROKER_QUERY_KIND_POSITIONS, {"symbol", "from_fills"});
}

Query read_account_summary(const Value& value) {
    return read_query(value, BROKER_QUERY_KIND_ACCOUNT_SUMMARY, {});
}

Query read_trades(const Value& value) {
    return read_query(value, BROKER_QUERY_KIND_TRADES, {"symbol", "order", "from", "to"});
}

Query read_instruments(const Value& value) {
    return read_query(value, BROKER_QUERY_KIND_INSTRUMENTS, {"symbol"});
}

Query read_trading_session(const Value& value) {
    return read_query(value, BROKER_QUERY_KIND_TRADING_SESSION_STATUS, {"symbol"});
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
