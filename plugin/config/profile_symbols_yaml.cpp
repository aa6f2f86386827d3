// Section symbols of a profile.
#include <algorithm>
#include <utility>

#include "config/adapter_tags.hpp"
#include "config/profile_sections.hpp"
#include "config/profile_values.hpp"
#include "core/ids.hpp"

namespace broker::config {
namespace {

// A name that a host can give: see BROKER_MAX_SYMBOL and the rules of symbols in commands.
std::string host_symbol(const YamlValue& name) {
    std::string text = name.text();
    const bool is_plain =
        std::all_of(text.begin(), text.end(), [](char c) { return c > ' ' && c < '\x7f'; });
    if (!is_plain || text.size() > core::Symbol::kCapacity) {
        name.expected("1 to " + std::to_string(core::Symbol::kCapacity) +
                      " printable ASCII characters without space");
    }
    return text;
}

std::map<std::int32_t, std::string> instrument_fields(const YamlValue& value,
                                                      const dxtrade::Profile& profile) {
    std::map<std::int32_t, std::string> fields;
    for (const YamlEntry& entry : value.entries()) {
        const std::int32_t tag = body_tag(entry.name);
        // Why: without the map, whose fields may repeat from one symbol to the next.
        dxtrade::Profile others;
        others.orders = profile.orders;
        others.order_lists = profile.order_lists;
        for (const std::string_view msg_type : {"G", "E"}) {
            const std::string writer = writer_of(tag, msg_type, others);
            if (!writer.empty()) {
                entry.name.expected("a tag that is not written by " + writer);
            }
        }
        if (!fields.emplace(tag, plain_text(entry.value)).second) {
            entry.name.expected("a tag that stands once");
        }
    }
    return fields;
}

// Either the venue's symbol alone, or a mapping.
dxtrade::SymbolMapping mapping(const YamlValue& value, const dxtrade::Profile& profile) {
    dxtrade::SymbolMapping result;
    if (!value.is_map()) {
        result.symbol = plain_text(value);
        return result;
    }
    YamlMap map{value};
    result.symbol = plain_text(map.require("symbol"));
    map.read("sfx", result.sfx, plain_text);
    map.read("fields", result.fields,
             [&](const YamlValue& v) { return instrument_fields(v, profile); });
    map.finish();
    return result;
}

void read_map(const YamlValue& value, dxtrade::Profile& profile) {
    std::map<std::pair<std::string, std::string>, std::string> host_names;
    for (const YamlEntry& entry : value.entries()) {
        const std::string name = host_symbol(entry.name);
        dxtrade::SymbolMapping venue = mapping(entry.value, profile);
        const auto [found, is_new] = host_names.emplace(std::pair{venue.symbol, venue.sfx}, name);
        if (!is_new) {
            entry.value.fail("expected an instrument without another name: it is that of \"" +
                             found->second + "\"");
        }
        profile.symbols.map[name] = std::move(venue);
    }
}

}  // namespace

void read_symbols(YamlMap& top, dxtrade::Profile& profile) {
    const auto section = top.find("symbols");
    if (!section) return;
    YamlMap map{*section};
    if (const auto symbols = map.find("map")) read_map(*symbols, profile);
    map.read("sfx_separator", profile.symbols.sfx_separator, plain_text);
    if (const auto complete = map.find("complete")) {
        profile.symbols.is_map_complete = complete->boolean();
        if (profile.symbols.is_map_complete && profile.symbols.map.empty()) {
            complete->fail("expected symbols.map with it");
        }
    }
    map.finish();
}

}  // namespace broker::config
