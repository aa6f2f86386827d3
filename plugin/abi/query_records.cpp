#include "abi/query_records.hpp"

#include <limits>

#include "abi/field_reader.hpp"

namespace broker::abi {
namespace {

using core::QueryKind;
using core::Result;

// Which fields a kind of question reads.
struct QueryFields {
    bool has_order = false;
    bool has_symbol = false;
    bool has_range = false;
    bool has_max_answers = false;
};

constexpr QueryFields fields_of(QueryKind kind) {
    switch (kind) {
        case QueryKind::OrderStatus:
            return {.has_order = true};
        case QueryKind::Trades:
            return {.has_order = true, .has_symbol = true, .has_range = true};
        case QueryKind::OrderHistory:
        case QueryKind::Candles:
            return {.has_symbol = true, .has_range = true, .has_max_answers = true};
        case QueryKind::CashTransfers:
        case QueryKind::AccountEvents:
            return {.has_range = true, .has_max_answers = true};
        case QueryKind::AccountSummary:
        case QueryKind::ConversionRates:
            return {};
        default:
            return {.has_symbol = true};
    }
}

void refuse_others(const broker_query_t& query, QueryKind kind, FieldReader& read) {
    const QueryFields fields = fields_of(kind);
    read.require(fields.has_order || query.cl_ord_id.size == 0, "cl_ord_id", "empty");
    read.require(fields.has_symbol || query.symbol.size == 0, "symbol", "empty");
    read.require(fields.has_range || (query.from == 0 && query.to == 0), "from", "no time range");
    read.require(fields.has_max_answers || query.max_answers == 0, "max_answers", "0");
    read.require(kind == QueryKind::Candles || query.candle_type.size == 0, "candle_type", "empty");
    read.require(kind == QueryKind::ConversionRates || query.currency.size == 0, "currency",
                 "empty");
}

// A text that one kind of question must have, and others may have.
template <class Id>
Result<Id> read_id_if(bool is_needed, std::string_view field, broker_str_t text) {
    return is_needed ? read_id<Id>(field, text) : read_optional_id<Id>(field, text);
}

}  // namespace

Result<core::Query> to_core(const broker_query_t& query, QueryKind kind) {
    constexpr std::uint64_t kMost = std::numeric_limits<std::uint32_t>::max();
    const bool is_candles = kind == QueryKind::Candles;
    core::Query result;
    FieldReader read;
    result.kind = kind;
    result.request_id = query.request_id;
    read.require_zero(query.must_be_zero);
    read.require(query.request_id != 0, "request_id", "not 0");
    refuse_others(query, kind, read);
    read(result.symbol, read_id_if<core::Symbol>(is_candles, "symbol", query.symbol));
    read(result.cl_ord_id,
         read_id_if<core::ClOrdID>(kind == QueryKind::OrderStatus, "cl_ord_id", query.cl_ord_id));
    read(result.candle_type, read_id_if<decltype(core::Query::candle_type)>(
                                 is_candles, "candle_type", query.candle_type));
    read(result.currency,
         read_optional_id<decltype(core::Query::currency)>("currency", query.currency));
    read(result.from, read_time("from", query.from));
    read(result.to, read_time("to", query.to));
    read.require(!is_candles || result.from, "from", "the time of the first candle");
    read.require(!result.from || !result.to || *result.from < *result.to, "to",
                 "a time after from");
    read.require(query.max_answers <= kMost, "max_answers", "at most " + std::to_string(kMost));
    result.max_answers = static_cast<std::uint32_t>(query.max_answers);
    return read.finish(result);
}

}  // namespace broker::abi
