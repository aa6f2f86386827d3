#include "dxtrade/rest_profile.hpp"

#include <algorithm>
#include <string_view>

namespace broker::dxtrade {
namespace {

// What every server takes in client ids (reference section 1.2).
constexpr std::string_view kSafeIdCharacters =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_.";
constexpr std::size_t kMaxIdSize = 64;

constexpr std::int32_t kNoFixTag = -1;

OrderRules order_rules(const OrderRules& fix, const RestOrderRules& rest) {
    OrderRules rules;
    for (const core::Side side : {core::Side::Buy, core::Side::Sell}) {
        if (fix.sides.contains(side)) rules.sides.add(side);
    }
    rules.ord_types = rest.ord_types;
    rules.times_in_force = rest.times_in_force;
    rules.position_effect = PositionEffectRule::Optional;
    if (rest.positions != PositionModel::Net) rules.position_code_tag = kNoFixTag;
    rules.expiry = ExpiryField::ExpireTime;
    return rules;
}

ReplaceRules replace_rules(const RestOrderRules& rest) {
    ReplaceRules rules;
    rules.is_offered = rest.can_replace;
    rules.fields = {ReplaceField::OrderQty, ReplaceField::Price, ReplaceField::StopPx,
                    ReplaceField::TimeInForce, ReplaceField::ExpireTime};
    return rules;
}

OrderListRules list_rules(const RestOrderRules& rest) {
    OrderListRules rules;
    if (rest.contingencies.empty()) return rules;
    // Why this one of those that need no value: how a group is put is not FIX's affair here.
    rules.encoding = ContingencyEncoding::ClOrdLinkID;
    rules.contingencies = rest.contingencies;
    rules.can_cancel_list = true;  // DELETE of a group
    return rules;
}

ClOrdIDRules id_rules(const ClOrdIDRules& configured) {
    ClOrdIDRules rules;
    rules.max_size = std::min(configured.max_size, kMaxIdSize);
    for (const char c : kSafeIdCharacters) {
        const bool is_allowed =
            configured.alphabet.empty() || configured.alphabet.find(c) != std::string::npos;
        if (is_allowed) rules.alphabet += c;
    }
    return rules;
}

// Named fields and parties go in FIX messages alone; what comes in those of a drop copy stays.
void remove_sent_fields(Profile& profile) {
    constexpr std::string_view kReceived[] = {"8", "9", "AE", "AP", "d", "y"};
    for (NamedField& field : profile.fields) {
        std::erase_if(field.messages, [&](const std::string& message) {
            return std::find(std::begin(kReceived), std::end(kReceived), message) ==
                   std::end(kReceived);
        });
        field.is_required = false;
    }
    std::erase_if(profile.fields, [](const NamedField& field) { return field.messages.empty(); });
    profile.parties.clear();
    profile.required_tags.clear();
    profile.forbidden_tags.clear();
}

}  // namespace

Profile profile_of_rest_orders(Profile profile) {
    const RestOrderRules& rest = profile.rest.orders;
    profile.orders_go_by_rest = true;
    profile.orders = order_rules(profile.orders, rest);
    profile.replaces = replace_rules(rest);
    profile.order_lists = list_rules(rest);
    profile.cl_ord_ids = id_rules(profile.cl_ord_ids);
    remove_sent_fields(profile);
    return profile;
}

MarketDataRules market_data_rules_of_push(const PushRules& push) {
    MarketDataRules rules;
    rules.is_offered = true;
    rules.updates = MarketDataUpdates::FullRefresh;
    rules.has_full_book = false;
    rules.has_candles = true;
    rules.begins_with_snapshot = false;
    rules.only_new_entries = true;
    rules.max_symbols_per_request = push.max_symbols_per_request;
    return rules;
}

}  // namespace broker::dxtrade
