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
    // From the upgrade until on_confirmed() must have been called.
    core::Duration confirm_timeout = std::chrono::seconds{15};
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
    // Subscriptions are gone; the listener has been told.
    virtual void on_lost() = 0;
};

// Waits for a token, connects, answers PingRequest, notices silence, and comes back after a loss,
// with a backoff that only a healthy connection resets. Reject 1 (the session has expired) makes
// the token source log in again; the next connection has the next token. Tells the channel's
// listener of all this; on_logged_on follows on_confirmed().
//
// Does what is due in on_tick(), so that every rule runs on a clock that a test moves.
// Owned by a push session. [event-thread]
class PushConnection final : private net::WebSocketListener, private rest::TokenListener {
public:
    PushConnection(core::Channel channel, PushConnectionSettings settings, PushParts parts,
                   PushConnectionOwner& owner, ChannelListener& listener);
    ~PushConnection() override;
    PushConnection(const PushConnection&) = delete;
    PushConnection& operator=(const PushConnection&) = delete;

    void start();
    // `done` is called once, in bounded time; it may destroy the connection.
    void stop(std::string_view text, std::function<void()> done);
    void on_tick();

    // The venue has shown that it delivers. Without effect a second time.
    void on_confirmed();
    // Gives up the connection and plans the next one.
    void drop(core::Reason reason, std::string text);

    [[nodiscard]] bool is_open() const { return state_ == State::Open; }
    [[nodiscard]] bool is_confirmed() const { return confirmed_at_.has_value(); }

    // Unique in the session, over all connections.
    [[nodiscard]] std::string next_request_id();
    // What every client message carries.
    [[nodiscard]] Envelope envelope(std::string_view request_id) const;
    // Errors: AccountNotReady (no connection), WriteQueueFull.
    [[nodiscard]] core::Result<void> send(std::string message);

    // A message, or a part of one, that is not as it should be.
    void tell_fault(core::Reason reason, std::string_view msg_type, std::string_view text);
    // Told once for each type.
    void tell_unknown_type(std::string_view type);
    [[nodiscard]] core::MonotonicTime now() const { return parts_.clock.monotonic(); }

private:
    enum class State { Idle, AwaitingToken, Connecting, Open, Waiting, Closing };

    // net::WebSocketListener
    void on_open() override;
    void on_message(std::string_view text, core::MonotonicTime received) override;
    void on_closed(core::Reason reason, std::string_view text, unsigned close_code) override;
    // rest::TokenListener
    void on_token_changed() override;

    void step_soon();
    void step();
    void connect();
    void check_open();
    void answer_ping();
    void take(const PushMessage& message, core::MonotonicTime received);
    void end(core::Reason reason, std::string_view text);
    void finish_stop();
    [[nodiscard]] core::Duration plan_next_attempt();

    core::Channel channel_;
    PushConnectionSettings settings_;
    PushParts parts_;
    PushConnectionOwner& owner_;
    ChannelListener& listener_;
    core::Backoff backoff_;
    std::shared_ptr<bool> is_alive_ = std::make_shared<bool>(true);  // for what was posted

    State state_ = State::Idle;
    bool is_step_posted_ = false;
    bool has_lost_token_ = false;  // while this connection was up
    std::unique_ptr<PushSocket> socket_;
    std::string text_;  // of a compressed message
    std::string token_text_;
    core::MonotonicTime next_attempt_;
    core::MonotonicTime last_received_;
    core::MonotonicTime confirm_by_;
    core::MonotonicTime stop_by_;
    std::optional<core::MonotonicTime> confirmed_at_;
    std::uint64_t request_count_ = 0;
    std::set<std::string, std::less<>> unknown_types_;
    std::function<void()> done_;
    std::string stop_text_;
};

}  // namespace broker::dxtrade::push
