// How the REST and push side of the venue answers where deployments differ, or where it is not
// known what DXtrade does. Every switch plays one side of an open question.
#pragma once

#include <cstdint>
#include <string>

#include "core/clock.hpp"
#include "core/decimal.hpp"

namespace broker::simulator {

// So many in any window of this length; 0: as many as one likes.
struct RateLimit {
    std::uint32_t count = 0;
    core::Duration window = std::chrono::seconds{1};
};

struct RestRateLimits {
    RateLimit login;     // of all clients together: they come from one address
    RateLimit read;      // of one session, as the others
    RateLimit trade;     // orders and changes of orders
    RateLimit bulk;      // POST of the history, instruments by type or query, end-of-day figures
    RateLimit push_all;  // subscriptions with requestType ALL
    bool sends_retry_after = true;
};

// 00:30:00, PT30M, 1800, "1800000".
enum class TimeoutFormat { Clock, Iso8601, Seconds, Milliseconds };
enum class SymbolStyle { Plain, Slash };  // EURUSD, EUR/USD
// What an order behind an entry order is until the entry is filled.
enum class ChildStatus { Working, Accepted };
// What links[] of an entry order calls the link to an order behind it.
enum class LinkDirection { ChildOnParent, ParentOnParent };

// What is signed in HMAC mode: lines joined by `separator`.
struct HmacOptions {
    bool uri_has_prefix = false;  // "/dxsca-web" before the path
    bool uri_has_query = true;
    bool uri_is_encoded = true;
    bool empty_content_has_line = true;
    std::string separator = "\n";
    core::Duration skew = std::chrono::minutes{5};  // of the client's clock, either way
};

struct RestOptions {
    bool demands_client_certificate = false;
    bool requires_user_agent = true;
    std::string domain = "default";
    core::Duration session_timeout = std::chrono::minutes{30};
    TimeoutFormat timeout_format = TimeoutFormat::Clock;
    bool ping_gives_new_token = false;
    bool ping_answers_empty = false;
    bool second_login_ends_first = false;
    HmacOptions hmac{};
    RestRateLimits rate_limits{};

    bool requires_if_match = true;
    bool position_based = true;          // else positions are netted and groups refused
    bool may_close_all = true;           // POST /close is there
    core::Decimal reject_async_ratio{};  // of refused orders: answered with 200, REJECTED later
    bool empty_200_body = false;         // of changes of orders
    bool own_execution_codes = false;    // else executionCode is the ExecID of FIX
    ChildStatus child_status = ChildStatus::Working;
    LinkDirection link_direction = LinkDirection::ChildOnParent;
    bool shows_protection_prices = false;  // stopLossPrice, takeProfitPrice on positions
    bool signed_quantities = false;        // of positions, instead of `side`

    bool numbers_as_strings = false;
    bool booleans_as_strings = false;
    bool order_ids_as_strings = false;
    bool account_as_object = false;
    bool upper_case_pl = true;            // openPL and totalPL, else openPl and totalPl
    bool details_as_instruments = false;  // the envelope of instrument details
    bool from_time_parameters = false;    // from-time/to-time, else time-from/time-to
    SymbolStyle symbol_style = SymbolStyle::Plain;
    int page_size = 100;  // of lists, at most

    bool is_order_entry = false;        // adapter.yaml: order_entry: rest, and no FIX
    bool is_in_adapter_config = false;  // adapter.yaml has rest: and push: beside fix:
};

struct PushOptions {
    bool trailing_slash_required = true;  // "/dxsca-web/?...", else "/dxsca-web?..." does too
    core::Duration ping_interval = std::chrono::seconds{30};
    int unanswered_pings = 2;  // then the session is closed
    core::Duration metrics_interval = std::chrono::seconds{5};
    bool sends_ping_session = true;
    bool requires_timestamp = false;
    std::uint32_t max_queued_messages = 10'000;  // then the client is too slow: 1013
};

}  // namespace broker::simulator
