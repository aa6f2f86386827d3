// Faults of REST and push: rules that meet the next requests or messages of a kind.
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "simulator/rest_endpoints.hpp"

namespace broker::simulator {

enum class RestFault {
    // Nothing is done.
    TooManyRequests,      // 429 with Retry-After
    TooManyRequestsBare,  // 429 without
    UnavailableBefore,    // 503
    HtmlError,            // 502 with a page of HTML
    CloseBefore,          // the connection is closed
    ExpiredToken,         // 401 with errorCode 1, and the session is over
    StaleETag,            // 412, whatever If-Match says
    LoginRefused,         // 401 with errorCode 3
    // It is done, and then:
    ErrorAfter,   // 500
    LoseAnswer,   // the connection is closed without an answer
    CutBody,      // it is closed in the middle of the answer
    NeverAnswer,  // silence; the connection stays
    WrongJson,    // the answer is no JSON
    EmptyBody,    // the answer has no body
    Slow,         // the answer comes `delay` later
    // Push: the endpoint is push or push_market_data, a turn is one message.
    PushLose,
    PushDuplicate,
    PushReorder,       // it comes after the next one
    PushWrongJson,     // it is no JSON
    PushSlowConsumer,  // in place of it the socket is closed with 1013
    PushCut,           // in place of it the connection is cut
    PushSilent,        // nothing is sent on that socket any more
};
inline constexpr std::size_t kRestFaultCount = 22;

// As YAML names them, e.g. "lose_answer".
[[nodiscard]] std::string_view rest_fault_name(RestFault fault);
[[nodiscard]] std::optional<RestFault> rest_fault_from_name(std::string_view name);
[[nodiscard]] constexpr bool is_push_fault(RestFault fault) { return fault >= RestFault::PushLose; }

struct RestFaultRule {
    RestFault fault = RestFault::UnavailableBefore;
    std::optional<RestEndpoint> endpoint{};          // none: any
    int times = 1;                                   // meets so many, then no more; 0: all
    int skip = 0;                                    // lets so many pass first
    core::Duration delay = std::chrono::seconds{1};  // of Slow; Retry-After in whole seconds
};

// [event-thread]
class RestFaults {
public:
    void add(RestFaultRule rule) { rules_.push_back({rule, 0, 0}); }
    void clear() { rules_.clear(); }

    // What meets this request, one turn of each rule used up.
    [[nodiscard]] std::vector<RestFaultRule> take(RestEndpoint endpoint);
    [[nodiscard]] std::vector<RestFaultRule> take_push(RestEndpoint endpoint);

private:
    struct Counted {
        RestFaultRule rule;
        int used;
        int skipped;
    };
    [[nodiscard]] std::vector<RestFaultRule> take(RestEndpoint endpoint, bool is_push);
    std::vector<Counted> rules_;
};

}  // namespace broker::simulator
