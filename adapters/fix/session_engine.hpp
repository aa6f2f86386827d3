// The rules of a FIX 4.4 session, without I/O: checked messages, time and commands in; bytes,
// timers and events out. No socket, thread, file or clock inside.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/reason.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"
#include "journal/message_store.hpp"

namespace broker::fix {

// How much of the peer's messages the native engine checks (the cases 14.a to 14.k).
enum class ValidationLevel {
    Session,  // headers, and the bodies of session messages; application messages are delivered as
              // they come, so that no fill is lost over a value that a dictionary does not know
    Full,     // every message against the dictionary; what breaks it is rejected, not delivered
};

// What follows ResetSeqNumFlag (141) = Y in a Logon answer that we did not ask it for.
enum class UnsolicitedReset {
    AnswerWithLogon,  // we confirm by a Logon with 141=Y under number 1, as in an open session
    CountOurLogon,    // the Logon that we sent is our number 1
};

// How the native engine recovers missing messages, in both directions.
struct RecoverySettings {
    // Numbers in one ResendRequest of ours; the next follows when all of these have come. 0: no
    // limit.
    std::uint64_t request_chunk = 1000;
    // Without progress for so long, we ask again; after so many requests without progress the
    // session ends.
    std::chrono::milliseconds request_timeout{10'000};
    int max_requests = 3;
    // What is kept of the messages behind a gap. What does not fit is asked for later.
    std::size_t max_gap_messages = 10'000;
    std::size_t max_gap_bytes = 16 * 1024 * 1024;
    // The answer to the peer's ResendRequest goes out in pages with pauses. A page ends with so
    // many messages, after so long (a few messages are the least), or when more bytes than
    // max_send_backlog wait for the socket; the pauses go on while they do.
    std::size_t page_messages = 200;
    std::chrono::microseconds page_time{40};
    std::chrono::milliseconds page_interval{1};
    std::size_t max_send_backlog = 128 * 1024;
};

// What a venue's messages have beyond the data dictionary.
struct DictionaryOverlay {
    struct Field {
        std::int32_t tag = 0;
        std::vector<std::string> messages;  // MsgTypes that may have it
    };
    std::vector<Field> fields;
    std::vector<std::int32_t> open_enums;  // tags whose values are not only those listed
};

// Everything of SessionSettings that is no secret.
struct SessionOptions {
    std::string begin_string = "FIX.4.4";
    std::string sender_comp_id;
    std::string target_comp_id;
    std::string sender_sub_id;  // SenderSubID (50) and TargetSubID (57): on every message if given
    std::string target_sub_id;
    std::string username;  // Username (553) in Logon, if given
    std::chrono::seconds heart_bt_int{30};
    bool reset_on_logon = false;  // ResetSeqNumFlag (141) = Y in every Logon
    std::chrono::seconds logon_timeout{10};
    std::chrono::seconds logout_timeout{5};
    std::chrono::seconds sending_time_tolerance{120};  // of the peer's SendingTime (52)
    std::string dictionary_path;  // data dictionary for validation and repeating groups

    // The native engine alone looks at what follows.
    ValidationLevel validation = ValidationLevel::Session;
    DictionaryOverlay dictionary_overlay;  // for full validation
    UnsolicitedReset unsolicited_reset = UnsolicitedReset::AnswerWithLogon;
    bool sends_next_expected_msg_seq_num = false;   // NextExpectedMsgSeqNum (789) in Logon
    bool sends_last_msg_seq_num_processed = false;  // LastMsgSeqNumProcessed (369) in each header
    bool requires_orig_sending_time = true;  // 2.g: PossDupFlag without OrigSendingTime is rejected
    bool checks_sub_ids = false;             // the peer's 50 and 57 have to mirror ours
    bool accepts_routed_messages = true;     // 18.b: OnBehalfOfCompID (115), DeliverToCompID (128)
    RecoverySettings recovery;

    // Sequence resets by the clock: the last instant, at or before `now`, at which both numbers
    // were to begin again at 1; null: none. The first connection after such an instant resets them
    // before its Logon. Empty: there are none.
    std::function<std::optional<core::UtcTime>(core::UtcTime now)> last_scheduled_reset;
    // ResetSeqNumFlag (141) = Y in that Logon; false: the venue resets at the same time by itself.
    bool sends_flag_on_scheduled_reset = true;
};

struct SessionSettings : SessionOptions {
    core::Secret password;  // Password (554) in Logon, if given

    [[nodiscard]] SessionSettings clone() const {
        SessionSettings copy;
        static_cast<SessionOptions&>(copy) = *this;
        copy.password = password.clone();
        return copy;
    }
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

    // What on_send gets between these two may go to the connection together, at the latest when
    // the second one returns: a page of the answer to a ResendRequest.
    virtual void on_page_begin() {}
    virtual void on_page_end() {}

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

    // Something worth a log line that changes nothing.
    virtual void on_notice(std::string_view /*text*/) {}

    // The peer answered a TestRequest of ours after so long.
    virtual void on_round_trip(core::Duration /*time*/) {}

    // Bytes that wait for the socket; an engine holds resends back while there are many.
    [[nodiscard]] virtual std::size_t send_backlog() const { return 0; }

    // False: others wait for the thread. An engine leaves what has waited already, such as messages
    // behind a gap that has closed, to go_on().
    [[nodiscard]] virtual bool has_time() const { return true; }
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

    // The next connection's Logon begins both numbers at 1, with ResetSeqNumFlag (141) = Y, as each
    // does with reset_on_logon. Between connections.
    virtual void reset_numbers_on_next_logon() = 0;

    // A connection is up: sends Logon.
    virtual void connected(core::Instant now) = 0;

    // One message from the peer, framed and checked.
    virtual void received(const MessageView& message, core::Instant now) = 0;

    // True after received() or go_on(): messages that came before are left to deliver. go_on() is
    // to be called in a later turn of the loop, before the next message of the peer.
    [[nodiscard]] virtual bool has_more() const { return false; }
    virtual void go_on(core::Instant /*now*/) {}

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

    // Grows with each reset of the numbers and is kept by the store: a number is unique within it.
    // 0 from an engine that does not count.
    [[nodiscard]] virtual std::uint64_t epoch() const { return 0; }
};

// Makes engines of one kind. Throws std::runtime_error for settings it cannot work with (a
// dictionary that does not load).
using SessionEngineFactory = std::unique_ptr<SessionEngine> (*)(
    SessionSettings settings, std::unique_ptr<journal::MessageStore> store,
    const core::Clock& clock, SessionListener& listener);

}  // namespace broker::fix
