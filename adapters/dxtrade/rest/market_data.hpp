// Quotes, candles and conversion rates over REST. Pure functions; records borrow their text from
// the arguments.
#pragma once

#include <chrono>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/query.hpp"
#include "core/quote.hpp"
#include "dxtrade/rest/order_reports.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::rest {

// Bodies of POST /marketdata. Symbols are the venue's.
[[nodiscard]] std::string quotes_body(std::string_view account,
                                      std::span<const std::string> symbols);

struct CandleRange {
    std::string_view symbol;
    std::string_view candle_type;  // m, 5m, 15m, 30m, h, 2h, 4h, d, w, mo
    core::UtcTime from;
    core::UtcTime to;             // the venue wants both
    std::uint32_t max_count = 0;  // 0: as many as there are
};
[[nodiscard]] std::string candles_body(std::string_view account, const CandleRange& range);

// How long a bar is, of a month at most: 31 days. Null for a word that is none of the venue's.
[[nodiscard]] std::optional<std::chrono::seconds> candle_period(std::string_view candle_type);

// A bar is forming if its period has not ended at `now`.
[[nodiscard]] core::Candle candle(const RestCandle& candle, core::UtcTime now,
                                  const ReportContext& context);

[[nodiscard]] core::Quote quote(const RestQuote& quote, const ReportContext& context);

// What a quote or a bar is as entries of an update, instead of what `entries` had. A side or a
// figure that is absent has none; a bar's volume stands with the last of its figures.
void to_entries(const RestQuote& quote, std::vector<core::MDEntry>& entries);
void to_entries(const RestCandle& candle, std::vector<core::MDEntry>& entries);

// "/conversionRates?toCurrency=USD"; `from` may be empty: from all.
[[nodiscard]] std::string conversion_rates_target(std::string_view to, std::string_view from);

[[nodiscard]] core::ConversionRate conversion_rate(const RestConversionRate& rate,
                                                   const ReportContext& context);

}  // namespace broker::dxtrade::rest
