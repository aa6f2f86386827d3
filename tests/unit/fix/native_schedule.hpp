// One random schedule between the native engine and a stock QuickFIX session.
#pragma once

#include <cstdint>
#include <deque>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "fix/session_engine.hpp"
#include "support/manual_clock.hpp"
#include "unit/fix/engine_doubles.hpp"
#include "unit/fix/quickfix_peer.hpp"

namespace broker::test {

// Everything follows from the seed: settings, what is sent when, what is lost or comes twice, when
// the link breaks and how time passes. After it the peer is sane and the link whole.
class NativeSchedule final : private fix::SessionListener {
public:
    explicit NativeSchedule(std::uint64_t seed);

    // What went wrong, with all that happened; empty if nothing did.
    [[nodiscard]] std::string run();

private:
    struct InFlight {
        std::string message;
        core::MonotonicTime sent;
    };
    using Link = std::deque<InFlight>;

    void on_send(std::string_view message) override;
    void on_logged_on() override {}
    void on_application_message(const fix::MessageView& message) override;
    void on_session_reject(const fix::MessageView& reject) override;
    fix::ResendDecision on_resend(core::MsgSeqNum, const fix::MessageView&) override {
        return fix::ResendDecision::Resend;
    }
    void on_sequence_reset() override { next_number_ = 1; }
    void on_session_ended(core::Reason reason, std::string_view text) override;

    [[nodiscard]] std::uint64_t random(std::uint64_t below) { return random_() % below; }
    [[nodiscard]] fix::SessionSettings settings() const;
    void make_engine();
    void act();
    void connect();
    void disconnect();
    void send_order();
    void send_report();
    void deliver_to_engine();
    void deliver_to_peer();
    void deliver_all();
    void disturb(Link& link);
    void pass_time(core::Duration time);
    void collect_from_peer();
    void calm_down();
    void check();
    void complain(const std::string& text);
    void note(const std::string& text);

    const std::uint64_t seed_;
    std::mt19937_64 random_;
    const bool resets_;
    ManualClock clock_;
    SharedStore::State store_;
    std::unique_ptr<QuickfixPeer> peer_;
    std::unique_ptr<fix::SessionEngine> engine_;
    Link to_engine_;
    Link to_peer_;
    bool is_connected_ = false;
    bool has_ended_ = false;

    core::MsgSeqNum next_number_ = 1;  // of our next new message
    std::size_t messages_ = 0;         // that we sent
    int orders_ = 0;
    int reports_ = 0;
    std::vector<std::string> accepted_;   // orders that the engine took
    std::vector<std::string> delivered_;  // reports that it handed out
    std::string history_;
    std::string complaint_;
};

}  // namespace broker::test
