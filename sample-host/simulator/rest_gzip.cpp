#include <zlib.h>

#include <stdexcept>

#include "simulator/rest_stream.hpp"

namespace broker::simulator {

std::string gzipped(const std::string& text) {
    constexpr int kGzipWindow = 15 + 16;
    z_stream stream{};
    if (deflateInit2(&stream, Z_DEFAULT_COMPRESSION, Z_DEFLATED, kGzipWindow, 8,
                     Z_DEFAULT_STRATEGY) != Z_OK)
        throw std::runtime_error("gzip cannot be started");
    std::string packed(deflateBound(&stream, static_cast<uLong>(text.size())) + 32, '\0');
    // zlib reads through a pointer to non-const.
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(packed.data());
    stream.avail_out = static_cast<uInt>(packed.size());
    const int result = deflate(&stream, Z_FINISH);
    packed.resize(stream.total_out);
    deflateEnd(&stream);
    if (result != Z_STREAM_END) throw std::runtime_error("gzip failed");
    return packed;
}

}  // namespace broker::simulator
