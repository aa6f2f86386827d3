// One push connection after another: what the account's and the market data's have in common.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <string_view>

#include "core/backoff.hpp"
#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "core/thread_bound.hpp"
#include "dxtrade/push/push_messages.hpp"
#include "dxtrade/push/push_socket.hpp"
#include "dxtrade/rest/token_source.hpp"
#include "dxtrade/rest_rules.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::dxtrade::push {

struct PushConnectionSettings {
    std::string peer;  // host:port, for people
    PushRules rules;
    core::BackoffRules backoff;
    std::uint64_t seed = 0;  // of the jitter; 0: by chance
    // From the upgrade until on_confirmed() must have been called.
    core::Duration confirm_timeout = std::chrono::seconds{15};
    core::Duration close_timeout = std::chrono::seconds{3};
    std::size_t max_message_bytes = 16U << 20U;  // of one that was compressed
};

// What a push session is made with beside its own settings. All of it outlives the session.
struct PushParts {
    const core::Clock& clock;
    // Runs a function from the event loop, behind what is there to be done.
    std::function<void(std::function<void()>)> post;
    MakePushSocket make_socket;
    rest::TokenSource& tokens;
};

// Whoever has a connection. Called on the event thread, never from inside a call into it.
class PushConnectionOwner {
public:
    virtual ~PushConnectionOwner() = default;
    // The connection is new: nothing is subscribed to.
    virtual void on_open() = 0;
    // A message that is not the connection's own business.
    virtual void on_push_message(const PushMessage& message, core::MonotonicTime received) = 0;
    // A message has come of which nothing can be read, not even what it is about; it has been told.
    virtual void on_unreadable() {}
    // Subscriptions are gone; the listener has been told.
    virtual void on_lost() = 0;
};

// Waits for a token, connects, answers PingRequest, notices silence, and comes back after a loss,
// with a backoff that only a healthy connection resets. Reject 1 (the session has expired) makes
// the token source log in again; the next connection has the next token. Tells the channel's
// listener of all this; on_logged_on follows on_confirmed().
//
// on_tick() looks what is due and has it done from the loop, so that every rule runs on a clock
// that a test moves and no listener is called from inside. Owned by a push session. [event-thread]
class PushConnection final : private net::WebSocketListener, private rest::TokenListener {
public:
    PushConnection(core::Channel channel, PushConnectionSettings settings, PushParts parts,
                   PushConnectionOwner& owner, ChannelListener& listener);
    ~PushConnection() override;
    PushConnection(const PushConnection&) = delete;
    PushConnection& operator=(const PushConnection&) = delete;

    void start();
    // `done` is called once, in bounded time, from the loop; it may destroy the connection.
    void stop(std::string_view text, std::function<void()> done);
    void on_tick();

    // The venue has shown that it delivers. Without effect a second time.
    void on_confirmed();
    // What would confirm the connection has been refused for now: no deadline until it is asked for
    // again.
    void suspend_confirmation();
    void await_confirmation();

    [[nodiscard]] bool is_open() const { return state_ == State::Open; }
    [[nodiscard]] bool is_confirmed() const { return confirmed_at_.has_value(); }

    // Unique in the session, over all its connections.
    [[nodiscard]] std::string next_request_id();
    // What every client message carries. Valid until the loop's next turn.
    [[nodiscard]] Envelope envelope(std::string_view request_id) const;
    // Errors: AccountNotReady (no connection), ConnectionLost and WriteQueueFull, which end it.
    [[nodiscard]] core::Result<void> send(std::string message);

    // A message, or a part of one, that is not as it should be.
    void tell_fault(core::Reason reason, std::string_view msg_type, std::string_view text);
    [[nodiscard]] const core::Clock& clock() const { return parts_.clock; }

private:
    enum class State { Idle, AwaitingToken, Connecting, Open, Waiting, Closing };
    static constexpr std::size_t kMaxUnknownTypes = 64;  // told

    // net::WebSocketListener
    void on_open() override;
    void on_message(std::string_view text, core::MonotonicTime received) override;
    void on_closed(core::Reason reason, std::string_view text, unsigned close_code) override;
    // rest::TokenListener
    void on_token_changed() override;

    void step_soon();
    void step();
    [[nodiscard]] bool is_due() const;
    void connect();
    void check_open();
    void read(std::string_view text, core::MonotonicTime received);
    void take(const PushMessage& message, core::MonotonicTime received);
    void take_session_reject(const PushMessage& message);
    void answer_ping();
    void tell_unreadable(const core::Error& error);
    void tell_unknown_type(std::string_view type);
    void end(core::Reason reason, std::string_view text);
    void finish_stop();
    [[nodiscard]] bool is_up() const;

    core::ThreadBound thread_;
    core::Channel channel_;
    PushConnectionSettings settings_;
    PushParts parts_;
    PushConnectionOwner& owner_;
    ChannelListener& listener_;
    core::Backoff backoff_;

    State state_ = State::Idle;
    bool is_step_posted_ = false;
    std::unique_ptr<PushSocket> socket_;
    core::Secret token_;                      // of this connection
    bool has_lost_token_ = false;             // since this connection was made
    std::optional<core::Reason> send_error_;  // that ends the connection
    core::MonotonicTime next_attempt_;
    core::MonotonicTime last_received_;
    core::MonotonicTime confirm_by_;
    core::MonotonicTime close_by_;
    std::optional<core::MonotonicTime> confirmed_at_;
    std::uint64_t request_count_ = 0;
    std::set<std::string, std::less<>> unknown_types_;
    std::string stop_text_;
    std::function<void()> done_;
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);  // seen by what was posted
};

}  // namespace broker::dxtrade::push
