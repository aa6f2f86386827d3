// Sections orders, replaces, order_lists and cl_ord_ids of a profile.
#include <algorithm>
#include <set>

#include "config/adapter_tags.hpp"
#include "config/profile_sections.hpp"
#include "config/profile_values.hpp"

namespace broker::config {
namespace {

using dxtrade::Profile;

constexpr std::array<std::string_view, 3> kFieldRules{"Optional", "Required", "Forbidden"};
constexpr std::array<std::string_view, 4> kPositionEffectRules{"Optional", "Required", "Forbidden",
                                                               "RequiredToSell"};
constexpr std::array<std::string_view, 3> kExpiryFields{"ExpireDate", "ExpireTime",
                                                        "DateIfMidnight"};
constexpr std::array<std::string_view, 2> kOrigClOrdIDRules{"InForce", "LastSent"};
constexpr std::array<std::string_view, 4> kEncodings{"None", "Tag", "ListExecInst", "ClOrdLinkID"};
constexpr std::array<std::string_view, 2> kTagPlaces{"List", "Orders"};

constexpr std::uint64_t kMinClOrdIDSize = 16;  // room for a prefix and the ten digits of a number

// A tag for a field of the profile's own in messages of these types.
std::int32_t own_tag(const YamlValue& value, std::initializer_list<std::string_view> msg_types,
                     const Profile& profile) {
    const std::int32_t tag = body_tag(value);
    for (const std::string_view msg_type : msg_types) {
        const std::string writer = writer_of(tag, msg_type, profile);
        if (!writer.empty()) value.expected("a tag that is not written by " + writer);
    }
    return tag;
}

// The narrower sets of times in force, by order type; all within the two lists of the profile.
void read_times_in_force_by_ord_type(const YamlValue& value, dxtrade::OrderRules& orders) {
    for (const YamlEntry& entry : value.entries()) {
        const auto ord_type = enumerator<core::OrdType>(entry.name);
        if (!orders.ord_types.contains(ord_type)) {
            entry.name.expected("an order type of orders.ord_types");
        }
        const auto set = enum_set<core::TimeInForce>(entry.value);
        if (!orders.times_in_force.contains(set)) {
            entry.value.fail("expected values of orders.times_in_force alone");
        }
        orders.times_in_force_by_ord_type[ord_type] = set;
    }
}

void read_field_rules(YamlMap& map, dxtrade::OrderRules& orders) {
    const auto rule = choice<dxtrade::FieldRule>(kFieldRules);
    map.read("min_qty", orders.min_qty, rule);
    map.read("max_floor", orders.max_floor, rule);
    map.read("cash_order_qty", orders.cash_order_qty, rule);
    map.read("ex_destination", orders.ex_destination, rule);
    map.read("locate_reqd", orders.locate_reqd, rule);
    map.read("position_effect", orders.position_effect,
             choice<dxtrade::PositionEffectRule>(kPositionEffectRules));
    map.read("expiry", orders.expiry, choice<dxtrade::ExpiryField>(kExpiryFields));
}

// ExDestination (100).
std::string route(const YamlValue& value) {
    std::string text = plain_text(value);
    constexpr std::size_t kMaxSize = decltype(core::OrderInstructions::ex_destination)::kCapacity;
    if (text.size() > kMaxSize) value.expected("at most " + std::to_string(kMaxSize) + " bytes");
    return text;
}

void read_routes(YamlMap& map, dxtrade::OrderRules& orders) {
    const auto routes = map.find("ex_destinations");
    const auto default_route = map.find("default_ex_destination");
    for (const auto& given : {routes, default_route}) {
        if (given && orders.ex_destination == dxtrade::FieldRule::Forbidden) {
            given->fail("expected ex_destination: Optional or Required with it");
        }
    }
    if (routes) {
        for (const YamlValue& value : routes->list()) {
            orders.ex_destinations.push_back(route(value));
        }
    }
    if (!default_route) return;
    orders.default_ex_destination = route(*default_route);
    const std::vector<std::string>& all = orders.ex_destinations;
    if (!all.empty() &&
        std::find(all.begin(), all.end(), orders.default_ex_destination) == all.end()) {
        default_route->expected("one of orders.ex_destinations");
    }
}

void read_trailing_stop(const YamlValue& value, Profile& profile) {
    dxtrade::TrailingStopEncoding& encoding = profile.orders.trailing_stop;
    YamlMap map{value};
    map.read("ord_type", encoding.ord_type, character);
    map.read("exec_inst", encoding.exec_inst, character);
    if (const auto tag = map.find("offset_tag")) {
        constexpr std::int32_t kPegOffsetValue = 211;
        const std::int32_t offset_tag = body_tag(*tag);
        encoding.offset_tag = kPegOffsetValue;
        if (offset_tag != kPegOffsetValue)
            encoding.offset_tag = own_tag(*tag, {"D", "E", "G"}, profile);
    }
    map.read("sends_offset_type", encoding.sends_offset_type, &YamlValue::boolean);
    map.finish();
}

void read_contingency_values(YamlMap& map, dxtrade::OrderListRules& lists) {
    const YamlValue values = map.require("values");
    std::set<std::string> seen;
    for (const YamlEntry& entry : values.entries()) {
        const auto contingency = enumerator<core::Contingency>(entry.name);
        if (!lists.contingencies.contains(contingency)) {
            entry.name.expected("a contingency of order_lists.contingencies");
        }
        const std::string text = plain_text(entry.value);
        if (!seen.insert(text).second) entry.value.expected("a value of its own");
        lists.values[contingency] = text;
    }
    for (std::int32_t value = 1; value <= 3; ++value) {
        const auto contingency = static_cast<core::Contingency>(value);
        if (lists.contingencies.contains(contingency) && !lists.values.contains(contingency)) {
            values.fail("missing key \"" + std::string{dxtrade::name_of(contingency)} + "\"");
        }
    }
}

}  // namespace

void read_orders(YamlMap& top, Profile& profile) {
    YamlMap map{top.require("orders")};
    dxtrade::OrderRules& orders = profile.orders;
    orders.sides = enum_set<core::Side>(map.require("sides"));
    orders.ord_types = enum_set<core::OrdType>(map.require("ord_types"));
    orders.times_in_force = enum_set<core::TimeInForce>(map.require("times_in_force"));
    if (const auto narrower = map.find("times_in_force_by_ord_type")) {
        read_times_in_force_by_ord_type(*narrower, orders);
    }
    map.read("exec_insts", orders.exec_insts, &enum_set<core::ExecInst>);
    read_field_rules(map, orders);
    read_routes(map, orders);
    map.read("handl_inst", orders.handl_inst, character);
    map.read("currency", orders.currency, plain_text);
    if (const auto trailing_stop = map.find("trailing_stop")) {
        read_trailing_stop(*trailing_stop, profile);
    }
    map.read("position_code_tag", orders.position_code_tag, [&](const YamlValue& value) {
        const bool has_none = value.integer(0, 99'999) == 0;
        return has_none ? 0 : own_tag(value, {"D", "E", "G"}, profile);
    });
    map.finish();
}

void read_replaces(YamlMap& top, Profile& profile) {
    const auto replaces = top.find("replaces");
    if (!replaces) return;
    YamlMap map{*replaces};
    dxtrade::ReplaceRules& rules = profile.replaces;
    map.read("offered", rules.is_offered, &YamlValue::boolean);
    map.read("fields", rules.fields, &enum_set<dxtrade::ReplaceField>);
    map.read("orig_cl_ord_id", rules.orig_cl_ord_id,
             choice<dxtrade::OrigClOrdIDRule>(kOrigClOrdIDRules));
    map.read("sends_order_id", rules.sends_order_id, &YamlValue::boolean);
    map.finish();
}

void read_order_lists(YamlMap& top, Profile& profile) {
    using dxtrade::ContingencyEncoding;
    const auto section = top.find("order_lists");
    if (!section) return;
    YamlMap map{*section};
    dxtrade::OrderListRules lists;
    lists.encoding = choice<ContingencyEncoding>(kEncodings)(map.require("encoding"));
    const bool has_tag = lists.encoding == ContingencyEncoding::Tag;
    const bool has_values = has_tag || lists.encoding == ContingencyEncoding::ListExecInst;
    if (lists.encoding == ContingencyEncoding::None) {
        map.refuse("contingencies", "expected another encoding than None with it");
    } else {
        lists.contingencies = enum_set<core::Contingency>(map.require("contingencies"));
    }
    if (has_values) {
        read_contingency_values(map, lists);
    } else {
        map.refuse("values", "expected encoding Tag or ListExecInst with it");
    }
    if (has_tag) {
        lists.tag = own_tag(map.require("tag"), {"E"}, profile);
        map.read("tag_in", lists.is_tag_in_orders,
                 [](const YamlValue& value) { return value.one_of(kTagPlaces) == 1; });
    } else {
        map.refuse("tag", "expected encoding Tag with it");
        map.refuse("tag_in", "expected encoding Tag with it");
    }
    map.read("bid_type", lists.bid_type, character);
    map.read("can_cancel_list", lists.can_cancel_list, &YamlValue::boolean);
    map.finish();
    profile.order_lists = lists;
}

void read_cl_ord_ids(YamlMap& top, Profile& profile) {
    const auto section = top.find("cl_ord_ids");
    if (!section) return;
    YamlMap map{*section};
    map.read("max_size", profile.cl_ord_ids.max_size, [](const YamlValue& value) {
        return static_cast<std::size_t>(value.integer(kMinClOrdIDSize, core::ClOrdID::kCapacity));
    });
    if (const auto alphabet = map.find("alphabet")) {
        const std::string text = alphabet->text();
        std::set<char> seen;
        for (const char c : text) {
            if (c <= ' ' || c >= '\x7f') alphabet->expected("printable ASCII without space");
            if (!seen.insert(c).second) {
                alphabet->expected("each character once ('" + std::string{c} + "' stands twice)");
            }
        }
        profile.cl_ord_ids.alphabet = text;
    }
    map.finish();
}

}  // namespace broker::config
