#include "dxtrade/rest/rest_session.hpp"

#include <algorithm>
#include <utility>

#include "dxtrade/rest/hmac.hpp"
#include "dxtrade/rest/rest_error.hpp"
#include "dxtrade/rest/retry_after.hpp"
#include "dxtrade/rest/session_token.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Duration;
using core::MonotonicTime;
using core::Reason;

// A token that lasted less did not die of inactivity. After two of them the next login waits for
// the backoff.
constexpr Duration kShortSession = std::chrono::seconds{5};
// Of a login's turn among the connections.
constexpr Duration kLoginPatience = std::chrono::seconds{10};

enum class Phase {
    Idle,
    Waiting,    // the next login is planned
    LoggingIn,  // its request is on its way
    Up,
    Stopped,
};

}  // namespace

struct RestSession::State : std::enable_shared_from_this<State> {
    State(RestSessionSettings from, RestHost& at, RestSessionListener& told)
        : settings{std::move(from)},
          host{at},
          listener{told},
          backoff{settings.reconnect, settings.seed},
          timeout{settings.rules.session_timeout} {}

    [[nodiscard]] MonotonicTime now() const { return host.clock().monotonic(); }
    [[nodiscard]] bool has_hmac() const {
        return settings.credentials.authentication == Authentication::Hmac;
    }

    // Calls a member later, unless something else has been planned by then.
    template <class Call>
    void plan(MonotonicTime when, Call call) {
        host.transport().call_at(when, [weak = weak_from_this(), made = ++plan_number, call] {
            const auto self = weak.lock();
            if (self != nullptr && self->plan_number == made) call(*self);
        });
    }

    void plan_login(MonotonicTime when) {
        phase = Phase::Waiting;
        plan(when, [](State& self) { self.take_slot(); });
    }

    void take_slot() {
        if (has_hmac()) {
            listener.on_session_connecting();
            return come_up();
        }
        plan(host.take_login_slot(), [](State& self) { self.log_in(); });
    }

    void log_in();
    void on_login(net::HttpOutcome outcome);
    void adopt(SessionToken answer);
    void come_up();
    void fail(Reason reason, const std::string& text, Duration least_wait);
    void drop();
    void renew();
    void tell_token_changed();
    void ping();
    void on_ping(net::HttpOutcome outcome, std::uint64_t with);

    [[nodiscard]] net::HttpRequest post(std::string_view path, std::string body) const {
        net::HttpRequest request;
        request.method = net::HttpMethod::Post;
        request.target = host.base_path() + std::string{path};
        request.headers.push_back({"Content-Type", "application/json"});
        request.headers.push_back({"Accept", "application/json"});
        request.body = std::move(body);
        return request;
    }

    RestSessionSettings settings;
    RestHost& host;
    RestSessionListener& listener;
    std::vector<TokenListener*> listeners;
    core::Backoff backoff;
    Phase phase = Phase::Idle;
    core::Secret token;
    std::uint64_t number = 0;  // of the credentials in use
    Duration timeout;
    std::uint64_t plan_number = 0;
    MonotonicTime since;      // the credentials are in use
    MonotonicTime last_used;  // the venue has seen them
    MonotonicTime next_ping;
    bool is_pinging = false;
    std::uint32_t short_sessions = 0;  // in a row
};

// ---- login

void RestSession::State::log_in() {
    listener.on_session_connecting();
    if (!host.allow(RateClass::Login)) {
        return fail(Reason::CircuitOpen, "login: the host keeps failing", {});
    }
    phase = Phase::LoggingIn;
    const RestCredentials& who = settings.credentials;
    const bool is_by_token = who.authentication == Authentication::Token;
    net::HttpRequest request =
        is_by_token
            ? post("/loginByToken", login_by_token_body(who.username, who.domain, who.login_token))
            : post("/login", login_body(who.username, who.domain, who.password));
    host.transport().send(std::move(request), net::HttpLane::Cancel, now() + kLoginPatience,
                          [weak = weak_from_this(), made = plan_number](net::HttpOutcome outcome) {
                              const auto self = weak.lock();
                              if (self == nullptr) return;
                              self->host.note(RateClass::Login, outcome);
                              if (self->plan_number == made) self->on_login(std::move(outcome));
                          });
}

