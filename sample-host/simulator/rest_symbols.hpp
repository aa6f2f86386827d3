// Symbols as the venue's REST side spells them.
#pragma once

#include <string>

#include "simulator/rest_options.hpp"

namespace broker::simulator {

// EURUSD as EUR/USD, if that is the style: six letters are two currencies.
[[nodiscard]] inline std::string shown_symbol(const RestOptions& options,
                                              const std::string& symbol) {
    if (options.symbol_style == SymbolStyle::Plain || symbol.size() != 6) return symbol;
    return symbol.substr(0, 3) + "/" + symbol.substr(3);
}

// The other way round. A symbol in another style than the venue's stays what it is: unknown.
[[nodiscard]] inline std::string known_symbol(const RestOptions& options,
                                              const std::string& shown) {
    if (options.symbol_style == SymbolStyle::Plain) return shown;
    if (shown.size() == 7 && shown[3] == '/') return shown.substr(0, 3) + shown.substr(4);
    return shown.size() == 6 ? std::string{} : shown;
}

}  // namespace broker::simulator
