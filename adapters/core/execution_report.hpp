// Reports about orders as the venue's translators produce them. Enumerator values are those of
// broker/abi/execution_report.h. The text is borrowed from the received message: valid until the
// call that passes the record returns.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/order.hpp"
#include "core/reason.hpp"

namespace broker::core {

enum class ExecType : std::int32_t {
    Unspecified = 0,
    New = 1,
    DoneForDay = 2,
    Canceled = 3,
    Replaced = 4,
    PendingCancel = 5,
    Stopped = 6,
    Rejected = 7,
    Suspended = 8,
    PendingNew = 9,
    Calculated = 10,
    Expired = 11,
    Restated = 12,
    PendingReplace = 13,
    Trade = 14,
    TradeCorrect = 15,
    TradeCancel = 16,
    OrderStatus = 17,
    Triggered = 18,
    CertaintyChanged = 1000,
};

enum class OrdStatus : std::int32_t {
    Unspecified = 0,
    New = 1,
    PartiallyFilled = 2,
    Filled = 3,
    DoneForDay = 4,
    Canceled = 5,
    Replaced = 6,
    PendingCancel = 7,
    Stopped = 8,
    Rejected = 9,
    Suspended = 10,
    PendingNew = 11,
    Calculated = 12,
    Expired = 13,
    AcceptedForBidding = 14,
    PendingReplace = 15,
};

enum class Certainty : std::int32_t {
    Unspecified = 0,
    Journaled = 1,
    Written = 2,
    Acknowledged = 3,
    Rejected = 4,
    Unknown = 5,
};

// Which of the account's connections brought the news. Values of broker_channel_t.
enum class Channel : std::int32_t {
    Unspecified = 0,  // none: the adapter's own
    FixTrading = 1,
    FixMarketData = 2,
    FixDropCopy = 3,
    Rest = 4,
    Push = 5,
    PushMarketData = 6,
};
inline constexpr std::size_t kChannelCount = 7;

// What is wrong with a report. A field that cannot be used is left unset in the record.
enum class ReportFault : std::int32_t {
    Unspecified = 0,
    UnreadableField = 1,     // a value that is not of its field's type
    MissingField = 2,        // without it the report does not say what it must
    NegativeValue = 3,       // of a quantity
    QuantitiesDisagree = 4,  // LeavesQty + CumQty is not OrderQty, or CumQty is below LastQty
    UnknownValue = 5,        // of an enumeration: the raw text is kept
    UnknownTag = 6,          // neither FIX 4.4 nor the profile has it: kept in `fields`
};

// FIX ExecutionReport (8).
struct ExecutionReport {
    Channel channel = Channel::FixTrading;
    ExecType exec_type = ExecType::Unspecified;
    OrdStatus ord_status = OrdStatus::Unspecified;
    Side side = Side::Unspecified;
    OrdType ord_type = OrdType::Unspecified;
    TimeInForce time_in_force = TimeInForce::Unspecified;
    bool is_poss_dup = false;
    std::string_view cl_ord_id;
    std::string_view orig_cl_ord_id;
    std::string_view order_id;
    std::string_view exec_id;
    std::string_view exec_ref_id;
    std::string_view symbol;  // the host's name, mapped back by the profile
    std::string_view raw_exec_type;
    std::string_view raw_ord_status;
    std::string_view text;
    std::string_view account;             // Account (1)
    std::string_view list_id;             // ListID (66)
    std::string_view secondary_order_id;  // SecondaryOrderID (198)
    std::string_view orig_order_id;       // OrigOrdId (9945), of drop copies
    std::string_view ex_destination;      // ExDestination (100)
    std::string_view position_code;       // by the profile's tag
    std::string_view restatement_reason;  // ExecRestatementReason (378)
    std::string_view ord_rej_reason;      // OrdRejReason (103)
    std::string_view mass_status_req_id;  // MassStatusReqID (584), of answers to one
    std::uint64_t request_id = 0;         // of the host's Query that it answers; 0: none
    std::string_view fields;              // named fields and unknown tags, see named_fields.hpp
    PositionEffect position_effect = PositionEffect::Unspecified;
    bool is_last_of_mass_status = false;           // LastRptRequested (912)
    std::optional<std::uint64_t> tot_num_reports;  // TotNumReports (911)
    EnumSet<ReportFault> faults;
    std::int32_t fault_tag = 0;  // the first field with a fault
    std::optional<Decimal> order_qty;
    std::optional<Decimal> cash_order_qty;
    std::optional<Decimal> price;
    std::optional<Decimal> stop_px;
    std::optional<Decimal> last_qty;
    std::optional<Decimal> last_px;
    std::optional<Decimal> cum_qty;
    std::optional<Decimal> leaves_qty;
    std::optional<Decimal> avg_px;
    std::optional<UtcTime> expire_time;
    std::optional<UtcTime> transact_time;
    std::optional<UtcTime> sending_time;
    MonotonicTime received;
};

// FIX OrderCancelReject (9).
struct OrderCancelReject {
    OrdStatus ord_status = OrdStatus::Unspecified;
    bool is_replace = false;        // CxlRejResponseTo (434): 2
    bool is_order_unknown = false;  // CxlRejReason (102): 1
    std::string_view cl_ord_id;
    std::string_view orig_cl_ord_id;
    std::string_view order_id;
    std::string_view text;
    std::string_view cxl_rej_reason;  // CxlRejReason (102)
    std::string_view fields;
    std::optional<UtcTime> transact_time;
    MonotonicTime received;
};

// The venue refused one message without saying anything about an order: Reject (3) or
// BusinessMessageReject (j).
struct MessageReject {
    Reason reason = Reason::RejectedBySession;  // RejectedBySession or RejectedByApplication
    MsgSeqNum ref_seq_num = 0;                  // RefSeqNum (45); 0: not given
    std::string_view ref_msg_type;
    std::string_view text;  // the peer's words with the reason code and tag it named
    MonotonicTime received;
};

}  // namespace broker::core
