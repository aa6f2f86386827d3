// Instruments, their terms, conversion rates, quotes and candles as JSON.
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "simulator/candles.hpp"
#include "simulator/rest_json.hpp"
#include "simulator/rest_message.hpp"
#include "simulator/rest_options.hpp"
#include "simulator/venue.hpp"

namespace broker::simulator {

// The wildcard * stands for any characters.
[[nodiscard]] bool matches_pattern(std::string_view pattern, std::string_view text);

// [event-thread]
class RestReference {
public:
    RestReference(const RestOptions& options, Venue& venue) : options_{options}, venue_{venue} {}

    // Symbols as the exchange knows them: one by its shown name, those of a type, or of a query.
    [[nodiscard]] std::vector<std::string> symbol_named(const std::string& shown) const;
    [[nodiscard]] std::vector<std::string> symbols_of_type(const std::string& type);
    [[nodiscard]] std::vector<std::string> symbols_of_query(const RestRequest& request);

    void instrument(JsonWriter& json, const std::string& symbol);
    void details(JsonWriter& json, const std::string& account, const std::string& symbol);
    // Of one currency to another as the quotes have it, or of all there are to it.
    [[nodiscard]] std::string conversion_rates(const std::string& to, const std::string& from);

    // POST /marketdata
    [[nodiscard]] RestResponse market_data(const std::string& body);
    void quote(JsonWriter& json, const std::string& symbol);
    // The same as long as the quote is.
    [[nodiscard]] std::string quote_key(const std::string& symbol) const;
    // To be called after each move of the market: bars that form follow the bid.
    void market_moved();
    // A withdrawn quote has neither bid nor ask.
    void set_withdrawn(const std::string& symbol, bool is_withdrawn);
    // The bars that begin in the span, the newest `count` of them. Bars before the one that forms
    // are made up from its start and are the same each time.
    void candles(JsonWriter& json, const std::string& symbol, std::string_view type,
                 core::UtcTime from, core::UtcTime to, std::size_t count);

private:
    void candle(JsonWriter& json, const std::string& symbol, std::string_view type,
                core::UtcTime start);
    [[nodiscard]] std::string candle_request(JsonWriter& json, const JsonValue& event,
                                             const std::vector<std::string>& symbols);

    const RestOptions& options_;
    Venue& venue_;
    std::map<std::string, Candles> bars_;  // by symbol
    std::set<std::string> withdrawn_;      // symbols
};

}  // namespace broker::simulator
