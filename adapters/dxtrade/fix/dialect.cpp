#include "dxtrade/fix/dialect.hpp"

#include <algorithm>
#include <utility>

namespace broker::dxtrade::fix {
namespace {

constexpr std::int32_t kLastTagOfFix44 = 956;

// Beyond FIX 4.4: MinPriceIncrement and MaxTradeVol of its later versions, and what is published of
// DXtrade and dxFeed: MDStreamID, CandleType, NetChgPrevDayPercent, OrigOrdId.
constexpr std::array<std::int32_t, 6> kVenueTags{969, 1140, 1500, 6408, 6409, 9945};

bool lists(const MsgTypes& messages, std::string_view msg_type) {
    return std::find(messages.begin(), messages.end(), msg_type) != messages.end();
}

std::vector<std::int32_t> tags_of(const TagsByMessage& tags, std::string_view msg_type) {
    const auto found = tags.find(msg_type);
    return found == tags.end() ? std::vector<std::int32_t>{} : found->second;
}

RequestRules rules_of(const Profile& profile, std::string_view msg_type) {
    RequestRules rules{std::string{msg_type},
                       tags_of(profile.required_tags, msg_type),
                       tags_of(profile.forbidden_tags, msg_type),
                       {},
                       {}};
    for (const NamedField& field : profile.fields) {
        if (lists(field.messages, msg_type)) rules.fields.push_back(field);
    }
    for (const Party& party : profile.parties) {
        if (lists(party.messages, msg_type)) rules.parties.push_back(party);
    }
    return rules;
}

std::string account_text(const std::string& account, AccountFormat format) {
    const std::size_t colon = account.find(':');
    if (format == AccountFormat::AsConfigured || colon == std::string::npos) return account;
    return account.substr(colon + 1);
}

int digits_of(TimestampPrecision precision) {
    switch (precision) {
        case TimestampPrecision::Seconds:
            return 0;
        case TimestampPrecision::Milliseconds:
            return 3;
        case TimestampPrecision::Microseconds:
            return 6;
    }
    return 3;
}

// Every tag beyond FIX 4.4 that the profile has a use for, whatever the message.
std::vector<std::int32_t> profile_tags(const Profile& profile) {
    std::vector<std::int32_t> tags{profile.orders.position_code_tag,
                                   profile.orders.trailing_stop.offset_tag,
                                   profile.order_lists.tag};
    const AccountSummaryFields& summary = profile.queries.account_summary;
    tags.insert(tags.end(), {summary.balance, summary.equity, summary.margin, summary.margin_free,
                             summary.open_pl, summary.currency});
    for (const NamedField& field : profile.fields) tags.push_back(field.tag);
    for (const auto& [name, mapping] : profile.symbols.map) {
        for (const auto& [tag, value] : mapping.fields) tags.push_back(tag);
    }
    for (const auto& [msg_type, required] : profile.required_tags) {
        tags.insert(tags.end(), required.begin(), required.end());
    }
    std::sort(tags.begin(), tags.end());
    tags.erase(std::unique(tags.begin(), tags.end()), tags.end());
    return tags;
}

}  // namespace

bool RequestRules::forbids(std::int32_t tag) const {
    return std::find(forbidden_tags.begin(), forbidden_tags.end(), tag) != forbidden_tags.end();
}

Dialect::Dialect(Profile profile, std::string account)
    : profile_{std::move(profile)},
      symbols_{profile_.symbols},
      configured_account_{std::move(account)},
      account_{account_text(configured_account_, profile_.account_format)},
      timestamp_digits_{digits_of(profile_.timestamps)},
      profile_tags_{profile_tags(profile_)} {
    // In the order of RequestType.
    const std::array<std::string_view, kRequestTypes> msg_types{
        "D",  "G", "F", "H", "E", "K", "AF", "AN", profile_.queries.account_summary_request,
        "AD", "x", "c", "g"};
    for (std::size_t i = 0; i < kRequestTypes; ++i) rules_[i] = rules_of(profile_, msg_types[i]);
}

bool Dialect::is_our_account(std::string_view account) const {
    return account == configured_account_ || account == account_ ||
           account == account_text(configured_account_, AccountFormat::WithoutClearing);
}

const NamedField* Dialect::find_field(std::string_view msg_type, std::int32_t tag) const {
    for (const NamedField& field : profile_.fields) {
        if (field.tag == tag && lists(field.messages, msg_type)) return &field;
    }
    return nullptr;
}

bool Dialect::is_known(std::int32_t tag) const {
    if (tag >= 1 && tag <= kLastTagOfFix44) return true;
    return std::find(kVenueTags.begin(), kVenueTags.end(), tag) != kVenueTags.end() ||
           std::binary_search(profile_tags_.begin(), profile_tags_.end(), tag);
}

}  // namespace broker::dxtrade::fix
