#include "host/event_json.hpp"

#include "broker/sdk/text.hpp"

namespace broker::sample_host {
namespace {

template <class Record>
std::vector<std::string> keys_of(broker_event_type_t type) {
    Record record{};
    record.event.type = type;
    JsonObject object{record.event, JsonObject::Absent::Null};
    describe(object, record);
    std::vector<std::string> keys;
    for (const auto& pair : object.get()) keys.emplace_back(pair.key());
    return keys;
}

}  // namespace

void describe(JsonObject& object, const broker_quote_t& quote) {
    object.add_flag("is_stale", quote.is_stale);
    object.add_flag("is_snapshot", quote.is_snapshot);
    object.add_count("request_id", quote.request_id);
    object.add_count_unless_zero("merged_count", quote.merged_count);
    object.add("symbol", quote.symbol);
    object.add("bid_px", quote.bid_px);
    object.add("bid_size", quote.bid_size);
    object.add("offer_px", quote.offer_px);
    object.add("offer_size", quote.offer_size);
    object.add_time("venue_time", quote.venue_time);
    object.add_time("received", quote.received);
}

void describe(JsonObject& object, const broker_market_data_entry_t& entry) {
    object.add("entry_type", sdk::md_entry_type_name(entry.entry_type));
    object.add("action", sdk::md_update_action_name(entry.action));
    object.add_flag("is_last", entry.is_last);
    object.add_flag("is_snapshot", entry.is_snapshot);
    object.add_count("request_id", entry.request_id);
    object.add("symbol", entry.symbol);
    object.add("entry_id", entry.entry_id);
    object.add("candle_type", entry.candle_type);
    object.add("px", entry.px);
    object.add("size", entry.size);
    object.add_time("venue_time", entry.venue_time);
    object.add_time("received", entry.received);
}

void describe(JsonObject& object, const broker_market_data_status_t& status) {
    object.add("status", sdk::md_status_name(status.status));
    object.add_reason(status.reason);
    object.add_count("request_id", status.request_id);
    object.add("symbol", status.symbol);
    object.add("text", status.text);
}

boost::json::object unknown_to_json(const broker_event_t& event) {
    JsonObject object{event};
    object.add_number("type_code", event.type);
    return object.get();
}

boost::json::object to_json(const sdk::LostEvents& lost) {
    JsonObject object{"EventsLost"};
    object.add_count("session_events", lost.session_events);
    object.add_count("account_summaries", lost.account_summaries);
    object.add_count("positions", lost.positions);
    object.add_count("trades", lost.trades);
    object.add_count("instruments", lost.instruments);
    object.add_count("trading_sessions", lost.trading_sessions);
    object.add_count("venue_faults", lost.venue_faults);
    object.add_count("quotes", lost.quotes);
    object.add_count("market_data_entries", lost.market_data_entries);
    object.add_count("unknown_events", lost.unknown_events);
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
    };
    for (const Reader& reader : kReaders) {
        if (sdk::event_type_name(reader.type) == type) return reader.keys(reader.type);
    }
    return {};
}

}  // namespace broker::sample_host
