// Answers to questions.
#include "broker/sdk/text.hpp"
#include "host/event_json.hpp"

namespace broker::sample_host {

template <>
std::span<const JsonField<broker_position_report_t>> json_fields() {
    using R = broker_position_report_t;
    static constexpr JsonField<R> kFields[]{
        {"channel", name(&R::channel, sdk::channel_name)},
        {"is_different", flag(&R::is_different)},
        {"request_id", count(&R::request_id)},
        {"symbol", &R::symbol},
        {"position_code", &R::position_code},
        {"currency", &R::currency},
        {"long_qty", &R::long_qty},
        {"short_qty", &R::short_qty},
        {"net_qty", &R::net_qty},
        {"avg_px", &R::avg_px},
        {"net_qty_from_fills", &R::net_qty_from_fills},
        {"as_of", time(&R::as_of)},
        named_fields(&R::fields),
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_trade_report_t>> json_fields() {
    using R = broker_trade_report_t;
    static constexpr JsonField<R> kFields[]{
        {"side", name(&R::side, sdk::side_name)},
        {"is_canceled", flag(&R::is_canceled)},
        {"request_id", count(&R::request_id)},
        {"trade_id", &R::trade_id},
        {"exec_id", &R::exec_id},
        {"order_id", &R::order_id},
        {"cl_ord_id", &R::cl_ord_id},
        {"symbol", &R::symbol},
        {"last_qty", &R::last_qty},
        {"last_px", &R::last_px},
        {"transact_time", time(&R::transact_time)},
        {"trade_date", &R::trade_date},
        named_fields(&R::fields),
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_instrument_t>> json_fields() {
    using R = broker_instrument_t;
    static constexpr JsonField<R> kFields[]{
        {"request_id", count(&R::request_id)},
        {"symbol", &R::symbol},
        {"description", &R::description},
        {"security_type", &R::security_type},
        {"currency", &R::currency},
        {"exchange", &R::exchange},
        {"contract_multiplier", &R::contract_multiplier},
        {"price_increment", &R::price_increment},
        {"qty_increment", &R::qty_increment},
        {"min_qty", &R::min_qty},
        {"max_qty", &R::max_qty},
        named_fields(&R::fields),
        {"lot_size", &R::lot_size},
        {"margin_rate", &R::margin_rate},
        {"trading_status", &R::trading_status},
        {"trading_hours", &R::trading_hours},
        {"channel", name(&R::channel, sdk::channel_name)},
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_trading_session_status_t>> json_fields() {
    using R = broker_trading_session_status_t;
    static constexpr JsonField<R> kFields[]{
        {"status", name(&R::status, sdk::trad_ses_status_name)},
        {"request_id", count(&R::request_id)},
        {"trading_session_id", &R::trading_session_id},
        {"symbol", &R::symbol},
        {"raw_status", &R::raw_status},
        {"text", &R::text},
        {"start_time", time(&R::start_time)},
        {"end_time", time(&R::end_time)},
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_request_done_t>> json_fields() {
    using R = broker_request_done_t;
    static constexpr JsonField<R> kFields[]{
        {"kind", name(&R::kind, sdk::query_kind_name)},
        reason(&R::reason),
        {"request_id", count(&R::request_id)},
        {"count", count(&R::count)},
        {"text", &R::text},
    };
    return kFields;
}

template <>
std::span<const JsonField<broker_venue_fault_t>> json_fields() {
    using R = broker_venue_fault_t;
    static constexpr JsonField<R> kFields[]{
        reason(&R::reason),
        {"channel", name(&R::channel, sdk::channel_name)},
        {"msg_seq_num", count_unless_zero(&R::msg_seq_num)},
        {"msg_type", &R::msg_type},
        {"cl_ord_id", &R::cl_ord_id},
        {"order_id", &R::order_id},
        {"exec_id", &R::exec_id},
        {"text", &R::text},
    };
    return kFields;
}

}  // namespace broker::sample_host
