// The sections of a profile, from YAML, in the order they are read: later ones are checked against
// earlier ones. Each is optional unless it says so. Every function throws ConfigError.
#pragma once

#include "config/yaml_reader.hpp"
#include "dxtrade/profile.hpp"

namespace broker::config {

void read_orders(YamlMap& top, dxtrade::Profile& profile);  // required
void read_replaces(YamlMap& top, dxtrade::Profile& profile);
void read_order_lists(YamlMap& top, dxtrade::Profile& profile);
void read_cl_ord_ids(YamlMap& top, dxtrade::Profile& profile);
void read_symbols(YamlMap& top, dxtrade::Profile& profile);
void read_queries(YamlMap& top, dxtrade::Profile& profile);
void read_market_data(YamlMap& top, dxtrade::Profile& profile);
void read_drop_copy(YamlMap& top, dxtrade::Profile& profile);
void read_rest(YamlMap& top, dxtrade::Profile& profile);
void read_push(YamlMap& top, dxtrade::Profile& profile);
void read_fields(YamlMap& top, dxtrade::Profile& profile);
void read_parties(YamlMap& top, dxtrade::Profile& profile);
void read_tag_rules(YamlMap& top, dxtrade::Profile& profile);  // required_tags, forbidden_tags

// An account's own constants, by the names of the profile's fields and parties.
void apply_constants(const YamlValue& constants, dxtrade::Profile& profile);

}  // namespace broker::config
