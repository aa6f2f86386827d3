// Orders as REST clients give them: one order or a group, read and checked as far as that goes
// without looking at accounts.
#pragma once

#include <optional>
#include <string>
#include <utility>
#include <variant>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/order.hpp"
#include "simulator/rest_json.hpp"
#include "simulator/rest_options.hpp"

namespace broker::simulator {

struct RestRefusal {
    unsigned status;  // HTTP
    int code;         // errorCode
    std::string text;
};

namespace rest_error {
inline constexpr int kUnauthorised = 1;
inline constexpr int kNotFound = 2;
inline constexpr int kLoginFailed = 3;
inline constexpr int kBadParameter = 32;
inline constexpr int kBadOrder = 33;
inline constexpr int kIfMatchMissing = 99;
inline constexpr int kDuplicateId = 100;
inline constexpr int kBadId = 101;
inline constexpr int kEmptyLogin = 110;
inline constexpr int kFinalOrder = 1005;
inline constexpr int kRefused = 1000;  // by the venue's rules; real codes are not known
}  // namespace rest_error

enum class PositionEffect { Absent, Open, Close };

struct RestOrderRequest {
    std::string order_code;
    std::string symbol;  // as the exchange knows it
    core::Side side = core::Side::Unspecified;
    core::OrdType type = core::OrdType::Unspecified;  // absent: as it is
    std::optional<core::Decimal> quantity;
    PositionEffect effect = PositionEffect::Absent;
    std::string position_code;
    std::optional<core::Decimal> limit_price;
    std::optional<core::Decimal> stop_price;
    std::optional<core::Decimal> price_offset;
    core::TimeInForce time_in_force = core::TimeInForce::GoodTillCancel;
    std::optional<core::UtcTime> expire_time;
    std::vector<std::pair<std::string, std::string>> metadata;

    [[nodiscard]] bool has_no_quantity() const { return !quantity || quantity->is_zero(); }
};

struct RestGroupRequest {
    std::string contingency;  // IF-THEN, OCO
    std::vector<RestOrderRequest> orders;
};

using RestOrderBody = std::variant<RestOrderRequest, RestGroupRequest, RestRefusal>;

// `is_change`: the type may be absent.
[[nodiscard]] RestOrderBody order_body_from(const std::string& body, bool is_change,
                                            const RestOptions& options);

// What goes wrong with these terms wherever the order goes.
[[nodiscard]] std::optional<RestRefusal> check_terms(const RestOrderRequest& request);

}  // namespace broker::simulator
