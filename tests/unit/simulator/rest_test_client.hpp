// A REST and a push client on Beast and Asio's own TLS, so that the simulator is judged by none of
// the adapter's code.
#pragma once

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace broker::simulator {

struct RestTestClientOptions {
    std::uint16_t port = 0;
    std::string trust_pem;
    std::string certificate_pem{};  // empty: none
    std::string key_pem{};
    int timeout_ms = 10'000;  // of every step
};

struct RestAnswer {
    unsigned status = 0;  // 0: no whole answer came
    std::string body{};
    std::map<std::string, std::string> headers{};  // names in lower case
    bool is_timeout = false;
};

using RestHeaders = std::vector<std::pair<std::string, std::string>>;

// Blocking, one connection that is kept alive.
class RestTestClient {
public:
    explicit RestTestClient(RestTestClientOptions options);
    ~RestTestClient();
    RestTestClient(const RestTestClient&) = delete;
    RestTestClient& operator=(const RestTestClient&) = delete;

    // Connects if need be. The target is all of it, prefix included.
    [[nodiscard]] RestAnswer request(std::string_view method, const std::string& target,
                                     const std::string& body = {}, const RestHeaders& more = {});
    // Sent with each request from now on, as Authorization.
    void authorize(const std::string& value) { authorization_ = value; }
    void set_user_agent(const std::string& value) { user_agent_ = value; }
    void set_timeout(int milliseconds) { options_.timeout_ms = milliseconds; }
    void disconnect();

private:
    struct Connection;
    RestTestClientOptions options_;
    std::string authorization_;
    std::string user_agent_ = "test";
    std::unique_ptr<Connection> connection_;
};

// Blocking.
class PushTestClient {
public:
    explicit PushTestClient(RestTestClientOptions options);
    ~PushTestClient();
    PushTestClient(const PushTestClient&) = delete;
    PushTestClient& operator=(const PushTestClient&) = delete;

    // The HTTP status of the answer: 101 if the upgrade worked.
    [[nodiscard]] unsigned connect(const std::string& target);
    void send(const std::string& message);
    // Null: the socket is closed, or nothing came in time.
    [[nodiscard]] std::optional<std::string> receive();
    [[nodiscard]] std::optional<std::string> receive(int timeout_ms);
    // Why it is closed; 0: it was cut, or is not.
    [[nodiscard]] unsigned close_code() const;

private:
    struct Connection;
    RestTestClientOptions options_;
    std::unique_ptr<Connection> connection_;
};

}  // namespace broker::simulator
