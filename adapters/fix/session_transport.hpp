// One FIX session over TLS: connects, logs on, keeps it up, and comes back after a loss.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/reason.hpp"
#include "core/result.hpp"
#include "fix/codec/framer.hpp"
#include "fix/connect_plan.hpp"
#include "fix/durable_gate.hpp"
#include "fix/host_engines.hpp"
#include "fix/session_engine.hpp"
#include "net/io_thread.hpp"
#include "net/tls_context.hpp"

namespace broker::fix {

struct TransportSettings {
    ConnectRules connect;
    std::string server_name;  // for SNI and host name verification; empty: the host's own name
    // Of the look-up of a host's name, and then of each of its addresses.
    core::Duration connect_timeout = std::chrono::seconds{5};
    core::Duration handshake_timeout = std::chrono::seconds{5};
    // Bytes; beyond it the connection is closed. At least one message of the largest size.
    std::size_t max_write_queue = 1024 * 1024;
    std::size_t max_garbled_bytes = 64 * 1024;  // in one connection; beyond it it is closed
    // Of delivering what has come before the loop turns to others and comes back; one message at
    // least. Why so short: another session may wait for it with its order, and with the answer.
    core::Duration max_turn = std::chrono::microseconds{15};
    FramerLimits framer;
    // Null: messages go out at once. Else when their records are durable; what waits counts to the
    // write queue.
    std::shared_ptr<DurableGate> gate;
};

enum class TransportState { Idle, Connecting, LoggedOn, LoggingOut, Waiting };

struct SendReceipt {
    core::MsgSeqNum msg_seq_num = 0;
    core::MonotonicTime journaled;
    core::MonotonicTime written;  // unset: part of it still waits for the socket, or for the disk
};

// Called on the event thread, never from inside a member function of SessionTransport other than
// send() and the coroutine that runs the session.
class TransportListener {
public:
    virtual ~TransportListener() = default;
    virtual void on_connecting(std::string_view peer) = 0;
    virtual void on_logged_on(std::string_view peer) = 0;
    // An attempt failed, the session ended, or the first attempt at a host has to wait for the
    // connect budget (Started). `next_attempt` is the wait before the next one; negative: none
    // planned (stopped, or MsgSeqNumTooLow, which needs a person; start() again once the numbers
    // are right).
    virtual void on_disconnected(core::Reason reason, std::string_view text, std::string_view peer,
                                 core::Duration next_attempt) = 0;
    virtual void on_application_message(const MessageView& message,
                                        core::MonotonicTime received) = 0;
    virtual void on_session_reject(const MessageView& reject, core::MonotonicTime received) = 0;
    virtual ResendDecision on_resend(core::MsgSeqNum number, const MessageView& message) = 0;
    virtual void on_sequence_reset() = 0;
    // Something worth a log line that changes nothing, e.g. a garbled message that was passed over.
    virtual void on_notice(std::string_view text) = 0;
};

// Owned by the account's trading client. Lives on one event thread; destroy it only after the
// completion of stop() was called, or when the thread's loop has ended.
// [event-thread]
class SessionTransport {
public:
    // Throws std::invalid_argument without hosts, and what the factories of `engines` throw.
    SessionTransport(net::EventLoop& loop, const core::Clock& clock, TransportSettings settings,
                     std::shared_ptr<net::TlsContext> tls, HostEngines::Parts engines,
                     TransportListener& listener);
    ~SessionTransport();
    SessionTransport(const SessionTransport&) = delete;
    SessionTransport& operator=(const SessionTransport&) = delete;

    // Begins to connect, from the loop's next turn on. Without effect while it runs already.
    void start();

    // Logs out if logged on, closes, plans no further attempt, then calls `done` once, from the
    // loop; `done` may destroy the transport. Bounded by the session's logout_timeout.
    void stop(std::string_view text, std::function<void()> done);

    // Goes to another host: the one with this text (host:port), or the next in turn if it is empty.
    // Logs out first if logged on, and ends a wait or an attempt that is under way; then connects
    // without backoff. The host is the primary from here on. Told as a disconnect by StoppedByHost
    // with `text`. While the session is not running it only decides where it begins. InvalidField:
    // there is no such host.
    [[nodiscard]] core::Result<void> fail_over(std::string_view host, std::string_view text);

    // The host that is connected to, or is to be next.
    [[nodiscard]] std::string host() const;

    // Of that host's session.
    [[nodiscard]] SequenceNumbers sequence_numbers() const;
    // AccountNotReady while a connection is up or being made: stop first. StorageFailed.
    [[nodiscard]] core::Result<void> set_sequence_numbers(SequenceNumbers numbers);
    // Its next Logon begins both numbers at 1, with ResetSeqNumFlag (141) = Y.
    void reset_on_next_logon();

    // Sends an application message. An error proves that nothing was sent: AccountNotReady,
    // WriteQueueFull (the session ends as well), StorageFailed, InvalidField (an invalid encoder).
    // When the connection breaks while the message is written, there is a receipt without
    // `written`: the outcome is unknown, and on_disconnected follows.
    [[nodiscard]] core::Result<SendReceipt> send(const MessageEncoder& message);

    [[nodiscard]] TransportState state() const;

private:
    class Impl;
    std::shared_ptr<Impl> impl_;
};

}  // namespace broker::fix
