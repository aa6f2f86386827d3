#include "dxtrade/symbols.hpp"

namespace broker::dxtrade {

Symbols::Symbols(const SymbolRules& rules) : rules_{rules} {
    for (const auto& [host_symbol, mapping] : rules_.map) {
        host_names_.emplace(VenueName{mapping.symbol, mapping.sfx}, host_symbol);
    }
}

std::optional<VenueSymbol> Symbols::to_venue(std::string_view host_symbol) const {
    if (const auto found = rules_.map.find(host_symbol); found != rules_.map.end()) {
        const SymbolMapping& mapping = found->second;
        return VenueSymbol{mapping.symbol, mapping.sfx,
                           mapping.fields.empty() ? nullptr : &mapping.fields};
    }
    if (rules_.is_map_complete) return std::nullopt;
    VenueSymbol venue{host_symbol, {}, nullptr};
    const std::string& separator = rules_.sfx_separator;
    const std::size_t at =
        separator.empty() ? std::string_view::npos : host_symbol.rfind(separator);
    if (at != std::string_view::npos && at != 0 && at + separator.size() < host_symbol.size()) {
        venue.symbol = host_symbol.substr(0, at);
        venue.sfx = host_symbol.substr(at + separator.size());
    }
    if (host_names_.contains({venue.symbol, venue.sfx})) return std::nullopt;
    return venue;
}

std::string_view Symbols::to_host(std::string_view symbol, std::string_view sfx,
                                  std::string& buffer) const {
    if (const auto found = host_names_.find({symbol, sfx}); found != host_names_.end()) {
        return found->second;
    }
    if (sfx.empty()) return symbol;
    buffer = symbol;
    buffer += rules_.sfx_separator.empty() ? std::string_view{"."} : rules_.sfx_separator;
    buffer += sfx;
    return buffer;
}

}  // namespace broker::dxtrade
