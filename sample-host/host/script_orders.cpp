#include "broker/sdk/fields.hpp"
#include "host/script_reader.hpp"

namespace broker::sample_host::script {
namespace {

std::uint64_t exec_insts(const Value& value) {
    std::uint64_t set = 0;
    for (const Value& element : value.list()) {
        set |= std::uint64_t{1} << element.one_of(specified(sdk::names::kExecInsts));
    }
    return set;
}

std::string named_fields(const Value& value) {
    sdk::Fields fields;
    for (const auto& [name, field] : value.entries()) {
        if (!fields.set(name, field.text())) {
            field.fail("expected a named field without control characters, all of at most " +
                       std::to_string(BROKER_MAX_FIELDS) + " bytes");
        }
    }
    return std::string{sdk::view(fields.text())};
}

// A time may be given in two ways, but not in both.
template <class Terms>
void read_expiry(const Map& map, const Value& value, Terms& terms) {
    map.read("expire_time", terms.expire_time, timestamp);
    map.read("expire_in_ms", terms.expire_in, milliseconds);
    if (terms.expire_time != 0 && terms.expire_in.count() != 0) {
        value.fail("expected expire_time or expire_in_ms, found both");
    }
}

constexpr std::array<std::string_view, 21> kOrderKeys{"id",
                                                      "symbol",
                                                      "side",
                                                      "type",
                                                      "tif",
                                                      "qty",
                                                      "price",
                                                      "stop_px",
                                                      "expire_time",
                                                      "expire_in_ms",
                                                      "position_effect",
                                                      "exec_inst",
                                                      "locate_reqd",
                                                      "peg_offset_type",
                                                      "peg_offset_value",
                                                      "min_qty",
                                                      "max_floor",
                                                      "cash_order_qty",
                                                      "ex_destination",
                                                      "position_code",
                                                      "fields"};

void read_instructions(const Map& map, OrderTerms& terms) {
    map.read("position_effect", terms.position_effect, one_of(sdk::names::kPositionEffects));
    map.read("exec_inst", terms.exec_inst, exec_insts);
    map.read("locate_reqd", terms.locate_reqd, one_of(sdk::names::kLocateReqds));
    map.read("peg_offset_type", terms.peg_offset_type, one_of(sdk::names::kPegOffsetTypes));
    map.read("peg_offset_value", terms.peg_offset_value, decimal);
    map.read("min_qty", terms.min_qty, decimal);
    map.read("max_floor", terms.max_floor, decimal);
    map.read("ex_destination", terms.ex_destination, text);
    map.read("position_code", terms.position_code, text);
    map.read("fields", terms.fields, named_fields);
}

void read_terms(const Map& map, const Value& value, OrderTerms& terms) {
    terms.id = map.require("id").text();
    terms.symbol = map.require("symbol").text();
    terms.side = map.require("side").one_of(specified(sdk::names::kSides));
    terms.type = map.require("type").one_of(specified(sdk::names::kOrdTypes));
    map.read("tif", terms.tif, one_of(sdk::names::kTimesInForce));
    map.read("cash_order_qty", terms.cash_order_qty, decimal);
    if (terms.cash_order_qty.is_present != 0) {
        map.read("qty", terms.qty, decimal);  // both: for the adapter to judge
    } else {
        terms.qty = map.require("qty").decimal();
    }
    map.read("price", terms.price, decimal);
    map.read("stop_px", terms.stop_px, decimal);
    read_expiry(map, value, terms);
    read_instructions(map, terms);
}

}  // namespace

Submit read_submit(const Value& value) {
    std::vector<std::string_view> keys{"account"};
    keys.insert(keys.end(), kOrderKeys.begin(), kOrderKeys.end());
    const Map map{value, keys};
    Submit step;
    step.account = map.require("account").text();
    read_terms(map, value, step);
    return step;
}

Replace read_replace(const Value& value) {
    const Keys keys{"account",      "id",      "orig",      "qty",
                    "price",        "stop_px", "tif",       "expire_time",
                    "expire_in_ms", "min_qty", "max_floor", "peg_offset_value",
                    "fields"};
    const Map map{value, span_of(keys)};
    Replace step;
    step.account = map.require("account").text();
    step.id = map.require("id").text();
    step.orig = map.require("orig").text();
    map.read("qty", step.qty, decimal);
    map.read("price", step.price, decimal);
    map.read("stop_px", step.stop_px, decimal);
    map.read("tif", step.tif, one_of(sdk::names::kTimesInForce));
    read_expiry(map, value, step);
    map.read("peg_offset_value", step.peg_offset_value, decimal);
    map.read("min_qty", step.min_qty, decimal);
    map.read("max_floor", step.max_floor, decimal);
    map.read("fields", step.fields, named_fields);
    return step;
}

Cancel read_cancel(const Value& value) {
    const Keys keys{"account", "id", "orig"};
    const Map map{value, span_of(keys)};
    return {map.require("account").text(), map.require("id").text(), map.require("orig").text()};
}

CancelAll read_cancel_all(const Value& value) {
    const Keys keys{"account", "prefix", "symbol"};
    const Map map{value, span_of(keys)};
    CancelAll step{map.require("account").text(), map.require("prefix").text(), {}};
    map.read("symbol", step.symbol, text);
    return step;
}

SubmitList read_submit_list(const Value& value) {
    const Keys keys{"account", "id", "contingency", "orders"};
    const Map map{value, span_of(keys)};
    SubmitList step;
    step.account = map.require("account").text();
    step.id = map.require("id").text();
    step.contingency = map.require("contingency").one_of(specified(sdk::names::kContingencies));
    const Value orders = map.require("orders");
    for (const Value& order : orders.list()) {
        const Map terms{order, kOrderKeys};
        read_terms(terms, order, step.orders.emplace_back());
    }
    const std::size_t wanted = step.contingency == BROKER_CONTINGENCY_BRACKET ? 3 : 2;
    if (step.orders.size() != wanted) {
        orders.fail("expected " + std::to_string(wanted) + " orders, found " +
                    std::to_string(step.orders.size()));
    }
    return step;
}

CancelList read_cancel_list(const Value& value) {
    const Keys keys{"account", "list", "prefix"};
    const Map map{value, span_of(keys)};
    return {map.require("account").text(), map.require("list").text(),
            map.require("prefix").text()};
}

}  // namespace broker::sample_host::script
