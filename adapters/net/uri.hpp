// Addresses and the parts of a request target (RFC 3986).
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"

namespace broker::net {

// Where a service is: "https://host[:port][/path]".
struct BaseUrl {
    std::string host;          // an IPv6 address is without brackets
    std::string port = "443";  // digits
    std::string path;          // "/a/b", percent-encoded as it was given; no slash at the end
};

// `scheme` is "https" or "wss". Errors (Configuration): another scheme, one without TLS named as
// such; no host; a port out of range; credentials, a query or a fragment; what is no URL.
[[nodiscard]] core::Result<BaseUrl> parse_base_url(std::string_view url,
                                                   std::string_view scheme = "https");

// "host:port", an IPv6 address in brackets.
[[nodiscard]] std::string host_and_port(std::string_view host, std::string_view port);

// One segment of a path, or one value of a query: each byte outside RFC 3986's unreserved ones
// becomes %XX.
[[nodiscard]] std::string encode_segment(std::string_view text);

// Collects "?name=value&…".
class QueryString {
public:
    QueryString& add(std::string_view name, std::string_view value);
    // "name=a,b,c": the values are encoded, the commas between them are not.
    QueryString& add_list(std::string_view name, const std::vector<std::string>& values);
    // With its question mark; empty if nothing was added.
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    void begin(std::string_view name);
    std::string text_;
};

}  // namespace broker::net
