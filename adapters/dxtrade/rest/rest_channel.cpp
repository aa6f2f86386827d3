#include "dxtrade/rest/rest_channel.hpp"

#include <algorithm>
#include <utility>

#include "dxtrade/push/portfolio_tracker.hpp"
#include "dxtrade/rest/account_poller.hpp"
#include "dxtrade/rest/channel_parts.hpp"
#include "dxtrade/rest/order_look_ups.hpp"
#include "dxtrade/rest/record_reader.hpp"
#include "dxtrade/rest/request_names.hpp"
#include "dxtrade/rest/rest_client.hpp"
#include "dxtrade/rest/rest_orders.hpp"
#include "dxtrade/rest/rest_queries.hpp"
#include "dxtrade/rest/sent_orders.hpp"
#include "net/uri.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Reason;

enum class Phase {
    Idle,
    Connecting,  // no credentials
    Loading,     // reads who the account is and what it has
    LoggedOn,
    Stopped,
};

RestSessionSettings session_settings(RestChannelSettings& settings) {
    RestSessionSettings made;
    made.credentials = std::move(settings.credentials);
    made.rules = settings.profile.rest;
    made.reconnect = settings.reconnect;
    made.seed = settings.seed;
    return made;
}

push::PortfolioTrackerSettings tracker_settings(const RestChannelSettings& settings) {
    push::PortfolioTrackerSettings made;
    made.account = settings.account;
    made.max_orders = 2 * settings.max_orders;
    made.seed = settings.seed + 1;
    return made;
}

}  // namespace

struct RestChannel::State final : private RestSessionListener, private RestHostUser {
    State(RestChannelSettings from, RestHost& at, TradingChannelListener& told)
        : settings{std::move(from)},
          username{settings.credentials.username},
          domain{settings.credentials.domain},
          host{at},
          listener{told},
          symbols{settings.profile.symbols},
          session{session_settings(settings), host, *this},
          client{settings.profile.rest.rates, host, session},
          sent_orders{settings.max_orders},
          names{sent_orders, listener, host.clock(), settings.absence_grace},
          tracker{tracker_settings(settings), host.clock(), symbols, listener, hooks()},
          parts{settings, host, client, symbols, sent_orders, names, tracker, listener},
          look_ups{parts},
          orders{parts, look_ups, [this] { order_acknowledged(); }},
          queries{parts},
          poller{parts} {
        parts.history_from = host.clock().utc() - std::chrono::minutes{1};
    }
    ~State() override {
        if (has_joined) host.remove(*this);
    }
    // Why not in the constructor: a channel is made, and perhaps dropped, by another thread while
    // the host serves others on its own.
    void join_host() {
        if (!std::exchange(has_joined, true)) host.add(*this);
    }
    State(const State&) = delete;
    State& operator=(const State&) = delete;

    [[nodiscard]] push::PortfolioTrackerHooks hooks() {
        push::PortfolioTrackerHooks made;
        made.look_up = [this](const push::OrderLookUp& order) { look_ups.for_tracker(order); };
        made.name_request = [this](core::ExecutionReport& report, std::string_view update) {
            names.name(report, update);
        };
        return made;
    }

    [[nodiscard]] core::Result<void> check_ready(bool is_new_risk) const;
    void order_acknowledged() {
        if (!poller.is_push_live()) poller.read_portfolio({});
    }

    // RestSessionListener
    void on_session_connecting() override;
    void on_session_up() override;
    void on_session_down(Reason reason, std::string_view text,
                         core::Duration next_attempt) override;
    void on_session_notice(std::string_view text) override {
        listener.on_notice(core::Channel::Rest, text);
    }
    // RestHostUser
    void on_condition(Reason reason, std::string_view text) override {
        listener.on_condition(core::Channel::Rest, reason, text, host.peer());
    }

    void load_details();
    void on_details(net::HttpOutcome outcome);
    void load_portfolio();
    void on_loaded(const ReadAnswer& answer);
    void end_session(const core::Error& error);

