#include <map>
#include <string>
#include <utility>
#include <vector>

#include "dxtrade/rest/instrument_reports.hpp"
#include "dxtrade/rest/market_data.hpp"
#include "dxtrade/rest/query_reader.hpp"
#include "dxtrade/rest/record_reader.hpp"
#include "net/uri.hpp"

namespace broker::dxtrade::rest {
namespace {

// The generic instruments page by page, then the account's terms for them; both are told as one.
class InstrumentsReader final : public QueryReader {
public:
    InstrumentsReader(ChannelParts& parts, const core::Query& query)
        : QueryReader{parts, query}, symbol_{venue_symbol_of(parts, query).value()} {}

    [[nodiscard]] RestRequest request() const override {
        const std::string list = "/instruments" + selection();
        return get(is_reading_details_ ? account_path(parts_, list) : list);
    }

    [[nodiscard]] RateClass rate_class() const override {
        return symbol_.empty() ? RateClass::Bulk : RateClass::Read;
    }

    [[nodiscard]] core::Result<bool> take(const net::HttpResponse& response) override {
        const auto entries = is_reading_details_ ? take_details(response) : take_plain(response);
        if (!entries) return entries.error();
        start_from_ += *entries;
        const bool may_be_more =
            symbol_.empty() && *entries != 0 && *entries >= parts_.rules().page_size;
        if (may_be_more && start_from_ < kMaxInstruments) return true;
        is_cut_short_ |= may_be_more;
        start_from_ = 0;
        if (!std::exchange(is_reading_details_, true) && !instruments_.empty()) return true;
        tell(response.received);
        return false;
    }

    [[nodiscard]] std::string_view cut_short() const override {
        return is_cut_short_ ? "the venue had more instruments than are read" : std::string_view{};
    }

private:
    static constexpr std::uint32_t kMaxInstruments = 50'000;

    [[nodiscard]] std::string selection() const {
        if (!symbol_.empty()) return "/" + net::encode_segment(symbol_);
        net::QueryString query;
        query.add("symbols", "*");
        query.add("limit", std::to_string(parts_.rules().page_size));
        query.add("start-from", std::to_string(start_from_));
        return "/query" + query.text();
    }

    core::Result<std::uint32_t> take_plain(const net::HttpResponse& response) {
        json::ReadFaults faults;
        auto instruments = instruments_from_json(response.body, faults);
        parts_.tell_faults(faults, "instruments");
        if (!instruments) return instruments.error();
        const auto count = static_cast<std::uint32_t>(instruments->size());
        for (RestInstrument& each : *instruments) {
            if (is_tradable(each)) instruments_.push_back(std::move(each));
        }
        return count;
    }

    core::Result<std::uint32_t> take_details(const net::HttpResponse& response) {
        json::ReadFaults faults;
        auto details = instrument_details_from_json(response.body, faults);
        parts_.tell_faults(faults, "instrument details");
        if (!details) return details.error();
        const auto count = static_cast<std::uint32_t>(details->size());
        for (InstrumentDetails& each : *details) {
            std::string symbol = each.symbol;
            details_.insert_or_assign(std::move(symbol), std::move(each));
        }
        return count;
    }

    void tell(core::MonotonicTime received) {
        const ReportContext context = parts_.report_context(received, query_.request_id);
        std::string fields;
        for (const RestInstrument& each : instruments_) {
            if (!count_one()) return;
            const auto details = details_.find(each.symbol);
            parts_.listener.on_instrument(instrument_report(
                each, details == details_.end() ? nullptr : &details->second, context, fields));
        }
    }

    std::string symbol_;
    bool is_reading_details_ = false;
    bool is_cut_short_ = false;
    std::uint32_t start_from_ = 0;
    std::vector<RestInstrument> instruments_;
    std::map<std::string, InstrumentDetails, std::less<>> details_;
};

class CandlesReader final : public QueryReader {
public:
    CandlesReader(ChannelParts& parts, const core::Query& query)
        : QueryReader{parts, query}, symbol_{venue_symbol_of(parts, query).value()} {}

    [[nodiscard]] RestRequest request() const override {
        CandleRange range;
        range.symbol = symbol_;
        range.candle_type = query_.candle_type.view();
        range.from = *query_.from;
        range.to = query_.to.value_or(parts_.host.clock().utc());
        range.max_count = query_.max_answers;
        return {net::HttpMethod::Post, "/marketdata", candles_body(parts_.settings.account, range)};
    }

    [[nodiscard]] core::Result<bool> take(const net::HttpResponse& response) override {
        json::ReadFaults faults;
        const auto events = market_data_from_json(response.body, faults);
        parts_.tell_faults(faults, "candles");
        if (!events) return events.error();
        const core::UtcTime now = parts_.host.clock().utc();
        const ReportContext context = parts_.report_context(response.received, query_.request_id);
        for (const RestCandle& each : events->candles) {
            if (each.time && query_.to && *each.time >= *query_.to) continue;
            if (count_one()) parts_.listener.on_candle(candle(each, now, context));
        }
        return false;
    }

private:
    std::string symbol_;
};

class ConversionReader final : public QueryReader {
public:
    ConversionReader(ChannelParts& parts, const core::Query& query, std::string currency)
        : QueryReader{parts, query}, currency_{std::move(currency)} {}

    [[nodiscard]] RestRequest request() const override {
        return get(conversion_rates_target(currency_, {}));
    }

    [[nodiscard]] core::Result<bool> take(const net::HttpResponse& response) override {
        json::ReadFaults faults;
        const auto rates = conversion_rates_from_json(response.body, faults);
        parts_.tell_faults(faults, "conversion rates");
        if (!rates) return rates.error();
        const ReportContext context = parts_.report_context(response.received, query_.request_id);
        for (const RestConversionRate& each : *rates) {
            if (count_one()) parts_.listener.on_conversion_rate(conversion_rate(each, context));
        }
        return false;
    }

private:
    std::string currency_;
};

}  // namespace

std::unique_ptr<QueryReader> make_instruments_reader(ChannelParts& parts,
                                                     const core::Query& query) {
    return std::make_unique<InstrumentsReader>(parts, query);
}

core::Result<std::unique_ptr<QueryReader>> make_candles_reader(ChannelParts& parts,
                                                               const core::Query& query) {
    if (query.symbol.empty()) return core::fail(core::Reason::InvalidField, "candles: no symbol");
    if (!query.from) return core::fail(core::Reason::InvalidField, "candles: no from");
    if (!candle_period(query.candle_type.view())) {
        return core::fail(core::Reason::InvalidField,
                          "candles: candle_type is none of m, 5m, 15m, 30m, h, 2h, 4h, d, w, mo");
    }
    return std::make_unique<CandlesReader>(parts, query);
}

core::Result<std::unique_ptr<QueryReader>> make_conversion_reader(ChannelParts& parts,
                                                                  const core::Query& query) {
    std::string currency{query.currency.empty() ? std::string_view{parts.details.base_currency}
                                                : query.currency.view()};
    if (currency.empty()) {
        return core::fail(core::Reason::InvalidField,
                          "conversion rates: no currency, and the account has not told its own");
    }
    return std::make_unique<ConversionReader>(parts, query, std::move(currency));
}

}  // namespace broker::dxtrade::rest
