// One exchange of HTTP/1.1 (RFC 9112) as values.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"

namespace broker::net {

enum class HttpMethod { Get, Post, Put, Delete };

[[nodiscard]] std::string_view http_method_name(HttpMethod method);  // "GET"

struct HttpHeader {
    std::string name;
    std::string value;  // may be a secret: never logged
};

struct HttpRequest {
    HttpMethod method = HttpMethod::Get;
    std::string target;               // path and query, percent-encoded
    std::vector<HttpHeader> headers;  // beside Host, User-Agent, Accept-Encoding, Content-Length
    std::string body;
};

struct HttpResponse {
    unsigned status = 0;
    std::vector<HttpHeader> headers;
    std::string body;  // decoded
    core::MonotonicTime received;

    // The first of that name, any case; empty if there is none.
    [[nodiscard]] std::string_view header(std::string_view name) const;
};

// What became of a request.
struct HttpOutcome {
    // False: nothing of it left the process. True with an error: the peer may have acted on it.
    bool was_written = false;
    core::MonotonicTime written;
    core::Result<HttpResponse> response;
};

}  // namespace broker::net
