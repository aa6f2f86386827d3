// Events as JSON objects.
//
// Every object has `type` and, except for EventsLost, `account`; events of the adapter also have
// `event_seq_num` and `time`. Keys are those of the ABI records. Enums and reasons are names, sets
// of enums names with a space between, decimals strings with all their digits, times whole
// nanoseconds, named fields an object of their own; what is absent is left out.
#pragma once

#include <boost/json/object.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "broker/abi/broker.h"
#include "broker/sdk/lost_events.hpp"
#include "broker/sdk/status.hpp"
#include "host/json_object.hpp"

namespace broker::sample_host {

// Adds what a record has beyond its header.
void describe(JsonObject& object, const broker_session_event_t& event);
void describe(JsonObject& object, const broker_execution_report_t& report);
void describe(JsonObject& object, const broker_order_cancel_reject_t& reject);
void describe(JsonObject& object, const broker_snapshot_event_t& snapshot);
void describe(JsonObject& object, const broker_order_list_status_t& status);
void describe(JsonObject& object, const broker_account_summary_t& summary);
void describe(JsonObject& object, const broker_venue_fault_t& fault);
void describe(JsonObject& object, const broker_position_report_t& position);
void describe(JsonObject& object, const broker_trade_report_t& trade);
void describe(JsonObject& object, const broker_instrument_t& instrument);
void describe(JsonObject& object, const broker_trading_session_status_t& status);
void describe(JsonObject& object, const broker_request_done_t& done);
void describe(JsonObject& object, const broker_quote_t& quote);
void describe(JsonObject& object, const broker_market_data_entry_t& entry);
void describe(JsonObject& object, const broker_market_data_status_t& status);

template <class Record>
[[nodiscard]] boost::json::object to_json(const Record& record) {
    JsonObject object{record.event};
    describe(object, record);
    return object.get();
}
// An event of a type newer than this build.
[[nodiscard]] boost::json::object unknown_to_json(const broker_event_t& event);
[[nodiscard]] boost::json::object to_json(const sdk::LostEvents& lost);

// The keys that an event may have, by the name of its type; none for a type this build does not
// know.
[[nodiscard]] std::vector<std::string> keys_of_event(std::string_view type);

}  // namespace broker::sample_host
