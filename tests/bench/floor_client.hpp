// The floor: what TLS and the kernel alone take. Bytes of a message's size, no FIX.
#pragma once

#include <atomic>
#include <condition_variable>
#include <cstdint>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "bench/client.hpp"
#include "bench/responder.hpp"
#include "net/openssl_ptr.hpp"

namespace broker::bench {

struct FloorOptions {
    std::uint16_t port = 0;
    std::string trust_pem;
    MessageSizes sizes;
    bool is_spinning = true;  // false: poll(2) before each read
};

class FloorClient final : public Client {
public:
    FloorClient(FloorOptions options, AnswerListener& listener);
    ~FloorClient() override;

    void start() override;
    void submit(std::uint64_t order_number) override;
    [[nodiscard]] bool writes_in_submit() const override { return true; }
    void stop() override;

private:
    void connect();
    void handshake();
    void run();
    [[nodiscard]] bool wait_for_order();
    [[nodiscard]] bool read_answer();
    void write();

    const FloorOptions options_;
    AnswerListener& listener_;
    net::SslContextPtr context_;
    net::SslPtr tls_;
    int descriptor_ = -1;
    std::vector<char> order_;
    std::vector<char> report_;
    bool is_order_out_ = false;  // [client's thread]
    std::uint64_t number_ = 0;   // of the order that is out
    std::atomic<bool> is_stopping_{false};
    std::mutex mutex_;  // guards posted_, a pass's first order, from the host thread
    std::condition_variable changed_;
    std::uint64_t posted_ = 0;
    std::thread thread_;
};

}  // namespace broker::bench