    RestChannelSettings settings;
    std::string username;
    std::string domain;
    RestHost& host;
    TradingChannelListener& listener;
    Symbols symbols;
    RestSession session;
    RestClient client;
    SentOrders sent_orders;
    RequestNames names;
    push::PortfolioTracker tracker;
    ChannelParts parts;
    OrderLookUps look_ups;
    RestOrders orders;
    RestQueries queries;
    AccountPoller poller;
    Phase phase = Phase::Idle;
    bool has_joined = false;           // the host's users
    std::uint64_t session_number = 0;  // of what is being loaded
};

// ---- the session

void RestChannel::State::on_session_connecting() {
    // Logged on: the token is renewed, and nobody needs to know.
    if (phase == Phase::LoggedOn || phase == Phase::Stopped) return;
    phase = Phase::Connecting;
    listener.on_connecting(core::Channel::Rest, host.peer());
}

void RestChannel::State::on_session_up() {
    if (phase == Phase::Stopped) return;
    client.pump();
    if (phase == Phase::LoggedOn) {
        listener.on_notice(core::Channel::Rest, "the session is renewed");
        return poller.read_portfolio({});
    }
    phase = Phase::Loading;
    ++session_number;
    tracker.await_snapshot();
    load_details();
}

// What the account says of itself: position-based or not, its currency and status. Venues differ in
// what they let an account read here, so it goes on without.
void RestChannel::State::load_details() {
    if (username.empty()) return load_portfolio();
    RestCall call;
    call.request.target = "/users/" + net::encode_segment(username + "@" + domain);
    call.not_after = parts.now() + settings.query_timeout;
    call.done = [this, number = session_number, alive = parts.alive()](net::HttpOutcome outcome) {
        const bool is_current = !alive.expired() && number == session_number;
        if (is_current && phase == Phase::Loading) on_details(std::move(outcome));
    };
    if (!client.send(std::move(call))) load_portfolio();
}

void RestChannel::State::on_details(net::HttpOutcome outcome) {
    const ReadAnswer answer = read_answer(std::move(outcome), "account details");
    if (!answer.response) {
        listener.on_notice(core::Channel::Rest, answer.response.error().detail);
        return load_portfolio();
    }
    json::ReadFaults faults;
    const auto users = users_from_json(answer.response->body, faults);
    parts.tell_faults(faults, "account details");
    if (users) {
        for (const UserDetails& user : *users) {
            for (const AccountDetails& account : user.accounts) {
                if (account.account != settings.account) continue;
                parts.details = account;
                tracker.on_account_details(account);
            }
        }
    }
    load_portfolio();
}

void RestChannel::State::load_portfolio() {
    poller.read_portfolio([this, number = session_number](const ReadAnswer& answer) {
        if (number == session_number && phase == Phase::Loading) on_loaded(answer);
    });
}

void RestChannel::State::on_loaded(const ReadAnswer& answer) {
    if (!answer.response) {
        const core::Error& error = answer.response.error();
        return session.restart(error.reason, error.detail);
    }
    phase = Phase::LoggedOn;
    poller.set_running(true);
    listener.on_logged_on(core::Channel::Rest, host.peer());
}

void RestChannel::State::on_session_down(Reason reason, std::string_view text,
                                         core::Duration next_attempt) {
    if (phase == Phase::Stopped) return;
    phase = Phase::Connecting;
    end_session(core::fail(reason, "the session has ended: " + std::string{text}));
    listener.on_disconnected(core::Channel::Rest, reason, text, host.peer(), next_attempt);
}

// Nothing is kept for a later session.
void RestChannel::State::end_session(const core::Error& error) {
    ++session_number;
    poller.set_running(false);
    client.drop_waiting(error);
    poller.reset();
    queries.drop(Reason::OutcomeDisconnected, error.detail);
}

core::Result<void> RestChannel::State::check_ready(bool is_new_risk) const {
    if (phase != Phase::LoggedOn) {
        return core::fail(Reason::AccountNotReady, "REST is not logged on");
    }
    const RestOrderRules& rules = settings.profile.rest.orders;
    if (rules.is_offered || (!is_new_risk && rules.cancels_while_fix_is_down)) return {};
    return core::fail(Reason::NotSupported, "orders over REST: profile key rest.orders.offered");
}

