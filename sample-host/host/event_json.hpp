// Events as JSON objects.
//
// Every object has `type` and, except for EventsLost, `account`; events of the adapter also have
// `event_seq_num` and `time`. Keys are those of the ABI records. Enums and reasons are names, sets
// of enums names with a space between, decimals strings with all their digits, times whole
// nanoseconds, named fields an object of their own; what is absent is left out.
#pragma once

#include <boost/json/object.hpp>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "broker/abi/broker.h"
#include "broker/sdk/lost_events.hpp"
#include "host/json_fields.hpp"
#include "host/json_object.hpp"

namespace broker::sample_host {

// What a record has beyond its header.
template <class Record>
[[nodiscard]] std::span<const JsonField<Record>> json_fields();

template <class Record>
[[nodiscard]] boost::json::object to_json(const Record& record) {
    JsonObject object{record.event};
    add_fields_of(object, record, json_fields<Record>());
    return object.get();
}
// An event of a type newer than this build.
[[nodiscard]] boost::json::object unknown_to_json(const broker_event_t& event);
[[nodiscard]] boost::json::object to_json(const sdk::LostEvents& lost);

// The keys that an event may have, by the name of its type; none for a type this build does not
// know.
[[nodiscard]] std::vector<std::string> keys_of_event(std::string_view type);

template <>
std::span<const JsonField<broker_session_event_t>> json_fields();
template <>
std::span<const JsonField<broker_execution_report_t>> json_fields();
template <>
std::span<const JsonField<broker_order_cancel_reject_t>> json_fields();
template <>
std::span<const JsonField<broker_snapshot_event_t>> json_fields();
template <>
std::span<const JsonField<broker_account_summary_t>> json_fields();
template <>
std::span<const JsonField<broker_venue_fault_t>> json_fields();
template <>
std::span<const JsonField<broker_position_report_t>> json_fields();
template <>
std::span<const JsonField<broker_trade_report_t>> json_fields();
template <>
std::span<const JsonField<broker_instrument_t>> json_fields();
template <>
std::span<const JsonField<broker_trading_session_status_t>> json_fields();
template <>
std::span<const JsonField<broker_request_done_t>> json_fields();
template <>
std::span<const JsonField<broker_quote_t>> json_fields();
template <>
std::span<const JsonField<broker_market_data_entry_t>> json_fields();
template <>
std::span<const JsonField<broker_market_data_status_t>> json_fields();
template <>
std::span<const JsonField<broker_order_list_status_t>> json_fields();
template <>
std::span<const JsonField<broker_cash_transfer_t>> json_fields();
template <>
std::span<const JsonField<broker_account_event_t>> json_fields();
template <>
std::span<const JsonField<broker_candle_t>> json_fields();
template <>
std::span<const JsonField<broker_conversion_rate_t>> json_fields();

}  // namespace broker::sample_host
