#include "simulator/order_codes.hpp"

namespace broker::simulator {
namespace {

using core::ExecType;
using core::OrdStatus;
using core::OrdType;
using core::Side;
using core::TimeInForce;

template <class Enum>
struct Code {
    Enum value;
    const char* text;
};

constexpr Code<Side> kSides[] = {
    {Side::Buy, "1"}, {Side::Sell, "2"}, {Side::SellShort, "5"}, {Side::SellShortExempt, "6"}};

constexpr Code<OrdType> kOrdTypes[] = {
    {OrdType::Market, "1"},          {OrdType::Limit, "2"},         {OrdType::Stop, "3"},
    {OrdType::StopLimit, "4"},       {OrdType::MarketOnClose, "5"}, {OrdType::LimitOnClose, "B"},
    {OrdType::MarketIfTouched, "J"}, {OrdType::Pegged, "P"},        {OrdType::TrailingStop, "P"}};

constexpr Code<TimeInForce> kTimesInForce[] = {
    {TimeInForce::Day, "0"},          {TimeInForce::GoodTillCancel, "1"},
    {TimeInForce::AtTheOpening, "2"}, {TimeInForce::ImmediateOrCancel, "3"},
    {TimeInForce::FillOrKill, "4"},   {TimeInForce::GoodTillCrossing, "5"},
    {TimeInForce::GoodTillDate, "6"}, {TimeInForce::AtTheClose, "7"}};

constexpr Code<ExecType> kExecTypes[] = {{ExecType::New, "0"},
                                         {ExecType::DoneForDay, "3"},
                                         {ExecType::Canceled, "4"},
                                         {ExecType::Replaced, "5"},
                                         {ExecType::PendingCancel, "6"},
                                         {ExecType::Stopped, "7"},
                                         {ExecType::Rejected, "8"},
                                         {ExecType::Suspended, "9"},
                                         {ExecType::PendingNew, "A"},
                                         {ExecType::Calculated, "B"},
                                         {ExecType::Expired, "C"},
                                         {ExecType::Restated, "D"},
                                         {ExecType::PendingReplace, "E"},
                                         {ExecType::Trade, "F"},
                                         {ExecType::TradeCorrect, "G"},
                                         {ExecType::TradeCancel, "H"},
                                         {ExecType::OrderStatus, "I"},
                                         {ExecType::Triggered, "L"}};

constexpr Code<OrdStatus> kOrdStatuses[] = {
    {OrdStatus::New, "0"},           {OrdStatus::PartiallyFilled, "1"},
    {OrdStatus::Filled, "2"},        {OrdStatus::DoneForDay, "3"},
    {OrdStatus::Canceled, "4"},      {OrdStatus::PendingCancel, "6"},
    {OrdStatus::Stopped, "7"},       {OrdStatus::Rejected, "8"},
    {OrdStatus::Suspended, "9"},     {OrdStatus::PendingNew, "A"},
    {OrdStatus::Calculated, "B"},    {OrdStatus::Expired, "C"},
    {OrdStatus::PendingReplace, "E"}};

template <class Enum, std::size_t kSize>
Enum value_of(const Code<Enum> (&codes)[kSize], std::string_view text) {
    for (const auto& code : codes)
        if (text == code.text) return code.value;
    return Enum::Unspecified;
}

template <class Enum, std::size_t kSize>
const char* text_of(const Code<Enum> (&codes)[kSize], Enum value, const char* otherwise) {
    for (const auto& code : codes)
        if (value == code.value) return code.text;
    return otherwise;
}

}  // namespace

Side side_from(std::string_view code) { return value_of(kSides, code); }

OrdType ord_type_from(std::string_view code) { return value_of(kOrdTypes, code); }

TimeInForce time_in_force_from(std::string_view code) {
    return code.empty() ? TimeInForce::Day : value_of(kTimesInForce, code);
}

const char* code_of(ExecType type) { return text_of(kExecTypes, type, "I"); }
const char* code_of(OrdStatus status) { return text_of(kOrdStatuses, status, "8"); }
const char* code_of(Side side) { return text_of(kSides, side, "7"); }
const char* code_of(OrdType type) { return text_of(kOrdTypes, type, "2"); }
const char* code_of(TimeInForce time_in_force) {
    return text_of(kTimesInForce, time_in_force, "0");
}

}  // namespace broker::simulator
