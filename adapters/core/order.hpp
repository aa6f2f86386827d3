// Commands about orders, checked and with their text in place: what crosses from the caller's
// thread to the event thread. Enumerator values are those of broker/abi/order.h.
#pragma once

#include <cstdint>
#include <optional>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/ids.hpp"

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
    Decimal order_qty;
    std::optional<Decimal> price;
    std::optional<Decimal> stop_px;
    std::optional<UtcTime> expire_time;
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
    StageTimes stages;
};

// FIX OrderCancelRequest (F).
struct CancelOrder {
    ClOrdID cl_ord_id;
    ClOrdID orig_cl_ord_id;
    StageTimes stages;
};

}  // namespace broker::core
