// Which endpoint a request means.
#pragma once

#include <string>

#include "simulator/rest_endpoints.hpp"
#include "simulator/rest_message.hpp"
#include "simulator/rest_options.hpp"
#include "simulator/rest_sessions.hpp"

namespace broker::simulator {

struct RestRoute {
    RestEndpoint endpoint = RestEndpoint::Unknown;
    bool is_known_path = false;  // else no method would do
    std::string accounts{};      // of the path, or of the parameter "accounts": may be several
    std::string item{};          // the last segment: order code, symbol, date, user
};

// Of a target that could be read.
[[nodiscard]] RestRoute route_of(const RestRequest& request, const RestOptions& options);

// What the endpoint counts as.
[[nodiscard]] RateBucket bucket_of(const RestRequest& request, RestEndpoint endpoint);

}  // namespace broker::simulator
