// Plays a scenario to one engine: the peer and the host are the scenario, time is a manual clock.
#pragma once

#include <deque>
#include <map>
#include <memory>
#include <optional>
#include <string>

#include "fix/codec/framer.hpp"
#include "fix_scenarios/scenario.hpp"
#include "support/manual_clock.hpp"
#include "unit/fix/engine_doubles.hpp"

namespace broker::test {

// The engine and what it said and did that no line has expected yet.
class ScenarioRunner final : private fix::SessionListener {
public:
    ScenarioRunner(const Scenario& scenario, EngineKind kind);

    // What went otherwise than the scenario says, with file and line; empty if nothing did.
    [[nodiscard]] std::optional<std::string> run();

private:
    void on_send(std::string_view message) override;
    void on_logged_on() override { events_.emplace_back("logged on"); }
    void on_application_message(const fix::MessageView& message) override;
    void on_session_reject(const fix::MessageView& reject) override;
    fix::ResendDecision on_resend(core::MsgSeqNum number, const fix::MessageView&) override;
    void on_sequence_reset() override { events_.emplace_back("reset"); }
    void on_session_ended(core::Reason reason, std::string_view text) override;
    void on_round_trip(core::Duration time) override;
    std::size_t send_backlog() const override { return backlog_; }

    void make_engine();
    void play(const Step& step);
    void log_on();
    void repeat(const std::string& text);
    void receive_fields(const std::string& text);
    void receive_bytes(const std::string& bytes);
    void send(const std::string& text);
    void let_pass(core::Duration time);
    void expect_sent(const std::string& text);
    void expect_sent_sometime(const std::string& text);
    [[nodiscard]] std::optional<std::string> difference(const std::string& message,
                                                        const std::string& text) const;
    void expect_event(const std::string& text);
    void expect_numbers(const std::string& text);
    void expect_nothing_more() const;

    const Scenario& scenario_;
    const EngineKind kind_;
    ManualClock clock_;
    SharedStore::State store_;
    std::unique_ptr<fix::SessionEngine> engine_;
    std::unique_ptr<fix::Framer> framer_;
    std::deque<std::string> sent_;
    std::deque<std::string> events_;
    std::map<core::MsgSeqNum, bool> stale_;
    std::size_t backlog_ = 0;
    bool was_refused_ = false;
};

}  // namespace broker::test
