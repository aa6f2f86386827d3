// Names of the ABI's enum values for logs and screens, spelled as in the FIX specification, and the
// way back for what people write in orders. A value this build does not know is "Unrecognized".
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "broker/abi/broker.h"

namespace broker::sdk {

// The tables behind the functions below, for whoever offers a choice: every value with its name, in
// the order of the values.
namespace names {

struct Name {
    std::int32_t value;
    std::string_view text;
};

template <std::size_t Size>
constexpr std::string_view find_name(const std::array<Name, Size>& names, std::int32_t value) {
    for (const Name& name : names) {
        if (name.value == value) return name.text;
    }
    return "Unrecognized";
}

template <std::size_t Size>
constexpr std::optional<std::int32_t> find_value(const std::array<Name, Size>& names,
                                                 std::string_view text) {
    for (const Name& name : names) {
        if (name.text == text) return name.value;
    }
    return std::nullopt;
}

inline constexpr std::array kSides{
    Name{BROKER_SIDE_UNSPECIFIED, "Unspecified"},
    Name{BROKER_SIDE_BUY, "Buy"},
    Name{BROKER_SIDE_SELL, "Sell"},
    Name{BROKER_SIDE_SELL_SHORT, "SellShort"},
    Name{BROKER_SIDE_SELL_SHORT_EXEMPT, "SellShortExempt"},
};

inline constexpr std::array kOrdTypes{
    Name{BROKER_ORD_TYPE_UNSPECIFIED, "Unspecified"},
    Name{BROKER_ORD_TYPE_MARKET, "Market"},
    Name{BROKER_ORD_TYPE_LIMIT, "Limit"},
    Name{BROKER_ORD_TYPE_STOP, "Stop"},
    Name{BROKER_ORD_TYPE_STOP_LIMIT, "StopLimit"},
    Name{BROKER_ORD_TYPE_MARKET_IF_TOUCHED, "MarketIfTouched"},
    Name{BROKER_ORD_TYPE_MARKET_ON_CLOSE, "MarketOnClose"},
    Name{BROKER_ORD_TYPE_LIMIT_ON_CLOSE, "LimitOnClose"},
    Name{BROKER_ORD_TYPE_PEGGED, "Pegged"},
    Name{BROKER_ORD_TYPE_TRAILING_STOP, "TrailingStop"},
};

inline constexpr std::array kTimesInForce{
    Name{BROKER_TIME_IN_FORCE_UNSPECIFIED, "Unspecified"},
    Name{BROKER_TIME_IN_FORCE_DAY, "Day"},
    Name{BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL, "GoodTillCancel"},
    Name{BROKER_TIME_IN_FORCE_GOOD_TILL_DATE, "GoodTillDate"},
    Name{BROKER_TIME_IN_FORCE_IMMEDIATE_OR_CANCEL, "ImmediateOrCancel"},
    Name{BROKER_TIME_IN_FORCE_FILL_OR_KILL, "FillOrKill"},
    Name{BROKER_TIME_IN_FORCE_AT_THE_OPENING, "AtTheOpening"},
    Name{BROKER_TIME_IN_FORCE_GOOD_TILL_CROSSING, "GoodTillCrossing"},
    Name{BROKER_TIME_IN_FORCE_AT_THE_CLOSE, "AtTheClose"},
};

inline constexpr std::array kPositionEffects{
    Name{BROKER_POSITION_EFFECT_UNSPECIFIED, "Unspecified"},
    Name{BROKER_POSITION_EFFECT_OPEN, "Open"},
    Name{BROKER_POSITION_EFFECT_CLOSE, "Close"},
};

inline constexpr std::array kExecTypes{
    Name{BROKER_EXEC_TYPE_UNSPECIFIED, "Unspecified"},
    Name{BROKER_EXEC_TYPE_NEW, "New"},
    Name{BROKER_EXEC_TYPE_DONE_FOR_DAY, "DoneForDay"},
    Name{BROKER_EXEC_TYPE_CANCELED, "Canceled"},
    Name{BROKER_EXEC_TYPE_REPLACED, "Replaced"},
    Name{BROKER_EXEC_TYPE_PENDING_CANCEL, "PendingCancel"},
    Name{BROKER_EXEC_TYPE_STOPPED, "Stopped"},
    Name{BROKER_EXEC_TYPE_REJECTED, "Rejected"},
    Name{BROKER_EXEC_TYPE_SUSPENDED, "Suspended"},
    Name{BROKER_EXEC_TYPE_PENDING_NEW, "PendingNew"},
    Name{BROKER_EXEC_TYPE_CALCULATED, "Calculated"},
    Name{BROKER_EXEC_TYPE_EXPIRED, "Expired"},
    Name{BROKER_EXEC_TYPE_RESTATED, "Restated"},
    Name{BROKER_EXEC_TYPE_PENDING_REPLACE, "PendingReplace"},
    Name{BROKER_EXEC_TYPE_TRADE, "Trade"},
    Name{BROKER_EXEC_TYPE_TRADE_CORRECT, "TradeCorrect"},
    Name{BROKER_EXEC_TYPE_TRADE_CANCEL, "TradeCancel"},
    Name{BROKER_EXEC_TYPE_ORDER_STATUS, "OrderStatus"},
    Name{BROKER_EXEC_TYPE_TRIGGERED, "Triggered"},
    Name{BROKER_EXEC_TYPE_CERTAINTY_CHANGED, "CertaintyChanged"},
};

inline constexpr std::array kOrdStatuses{
    Name{BROKER_ORD_STATUS_UNSPECIFIED, "Unspecified"},
    Name{BROKER_ORD_STATUS_NEW, "New"},
    Name{BROKER_ORD_STATUS_PARTIALLY_FILLED, "PartiallyFilled"},
    Name{BROKER_ORD_STATUS_FILLED, "Filled"},
    Name{BROKER_ORD_STATUS_DONE_FOR_DAY, "DoneForDay"},
    Name{BROKER_ORD_STATUS_CANCELED, "Canceled"},
    Name{BROKER_ORD_STATUS_REPLACED, "Replaced"},
    Name{BROKER_ORD_STATUS_PENDING_CANCEL, "PendingCancel"},
    Name{BROKER_ORD_STATUS_STOPPED, "Stopped"},
    Name{BROKER_ORD_STATUS_REJECTED, "Rejected"},
    Name{BROKER_ORD_STATUS_SUSPENDED, "Suspended"},
    Name{BROKER_ORD_STATUS_PENDING_NEW, "PendingNew"},
    Name{BROKER_ORD_STATUS_CALCULATED, "Calculated"},
    Name{BROKER_ORD_STATUS_EXPIRED, "Expired"},
    Name{BROKER_ORD_STATUS_ACCEPTED_FOR_BIDDING, "AcceptedForBidding"},
    Name{BROKER_ORD_STATUS_PENDING_REPLACE, "PendingReplace"},
};

inline constexpr std::array kCertainties{
    Name{BROKER_CERTAINTY_UNSPECIFIED, "Unspecified"},
    Name{BROKER_CERTAINTY_JOURNALED, "Journaled"},
    Name{BROKER_CERTAINTY_WRITTEN, "Written"},
    Name{BROKER_CERTAINTY_ACKNOWLEDGED, "Acknowledged"},
    Name{BROKER_CERTAINTY_REJECTED, "Rejected"},
    Name{BROKER_CERTAINTY_UNKNOWN, "Unknown"},
};

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
};

inline constexpr std::array kStatuses{
    Name{BROKER_OK, "Ok"},
    Name{BROKER_INVALID_ARGUMENT, "InvalidArgument"},
    Name{BROKER_INVALID_STATE, "InvalidState"},
    Name{BROKER_WRONG_THREAD, "WrongThread"},
    Name{BROKER_REFUSED, "Refused"},
    Name{BROKER_NOT_SUPPORTED, "NotSupported"},
    Name{BROKER_WOULD_BLOCK, "WouldBlock"},
    Name{BROKER_CONFIGURATION_ERROR, "ConfigurationError"},
    Name{BROKER_ABI_MISMATCH, "AbiMismatch"},
    Name{BROKER_INTERNAL_ERROR, "InternalError"},
};

inline constexpr std::array kLogLevels{
    Name{BROKER_LOG_LEVEL_UNSPECIFIED, "Unspecified"},
    Name{BROKER_LOG_LEVEL_DEBUG, "Debug"},
    Name{BROKER_LOG_LEVEL_INFO, "Info"},
    Name{BROKER_LOG_LEVEL_WARNING, "Warning"},
    Name{BROKER_LOG_LEVEL_ERROR, "Error"},
};

}  // namespace names

