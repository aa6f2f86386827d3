#include "fix_scenarios/scenario_runner.hpp"

#include <algorithm>
#include <chrono>
#include <span>
#include <sstream>
#include <stdexcept>
#include <vector>

#include "core/reason.hpp"
#include "fix/native/native_engine.hpp"
#include "fix/quickfix/quickfix_engine.hpp"
#include "fix_scenarios/scenario_text.hpp"
#include "support/fix_message.hpp"
#include "support/wall_clock.hpp"

namespace broker::test {
namespace {

[[noreturn]] void fail(const std::string& text) { throw std::runtime_error{text}; }

}  // namespace

ScenarioRunner::ScenarioRunner(const Scenario& scenario, EngineKind kind)
    : scenario_{scenario}, kind_{kind} {
    set_wall_clock(clock_.utc());
    framer_ = std::make_unique<fix::Framer>(fix::FramerLimits{});
}

std::optional<std::string> ScenarioRunner::run() {
    for (const Step& step : scenario_.steps) {
        try {
            play(step);
        } catch (const std::exception& error) {
            return "line " + std::to_string(step.line) + " (" + step.word + " " + step.rest +
                   "): " + error.what();
        }
    }
    try {
        expect_nothing_more();
    } catch (const std::exception& error) {
        return std::string{"at the end: "} + error.what();
    }
    return std::nullopt;
}

void ScenarioRunner::make_engine() {
    const auto factory =
        kind_ == EngineKind::Native ? fix::make_native_engine : fix::make_quickfix_engine;
    engine_.reset();
    engine_ =
        factory(session_settings(scenario_), std::make_unique<SharedStore>(store_), clock_, *this);
}

void ScenarioRunner::play(const Step& step) {
    const std::string& word = step.word;
    const std::string& rest = step.rest;
    if (word == "E") return expect_sent(rest);
    if (word == "E~") return expect_sent_sometime(rest);
    if (word == "H") return expect_event(rest);
    if (word == "N") return expect_numbers(rest);
    if (word == "refused") {
        if (!was_refused_) fail("the message was not refused");
        return;
    }
    expect_nothing_more();
    if (word == "numbers") {
        std::istringstream in{rest};
        core::MsgSeqNum sender = 0;
        core::MsgSeqNum target = 0;
        in >> sender >> target;
        if (!store_.store.set_next_sender_msg_seq_num(sender) ||
            !store_.store.set_next_target_msg_seq_num(target))
            fail("the store failed");
        return;
    }
    if (word == "fail") {
        store_.is_failing = rest == "store";
        return;
    }
    if (!engine_ || word == "restart") make_engine();
    if (word == "connect") {
        framer_->reset();
        engine_->connected(clock_.now());
    } else if (word == "logon") {
        log_on();
    } else if (word == "disconnect") {
        engine_->disconnected(clock_.now());
    } else if (word == "I") {
        receive_fields(rest);
    } else if (word == "repeat") {
        repeat(rest);
    } else if (word == "I*") {
        receive_bytes(fix_message(with_tokens(rest, clock_.utc())));
    } else if (word == "I!") {
        receive_bytes(with_soh(with_tokens(rest, clock_.utc())));
    } else if (word == "send") {
        send(rest);
    } else if (word == "logout") {
        engine_->logout(rest, clock_.now());
    } else if (word == "time") {
        let_pass(std::chrono::milliseconds{static_cast<int>(std::stod(rest) * 1000)});
    } else if (word == "clock") {
        clock_.step_utc(std::chrono::seconds{std::stoi(rest)});
        set_wall_clock(clock_.utc());
    } else if (word == "stale") {
        stale_[std::stoul(rest)] = true;
    } else if (word == "backlog") {
        backlog_ = std::stoul(rest);
    }
}

// An ordinary exchange of Logons, both under the numbers that the store expects.
void ScenarioRunner::log_on() {
    const std::string sender = std::to_string(store_.store.next_sender_msg_seq_num());
    const std::string target = std::to_string(store_.store.next_target_msg_seq_num());
    framer_->reset();
    engine_->connected(clock_.now());
    expect_sent("35=A|34=" + sender + "|98=0|108=*");
    receive_fields("35=A|34=" + target + "|98=0|108=30");
    expect_event("logged on");
}

void ScenarioRunner::repeat(const std::string& text) {
    for (const std::string& line : repeated(text)) receive_fields(line);
}

void ScenarioRunner::receive_fields(const std::string& text) {
    receive_bytes(peer_message(text, clock_.utc()));
}

// Through the guard, as in the transport.
void ScenarioRunner::receive_bytes(const std::string& bytes) {
    const auto room = framer_->writable();
    if (room.size() < bytes.size()) fail("the message is too long for a scenario");
    std::copy(bytes.begin(), bytes.end(), room.begin());
    framer_->commit(bytes.size());
    fix::MessageView view;
    std::string text;
    while (true) {
        const auto outcome = framer_->next(view, text);
        if (outcome == fix::Framer::Outcome::NeedMore) return;
        if (outcome == fix::Framer::Outcome::Garbled) {
            events_.emplace_back("garbled");
        } else {
            engine_->received(view, clock_.now());
        }
    }
}

void ScenarioRunner::send(const std::string& text) {
    const std::size_t space = text.find(' ');
    fix::MessageEncoder message;
    message.clear(text.substr(0, space));
    for (const auto& [tag, value] : fields_of(text.substr(space + 1)))
        message.add(std::stoi(tag), value);
    was_refused_ = !engine_->send(message, clock_.now());
}

void ScenarioRunner::let_pass(core::Duration time) {
    const core::MonotonicTime target = clock_.monotonic() + time;
    for (int turns = 0; engine_->next_timer() <= target; ++turns) {
        if (turns == 100'000) fail("the engine's timer never rests");
        const auto wait = engine_->next_timer() - clock_.monotonic();
        clock_.advance(std::max(wait, core::Duration{0}));
        set_wall_clock(clock_.utc());
        engine_->on_timer(clock_.now());
    }
    clock_.advance(target - clock_.monotonic());
    set_wall_clock(clock_.utc());
}

void ScenarioRunner::expect_sent(const std::string& text) {
    if (sent_.empty()) fail("nothing was sent");
    const std::string message = sent_.front();
    sent_.pop_front();
    if (const auto other = difference(message, text)) fail(*other);
}

// Where the standard leaves the order of two messages open.
void ScenarioRunner::expect_sent_sometime(const std::string& text) {
    const auto found = std::find_if(sent_.begin(), sent_.end(), [&](const std::string& message) {
        return !difference(message, text);
    });
    if (found == sent_.end()) fail("no such message was sent");
    sent_.erase(found);
}

std::optional<std::string> ScenarioRunner::difference(const std::string& message,
                                                      const std::string& text) const {
    return test::difference(message, text, clock_.utc());
}

void ScenarioRunner::expect_event(const std::string& text) {
    if (events_.empty()) fail("the host heard nothing");
    const std::string event = events_.front();
    events_.pop_front();
    if (event != text) fail("the host heard: " + event);
}

void ScenarioRunner::expect_numbers(const std::string& text) {
    const std::string numbers = std::to_string(store_.store.next_sender_msg_seq_num()) + " " +
                                std::to_string(store_.store.next_target_msg_seq_num());
    if (numbers != text) fail("the next numbers are " + numbers);
}

void ScenarioRunner::expect_nothing_more() const {
    if (!sent_.empty()) fail("also sent: " + with_bars(sent_.front()));
    if (!events_.empty()) fail("the host also heard: " + events_.front());
}

void ScenarioRunner::on_send(std::string_view message) { sent_.emplace_back(message); }

void ScenarioRunner::on_application_message(const fix::MessageView& message) {
    const std::string resent = message.is_yes(97) ? " PossResend" : "";
    events_.push_back("message " + std::to_string(message.msg_seq_num()) + resent);
}

void ScenarioRunner::on_session_reject(const fix::MessageView& reject) {
    events_.push_back("reject of " + std::string{reject.get(45)});
}

fix::ResendDecision ScenarioRunner::on_resend(core::MsgSeqNum number, const fix::MessageView&) {
    if (!stale_.contains(number)) return fix::ResendDecision::Resend;
    events_.push_back("stale " + std::to_string(number));
    return fix::ResendDecision::GapFill;
}

void ScenarioRunner::on_session_ended(core::Reason reason, std::string_view) {
    events_.push_back("ended " + std::string{core::reason_name(reason)});
}

void ScenarioRunner::on_round_trip(core::Duration time) {
    const auto ms = std::chrono::duration_cast<std::chrono::milliseconds>(time).count();
    events_.push_back("round trip " + std::to_string(ms) + " ms");
}

}  // namespace broker::test
