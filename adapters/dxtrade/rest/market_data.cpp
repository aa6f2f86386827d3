#include "dxtrade/rest/market_data.hpp"

#include <array>

#include "dxtrade/json/json_writer.hpp"
#include "dxtrade/rest/history.hpp"
#include "net/uri.hpp"

namespace broker::dxtrade::rest {
namespace {

using json::Writer;
using std::chrono::days;
using std::chrono::hours;
using std::chrono::minutes;
using std::chrono::seconds;

std::string_view host_symbol(const std::string& symbol, const ReportContext& context) {
    std::string no_suffix;
    return context.symbols.to_host(symbol, {}, no_suffix);
}

void begin_request(std::string_view account, Writer& writer) {
    writer.begin_object();
    if (!account.empty()) writer.member("account", account);
    writer.key("symbols").begin_array();
}

void begin_event_type(std::string_view type, Writer& writer) {
    writer.end_array().key("eventTypes").begin_array();
    writer.begin_object().member("type", type);
}

std::string end_request(Writer& writer) {
    writer.member("format", "COMPACT").end_object().end_array().end_object();
    return writer.take();
}

struct Period {
    std::string_view candle_type;
    seconds length;
};
constexpr std::array<Period, 10> kPeriods{{{"m", minutes{1}},
                                           {"5m", minutes{5}},
                                           {"15m", minutes{15}},
                                           {"30m", minutes{30}},
                                           {"h", hours{1}},
                                           {"2h", hours{2}},
                                           {"4h", hours{4}},
                                           {"d", days{1}},
                                           {"w", days{7}},
                                           {"mo", days{31}}}};

// Of a month, the first of the next one.
core::UtcTime end_of(core::UtcTime open, std::string_view candle_type, seconds period) {
    if (candle_type != "mo") return open + period;
    const auto day = std::chrono::floor<days>(open);
    const std::chrono::year_month_day next =
        std::chrono::year_month_day{day} + std::chrono::months{1};
    // A bar that opens on the 31st in UTC belongs to a month of another zone.
    return next.ok() ? std::chrono::sys_days{next} + (open - day) : open + period;
}

void add_entry(std::vector<core::MDEntry>& entries, core::MDEntryType type,
               const std::optional<core::Decimal>& px, const std::optional<core::UtcTime>& time) {
    if (!px) return;
    core::MDEntry entry;
    entry.type = type;
    entry.px = px;
    entry.time = time;
    entries.push_back(entry);
}

}  // namespace

std::string quotes_body(std::string_view account, std::span<const std::string> symbols) {
    Writer writer;
    begin_request(account, writer);
    for (const std::string& symbol : symbols) writer.text(symbol);
    begin_event_type("Quote", writer);
    return end_request(writer);
}

std::string candles_body(std::string_view account, const CandleRange& range) {
    Writer writer;
    begin_request(account, writer);
    writer.text(range.symbol);
    begin_event_type("Candle", writer);
    writer.member("candleType", range.candle_type);
    writer.member("fromTime", timestamp_text(range.from));
    writer.member("toTime", timestamp_text(range.to));
    if (range.max_count != 0) writer.key("count").number(std::uint64_t{range.max_count});
    return end_request(writer);
}

std::optional<seconds> candle_period(std::string_view candle_type) {
    for (const Period& period : kPeriods) {
        if (period.candle_type == candle_type) return period.length;
    }
    return std::nullopt;
}

core::Candle candle(const RestCandle& candle, core::UtcTime now, const ReportContext& context) {
    core::Candle record;
    record.request_id = context.request_id;
    record.symbol = host_symbol(candle.symbol, context);
    record.candle_type = candle.candle_type;
    record.open_px = candle.open;
    record.high_px = candle.high;
    record.low_px = candle.low;
    record.close_px = candle.close;
    record.volume = candle.volume;
    record.time = candle.time;
    const auto period = candle_period(candle.candle_type);
    record.is_forming =
        period && candle.time && end_of(*candle.time, candle.candle_type, *period) > now;
    return record;
}

core::Quote quote(const RestQuote& quote, const ReportContext& context) {
    core::Quote record;
    record.request_id = context.request_id;
    record.symbol = host_symbol(quote.symbol, context);
    record.bid_px = quote.bid;
    record.offer_px = quote.ask;
    record.venue_time = quote.time;
    record.received = context.received;
    return record;
}

std::string conversion_rates_target(std::string_view to, std::string_view from) {
    net::QueryString query;
    query.add("toCurrency", to);
    if (!from.empty()) query.add("fromCurrency", from);
    return "/conversionRates" + query.text();
}

core::ConversionRate conversion_rate(const RestConversionRate& rate, const ReportContext& context) {
    return {context.request_id, rate.from_currency, rate.to_currency, rate.conv_rate};
}

void to_entries(const RestQuote& quote, std::vector<core::MDEntry>& entries) {
    entries.clear();
    add_entry(entries, core::MDEntryType::Bid, quote.bid, quote.time);
    add_entry(entries, core::MDEntryType::Offer, quote.ask, quote.time);
}

void to_entries(const RestCandle& candle, std::vector<core::MDEntry>& entries) {
    entries.clear();
    add_entry(entries, core::MDEntryType::OpeningPrice, candle.open, candle.time);
    add_entry(entries, core::MDEntryType::HighPrice, candle.high, candle.time);
    add_entry(entries, core::MDEntryType::LowPrice, candle.low, candle.time);
    add_entry(entries, core::MDEntryType::ClosingPrice, candle.close, candle.time);
    if (!entries.empty()) entries.back().size = candle.volume;
}

}  // namespace broker::dxtrade::rest
