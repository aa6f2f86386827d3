// What SessionTransport is made of. session_transport.cpp has messages, timers and the engine's
// callbacks; session_connecting.cpp the life of the session: attempts, hosts, waits, the end.
#pragma once

#include <boost/asio/awaitable.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "core/thread_bound.hpp"
#include "fix/garbled_guard.hpp"
#include "fix/session_transport.hpp"
#include "net/asio.hpp"
#include "net/deadline_timer.hpp"
#include "net/tls_stream.hpp"

namespace broker::fix {

namespace asio = boost::asio;
using core::Reason;
using core::Result;

class SessionTransport::Impl final : public SessionListener,
                                     public std::enable_shared_from_this<Impl> {
public:
    Impl(net::EventLoop& loop, const core::Clock& clock, TransportSettings settings,
         std::shared_ptr<net::TlsContext> tls, HostEngines::Parts engines,
         TransportListener& listener);

    void start();
    void stop(std::string text, std::function<void()> done);
    Result<void> fail_over(std::string host, std::string text);
    [[nodiscard]] std::string host() const { return plan_.host().text(); }
    [[nodiscard]] SequenceNumbers sequence_numbers() const {
        return engines_->numbers(plan_.host_index());
    }
    Result<void> set_sequence_numbers(SequenceNumbers numbers);
    void reset_on_next_logon() { engines_->reset_on_next_logon(plan_.host_index()); }
    Result<SendReceipt> send(const MessageEncoder& message);
    [[nodiscard]] TransportState state() const { return state_; }
    void abandon();

private:
    // The life of the session, from top to bottom.
    asio::awaitable<void> run(std::shared_ptr<Impl> self);
    asio::awaitable<void> wait_for_turn(ConnectWait wait);
    asio::awaitable<void> attempt();
    asio::awaitable<void> open_connection(const HostPort& host);
    asio::awaitable<void> receive_until_end();
    void close_connection();
    std::optional<ConnectWait> plan_next_attempt();
    void tell_wait(const ConnectWait& wait);
    void tell_ending(const std::optional<ConnectWait>& next);
    void finish();

    void begin_stop(const std::string& text);
    void leave(const std::string& text);
    void end(Reason reason, std::string text);
    void close_when_all_is_out();
    bool write(std::string_view message);  // false: the connection is over
    void release_held();
    [[nodiscard]] std::size_t queued() const { return stream_->queued() + held_.bytes(); }
    void begin_turn();
    asio::awaitable<void> let_others_run();
    bool deliver_messages();
    bool deliver_next();
    void pass_over_garbled(const std::string& text);
    void limit_garbled_bytes();

    template <class Call>
    void with_engine(Call&& call);
    void arm_timer();
    void timer_fired();

    // SessionListener
    void on_send(std::string_view message) override;
    void on_page_begin() override;
    void on_page_end() override;
    void on_logged_on() override;
    void on_application_message(const MessageView& message) override;
    void on_session_reject(const MessageView& reject) override;
    ResendDecision on_resend(core::MsgSeqNum number, const MessageView& message) override;
    void on_sequence_reset() override;
    void on_session_ended(Reason reason, std::string_view text) override;
    void on_notice(std::string_view text) override;
    [[nodiscard]] std::size_t send_backlog() const override;
    [[nodiscard]] bool has_time() const override;

    // Why a connection ended.
    struct Ending {
        Reason reason;
        std::string text;
    };

    core::ThreadBound thread_;
    net::EventLoop& loop_;
    const core::Clock& clock_;
    const TransportSettings settings_;
    const std::shared_ptr<net::TlsContext> tls_;
    const core::Duration logon_bound_;
    const core::Duration logout_bound_;
    TransportListener& listener_;
    ConnectPlan plan_;
    std::optional<HostEngines> engines_;
    SessionEngine* engine_ = nullptr;  // of the host that is connected, or was last
    asio::steady_timer retry_timer_;
    net::DeadlineTimer engine_timer_;
    GarbledGuard garbled_;
    bool is_older_stay_told_ =
        false;  // in this connection: a message of before a failover is asked for

    TransportState state_ = TransportState::Idle;
    bool is_gate_heard_ = false;
    bool is_running_ = false;   // run() is under way
    bool is_stopping_ = false;  // from the call of stop() until `done`
    std::vector<std::function<void()>> done_;
    bool is_moving_ = false;  // to another host, by a person's choice

    // Of the current attempt.
    std::string peer_;
    std::optional<net::TlsStream> stream_;
    Framer framer_;
    MessageView view_;
    core::Instant received_;        // when the bytes being delivered were read
    std::uint64_t turn_ = 0;        // of the loop, the last one that delivered messages
    core::MonotonicTime turn_end_;  // when others get theirs
    std::optional<core::MonotonicTime> logged_on_at_;
    core::MonotonicTime deadline_ = core::MonotonicTime::max();  // for logon, then for logout
    HeldSends held_;
    core::MonotonicTime written_;   // when the last message was with the network; unset: queued
    std::optional<Ending> ending_;  // once known, nothing more is sent or delivered
};

// Every call into the engine but send() goes through here.
template <class Call>
void SessionTransport::Impl::with_engine(Call&& call) {
    try {
        call();
    } catch (const std::exception& e) {
        end(Reason::InternalError, std::string{"session engine: "} + e.what());
    }
    if (!ending_) arm_timer();
}

}  // namespace broker::fix