void RestSession::State::on_login(net::HttpOutcome outcome) {
    if (!outcome.response) {
        const core::Error& error = outcome.response.error();
        return fail(error.reason, "login: " + error.detail, {});
    }
    const net::HttpResponse& response = *outcome.response;
    if (response.status / 100 == 2) {
        auto answer = session_token_from_json(response.body);
        core::wipe(outcome.response->body.data(), outcome.response->body.size());
        if (!answer) return fail(answer.error().reason, "login: " + answer.error().detail, {});
        if (answer->token.empty()) {
            return fail(Reason::HttpResponseMalformed, "login: the answer has no sessionToken", {});
        }
        adopt(std::move(*answer));
        return come_up();
    }
    const RestError error =
        rest_error(response.status, response.header("Content-Type"), response.body);
    const Verdict said = verdict(error, RequestClass::Login);
    Duration least_wait{};
    if (said.proof == Proof::Throttled) {
        least_wait = retry_after(response).value_or(std::chrono::seconds{1});
        host.login_throttled(now() + least_wait);
    } else if (proves_not_done(said.proof)) {
        // Why: the same credentials are refused again, and venues lock accounts out.
        least_wait = settings.reconnect.maximum;
    }
    fail(said.reason, "login: " + text_of(error), least_wait);
}

void RestSession::State::adopt(SessionToken answer) {
    if (answer.timeout) timeout = *answer.timeout;
    if (answer.token.empty()) return;
    token = core::Secret{answer.token};
    core::wipe(answer.token.data(), answer.token.size());
    ++number;
}

void RestSession::State::come_up() {
    phase = Phase::Up;
    if (has_hmac()) ++number;
    since = now();
    last_used = since;
    next_ping = since + timeout / 3;
    is_pinging = false;
    listener.on_session_up();
    tell_token_changed();
}

void RestSession::State::fail(Reason reason, const std::string& text, Duration least_wait) {
    const bool had_token = !token.empty();
    drop();
    const Duration wait = std::max(backoff.next(), least_wait);
    plan_login(now() + wait);
    listener.on_session_down(reason, text, wait);
    if (had_token) tell_token_changed();
}

// The credentials are good for nothing any more.
void RestSession::State::drop() {
    if (phase == Phase::Up) {
        const Duration lasted = now() - since;
        backoff.session_ended(lasted);
        short_sessions = lasted < kShortSession ? short_sessions + 1 : 0;
    }
    phase = Phase::Waiting;
    token = {};
    is_pinging = false;
}

void RestSession::State::renew() {
    drop();
    if (has_hmac()) {
        // Why at most once in `maximum` if none of a session's signatures was taken for long: the
        // next ones are made with the same key, and venues lock accounts out.
        const Duration least = short_sessions > 0 ? settings.reconnect.maximum : Duration{};
        plan(now(), [least](State& self) {
            self.fail(Reason::RestLoginRefused,
                      "the venue refuses the signature: expected its public_token and "
                      "private_token, rest.hmac as it signs, and a clock that is right",
                      least);
        });
    } else if (short_sessions > 1) {
        plan(now(), [](State& self) {
            self.fail(Reason::RestLoginRefused, "the venue refuses credentials that are new", {});
        });
    } else {
        plan_login(now());
    }
    host.transport().call_at(now(), [weak = weak_from_this()] {
        if (const auto self = weak.lock()) self->tell_token_changed();
    });
}

void RestSession::State::tell_token_changed() {
    const std::vector<TokenListener*> told = listeners;  // one may leave when it is told
    for (TokenListener* each : told) {
        if (std::find(listeners.begin(), listeners.end(), each) != listeners.end()) {
            each->on_token_changed();
        }
    }
}

// ---- keeping it alive

void RestSession::State::ping() {
    net::HttpRequest request = post("/ping", {});
    request.headers.push_back({"Authorization", authorization(token)});
    is_pinging = true;
    next_ping = now() + timeout / 6;
    host.transport().send(std::move(request), net::HttpLane::Query, now() + timeout / 6,
                          [weak = weak_from_this(), with = number](net::HttpOutcome outcome) {
                              const auto self = weak.lock();
                              if (self != nullptr) self->on_ping(std::move(outcome), with);
                          });
}

