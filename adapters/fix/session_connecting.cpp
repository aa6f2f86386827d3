// The life of a session: attempts at its hosts, the waits between them, and its end.
#include <boost/asio/post.hpp>
#include <exception>
#include <utility>

#include "fix/session_transport_impl.hpp"

namespace broker::fix {
namespace {

using net::as_result;

constexpr core::Duration kNoFurtherAttempt{-1};
constexpr std::string_view kBudget = "waits for its turn among the connection attempts";

}  // namespace

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

Result<void> SessionTransport::Impl::fail_over(std::string host, std::string text) {
    if (!plan_.has(host)) {
        return core::fail(Reason::InvalidField, "host \"" + host + "\" is none of the session's");
    }
    asio::post(loop_.context(),
               [self = shared_from_this(), host = std::move(host), text = std::move(text)] {
                   if (self->is_stopping_) return;
                   self->plan_.choose(host);
                   if (!self->is_running_) return;
                   self->is_moving_ = true;
                   if (self->state_ != TransportState::LoggingOut) self->leave(text);
               });
    return {};
}

Result<void> SessionTransport::Impl::set_sequence_numbers(SequenceNumbers numbers) {
    if (is_running_) {
        return core::fail(Reason::AccountNotReady, "the session is not logged out");
    }
    return engines_->set_numbers(plan_.host_index(), numbers);
}

void SessionTransport::Impl::begin_stop(const std::string& text) {
    if (!is_stopping_ || state_ == TransportState::LoggingOut) return;
    if (!is_running_) return finish();
    leave(text);
}

// Ends what is under way: the session in order, an attempt or a wait at once.
void SessionTransport::Impl::leave(const std::string& text) {
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
    std::optional<ConnectWait> wait = plan_.begin(clock_.monotonic());
    tell_wait(*wait);
    while (wait) {
        co_await wait_for_turn(*wait);
        if (is_stopping_) break;
        try {
            co_await attempt();
        } catch (const std::exception& e) {
            // Why contained: one account's bug or lack of memory must not end the host's process.
            ending_ = Ending{Reason::InternalError, e.what()};
            close_connection();
        }
        wait = plan_next_attempt();
        tell_ending(wait);
    }
    finish();
}

// A person may choose another host meanwhile, which has a turn of its own.
asio::awaitable<void> SessionTransport::Impl::wait_for_turn(ConnectWait wait) {
    while (!is_stopping_) {
        if (wait.whole > core::Duration::zero()) {
            retry_timer_.expires_after(wait.whole);
            co_await retry_timer_.async_wait(as_result);
        }
        if (!std::exchange(is_moving_, false)) co_return;
        wait = plan_.begin(clock_.monotonic());
        tell_wait(wait);
    }
}

// One connection from its first to its last byte; ending_ says how it went.
asio::awaitable<void> SessionTransport::Impl::attempt() {
    const std::size_t index = plan_.host_index();
    const HostPort& host = plan_.host();
    plan_.started();
    state_ = TransportState::Connecting;
    peer_ = host.text();
    ending_.reset();
    logged_on_at_.reset();
    is_older_stay_told_ = false;
    garbled_.reset();
    framer_.reset();
    stream_.emplace(loop_.context(), tls_, settings_.max_write_queue);
    listener_.on_connecting(peer_);

    co_await open_connection(host);
    if (!ending_) {
        const auto change = engines_->select(index);
        engine_ = &engines_->current();
        if (change == HostEngines::Change::OtherNumbers) listener_.on_sequence_reset();
        deadline_ = clock_.monotonic() + logon_bound_;
        with_engine([&] { engine_->connected(clock_.now()); });
        co_await receive_until_end();
        with_engine([&] { engine_->disconnected(clock_.now()); });
    }
    close_connection();
}

asio::awaitable<void> SessionTransport::Impl::open_connection(const HostPort& host) {
    const auto connected =
        co_await stream_->connect(host.host, host.port, settings_.connect_timeout);
    if (!connected) co_return end(connected.error().reason, connected.error().detail);

    const std::string& name = settings_.server_name.empty() ? host.host : settings_.server_name;
    const auto secured = co_await stream_->handshake(name, settings_.handshake_timeout);
    if (!secured) co_return end(secured.error().reason, secured.error().detail);
}

void SessionTransport::Impl::close_connection() {
    deadline_ = core::MonotonicTime::max();
    engine_timer_.cancel();
    held_.clear();
    stream_.reset();
}

std::optional<ConnectWait> SessionTransport::Impl::plan_next_attempt() {
    // Why none after MsgSeqNumTooLow: each further Logon fails alike until a person has compared
    // the numbers of both sides (FIX 4.4 vol. 2, MsgSeqNum too low without PossDupFlag).
    if (is_stopping_ || ending_->reason == Reason::MsgSeqNumTooLow) return std::nullopt;
    const core::MonotonicTime now = clock_.monotonic();
    if (std::exchange(is_moving_, false)) return plan_.begin(now);
    if (logged_on_at_) return plan_.after_session(now - *logged_on_at_, now);
    return plan_.after_failure(now);
}

void SessionTransport::Impl::tell_wait(const ConnectWait& wait) {
    if (wait.whole == core::Duration::zero()) return;
    state_ = TransportState::Waiting;
    listener_.on_disconnected(Reason::Started, kBudget, plan_.host().text(), wait.whole);
}

void SessionTransport::Impl::tell_ending(const std::optional<ConnectWait>& next) {
    if (next && next->for_budget > core::Duration::zero()) {
        const auto ms = std::chrono::ceil<std::chrono::milliseconds>(next->for_budget).count();
        ending_->text.append("; ").append(kBudget).append(" for " + std::to_string(ms) + " ms");
    }
    listener_.on_disconnected(ending_->reason, ending_->text, peer_,
                              next ? next->whole : kNoFurtherAttempt);
}

// The last thing that happens: `done` may destroy the transport.
void SessionTransport::Impl::finish() {
    plan_.drop();
    is_running_ = false;
    is_stopping_ = false;
    is_moving_ = false;
    state_ = TransportState::Idle;
    for (const auto& done : std::exchange(done_, {})) done();
}

}  // namespace broker::fix
