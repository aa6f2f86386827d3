// The requests of one session: in their turn, with their credentials, as often as is right.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "dxtrade/rest/order_requests.hpp"
#include "dxtrade/rest/rest_host.hpp"
#include "dxtrade/rest/rest_session.hpp"
#include "dxtrade/rest_rules.hpp"
#include "net/http.hpp"

namespace broker::dxtrade::rest {

// One request and what is to happen with it.
struct RestCall {
    RestRequest request;  // target behind the base path
    RateClass rate_class = RateClass::Read;
    net::HttpLane lane = net::HttpLane::Query;
    core::MonotonicTime not_after;  // later it is not written
    std::string if_none_match;      // an ETag as received; empty: not sent
    // Asked when it goes to the network: an ETag as received, or empty. May be empty itself.
    std::function<std::string()> if_match;
    // It goes to the network, and may be written from here on; not called if it went from inside
    // `send`. May be empty.
    std::function<void()> on_dispatch;
    std::function<void(net::HttpOutcome)> done;
};

// Holds requests until their class's budget lets them go, the urgent ones first. Sends again, the
// identical request, only on proof that it was not acted on, and only before its `not_after`: once
// with new credentials after a 401, and after a 429. Owned by RestChannel. [event-thread]
class RestClient {
public:
    static constexpr std::size_t kMaxWaiting = 1'024;  // of a class

    RestClient(const RestRateRules& rates, RestHost& host, RestSession& session);
    ~RestClient();
    RestClient(const RestClient&) = delete;
    RestClient& operator=(const RestClient&) = delete;

    // True: it is with the network already. `done` is called once, never from inside this call; an
    // outcome that was not written proves that nothing of it left the process. Errors, at once:
    // RateBudgetExhausted (its turn would come too late), CircuitOpen, CommandQueueFull.
    [[nodiscard]] core::Result<bool> send(RestCall call);

    // The session has credentials: what waits may go.
    void pump();
    // Ends what waits, not written. What is under way ends by itself.
    void drop_waiting(const core::Error& error);
    void on_tick();

    [[nodiscard]] std::uint32_t remaining(RateClass rate_class) const;

private:
    struct State;
    std::shared_ptr<State> state_;  // shared with its exchanges: one may end after the client
};

}  // namespace broker::dxtrade::rest
