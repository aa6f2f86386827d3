#include "net/http_response_reader.hpp"

#include <algorithm>
#include <boost/asio/buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>
#include <charconv>
#include <limits>
#include <optional>

#include "net/gzip.hpp"

namespace broker::net {
namespace {

namespace http = boost::beast::http;
using core::Error;
using core::Reason;
using core::Result;

constexpr std::size_t kMaxInterim = 16;
// Why: Beast 1.81 ends the process (BOOST_ASSERT) when it gets the last chunk of an empty body in
// smaller pieces. No chunked body ends with fewer bytes than these: 0 CR LF CR LF.
constexpr std::size_t kShortestChunk = 5;
constexpr unsigned kSwitchingProtocols = 101;
constexpr auto kMaxKeepAlive = std::chrono::hours{24};

Error malformed(const std::string& what) {
    return core::fail(Reason::HttpResponseMalformed, "HTTP response: " + what);
}

Error parse_error(const boost::system::error_code& error) {
    const bool is_too_large = error == http::error::body_limit ||
                              error == http::error::header_limit ||
                              error == http::error::buffer_overflow;
    if (!is_too_large) return malformed(error.message());
    return core::fail(Reason::HttpResponseTooLarge, "HTTP response: " + error.message());
}

bool is_same(std::string_view a, std::string_view b) {
    return boost::beast::iequals({a.data(), a.size()}, {b.data(), b.size()});
}

// "timeout=5, max=100"; zero if it names no timeout.
core::Duration keep_alive_timeout_of(std::string_view value) {
    constexpr std::string_view kName = "timeout=";
    const auto at = value.find(kName);
    if (at == std::string_view::npos) return {};
    const std::string_view digits = value.substr(at + kName.size());
    unsigned seconds = 0;
    const auto read = std::from_chars(digits.data(), digits.data() + digits.size(), seconds);
    if (read.ec != std::errc{}) return {};
    return std::min<core::Duration>(std::chrono::seconds{seconds}, kMaxKeepAlive);
}

Result<std::string> decoded(std::string body, std::string_view encoding, std::size_t max_bytes) {
    if (encoding.empty() || is_same(encoding, "identity") || body.empty()) return body;
    if (is_same(encoding, "gzip") || is_same(encoding, "x-gzip") || is_same(encoding, "deflate")) {
        return inflate(body, max_bytes);
    }
    return malformed("a content encoding that nobody asked for");
}

}  // namespace

struct HttpResponseReader::Parser {
    explicit Parser(const HttpLimits& limits) {
        constexpr std::size_t kMost = std::numeric_limits<std::uint32_t>::max();
        parser.header_limit(
            static_cast<std::uint32_t>(std::min<std::size_t>(limits.max_header_bytes, kMost)));
        parser.body_limit(limits.max_body_bytes);
        parser.eager(true);
    }
    [[nodiscard]] bool is_chunked() const { return parser.is_header_done() && parser.chunked(); }
    [[nodiscard]] unsigned status() const { return parser.get().result_int(); }

    http::response_parser<http::string_body> parser;
};

HttpResponseReader::HttpResponseReader(HttpLimits limits) : limits_{limits} { begin(); }

HttpResponseReader::~HttpResponseReader() = default;

void HttpResponseReader::begin() { parser_ = std::make_unique<Parser>(limits_); }

bool HttpResponseReader::is_empty() const {
    return pending_.empty() && interim_count_ == 0 && !parser_->parser.got_some();
}

Result<HttpResponseReader::Progress> HttpResponseReader::put(std::string_view bytes) {
    const bool is_direct = pending_.empty();  // then nothing is copied but what is left over
    if (!is_direct) pending_.append(bytes);
    std::size_t taken = 0;
    auto progress = parse(is_direct ? bytes : std::string_view{pending_}, taken);
    if (is_direct) {
        pending_.assign(bytes.substr(taken));
    } else {
        pending_.erase(0, taken);
    }
    if (!progress || *progress == Progress::Whole) return progress;
    if (pending_.size() > limits_.max_header_bytes) {
        return core::fail(Reason::HttpResponseTooLarge,
                          "HTTP response: header limit exceeded by a chunk's extension or trailer");
    }
    return Progress::NeedMore;
}

Result<HttpResponseReader::Progress> HttpResponseReader::parse(std::string_view bytes,
                                                               std::size_t& taken) {
    while (true) {
        const std::string_view rest = bytes.substr(taken);
        if (rest.empty()) return Progress::NeedMore;
        if (parser_->is_chunked() && rest.size() < kShortestChunk) return Progress::NeedMore;
        boost::system::error_code error;
        taken += parser_->parser.put(boost::asio::buffer(rest), error);
        if (error == http::error::need_more) return Progress::NeedMore;
        if (error) return parse_error(error);
        if (!parser_->parser.is_done()) return Progress::NeedMore;
        if (parser_->status() / 100 != 1) return Progress::Whole;

        if (parser_->status() == kSwitchingProtocols) return malformed("101 to no upgrade");
        if (++interim_count_ > kMaxInterim) return malformed("too many interim responses");
        begin();
    }
}

Result<void> HttpResponseReader::end_of_stream() {
    if (is_empty()) {
        return core::fail(Reason::ConnectionClosedByPeer,
                          "HTTP response: the peer closed the connection before the first byte");
    }
    boost::system::error_code error = http::error::partial_message;
    if (parser_->parser.got_some()) parser_->parser.put_eof(error);
    if (!error) return {};
    const std::string part =
        parser_->parser.is_header_done()
            ? "after " + std::to_string(parser_->parser.get().body().size()) + " bytes of the body"
            : "within the header";
    return core::fail(Reason::ConnectionClosedByPeer,
                      "HTTP response: the peer closed the connection " + part);
}

Result<HttpResponse> HttpResponseReader::take(core::MonotonicTime received) {
    keeps_alive_ = parser_->parser.keep_alive();
    auto message = parser_->parser.release();
    begin();
    interim_count_ = 0;

    HttpResponse response;
    response.status = message.result_int();
    response.received = received;
    for (const auto& field : message) {
        const auto name = field.name_string();
        const auto value = field.value();
        response.headers.push_back({{name.data(), name.size()}, {value.data(), value.size()}});
    }
    keep_alive_timeout_ = keep_alive_timeout_of(response.header("Keep-Alive"));
    const auto transfer = response.header("Transfer-Encoding");
    if (!transfer.empty() && !is_same(transfer, "chunked")) {
        return malformed("a transfer encoding beside chunked");
    }
    auto body = decoded(std::move(message.body()), response.header("Content-Encoding"),
                        limits_.max_body_bytes);
    if (!body) return body.error();
    response.body = std::move(*body);
    return response;
}

}  // namespace broker::net
