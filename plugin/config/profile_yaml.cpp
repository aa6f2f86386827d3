#include <array>

#include "config/settings_yaml.hpp"

namespace broker::config {
namespace {

// Names in the order of the enumerators, from the one with value 1.
constexpr std::array<std::string_view, 4> kSides{"Buy", "Sell", "SellShort", "SellShortExempt"};
constexpr std::array<std::string_view, 9> kOrdTypes{
    "Market",        "Limit",        "Stop",   "StopLimit",   "MarketIfTouched",
    "MarketOnClose", "LimitOnClose", "Pegged", "TrailingStop"};
constexpr std::array<std::string_view, 8> kTimesInForce{
    "Day",        "GoodTillCancel", "GoodTillDate",     "ImmediateOrCancel",
    "FillOrKill", "AtTheOpening",   "GoodTillCrossing", "AtTheClose"};

template <class Enum>
core::EnumSet<Enum> enum_set(const YamlValue& value, std::span<const std::string_view> names) {
    core::EnumSet<Enum> set;
    for (const YamlValue& element : value.list()) {
        set.add(static_cast<Enum>(element.one_of(names) + 1));
    }
    return set;
}

}  // namespace

dxtrade::Profile load_profile(const std::filesystem::path& file) {
    YamlMap map{load_yaml(file)};
    dxtrade::Profile profile;
    const YamlValue name = map.require("name");
    profile.name = name.text();
    if (profile.name != file.stem()) name.expected("the name of the file, " + file.stem().string());
    YamlMap orders{map.require("orders")};
    profile.orders.sides = enum_set<core::Side>(orders.require("sides"), kSides);
    profile.orders.ord_types = enum_set<core::OrdType>(orders.require("ord_types"), kOrdTypes);
    profile.orders.times_in_force =
        enum_set<core::TimeInForce>(orders.require("times_in_force"), kTimesInForce);
    orders.read("handl_inst", profile.orders.handl_inst, &YamlValue::text);
    orders.finish();
    if (const auto replaces = map.find("replaces")) {
        YamlMap replaces_map{*replaces};
        replaces_map.read("offered", profile.replaces.is_offered, &YamlValue::boolean);
        replaces_map.finish();
    }
    if (const auto queries = map.find("queries")) {
        constexpr std::array<std::string_view, 7> kQueries{
            "OrderStatus", "MassStatus",  "Positions",           "AccountSummary",
            "Trades",      "Instruments", "TradingSessionStatus"};
        YamlMap queries_map{*queries};
        profile.queries.offered =
            enum_set<core::QueryKind>(queries_map.require("offered"), kQueries);
        queries_map.finish();
    }
    map.read("sends_account", profile.sends_account, &YamlValue::boolean);
    if (const auto ids = map.find("cl_ord_ids")) {
        YamlMap ids_map{*ids};
        ids_map.read("max_size", profile.cl_ord_ids.max_size, [](const YamlValue& value) {
            return static_cast<std::size_t>(value.integer(1, core::ClOrdID::kCapacity));
        });
        ids_map.finish();
    }
    map.finish();
    return profile;
}

}  // namespace broker::config
