// Quotes and books.
#include "unit/sdk/answering_adapter.hpp"

namespace answering {
namespace {

void send_status(broker_adapter_t* adapter, std::uint64_t request_id, broker_str_t symbol,
                 broker_md_status_t status) {
    auto event = begin<broker_market_data_status_t>(BROKER_EVENT_MARKET_DATA_STATUS);
    event.status = status;
    event.request_id = request_id;
    event.symbol = symbol;
    send(adapter, event);
}

void send_entry(broker_adapter_t* adapter, const broker_market_data_request_t& request,
                broker_md_entry_type_t type, std::int64_t px) {
    auto entry = begin<broker_market_data_entry_t>(BROKER_EVENT_MARKET_DATA_ENTRY);
    entry.entry_type = type;
    entry.action = BROKER_MD_UPDATE_ACTION_NEW;
    entry.is_last = type == BROKER_MD_ENTRY_TYPE_OFFER ? 1 : 0;
    entry.is_snapshot = 1;
    entry.request_id = request.request_id;
    entry.symbol = request.symbol;
    entry.candle_type = request.candle_type;
    if (px != 0) entry.px = decimal(px, 5);
    send(adapter, entry);
}

broker_status_t subscribe(broker_adapter_t* adapter, const broker_market_data_request_t* request,
                          broker_error_t* error) {
    if (view(request->symbol) == "NONE") return not_supported(error);
    send_status(adapter, request->request_id, request->symbol, BROKER_MD_STATUS_LIVE);
    if (request->depth == BROKER_MARKET_DATA_TOP_OF_BOOK) {
        auto quote = begin<broker_quote_t>(BROKER_EVENT_QUOTE);
        quote.is_snapshot = 1;
        quote.request_id = request->request_id;
        quote.symbol = request->symbol;
        quote.bid_px = decimal(110'000, 5);
        quote.offer_px = decimal(110'002, 5);
        send(adapter, quote);
    } else {
        send_entry(adapter, *request, BROKER_MD_ENTRY_TYPE_EMPTY_BOOK, 0);
        send_entry(adapter, *request, BROKER_MD_ENTRY_TYPE_BID, 110'000);
        send_entry(adapter, *request, BROKER_MD_ENTRY_TYPE_OFFER, 110'002);
    }
    return BROKER_OK;
}

broker_status_t unsubscribe(broker_adapter_t* adapter, broker_str_t, std::uint64_t request_id,
                            broker_error_t*) {
    send_status(adapter, request_id, {}, BROKER_MD_STATUS_ENDED);
    return BROKER_OK;
}

}  // namespace

const void* find_market_data(std::string_view id) {
    static constexpr broker_market_data_t market_data{subscribe, unsubscribe};
    return id == BROKER_EXT_MARKET_DATA ? &market_data : nullptr;
}

}  // namespace answering
