#include "dxtrade/push/push_messages.hpp"

#include <array>

#include "dxtrade/json/json_reader.hpp"
#include "dxtrade/json/json_writer.hpp"
#include "dxtrade/json/object_reader.hpp"
#include "dxtrade/json/scalars.hpp"
#include "dxtrade/rest/history.hpp"
#include "dxtrade/rest/record_fields.hpp"

namespace broker::dxtrade::push {
namespace {

using json::ObjectReader;
using json::Writer;

// The word that the names of a topic's messages begin with.
std::string_view word_of(Topic topic) {
    switch (topic) {
        case Topic::Portfolios:
            return "AccountPortfolios";
        case Topic::Metrics:
            return "AccountMetrics";
        case Topic::Events:
            return "AccountEvents";
        case Topic::CashTransfers:
            return "CashTransfers";
        case Topic::Instruments:
            return "Instrument";
        case Topic::MarketData:
            return "MarketData";
    }
    return {};
}

Topic topic_of(AccountTopic topic) {
    switch (topic) {
        case AccountTopic::Portfolios:
            return Topic::Portfolios;
        case AccountTopic::Metrics:
            return Topic::Metrics;
        case AccountTopic::Events:
            return Topic::Events;
        case AccountTopic::CashTransfers:
            return Topic::CashTransfers;
    }
    return {};
}

void begin_message(std::string_view type, const Envelope& envelope, Writer& writer) {
    writer.begin_object().member("type", type);
    if (!envelope.request_id.empty()) writer.member("requestId", envelope.request_id);
    if (!envelope.session.empty()) writer.member("session", envelope.session);
    writer.member("timestamp", rest::timestamp_text(envelope.timestamp));
}

void begin_subscription(Topic topic, const Envelope& envelope, Writer& writer) {
    begin_message(std::string{word_of(topic)} + "SubscriptionRequest", envelope, writer);
    writer.key("payload").begin_object();
}

void write_texts(std::string_view name, std::span<const std::string> texts, Writer& writer) {
    writer.key(name).begin_array();
    for (const std::string& text : texts) writer.text(text);
    writer.end_array();
}

// Up to the members of the one event type.
void begin_market_data(const Envelope& envelope, std::string_view account,
                       std::span<const std::string> symbols, std::string_view event_type,
                       Writer& writer) {
    begin_subscription(Topic::MarketData, envelope, writer);
    if (!account.empty()) writer.member("account", account);
    write_texts("symbols", symbols, writer);
    writer.key("eventTypes").begin_array().begin_object().member("type", event_type);
}

std::string end_market_data(Writer& writer) {
    writer.member("format", "COMPACT").end_object().end_array().end_object().end_object();
    return writer.take();
}

// Reads what the payload has for one type of message.
using ReadPayload = void (*)(ObjectReader& payload, PushMessage& message);

template <auto Member, auto Read>
void read_records(std::string_view name, ObjectReader& payload, PushMessage& message) {
    if (!payload.find(name)) payload.missing(name);
    rest::read_list(payload, name, Read, message.*Member);
}

void read_portfolios(ObjectReader& payload, PushMessage& message) {
    read_records<&PushMessage::portfolios, &rest::read_portfolio>("portfolios", payload, message);
}
void read_metrics(ObjectReader& payload, PushMessage& message) {
    read_records<&PushMessage::metrics, &rest::read_metrics>("metrics", payload, message);
}
void read_events(ObjectReader& payload, PushMessage& message) {
    read_records<&PushMessage::account_events, &rest::read_account_event>("accountEvents", payload,
                                                                          message);
}
void read_transfers(ObjectReader& payload, PushMessage& message) {
    read_records<&PushMessage::cash_transfers, &rest::read_cash_transfer>("cashTransfers", payload,
                                                                          message);
}
void read_instruments(ObjectReader& payload, PushMessage& message) {
    read_records<&PushMessage::instruments, &rest::read_instrument>("instruments", payload,
                                                                    message);
}
void read_details(ObjectReader& payload, PushMessage& message) {
    const std::string_view name =
        payload.find("instrumentDetails") ? "instrumentDetails" : "instruments";
    read_records<&PushMessage::instrument_details, &rest::read_instrument_details>(name, payload,
                                                                                   message);
}
void read_market_data(ObjectReader& payload, PushMessage& message) {
    if (!payload.find("events")) payload.missing("events");
    payload.each("events", [&](ObjectReader& event) {
        rest::read_market_data_event(event, message.market_data);
    });
}
void read_reject(ObjectReader& payload, PushMessage& message) {
    message.reject.error_code = json::clipped(payload.id("errorCode"), 20);
    message.reject.description = json::clipped(payload.text("description"), 200);
}

struct Entry {
    std::string_view name;
    PushMessageType type;
    ReadPayload read;  // null: nothing in it matters
};
constexpr std::array<Entry, 10> kEntries{
    {{"AccountPortfolios", PushMessageType::AccountPortfolios, &read_portfolios},
     {"AccountMetrics", PushMessageType::AccountMetrics, &read_metrics},
     {"AccountEvents", PushMessageType::AccountEvents, &read_events},
     {"CashTransfers", PushMessageType::CashTransfers, &read_transfers},
     {"Instruments", PushMessageType::Instruments, &read_instruments},
     {"InstrumentDetails", PushMessageType::InstrumentDetails, &read_details},
     {"MarketData", PushMessageType::MarketData, &read_market_data},
     {"Reject", PushMessageType::Reject, &read_reject},
     {"PingRequest", PushMessageType::PingRequest, nullptr},
     {"SessionClosed", PushMessageType::SessionClosed, nullptr}}};

void read_payload(ObjectReader& reader, ReadPayload read, PushMessage& message) {
    if (reader.object("payload", [&](ObjectReader& payload) { read(payload, message); })) return;
    if (!reader.find("payload")) reader.missing("payload");
}

void read_by_name(ObjectReader& reader, PushMessage& message) {
    for (const Entry& entry : kEntries) {
        if (entry.name != message.name) continue;
        message.type = entry.type;
        if (entry.read != nullptr) read_payload(reader, entry.read, message);
        return;
    }
    if (message.name.ends_with("SubscriptionClosed")) {
        message.type = PushMessageType::SubscriptionClosed;
    }
}

}  // namespace

std::string subscribe_accounts(const Envelope& envelope, AccountTopic topic,
                               std::span<const std::string> accounts) {
    Writer writer;
    begin_subscription(topic_of(topic), envelope, writer);
    writer.member("requestType", accounts.empty() ? "ALL" : "LIST");
    if (!accounts.empty()) write_texts("accounts", accounts, writer);
    if (topic == AccountTopic::Metrics) writer.member("includePositions", "true");
    writer.end_object().end_object();
    return writer.take();
}

std::string subscribe_instruments(const Envelope& envelope, std::span<const std::string> types,
                                  std::span<const std::string> symbols) {
    Writer writer;
    begin_subscription(Topic::Instruments, envelope, writer);
    if (!types.empty()) write_texts("types", types, writer);
    if (!symbols.empty()) write_texts("instruments", symbols, writer);
    writer.end_object().end_object();
    return writer.take();
}

std::string subscribe_quotes(const Envelope& envelope, std::string_view account,
                             std::span<const std::string> symbols) {
    Writer writer;
    begin_market_data(envelope, account, symbols, "Quote", writer);
    return end_market_data(writer);
}

std::string subscribe_candles(const Envelope& envelope, std::string_view account,
                              std::span<const std::string> symbols, std::string_view candle_type,
                              core::UtcTime from) {
    Writer writer;
    begin_market_data(envelope, account, symbols, "Candle", writer);
    writer.member("candleType", candle_type).member("fromTime", rest::timestamp_text(from));
    return end_market_data(writer);
}

std::string unsubscribe(const Envelope& envelope, Topic topic, std::string_view subscription) {
    Writer writer;
    begin_message(std::string{word_of(topic)} + "CloseSubscriptionRequest", envelope, writer);
    writer.member("refRequestId", subscription).end_object();
    return writer.take();
}

std::string ping(const Envelope& envelope) {
    Writer writer;
    begin_message("Ping", envelope, writer);
    writer.end_object();
    return writer.take();
}

core::Result<PushMessage> push_message_from_json(std::string_view text, json::ReadFaults& faults) {
    const auto document = json::document_from_json(text);
    if (!document) return document.error();
    const auto malformed = [](std::string_view what) {
        return core::fail(core::Reason::HttpResponseMalformed,
                          "expected an object with \"type\", found " + std::string{what});
    };
    const json::Value root = document->root();
    if (root.kind() != json::Kind::Object) return malformed(json::shown(root));
    const json::Place place;
    ObjectReader reader{root, place, faults};
    PushMessage message;
    message.name = json::clipped(reader.text("type"), 80);
    if (message.name.empty()) return malformed("one without");
    message.in_reply_to = reader.id("inReplyTo");
    message.timestamp = reader.timestamp("timestamp");
    read_by_name(reader, message);
    return message;
}

}  // namespace broker::dxtrade::push
