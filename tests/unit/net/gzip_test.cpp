#include "net/gzip.hpp"

#include <gtest/gtest.h>
#include <zlib.h>

namespace broker::net {
namespace {

using core::Reason;

constexpr std::size_t kMax = 1U << 20U;

// With a zlib header, or raw.
std::string deflated(std::string_view text, int window_bits) {
    z_stream stream{};
    EXPECT_EQ(::deflateInit2(&stream, 6, Z_DEFLATED, window_bits, 8, Z_DEFAULT_STRATEGY), Z_OK);
    std::string compressed(::deflateBound(&stream, static_cast<uLong>(text.size())), '\0');
    stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(text.data()));
    stream.avail_in = static_cast<uInt>(text.size());
    stream.next_out = reinterpret_cast<Bytef*>(compressed.data());
    stream.avail_out = static_cast<uInt>(compressed.size());
    EXPECT_EQ(::deflate(&stream, Z_FINISH), Z_STREAM_END);
    compressed.resize(stream.total_out);
    ::deflateEnd(&stream);
    return compressed;
}

std::string some_text() {
    std::string text;
    for (int i = 0; i < 5'000; ++i) text += "{\"orderCode\":" + std::to_string(i * 7'919) + "}";
    return text;
}

void expect_failure(std::string_view compressed, std::size_t max_bytes, Reason reason) {
    const auto text = inflate(compressed, max_bytes);
    ASSERT_FALSE(text);
    EXPECT_EQ(text.error().reason, reason) << text.error().detail;
}

TEST(Inflate, GivesBackWhatGzipTook) {
    for (const std::string& text : {std::string{}, std::string{"a"}, some_text()}) {
        EXPECT_EQ(inflate(gzip(text), kMax).value(), text);
    }
}

TEST(Inflate, ReadsDeflateWithAndWithoutItsHeader) {
    EXPECT_EQ(inflate(deflated(some_text(), MAX_WBITS), kMax).value(), some_text());
    EXPECT_EQ(inflate(deflated(some_text(), -MAX_WBITS), kMax).value(), some_text());
}

TEST(Inflate, TakesExactlyTheBoundAndNotOneByteMore) {
    const std::string compressed = gzip(std::string(kMax, 'x'));
    EXPECT_EQ(inflate(compressed, kMax).value().size(), kMax);
    expect_failure(compressed, kMax - 1, Reason::HttpResponseTooLarge);
    expect_failure(compressed, 0, Reason::HttpResponseTooLarge);
}

TEST(Inflate, RefusesEveryPrefixOfAStream) {
    const std::string compressed = gzip("{\"orders\":[]}");
    for (std::size_t size = 0; size < compressed.size(); ++size) {
        expect_failure(std::string_view{compressed}.substr(0, size), kMax,
                       Reason::HttpResponseMalformed);
    }
}

TEST(Inflate, RefusesAWrongChecksum) {
    std::string compressed = gzip("text");
    compressed[compressed.size() - 8] ^= 1;
    expect_failure(compressed, kMax, Reason::HttpResponseMalformed);
}

TEST(Inflate, RefusesBytesAfterTheEnd) {
    expect_failure(gzip("text") + "more", kMax, Reason::HttpResponseMalformed);
}

TEST(Inflate, RefusesPlainText) {
    expect_failure("{\"orders\":[]}", kMax, Reason::HttpResponseMalformed);
}

}  // namespace
}  // namespace broker::net
