// Names of enumerators, as configuration files and error texts spell them: those of the source.
#pragma once

#include <array>
#include <cstdint>
#include <span>
#include <string_view>

#include "core/order.hpp"
#include "core/query.hpp"
#include "dxtrade/profile.hpp"

namespace broker::dxtrade {

// In the order of the enumerators, from the one with value 1.
template <class Enum>
inline constexpr std::array<std::string_view, 0> kNames{};

template <>
inline constexpr std::array<std::string_view, 4> kNames<core::Side>{"Buy", "Sell", "SellShort",
                                                                    "SellShortExempt"};
template <>
inline constexpr std::array<std::string_view, 9> kNames<core::OrdType>{
    "Market",        "Limit",        "Stop",   "StopLimit",   "MarketIfTouched",
    "MarketOnClose", "LimitOnClose", "Pegged", "TrailingStop"};
template <>
inline constexpr std::array<std::string_view, 8> kNames<core::TimeInForce>{
    "Day",        "GoodTillCancel", "GoodTillDate",     "ImmediateOrCancel",
    "FillOrKill", "AtTheOpening",   "GoodTillCrossing", "AtTheClose"};
template <>
inline constexpr std::array<std::string_view, 18> kNames<core::ExecInst>{"NotHeld",
                                                                         "Work",
                                                                         "GoAlong",
                                                                         "Held",
                                                                         "ParticipateDontInitiate",
                                                                         "AllOrNone",
                                                                         "DoNotReduce",
                                                                         "DoNotIncrease",
                                                                         "ReinstateOnSystemFailure",
                                                                         "CancelOnSystemFailure",
                                                                         "PrimaryPeg",
                                                                         "MarketPeg",
                                                                         "MidPricePeg",
                                                                         "LastPeg",
                                                                         "OpeningPeg",
                                                                         "PegToVwap",
                                                                         "TrailingStopPeg",
                                                                         "TryToStop"};
template <>
inline constexpr std::array<std::string_view, 4> kNames<core::PegOffsetType>{"Price", "BasisPoints",
                                                                             "Ticks", "PriceTier"};
template <>
inline constexpr std::array<std::string_view, 3> kNames<core::Contingency>{
    "OneCancelsOther", "OneTriggersOther", "Bracket"};
template <>
inline constexpr std::array<std::string_view, 12> kNames<core::QueryKind>{
    "OrderStatus", "MassStatus",           "Positions",    "AccountSummary", "Trades",
    "Instruments", "TradingSessionStatus", "OrderHistory", "CashTransfers",  "AccountEvents",
    "Candles",     "ConversionRates"};
template <>
inline constexpr std::array<std::string_view, 8> kNames<ReplaceField>{
    "OrderQty",   "Price",          "StopPx", "TimeInForce",
    "ExpireTime", "PegOffsetValue", "MinQty", "MaxFloor"};

// "Unspecified" for a value without a name.
template <class Enum>
[[nodiscard]] constexpr std::string_view name_of(Enum value) {
    const auto index = static_cast<std::size_t>(value) - 1;
    return index < kNames<Enum>.size() ? kNames<Enum>[index] : "Unspecified";
}

}  // namespace broker::dxtrade
