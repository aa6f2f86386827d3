// What stands around a session engine in tests: a store that fails on demand, and a listener that
// records.
#pragma once

#include <gtest/gtest.h>

#include <functional>
#include <map>
#include <stdexcept>
#include <string>
#include <utility>
#include <vector>

#include "fix/session_engine.hpp"
#include "journal/message_store.hpp"
#include "support/fix_message.hpp"

namespace broker::test {

// One store for several engines, as a directory is; it fails on demand.
class SharedStore final : public journal::MessageStore {
public:
    struct State {
        journal::MemoryMessageStore store;
        std::map<core::MsgSeqNum, std::string> added;
        // For the record: what went out and came in, with the number it was recorded under.
        using Recorded = std::vector<std::pair<core::MsgSeqNum, std::string>>;
        Recorded session_messages;
        Recorded received;
        Recorded repeats;
        bool is_failing = false;
        int visited = 0;        // messages read
        bool has_pages = true;  // false: MessageStore's own way of reading them
    };
    explicit SharedStore(State& state) : state_{state} {}

    core::MsgSeqNum next_sender_msg_seq_num() const override {
        return state_.store.next_sender_msg_seq_num();
    }
    core::MsgSeqNum next_target_msg_seq_num() const override {
        return state_.store.next_target_msg_seq_num();
    }
    core::Result<void> set_next_sender_msg_seq_num(core::MsgSeqNum next) override {
        return state_.is_failing ? failure() : state_.store.set_next_sender_msg_seq_num(next);
    }
    core::Result<void> set_next_target_msg_seq_num(core::MsgSeqNum next) override {
        return state_.is_failing ? failure() : state_.store.set_next_target_msg_seq_num(next);
    }
    core::Result<void> add(core::MsgSeqNum number, std::string_view message) override {
        if (state_.is_failing) return failure();
        state_.added[number] = message;
        return state_.store.add(number, message);
    }
    core::Result<void> add_session_message(core::MsgSeqNum number,
                                           std::string_view message) override {
        if (state_.is_failing) return failure();
        state_.session_messages.emplace_back(number, message);
        return {};
    }
    core::Result<void> add_received(core::MsgSeqNum number, std::string_view message) override {
        if (state_.is_failing) return failure();
        state_.received.emplace_back(number, message);
        return {};
    }
    core::Result<void> add_repeat(core::MsgSeqNum number, std::string_view message) override {
        if (state_.is_failing) return failure();
        state_.repeats.emplace_back(number, message);
        return {};
    }
    std::uint64_t epoch() const override { return state_.store.epoch(); }
    core::Result<void> read(core::MsgSeqNum begin, core::MsgSeqNum end,
                            const Visit& visit) const override {
        if (state_.is_failing) return failure();
        return state_.store.read(begin, end, [&](core::MsgSeqNum number, std::string_view message) {
            ++state_.visited;
            visit(number, message);
        });
    }
    core::Result<core::MsgSeqNum> read_page(core::MsgSeqNum begin, core::MsgSeqNum end,
                                            std::size_t max_messages,
                                            const Visit& visit) const override {
        if (!state_.has_pages) return MessageStore::read_page(begin, end, max_messages, visit);
        if (state_.is_failing) return failure().error();
        return state_.store.read_page(begin, end, max_messages,
                                      [&](core::MsgSeqNum number, std::string_view message) {
                                          ++state_.visited;
                                          visit(number, message);
                                      });
    }
    core::Result<void> reset() override {
        return state_.is_failing ? failure() : state_.store.reset();
    }
    std::optional<core::UtcTime> last_reset() const override { return state_.store.last_reset(); }
    core::Result<void> set_last_reset(core::UtcTime when) override {
        return state_.is_failing ? failure() : state_.store.set_last_reset(when);
    }

private:
    static core::Result<void> failure() {
        return core::fail(core::Reason::StorageFailed, "disk full");
    }
    State& state_;
};

// What the store is given for the record: number and MsgType.
inline std::vector<std::string> of_record(const SharedStore::State::Recorded& recorded) {
    std::vector<std::string> result;
    fix::MessageView view;
    for (const auto& [number, message] : recorded) {
        EXPECT_TRUE(view.parse(message)) << with_bars(message);
        result.push_back(std::to_string(number) + " " + std::string{view.msg_type()} + " " +
                         std::string{view.get(34)});
    }
    return result;
}
class RecordingListener final : public fix::SessionListener {
public:
    void on_send(std::string_view message) override { sent.emplace_back(message); }
    void on_logged_on() override {
        events.emplace_back("logged on");
        if (when_logged_on) when_logged_on();
    }
    void on_application_message(const fix::MessageView& message) override {
        events.push_back("message " + std::to_string(message.msg_seq_num()));
        messages.emplace_back(message.bytes());
        if (throws) throw std::runtime_error("the listener failed");
    }
    void on_session_reject(const fix::MessageView& reject) override {
        events.push_back("reject of " + std::string{reject.get(45)});
    }
    fix::ResendDecision on_resend(core::MsgSeqNum number,
                                  const fix::MessageView& message) override {
        events.push_back("resend " + std::to_string(number) + " " + std::string{message.get(11)});
        if (when_resent) when_resent();
        return stale.contains(number) ? fix::ResendDecision::GapFill : fix::ResendDecision::Resend;
    }
    void on_sequence_reset() override { events.emplace_back("reset"); }
    void on_notice(std::string_view text) override { notices.emplace_back(text); }
    void on_round_trip(core::Duration time) override { round_trips.push_back(time); }
    std::size_t send_backlog() const override { return backlog; }
    bool has_time() const override { return !others_wait; }
    void on_page_begin() override { pages.push_back({sent.size(), 0}); }
    void on_page_end() override { pages.back().second = sent.size(); }
    void on_session_ended(core::Reason reason, std::string_view text) override {
        events.emplace_back("ended");
        ended.emplace_back(reason, text);
    }

    std::vector<std::string> sent, events, messages, notices;
    std::vector<core::Duration> round_trips;
    std::size_t backlog = 0;
    bool others_wait = false;
    std::vector<std::pair<std::size_t, std::size_t>>
        pages;  // of `sent`: the first, behind the last
    std::vector<std::pair<core::Reason, std::string>> ended;
    std::map<core::MsgSeqNum, bool> stale;
    std::function<void()> when_logged_on, when_resent;
    bool throws = false;
};

}  // namespace broker::test
