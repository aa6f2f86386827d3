#include "dxtrade/push/push_connection.hpp"

#include <random>
#include <utility>

#include "dxtrade/json/read_faults.hpp"
#include "net/gzip.hpp"

namespace broker::dxtrade::push {
namespace {

using core::Reason;

constexpr core::Duration kNoFurtherAttempt{-1};
constexpr std::string_view kSessionExpired = "1";  // errorCode: log in again
constexpr std::string_view kGzipMagic = "\x1f\x8b";

// Two connections share the session that requestIds are unique in.
std::string_view id_prefix(core::Channel channel) {
    return channel == core::Channel::Push ? "p-" : "m-";
}

// Accounts that lose their connections together do not come back together.
std::uint64_t seed_of(const PushConnectionSettings& settings) {
    return settings.seed != 0 ? settings.seed : std::random_device{}();
}

// The upgrade was answered 401: the token is no good.
bool is_unauthorized(Reason reason, std::string_view text) {
    return reason == Reason::PushRefused && text.find("HTTP 401") != std::string_view::npos;
}

}  // namespace

PushConnection::PushConnection(core::Channel channel, PushConnectionSettings settings,
                               PushParts parts, PushConnectionOwner& owner,
                               ChannelListener& listener)
    : channel_{channel},
      settings_{std::move(settings)},
      parts_{std::move(parts)},
      owner_{owner},
      listener_{listener},
      backoff_{settings_.backoff, seed_of(settings_)} {
    parts_.tokens.add_listener(*this);
}

PushConnection::~PushConnection() { parts_.tokens.remove_listener(*this); }

void PushConnection::start() {
    thread_.check();
    if (state_ != State::Idle) return;
    state_ = State::AwaitingToken;
    step_soon();
}

void PushConnection::stop(std::string_view text, std::function<void()> done) {
    thread_.check();
    stop_text_ = text;
    done_ = std::move(done);
    if (state_ == State::Open) {
        close_by_ = parts_.clock.monotonic() + settings_.close_timeout;
        socket_->close();
    } else {
        close_by_ = {};
    }
    state_ = is_up() ? State::Closing : State::Idle;
    step_soon();
}

// Why posted: listeners are not called from inside calls into the channel.
void PushConnection::step_soon() {
    if (std::exchange(is_step_posted_, true)) return;
    parts_.post([this, alive = std::weak_ptr{is_alive_}] {
        if (!alive.expired()) step();
    });
}

void PushConnection::on_tick() {
    thread_.check();
    if (is_due()) step_soon();
}

bool PushConnection::is_up() const { return socket_ != nullptr; }

bool PushConnection::is_due() const {
    const core::MonotonicTime now = parts_.clock.monotonic();
    switch (state_) {
        case State::Idle:
        case State::Connecting:
            return false;
        case State::AwaitingToken:
            return !parts_.tokens.token().empty();
        case State::Waiting:
            return now >= next_attempt_;
        case State::Open:
            return send_error_ || now - last_received_ > settings_.rules.silence_timeout ||
                   (!confirmed_at_ && now >= confirm_by_);
        case State::Closing:
            return now >= close_by_;
    }
    return false;
}

void PushConnection::step() {
    is_step_posted_ = false;
    if (done_ && (state_ == State::Idle || is_due())) return finish_stop();
    if (!is_due()) return;
    if (state_ == State::Open) return check_open();
    state_ = State::AwaitingToken;
    if (!parts_.tokens.token().empty()) connect();
}

void PushConnection::connect() {
    token_ = core::Secret{parts_.tokens.token()};
    has_lost_token_ = false;
    send_error_.reset();
    confirmed_at_.reset();
    std::vector<net::HttpHeader> headers;
    if (settings_.rules.sends_authorization) {
        headers.push_back({"Authorization", "DXAPI " + std::string{token_.reveal()}});
    }
    state_ = State::Connecting;
    listener_.on_connecting(channel_, settings_.peer);
    socket_ = parts_.make_socket(std::move(headers), *this);
    socket_->open();
}

void PushConnection::check_open() {
    const core::MonotonicTime now = parts_.clock.monotonic();
    if (send_error_) return end(*send_error_, "a message could not be sent");
    if (now - last_received_ > settings_.rules.silence_timeout) {
        return end(Reason::PushSilent, "nothing received for " +
                                           std::to_string(settings_.rules.silence_timeout.count()) +
                                           " s");
    }
    end(Reason::LogonTimeout, "no answer to the subscription in time");
}

// ---- from the socket

void PushConnection::on_open() {
    thread_.check();
    if (state_ != State::Connecting) return;
    state_ = State::Open;
    last_received_ = parts_.clock.monotonic();
    await_confirmation();
    owner_.on_open();
}

void PushConnection::on_closed(Reason reason, std::string_view text, unsigned close_code) {
    thread_.check();
    if (state_ == State::Closing) return finish_stop();
    if (is_unauthorized(reason, text)) parts_.tokens.expired(token_.reveal());
    std::string words{text};
    if (close_code != 0) words += " (close code " + std::to_string(close_code) + ")";
    end(close_code == 1013 ? Reason::PushSlowConsumer : reason, words);
}

void PushConnection::on_message(std::string_view text, core::MonotonicTime received) {
    thread_.check();
    if (state_ != State::Open) return;
    last_received_ = received;
    if (!settings_.rules.is_compressed || !text.starts_with(kGzipMagic)) {
        return read(text, received);
    }
    const auto inflated = net::inflate(text, settings_.max_message_bytes);
    if (inflated) return read(*inflated, received);
    tell_unreadable(inflated.error());
}

void PushConnection::read(std::string_view text, core::MonotonicTime received) {
    json::ReadFaults faults;
    const auto message = push_message_from_json(text, faults);
    if (!message) return tell_unreadable(message.error());
    if (!faults.empty()) {
        std::string words = faults.kept().front().text;
        if (faults.count() > 1) {
            words += "; " + std::to_string(faults.count() - 1) + " more like it";
        }
        tell_fault(faults.kept().front().reason, message->name, words);
    }
    take(*message, received);
}

void PushConnection::take(const PushMessage& message, core::MonotonicTime received) {
    switch (message.type) {
        case PushMessageType::PingRequest:
            return answer_ping();
        case PushMessageType::SessionClosed:
            return end(Reason::PushSessionClosed, "the venue has ended the session");
        case PushMessageType::Unknown:
            return tell_unknown_type(message.name);
        case PushMessageType::Reject:
            if (message.reject.error_code == kSessionExpired) return take_session_reject(message);
            break;
        default:
            break;
    }
    owner_.on_push_message(message, received);
}

void PushConnection::take_session_reject(const PushMessage& message) {
    parts_.tokens.expired(token_.reveal());
    end(Reason::RestSessionExpired, "Reject errorCode=1 " + message.reject.description);
}

// At once: the venue drops whoever does not answer. It keeps the REST session alive as well.
void PushConnection::answer_ping() {
    if (send(ping(envelope({})))) parts_.tokens.touch();
}

// ---- from the token source

// A token that a ping has brought replaces the one before within the session, and the next message
// carries it. One that follows a loss is of another session, in which nothing is subscribed to.
void PushConnection::on_token_changed() {
    thread_.check();
    const std::string_view token = parts_.tokens.token();
    if (state_ == State::AwaitingToken) return step_soon();
    if (!is_up() || state_ == State::Closing) return;
    if (token.empty()) {
        has_lost_token_ = true;
    } else if (has_lost_token_ && token != token_.reveal()) {
        end(Reason::RestSessionExpired, "the REST session is another one");
    }
}

// ---- ends

void PushConnection::end(Reason reason, std::string_view text) {
    socket_.reset();
    const core::MonotonicTime now = parts_.clock.monotonic();
    if (confirmed_at_) backoff_.session_ended(now - *confirmed_at_);
    confirmed_at_.reset();
    const core::Duration wait = backoff_.next();
    next_attempt_ = now + wait;
    state_ = State::Waiting;
    listener_.on_disconnected(channel_, reason, text, settings_.peer, wait);
    owner_.on_lost();
}

void PushConnection::finish_stop() {
    const bool was_up = is_up();
    socket_.reset();
    confirmed_at_.reset();
    state_ = State::Idle;
    if (was_up) {
        listener_.on_disconnected(channel_, Reason::StoppedByHost, stop_text_, settings_.peer,
                                  kNoFurtherAttempt);
        owner_.on_lost();
    }
    if (const auto done = std::exchange(done_, {})) done();
}

// ---- for the owner

void PushConnection::on_confirmed() {
    if (confirmed_at_ || state_ != State::Open) return;
    confirmed_at_ = parts_.clock.monotonic();
    listener_.on_logged_on(channel_, settings_.peer);
}

void PushConnection::suspend_confirmation() { confirm_by_ = core::MonotonicTime::max(); }

void PushConnection::await_confirmation() {
    confirm_by_ = parts_.clock.monotonic() + settings_.confirm_timeout;
}

std::string PushConnection::next_request_id() {
    return std::string{id_prefix(channel_)} + std::to_string(++request_count_);
}

Envelope PushConnection::envelope(std::string_view request_id) const {
    const std::string_view current = parts_.tokens.token();
    return {request_id, current.empty() ? token_.reveal() : current, parts_.clock.utc()};
}

core::Result<void> PushConnection::send(std::string message) {
    thread_.check();
    if (state_ != State::Open) return core::fail(Reason::AccountNotReady, "push is not connected");
    auto sent = socket_->send(std::move(message));
    if (!sent) send_error_ = sent.error().reason;
    return sent;
}

void PushConnection::tell_fault(Reason reason, std::string_view msg_type, std::string_view text) {
    core::VenueFault fault;
    fault.reason = reason;
    fault.channel = channel_;
    fault.msg_type = msg_type;
    fault.text = text;
    listener_.on_venue_fault(fault);
}

void PushConnection::tell_unreadable(const core::Error& error) {
    tell_fault(Reason::MessageUnusable, {}, error.detail);
    owner_.on_unreadable();
}

void PushConnection::tell_unknown_type(std::string_view type) {
    if (unknown_types_.contains(type) || unknown_types_.size() >= kMaxUnknownTypes) return;
    unknown_types_.emplace(type);
    tell_fault(Reason::MsgTypeUnknown, type,
               "a message that the push API does not have; it is ignored");
}

}  // namespace broker::dxtrade::push
