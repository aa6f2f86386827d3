#include "fix/session_transport.hpp"

#include <algorithm>
#include <random>
#include <utility>

#include "fix/session_transport_impl.hpp"

namespace broker::fix {
namespace {

// The engine keeps the session's deadlines. The transport's own come this much later, so that a
// mistake in an engine cannot hang a session.
constexpr core::Duration kEngineGrace = std::chrono::milliseconds{500};

// How long the last messages of a session may wait for the disk.
constexpr core::Duration kLastWordsBound = std::chrono::seconds{1};

constexpr std::size_t kHeaderAndTrailerRoom = 512;  // of an application message

}  // namespace

SessionTransport::Impl::Impl(net::EventLoop& loop, const core::Clock& clock,
                             TransportSettings settings, std::shared_ptr<net::TlsContext> tls,
                             HostEngines::Parts engines, TransportListener& listener)
    : loop_{loop},
      clock_{clock},
      settings_{std::move(settings)},
      tls_{std::move(tls)},
      logon_bound_{engines.session.logon_timeout + kEngineGrace},
      logout_bound_{engines.session.logout_timeout + kEngineGrace},
      listener_{listener},
      plan_{settings_.connect, std::random_device{}()},
      retry_timer_{loop.context()},
      engine_timer_{loop.context(), clock_},
      garbled_{settings_.max_garbled_bytes},
      framer_{settings_.framer},
      held_{settings_.gate} {
    engines_.emplace(plan_.hosts(), std::move(engines), clock_, *this);
    engine_ = &engines_->current();
}

asio::awaitable<void> SessionTransport::Impl::receive_until_end() {
    while (!ending_ || !held_.empty()) {
        const auto count = co_await stream_->read(framer_.writable());
        received_ = clock_.now();
        if (!count) co_return end(count.error().reason, count.error().detail);
        if (ending_) continue;  // our last messages wait for the disk; the peer's come too late
        framer_.commit(*count);
        // Why not all at once: a peer that sends much, such as all that we have missed, must not
        // keep the thread from the sessions of others.
        begin_turn();
        while (!deliver_messages()) {
            co_await let_others_run();
            begin_turn();
        }
    }
}

// Why twice: what the loop finds ready on its sockets stands behind what was posted before it
// looked. The second time is behind that.
asio::awaitable<void> SessionTransport::Impl::let_others_run() {
    co_await asio::post(loop_.context(), asio::use_awaitable);
    co_await asio::post(loop_.context(), asio::use_awaitable);
}

// A turn of the loop may take several reads: one time for all of them.
void SessionTransport::Impl::begin_turn() {
    const std::uint64_t turn = loop_.turn();
    if (std::exchange(turn_, turn) != turn) turn_end_ = clock_.monotonic() + settings_.max_turn;
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

// True once all that has come is delivered; false: the turn is over, and there may be more.
bool SessionTransport::Impl::deliver_messages() {
    while (!ending_) {
        if (!deliver_next()) return true;
        if (!has_time()) return false;
    }
    return true;
}

// False: nothing is left until more is read.
bool SessionTransport::Impl::deliver_next() {
    if (engine_->has_more()) {
        with_engine([&] { engine_->go_on(clock_.now()); });
        return true;
    }
    std::string text;
    switch (framer_.next(view_, text)) {
        case Framer::Outcome::NeedMore:
            limit_garbled_bytes();
            return false;
        case Framer::Outcome::Message:
            with_engine([&] { engine_->received(view_, received_); });
            return true;
        case Framer::Outcome::Garbled:
            pass_over_garbled(text);
            return true;
    }
    return false;
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

void SessionTransport::Impl::on_page_begin() {
    if (!ending_) stream_->cork();
}

void SessionTransport::Impl::on_page_end() {
    if (ending_) return;
    const auto written = stream_->uncork();
    if (!written) end(written.error().reason, written.error().detail);
}

void SessionTransport::Impl::on_logged_on() {
    if (ending_) return;
    state_ = TransportState::LoggedOn;
    logged_on_at_ = clock_.monotonic();
    engines_->logged_on();
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
    if (!engines_->may_resend(number)) {
        if (!std::exchange(is_older_stay_told_, true)) {
            on_notice("MsgSeqNum " + std::to_string(number) +
                      " went out before the session was at another host: gap-filled");
        }
        return ResendDecision::GapFill;
    }
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

bool SessionTransport::Impl::has_time() const { return clock_.monotonic() < turn_end_; }

// For an owner that goes away after the loop: what is left of the coroutine is never resumed, and
// must not keep hold of what the owner lent.
void SessionTransport::Impl::abandon() {
    engine_ = nullptr;
    engines_.reset();
    stream_.reset();
}

SessionTransport::SessionTransport(net::EventLoop& loop, const core::Clock& clock,
                                   TransportSettings settings, std::shared_ptr<net::TlsContext> tls,
                                   HostEngines::Parts engines, TransportListener& listener)
    : impl_{std::make_shared<Impl>(loop, clock, std::move(settings), std::move(tls),
                                   std::move(engines), listener)} {}

SessionTransport::~SessionTransport() { impl_->abandon(); }

void SessionTransport::start() { impl_->start(); }

void SessionTransport::stop(std::string_view text, std::function<void()> done) {
    impl_->stop(std::string{text}, std::move(done));
}

Result<void> SessionTransport::fail_over(std::string_view host, std::string_view text) {
    return impl_->fail_over(std::string{host}, std::string{text});
}

std::string SessionTransport::host() const { return impl_->host(); }

SequenceNumbers SessionTransport::sequence_numbers() const { return impl_->sequence_numbers(); }

Result<void> SessionTransport::set_sequence_numbers(SequenceNumbers numbers) {
    return impl_->set_sequence_numbers(numbers);
}

void SessionTransport::reset_on_next_logon() { impl_->reset_on_next_logon(); }

Result<SendReceipt> SessionTransport::send(const MessageEncoder& message) {
    return impl_->send(message);
}

TransportState SessionTransport::state() const { return impl_->state(); }

}  // namespace broker::fix