// ---- the channel

RestChannel::RestChannel(RestChannelSettings settings, RestHost& host,
                         TradingChannelListener& listener)
    : state_{std::make_unique<State>(std::move(settings), host, listener)} {}

RestChannel::~RestChannel() = default;

void RestChannel::expect(const core::Order& order) {
    push::OrderLookUp names;
    names.client_order_id = order.first_cl_ord_id.view();
    names.order_id = order.order_id.view();
    state_->tracker.expect(names);
}

void RestChannel::start() {
    state_->join_host();
    state_->host.transport().warm_up();
    state_->session.start();
}

void RestChannel::stop(std::string_view text, std::function<void()> done) {
    State& self = *state_;
    self.phase = Phase::Stopped;
    auto finish = [&self, why = std::string{text}, done = std::move(done),
                   alive = self.parts.alive()]() mutable {
        if (alive.expired()) return;
        self.end_session(core::fail(Reason::StoppedByHost, why));
        self.session.stop([&self, alive, done = std::move(done)] {
            if (alive.expired()) return;
            self.parts.life.reset();  // what is still under way ends unheard
            done();
        });
    };
    self.host.transport().call_at(self.parts.now(), std::move(finish));
}

core::Result<SentRequest> RestChannel::send(const core::NewOrder& order) {
    if (const auto ready = state_->check_ready(true); !ready) return ready.error();
    return state_->orders.send(order);
}

core::Result<SentRequest> RestChannel::send(const core::ReplaceOrder& request,
                                            const core::Order& order) {
    if (const auto ready = state_->check_ready(true); !ready) return ready.error();
    return state_->orders.send(request, order);
}

core::Result<SentRequest> RestChannel::send(const core::CancelOrder& request,
                                            const core::Order& order) {
    if (const auto ready = state_->check_ready(false); !ready) return ready.error();
    return state_->orders.send(request, order);
}

core::Result<SentRequest> RestChannel::send(const core::NewOrderList& list) {
    if (const auto ready = state_->check_ready(true); !ready) return ready.error();
    return state_->orders.send(list);
}

core::Result<SentRequest> RestChannel::send(const core::CancelOrderList& request) {
    if (const auto ready = state_->check_ready(false); !ready) return ready.error();
    return state_->orders.send(request);
}

void RestChannel::resume(const core::Order& order, const core::Request& request, bool has_arrived) {
    state_->orders.resume(order, request, has_arrived);
}

core::Result<SentRequest> RestChannel::request_status(const core::Order& order) {
    if (state_->phase != Phase::LoggedOn) {
        return core::fail(Reason::AccountNotReady, "REST is not logged on");
    }
    return state_->orders.request_status(order);
}

core::Result<void> RestChannel::ask(const core::Query& query) {
    if (state_->phase != Phase::LoggedOn) {
        return core::fail(Reason::AccountNotReady, "REST is not logged on");
    }
    return state_->queries.ask(query);
}

void RestChannel::on_tick() {
    State& self = *state_;
    if (self.phase == Phase::Idle || self.phase == Phase::Stopped) return;
    self.session.on_tick();
    self.client.on_tick();
    self.orders.on_tick();
    self.queries.on_tick();
    self.poller.on_tick();
    self.tracker.on_tick();
}

bool RestChannel::is_logged_on() const { return state_->phase == Phase::LoggedOn; }

TokenSource& RestChannel::tokens() { return state_->session; }

push::PortfolioTracker& RestChannel::tracker() { return state_->tracker; }

void RestChannel::set_push_live(bool is_live) { state_->poller.set_push_live(is_live); }

void RestChannel::refresh() {
    if (state_->phase == Phase::LoggedOn) state_->poller.read_portfolio({});
}

RestClient& RestChannel::client() { return state_->client; }

std::string_view RestChannel::peer() const { return state_->host.peer(); }

void RestChannel::post(std::function<void()> call) {
    state_->host.transport().call_at(state_->parts.now(), std::move(call));
}

std::uint32_t RestChannel::remaining_budget(RateClass rate_class) const {
    return state_->client.remaining(rate_class);
}

}  // namespace broker::dxtrade::rest
