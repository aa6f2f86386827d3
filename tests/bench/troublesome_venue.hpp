// The venue of an account in trouble: asks for everything again, or sends all that was missed.
#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <string>
#include <string_view>
#include <thread>

#include "simulator/certificate_authority.hpp"
#include "support/tls_peer.hpp"

namespace broker::bench {

// One FIX session over TLS, served by a thread of its own that costs little: what is measured
// beside it shares the machine with it. Orders are refused, but for one of a ClOrdID that begins
// with LIVE, which is acknowledged and filled by the replays.
class TroublesomeVenue {
public:
    enum class Trouble {
        None,
        Storm,   // a ResendRequest for everything, again as soon as it is answered
        Replay,  // a gap of `replayed` reports, which all come at once when they are asked for
    };

    // `sender_comp_id` is the account's.
    TroublesomeVenue(simulator::CertificateAuthority& authority, std::string sender_comp_id,
                     std::uint64_t replayed);
    ~TroublesomeVenue();
    TroublesomeVenue(const TroublesomeVenue&) = delete;
    TroublesomeVenue& operator=(const TroublesomeVenue&) = delete;

    [[nodiscard]] std::uint16_t port() const { return peer_.port(); }

    // Returns once the trouble has begun, and for None once what was under way has ended. Throws
    // std::runtime_error if that takes longer than a minute.
    void set_trouble(Trouble trouble);

    // Messages of all answers, or replays, and how long the account took over them.
    struct Work {
        std::uint64_t messages = 0;
        std::chrono::nanoseconds time{0};
    };
    [[nodiscard]] Work work() const { return {messages_, std::chrono::nanoseconds{time_ns_}}; }

    [[nodiscard]] std::uint64_t refused() const { return refused_; }  // orders, so far

private:
    using Clock = std::chrono::steady_clock;

    void serve();
    void begin_trouble(Trouble trouble);
    void end_trouble();
    void handle(const std::string& message);
    void handle_order(const std::string& message);
    void handle_resend_request(std::uint64_t first, std::uint64_t last);
    void send(std::string_view msg_type, const std::string& body);
    [[nodiscard]] std::string numbered(std::string_view msg_type, const std::string& body);

    const std::string sender_comp_id_;
    const std::uint64_t replayed_;
    test::TlsPeer peer_;
    std::atomic<bool> is_over_{false};
    std::atomic<Trouble> wanted_{Trouble::None};
    std::atomic<Trouble> under_way_{Trouble::None};
    std::atomic<std::uint64_t> messages_{0};
    std::atomic<std::int64_t> time_ns_{0};
    std::atomic<std::uint64_t> refused_{0};

    // Of the thread.
    std::uint64_t number_ = 0;     // the last that was sent
    std::uint64_t highest_ = 0;    // the last that came for the first time
    std::uint64_t asked_to_ = 0;   // by the storm
    std::uint64_t gap_begin_ = 0;  // of the replay
    std::uint64_t resent_ = 0;     // of the answer that is coming
    std::uint64_t filled_ = 0;     // of the order that lives
    Clock::time_point begun_;
    std::thread thread_;
};

}  // namespace broker::bench
