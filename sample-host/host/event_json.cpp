#include "host/event_json.hpp"

#include "broker/sdk/text.hpp"

namespace broker::sample_host {
namespace {

template <class Record>
std::vector<std::string> keys_of(broker_event_type_t type) {
    Record record{};
    record.event.type = type;
    JsonObject object{record.event, JsonObject::Absent::Null};
    add_fields_of(object, record, json_fields<Record>());
    std::vector<std::string> keys;
    for (const auto& pair : object.get()) keys.emplace_back(pair.key());
    return keys;
}

constexpr JsonField<sdk::LostEvents> kLostEvents[]{
    {"session_events", count(&sdk::LostEvents::session_events)},
    {"account_summaries", count(&sdk::LostEvents::account_summaries)},
    {"positions", count(&sdk::LostEvents::positions)},
    {"trades", count(&sdk::LostEvents::trades)},
    {"instruments", count(&sdk::LostEvents::instruments)},
    {"trading_sessions", count(&sdk::LostEvents::trading_sessions)},
    {"cash_transfers", count(&sdk::LostEvents::cash_transfers)},
    {"venue_faults", count(&sdk::LostEvents::venue_faults)},
    {"quotes", count(&sdk::LostEvents::quotes)},
    {"market_data_entries", count(&sdk::LostEvents::market_data_entries)},
    {"unknown_events", count(&sdk::LostEvents::unknown_events)},
};

}  // namespace

boost::json::object unknown_to_json(const broker_event_t& event) {
    JsonObject object{event};
    object.add_number("type_code", event.type);
    return object.get();
}

boost::json::object to_json(const sdk::LostEvents& lost) {
    JsonObject object{"EventsLost"};
    add_fields_of<sdk::LostEvents>(object, lost, kLostEvents);
    return object.get();
}

std::vector<std::string> keys_of_event(std::string_view type) {
    struct Reader {
        broker_event_type_t type;
        std::vector<std::string> (*keys)(broker_event_type_t);
    };
    constexpr Reader kReaders[]{
        {BROKER_EVENT_SESSION, keys_of<broker_session_event_t>},
        {BROKER_EVENT_EXECUTION_REPORT, keys_of<broker_execution_report_t>},
        {BROKER_EVENT_ORDER_CANCEL_REJECT, keys_of<broker_order_cancel_reject_t>},
        {BROKER_EVENT_SNAPSHOT, keys_of<broker_snapshot_event_t>},
        {BROKER_EVENT_ACCOUNT_SUMMARY, keys_of<broker_account_summary_t>},
        {BROKER_EVENT_VENUE_FAULT, keys_of<broker_venue_fault_t>},
        {BROKER_EVENT_POSITION, keys_of<broker_position_report_t>},
        {BROKER_EVENT_TRADE, keys_of<broker_trade_report_t>},
        {BROKER_EVENT_INSTRUMENT, keys_of<broker_instrument_t>},
        {BROKER_EVENT_TRADING_SESSION, keys_of<broker_trading_session_status_t>},
        {BROKER_EVENT_REQUEST_DONE, keys_of<broker_request_done_t>},
        {BROKER_EVENT_QUOTE, keys_of<broker_quote_t>},
        {BROKER_EVENT_MARKET_DATA_ENTRY, keys_of<broker_market_data_entry_t>},
        {BROKER_EVENT_MARKET_DATA_STATUS, keys_of<broker_market_data_status_t>},
        {BROKER_EVENT_ORDER_LIST, keys_of<broker_order_list_status_t>},
        {BROKER_EVENT_CASH_TRANSFER, keys_of<broker_cash_transfer_t>},
        {BROKER_EVENT_ACCOUNT_EVENT, keys_of<broker_account_event_t>},
        {BROKER_EVENT_CANDLE, keys_of<broker_candle_t>},
        {BROKER_EVENT_CONVERSION_RATE, keys_of<broker_conversion_rate_t>},
    };
    for (const Reader& reader : kReaders) {
        if (sdk::event_type_name(reader.type) == type) return reader.keys(reader.type);
    }
    return {};
}

}  // namespace broker::sample_host
