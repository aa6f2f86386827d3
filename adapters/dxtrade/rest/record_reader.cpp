#include "dxtrade/rest/record_reader.hpp"

#include <algorithm>
#include <string>

#include "dxtrade/json/json_reader.hpp"
#include "dxtrade/rest/record_fields.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Result;
using json::Document;
using json::Place;

core::Error without(std::string_view name, std::string_view what) {
    return core::fail(core::Reason::HttpResponseMalformed,
                      "expected \"" + std::string{name} + "\", found " + std::string{what});
}

// Calls `read(ObjectReader&)` with the object around everything, which has an array of that name.
template <class Read>
Result<void> read_envelope(std::string_view text, std::string_view name, ReadFaults& faults,
                           Read&& read) {
    const Result<Document> document = json::document_from_json(text);
    if (!document) return document.error();
    const json::Value root = document->root();
    if (root.kind() != json::Kind::Object) return without(name, json::shown(root));
    const auto list = root.find(name);
    if (!list) return without(name, "an object without it");
    if (list->kind() != json::Kind::Array) return without(name, json::shown(*list));
    const Place place;
    ObjectReader reader{root, place, faults};
    read(reader);
    return {};
}

template <class Record>
Result<std::vector<Record>> records_of(std::string_view text, std::string_view name,
                                       Record (*read)(ObjectReader&), ReadFaults& faults) {
    std::vector<Record> records;
    const Result<void> envelope = read_envelope(
        text, name, faults, [&](ObjectReader& object) { read_list(object, name, read, records); });
    if (!envelope) return envelope.error();
    return records;
}

OrderResponse read_order_response(ObjectReader& object) {
    return {object.id("orderId"), object.id("updateOrderId")};
}

// Calls `read(ObjectReader&)` for each object of an array around everything.
template <class Read>
void each_of(const json::Value& array, ReadFaults& faults, Read&& read) {
    const Place top;
    std::size_t index = 0;
    for (const json::Value element : array) {
        const Place place{top, index++};
        if (element.kind() == json::Kind::Object) {
            ObjectReader reader{element, place, faults};
            read(reader);
        } else {
            faults.add(core::Reason::FieldUnreadable,
                       place.text() + ": expected an object, found " + json::shown(element));
        }
    }
}

bool is_blank(std::string_view text) {
    return text.find_first_not_of(" \t\r\n") == std::string_view::npos;
}

}  // namespace

Result<OrderPage> orders_from_json(std::string_view text, ReadFaults& faults) {
    OrderPage page;
    const Result<void> envelope = read_envelope(text, "orders", faults, [&](ObjectReader& object) {
        page.has_all_orders = read_list(object, "orders", &read_order, page.orders);
        page.next_page_transaction_time = object.text("nextPageTransactionTime");
    });
    if (!envelope) return envelope.error();
    const auto is_nameless = [](const RestOrder& order) {
        return order.order_id.empty() && order.client_order_id.empty();
    };
    if (std::any_of(page.orders.begin(), page.orders.end(), is_nameless)) {
        page.has_all_orders = false;
    }
    return page;
}

Result<std::vector<Portfolio>> portfolios_from_json(std::string_view text, ReadFaults& faults) {
    return records_of(text, "portfolios", &read_portfolio, faults);
}

Result<std::vector<RestPosition>> positions_from_json(std::string_view text, ReadFaults& faults) {
    return records_of(text, "positions", &read_position, faults);
}

Result<std::vector<AccountMetrics>> metrics_from_json(std::string_view text, ReadFaults& faults) {
    return records_of(text, "metrics", &read_metrics, faults);
}

Result<std::vector<RestCashTransfer>> cash_transfers_from_json(std::string_view text,
                                                               ReadFaults& faults) {
    return records_of(text, "cashTransfers", &read_cash_transfer, faults);
}

Result<std::vector<RestAccountEvent>> account_events_from_json(std::string_view text,
                                                               ReadFaults& faults) {
    return records_of(text, "accountEvents", &read_account_event, faults);
}

Result<std::vector<UserDetails>> users_from_json(std::string_view text, ReadFaults& faults) {
    return records_of(text, "userDetails", &read_user, faults);
}

Result<std::vector<RestInstrument>> instruments_from_json(std::string_view text,
                                                          ReadFaults& faults) {
    return records_of(text, "instruments", &read_instrument, faults);
}

Result<std::vector<InstrumentDetails>> instrument_details_from_json(std::string_view text,
                                                                    ReadFaults& faults) {
    auto details = records_of(text, "instrumentDetails", &read_instrument_details, faults);
    if (details) return details;
    auto same = records_of(text, "instruments", &read_instrument_details, faults);
    return same ? std::move(same) : std::move(details);
}

Result<MarketDataEvents> market_data_from_json(std::string_view text, ReadFaults& faults) {
    MarketDataEvents events;
    const Result<void> envelope = read_envelope(text, "events", faults, [&](ObjectReader& object) {
        object.each("events", [&](ObjectReader& event) { read_market_data_event(event, events); });
    });
    if (!envelope) return envelope.error();
    return events;
}

Result<std::vector<RestConversionRate>> conversion_rates_from_json(std::string_view text,
                                                                   ReadFaults& faults) {
    return records_of(text, "conversionRates", &read_conversion_rate, faults);
}

Result<std::vector<OrderResponse>> order_responses_from_json(std::string_view text,
                                                             std::size_t expected,
                                                             ReadFaults& faults) {
    std::vector<OrderResponse> responses;
    if (is_blank(text)) return responses;
    const Result<Document> document = json::document_from_json(text);
    if (!document) return document.error();
    const json::Value root = document->root();
    const auto add = [&](ObjectReader& object) {
        responses.push_back(read_order_response(object));
    };
    if (root.kind() == json::Kind::Array) {
        each_of(root, faults, add);
    } else if (root.kind() == json::Kind::Object) {
        const Place place;
        ObjectReader reader{root, place, faults};
        if (reader.find("orderResponses")) {
            reader.each("orderResponses", add);
        } else if (reader.find("orderId") || reader.find("updateOrderId")) {
            add(reader);
        }
    } else {
        return without("orderId", json::shown(root));
    }
    if (!responses.empty() && responses.size() != expected) {
        faults.add(core::Reason::FieldMissing, "orderResponses: expected " +
                                                   std::to_string(expected) + ", found " +
                                                   std::to_string(responses.size()));
    }
    return responses;
}

}  // namespace broker::dxtrade::rest
