// Names of the enums of commands and order events (see names.hpp).
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/name_table.hpp"

namespace broker::sdk {

namespace names {

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

inline constexpr std::array kExecInsts{
    Name{BROKER_EXEC_INST_UNSPECIFIED, "Unspecified"},
    Name{BROKER_EXEC_INST_NOT_HELD, "NotHeld"},
    Name{BROKER_EXEC_INST_WORK, "Work"},
    Name{BROKER_EXEC_INST_GO_ALONG, "GoAlong"},
    Name{BROKER_EXEC_INST_HELD, "Held"},
    Name{BROKER_EXEC_INST_PARTICIPATE_DONT_INITIATE, "ParticipateDontInitiate"},
    Name{BROKER_EXEC_INST_ALL_OR_NONE, "AllOrNone"},
    Name{BROKER_EXEC_INST_DO_NOT_REDUCE, "DoNotReduce"},
    Name{BROKER_EXEC_INST_DO_NOT_INCREASE, "DoNotIncrease"},
    Name{BROKER_EXEC_INST_REINSTATE_ON_SYSTEM_FAILURE, "ReinstateOnSystemFailure"},
    Name{BROKER_EXEC_INST_CANCEL_ON_SYSTEM_FAILURE, "CancelOnSystemFailure"},
    Name{BROKER_EXEC_INST_PRIMARY_PEG, "PrimaryPeg"},
    Name{BROKER_EXEC_INST_MARKET_PEG, "MarketPeg"},
    Name{BROKER_EXEC_INST_MID_PRICE_PEG, "MidPricePeg"},
    Name{BROKER_EXEC_INST_LAST_PEG, "LastPeg"},
    Name{BROKER_EXEC_INST_OPENING_PEG, "OpeningPeg"},
    Name{BROKER_EXEC_INST_PEG_TO_VWAP, "PegToVwap"},
    Name{BROKER_EXEC_INST_TRAILING_STOP_PEG, "TrailingStopPeg"},
    Name{BROKER_EXEC_INST_TRY_TO_STOP, "TryToStop"},
};

inline constexpr std::array kLocateReqds{
    Name{BROKER_LOCATE_REQD_UNSPECIFIED, "Unspecified"},
    Name{BROKER_LOCATE_REQD_NOT_REQUIRED, "NotRequired"},
    Name{BROKER_LOCATE_REQD_REQUIRED, "Required"},
};

inline constexpr std::array kPegOffsetTypes{
    Name{BROKER_PEG_OFFSET_TYPE_UNSPECIFIED, "Unspecified"},
    Name{BROKER_PEG_OFFSET_TYPE_PRICE, "Price"},
    Name{BROKER_PEG_OFFSET_TYPE_BASIS_POINTS, "BasisPoints"},
    Name{BROKER_PEG_OFFSET_TYPE_TICKS, "Ticks"},
    Name{BROKER_PEG_OFFSET_TYPE_PRICE_TIER, "PriceTier"},
};

inline constexpr std::array kContingencies{
    Name{BROKER_CONTINGENCY_UNSPECIFIED, "Unspecified"},
    Name{BROKER_CONTINGENCY_ONE_CANCELS_OTHER, "OneCancelsOther"},
    Name{BROKER_CONTINGENCY_ONE_TRIGGERS_OTHER, "OneTriggersOther"},
    Name{BROKER_CONTINGENCY_BRACKET, "Bracket"},
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

inline constexpr std::array kReportFaults{
    Name{BROKER_REPORT_FAULT_UNSPECIFIED, "Unspecified"},
    Name{BROKER_REPORT_FAULT_UNREADABLE_FIELD, "UnreadableField"},
    Name{BROKER_REPORT_FAULT_MISSING_FIELD, "MissingField"},
    Name{BROKER_REPORT_FAULT_NEGATIVE_VALUE, "NegativeValue"},
    Name{BROKER_REPORT_FAULT_QUANTITIES_DISAGREE, "QuantitiesDisagree"},
    Name{BROKER_REPORT_FAULT_UNKNOWN_VALUE, "UnknownValue"},
    Name{BROKER_REPORT_FAULT_UNKNOWN_TAG, "UnknownTag"},
};

inline constexpr std::array kListOrderStatuses{
    Name{BROKER_LIST_ORDER_STATUS_UNSPECIFIED, "Unspecified"},
    Name{BROKER_LIST_ORDER_STATUS_IN_BIDDING_PROCESS, "InBiddingProcess"},
    Name{BROKER_LIST_ORDER_STATUS_RECEIVED_FOR_EXECUTION, "ReceivedForExecution"},
    Name{BROKER_LIST_ORDER_STATUS_EXECUTING, "Executing"},
    Name{BROKER_LIST_ORDER_STATUS_CANCELING, "Canceling"},
    Name{BROKER_LIST_ORDER_STATUS_ALERT, "Alert"},
    Name{BROKER_LIST_ORDER_STATUS_ALL_DONE, "AllDone"},
    Name{BROKER_LIST_ORDER_STATUS_REJECT, "Reject"},
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
[[nodiscard]] constexpr std::string_view exec_inst_name(broker_exec_inst_t value) {
    return names::find_name(names::kExecInsts, value);
}
[[nodiscard]] constexpr std::string_view locate_reqd_name(broker_locate_reqd_t value) {
    return names::find_name(names::kLocateReqds, value);
}
[[nodiscard]] constexpr std::string_view peg_offset_type_name(broker_peg_offset_type_t value) {
    return names::find_name(names::kPegOffsetTypes, value);
}
[[nodiscard]] constexpr std::string_view contingency_name(broker_contingency_t value) {
    return names::find_name(names::kContingencies, value);
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
[[nodiscard]] constexpr std::string_view report_fault_name(broker_report_fault_t value) {
    return names::find_name(names::kReportFaults, value);
}
[[nodiscard]] constexpr std::string_view list_order_status_name(broker_list_order_status_t value) {
    return names::find_name(names::kListOrderStatuses, value);
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
[[nodiscard]] constexpr std::optional<broker_exec_inst_t> exec_inst_from_name(
    std::string_view name) {
    return names::find_value(names::kExecInsts, name);
}
[[nodiscard]] constexpr std::optional<broker_locate_reqd_t> locate_reqd_from_name(
    std::string_view name) {
    return names::find_value(names::kLocateReqds, name);
}
[[nodiscard]] constexpr std::optional<broker_peg_offset_type_t> peg_offset_type_from_name(
    std::string_view name) {
    return names::find_value(names::kPegOffsetTypes, name);
}
[[nodiscard]] constexpr std::optional<broker_contingency_t> contingency_from_name(
    std::string_view name) {
    return names::find_value(names::kContingencies, name);
}

// Of a set: "AllOrNone TryToStop".
[[nodiscard]] inline std::string exec_insts_text(std::uint64_t bits) {
    return names::set_text(names::kExecInsts, bits);
}
[[nodiscard]] inline std::string report_faults_text(std::uint64_t bits) {
    return names::set_text(names::kReportFaults, bits);
}

}  // namespace broker::sdk
