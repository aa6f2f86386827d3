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
dxtrade::EnumSet<Enum> enum_set(const YamlValue& value, std::span<const std::string_view> names) {
    dxtrade::EnumSet<Enum> set;
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
    profile.sides = enum_set<core::Side>(map.require("sides"), kSides);
    profile.ord_types = enum_set<core::OrdType>(map.require("ord_types"), kOrdTypes);
    profile.times_in_force =
        enum_set<core::TimeInForce>(map.require("times_in_force"), kTimesInForce);
    map.read("can_replace", profile.can_replace, &YamlValue::boolean);
    map.read("can_request_order_status", profile.can_request_order_status, &YamlValue::boolean);
    map.read("sends_account", profile.sends_account, &YamlValue::boolean);
    map.read("handl_inst", profile.handl_inst, &YamlValue::text);
    map.read("max_cl_ord_id_size", profile.max_cl_ord_id_size, [](const YamlValue& value) {
        return static_cast<std::size_t>(value.integer(1, core::ClOrdID::kCapacity));
    });
    map.finish();
    return profile;
}

}  // namespace broker::config