[[nodiscard]] constexpr std::string_view side_name(broker_side_t value) {
    return names::find_name(names::kSides, value);
}
[[nodiscard]] constexpr std::string_view ord_type_name(broker_ord_type_t value) {
    return names::find_name(names::kOrdTypes, value);
}
[[nodiscard]] constexpr std::string_view time_in_force_name(broker_time_in_force_t value) {
    return names::find_name(names::kTimesInForce, value);
}
[[nodiscard]] constexpr std::string_view position_effect_name(broker_position_effect_t value) {
    return names::find_name(names::kPositionEffects, value);
}
[[nodiscard]] constexpr std::string_view exec_type_name(broker_exec_type_t value) {
    return names::find_name(names::kExecTypes, value);
}
[[nodiscard]] constexpr std::string_view ord_status_name(broker_ord_status_t value) {
    return names::find_name(names::kOrdStatuses, value);
}
[[nodiscard]] constexpr std::string_view certainty_name(broker_certainty_t value) {
    return names::find_name(names::kCertainties, value);
}
[[nodiscard]] constexpr std::string_view account_state_name(broker_account_state_t value) {
    return names::find_name(names::kAccountStates, value);
}
[[nodiscard]] constexpr std::string_view channel_name(broker_channel_t value) {
    return names::find_name(names::kChannels, value);
}
[[nodiscard]] constexpr std::string_view snapshot_phase_name(broker_snapshot_phase_t value) {
    return names::find_name(names::kSnapshotPhases, value);
}
[[nodiscard]] constexpr std::string_view event_type_name(broker_event_type_t value) {
    return names::find_name(names::kEventTypes, value);
}
[[nodiscard]] constexpr std::string_view status_name(broker_status_t value) {
    return names::find_name(names::kStatuses, value);
}
[[nodiscard]] constexpr std::string_view log_level_name(broker_log_level_t value) {
    return names::find_name(names::kLogLevels, value);
}

// The way back, e.g. from a script or a screen. Null for a text that is not exactly such a name.
[[nodiscard]] constexpr std::optional<broker_side_t> side_from_name(std::string_view name) {
    return names::find_value(names::kSides, name);
}
[[nodiscard]] constexpr std::optional<broker_ord_type_t> ord_type_from_name(std::string_view name) {
    return names::find_value(names::kOrdTypes, name);
}
[[nodiscard]] constexpr std::optional<broker_time_in_force_t> time_in_force_from_name(
    std::string_view name) {
    return names::find_value(names::kTimesInForce, name);
}
[[nodiscard]] constexpr std::optional<broker_position_effect_t> position_effect_from_name(
    std::string_view name) {
    return names::find_value(names::kPositionEffects, name);
}

}  // namespace broker::sdk
