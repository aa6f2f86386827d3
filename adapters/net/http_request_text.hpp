// A request as the bytes that go over the wire.
#pragma once

#include <string>
#include <string_view>

#include "net/http.hpp"

namespace broker::net {

// What every request to one host has in common.
struct HttpPeerFields {
    std::string host;  // value of the Host header: with the port unless it is 443
    std::string user_agent;
};

// Whether a name and a value can be a header without becoming something else on the wire.
[[nodiscard]] bool is_header_name(std::string_view name);
[[nodiscard]] bool is_header_value(std::string_view value);

// The whole request in one piece. Errors (InvalidField): a target that does not begin with a slash
// or has bytes that are not visible ASCII; a header with such a name or with control characters in
// its value, or one of those written here; a request above 4 MiB. No value is repeated in the text.
[[nodiscard]] core::Result<std::string> http_request_text(const HttpRequest& request,
                                                          const HttpPeerFields& peer);

}  // namespace broker::net
