// Names of the enums of all other events and answers (see names.hpp).
#pragma once

#include <array>
#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/name_table.hpp"

namespace broker::sdk {

namespace names {

inline constexpr std::array kAccountStates{
    Name{BROKER_ACCOUNT_STATE_UNSPECIFIED, "Unspecified"},
    Name{BROKER_ACCOUNT_STATE_OFFLINE, "Offline"},
    Name{BROKER_ACCOUNT_STATE_CONNECTING, "Connecting"},
    Name{BROKER_ACCOUNT_STATE_LOGGED_ON, "LoggedOn"},
    Name{BROKER_ACCOUNT_STATE_RECONCILING, "Reconciling"},
    Name{BROKER_ACCOUNT_STATE_READY, "Ready"},
    Name{BROKER_ACCOUNT_STATE_DRAINING, "Draining"},
    Name{BROKER_ACCOUNT_STATE_STOPPED, "Stopped"},
    Name{BROKER_ACCOUNT_STATE_SUSPENDED, "Suspended"},
};

inline constexpr std::array kChannels{
    Name{BROKER_CHANNEL_UNSPECIFIED, "Unspecified"},
    Name{BROKER_CHANNEL_FIX_TRADING, "FixTrading"},
    Name{BROKER_CHANNEL_FIX_MARKET_DATA, "FixMarketData"},
    Name{BROKER_CHANNEL_FIX_DROP_COPY, "FixDropCopy"},
    Name{BROKER_CHANNEL_REST, "Rest"},
    Name{BROKER_CHANNEL_PUSH, "Push"},
    Name{BROKER_CHANNEL_PUSH_MARKET_DATA, "PushMarketData"},
};

inline constexpr std::array kCircuitStates{
    Name{BROKER_CIRCUIT_STATE_UNSPECIFIED, "Unspecified"},
    Name{BROKER_CIRCUIT_STATE_CLOSED, "Closed"},
    Name{BROKER_CIRCUIT_STATE_OPEN, "Open"},
    Name{BROKER_CIRCUIT_STATE_HALF_OPEN, "HalfOpen"},
};

inline constexpr std::array kSnapshotPhases{
    Name{BROKER_SNAPSHOT_PHASE_UNSPECIFIED, "Unspecified"},
    Name{BROKER_SNAPSHOT_PHASE_BEGIN, "Begin"},
    Name{BROKER_SNAPSHOT_PHASE_END, "End"},
};

inline constexpr std::array kEventTypes{
    Name{BROKER_EVENT_UNSPECIFIED, "Unspecified"},
    Name{BROKER_EVENT_SESSION, "Session"},
    Name{BROKER_EVENT_EXECUTION_REPORT, "ExecutionReport"},
    Name{BROKER_EVENT_ORDER_CANCEL_REJECT, "OrderCancelReject"},
    Name{BROKER_EVENT_SNAPSHOT, "Snapshot"},
    Name{BROKER_EVENT_ACCOUNT_SUMMARY, "AccountSummary"},
    Name{BROKER_EVENT_VENUE_FAULT, "VenueFault"},
    Name{BROKER_EVENT_POSITION, "Position"},
    Name{BROKER_EVENT_TRADE, "Trade"},
    Name{BROKER_EVENT_INSTRUMENT, "Instrument"},
    Name{BROKER_EVENT_TRADING_SESSION, "TradingSession"},
    Name{BROKER_EVENT_REQUEST_DONE, "RequestDone"},
    Name{BROKER_EVENT_QUOTE, "Quote"},
    Name{BROKER_EVENT_MARKET_DATA_ENTRY, "MarketDataEntry"},
    Name{BROKER_EVENT_MARKET_DATA_STATUS, "MarketDataStatus"},
    Name{BROKER_EVENT_ORDER_LIST, "OrderList"},
    Name{BROKER_EVENT_CASH_TRANSFER, "CashTransfer"},
    Name{BROKER_EVENT_ACCOUNT_EVENT, "AccountEvent"},
    Name{BROKER_EVENT_CANDLE, "Candle"},
    Name{BROKER_EVENT_CONVERSION_RATE, "ConversionRate"},
};

inline constexpr std::array kQueryKinds{
    Name{BROKER_QUERY_KIND_UNSPECIFIED, "Unspecified"},
    Name{BROKER_QUERY_KIND_ORDER_STATUS, "OrderStatus"},
    Name{BROKER_QUERY_KIND_MASS_STATUS, "MassStatus"},
    Name{BROKER_QUERY_KIND_POSITIONS, "Positions"},
    Name{BROKER_QUERY_KIND_ACCOUNT_SUMMARY, "AccountSummary"},
    Name{BROKER_QUERY_KIND_TRADES, "Trades"},
    Name{BROKER_QUERY_KIND_INSTRUMENTS, "Instruments"},
    Name{BROKER_QUERY_KIND_TRADING_SESSION_STATUS, "TradingSessionStatus"},
    Name{BROKER_QUERY_KIND_ORDER_HISTORY, "OrderHistory"},
    Name{BROKER_QUERY_KIND_CASH_TRANSFERS, "CashTransfers"},
    Name{BROKER_QUERY_KIND_ACCOUNT_EVENTS, "AccountEvents"},
    Name{BROKER_QUERY_KIND_CANDLES, "Candles"},
    Name{BROKER_QUERY_KIND_CONVERSION_RATES, "ConversionRates"},
};

inline constexpr std::array kTradSesStatuses{
    Name{BROKER_TRAD_SES_STATUS_UNSPECIFIED, "Unspecified"},
    Name{BROKER_TRAD_SES_STATUS_HALTED, "Halted"},
    Name{BROKER_TRAD_SES_STATUS_OPEN, "Open"},
    Name{BROKER_TRAD_SES_STATUS_CLOSED, "Closed"},
    Name{BROKER_TRAD_SES_STATUS_PRE_OPEN, "PreOpen"},
    Name{BROKER_TRAD_SES_STATUS_PRE_CLOSE, "PreClose"},
    Name{BROKER_TRAD_SES_STATUS_REQUEST_REJECTED, "RequestRejected"},
};

inline constexpr std::array kMDEntryTypes{
    Name{BROKER_MD_ENTRY_TYPE_UNSPECIFIED, "Unspecified"},
    Name{BROKER_MD_ENTRY_TYPE_BID, "Bid"},
    Name{BROKER_MD_ENTRY_TYPE_OFFER, "Offer"},
    Name{BROKER_MD_ENTRY_TYPE_TRADE, "Trade"},
    Name{BROKER_MD_ENTRY_TYPE_OPENING_PRICE, "OpeningPrice"},
    Name{BROKER_MD_ENTRY_TYPE_CLOSING_PRICE, "ClosingPrice"},
    Name{BROKER_MD_ENTRY_TYPE_HIGH_PRICE, "HighPrice"},
    Name{BROKER_MD_ENTRY_TYPE_LOW_PRICE, "LowPrice"},
    Name{BROKER_MD_ENTRY_TYPE_EMPTY_BOOK, "EmptyBook"},
};

inline constexpr std::array kMDUpdateActions{
    Name{BROKER_MD_UPDATE_ACTION_UNSPECIFIED, "Unspecified"},
    Name{BROKER_MD_UPDATE_ACTION_NEW, "New"},
    Name{BROKER_MD_UPDATE_ACTION_CHANGE, "Change"},
    Name{BROKER_MD_UPDATE_ACTION_DELETE, "Delete"},
};

inline constexpr std::array kMDStatuses{
    Name{BROKER_MD_STATUS_UNSPECIFIED, "Unspecified"},
    Name{BROKER_MD_STATUS_LIVE, "Live"},
    Name{BROKER_MD_STATUS_STALE, "Stale"},
    Name{BROKER_MD_STATUS_REJECTED, "Rejected"},
    Name{BROKER_MD_STATUS_ENDED, "Ended"},
};

}  // namespace names

[[nodiscard]] constexpr std::string_view account_state_name(broker_account_state_t value) {
    return names::find_name(names::kAccountStates, value);
}
[[nodiscard]] constexpr std::string_view channel_name(broker_channel_t value) {
    return names::find_name(names::kChannels, value);
}
[[nodiscard]] constexpr std::string_view circuit_state_name(broker_circuit_state_t value) {
    return names::find_name(names::kCircuitStates, value);
}
[[nodiscard]] constexpr std::string_view snapshot_phase_name(broker_snapshot_phase_t value) {
    return names::find_name(names::kSnapshotPhases, value);
}
[[nodiscard]] constexpr std::string_view event_type_name(broker_event_type_t value) {
    return names::find_name(names::kEventTypes, value);
}
[[nodiscard]] constexpr std::string_view query_kind_name(broker_query_kind_t value) {
    return names::find_name(names::kQueryKinds, value);
}
[[nodiscard]] constexpr std::string_view trad_ses_status_name(broker_trad_ses_status_t value) {
    return names::find_name(names::kTradSesStatuses, value);
}
[[nodiscard]] constexpr std::string_view md_entry_type_name(broker_md_entry_type_t value) {
    return names::find_name(names::kMDEntryTypes, value);
}
[[nodiscard]] constexpr std::string_view md_update_action_name(broker_md_update_action_t value) {
    return names::find_name(names::kMDUpdateActions, value);
}
[[nodiscard]] constexpr std::string_view md_status_name(broker_md_status_t value) {
    return names::find_name(names::kMDStatuses, value);
}

}  // namespace broker::sdk
