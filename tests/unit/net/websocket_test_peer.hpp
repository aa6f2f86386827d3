// The server's side of a WebSocket over a TlsPeer, frame by frame.
#pragma once

#include <openssl/evp.h>
#include <openssl/sha.h>

#include <array>
#include <cstdint>
#include <optional>
#include <stdexcept>
#include <string>
#include <string_view>

#include "unit/net/http_test_server.hpp"

namespace broker::test {

enum WebSocketOpcode : std::uint8_t {
    kContinuation = 0,
    kText = 1,
    kBinary = 2,
    kClose = 8,
    kPing = 9,
    kPong = 10,
};

struct WebSocketFrame {
    std::uint8_t opcode = 0;
    std::string payload;
};

// What answers a Sec-WebSocket-Key.
[[nodiscard]] inline std::string websocket_accept(std::string_view key) {
    const std::string text = std::string{key} + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    std::array<unsigned char, SHA_DIGEST_LENGTH> digest{};
    SHA1(reinterpret_cast<const unsigned char*>(text.data()), text.size(), digest.data());
    std::array<unsigned char, 64> base64{};
    const int size = EVP_EncodeBlock(base64.data(), digest.data(), SHA_DIGEST_LENGTH);
    return {reinterpret_cast<const char*>(base64.data()), static_cast<std::size_t>(size)};
}

[[nodiscard]] inline std::string websocket_frame(std::uint8_t opcode, std::string_view payload,
                                                 bool is_last = true) {
    std::string frame;
    frame += static_cast<char>((is_last ? 0x80 : 0) | opcode);
    const std::size_t size = payload.size();
    const unsigned bytes = size < 126 ? 0 : size <= 0xFFFF ? 2 : 8;  // of the extended size
    frame += static_cast<char>(bytes == 0 ? size : bytes == 2 ? 126 : 127);
    for (unsigned i = bytes; i > 0; --i) {
        frame += static_cast<char>((static_cast<std::uint64_t>(size) >> 8 * (i - 1)) & 255U);
    }
    return frame.append(payload);
}

[[nodiscard]] inline std::string close_frame(unsigned code, std::string_view words) {
    std::string payload{static_cast<char>(code >> 8U), static_cast<char>(code & 255U)};
    return websocket_frame(kClose, payload.append(words));
}

class WebSocketPeer {
public:
    explicit WebSocketPeer(TlsPeer& peer) : peer_{peer} {}

    // Shakes hands and answers the upgrade; `headers`: further ones, `frames`: sent with them.
    [[nodiscard]] bool accept(std::string_view headers = {}, std::string_view frames = {}) {
        if (!peer_.handshake()) return false;
        const auto request = read_request(peer_);
        if (!request) return false;
        head_ = request->head;
        constexpr std::string_view kKey = "Sec-WebSocket-Key: ";
        const auto at = head_.find(kKey) + kKey.size();
        std::string text =
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n";
        text.append("Sec-WebSocket-Accept: ");
        text.append(websocket_accept(head_.substr(at, head_.find('\r', at) - at)));
        text.append("\r\n").append(headers).append("\r\n").append(frames);
        return peer_.write(text);
    }
    [[nodiscard]] const std::string& head() const { return head_; }  // of the upgrade's request

    bool send(std::uint8_t opcode, std::string_view payload, bool is_last = true) {
        return peer_.write(websocket_frame(opcode, payload, is_last));
    }
    // The client's next frame, unmasked; nothing at the end. An unmasked one throws.
    [[nodiscard]] std::optional<WebSocketFrame> receive() {
        if (!fill(2)) return std::nullopt;
        const std::uint8_t opcode = byte(0) & 15U;
        if ((byte(1) & 128U) == 0) throw std::logic_error{"a client's frame without a mask"};
        std::uint64_t size = byte(1) & 127U;
        std::size_t at = 2;
        const std::size_t extended = size == 126 ? 2 : size == 127 ? 8 : 0;
        if (!fill(at + extended)) return std::nullopt;
        if (extended > 0) size = 0;
        for (std::size_t i = 0; i < extended; ++i) size = size << 8U | byte(at++);
        if (!fill(at + 4 + size)) return std::nullopt;
        WebSocketFrame frame{opcode, buffer_.substr(at + 4, size)};
        for (std::size_t i = 0; i < size; ++i) {
            frame.payload[i] = static_cast<char>(frame.payload[i] ^ buffer_[at + i % 4]);
        }
        buffer_.erase(0, at + 4 + size);
        return frame;
    }

private:
    bool fill(std::size_t size) {
        while (buffer_.size() < size) {
            const std::string more = peer_.read_some();
            if (more.empty()) return false;
            buffer_ += more;
        }
        return true;
    }
    [[nodiscard]] std::uint8_t byte(std::size_t at) const {
        return static_cast<std::uint8_t>(buffer_[at]);
    }

    TlsPeer& peer_;
    std::string head_;
    std::string buffer_;
};

}  // namespace broker::test
