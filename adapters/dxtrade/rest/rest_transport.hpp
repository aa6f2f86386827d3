// Bytes to one REST host and back, and when to look again: all that the REST client knows of the
// network.
#pragma once

#include <functional>
#include <string_view>

#include "core/clock.hpp"
#include "net/http.hpp"
#include "net/https_pool.hpp"

namespace broker::dxtrade::rest {

// Owned by a RestHost. [event-thread]
class RestTransport {
public:
    using Done = std::function<void(net::HttpOutcome)>;

    virtual ~RestTransport() = default;

    // As HttpsPool::send: `done` is called once, never from inside this call.
    virtual void send(net::HttpRequest request, net::HttpLane lane, core::MonotonicTime not_after,
                      Done done) = 0;
    // Calls back at that time or soon after it, never from inside this call; not at all once the
    // transport is gone.
    virtual void call_at(core::MonotonicTime when, std::function<void()> call) = 0;
    // A connection ahead of the first request.
    virtual void warm_up() = 0;
    // Ends every exchange with an error.
    virtual void close() = 0;
    [[nodiscard]] virtual std::string_view peer() const = 0;  // "host:port"
};

}  // namespace broker::dxtrade::rest
