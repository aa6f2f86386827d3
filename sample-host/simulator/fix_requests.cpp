#include "simulator/fix_requests.hpp"

#include <charconv>
#include <optional>

namespace broker::simulator {
namespace {

using core::Decimal;

core::Side side_from(const std::string& text) {
    if (text == "1") return core::Side::Buy;
    if (text == "2") return core::Side::Sell;
    if (text == "5") return core::Side::SellShort;
    return core::Side::Unspecified;
}

core::OrdType ord_type_from(const std::string& text) {
    if (text == "1") return core::OrdType::Market;
    if (text == "2") return core::OrdType::Limit;
    if (text == "3") return core::OrdType::Stop;
    if (text == "4") return core::OrdType::StopLimit;
    return core::OrdType::Unspecified;
}

core::TimeInForce time_in_force_from(const std::string& text) {
    using core::TimeInForce;
    if (text.empty() || text == "0") return TimeInForce::Day;  // FIX 4.4: absent means Day
    if (text == "1") return TimeInForce::GoodTillCancel;
    if (text == "3") return TimeInForce::ImmediateOrCancel;
    if (text == "4") return TimeInForce::FillOrKill;
    if (text == "6") return TimeInForce::GoodTillDate;
    return TimeInForce::Unspecified;
}

// A number of `size` digits at `at`; null for anything else.
std::optional<unsigned> number_at(const std::string& text, std::size_t at, std::size_t size) {
    if (text.size() < at + size) return std::nullopt;
    unsigned value = 0;
    const char* const end = text.data() + at + size;
    const auto [stop, error] = std::from_chars(text.data() + at, end, value);
    if (error != std::errc{} || stop != end) return std::nullopt;
    return value;
}

// The start of a UTC day: YYYYMMDD.
std::optional<core::UtcTime> date_from(const std::string& text) {
    const auto year = number_at(text, 0, 4);
    const auto month = number_at(text, 4, 2);
    const auto day = number_at(text, 6, 2);
    if (!year || !month || !day) return std::nullopt;
    const std::chrono::year_month_day date{std::chrono::year{static_cast<int>(*year)},
                                           std::chrono::month{*month}, std::chrono::day{*day}};
    if (!date.ok()) return std::nullopt;
    return core::UtcTime{std::chrono::sys_days{date}};
}

// UTCTimestamp; fractions of a second are passed over.
std::optional<core::UtcTime> timestamp_from(const std::string& text) {
    const auto date = date_from(text);
    const auto hours = number_at(text, 9, 2);
    const auto minutes = number_at(text, 12, 2);
    const auto seconds = number_at(text, 15, 2);
    if (!date || !hours || !minutes || !seconds || text[8] != '-') return std::nullopt;
    return *date + std::chrono::hours{*hours} + std::chrono::minutes{*minutes} +
           std::chrono::seconds{*seconds};
}

RequestError missing(int tag) { return {5, "required tag " + std::to_string(tag) + " is missing"}; }

RequestError unreadable(int tag) {
    return {0, "the value of tag " + std::to_string(tag) + " cannot be read"};
}

std::optional<RequestError> read_price(const FixMessage& fix, int tag,
                                       std::optional<Decimal>& price) {
    const std::string* text = fix.find(tag);
    if (text == nullptr) return std::nullopt;
    price = Decimal::parse(*text);
    return price ? std::nullopt : std::optional{unreadable(tag)};
}

// DXtrade takes either ExpireTime (126) or ExpireDate (432), both UTC; the date counts to its end.
std::optional<RequestError> read_expiry(const FixMessage& fix,
                                        std::optional<core::UtcTime>& expire_time) {
    const std::string* time = fix.find(126);
    const std::string* date = fix.find(432);
    if (time != nullptr) {
        expire_time = timestamp_from(*time);
        if (!expire_time) return unreadable(126);
    } else if (date != nullptr) {
        expire_time = date_from(*date);
        if (!expire_time) return unreadable(432);
        *expire_time += std::chrono::days{1};
    } else if (fix.value(59) == "6") {
        return missing(126);
    }
    return std::nullopt;
}

std::optional<RequestError> read_terms(const FixMessage& fix, OrderTerms& terms) {
    const auto quantity = Decimal::parse(fix.value(38));
    if (!quantity) return fix.find(38) == nullptr ? missing(38) : unreadable(38);
    terms.order_qty = *quantity;
    terms.time_in_force = time_in_force_from(fix.value(59));
    if (auto error = read_price(fix, 44, terms.price)) return error;
    if (auto error = read_price(fix, 99, terms.stop_px)) return error;
    return read_expiry(fix, terms.expire_time);
}

std::optional<RequestError> first_missing(const FixMessage& fix, std::initializer_list<int> tags) {
    for (const int tag : tags)
        if (fix.find(tag) == nullptr) return missing(tag);
    return std::nullopt;
}

}  // namespace

std::variant<OrderRequest, RequestError> order_request_from_fix(const FixMessage& fix) {
    if (auto error = first_missing(fix, {11, 55, 54, 40})) return *error;
    if (fix.msg_type == "G" && fix.find(41) == nullptr) return missing(41);
    OrderRequest request;
    if (auto error = read_terms(fix, request.terms)) return *error;
    request.cl_ord_id = fix.value(11);
    request.orig_cl_ord_id = fix.value(41);
    request.order_id = fix.value(37);
    request.account = fix.value(1);
    request.symbol = fix.value(55);
    request.side = side_from(fix.value(54));
    request.ord_type = ord_type_from(fix.value(40));
    return request;
}

std::variant<OrderReference, RequestError> order_reference_from_fix(const FixMessage& fix) {
    if (auto error = first_missing(fix, {11, 55, 54})) return *error;
    if (fix.msg_type == "F" && fix.find(41) == nullptr) return missing(41);
    return OrderReference{
        fix.value(11), fix.value(41), fix.value(37), fix.value(55), side_from(fix.value(54)),
        fix.value(790)};
}

}  // namespace broker::simulator
