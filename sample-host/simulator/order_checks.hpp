// Which orders and changes of orders the exchange refuses, whatever the rules of its behaviour say.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "simulator/fix_requests.hpp"
#include "simulator/market.hpp"
#include "simulator/order_book.hpp"
#include "simulator/trading_options.hpp"

namespace broker::simulator {

struct Refusal {
    int code;  // OrdRejReason (103) or CxlRejReason (102)
    std::string text;
};

// Values of OrdRejReason (103) and CxlRejReason (102) in FIX 4.4.
namespace ord_rej {
inline constexpr int kUnknownSymbol = 1;
inline constexpr int kDuplicateOrder = 6;
inline constexpr int kUnsupportedCharacteristic = 11;
inline constexpr int kIncorrectQuantity = 13;
inline constexpr int kUnknownAccount = 15;
inline constexpr int kOther = 99;
}  // namespace ord_rej
namespace cxl_rej {
inline constexpr int kTooLate = 0;
inline constexpr int kUnknownOrder = 1;
inline constexpr int kDuplicateClOrdID = 6;
inline constexpr int kOther = 99;
}  // namespace cxl_rej

// The terms of a new order, or those that a replaced order would have. `instrument` null: unknown.
[[nodiscard]] std::optional<Refusal> check_order(const Order& order,
                                                 const InstrumentOptions* instrument,
                                                 core::UtcTime now);

// An order for a sum of money (CashOrderQty): so many whole steps as the sum buys, or sells, at the
// order's limit or at the quote.
void size_by_cash(Order& order, const InstrumentOptions& instrument, const Quote& quote);

// An order that must not take liquidity (ExecInst 6).
[[nodiscard]] std::optional<Refusal> check_participation(const Order& order, const Quote& quote);

// What the venue wants to be told of a sale: PositionEffect (77), LocateReqd (114).
[[nodiscard]] std::optional<Refusal> check_sale(const Order& order, const FixMessage& request,
                                                const TradingOptions& options);

// Whether a change request may be made of this order at all. `order` null: unknown.
[[nodiscard]] std::optional<Refusal> check_change(const Order* order,
                                                  std::string_view orig_cl_ord_id);

// What a replace request may not change, and what has been filled already.
[[nodiscard]] std::optional<Refusal> check_replace(const Order& order, const OrderRequest& request);

}  // namespace broker::simulator
