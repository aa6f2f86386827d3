// The strings of each event record, beside event.account: what has to be copied with it.
#pragma once

#include <array>

#include "broker/abi/broker.h"

namespace broker::sdk::detail {

// Ids, names and named fields are never cut, since a cut id is another id; texts are for people and
// may lose their end.
template <class Record>
struct StringsOf;

template <>
struct StringsOf<broker_event_t> {
    static constexpr std::array<broker_str_t broker_event_t::*, 0> kIds{};
    static constexpr std::array<broker_str_t broker_event_t::*, 0> kTexts{};
};

template <>
struct StringsOf<broker_session_event_t> {
    static constexpr std::array kIds{&broker_session_event_t::reason_name,
                                     &broker_session_event_t::peer};
    static constexpr std::array kTexts{&broker_session_event_t::text,
                                       &broker_session_event_t::suggested_action};
};

template <>
struct StringsOf<broker_execution_report_t> {
    static constexpr std::array kIds{
        &broker_execution_report_t::cl_ord_id,      &broker_execution_report_t::orig_cl_ord_id,
        &broker_execution_report_t::order_id,       &broker_execution_report_t::exec_id,
        &broker_execution_report_t::exec_ref_id,    &broker_execution_report_t::symbol,
        &broker_execution_report_t::raw_exec_type,  &broker_execution_report_t::raw_ord_status,
        &broker_execution_report_t::list_id,        &broker_execution_report_t::secondary_order_id,
        &broker_execution_report_t::orig_order_id,  &broker_execution_report_t::ex_destination,
        &broker_execution_report_t::position_code,  &broker_execution_report_t::restatement_reason,
        &broker_execution_report_t::ord_rej_reason, &broker_execution_report_t::fields};
    static constexpr std::array kTexts{&broker_execution_report_t::text};
};

template <>
struct StringsOf<broker_order_cancel_reject_t> {
    static constexpr std::array kIds{
        &broker_order_cancel_reject_t::cl_ord_id, &broker_order_cancel_reject_t::orig_cl_ord_id,
        &broker_order_cancel_reject_t::order_id, &broker_order_cancel_reject_t::cxl_rej_reason,
        &broker_order_cancel_reject_t::fields};
    static constexpr std::array kTexts{&broker_order_cancel_reject_t::text};
};

template <>
struct StringsOf<broker_snapshot_event_t> {
    static constexpr std::array<broker_str_t broker_snapshot_event_t::*, 0> kIds{};
    static constexpr std::array<broker_str_t broker_snapshot_event_t::*, 0> kTexts{};
};

template <>
struct StringsOf<broker_account_summary_t> {
    static constexpr std::array kIds{&broker_account_summary_t::currency,
                                     &broker_account_summary_t::fields,
                                     &broker_account_summary_t::account_status};
    static constexpr std::array<broker_str_t broker_account_summary_t::*, 0> kTexts{};
};

template <>
struct StringsOf<broker_venue_fault_t> {
    static constexpr std::array kIds{
        &broker_venue_fault_t::msg_type, &broker_venue_fault_t::cl_ord_id,
        &broker_venue_fault_t::order_id, &broker_venue_fault_t::exec_id,
        &broker_venue_fault_t::reason_name};
    static constexpr std::array kTexts{&broker_venue_fault_t::text};
};

template <>
struct StringsOf<broker_position_report_t> {
    static constexpr std::array kIds{
        &broker_position_report_t::symbol, &broker_position_report_t::position_code,
        &broker_position_report_t::currency, &broker_position_report_t::fields};
    static constexpr std::array<broker_str_t broker_position_report_t::*, 0> kTexts{};
};

template <>
struct StringsOf<broker_trade_report_t> {
    static constexpr std::array kIds{
        &broker_trade_report_t::trade_id, &broker_trade_report_t::exec_id,
        &broker_trade_report_t::order_id, &broker_trade_report_t::cl_ord_id,
        &broker_trade_report_t::symbol,   &broker_trade_report_t::trade_date,
        &broker_trade_report_t::fields};
    static constexpr std::array<broker_str_t broker_trade_report_t::*, 0> kTexts{};
};

template <>
struct StringsOf<broker_instrument_t> {
    static constexpr std::array kIds{
        &broker_instrument_t::symbol,   &broker_instrument_t::security_type,
        &broker_instrument_t::currency, &broker_instrument_t::exchange,
        &broker_instrument_t::fields,   &broker_instrument_t::trading_status};
    static constexpr std::array kTexts{&broker_instrument_t::description,
                                       &broker_instrument_t::trading_hours};
};

template <>
struct StringsOf<broker_trading_session_status_t> {
    static constexpr std::array kIds{&broker_trading_session_status_t::trading_session_id,
                                     &broker_trading_session_status_t::symbol,
                                     &broker_trading_session_status_t::raw_status};
    static constexpr std::array kTexts{&broker_trading_session_status_t::text};
};

template <>
struct StringsOf<broker_request_done_t> {
    static constexpr std::array<broker_str_t broker_request_done_t::*, 0> kIds{};
    static constexpr std::array kTexts{&broker_request_done_t::text};
};

template <>
struct StringsOf<broker_quote_t> {
    static constexpr std::array kIds{&broker_quote_t::symbol};
    static constexpr std::array<broker_str_t broker_quote_t::*, 0> kTexts{};
};

template <>
struct StringsOf<broker_market_data_entry_t> {
    static constexpr std::array kIds{&broker_market_data_entry_t::symbol,
                                     &broker_market_data_entry_t::entry_id,
                                     &broker_market_data_entry_t::candle_type};
    static constexpr std::array<broker_str_t broker_market_data_entry_t::*, 0> kTexts{};
};

template <>
struct StringsOf<broker_market_data_status_t> {
    static constexpr std::array kIds{&broker_market_data_status_t::symbol};
    static constexpr std::array kTexts{&broker_market_data_status_t::text};
};

template <>
struct StringsOf<broker_order_list_status_t> {
    static constexpr std::array kIds{&broker_order_list_status_t::list_id,
                                     &broker_order_list_status_t::raw_status};
    static constexpr std::array kTexts{&broker_order_list_status_t::text};
};

template <>
struct StringsOf<broker_cash_transfer_t> {
    static constexpr std::array kIds{
        &broker_cash_transfer_t::transfer_id,   &broker_cash_transfer_t::transaction_id,
        &broker_cash_transfer_t::transfer_type, &broker_cash_transfer_t::currency,
        &broker_cash_transfer_t::order_id,      &broker_cash_transfer_t::cl_ord_id,
        &broker_cash_transfer_t::position_code};
    static constexpr std::array kTexts{&broker_cash_transfer_t::comment};
};

template <>
struct StringsOf<broker_account_event_t> {
    static constexpr std::array kIds{&broker_account_event_t::event_type};
    static constexpr std::array kTexts{&broker_account_event_t::text};
};

template <>
struct StringsOf<broker_candle_t> {
    static constexpr std::array kIds{&broker_candle_t::symbol, &broker_candle_t::candle_type};
    static constexpr std::array<broker_str_t broker_candle_t::*, 0> kTexts{};
};

template <>
struct StringsOf<broker_conversion_rate_t> {
    static constexpr std::array kIds{&broker_conversion_rate_t::from_currency,
                                     &broker_conversion_rate_t::to_currency};
    static constexpr std::array<broker_str_t broker_conversion_rate_t::*, 0> kTexts{};
};

}  // namespace broker::sdk::detail
