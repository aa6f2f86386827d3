#include "dxtrade/rest/instrument_reports.hpp"

#include <algorithm>

#include "core/named_fields.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Decimal;

void append_field(std::string& fields, std::string_view name, std::string_view value) {
    // A value that would end the field early is not one of the venue's.
    if (value.empty() || value.find(core::kFieldEnd) != std::string_view::npos) return;
    fields.append(name).append(1, '=').append(value).append(1, core::kFieldEnd);
}

void append_field(std::string& fields, std::string_view name, const std::optional<Decimal>& value) {
    if (value) append_field(fields, name, value->to_string());
}

std::string text_of(const std::vector<MarginTier>& tiers) {
    std::string text;
    for (const MarginTier& tier : tiers) {
        if (!text.empty()) text += ',';
        if (tier.end_volume) text += tier.end_volume->to_string();
        text += ':';
        if (tier.rate) text += tier.rate->to_string();
    }
    return text;
}

std::optional<Decimal> margin_rate_of(const InstrumentDetails& details) {
    if (!details.margin_tiers.empty()) return details.margin_tiers.front().rate;
    return details.default_margin_rate;
}

// What the size measures where it is neither units nor lots.
bool is_notional(std::string_view limit_type) { return limit_type == "NOTIONAL_CURRENCY"; }

void put_details(const InstrumentDetails& details, core::Instrument& record, std::string& fields) {
    const auto& lot = record.lot_size;
    record.trading_status = details.trading_status;
    record.min_qty = size_in_units(details.min_order_size, details.min_limit_type, lot);
    record.max_qty = size_in_units(details.max_order_size, details.max_limit_type, lot);
    if (const auto increment =
            size_in_units(details.min_order_size_increment, details.increment_limit_type, lot)) {
        record.qty_increment = increment;
    }
    record.margin_rate = margin_rate_of(details);
    append_field(fields, "margin_rate_type", details.margin_rate_type);
    if (details.margin_tiers.size() > 1) {
        append_field(fields, "margin_tiers", text_of(details.margin_tiers));
    }
    if (is_notional(details.max_limit_type)) {
        append_field(fields, "max_order_notional", details.max_order_size);
    }
    if (is_notional(details.min_limit_type)) {
        append_field(fields, "min_order_notional", details.min_order_size);
    }
}

void append_fields(const RestInstrument& instrument, std::string& fields) {
    append_field(fields, "first_currency", instrument.first_currency);
    append_field(fields, "pip_size", instrument.pip_size);
    append_field(fields, "underlying", instrument.underlying);
    append_field(fields, "product", instrument.product);
    append_field(fields, "asset_class", instrument.asset_class);
    append_field(fields, "maturity_date", instrument.maturity_date);
    append_field(fields, "last_trade_date", instrument.last_trade_date);
    append_field(fields, "settlement_type", instrument.settlement_type);
    append_field(fields, "currency_type", instrument.currency_type);
}

}  // namespace

bool is_tradable(const RestInstrument& instrument) { return instrument.type != "CURRENCY"; }

std::optional<Decimal> size_in_units(const std::optional<Decimal>& size,
                                     std::string_view limit_type,
                                     const std::optional<Decimal>& lot) {
    if (!size || limit_type.empty() || limit_type == "UNITS") return size;
    if (limit_type != "LOTS" || !lot) return std::nullopt;
    return size->times(*lot);
}

core::Instrument instrument_report(const RestInstrument& instrument,
                                   const InstrumentDetails* details, const ReportContext& context,
                                   std::string& fields) {
    fields.clear();
    core::Instrument record;
    record.request_id = context.request_id;
    record.channel = context.channel;
    std::string no_suffix;
    record.symbol = context.symbols.to_host(instrument.symbol, {}, no_suffix);
    record.description = instrument.description;
    record.security_type = instrument.type;
    record.currency = instrument.currency;
    record.contract_multiplier = instrument.multiplier;
    record.price_increment = instrument.price_increment;
    record.qty_increment = instrument.quantity_increment;
    record.lot_size = instrument.lot_size;
    record.trading_hours = instrument.trading_hours;
    append_fields(instrument, fields);
    if (details != nullptr) put_details(*details, record, fields);
    record.fields = fields;
    return record;
}

}  // namespace broker::dxtrade::rest
