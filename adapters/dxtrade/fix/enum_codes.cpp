#include "dxtrade/fix/enum_codes.hpp"

#include <array>
#include <utility>

namespace broker::dxtrade::fix {
namespace {

template <class Enum, std::size_t Size>
using Codes = std::array<std::pair<Enum, char>, Size>;

template <class Enum, std::size_t Size>
char code_of(const Codes<Enum, Size>& codes, Enum value) {
    for (const auto& [name, code] : codes) {
        if (name == value) return code;
    }
    return '\0';
}

template <class Enum, std::size_t Size>
Enum name_of(const Codes<Enum, Size>& codes, std::string_view value) {
    if (value.size() != 1) return Enum::Unspecified;
    for (const auto& [name, code] : codes) {
        if (code == value.front()) return name;
    }
    return Enum::Unspecified;
}

constexpr Codes<core::Side, 4> kSides{{{core::Side::Buy, '1'},
                                       {core::Side::Sell, '2'},
                                       {core::Side::SellShort, '5'},
                                       {core::Side::SellShortExempt, '6'}}};

// FIX 4.4 has no value for a trailing stop: it is Pegged (P) with peg fields.
constexpr Codes<core::OrdType, 8> kOrdTypes{{{core::OrdType::Market, '1'},
                                             {core::OrdType::Limit, '2'},
                                             {core::OrdType::Stop, '3'},
                                             {core::OrdType::StopLimit, '4'},
                                             {core::OrdType::MarketOnClose, '5'},
                                             {core::OrdType::LimitOnClose, 'B'},
                                             {core::OrdType::MarketIfTouched, 'J'},
                                             {core::OrdType::Pegged, 'P'}}};

constexpr Codes<core::TimeInForce, 8> kTimesInForce{{{core::TimeInForce::Day, '0'},
                                                     {core::TimeInForce::GoodTillCancel, '1'},
                                                     {core::TimeInForce::AtTheOpening, '2'},
                                                     {core::TimeInForce::ImmediateOrCancel, '3'},
                                                     {core::TimeInForce::FillOrKill, '4'},
                                                     {core::TimeInForce::GoodTillCrossing, '5'},
                                                     {core::TimeInForce::GoodTillDate, '6'},
                                                     {core::TimeInForce::AtTheClose, '7'}}};

constexpr Codes<core::PositionEffect, 2> kPositionEffects{
    {{core::PositionEffect::Open, 'O'}, {core::PositionEffect::Close, 'C'}}};

constexpr Codes<core::ExecInst, 18> kExecInsts{{{core::ExecInst::NotHeld, '1'},
                                                {core::ExecInst::Work, '2'},
                                                {core::ExecInst::GoAlong, '3'},
                                                {core::ExecInst::Held, '5'},
                                                {core::ExecInst::ParticipateDontInitiate, '6'},
                                                {core::ExecInst::AllOrNone, 'G'},
                                                {core::ExecInst::DoNotReduce, 'F'},
                                                {core::ExecInst::DoNotIncrease, 'E'},
                                                {core::ExecInst::ReinstateOnSystemFailure, 'H'},
                                                {core::ExecInst::CancelOnSystemFailure, 'Q'},
                                                {core::ExecInst::PrimaryPeg, 'R'},
                                                {core::ExecInst::MarketPeg, 'P'},
                                                {core::ExecInst::MidPricePeg, 'M'},
                                                {core::ExecInst::LastPeg, 'L'},
                                                {core::ExecInst::OpeningPeg, 'O'},
                                                {core::ExecInst::PegToVwap, 'W'},
                                                {core::ExecInst::TrailingStopPeg, 'a'},
                                                {core::ExecInst::TryToStop, 'Y'}}};

constexpr Codes<core::LocateReqd, 2> kLocateReqds{
    {{core::LocateReqd::NotRequired, 'N'}, {core::LocateReqd::Required, 'Y'}}};

constexpr Codes<core::PegOffsetType, 4> kPegOffsetTypes{{{core::PegOffsetType::Price, '0'},
                                                         {core::PegOffsetType::BasisPoints, '1'},
                                                         {core::PegOffsetType::Ticks, '2'},
                                                         {core::PegOffsetType::PriceTier, '3'}}};

constexpr Codes<core::ListOrderStatus, 7> kListOrderStatuses{
    {{core::ListOrderStatus::InBiddingProcess, '1'},
     {core::ListOrderStatus::ReceivedForExecution, '2'},
     {core::ListOrderStatus::Executing, '3'},
     {core::ListOrderStatus::Canceling, '4'},
     {core::ListOrderStatus::Alert, '5'},
     {core::ListOrderStatus::AllDone, '6'},
     {core::ListOrderStatus::Reject, '7'}}};

constexpr Codes<core::TradSesStatus, 6> kTradSesStatuses{
    {{core::TradSesStatus::Halted, '1'},
     {core::TradSesStatus::Open, '2'},
     {core::TradSesStatus::Closed, '3'},
     {core::TradSesStatus::PreOpen, '4'},
     {core::TradSesStatus::PreClose, '5'},
     {core::TradSesStatus::RequestRejected, '6'}}};

constexpr Codes<core::ExecType, 18> kExecTypes{{{core::ExecType::New, '0'},
                                                {core::ExecType::DoneForDay, '3'},
                                                {core::ExecType::Canceled, '4'},
                                                {core::ExecType::Replaced, '5'},
                                                {core::ExecType::PendingCancel, '6'},
                                                {core::ExecType::Stopped, '7'},
                                                {core::ExecType::Rejected, '8'},
                                                {core::ExecType::Suspended, '9'},
                                                {core::ExecType::PendingNew, 'A'},
                                                {core::ExecType::Calculated, 'B'},
                                                {core::ExecType::Expired, 'C'},
                                                {core::ExecType::Restated, 'D'},
                                                {core::ExecType::PendingReplace, 'E'},
                                                {core::ExecType::Trade, 'F'},
                                                {core::ExecType::TradeCorrect, 'G'},
                                                {core::ExecType::TradeCancel, 'H'},
                                                {core::ExecType::OrderStatus, 'I'},
                                                {core::ExecType::Triggered, 'L'}}};

constexpr Codes<core::OrdStatus, 15> kOrdStatuses{{{core::OrdStatus::New, '0'},
                                                   {core::OrdStatus::PartiallyFilled, '1'},
                                                   {core::OrdStatus::Filled, '2'},
                                                   {core::OrdStatus::DoneForDay, '3'},
                                                   {core::OrdStatus::Canceled, '4'},
                                                   {core::OrdStatus::Replaced, '5'},
                                                   {core::OrdStatus::PendingCancel, '6'},
                                                   {core::OrdStatus::Stopped, '7'},
                                                   {core::OrdStatus::Rejected, '8'},
                                                   {core::OrdStatus::Suspended, '9'},
                                                   {core::OrdStatus::PendingNew, 'A'},
                                                   {core::OrdStatus::Calculated, 'B'},
                                                   {core::OrdStatus::Expired, 'C'},
                                                   {core::OrdStatus::AcceptedForBidding, 'D'},
                                                   {core::OrdStatus::PendingReplace, 'E'}}};

}  // namespace

char to_fix(core::Side side) { return code_of(kSides, side); }
char to_fix(core::OrdType type) { return code_of(kOrdTypes, type); }
char to_fix(core::TimeInForce time_in_force) { return code_of(kTimesInForce, time_in_force); }
char to_fix(core::PositionEffect effect) { return code_of(kPositionEffects, effect); }
char to_fix(core::ExecInst exec_inst) { return code_of(kExecInsts, exec_inst); }
char to_fix(core::LocateReqd locate_reqd) { return code_of(kLocateReqds, locate_reqd); }
char to_fix(core::PegOffsetType type) { return code_of(kPegOffsetTypes, type); }

core::Side side_from_fix(std::string_view value) { return name_of(kSides, value); }
core::OrdType ord_type_from_fix(std::string_view value) { return name_of(kOrdTypes, value); }
core::TimeInForce time_in_force_from_fix(std::string_view value) {
    return name_of(kTimesInForce, value);
}
core::PositionEffect position_effect_from_fix(std::string_view value) {
    return name_of(kPositionEffects, value);
}
core::ExecType exec_type_from_fix(std::string_view value) { return name_of(kExecTypes, value); }
core::OrdStatus ord_status_from_fix(std::string_view value) { return name_of(kOrdStatuses, value); }
core::ListOrderStatus list_order_status_from_fix(std::string_view value) {
    return name_of(kListOrderStatuses, value);
}
core::TradSesStatus trad_ses_status_from_fix(std::string_view value) {
    return name_of(kTradSesStatuses, value);
}

}  // namespace broker::dxtrade::fix
