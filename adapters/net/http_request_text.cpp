#include "net/http_request_text.hpp"

#include <algorithm>
#include <array>

namespace broker::net {
namespace {

using core::Reason;

constexpr std::size_t kMaxRequest = 4U << 20U;

// Headers of the connection and of the message's length: two opinions about them in one request
// would make two requests of it.
constexpr std::array<std::string_view, 10> kOwnHeaders = {
    "host",       "user-agent", "accept-encoding",   "content-length", "connection",
    "keep-alive", "expect",     "transfer-encoding", "upgrade",        "te"};

bool is_own_header(std::string_view name) {
    return std::any_of(kOwnHeaders.begin(), kOwnHeaders.end(), [name](std::string_view own) {
        return std::equal(own.begin(), own.end(), name.begin(), name.end(), [](char a, char b) {
            return a == (b >= 'A' && b <= 'Z' ? static_cast<char>(b | 0x20) : b);
        });
    });
}

bool is_token_character(char each) {
    constexpr std::string_view kOthers = "!#$%&'*+-.^_`|~";
    return (each >= 'a' && each <= 'z') || (each >= 'A' && each <= 'Z') ||
           (each >= '0' && each <= '9') || kOthers.find(each) != std::string_view::npos;
}

core::Result<void> check(const HttpRequest& request, const HttpPeerFields& peer) {
    if (!is_header_value(peer.host) || !is_header_value(peer.user_agent)) {
        return core::fail(Reason::InvalidField,
                          "HTTP request: control character in the host or the user agent");
    }
    const auto is_visible = [](char each) { return each > ' ' && each < '\x7F'; };
    if (!request.target.starts_with('/') ||
        !std::all_of(request.target.begin(), request.target.end(), is_visible)) {
        return core::fail(Reason::InvalidField,
                          "HTTP request: the target is not a percent-encoded path");
    }
    std::size_t size = request.target.size() + request.body.size();
    for (const HttpHeader& header : request.headers) {
        if (!is_header_name(header.name)) {
            return core::fail(Reason::InvalidField, "HTTP request: a header's name is not a token");
        }
        if (is_own_header(header.name)) {
            return core::fail(Reason::InvalidField, "HTTP request: header " + header.name +
                                                        " is written by the connection itself");
        }
        if (!is_header_value(header.value)) {
            return core::fail(Reason::InvalidField,
                              "HTTP request: control character in header " + header.name);
        }
        size += header.name.size() + header.value.size();
    }
    if (size > kMaxRequest) {
        return core::fail(Reason::InvalidField,
                          "HTTP request: larger than " + std::to_string(kMaxRequest) + " bytes");
    }
    return {};
}

}  // namespace

bool is_header_name(std::string_view name) {
    return !name.empty() && std::all_of(name.begin(), name.end(), is_token_character);
}

bool is_header_value(std::string_view value) {
    return std::all_of(value.begin(), value.end(), [](char each) {
        const auto byte = static_cast<unsigned char>(each);
        return byte == '\t' || (byte >= ' ' && byte != 0x7F);
    });
}

core::Result<std::string> http_request_text(const HttpRequest& request,
                                            const HttpPeerFields& peer) {
    if (auto checked = check(request, peer); !checked) return checked.error();
    constexpr std::size_t kUsualHead = 1'024;
    std::string text;
    text.reserve(kUsualHead + request.body.size());
    text.append(http_method_name(request.method)).append(" ").append(request.target);
    text.append(" HTTP/1.1\r\nHost: ").append(peer.host);
    text.append("\r\nUser-Agent: ").append(peer.user_agent);
    text.append("\r\nAccept-Encoding: gzip, deflate\r\n");
    for (const HttpHeader& header : request.headers) {
        text.append(header.name).append(": ").append(header.value).append("\r\n");
    }
    const bool has_body = !request.body.empty() || request.method == HttpMethod::Post ||
                          request.method == HttpMethod::Put;
    if (has_body) {
        text.append("Content-Length: ").append(std::to_string(request.body.size())).append("\r\n");
    }
    text.append("\r\n").append(request.body);
    return text;
}

}  // namespace broker::net
