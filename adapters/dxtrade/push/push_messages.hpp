// Messages of the push API (reference section 12) as text and as records. Pure functions.
#pragma once

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "dxtrade/json/read_faults.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::push {

// What every message of ours carries.
struct Envelope {
    std::string_view request_id;  // unique in the session; empty: none
    std::string_view session;     // the token: the text that comes out is a secret
    core::UtcTime timestamp;
};

enum class AccountTopic { Portfolios, Metrics, Events, CashTransfers };

// AccountPortfoliosSubscriptionRequest and its like. No accounts: requestType ALL, else LIST.
[[nodiscard]] std::string subscribe_accounts(const Envelope& envelope, AccountTopic topic,
                                             std::span<const std::string> accounts);
[[nodiscard]] std::string subscribe_instruments(const Envelope& envelope,
                                                std::span<const std::string> types,
                                                std::span<const std::string> symbols);
[[nodiscard]] std::string subscribe_quotes(const Envelope& envelope, std::string_view account,
                                           std::span<const std::string> symbols);
[[nodiscard]] std::string subscribe_candles(const Envelope& envelope, std::string_view account,
                                            std::span<const std::string> symbols,
                                            std::string_view candle_type, core::UtcTime from);

enum class Topic { Portfolios, Metrics, Events, CashTransfers, Instruments, MarketData };
// `subscription`: the requestId of what ends.
[[nodiscard]] std::string unsubscribe(const Envelope& envelope, Topic topic,
                                      std::string_view subscription);

// The answer to PingRequest.
[[nodiscard]] std::string ping(const Envelope& envelope);

enum class PushMessageType {
    Unknown,  // by its name alone
    AccountPortfolios,
    AccountMetrics,
    AccountEvents,
    CashTransfers,
    Instruments,
    InstrumentDetails,
    MarketData,
    SubscriptionClosed,
    Reject,
    PingRequest,
    SessionClosed,
};

// A message of the venue; of the records only those of its type are there.
struct PushMessage {
    PushMessageType type = PushMessageType::Unknown;
    std::string name;         // `type` on the wire
    std::string in_reply_to;  // requestId of the subscription; empty: none
    std::optional<core::UtcTime> timestamp;
    std::vector<rest::Portfolio> portfolios;
    std::vector<rest::AccountMetrics> metrics;
    std::vector<rest::RestAccountEvent> account_events;
    std::vector<rest::RestCashTransfer> cash_transfers;
    std::vector<rest::RestInstrument> instruments;
    std::vector<rest::InstrumentDetails> instrument_details;
    rest::MarketDataEvents market_data;
    rest::RestError reject;  // status 0
};

// HttpResponseMalformed if the text is not JSON, or has no type.
[[nodiscard]] core::Result<PushMessage> push_message_from_json(std::string_view text,
                                                               json::ReadFaults& faults);

}  // namespace broker::dxtrade::push