void RestSession::State::on_ping(net::HttpOutcome outcome, std::uint64_t with) {
    if (with != number || phase != Phase::Up) return;
    is_pinging = false;
    if (!outcome.response) return;  // the next one is planned
    if (outcome.response->status == 401) return renew();
    if (outcome.response->status / 100 != 2) return;
    last_used = now();
    auto answer = session_token_from_json(outcome.response->body);
    core::wipe(outcome.response->body.data(), outcome.response->body.size());
    if (!answer) return listener.on_session_notice("ping: " + answer.error().detail);
    const bool is_new = !answer->token.empty() && answer->token != token.reveal();
    if (!is_new) answer->token.clear();
    adopt(std::move(*answer));
    if (is_new) tell_token_changed();
}

// ---- the session

RestSession::RestSession(RestSessionSettings settings, RestHost& host,
                         RestSessionListener& listener)
    : state_{std::make_shared<State>(std::move(settings), host, listener)} {}

RestSession::~RestSession() = default;

void RestSession::start() {
    if (state_->phase == Phase::Idle) state_->plan_login(state_->now());
}

void RestSession::stop(std::function<void()> done) {
    State& self = *state_;
    const bool has_token = !self.token.empty();
    self.phase = Phase::Stopped;
    ++self.plan_number;
    RestTransport& transport = self.host.transport();
    if (!has_token) return transport.call_at(self.now(), std::move(done));
    net::HttpRequest request = self.post("/logout", {});
    request.headers.push_back({"Authorization", authorization(self.token)});
    self.token = {};
    const MonotonicTime limit = self.now() + self.settings.logout_timeout;
    const auto once = std::make_shared<std::function<void()>>(std::move(done));
    const auto finish = [once] {
        if (const auto call = std::exchange(*once, nullptr)) call();
    };
    transport.send(std::move(request), net::HttpLane::Cancel, limit,
                   [finish](const net::HttpOutcome&) { finish(); });
    transport.call_at(limit, finish);
}

void RestSession::restart(Reason reason, std::string_view text) {
    if (state_->phase == Phase::Stopped) return;
    state_->plan(state_->now(),
                 [reason, why = std::string{text}](State& self) { self.fail(reason, why, {}); });
}

void RestSession::on_tick() {
    State& self = *state_;
    if (self.phase != Phase::Up || self.has_hmac() || self.is_pinging) return;
    const MonotonicTime now = self.now();
    if (now >= self.next_ping && now - self.last_used >= self.timeout / 3) self.ping();
}

bool RestSession::is_up() const { return state_->phase == Phase::Up; }

bool RestSession::is_logging_in() const {
    return state_->phase == Phase::Waiting || state_->phase == Phase::LoggingIn;
}

bool RestSession::authorize(net::HttpRequest& request, std::uint64_t& number) const {
    const State& self = *state_;
    if (self.phase != Phase::Up) return false;
    number = self.number;
    const RestCredentials& who = self.settings.credentials;
    if (!self.has_hmac()) {
        request.headers.push_back({"Authorization", authorization(self.token)});
        return true;
    }
    const std::string& base = self.host.base_path();
    SignedParts parts;
    parts.method = request.method;
    parts.prefix = base;
    parts.target = std::string_view{request.target}.substr(base.size());
    parts.body = request.body;
    parts.time = self.host.clock().utc();
    request.headers.push_back(
        {"Authorization",
         hmac_authorization(who.public_token, who.private_token, parts, self.settings.rules.hmac)});
    return true;
}

void RestSession::refused(std::uint64_t number) {
    if (state_->phase == Phase::Up && number == state_->number) state_->renew();
}

bool RestSession::has_newer(std::uint64_t number) const {
    return is_up() && state_->number > number;
}

std::string_view RestSession::token() const { return state_->token.reveal(); }

void RestSession::expired(std::string_view token) {
    if (!token.empty() && token == state_->token.reveal()) refused(state_->number);
}

void RestSession::touch() { state_->last_used = state_->now(); }

void RestSession::add_listener(TokenListener& listener) { state_->listeners.push_back(&listener); }

void RestSession::remove_listener(TokenListener& listener) {
    std::erase(state_->listeners, &listener);
}

}  // namespace broker::dxtrade::rest
