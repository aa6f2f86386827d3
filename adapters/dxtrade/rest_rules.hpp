// What varies from broker to broker of the REST and the push API, as data: the "varies" list of
// reference section 17. Part of Profile.
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <string>

#include "core/enum_set.hpp"
#include "core/order.hpp"
#include "core/query.hpp"

namespace broker::dxtrade {

// So many requests in any window of this length.
struct RateRule {
    std::uint32_t count = 1;
    std::chrono::milliseconds window{1'000};
};

// What the venue counts apart. Login is counted by address, the others by session.
enum class RateClass : std::int32_t { Login = 0, Read = 1, Trade = 2, Bulk = 3 };
inline constexpr std::size_t kRateClassCount = 4;

struct RestRateRules {
    RateRule login{1, std::chrono::milliseconds{1'000}};
    RateRule read{2, std::chrono::milliseconds{1'000}};
    RateRule trade{1, std::chrono::milliseconds{1'000}};
    RateRule bulk{1, std::chrono::milliseconds{1'000}};
};

// If-Match on changes of orders.
enum class IfMatchRule { WhenKnown, Always, Never };

// How accounts hold positions. AsReported: by what the account itself says, position-based if it
// says nothing.
enum class PositionModel { AsReported, PositionBased, Net };

// The words of a time range of events and transfers: time-from/time-to, or from-time/to-time.
enum class TimeParameters { TimeFrom, FromTime };

// What HMAC mode signs. Unverified at the venue, so each part is a setting.
struct HmacRules {
    bool uri_has_prefix = false;         // "/dxsca-web" before the path
    bool uri_has_query = true;           // "?..." behind it
    bool uri_is_encoded = true;          // as it goes over the wire; else decoded
    bool empty_content_has_line = true;  // "Content=" without a body
    std::string separator = "\n";
};

struct RestOrderRules {
    bool is_offered = false;  // orders may go over REST at all
    core::EnumSet<core::OrdType> ord_types{core::OrdType::Market, core::OrdType::Limit,
                                           core::OrdType::Stop};
    core::EnumSet<core::TimeInForce> times_in_force{
        core::TimeInForce::GoodTillCancel, core::TimeInForce::Day, core::TimeInForce::GoodTillDate};
    core::EnumSet<core::Contingency> contingencies;  // of groups; empty: no groups
    bool can_replace = true;                         // PUT
    bool sends_type_in_put = false;
    bool can_close_all = false;  // POST .../close; else position by position
    IfMatchRule if_match = IfMatchRule::WhenKnown;
    PositionModel positions = PositionModel::AsReported;
    bool sends_tif_gtc_for_market = true;  // a market order's tif is GTC whatever the host says
    // Where FIX is down, cancels go over REST.
    bool cancels_while_fix_is_down = false;
};

struct RestRules {
    bool is_offered = false;
    std::string user_agent = "dxtrade-adapter";  // requests without one may be refused
    RestRateRules rates;
    std::chrono::seconds session_timeout{1'800};  // where login does not say
    RestOrderRules orders;
    core::EnumSet<core::QueryKind> queries;  // what can be asked over REST
    TimeParameters time_parameters = TimeParameters::TimeFrom;
    std::uint32_t page_size = 100;  // of the order history
    HmacRules hmac;
};

struct PushRules {
    bool is_offered = false;
    std::string path = "/?format=JSON";                // of account messages, behind the base
    std::string market_data_path = "/md?format=JSON";  // of market data, behind the base
    bool is_compressed = false;                        // compression=gzip
    bool has_metrics = true;                           // AccountMetrics can be subscribed to
    bool has_account_events = true;
    bool has_cash_transfers = true;
    bool sends_authorization = true;  // on the upgrade, beside `session` in each message
    // Nothing received for so long: the connection counts as dead.
    std::chrono::seconds silence_timeout{75};
    std::size_t max_symbols_per_request = 100;
};

}  // namespace broker::dxtrade
