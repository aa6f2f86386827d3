// How long a venue that throttles wants to be left alone.
#pragma once

#include <optional>

#include "core/clock.hpp"
#include "net/http.hpp"

namespace broker::dxtrade::rest {

// Retry-After in seconds, an hour at most. Null: not there, or a date.
[[nodiscard]] std::optional<core::Duration> retry_after(const net::HttpResponse& response);

}  // namespace broker::dxtrade::rest
