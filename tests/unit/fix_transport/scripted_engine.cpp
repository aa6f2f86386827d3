#include "unit/fix_transport/scripted_engine.hpp"

#include <algorithm>
#include <cstdio>
#include <stdexcept>
#include <utility>

#include "fix/codec/checksum.hpp"

namespace broker::test {
namespace {

using core::Reason;
using namespace std::chrono_literals;

class ScriptedEngine final : public fix::SessionEngine {
public:
    ScriptedEngine(fix::SessionSettings settings, fix::SessionListener& listener)
        : settings_{std::move(settings)}, listener_{listener} {}

    void reset_numbers_on_next_logon() override { resets_next_logon_ = true; }

    void connected(core::Instant now) override {
        is_over_ = false;
        logon_deadline_ = now.monotonic + settings_.logon_timeout;
        const bool resets = std::exchange(resets_next_logon_, false);
        transmit(fix_message("A", resets ? "108=30|141=Y|" : "108=30|"), now);
    }

    void received(const fix::MessageView& message, core::Instant now) override {
        if (message.msg_type() == "A") {
            is_logged_on_ = true;
            listener_.on_logged_on();
        } else if (message.msg_type() == "5") {
            const auto text = message.get(58);
            if (is_logging_out_) return finish(Reason::StoppedByHost, text);
            transmit(fix_message("5"), now);
            finish(text == "low"   ? Reason::MsgSeqNumTooLow
                   : is_logged_on_ ? Reason::LogoutByPeer
                                   : Reason::LogonRefused,
                   text);
        } else if (message.msg_type() == "1") {
            throw std::runtime_error{"a mistake in the engine"};
        } else {
            listener_.on_application_message(message);
        }
    }

    void disconnected(core::Instant) override { is_logged_on_ = is_logging_out_ = false; }

    core::Result<fix::Sent> send(const fix::MessageEncoder& message, core::Instant now) override {
        if (settings_.username == engine_script::kStorageFails) {
            return core::fail(Reason::StorageFailed, "the store is full");
        }
        const fix::Sent sent{++next_number_, now.monotonic};
        transmit(fix_message(message.msg_type(), std::string{message.body()}), now);
        return sent;
    }

    void logout(std::string_view text, core::Instant now) override {
        is_logging_out_ = true;
        logout_deadline_ = now.monotonic + settings_.logout_timeout;
        transmit(fix_message("5", "58=" + std::string{text} + "|"), now);
    }

    void on_timer(core::Instant now) override {
        if (settings_.username == engine_script::kIgnoresDeadlines) return;
        if (is_logging_out_ && now.monotonic >= logout_deadline_) {
            finish(Reason::LogoutTimeout, "no answer to Logout");
        } else if (!is_logged_on_ && now.monotonic >= logon_deadline_) {
            finish(Reason::LogonTimeout, "no answer to Logon");
        } else if (is_logged_on_ && now.monotonic >= last_sent_ + 50ms) {
            transmit(fix_message("0"), now);
        }
    }

    core::MonotonicTime next_timer() const override {
        if (settings_.username == engine_script::kAlwaysDue) return {};
        if (settings_.username == engine_script::kIgnoresDeadlines || is_over_) {
            return core::MonotonicTime::max();
        }
        if (!is_logged_on_) return logon_deadline_;
        return is_logging_out_ ? logout_deadline_ : last_sent_ + 50ms;
    }

    bool is_logged_on() const override { return is_logged_on_; }

private:
    void transmit(const std::string& message, core::Instant now) {
        last_sent_ = now.monotonic;
        listener_.on_send(message);
    }
    void finish(Reason reason, std::string_view text) {
        is_over_ = true;
        listener_.on_session_ended(reason, text);
    }

    fix::SessionSettings settings_;
    bool resets_next_logon_ = false;
    fix::SessionListener& listener_;
    bool is_logged_on_ = false;
    bool is_logging_out_ = false;
    bool is_over_ = false;
    core::MsgSeqNum next_number_ = 1;
    core::MonotonicTime last_sent_;
    core::MonotonicTime logon_deadline_;
    core::MonotonicTime logout_deadline_;
};

}  // namespace

std::unique_ptr<fix::SessionEngine> make_scripted_engine(fix::SessionSettings settings,
                                                         std::unique_ptr<journal::MessageStore>,
                                                         const core::Clock&,
                                                         fix::SessionListener& listener) {
    return std::make_unique<ScriptedEngine>(std::move(settings), listener);
}

std::string fix_message(std::string_view msg_type, std::string body) {
    std::replace(body.begin(), body.end(), '|', fix::kSoh);
    body = "35=" + std::string{msg_type} + fix::kSoh + body;
    std::string message =
        "8=FIX.4.4\x01"
        "9=" +
        std::to_string(body.size()) + fix::kSoh + body;
    char trailer[8]{};
    std::snprintf(trailer, sizeof trailer, "10=%03u\x01",
                  static_cast<unsigned>(fix::checksum(message)));
    return message + trailer;
}

}  // namespace broker::test
