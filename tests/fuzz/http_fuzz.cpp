// The HTTP response reader over a stream in pieces: bounded in what it holds, and the first
// response does not depend on where the stream is cut.
#include <algorithm>
#include <optional>

#include "fuzz/fuzz_input.hpp"
#include "net/gzip.hpp"
#include "net/http_response_reader.hpp"

namespace {

using broker::fuzz::require;
using broker::net::HttpLimits;
using broker::net::HttpResponse;
using broker::net::HttpResponseReader;

// Less than the longest input can reach, and more.
constexpr HttpLimits kTight{.max_header_bytes = 1'000, .max_body_bytes = 2'000};
constexpr HttpLimits kWide{.max_header_bytes = 1U << 16U, .max_body_bytes = 1U << 20U};

// The first response of a connection that brings these bytes and then ends.
std::optional<HttpResponse> first_response(std::string_view stream, std::size_t piece,
                                           const HttpLimits& limits) {
    HttpResponseReader reader{limits};
    bool is_whole = false;
    for (std::size_t at = 0; at < stream.size() && !is_whole; at += piece) {
        const auto progress = reader.put(stream.substr(at, piece));
        if (!progress) return std::nullopt;
        is_whole = *progress == HttpResponseReader::Progress::Whole;
    }
    if (!is_whole && !reader.end_of_stream()) return std::nullopt;
    auto response = reader.take({});
    if (!response) return std::nullopt;
    require(response->body.size() <= limits.max_body_bytes, "a body keeps within its bound");
    require(response->status >= 200, "an interim response is never the answer");
    std::size_t header_bytes = 0;
    for (const auto& header : response->headers) {
        header_bytes += header.name.size() + header.value.size();
        require(header.value.find_first_of("\r\n") == std::string::npos, "a header is one line");
    }
    // A trailer has a bound of its own.
    require(header_bytes <= 2 * limits.max_header_bytes + piece, "headers keep within their bound");
    require(reader.keep_alive_timeout() >= broker::core::Duration{}, "a timeout is not negative");
    return std::move(*response);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    if (size == 0) return 0;
    const std::size_t piece = 1 + data[0];  // the size of the pieces that the bytes come in
    const std::string_view stream{reinterpret_cast<const char*>(data + 1), size - 1};
    (void)first_response(stream, piece, kTight);

    const auto in_pieces = first_response(stream, piece, kWide);
    const auto at_once = first_response(stream, std::max<std::size_t>(stream.size(), 1), kWide);
    require(in_pieces.has_value() == at_once.has_value(), "pieces make no difference");
    if (in_pieces) {
        require(in_pieces->status == at_once->status, "pieces make no other status");
        require(in_pieces->body == at_once->body, "pieces make no other body");
    }

    const auto inflated = broker::net::inflate(stream, kTight.max_body_bytes);
    require(!inflated || inflated->size() <= kTight.max_body_bytes, "inflating is bounded");
    return 0;
}
