// Quotes, books and candles.
#include "broker/sdk/text.hpp"
#include "host/event_json.hpp"

namespace broker::sample_host {

template <>
std::span<const JsonField<broker_quote_t>> json_fields() {
    using R = broker_quote_t;
    static constexpr JsonField<R> kFields[]{
        {"is_stale", flag(&R::is_stale)},
        {"is_snapshot", flag(&R::is_snapshot)},
        {"request_id", count(&R::request_id)},
        {"merged_count", count_unless_zero(&R::merged_count)},
        {"symbol", &R::symbol},
        {"bid_px", &R::bid_px},
        {"bid_size", &R::bid_size},
        {"offer_px", &R::offer_px},
        {"offer_size", &R::offer_size},
        {"venue_time", time(&R::venue_time)},
        {"received", time(&R::received)},
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_market_data_entry_t>> json_fields() {
    using R = broker_market_data_entry_t;
    static constexpr JsonField<R> kFields[]{
        {"entry_type", name(&R::entry_type, sdk::md_entry_type_name)},
        {"action", name(&R::action, sdk::md_update_action_name)},
        {"is_last", flag(&R::is_last)},
        {"is_snapshot", flag(&R::is_snapshot)},
        {"request_id", count(&R::request_id)},
        {"symbol", &R::symbol},
        {"entry_id", &R::entry_id},
        {"candle_type", &R::candle_type},
        {"px", &R::px},
        {"size", &R::size},
        {"venue_time", time(&R::venue_time)},
        {"received", time(&R::received)},
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_market_data_status_t>> json_fields() {
    using R = broker_market_data_status_t;
    static constexpr JsonField<R> kFields[]{
        {"status", name(&R::status, sdk::md_status_name)},
        reason(&R::reason),
        {"request_id", count(&R::request_id)},
        {"symbol", &R::symbol},
        {"text", &R::text},
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_candle_t>> json_fields() {
    using R = broker_candle_t;
    static constexpr JsonField<R> kFields[]{
        {"request_id", count(&R::request_id)},
        {"symbol", &R::symbol},
        {"candle_type", &R::candle_type},
        {"open_time", time(&R::open_time)},
        {"open_px", &R::open_px},
        {"high_px", &R::high_px},
        {"low_px", &R::low_px},
        {"close_px", &R::close_px},
        {"volume", &R::volume},
        {"is_forming", flag(&R::is_forming)},
    };
    return kFields;
}

}  // namespace broker::sample_host
