// The rules of a FIX 4.4 session, without I/O: checked messages, time and commands in; bytes,
// timers and events out. No socket, thread, file or clock inside.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/reason.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"
#include "journal/message_store.hpp"

namespace broker::fix {

struct SessionSettings {
    std::string begin_string = "FIX.4.4";
    std::string sender_comp_id;
    std::string target_comp_id;
    std::string sender_sub_id;  // SenderSubID (50) and TargetSubID (57): on every message if given
    std::string target_sub_id;
    std::string username;   // Username (553) in Logon, if given
    core::Secret password;  // Password (554) in Logon, if given
    std::chrono::seconds heart_bt_int{30};
    bool reset_on_logon = false;  // ResetSeqNumFlag (141) = Y in every Logon
    std::chrono::seconds logon_timeout{10};
    std::chrono::seconds logout_timeout{5};
    std::chrono::seconds sending_time_tolerance{120};  // of the peer's SendingTime (52)
    std::string dictionary_path;  // data dictionary for validation and repeating groups
};

// What is to be done with a stored application message that the peer asks for again.
enum class ResendDecision {
    Resend,   // with PossDupFlag
    GapFill,  // it is stale: the peer is told that nothing comes under this number
};

// Hears what the engine decides. Called from inside the engine's member functions, on the same
// thread; it must not call the engine back except send() from on_logged_on and
// on_application_message.
class SessionListener {
public:
    virtual ~SessionListener() = default;

    // One whole message to write to the connection now. The bytes are valid during the call.
    virtual void on_send(std::string_view message) = 0;

    virtual void on_logged_on() = 0;

    // An application message, in sequence and once; PossDup ones only if not seen before.
    virtual void on_application_message(const MessageView& message) = 0;

    // Reject (3): the peer refused the message with RefSeqNum (45).
    virtual void on_session_reject(const MessageView& reject) = 0;

    // The peer asks again for a stored application message.
    virtual ResendDecision on_resend(core::MsgSeqNum number, const MessageView& message) = 0;

    // Both sequence numbers have started again at 1.
    virtual void on_sequence_reset() = 0;

    // The session is over; the connection is to be closed. Once per connection at most. `text` has
    // the peer's words where it gave any.
    virtual void on_session_ended(core::Reason reason, std::string_view text) = 0;
};

struct Sent {
    core::MsgSeqNum msg_seq_num = 0;
    core::MonotonicTime journaled;  // when the store had it, before on_send
};

// Owned by a session's transport.
// [event-thread]
class SessionEngine {
public:
    virtual ~SessionEngine() = default;

    // A connection is up: sends Logon.
    virtual void connected(core::Instant now) = 0;

    // One message from the peer, framed and checked.
    virtual void received(const MessageView& message, core::Instant now) = 0;

    // The connection is gone, whoever ended it. Also called after on_session_ended.
    virtual void disconnected(core::Instant now) = 0;

    // Numbers, stores and sends an application message (by on_send, before it returns). Errors:
    // NotLoggedOn as AccountNotReady, StorageFailed: the message has no number and will never go
    // out.
    [[nodiscard]] virtual core::Result<Sent> send(const MessageEncoder& message,
                                                  core::Instant now) = 0;

    // Sends Logout and waits for the answer at most logout_timeout; ends by on_session_ended with
    // StoppedByHost, or LogoutTimeout.
    virtual void logout(std::string_view text, core::Instant now) = 0;

    // Does what is due: heartbeats, test requests, deadlines. The transport calls it at least when
    // next_timer() has come.
    virtual void on_timer(core::Instant now) = 0;
    [[nodiscard]] virtual core::MonotonicTime next_timer() const = 0;  // max(): nothing is due

    [[nodiscard]] virtual bool is_logged_on() const = 0;
};

// Makes engines of one kind. Throws std::runtime_error for settings it cannot work with (a
// dictionary that does not load).
using SessionEngineFactory = std::unique_ptr<SessionEngine> (*)(
    SessionSettings settings, std::unique_ptr<journal::MessageStore> store,
    const core::Clock& clock, SessionListener& listener);

}  // namespace broker::fix
