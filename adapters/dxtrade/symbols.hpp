// Names of instruments: the host's and the venue's.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "dxtrade/profile.hpp"

namespace broker::dxtrade {

struct VenueSymbol {
    std::string_view symbol;                            // Symbol (55)
    std::string_view sfx;                               // SymbolSfx (65); empty: none
    const std::map<std::int32_t, std::string>* fields;  // further instrument fields; may be null
};

// Translates by a profile's rules. Owned by a channel. Nothing is allocated after the construction,
// except by a buffer that grows.
class Symbols {
public:
    explicit Symbols(const SymbolRules& rules);
    Symbols(Symbols&&) = default;
    Symbols& operator=(Symbols&&) = default;

    // The views are of `host_symbol` or of this object. Null for a name that a complete map does
    // not have, and for one that would reach an instrument which the map gives another name: what
    // comes back would carry that name.
    [[nodiscard]] std::optional<VenueSymbol> to_venue(std::string_view host_symbol) const;

    // The view is of `symbol`, of this object, or of `buffer`, which is used where symbol and
    // suffix must be joined. A suffix is never dropped: without a separator in the rules they are
    // joined by a point.
    [[nodiscard]] std::string_view to_host(std::string_view symbol, std::string_view sfx,
                                           std::string& buffer) const;

private:
    using VenueName = std::pair<std::string_view, std::string_view>;  // symbol, suffix

    SymbolRules rules_;
    std::map<VenueName, std::string_view> host_names_;  // views of what rules_.map owns
};

}  // namespace broker::dxtrade
