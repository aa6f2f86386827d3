// Commands about orders, checked and with their text in place: what crosses from the caller's
// thread to the event thread. Enumerator values are those of broker/abi/order.h.
#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <span>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/enum_set.hpp"
#include "core/ids.hpp"
#include "core/named_fields.hpp"

namespace broker::core {

enum class Side : std::int32_t {
    Unspecified = 0,
    Buy = 1,
    Sell = 2,
    SellShort = 3,
    SellShortExempt = 4
};

enum class OrdType : std::int32_t {
    Unspecified = 0,
    Market = 1,
    Limit = 2,
    Stop = 3,
    StopLimit = 4,
    MarketIfTouched = 5,
    MarketOnClose = 6,
    LimitOnClose = 7,
    Pegged = 8,
    TrailingStop = 9,
};

enum class TimeInForce : std::int32_t {
    Unspecified = 0,
    Day = 1,
    GoodTillCancel = 2,
    GoodTillDate = 3,
    ImmediateOrCancel = 4,
    FillOrKill = 5,
    AtTheOpening = 6,
    GoodTillCrossing = 7,
    AtTheClose = 8,
};

enum class PositionEffect : std::int32_t { Unspecified = 0, Open = 1, Close = 2 };

// ExecInst (18): how the venue is to handle the order.
enum class ExecInst : std::int32_t {
    Unspecified = 0,
    NotHeld = 1,
    Work = 2,
    GoAlong = 3,
    Held = 4,
    ParticipateDontInitiate = 5,  // post only
    AllOrNone = 6,
    DoNotReduce = 7,
    DoNotIncrease = 8,
    ReinstateOnSystemFailure = 9,
    CancelOnSystemFailure = 10,
    PrimaryPeg = 11,
    MarketPeg = 12,
    MidPricePeg = 13,
    LastPeg = 14,
    OpeningPeg = 15,
    PegToVwap = 16,
    TrailingStopPeg = 17,
    TryToStop = 18,
};

// LocateReqd (114), with which a short sale goes: has the stock been located already?
enum class LocateReqd : std::int32_t { Unspecified = 0, NotRequired = 1, Required = 2 };

// PegOffsetType (836): the unit of PegOffsetValue (211).
enum class PegOffsetType : std::int32_t {
    Unspecified = 0,
    Price = 1,
    BasisPoints = 2,
    Ticks = 3,
    PriceTier = 4
};

// What most orders leave out. Goes with every replace as the order has it.
struct OrderInstructions {
    EnumSet<ExecInst> exec_inst;
    LocateReqd locate_reqd = LocateReqd::Unspecified;
    PegOffsetType peg_offset_type = PegOffsetType::Unspecified;
    std::optional<Decimal> peg_offset_value;  // of pegged and trailing stop orders
    std::optional<Decimal> min_qty;           // MinQty (110)
    std::optional<Decimal> max_floor;         // MaxFloor (111): shown at most
    std::optional<Decimal> cash_order_qty;    // CashOrderQty (152), instead of a quantity
    FixedString<32> ex_destination;           // ExDestination (100)
    FixedString<64> position_code;            // the position that the order closes
    NamedFields fields;                       // by the profile's names

    friend bool operator==(const OrderInstructions&, const OrderInstructions&) = default;
};

// When a request passed each stage. A default value means that it was not reached.
struct StageTimes {
    MonotonicTime signal;
    MonotonicTime accepted;
    MonotonicTime journaled;
    MonotonicTime written;
    MonotonicTime acknowledged;
    MonotonicTime received;
};

// FIX NewOrderSingle (D).
struct NewOrder {
    ClOrdID cl_ord_id;
    Symbol symbol;
    Side side = Side::Unspecified;
    OrdType ord_type = OrdType::Unspecified;
    TimeInForce time_in_force = TimeInForce::Unspecified;
    PositionEffect position_effect = PositionEffect::Unspecified;
    Decimal order_qty;  // zero: the order has a cash_order_qty
    std::optional<Decimal> price;
    std::optional<Decimal> stop_px;
    std::optional<UtcTime> expire_time;
    OrderInstructions instructions;
    StageTimes stages;
};

// FIX OrderCancelReplaceRequest (G). What is absent stays as it is.
struct ReplaceOrder {
    ClOrdID cl_ord_id;
    ClOrdID orig_cl_ord_id;
    TimeInForce time_in_force = TimeInForce::Unspecified;
    std::optional<Decimal> order_qty;
    std::optional<Decimal> price;
    std::optional<Decimal> stop_px;
    std::optional<UtcTime> expire_time;
    std::optional<Decimal> peg_offset_value;
    std::optional<Decimal> min_qty;
    std::optional<Decimal> max_floor;
    NamedFields fields;  // beside the order's own, or by name instead of them
    StageTimes stages;
};

// FIX OrderCancelRequest (F).
struct CancelOrder {
    ClOrdID cl_ord_id;
    ClOrdID orig_cl_ord_id;
    StageTimes stages;
};

// What the orders of a list are to each other. FIX 4.4 has no field for it: the profile says how it
// is put.
enum class Contingency : std::int32_t {
    Unspecified = 0,
    OneCancelsOther = 1,   // a fill of one cancels the other
    OneTriggersOther = 2,  // the first, once filled, makes the others live
    Bracket = 3,           // the first, once filled, makes the others live, one cancels the other
};

// FIX NewOrderList (E): two or three orders that live and die together.
struct NewOrderList {
    static constexpr std::size_t kMaxOrders = 3;

    ListID list_id;
    Contingency contingency = Contingency::Unspecified;
    std::uint32_t order_count = 0;
    std::array<NewOrder, kMaxOrders> orders;  // the first order_count; the triggering one first

    [[nodiscard]] std::span<const NewOrder> members() const { return {orders.data(), order_count}; }
};

// Cancels what is left of a list: ListCancelRequest (K), or each member by itself.
struct CancelOrderList {
    ListID list_id;
    FixedString<48> cl_ord_id_prefix;  // of the members' cancels
    StageTimes stages;
};

}  // namespace broker::core
