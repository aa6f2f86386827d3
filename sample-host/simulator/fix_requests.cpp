#include "simulator/fix_requests.hpp"

#include <algorithm>
#include <array>
#include <utility>

#include "simulator/fix_text.hpp"
#include "simulator/order_codes.hpp"

namespace broker::simulator {
namespace {

using core::Decimal;

// What a report says again in the words of the request: instrument, parties, capacity, route and
// instructions. Terms that the exchange itself reports are not among them.
constexpr std::array kEchoedTags = {15,  18,  21,  22,  47,  48,  65,  77,  100, 110, 111, 152,
                                    167, 200, 201, 202, 205, 206, 207, 211, 447, 448, 452, 453,
                                    461, 523, 528, 529, 541, 582, 583, 802, 803, 835, 836};
constexpr std::array kPartyTags = {447, 448, 452, 453, 523, 802, 803};

template <std::size_t kSize>
bool is_among(const std::array<int, kSize>& tags, int tag) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool is_custom(int tag) { return tag >= 5000 && tag <= 5999; }

std::vector<FixField> echoes_of(const FixMessage& fix) {
    std::vector<FixField> echoes;
    for (const auto& field : fix.fields)
        if (is_among(kEchoedTags, field.tag) || is_custom(field.tag)) echoes.push_back(field);
    return echoes;
}

RequestError missing(int tag) { return {5, "required tag " + std::to_string(tag) + " is missing"}; }

RequestError unreadable(int tag) {
    return {0, "the value of tag " + std::to_string(tag) + " cannot be read"};
}

std::optional<RequestError> read_decimal(const FixMessage& fix, int tag,
                                         std::optional<Decimal>& value) {
    const std::string* text = fix.find(tag);
    if (text == nullptr) return std::nullopt;
    value = Decimal::parse(*text);
    return value ? std::nullopt : std::optional{unreadable(tag)};
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

std::optional<RequestError> read_quantity(const FixMessage& fix, OrderTerms& terms) {
    std::optional<Decimal> quantity;
    if (auto error = read_decimal(fix, 38, quantity)) return error;
    if (auto error = read_decimal(fix, 152, terms.cash_order_qty)) return error;
    if (!quantity && !terms.cash_order_qty) return missing(38);
    if (quantity && terms.cash_order_qty)
        return RequestError{0, "OrderQty and CashOrderQty exclude each other"};
    terms.order_qty = quantity.value_or(Decimal{});
    return std::nullopt;
}

std::optional<RequestError> read_peg(const FixMessage& fix, OrderTerms& terms) {
    std::optional<Decimal> offset;
    if (auto error = read_decimal(fix, 211, offset)) return error;
    if (!offset && fix.value(40) != "P") return std::nullopt;
    terms.peg = PegTerms{.offset = offset.value_or(Decimal{})};
    terms.peg->is_fixed = fix.value(835) == "1";
    const std::string type = fix.value(836);
    if (type.empty()) return std::nullopt;
    if (type != "0" && type != "1" && type != "2")
        return RequestError{0, "PegOffsetType " + type + " is not served"};
    terms.peg->offset_type = type.front() - '0';
    return std::nullopt;
}

std::optional<RequestError> read_terms(const FixMessage& fix, OrderTerms& terms) {
    if (auto error = read_quantity(fix, terms)) return error;
    terms.time_in_force = time_in_force_from(fix.value(59));
    terms.exec_inst = fix.value(18);
    if (auto error = read_decimal(fix, 44, terms.price)) return error;
    if (auto error = read_decimal(fix, 99, terms.stop_px)) return error;
    if (auto error = read_decimal(fix, 110, terms.min_qty)) return error;
    if (auto error = read_decimal(fix, 111, terms.max_floor)) return error;
    if (auto error = read_peg(fix, terms)) return error;
    return read_expiry(fix, terms.expire_time);
}

// A pegged order that names no reference price trails the market.
core::OrdType ord_type_of(const FixMessage& fix, const OrderTerms& terms) {
    const auto type = ord_type_from(fix.value(40));
    if (type != core::OrdType::Pegged) return type;
    const bool has_reference =
        terms.has_exec_inst('R') || terms.has_exec_inst('P') || terms.has_exec_inst('M');
    return has_reference ? type : core::OrdType::TrailingStop;
}

}  // namespace

std::optional<RequestError> first_missing(const FixMessage& fix, std::initializer_list<int> tags) {
    for (const int tag : tags)
        if (fix.find(tag) == nullptr) return missing(tag);
    return std::nullopt;
}

std::vector<FixField> merged_echoes(const std::vector<FixField>& old_echoes,
                                    std::vector<FixField> new_echoes) {
    const auto has = [](const std::vector<FixField>& fields, int tag) {
        return std::any_of(fields.begin(), fields.end(),
                           [tag](const FixField& field) { return field.tag == tag; });
    };
    const auto given = new_echoes;
    const bool has_parties = has(given, 453);
    for (const auto& field : old_echoes) {
        const bool is_replaced =
            is_among(kPartyTags, field.tag) ? has_parties : has(given, field.tag);
        if (!is_replaced) new_echoes.push_back(field);
    }
    return new_echoes;
}

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
    request.ord_type = ord_type_of(fix, request.terms);
    request.echoes = echoes_of(fix);
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
