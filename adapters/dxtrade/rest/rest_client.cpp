#include "dxtrade/rest/rest_client.hpp"

#include <array>
#include <optional>
#include <utility>
#include <vector>

#include "core/lane_queue.hpp"
#include "core/rate_budget.hpp"
#include "dxtrade/rest/retry_after.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::MonotonicTime;
using core::Reason;

constexpr std::uint32_t kMaxThrottled = 5;  // times that one request is throttled and goes again

net::HttpOutcome not_written(core::Error error) { return {false, {}, std::move(error)}; }

// A request with how far it has come.
struct Waiting {
    RestCall call;
    std::uint64_t number = 0;
    std::uint64_t credentials = 0;  // that the last attempt was made with
    std::uint32_t throttled = 0;
    bool has_renewed = false;              // it was sent again after a 401
    std::optional<net::HttpOutcome> last;  // of the last attempt, which proves nothing was done

    void end(net::HttpOutcome outcome) const { call.done(std::move(outcome)); }
    void end_out_of_time() {
        if (last) return end(std::move(*last));
        end(not_written(core::fail(Reason::OrderTooOld, "its turn did not come in time")));
    }
};

}  // namespace

struct RestClient::State : std::enable_shared_from_this<State> {
    struct Class {
        explicit Class(const RateRule& rule)
            : budget{rule.count, rule.window}, queue{kMaxWaiting} {}
        core::RateBudget budget;
        core::LaneQueue<Waiting> queue;
        MonotonicTime woken_at = MonotonicTime::max();  // the next look is planned
    };

    State(const RestRateRules& rates, RestHost& at, RestSession& who)
        : host{at},
          session{who},
          classes{Class{rates.login}, Class{rates.read}, Class{rates.trade}, Class{rates.bulk}} {}

    [[nodiscard]] MonotonicTime now() const { return host.clock().monotonic(); }
    [[nodiscard]] Class& of(RateClass rate_class) {
        return classes[static_cast<std::size_t>(rate_class)];
    }

    void put(Waiting waiting);
    void end_later(std::vector<Waiting> ended);
    void pump(RateClass rate_class);
    void wake(RateClass rate_class, MonotonicTime when);
    void dispatch(Waiting waiting);
    void tell_dispatched(const Waiting& waiting);
    void on_outcome(Waiting waiting, net::HttpOutcome outcome);
    [[nodiscard]] bool goes_again(Waiting& waiting, const net::HttpResponse& response);

    RestHost& host;
    RestSession& session;
    std::array<Class, kRateClassCount> classes;
    std::uint64_t last_number = 0;
    std::uint64_t sending = 0;     // the request that send() is about; 0: not inside it
    bool is_sent_at_once = false;  // that one is with the network
};

// ---- waiting

void RestClient::State::pump(RateClass rate_class) {
    Class& waiting = of(rate_class);
    if (auto late = waiting.queue.expire(now()); !late.empty()) end_later(std::move(late));
    while (session.is_up()) {
        auto next = waiting.queue.pop_ready(now(), waiting.budget);
        if (!next) break;
        dispatch(std::move(*next));
    }
    if (!waiting.queue.is_empty() && session.is_up()) {
        wake(rate_class, waiting.budget.next(now()));
    }
}

void RestClient::State::wake(RateClass rate_class, MonotonicTime when) {
    Class& waiting = of(rate_class);
    if (when >= waiting.woken_at) return;
    waiting.woken_at = when;
    host.transport().call_at(when, [weak = weak_from_this(), rate_class, when] {
        const auto self = weak.lock();
        if (self == nullptr) return;
        Class& woken = self->of(rate_class);
        if (woken.woken_at == when) woken.woken_at = MonotonicTime::max();
        self->pump(rate_class);
    });
}

void RestClient::State::end_later(std::vector<Waiting> ended) {
    auto shared = std::make_shared<std::vector<Waiting>>(std::move(ended));
    host.transport().call_at(now(), [weak = weak_from_this(), shared] {
        if (weak.expired()) return;
        for (Waiting& each : *shared) each.end_out_of_time();
    });
}

void RestClient::State::put(Waiting waiting) {
    const RateClass rate_class = waiting.call.rate_class;
    const auto lane = static_cast<std::size_t>(waiting.call.lane);
    const MonotonicTime not_after = waiting.call.not_after;
    if (!of(rate_class).queue.put(lane, std::move(waiting), not_after)) {
        std::vector<Waiting> ended;
        ended.push_back(std::move(waiting));
        return end_later(std::move(ended));
    }
    pump(rate_class);
}

// ---- exchanges

// Nobody is called from inside send().
void RestClient::State::tell_dispatched(const Waiting& waiting) {
    if (waiting.number == sending) {
        is_sent_at_once = true;
    } else if (!waiting.call.on_dispatch) {
        return;
    } else if (sending != 0) {
        host.transport().call_at(now(), waiting.call.on_dispatch);
    } else {
        waiting.call.on_dispatch();
    }
}

