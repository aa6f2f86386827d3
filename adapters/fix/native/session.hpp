// The state machine of one session: which rule is asked when, and what follows from its answer.
#pragma once

#include <cstdint>
#include <exception>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "core/thread_bound.hpp"
#include "fix/codec/record_text.hpp"
#include "fix/native/dictionary.hpp"
#include "fix/native/disconnect.hpp"
#include "fix/native/gap_queue.hpp"
#include "fix/native/heartbeat.hpp"
#include "fix/native/outbound.hpp"
#include "fix/native/resend_requester.hpp"
#include "fix/native/resend_responder.hpp"
#include "fix/native/session_state.hpp"
#include "fix/native/validation.hpp"
#include "fix/session_engine.hpp"

namespace broker::fix::native {

// In five files: session.cpp is commands and timers, session_logon.cpp the exchange of Logons and
// resets, session_logout.cpp Logout, session_inbound.cpp the way of a message by its number,
// session_messages.cpp what the other session messages do. [event-thread]
class Session final : public SessionEngine, private ResendOutput {
public:
    Session(SessionSettings settings, std::unique_ptr<journal::MessageStore> store,
            const core::Clock& clock, SessionListener& listener);

    void reset_numbers_on_next_logon() override { resets_next_logon_ = true; }
    void connected(core::Instant now) override;
    void received(const MessageView& message, core::Instant now) override;
    bool has_more() const override { return has_more_ && is_in_session(); }
    void go_on(core::Instant now) override;
    void disconnected(core::Instant now) override;
    core::Result<Sent> send(const MessageEncoder& message, core::Instant now) override;
    void logout(std::string_view text, core::Instant now) override;
    void on_timer(core::Instant now) override;
    core::MonotonicTime next_timer() const override;
    bool is_logged_on() const override { return state_ == SessionState::LoggedOn; }
    std::uint64_t epoch() const override { return store_->epoch(); }

private:
    struct PeerLogout {
        core::MsgSeqNum msg_seq_num;
        std::string text;
    };

    // -- session.cpp
    [[nodiscard]] bool is_open() const;        // connected and not over
    [[nodiscard]] bool is_in_session() const;  // the same, and Logon is behind us
    [[nodiscard]] core::MsgSeqNum expected() const { return store_->next_target_msg_seq_num(); }
    void forget_connection();
    void keep_deadlines();
    void keep_heartbeats();
    void answer_resend_requests();
    bool set_expected(core::MsgSeqNum next);  // false: the session has ended over the store
    bool advance() { return set_expected(expected() + 1); }
    // Its turn has come: it is recorded, and its number counts. False: likewise.
    bool count(const MessageView& message);
    bool record(const MessageView& message, core::MsgSeqNum number);
    MessageEncoder& begin(std::string_view type);
    void send_begun();  // what begin() gave
    void end(Disconnect cause, std::string_view detail);
    template <class Call>
    void notify(Call&& call);
    ResendDecision decide(core::MsgSeqNum number, const MessageView& message) override;
    void resend(core::MsgSeqNum number, const MessageView& message) override;
    void gap_fill(core::MsgSeqNum begin, core::MsgSeqNum new_seq_no) override;
    bool has_room() const override;

    // -- session_logon.cpp
    void send_logon(bool resets);
    bool reset_numbers();  // false: the session has ended over the store
    void receive_before_logon(const MessageView& message);
    void accept_logon(const MessageView& logon);
    [[nodiscard]] bool follow_reset_in_answer(const MessageView& logon);
    void open_session(const MessageView& logon);
    void reset_by_peer(const MessageView& logon);

    // -- session_inbound.cpp
    [[nodiscard]] bool has_sound_identity(const MessageView& message);
    [[nodiscard]] bool has_our_comp_ids(const MessageView& message) const;
    [[nodiscard]] bool has_accurate_time(const MessageView& message) const;
    void receive_in_session(const MessageView& message);
    void receive_too_low(const MessageView& message);
    void receive_behind_gap(const MessageView& message);
    void receive_in_turn(const MessageView& message);
    void catch_up();
    void take_queued();
    [[nodiscard]] bool skip_what_does_not_come();  // false: the session has ended over the store
    void request_missing();
    [[nodiscard]] std::optional<Fault> find_fault(const MessageView& message) const;
    void reject(const MessageView& message, const Fault& fault);

    // -- session_messages.cpp
    void handle(const MessageView& message);
    void handle_heartbeat(const MessageView& message);
    void handle_test_request(const MessageView& message);
    void handle_resend_request(const MessageView& message);
    void handle_gap_fill(const MessageView& message);
    void handle_reset(const MessageView& message);

    // -- session_logout.cpp
    void send_logout(std::string_view text);
    void handle_logout(const MessageView& message);
    void leave_with_peer();
    void log_out_and_end(Disconnect cause, std::string_view text);

    core::ThreadBound thread_;
    const SessionSettings settings_;
    const std::unique_ptr<journal::MessageStore> store_;
    const core::Clock& clock_;
    SessionListener& listener_;
    std::optional<Dictionary> dictionary_;  // for full validation alone
    Outbound outbound_;
    Heartbeat heartbeat_;
    GapQueue gap_queue_;
    ResendRequester requester_;
    ResendResponder responder_;
    MessageEncoder body_;  // of the session message that is being sent
    MessageView queued_;   // a message from the gap queue
    bool resets_next_logon_ = false;
    RecordText record_text_;

    // Of the connection.
    SessionState state_ = SessionState::Disconnected;
    ResetHandshake handshake_ = ResetHandshake::None;
    core::MonotonicTime deadline_;  // of Logon and Logout
    core::MonotonicTime page_end_;  // of the resend that is going out
    core::MsgSeqNum our_logon_ = 0;
    core::MsgSeqNum highest_received_ = 0;
    bool has_more_ = false;        // the gap queue has what is next
    core::MsgSeqNum skip_to_ = 0;  // a SequenceReset says that nothing new comes before it
    std::optional<PeerLogout> peer_logout_;  // it has come, perhaps behind a gap

    // Of the call that is being worked on.
    core::Instant now_;
    bool is_recorded_ = false;  // the message that came, or it will be in its turn
};

// Runs a callback of the listener. Why guarded: its failure must not leave the session half done;
// the message that it failed over has been handed out, and does not come again.
template <class Call>
void Session::notify(Call&& call) {
    try {
        call();
    } catch (const std::exception& error) {
        end(Disconnect::InternalError, error.what());
    }
}

}  // namespace broker::fix::native
