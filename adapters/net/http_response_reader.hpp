// From the bytes of a connection to responses; without a socket.
#pragma once

#include <cstddef>
#include <memory>
#include <string_view>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "net/http.hpp"

namespace broker::net {

struct HttpLimits {
    std::size_t max_header_bytes = 64U << 10U;
    std::size_t max_body_bytes = 16U << 20U;  // on the wire, and after decoding
};

// Reads one response after the other (RFC 9112), each in pieces of any size: chunked bodies, those
// of a given length and those that end with the connection; interim (1xx) responses are passed
// over; gzip and deflate are decoded. What it holds is bounded by the limits. Once an error is
// returned the reader is of no further use: where the next response begins is unknown.
// Owned by an HttpConnection. [event-thread]
class HttpResponseReader {
public:
    explicit HttpResponseReader(HttpLimits limits);
    ~HttpResponseReader();
    HttpResponseReader(const HttpResponseReader&) = delete;
    HttpResponseReader& operator=(const HttpResponseReader&) = delete;

    enum class Progress { NeedMore, Whole };

    // Takes all of `bytes`. Errors: HttpResponseMalformed, HttpResponseTooLarge.
    [[nodiscard]] core::Result<Progress> put(std::string_view bytes);
    // The connection has ended in order. Errors: ConnectionClosedByPeer, if the response is not
    // whole; the text says how much of it there was.
    [[nodiscard]] core::Result<void> end_of_stream();

    // The response, once whole; with its body decoded. The reader then begins anew. Errors as of
    // put(), of decoding.
    [[nodiscard]] core::Result<HttpResponse> take(core::MonotonicTime received);

    // Of the response just taken: whether the connection goes on after it, ...
    [[nodiscard]] bool keeps_alive() const { return keeps_alive_; }
    // ... and for how long, if the peer said so; zero if not.
    [[nodiscard]] core::Duration keep_alive_timeout() const { return keep_alive_timeout_; }

    // Nothing of a response is here.
    [[nodiscard]] bool is_empty() const;

private:
    struct Parser;

    core::Result<Progress> parse(std::string_view bytes, std::size_t& taken);
    void begin();

    HttpLimits limits_;
    std::unique_ptr<Parser> parser_;
    std::string pending_;  // not taken by the parser: part of a header or of a chunk's frame
    std::size_t interim_count_ = 0;
    bool keeps_alive_ = false;
    core::Duration keep_alive_timeout_{};
};

}  // namespace broker::net