void RestClient::State::dispatch(Waiting waiting) {
    const RestCall& call = waiting.call;
    if (!host.allow(call.rate_class)) {
        if (!waiting.last) {
            waiting.last = not_written(core::fail(Reason::CircuitOpen, "the host keeps failing"));
        }
        std::vector<Waiting> ended;
        ended.push_back(std::move(waiting));
        return end_later(std::move(ended));
    }
    net::HttpRequest request;
    request.method = call.request.method;
    request.target = host.base_path() + call.request.target;
    request.body = call.request.body;
    request.headers.push_back({"Accept", "application/json"});
    if (!request.body.empty()) request.headers.push_back({"Content-Type", "application/json"});
    if (std::string etag = call.if_match ? call.if_match() : std::string{}; !etag.empty()) {
        request.headers.push_back({"If-Match", std::move(etag)});
    }
    if (!call.if_none_match.empty()) {
        request.headers.push_back({"If-None-Match", call.if_none_match});
    }
    (void)session.authorize(request, waiting.credentials);
    tell_dispatched(waiting);
    const net::HttpLane lane = call.lane;
    const MonotonicTime not_after = call.not_after;
    auto shared = std::make_shared<Waiting>(std::move(waiting));
    host.transport().send(std::move(request), lane, not_after,
                          [weak = weak_from_this(), shared](net::HttpOutcome outcome) {
                              const auto self = weak.lock();
                              if (self == nullptr) return;
                              self->on_outcome(std::move(*shared), std::move(outcome));
                          });
}

void RestClient::State::on_outcome(Waiting waiting, net::HttpOutcome outcome) {
    host.note(waiting.call.rate_class, outcome);
    if (!outcome.response) {
        // An earlier attempt was answered: that answer stands if this one was not even written.
        if (!outcome.was_written && waiting.last) outcome = std::move(*waiting.last);
        return waiting.end(std::move(outcome));
    }
    if (outcome.response->status < 500 && outcome.response->status != 401) session.touch();
    if (goes_again(waiting, *outcome.response)) {
        waiting.last = std::move(outcome);
        return put(std::move(waiting));
    }
    waiting.end(std::move(outcome));
}

// 401 and 429 prove that the request was not acted on.
bool RestClient::State::goes_again(Waiting& waiting, const net::HttpResponse& response) {
    if (response.status == 401) {
        session.refused(waiting.credentials);
        const bool may_succeed = session.has_newer(waiting.credentials) || session.is_logging_in();
        return may_succeed && !std::exchange(waiting.has_renewed, true) &&
               now() < waiting.call.not_after;
    }
    if (response.status == 429) {
        core::RateBudget& budget = of(waiting.call.rate_class).budget;
        budget.throttled(now(), retry_after(response));
        return ++waiting.throttled <= kMaxThrottled && budget.next(now()) < waiting.call.not_after;
    }
    return false;
}

// ---- the client

RestClient::RestClient(const RestRateRules& rates, RestHost& host, RestSession& session)
    : state_{std::make_shared<State>(rates, host, session)} {}

RestClient::~RestClient() = default;

core::Result<bool> RestClient::send(RestCall call) {
    State& self = *state_;
    const RateClass rate_class = call.rate_class;
    if (self.host.is_blocked(rate_class)) {
        return core::fail(Reason::CircuitOpen,
                          "the host keeps failing: " + std::string{self.host.peer()});
    }
    State::Class& waiting = self.of(rate_class);
    const auto lane = static_cast<std::size_t>(call.lane);
    const MonotonicTime now = self.now();
    if (waiting.queue.would_miss(lane, call.not_after, now, waiting.budget)) {
        return core::fail(Reason::RateBudgetExhausted,
                          std::to_string(waiting.queue.size()) +
                              " requests wait for the venue's rate limit: its turn would come "
                              "after its time");
    }
    if (waiting.queue.size() >= kMaxWaiting) {
        return core::fail(Reason::CommandQueueFull,
                          std::to_string(kMaxWaiting) + " requests wait already");
    }
    Waiting made;
    made.call = std::move(call);
    made.number = ++self.last_number;
    self.sending = made.number;
    self.is_sent_at_once = false;
    self.put(std::move(made));
    self.sending = 0;
    return self.is_sent_at_once;
}

void RestClient::pump() {
    for (const RateClass each : {RateClass::Trade, RateClass::Read, RateClass::Bulk}) {
        state_->pump(each);
    }
}

void RestClient::drop_waiting(const core::Error& error) {
    std::vector<Waiting> dropped;
    for (State::Class& each : state_->classes) {
        for (Waiting& waiting : each.queue.take_all()) dropped.push_back(std::move(waiting));
    }
    for (Waiting& waiting : dropped) {
        if (waiting.last) {
            waiting.end_out_of_time();
        } else {
            waiting.end(not_written(error));
        }
    }
}

void RestClient::on_tick() { pump(); }

std::uint32_t RestClient::remaining(RateClass rate_class) const {
    return state_->of(rate_class).budget.remaining(state_->now());
}

}  // namespace broker::dxtrade::rest
