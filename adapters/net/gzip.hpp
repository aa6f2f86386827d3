// Bodies and messages compressed with gzip (RFC 1952) or zlib's deflate (RFC 1950, 1951).
#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "core/result.hpp"

namespace broker::net {

// Inflates one whole gzip or zlib stream, or raw deflate, which some servers send under the name
// "deflate". Never holds more than `max_bytes` of the result. Errors: HttpResponseTooLarge,
// HttpResponseMalformed (not such a stream, cut short, wrong checksum, bytes after its end).
[[nodiscard]] core::Result<std::string> inflate(std::string_view compressed, std::size_t max_bytes);

// A whole gzip stream.
[[nodiscard]] std::string gzip(std::string_view text);

}  // namespace broker::net
