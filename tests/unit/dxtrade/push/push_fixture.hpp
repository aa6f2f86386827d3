// A push connection without a network: a scripted socket, tokens, and a loop that a test turns.
#pragma once

#include <deque>
#include <functional>
#include <string>
#include <vector>

#include "dxtrade/push/push_connection.hpp"
#include "unit/dxtrade/push/portfolio_fixture.hpp"

namespace broker::dxtrade::push {

// The network's side of every socket that was made.
struct ScriptedNetwork {
    struct Socket {
        std::vector<net::HttpHeader> headers;
        net::WebSocketListener* listener = nullptr;  // null: destroyed
        std::vector<std::string> sent;
        bool is_closing = false;
    };
    std::deque<Socket> sockets;  // oldest first; their places are kept
    std::optional<core::Reason> send_error;

    [[nodiscard]] Socket& last() { return sockets.back(); }
    // Not destroyed.
    [[nodiscard]] std::size_t live_count() const {
        std::size_t count = 0;
        for (const Socket& socket : sockets) count += socket.listener != nullptr ? 1 : 0;
        return count;
    }
};

class ScriptedSocket final : public PushSocket {
public:
    ScriptedSocket(ScriptedNetwork& network, ScriptedNetwork::Socket& socket)
        : network_{network}, socket_{socket} {}
    ~ScriptedSocket() override { socket_.listener = nullptr; }

    void open() override {}
    core::Result<void> send(std::string text) override {
        if (network_.send_error) return core::fail(*network_.send_error, "scripted");
        socket_.sent.push_back(std::move(text));
        return {};
    }
    void close() override { socket_.is_closing = true; }

private:
    ScriptedNetwork& network_;
    ScriptedNetwork::Socket& socket_;
};

class ScriptedTokens final : public rest::TokenSource {
public:
    std::vector<std::string> expired_tokens;
    int touched = 0;

    void set(std::string token) {
        token_ = std::move(token);
        const auto listeners = listeners_;
        for (rest::TokenListener* listener : listeners) listener->on_token_changed();
    }

    std::string_view token() const override { return token_; }
    void expired(std::string_view token) override { expired_tokens.emplace_back(token); }
    void touch() override { ++touched; }
    void add_listener(rest::TokenListener& listener) override { listeners_.push_back(&listener); }
    void remove_listener(rest::TokenListener& listener) override {
        std::erase(listeners_, &listener);
    }

private:
    std::string token_;
    std::vector<rest::TokenListener*> listeners_;
};

// Derived fixtures make their session in `parts()`.
class PushTest : public testing::Test {
protected:
    [[nodiscard]] PushParts parts() {
        return {clock, [this](std::function<void()> call) { posted.push_back(std::move(call)); },
                [this](std::vector<net::HttpHeader> headers, net::WebSocketListener& listener) {
                    network.sockets.push_back({std::move(headers), &listener, {}, false});
                    return std::make_unique<ScriptedSocket>(network, network.sockets.back());
                },
                tokens};
    }
    [[nodiscard]] static PushConnectionSettings connection_settings() {
        PushConnectionSettings settings;
        settings.peer = "venue:443";
        settings.backoff = {std::chrono::milliseconds{500}, std::chrono::seconds{8},
                            std::chrono::seconds{60}};
        return settings;
    }
    void turn_loop() {
        while (!posted.empty()) {
            const auto call = std::move(posted.front());
            posted.pop_front();
            call();
        }
    }

    // What the network does.
    void opened() { network.last().listener->on_open(); }
    void received(std::string_view text) {
        network.last().listener->on_message(text, clock.monotonic());
    }
    void closed(core::Reason reason, std::string_view text = {}, unsigned code = 0) {
        network.last().listener->on_closed(reason, text, code);
    }
    // Messages on the last socket that have this text in them.
    [[nodiscard]] std::vector<std::string> sent(std::string_view part) {
        std::vector<std::string> found;
        for (const std::string& text : network.last().sent) {
            if (text.find(part) != std::string::npos) found.push_back(text);
        }
        return found;
    }
    [[nodiscard]] static std::string request_id_of(const std::string& message) {
        constexpr std::string_view kKey = "\"requestId\":\"";
        const std::size_t begin = message.find(kKey);
        if (begin == std::string::npos) return {};
        const std::size_t end = message.find('"', begin + kKey.size());
        return message.substr(begin + kKey.size(), end - begin - kKey.size());
    }

    test::ManualClock clock;
    ScriptedNetwork network;
    ScriptedTokens tokens;
    std::deque<std::function<void()>> posted;
};

// ---- messages of the venue

inline std::string portfolios_message(std::string_view in_reply_to, int version,
                                      std::string_view orders = {}) {
    return R"({"type":"AccountPortfolios","inReplyTo":")" + std::string{in_reply_to} +
           R"(","payload":{"portfolios":[{"account":"default:AB-1001","version":)" +
           std::to_string(version) + R"(,"balances":[],"positions":[],"orders":[)" +
           std::string{orders} + "]}]}}";
}
inline std::string metrics_message(std::string_view in_reply_to, int equity) {
    return R"({"type":"AccountMetrics","inReplyTo":")" + std::string{in_reply_to} +
           R"(","payload":{"metrics":[{"account":"default:AB-1001","version":1,"equity":)" +
           std::to_string(equity) + "}]}}";
}
inline std::string reject_message(std::string_view in_reply_to, std::string_view code) {
    return R"({"type":"Reject","inReplyTo":")" + std::string{in_reply_to} +
           R"(","payload":{"errorCode":")" + std::string{code} +
           R"(","description":"the venue's words"}})";
}
inline constexpr std::string_view kPingRequest =
    R"({"type":"PingRequest","session":"T1","timestamp":"2031-04-05T06:07:08.901Z"})";

}  // namespace broker::dxtrade::push
