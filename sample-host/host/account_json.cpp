// The account: its figures, its cash, its past.
#include "broker/sdk/text.hpp"
#include "host/event_json.hpp"

namespace broker::sample_host {

template <>
std::span<const JsonField<broker_account_summary_t>> json_fields() {
    using R = broker_account_summary_t;
    static constexpr JsonField<R> kFields[]{
        {"request_id", count(&R::request_id)},
        {"currency", &R::currency},
        {"balance", &R::balance},
        {"equity", &R::equity},
        {"margin", &R::margin},
        {"margin_free", &R::margin_free},
        {"open_pl", &R::open_pl},
        {"as_of", time(&R::as_of)},
        named_fields(&R::fields),
        {"total_pl", &R::total_pl},
        {"credit", &R::credit},
        {"available_funds", &R::available_funds},
        {"open_positions_count", count_if(&R::has_open_positions_count, &R::open_positions_count)},
        {"open_orders_count", count_if(&R::has_open_orders_count, &R::open_orders_count)},
        {"account_status", &R::account_status},
        {"version", count_unless_zero(&R::version)},
        {"channel", name(&R::channel, sdk::channel_name)},
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_account_event_t>> json_fields() {
    using R = broker_account_event_t;
    static constexpr JsonField<R> kFields[]{
        {"channel", name(&R::channel, sdk::channel_name)},
        {"request_id", count(&R::request_id)},
        {"event_type", &R::event_type},
        {"text", &R::text},
        {"threshold", &R::threshold},
        {"risk_level", &R::risk_level},
        {"transact_time", time(&R::transact_time)},
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_cash_transfer_t>> json_fields() {
    using R = broker_cash_transfer_t;
    static constexpr JsonField<R> kFields[]{
        {"request_id", count(&R::request_id)},
        {"transfer_id", &R::transfer_id},
        {"transaction_id", &R::transaction_id},
        {"transfer_type", &R::transfer_type},
        {"currency", &R::currency},
        {"comment", &R::comment},
        {"order_id", &R::order_id},
        {"cl_ord_id", &R::cl_ord_id},
        {"position_code", &R::position_code},
        {"value", &R::value},
        {"transact_time", time(&R::transact_time)},
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_conversion_rate_t>> json_fields() {
    using R = broker_conversion_rate_t;
    static constexpr JsonField<R> kFields[]{
        {"request_id", count(&R::request_id)},
        {"from_currency", &R::from_currency},
        {"to_currency", &R::to_currency},
        {"rate", &R::rate},
    };
    return kFields;
}

}  // namespace broker::sample_host
