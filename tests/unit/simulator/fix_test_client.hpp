// A blocking FIX client over TLS on plain OpenSSL, so that the simulator is judged by neither its
// own code nor the adapter's.
#pragma once

#include <openssl/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "simulator/fix_message.hpp"

namespace broker::simulator {

struct FixTestClientOptions {
    std::uint16_t port = 0;
    std::string trust_pem;
    std::string certificate_pem;
    std::string key_pem;
    std::string host_name = "localhost";
    std::string sender_comp_id = "ACC1";
    std::string target_comp_id = "DXTRADE";
    int seq_num = 1;          // of its next message
    int timeout_ms = 10'000;  // of every step
};

class FixTestClient {
public:
    explicit FixTestClient(FixTestClientOptions options);
    ~FixTestClient();
    FixTestClient(const FixTestClient&) = delete;
    FixTestClient& operator=(const FixTestClient&) = delete;

    // Empty: connected and verified; else OpenSSL's or the system's words.
    [[nodiscard]] std::string connect();

    void send(const FixMessage& message);  // header and trailer are added
    void send_raw(const std::string& bytes);
    void log_on(const std::string& username, const std::string& password,
                std::vector<FixField> more = {});
    // The next message that comes; null if the connection ends or the timeout passes.
    [[nodiscard]] std::optional<FixMessage> receive();
    // Skips Heartbeat and TestRequest. MsgType, then the fields given, as "8 150=0 39=0".
    [[nodiscard]] std::string receive_line(std::initializer_list<int> tags);
    // Whatever comes next, unparsed; empty at the end.
    [[nodiscard]] std::string receive_raw();
    void disconnect();  // without a word

    [[nodiscard]] int seq_num() const { return options_.seq_num; }

private:
    FixTestClientOptions options_;
    int socket_ = -1;
    SSL_CTX* context_;
    SSL* ssl_ = nullptr;
    std::string unparsed_;
};

}  // namespace broker::simulator
