// Instruments as core's records. Pure functions.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/query.hpp"
#include "dxtrade/rest/order_reports.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::rest {

// Orders can be placed in it: a plain currency is in the list too.
[[nodiscard]] bool is_tradable(const RestInstrument& instrument);

// A size in units of the instrument; those in LOTS are multiplied by the lot size. Null if it is
// absent, or in another measure than units (NOTIONAL_CURRENCY), or in lots of an unknown size.
[[nodiscard]] std::optional<core::Decimal> size_in_units(const std::optional<core::Decimal>& size,
                                                         std::string_view limit_type,
                                                         const std::optional<core::Decimal>& lot);

// The instrument with the account's terms; `details` may be null. What is known beyond the record's
// own fields goes to `fields`, which the record borrows as it does the text of the arguments:
// first_currency, pip_size, margin_rate_type, margin_tiers ("100000:0.01,:0.02", the last one
// open-ended), min_order_notional, max_order_notional, and others by their names in the API.
[[nodiscard]] core::Instrument instrument_report(const RestInstrument& instrument,
                                                 const InstrumentDetails* details,
                                                 const ReportContext& context, std::string& fields);

}  // namespace broker::dxtrade::rest
