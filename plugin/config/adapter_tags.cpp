#include "config/adapter_tags.hpp"

#include <algorithm>
#include <span>

namespace broker::config {
namespace {

// FIX 4.4 volume 2, StandardHeader and StandardTrailer.
constexpr std::int32_t kHeaderTags[] = {8,   9,   10,  34,  35,  43,  49,  50,  52,  56,  57,
                                        89,  90,  91,  93,  97,  115, 116, 122, 128, 129, 142,
                                        143, 144, 145, 212, 213, 347, 369, 627, 628, 629, 630};

// The terms of an order: what a host may say in a record. All of NewOrderSingle (D).
constexpr std::int32_t kTermTags[] = {11,    // ClOrdID
                                      18,    // ExecInst
                                      38,    // OrderQty
                                      40,    // OrdType
                                      44,    // Price
                                      54,    // Side
                                      55,    // Symbol
                                      59,    // TimeInForce
                                      65,    // SymbolSfx
                                      77,    // PositionEffect
                                      99,    // StopPx
                                      100,   // ExDestination
                                      110,   // MinQty
                                      111,   // MaxFloor
                                      114,   // LocateReqd
                                      126,   // ExpireTime
                                      152,   // CashOrderQty
                                      211,   // PegOffsetValue
                                      432,   // ExpireDate
                                      836};  // PegOffsetType

// Account, TransactTime and the Parties group, in every request about an order.
constexpr std::int32_t kCommonTags[] = {1, 60, 447, 448, 452, 453};

constexpr std::int32_t kCancelTags[] = {11, 37, 38, 41, 54, 55, 65};

// ListID, ListSeqNo, TotNoOrders, NoOrders, BidType.
constexpr std::int32_t kListTags[] = {66, 67, 68, 73, 394};

// OrderStatusRequest, ListCancelRequest, OrderMassStatusRequest, RequestForPositions,
// TradeCaptureReportRequest, SecurityListRequest, SecurityDefinitionRequest,
// TradingSessionStatusRequest.
constexpr std::string_view kQuestions[] = {"H", "K", "AF", "AN", "AD", "x", "c", "g"};

// Of all questions together: their ids, types and criteria.
constexpr std::int32_t kQuestionTags[] = {11,  37,  54,  55,  65,  66,  75,  263,
                                          320, 321, 335, 336, 559, 568, 569, 580,
                                          581, 584, 585, 710, 715, 724, 790, 909};

bool has(std::span<const std::int32_t> tags, std::int32_t tag) {
    return std::find(tags.begin(), tags.end(), tag) != tags.end();
}

bool is_order_request(std::string_view msg_type) {
    return msg_type == "D" || msg_type == "E" || msg_type == "G";
}

bool is_question(std::string_view msg_type, const dxtrade::Profile& profile) {
    return msg_type == profile.queries.account_summary_request ||
           std::find(std::begin(kQuestions), std::end(kQuestions), msg_type) !=
               std::end(kQuestions);
}

bool is_fixed(std::int32_t tag, std::string_view msg_type, const dxtrade::Profile& profile) {
    if (is_question(msg_type, profile)) return has(kCommonTags, tag) || has(kQuestionTags, tag);
    if (msg_type == "F") return has(kCommonTags, tag) || has(kCancelTags, tag);
    if (!is_order_request(msg_type)) return false;
    if (has(kCommonTags, tag) || has(kTermTags, tag)) return true;
    if (msg_type == "E") return has(kListTags, tag);
    return msg_type == "G" && (tag == 37 || tag == 41);
}

// The tags that a profile's own keys put into orders.
std::string_view order_key(std::int32_t tag, const dxtrade::OrderRules& orders) {
    if (tag == 15 && !orders.currency.empty()) return "orders.currency";
    if (tag == 21 && !orders.handl_inst.empty()) return "orders.handl_inst";
    if (tag == orders.position_code_tag) return "orders.position_code_tag";
    if (tag == orders.trailing_stop.offset_tag &&
        orders.ord_types.contains(core::OrdType::TrailingStop)) {
        return "orders.trailing_stop.offset_tag";
    }
    return {};
}

std::string_view list_key(std::int32_t tag, const dxtrade::OrderListRules& lists) {
    using dxtrade::ContingencyEncoding;
    if (lists.encoding == ContingencyEncoding::Tag && tag == lists.tag) return "order_lists.tag";
    if ((lists.encoding == ContingencyEncoding::ListExecInst && tag == 69) ||
        (lists.encoding == ContingencyEncoding::ClOrdLinkID && tag == 583)) {
        return "order_lists.encoding";
    }
    return {};
}

bool has_symbol_field(std::int32_t tag, const dxtrade::SymbolRules& symbols) {
    return std::any_of(symbols.map.begin(), symbols.map.end(),
                       [tag](const auto& entry) { return entry.second.fields.contains(tag); });
}

}  // namespace

bool is_header_tag(std::int32_t tag) { return has(kHeaderTags, tag); }

std::string writer_of(std::int32_t tag, std::string_view msg_type,
                      const dxtrade::Profile& profile) {
    if (is_fixed(tag, msg_type, profile)) return "the adapter";
    if (is_order_request(msg_type)) {
        if (const auto key = order_key(tag, profile.orders); !key.empty()) return std::string{key};
    }
    if (msg_type == "E") {
        if (const auto key = list_key(tag, profile.order_lists); !key.empty()) {
            return std::string{key};
        }
    }
    const bool has_instrument =
        msg_type == "F" || is_order_request(msg_type) || is_question(msg_type, profile);
    if (has_instrument && has_symbol_field(tag, profile.symbols)) return "symbols.map";
    return {};
}

dxtrade::MsgTypes sent_messages(const dxtrade::Profile& profile) {
    dxtrade::MsgTypes messages{"D", "E", "F", "G"};
    messages.insert(messages.end(), std::begin(kQuestions), std::end(kQuestions));
    messages.push_back(profile.queries.account_summary_request);
    return messages;
}

bool is_essential(std::int32_t tag, std::string_view msg_type) {
    if (is_order_request(msg_type) && (has(kTermTags, tag) || has(kListTags, tag))) return true;
    return tag == 11 || tag == 41 || tag == 55 || tag == 65 || tag == 66;
}

}  // namespace broker::config
