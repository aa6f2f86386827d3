// The host's events of market data.
#include "abi/abi_records.hpp"
#include "abi/host_events.hpp"
#include "abi/record.hpp"
#include "broker/abi/market_data.h"

namespace broker::abi {

void HostEvents::on_quote(const core::Quote& quote) {
    auto record = begin<broker_quote_t>(BROKER_EVENT_QUOTE);
    record.is_stale = quote.is_stale ? 1 : 0;
    record.is_snapshot = quote.is_snapshot ? 1 : 0;
    record.request_id = quote.request_id;
    record.merged_count = quote.merged_count;
    record.symbol = str(quote.symbol);
    record.bid_px = to_abi(quote.bid_px);
    record.bid_size = to_abi(quote.bid_size);
    record.offer_px = to_abi(quote.offer_px);
    record.offer_size = to_abi(quote.offer_size);
    record.venue_time = to_abi(quote.venue_time);
    record.received = to_abi(quote.received);
    deliver(record.event);
}

void HostEvents::on_market_data_entry(const core::MarketDataEntry& entry) {
    auto record = begin<broker_market_data_entry_t>(BROKER_EVENT_MARKET_DATA_ENTRY);
    record.entry_type = value_of(entry.entry.type);
    record.action = value_of(entry.entry.action);
    record.is_last = entry.is_last ? 1 : 0;
    record.is_snapshot = entry.is_snapshot ? 1 : 0;
    record.request_id = entry.request_id;
    record.symbol = str(entry.symbol);
    record.entry_id = str(entry.entry.id);
    record.candle_type = str(entry.candle_type);
    record.px = to_abi(entry.entry.px);
    record.size = to_abi(entry.entry.size);
    record.venue_time = to_abi(entry.entry.time);
    record.received = to_abi(entry.received);
    deliver(record.event);
}

void HostEvents::on_market_data_status(const core::MarketDataStatus& status) {
    auto record = begin<broker_market_data_status_t>(BROKER_EVENT_MARKET_DATA_STATUS);
    record.status = value_of(status.status);
    record.reason = value_of(status.reason);
    record.request_id = status.request_id;
    record.symbol = str(status.symbol);
    record.text = str(status.text);
    deliver(record.event);
}

}  // namespace broker::abi
