#include "net/gzip.hpp"

#include <zlib.h>

#include <algorithm>
#include <array>
#include <limits>
#include <memory>

namespace broker::net {
namespace {

constexpr std::size_t kPiece = 16 * 1024;
constexpr int kGzipOrZlib = MAX_WBITS + 32;
constexpr int kGzip = MAX_WBITS + 16;
constexpr int kRawDeflate = -MAX_WBITS;
constexpr int kMemoryLevel = 8;
constexpr auto kMaxInput = std::numeric_limits<uInt>::max();

core::Error malformed(const std::string& what) {
    return core::fail(core::Reason::HttpResponseMalformed, "inflating: " + what);
}

void give(z_stream& stream, std::string_view input) {
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(input.data()));
    stream.avail_in = static_cast<uInt>(input.size());
}

// Whether the first two bytes are a gzip or a zlib header.
bool has_header(std::string_view bytes) {
    if (bytes.size() < 2) return false;
    const auto first = static_cast<unsigned char>(bytes[0]);
    const auto second = static_cast<unsigned char>(bytes[1]);
    const bool is_gzip = first == 0x1F && second == 0x8B;
    const bool is_zlib = (first & 0x0FU) == Z_DEFLATED && ((first << 8U) | second) % 31U == 0;
    return is_gzip || is_zlib;
}

core::Result<std::string> inflate_all(z_stream& stream, std::size_t max_bytes) {
    std::string text;
    std::array<char, kPiece> piece;
    while (true) {
        stream.next_out = reinterpret_cast<Bytef*>(piece.data());
        stream.avail_out = kPiece;
        const int result = ::inflate(&stream, Z_NO_FLUSH);
        const std::size_t count = kPiece - stream.avail_out;
        if (count > max_bytes - text.size()) {
            return core::fail(core::Reason::HttpResponseTooLarge,
                              "inflating: more than " + std::to_string(max_bytes) + " bytes");
        }
        text.append(piece.data(), count);
        if (result == Z_STREAM_END) break;
        if (result == Z_BUF_ERROR) return malformed("the data is cut short");
        if (result != Z_OK) return malformed(stream.msg != nullptr ? stream.msg : "bad data");
    }
    if (stream.avail_in > 0) return malformed("bytes after the end of the data");
    return text;
}

}  // namespace

core::Result<std::string> inflate(std::string_view compressed, std::size_t max_bytes) {
    if (compressed.size() > kMaxInput) {
        return core::fail(core::Reason::HttpResponseTooLarge, "inflating: more than 4 GiB");
    }
    z_stream stream{};
    give(stream, compressed);
    if (::inflateInit2(&stream, has_header(compressed) ? kGzipOrZlib : kRawDeflate) != Z_OK) {
        return malformed("no memory");
    }
    const std::unique_ptr<z_stream, decltype(&::inflateEnd)> end{&stream, &::inflateEnd};
    return inflate_all(stream, max_bytes);
}

std::string gzip(std::string_view text) {
    z_stream stream{};
    if (::deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzip, kMemoryLevel,
                       Z_DEFAULT_STRATEGY) != Z_OK) {
        throw std::bad_alloc{};
    }
    const std::unique_ptr<z_stream, decltype(&::deflateEnd)> end{&stream, &::deflateEnd};
    std::string compressed(::deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    give(stream, text);
    stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
    stream.avail_out = static_cast<uInt>(compressed.size());
    ::deflate(&stream, Z_FINISH);  // the bound makes it end in one call
    compressed.resize(stream.total_out);
    return compressed;
}

}  // namespace broker::net
