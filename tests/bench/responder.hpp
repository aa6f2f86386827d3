// The venue of the benchmark: one thread that polls one TLS connection without pause.
#pragma once

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <thread>

#include "bench/client.hpp"
#include "bench/venue_answers.hpp"
#include "net/openssl_ptr.hpp"
#include "simulator/certificate_authority.hpp"

namespace broker::bench {

struct MessageSizes {
    std::size_t order = 0;
    std::size_t report = 0;
};

// Answers a FIX session or REST requests, or, given sizes, sends `report` bytes for every `order`
// bytes without looking at them: the floor. Made, asked and destroyed by the host thread; owns its
// own thread, which sleeps until a client connects and serves one after the other.
class Responder {
public:
    // Throws std::runtime_error if it cannot listen.
    explicit Responder(const simulator::IssuedCertificate& identity,
                       std::optional<MessageSizes> echo = {}, Transport transport = Transport::Fix);
    ~Responder();
    Responder(const Responder&) = delete;
    Responder& operator=(const Responder&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }

    // When the last byte of the newest order had been read. [any thread]
    [[nodiscard]] Nanoseconds order_read_at() const {
        return order_read_at_.load(std::memory_order_acquire);
    }

    // Ends the connection. [any thread]
    void hang_up() { is_stopping_.store(true, std::memory_order_relaxed); }

    struct Seen {
        MessageSizes sizes;     // of the newest order and its report
        std::string tls;        // protocol and cipher suite
        std::string complaint;  // what went wrong on this side; empty if nothing
    };
    [[nodiscard]] Seen seen() const;

private:
    void listen();
    void run();
    [[nodiscard]] bool wait_for_client() const;
    void serve(int descriptor);
    bool accept_tls(SSL* tls);
    void converse(SSL* tls);
    std::size_t answer_all(SSL* tls, std::string_view bytes, VenueAnswers& venue);
    std::size_t echo(SSL* tls, std::string_view bytes);
    void send_report(SSL* tls, std::size_t order_size, std::string_view report);
    void write(SSL* tls, std::string_view bytes);
    void complain(std::string text);

    const std::optional<MessageSizes> echo_;
    const Transport transport_;
    const std::string filler_;
    const net::SslContextPtr context_;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::atomic<bool> is_stopping_{false};
    std::atomic<Nanoseconds> order_read_at_{0};
    Nanoseconds read_at_ = 0;
    std::array<char, 16 * 1024> buffer_{};
    std::atomic<std::size_t> order_size_{0};
    std::atomic<std::size_t> report_size_{0};
    mutable std::mutex mutex_;  // guards tls_ and complaint_: the host thread reads them
    std::string tls_;
    std::string complaint_;
    std::thread thread_;
};

}  // namespace broker::bench
