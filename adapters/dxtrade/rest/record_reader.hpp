// The venue's JSON as records. Pure functions. An error: the text is not JSON, or not the answer
// that it should be (HttpResponseMalformed). Everything less is a fault: the field stays absent,
// the rest is read. Unknown fields are ignored; unknown enumerators keep their raw text.
#pragma once

#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "dxtrade/json/read_faults.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::rest {

using json::ReadFaults;

// {"orders":[...]}, open or history.
[[nodiscard]] core::Result<OrderPage> orders_from_json(std::string_view text, ReadFaults& faults);

// {"portfolios":[...]}
[[nodiscard]] core::Result<std::vector<Portfolio>> portfolios_from_json(std::string_view text,
                                                                        ReadFaults& faults);
// {"positions":[...]}
[[nodiscard]] core::Result<std::vector<RestPosition>> positions_from_json(std::string_view text,
                                                                          ReadFaults& faults);
// {"metrics":[...]}
[[nodiscard]] core::Result<std::vector<AccountMetrics>> metrics_from_json(std::string_view text,
                                                                          ReadFaults& faults);
// {"cashTransfers":[...]}
[[nodiscard]] core::Result<std::vector<RestCashTransfer>> cash_transfers_from_json(
    std::string_view text, ReadFaults& faults);

// {"accountEvents":[...]}
[[nodiscard]] core::Result<std::vector<RestAccountEvent>> account_events_from_json(
    std::string_view text, ReadFaults& faults);

// {"userDetails":[...]}
[[nodiscard]] core::Result<std::vector<UserDetails>> users_from_json(std::string_view text,
                                                                     ReadFaults& faults);
// {"instruments":[...]}
[[nodiscard]] core::Result<std::vector<RestInstrument>> instruments_from_json(std::string_view text,
                                                                              ReadFaults& faults);
// {"instrumentDetails":[...]}, or the same under "instruments".
[[nodiscard]] core::Result<std::vector<InstrumentDetails>> instrument_details_from_json(
    std::string_view text, ReadFaults& faults);

// {"events":[...]}: quotes and candles in the order of the message.
[[nodiscard]] core::Result<MarketDataEvents> market_data_from_json(std::string_view text,
                                                                   ReadFaults& faults);
// {"conversionRates":[...]}
[[nodiscard]] core::Result<std::vector<RestConversionRate>> conversion_rates_from_json(
    std::string_view text, ReadFaults& faults);

// {"orderId":..,"updateOrderId":..}, {"orderResponses":[...]}, or the array alone; an empty body
// gives no response. A fault if it has another number of responses than `expected`, unless it has
// none at all: then it is for the caller to ask what became of the orders.
[[nodiscard]] core::Result<std::vector<OrderResponse>> order_responses_from_json(
    std::string_view text, std::size_t expected, ReadFaults& faults);

}  // namespace broker::dxtrade::rest
