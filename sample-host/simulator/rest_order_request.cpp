#include "simulator/rest_order_request.hpp"

#include <algorithm>
#include <array>
#include <cctype>

#include "simulator/rest_symbols.hpp"

namespace broker::simulator {
namespace {

using core::OrdType;
using core::Side;
using core::TimeInForce;

constexpr std::size_t kMaxIdSize = 64;
constexpr std::size_t kMaxMetadata = 32;
constexpr std::size_t kMaxGroup = 3;

constexpr std::array<std::string_view, 17> kKeys = {
    "orderCode",    "account",    "type",       "instrument", "quantity",       "positionEffect",
    "positionCode", "side",       "limitPrice", "stopPrice",  "priceOffset",    "priceLink",
    "tif",          "expireDate", "marginRate", "metadata",   "contingencyType"};

RestRefusal bad_parameter(std::string_view name) {
    return {400, rest_error::kBadParameter, "<" + std::string{name} + ">"};
}

RestRefusal bad_order(const std::string& why) { return {400, rest_error::kBadOrder, why}; }

bool is_id(std::string_view id) {
    return !id.empty() && id.size() <= kMaxIdSize && std::all_of(id.begin(), id.end(), [](char c) {
        return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '-' || c == '_' ||
               c == '.' || c == ':' || c == '#';
    });
}

std::string upper(std::string text) {
    std::transform(text.begin(), text.end(), text.begin(),
                   [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
    return text;
}

template <class Value, std::size_t kSize>
bool read_name(const JsonValue& json, const char* key,
               const std::array<std::pair<std::string_view, Value>, kSize>& names, Value& into) {
    const JsonValue* value = json.find(key);
    if (value == nullptr) return true;
    for (const auto& [name, meaning] : names)
        if (value->scalar == name) {
            into = meaning;
            return true;
        }
    return false;
}

constexpr std::array<std::pair<std::string_view, OrdType>, 4> kTypes{
    {{"MARKET", OrdType::Market},
     {"LIMIT", OrdType::Limit},
     {"STOP", OrdType::Stop},
     {"STOP_LIMIT", OrdType::StopLimit}}};
constexpr std::array<std::pair<std::string_view, Side>, 2> kSides{
    {{"BUY", Side::Buy}, {"SELL", Side::Sell}}};
constexpr std::array<std::pair<std::string_view, PositionEffect>, 2> kEffects{
    {{"OPEN", PositionEffect::Open}, {"CLOSE", PositionEffect::Close}}};
constexpr std::array<std::pair<std::string_view, TimeInForce>, 5> kTifs{
    {{"GTC", TimeInForce::GoodTillCancel},
     {"DAY", TimeInForce::Day},
     {"GTD", TimeInForce::GoodTillDate},
     {"IOC", TimeInForce::ImmediateOrCancel},
     {"FOK", TimeInForce::FillOrKill}}};

bool read_number(const JsonValue& json, const char* key, std::optional<core::Decimal>& into) {
    const JsonValue* value = json.find(key);
    if (value == nullptr || value->kind == JsonValue::Kind::Null) return true;
    into = value->decimal();
    return into.has_value();
}

std::optional<RestRefusal> read_numbers(const JsonValue& json, RestOrderRequest& order) {
    if (!read_number(json, "quantity", order.quantity)) return bad_parameter("quantity");
    if (!read_number(json, "limitPrice", order.limit_price)) return bad_parameter("limitPrice");
    if (!read_number(json, "stopPrice", order.stop_price)) return bad_parameter("stopPrice");
    if (!read_number(json, "priceOffset", order.price_offset)) return bad_parameter("priceOffset");
    return std::nullopt;
}

std::optional<RestRefusal> read_metadata(const JsonValue& json, RestOrderRequest& order) {
    const JsonValue* metadata = json.find("metadata");
    if (metadata == nullptr) return std::nullopt;
    if (metadata->kind != JsonValue::Kind::Object || metadata->members.size() > kMaxMetadata)
        return bad_parameter("metadata");
    for (const auto& [key, value] : metadata->members) {
        if (value.kind != JsonValue::Kind::Text) return bad_parameter("metadata");
        order.metadata.emplace_back(key, value.scalar);
    }
    return std::nullopt;
}

std::optional<RestRefusal> read_order(const JsonValue& json, bool is_change,
                                      const RestOptions& options, RestOrderRequest& order) {
    if (json.kind != JsonValue::Kind::Object) return bad_parameter("order");
    for (const auto& [key, value] : json.members)
        if (std::find(kKeys.begin(), kKeys.end(), key) == kKeys.end()) return bad_parameter(key);
    order.order_code = json.scalar_of("orderCode");
    if (!is_id(order.order_code) && !is_change)
        return RestRefusal{400, rest_error::kBadId, "invalid order code"};
    const std::string instrument = json.scalar_of("instrument");
    if (instrument.empty()) return bad_parameter("instrument");
    order.symbol = known_symbol(options, instrument);
    if (!read_name(json, "type", kTypes, order.type)) return bad_parameter("type");
    if (order.type == OrdType::Unspecified && !is_change) return bad_parameter("type");
    if (!read_name(json, "side", kSides, order.side) || order.side == Side::Unspecified)
        return bad_parameter("side");
    if (!read_name(json, "positionEffect", kEffects, order.effect))
        return bad_parameter("positionEffect");
    if (!read_name(json, "tif", kTifs, order.time_in_force)) return bad_parameter("tif");
    order.position_code = json.scalar_of("positionCode");
    if (auto refusal = read_numbers(json, order)) return refusal;
    if (const JsonValue* date = json.find("expireDate")) {
        order.expire_time = iso_time(date->scalar);
        if (!order.expire_time) return bad_parameter("expireDate");
    }
    return read_metadata(json, order);
}

RestOrderBody read_group(const JsonValue& json, bool is_change, const RestOptions& options) {
    RestGroupRequest group;
    for (const auto& [key, value] : json.members)
        if (key != "contingencyType" && key != "orders" && key != "account")
            return bad_parameter(key);
    group.contingency = upper(json.scalar_of("contingencyType"));
    if (group.contingency != "IF-THEN" && group.contingency != "OCO")
        return bad_parameter("contingencyType");
    for (const auto& item : json.find("orders")->items) {
        if (auto refusal = read_order(item, is_change, options, group.orders.emplace_back()))
            return *refusal;
        if (group.orders.front().symbol != group.orders.back().symbol)
            return bad_order("the instruments of a group differ");
    }
    if (group.orders.size() > kMaxGroup) return bad_order("too many orders in a group");
    if (group.orders.size() < 2 && !is_change) return bad_order("a group has at least two orders");
    return group;
}

}  // namespace

RestOrderBody order_body_from(const std::string& body, bool is_change, const RestOptions& options) {
    const auto json = json_from(body);
    if (!json || json->kind != JsonValue::Kind::Object) return bad_parameter("body");
    const JsonValue* orders = json->find("orders");
    if (orders != nullptr && orders->kind == JsonValue::Kind::Array)
        return read_group(*json, is_change, options);
    RestOrderRequest order;
    if (json->find("contingencyType") != nullptr) return bad_parameter("contingencyType");
    if (auto refusal = read_order(*json, is_change, options, order)) return *refusal;
    return order;
}

std::optional<RestRefusal> check_terms(const RestOrderRequest& request) {
    const bool has_limit = request.type == OrdType::Limit || request.type == OrdType::StopLimit;
    const bool has_stop = request.type == OrdType::Stop || request.type == OrdType::StopLimit;
    const bool is_relative = request.price_offset.has_value();
    if (has_limit != request.limit_price.has_value() && !is_relative)
        return bad_order(has_limit ? "missing limitPrice" : "limitPrice does not go with the type");
    if (has_stop != request.stop_price.has_value() && !is_relative)
        return bad_order(has_stop ? "missing stopPrice" : "stopPrice does not go with the type");
    if ((request.time_in_force == TimeInForce::GoodTillDate) != request.expire_time.has_value())
        return bad_order("expireDate goes with GTD");
    if (request.effect == PositionEffect::Open && !request.position_code.empty())
        return bad_order("positionCode does not go with OPEN");
    return std::nullopt;
}

}  // namespace broker::simulator
