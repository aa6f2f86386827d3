// One record of one JSON object: what record_reader and the push messages are made of.
#pragma once

#include <string_view>
#include <vector>

#include "dxtrade/json/object_reader.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::rest {

using json::ObjectReader;

[[nodiscard]] RestOrder read_order(ObjectReader& object);
[[nodiscard]] RestCashTransaction read_cash_transaction(ObjectReader& object);
[[nodiscard]] Portfolio read_portfolio(ObjectReader& object);
[[nodiscard]] RestPosition read_position(ObjectReader& object);
[[nodiscard]] AccountMetrics read_metrics(ObjectReader& object);
[[nodiscard]] RestCashTransfer read_cash_transfer(ObjectReader& object);
[[nodiscard]] RestAccountEvent read_account_event(ObjectReader& object);
[[nodiscard]] UserDetails read_user(ObjectReader& object);
[[nodiscard]] RestInstrument read_instrument(ObjectReader& object);
[[nodiscard]] InstrumentDetails read_instrument_details(ObjectReader& object);
[[nodiscard]] RestConversionRate read_conversion_rate(ObjectReader& object);
// One element of `events`, by its type; another than a quote or a candle is left out, with a fault.
void read_market_data_event(ObjectReader& object, MarketDataEvents& events);

// Appends each object of the array `name`. False if the array is absent or has anything else in it.
template <class Record>
bool read_list(ObjectReader& object, std::string_view name, Record (*read)(ObjectReader&),
               std::vector<Record>& records) {
    return object.each(name, [&](ObjectReader& element) { records.push_back(read(element)); });
}

}  // namespace broker::dxtrade::rest
