// Reads requests and writes responses over the other end of a TLS connection.
#pragma once

#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "unit/net/tls_test_server.hpp"

namespace broker::test {

struct ReceivedRequest {
    std::string head;  // request line and headers, without the empty line
    std::string body;
    [[nodiscard]] std::string target() const {
        const auto begin = head.find(' ') + 1;
        return head.substr(begin, head.find(' ', begin) - begin);
    }
};

// The next request of the connection; nothing at its end. A client that sends more than one at a
// time throws std::logic_error.
[[nodiscard]] inline std::optional<ReceivedRequest> read_request(TlsPeer& peer) {
    constexpr std::string_view kLength = "Content-Length: ";
    std::string bytes;
    while (true) {
        const auto end = bytes.find("\r\n\r\n");
        if (end != std::string::npos) {
            const auto at = bytes.find(kLength);
            const std::size_t length = at < end ? std::stoul(bytes.substr(at + kLength.size())) : 0;
            const std::size_t whole = end + 4 + length;
            if (bytes.size() > whole) throw std::logic_error{"pipelined requests"};
            if (bytes.size() == whole)
                return ReceivedRequest{bytes.substr(0, end), bytes.substr(end + 4)};
        }
        const std::string more = peer.read_some();
        if (more.empty()) return std::nullopt;
        bytes += more;
    }
}

// `headers`: each line with its CR LF.
[[nodiscard]] inline std::string response_text(std::string_view body, std::string_view headers = {},
                                               std::string_view status = "200 OK") {
    std::string text{"HTTP/1.1 "};
    text.append(status).append("\r\n").append(headers);
    text.append("Content-Length: ").append(std::to_string(body.size())).append("\r\n\r\n");
    return text.append(body);
}

// Answers each request with its own target until the client goes.
inline void echo_targets(TlsPeer& peer) {
    if (!peer.handshake()) return;
    while (const auto request = read_request(peer)) {
        if (!peer.write(response_text(request->target()))) return;
    }
}

}  // namespace broker::test
