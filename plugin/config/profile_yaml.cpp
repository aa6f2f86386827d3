#include <array>

#include "config/profile_sections.hpp"
#include "config/profile_values.hpp"
#include "config/settings_yaml.hpp"

namespace broker::config {
namespace {

constexpr std::array<std::string_view, 2> kAccountFormats{"AsConfigured", "WithoutClearing"};
constexpr std::array<std::string_view, 3> kPrecisions{"Seconds", "Milliseconds", "Microseconds"};

void read_account(YamlMap& top, dxtrade::Profile& profile) {
    const auto section = top.find("account");
    if (!section) return;
    YamlMap map{*section};
    map.read("sent", profile.sends_account, &YamlValue::boolean);
    map.read("format", profile.account_format, choice<dxtrade::AccountFormat>(kAccountFormats));
    map.finish();
}

}  // namespace

dxtrade::Profile read_profile(const YamlValue& top) {
    YamlMap map{top};
    dxtrade::Profile profile;
    const YamlValue name = map.require("name");
    profile.name = name.text();
    const std::string file_name = top.file().stem().string();
    if (profile.name != file_name) name.expected("the name of the file, " + file_name);
    read_orders(map, profile);
    read_replaces(map, profile);
    read_order_lists(map, profile);
    read_cl_ord_ids(map, profile);
    read_symbols(map, profile);
    read_account(map, profile);
    map.read("timestamps", profile.timestamps, choice<dxtrade::TimestampPrecision>(kPrecisions));
    read_queries(map, profile);
    read_market_data(map, profile);
    read_drop_copy(map, profile);
    read_rest(map, profile);
    read_push(map, profile);
    read_fields(map, profile);
    read_parties(map, profile);
    read_tag_rules(map, profile);
    map.finish();
    return profile;
}

dxtrade::Profile load_profile(const std::filesystem::path& file) {
    return read_profile(load_yaml(file));
}

}  // namespace broker::config
