#include "fix/session_transport.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <exception>
#include <optional>
#include <random>
#include <stdexcept>
#include <utility>

#include "core/thread_bound.hpp"
#include "fix/garbled_guard.hpp"
#include "net/asio.hpp"
#include "net/deadline_timer.hpp"
#include "net/tls_stream.hpp"

namespace broker::fix {
namespace {

namespace asio = boost::asio;
using core::Reason;
using core::Result;
using net::as_result;

// The engine keeps the session's deadlines. The transport's own come this much later, so that a
// mistake in an engine cannot hang a session.
constexpr core::Duration kEngineGrace = std::chrono::milliseconds{500};

// How long the last messages of a session may wait for the disk.
constexpr core::Duration kLastWordsBound = std::chrono::seconds{1};

constexpr core::Duration kNoFurtherAttempt{-1};
constexpr std::size_t kHeaderAndTrailerRoom = 512;  // of an application message

// Why a connection ended.
struct Ending {
    Reason reason;
    std::string text;
};

}  // namespace

std::string HostPort::text() const {
    return host.find(':') == std::string::npos ? host + ":" + port : "[" + host + "]:" + port;
}

class SessionTransport::Impl final : public SessionListener,
                                     public std::enable_shared_from_this<Impl> {
public:
    Impl(net::EventLoop& loop, const core::Clock& clock, TransportSettings settings,
         std::shared_ptr<net::TlsContext> tls, SessionSettings session,
         std::unique_ptr<journal::MessageStore> store, SessionEngineFactory make_engine,
         TransportListener& listener);

    void start();
    void stop(std::string text, std::function<void()> done);
    Result<SendReceipt> send(const MessageEncoder& message);
    [[nodiscard]] TransportState state() const { return state_; }
    void abandon();

private:
    // The life of the session, from top to bottom.
    asio::awaitable<void> run(std::shared_ptr<Impl> self);
    asio::awaitable<void> wait_for_next_attempt(core::Duration wait);
    asio::awaitable<void> attempt();
    asio::awaitable<void> open_connection();
    asio::awaitable<void> receive_until_end();
    void close_connection();
    core::Duration plan_next_attempt();
    void finish();

    void begin_stop(const std::string& text);
    void end(Reason reason, std::string text);
    void close_when_all_is_out();
    bool write(std::string_view message);  // false: the connection is over
    void release_held();
    [[nodiscard]] std::size_t queued() const { return stream_->queued() + held_.bytes(); }
    void deliver_messages();
    void pass_over_garbled(const std::string& text);
    void limit_garbled_bytes();

    template <class Call>
    void with_engine(Call&& call);
    void arm_timer();
    void timer_fired();

    // SessionListener
    void on_send(std::string_view message) override;
    void on_logged_on() override;
    void on_application_message(const MessageView& message) override;
    void on_session_reject(const MessageView& reject) override;
    ResendDecision on_resend(core::MsgSeqNum number, const MessageView& message) override;
    void on_sequence_reset() override;
    void on_session_ended(Reason reason, std::string_view text) override;
    void on_notice(std::string_view text) override;
    [[nodiscard]] std::size_t send_backlog() const override;

    core::ThreadBound thread_;
    net::EventLoop& loop_;
    const core::Clock& clock_;
    const TransportSettings settings_;
    const std::shared_ptr<net::TlsContext> tls_;
    const core::Duration logon_bound_;
    const core::Duration logout_bound_;
    TransportListener& listener_;
    std::unique_ptr<SessionEngine> engine_;
    core::Backoff backoff_;
    asio::steady_timer retry_timer_;
    net::DeadlineTimer engine_timer_;
    GarbledGuard garbled_;

    TransportState state_ = TransportState::Idle;
    bool is_gate_heard_ = false;
    bool is_running_ = false;   // run() is under way
    bool is_stopping_ = false;  // from the call of stop() until `done`
    std::vector<std::function<void()>> done_;
    std::size_t host_ = 0;  // index of the one to try next

    // Of the current attempt.
    std::string peer_;
    std::optional<net::TlsStream> stream_;
    Framer framer_;
    MessageView view_;
    core::Instant received_;  // when the bytes being delivered were read
    std::optional<core::MonotonicTime> logged_on_at_;
    core::MonotonicTime deadline_ = core::MonotonicTime::max();  // for logon, then for logout
    HeldSends held_;
    core::MonotonicTime written_;   // when the last message was with the network; unset: queued
    std::optional<Ending> ending_;  // once known, nothing more is sent or delivered
};

SessionTransport::Impl::Impl(net::EventLoop& loop, const core::Clock& clock,
                             TransportSettings settings, std::shared_ptr<net::TlsContext> tls,
                             SessionSettings session, std::unique_ptr<journal::MessageStore> store,
                             SessionEngineFactory make_engine, TransportListener& listener)
    : loop_{loop},
      clock_{clock},
      settings_{std::move(settings)},
      tls_{std::move(tls)},
      logon_bound_{session.logon_timeout + kEngineGrace},
      logout_bound_{session.logout_timeout + kEngineGrace},
      listener_{listener},
      backoff_{settings_.backoff, std::random_device{}()},
      retry_timer_{loop.context()},
      engine_timer_{loop.context(), clock_},
      garbled_{settings_.max_garbled_bytes},
      framer_{settings_.framer},
      held_{settings_.gate} {
    if (settings_.hosts.empty()) throw std::invalid_argument{"a FIX session without hosts"};
    engine_ = make_engine(std::move(session), std::move(store), clock_, *this);
}

// Why start and stop are posted: they may be called from inside the engine's callbacks, and the
// engine must not be called back from there.
void SessionTransport::Impl::start() {
    asio::post(loop_.context(), [self = shared_from_this()] {
        if (self->is_running_) return;
        self->is_running_ = true;
        if (self->settings_.gate && !std::exchange(self->is_gate_heard_, true)) {
            self->settings_.gate->add_listener([weak = std::weak_ptr{self}] {
                if (const auto transport = weak.lock()) transport->release_held();
            });
        }
        asio::co_spawn(self->loop_.context(), self->run(self), net::rethrow_failure);
    });
}

void SessionTransport::Impl::stop(std::string text, std::function<void()> done) {
    is_stopping_ = true;
    done_.push_back(std::move(done));
    asio::post(loop_.context(),
               [self = shared_from_this(), text = std::move(text)] { self->begin_stop(text); });
}

void SessionTransport::Impl::begin_stop(const std::string& text) {
    if (!is_stopping_ || state_ == TransportState::LoggingOut) return;
    if (!is_running_) return finish();
    if (state_ == TransportState::LoggedOn) {
        state_ = TransportState::LoggingOut;
        deadline_ = clock_.monotonic() + logout_bound_;
        with_engine([&] { engine_->logout(text, clock_.now()); });
        return;
    }
    if (stream_) end(Reason::StoppedByHost, text);
    retry_timer_.cancel();
}

asio::awaitable<void> SessionTransport::Impl::run([[maybe_unused]] std::shared_ptr<Impl> self) {
    core::Duration wait{0};
    while (!is_stopping_) {
        try {
            co_await attempt();
        } catch (const std::exception& e) {
            // Why contained: one account's bug or lack of memory must not end the host's process.
            ending_ = Ending{Reason::InternalError, e.what()};
            close_connection();
        }
        wait = plan_next_attempt();
        listener_.on_disconnected(ending_->reason, ending_->text, peer_, wait);
        if (wait < core::Duration::zero()) break;
        co_await wait_for_next_attempt(wait);
    }
    finish();
}

asio::awaitable<void> SessionTransport::Impl::wait_for_next_attempt(core::Duration wait) {
    retry_timer_.expires_after(wait);
    co_await retry_timer_.async_wait(as_result);
}

// One connection from its first to its last byte; ending_ says how it went.
asio::awaitable<void> SessionTransport::Impl::attempt() {
    state_ = TransportState::Connecting;
    peer_ = settings_.hosts[host_].text();
    ending_.reset();
    logged_on_at_.reset();
    garbled_.reset();
    framer_.reset();
    stream_.emplace(loop_.context(), tls_, settings_.max_write_queue);
    listener_.on_connecting(peer_);

    co_await open_connection();
    if (!ending_) {
        deadline_ = clock_.monotonic() + logon_bound_;
        with_engine([&] { engine_->connected(clock_.now()); });
        co_await receive_until_end();
        with_engine([&] { engine_->disconnected(clock_.now()); });
    }
    close_connection();
}

asio::awaitable<void> SessionTransport::Impl::open_connection() {
    const HostPort& host = settings_.hosts[host_];
    const auto connected =
        co_await stream_->connect(host.host, host.port, settings_.connect_timeout);
    if (!connected) co_return end(connected.error().reason, connected.error().detail);

    const std::string& name = settings_.server_name.empty() ? host.host : settings_.server_name;
    const auto secured = co_await stream_->handshake(name, settings_.handshake_timeout);
    if (!secured) co_return end(secured.error().reason, secured.error().detail);
}

asio::awaitable<void> SessionTransport::Impl::receive_until_end() {
    while (!ending_ || !held_.empty()) {
        const auto count = co_await stream_->read(framer_.writable());
        received_ = clock_.now();
        if (!count) co_return end(count.error().reason, count.error().detail);
        if (ending_) continue;  // our last messages wait for the disk; the peer's come too late
        framer_.commit(*count);
        deliver_messages();
    }
}

void SessionTransport::Impl::close_connection() {
    deadline_ = core::MonotonicTime::max();
    engine_timer_.cancel();
    held_.clear();
    stream_.reset();
}

// A host is judged by Logon: one that connects and then does not log us on has failed too.
core::Duration SessionTransport::Impl::plan_next_attempt() {
    if (logged_on_at_) {
        backoff_.session_ended(clock_.monotonic() - *logged_on_at_);
    } else {
        host_ = (host_ + 1) % settings_.hosts.size();
    }
    // Why none after MsgSeqNumTooLow: each further Logon fails alike until a person has compared
    // the numbers of both sides (FIX 4.4 vol. 2, MsgSeqNum too low without PossDupFlag).
    const bool is_over = is_stopping_ || ending_->reason == Reason::MsgSeqNumTooLow;
    return is_over ? kNoFurtherAttempt : backoff_.next();
}

// The last thing that happens: `done` may destroy the transport.
void SessionTransport::Impl::finish() {
    is_running_ = false;
    is_stopping_ = false;
    state_ = TransportState::Idle;
    for (const auto& done : std::exchange(done_, {})) done();
}

void SessionTransport::Impl::end(Reason reason, std::string text) {
    if (ending_) return;
    ending_ = Ending{reason, std::move(text)};
    state_ = TransportState::Waiting;
    if (held_.empty()) return stream_->close();  // ends the coroutine's step, which does the rest
    close_when_all_is_out();
}

// What the engine has sent last, a Logout perhaps, waits for the disk: release_held() closes then.
void SessionTransport::Impl::close_when_all_is_out() {
    engine_timer_.arm(clock_.monotonic() + kLastWordsBound, [self = shared_from_this()] {
        if (self->stream_) self->stream_->close();
    });
}

void SessionTransport::Impl::release_held() {
    if (!stream_) return;
    held_.release([this](std::string_view message) { return write(message); });
    if (ending_) {
        if (held_.empty()) stream_->close();
        return;
    }
    if (const std::string failure = settings_.gate->failure(); !failure.empty()) {
        held_.clear();
        end(Reason::StorageFailed, failure);
    }
}

void SessionTransport::Impl::deliver_messages() {
    std::string text;
    while (!ending_) {
        switch (framer_.next(view_, text)) {
            case Framer::Outcome::NeedMore:
                return limit_garbled_bytes();
            case Framer::Outcome::Message:
                with_engine([&] { engine_->received(view_, received_); });
                break;
            case Framer::Outcome::Garbled:
                pass_over_garbled(text);
                break;
        }
    }
}

void SessionTransport::Impl::pass_over_garbled(const std::string& text) {
    if (const auto notice = garbled_.passed_over(text)) listener_.on_notice(peer_ + ": " + *notice);
    if (!logged_on_at_) end(Reason::MalformedMessage, "garbled message before logon: " + text);
}

void SessionTransport::Impl::limit_garbled_bytes() {
    const std::size_t bytes = framer_.garbled_bytes();
    if (!garbled_.is_exceeded(bytes)) return;
    end(Reason::MalformedMessage, std::to_string(bytes) + " garbled bytes in one connection");
}

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

void SessionTransport::Impl::arm_timer() {
    engine_timer_.arm(std::min(engine_->next_timer(), deadline_),
                      [self = shared_from_this()] { self->timer_fired(); });
}

void SessionTransport::Impl::timer_fired() {
    if (!stream_ || ending_) return;  // it fired while the connection ended
    const auto now = clock_.now();
    if (now.monotonic >= deadline_) {
        return logged_on_at_ ? end(Reason::LogoutTimeout, "no end of session after Logout")
                             : end(Reason::LogonTimeout, "no session after Logon");
    }
    with_engine([&] {
        if (now.monotonic >= engine_->next_timer()) engine_->on_timer(now);
    });
}

Result<SendReceipt> SessionTransport::Impl::send(const MessageEncoder& message) {
    thread_.check();
    if (!message.is_valid()) {
        return core::fail(Reason::InvalidField, "message that does not fit or holds a SOH");
    }
    if (state_ != TransportState::LoggedOn || is_stopping_) {
        return core::fail(Reason::AccountNotReady, "FIX session " + peer_ + " is not logged on");
    }
    const std::size_t queued = this->queued();
    if (queued + message.body().size() + kHeaderAndTrailerRoom > settings_.max_write_queue) {
        const std::string text =
            "the peer does not read, " + std::to_string(queued) + " bytes wait already";
        end(Reason::WriteQueueFull, text);
        return core::fail(Reason::WriteQueueFull, text);
    }
    written_ = {};
    const auto sent = engine_->send(message, clock_.now());
    if (!sent) return sent.error();
    return SendReceipt{sent->msg_seq_num, sent->journaled, written_};
}

void SessionTransport::Impl::on_send(std::string_view message) {
    if (ending_) return;
    written_ = {};
    if (!held_.hold(message)) (void)write(message);
}

bool SessionTransport::Impl::write(std::string_view message) {
    const auto written = stream_->write(message);
    if (!written) {
        end(written.error().reason, written.error().detail);
        stream_->close();
        return false;
    }
    if (*written == net::TlsStream::Written::Whole) written_ = clock_.monotonic();
    return true;
}

void SessionTransport::Impl::on_logged_on() {
    if (ending_) return;
    state_ = TransportState::LoggedOn;
    logged_on_at_ = clock_.monotonic();
    deadline_ = core::MonotonicTime::max();
    listener_.on_logged_on(peer_);
}

void SessionTransport::Impl::on_application_message(const MessageView& message) {
    listener_.on_application_message(message, received_.monotonic);
}

void SessionTransport::Impl::on_session_reject(const MessageView& reject) {
    listener_.on_session_reject(reject, received_.monotonic);
}

ResendDecision SessionTransport::Impl::on_resend(core::MsgSeqNum number,
                                                 const MessageView& message) {
    return listener_.on_resend(number, message);
}

void SessionTransport::Impl::on_sequence_reset() { listener_.on_sequence_reset(); }

void SessionTransport::Impl::on_session_ended(Reason reason, std::string_view text) {
    end(reason, std::string{text});
}

void SessionTransport::Impl::on_notice(std::string_view text) {
    listener_.on_notice(peer_ + ": " + std::string{text});
}

std::size_t SessionTransport::Impl::send_backlog() const { return stream_ ? queued() : 0; }

// For an owner that goes away after the loop: what is left of the coroutine is never resumed, and
// must not keep hold of what the owner lent.
void SessionTransport::Impl::abandon() {
    engine_.reset();
    stream_.reset();
}

SessionTransport::SessionTransport(net::EventLoop& loop, const core::Clock& clock,
                                   TransportSettings settings, std::shared_ptr<net::TlsContext> tls,
                                   SessionSettings session,
                                   std::unique_ptr<journal::MessageStore> store,
                                   SessionEngineFactory make_engine, TransportListener& listener)
    : impl_{std::make_shared<Impl>(loop, clock, std::move(settings), std::move(tls),
                                   std::move(session), std::move(store), make_engine, listener)} {}

SessionTransport::~SessionTransport() { impl_->abandon(); }

void SessionTransport::start() { impl_->start(); }

void SessionTransport::stop(std::string_view text, std::function<void()> done) {
    impl_->stop(std::string{text}, std::move(done));
}

Result<SendReceipt> SessionTransport::send(const MessageEncoder& message) {
    return impl_->send(message);
}

TransportState SessionTransport::state() const { return impl_->state(); }

}  // namespace broker::fix
