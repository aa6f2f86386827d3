// What a profile makes of one account's FIX messages, prepared once.
#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "dxtrade/profile.hpp"
#include "dxtrade/symbols.hpp"

namespace broker::dxtrade::fix {

// The messages we send.
enum class RequestType : std::uint8_t {
    NewOrderSingle,
    OrderCancelReplaceRequest,
    OrderCancelRequest,
    OrderStatusRequest,
    NewOrderList,
    ListCancelRequest,
    OrderMassStatusRequest,
    RequestForPositions,
    AccountSummaryRequest,  // by the profile's MsgType
    TradeCaptureReportRequest,
    SecurityListRequest,
    SecurityDefinitionRequest,
    TradingSessionStatusRequest,
};
inline constexpr std::size_t kRequestTypes = 13;

// What the profile asks of one message type that we send.
struct RequestRules {
    std::string msg_type;
    std::vector<std::int32_t> required_tags;
    std::vector<std::int32_t> forbidden_tags;
    std::vector<NamedField> fields;
    std::vector<Party> parties;

    [[nodiscard]] bool forbids(std::int32_t tag) const;
};

// Owned by a session, shared by its translators, which only read it. [any-thread]
class Dialect {
public:
    // `account` is the configured name, e.g. "default:ACC-1".
    Dialect(Profile profile, std::string account);

    [[nodiscard]] const Profile& profile() const { return profile_; }
    [[nodiscard]] const Symbols& symbols() const { return symbols_; }
    // Account (1) as it is sent, whether it is sent or not.
    [[nodiscard]] std::string_view account() const { return account_; }
    // The venue may write our account either way.
    [[nodiscard]] bool is_our_account(std::string_view account) const;
    [[nodiscard]] int timestamp_digits() const { return timestamp_digits_; }  // of the fraction
    [[nodiscard]] const RequestRules& rules(RequestType type) const {
        return rules_[static_cast<std::size_t>(type)];
    }

    // The named field that this tag of a received message is delivered as; null if there is none.
    [[nodiscard]] const NamedField* find_field(std::string_view msg_type, std::int32_t tag) const;
    // FIX 4.4 has the tag, or DXtrade is known to use it, or the profile names it in some place.
    [[nodiscard]] bool is_known(std::int32_t tag) const;

private:
    Profile profile_;
    Symbols symbols_;
    std::string configured_account_;
    std::string account_;
    int timestamp_digits_ = 3;
    std::array<RequestRules, kRequestTypes> rules_;
    std::vector<std::int32_t> profile_tags_;  // sorted
};

}  // namespace broker::dxtrade::fix
