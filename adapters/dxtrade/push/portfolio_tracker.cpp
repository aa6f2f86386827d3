#include "dxtrade/push/portfolio_tracker.hpp"

#include <random>
#include <string>
#include <utility>
#include <vector>

#include "core/thread_bound.hpp"
#include "dxtrade/push/account_news.hpp"
#include "dxtrade/push/account_versions.hpp"
#include "dxtrade/push/history_look_ups.hpp"
#include "dxtrade/push/order_news.hpp"
#include "dxtrade/push/tracked_orders.hpp"

namespace broker::dxtrade::push {
namespace {

HistoryLookUpRules look_up_rules(const PortfolioTrackerSettings& settings) {
    return {settings.max_look_ups_at_once, settings.look_up, settings.look_up_timeout,
            settings.max_look_ups_of_order,
            settings.seed != 0 ? settings.seed : std::random_device{}()};
}

OrderNewsRules news_rules(const PortfolioTrackerSettings& settings, const core::Clock& clock) {
    return {settings.max_executions_of_order, clock.utc() - settings.past_grace};
}

// Text of its own: it is told when the order may have been forgotten.
struct Fault {
    core::Reason reason = core::Reason::MessageUnusable;
    core::Channel channel = core::Channel::Rest;
    OrderLookUp names;
    std::string text;

    [[nodiscard]] core::VenueFault record() const {
        core::VenueFault fault;
        fault.reason = reason;
        fault.channel = channel;
        fault.msg_type = "portfolio";
        fault.cl_ord_id = names.client_order_id;
        fault.order_id = names.order_id;
        fault.text = text;
        return fault;
    }
};

}  // namespace

struct PortfolioTracker::State {
    State(PortfolioTrackerSettings its_settings, const core::Clock& its_clock,
          const Symbols& its_symbols, TradingChannelListener& its_listener,
          PortfolioTrackerHooks its_hooks)
        : settings{std::move(its_settings)},
          clock{its_clock},
          symbols{its_symbols},
          listener{its_listener},
          hooks{std::move(its_hooks)},
          orders{settings.max_orders},
          order_news{news_rules(settings, clock), orders},
          look_ups{look_up_rules(settings), orders},
          account_news{settings.max_orders} {}

    [[nodiscard]] rest::ReportContext context(core::Channel channel,
                                              core::MonotonicTime received) const {
        return {channel, received, 0, symbols};
    }

    // One account is asked for: what names none is of this one.
    [[nodiscard]] bool is_ours(const std::string& account) const {
        return account.empty() || account == settings.account;
    }

    TrackedOrder* take_order(const rest::RestOrder& order, const rest::ReportContext& context,
                             bool is_repeated);
    void take_single(const rest::RestOrder& order, const rest::ReportContext& context);
    void take_orders(const rest::Portfolio& portfolio, const rest::ReportContext& context,
                     PortfolioNews news, bool is_whole);
    void find_missing();
    void review(TrackedOrder& order);
    void give_up(TrackedOrder& order);
    void tell();
    void tell_restart(const rest::Portfolio& portfolio, core::Channel channel);
    void tell_no_room(core::Channel channel);

    core::ThreadBound thread;
    PortfolioTrackerSettings settings;
    const core::Clock& clock;
    const Symbols& symbols;
    TradingChannelListener& listener;
    PortfolioTrackerHooks hooks;
    AccountVersions versions;
    TrackedOrders orders;
    OrderNews order_news;
    HistoryLookUps look_ups;
    AccountNews account_news;
    std::uint64_t portfolio_count = 0;
    bool is_awaiting_snapshot = false;
    bool has_told_no_room = false;

    // What is to be told once the state is as the message leaves it: the listener may call back.
    std::vector<rest::OrderReport> reports;
    std::vector<core::PositionReport> positions;
    std::optional<core::AccountSummary> summary;
    std::vector<Fault> faults;
};

// Null: there is no room to track it.
TrackedOrder* PortfolioTracker::State::take_order(const rest::RestOrder& order,
                                                  const rest::ReportContext& context,
                                                  bool is_repeated) {
    TrackedOrder* tracked = order_news.take(order, context, is_repeated, reports);
    if (tracked == nullptr) {
        tell_no_room(context.channel);
        return nullptr;
    }
    if (tracked->is_final) {
        tracked->expected_by.reset();
        tracked->is_open = tracked->is_missing = false;
    }
    return tracked;
}

// From elsewhere than a portfolio: one that is not final is to be in a portfolio soon.
void PortfolioTracker::State::take_single(const rest::RestOrder& order,
                                          const rest::ReportContext& context) {
    TrackedOrder* tracked = take_order(order, context, false);
    if (tracked == nullptr) return;
    const bool is_watched = tracked->is_open || tracked->is_missing || tracked->expected_by;
    if (!tracked->is_final && !is_watched) {
        tracked->expected_by = clock.monotonic() + settings.expect_timeout;
    }
    review(*tracked);
}

void PortfolioTracker::State::take_orders(const rest::Portfolio& portfolio,
                                          const rest::ReportContext& context, PortfolioNews news,
                                          bool is_whole) {
    ++portfolio_count;
    const bool is_repeated = news == PortfolioNews::Repeated;
    for (const rest::RestOrder& order : portfolio.orders) {
        TrackedOrder* tracked = take_order(order, context, is_repeated);
        if (tracked == nullptr) continue;
        tracked->seen_in = portfolio_count;
        tracked->expected_by.reset();
        tracked->is_open = !tracked->is_final;
        if (!is_repeated) tracked->is_missing = false;
        review(*tracked);
    }
    if (is_whole) find_missing();
}

// Open orders that the newest whole portfolio lacks, and expected ones that it does not show yet.
void PortfolioTracker::State::find_missing() {
    orders.for_each_active([&](TrackedOrder& order) {
        if (order.seen_in == portfolio_count || order.is_final) return;
        if (!order.is_open && !order.expected_by) return;
        order.is_open = false;
        order.expected_by.reset();
        order.is_missing = true;
        review(order);
    });
}

// Begins or ends the look-up by what is known.
void PortfolioTracker::State::review(TrackedOrder& order) {
    const bool is_needed = order.is_missing || order.is_fill_missing();
    if (is_needed && !order.has_been_given_up) {
        look_ups.begin(order, clock.monotonic());
    } else if (!is_needed) {
        order.has_been_given_up = false;
        look_ups.end(order);
    }
    orders.refile(order);
}

void PortfolioTracker::State::give_up(TrackedOrder& order) {
    Fault fault;
    fault.reason = order.is_missing ? core::Reason::OutcomeTimeout : core::Reason::FillMissing;
    fault.names = order.names;
    fault.text = order.is_missing
                     ? "the order is in no portfolio any more, and the history does not show how "
                       "it ended: its outcome is not known"
                     : "the order has filled more than its executions make, and the history does "
                       "not show the others";
    faults.push_back(std::move(fault));
    order.has_been_given_up = true;
    order.is_missing = false;
    look_ups.end(order);
    orders.refile(order);
}

void PortfolioTracker::State::tell_restart(const rest::Portfolio& portfolio,
                                           core::Channel channel) {
    account_news.forget_versions();
    orders.for_each([](TrackedOrder& order) { order.version.reset(); });
    Fault fault;
    fault.channel = channel;
    fault.text = "the account's version has gone back to " +
                 std::to_string(portfolio.version.value_or(0)) +
                 " and stays there: it counts from now on";
    faults.push_back(std::move(fault));
}

void PortfolioTracker::State::tell_no_room(core::Channel channel) {
    if (std::exchange(has_told_no_room, true)) return;
    Fault fault;
    fault.channel = channel;
    fault.text = "more open orders than are followed: of the others it is not noticed how they end";
    faults.push_back(std::move(fault));
}

void PortfolioTracker::State::tell() {
    auto its_reports = std::exchange(reports, {});
    const auto its_positions = std::exchange(positions, {});
    const auto its_summary = std::exchange(summary, std::nullopt);
    const auto its_faults = std::exchange(faults, {});
    for (rest::OrderReport& change : its_reports) {
        if (hooks.name_request) hooks.name_request(change.report, change.update_order_id);
        listener.on_execution_report(change.report);
    }
    for (const core::PositionReport& position : its_positions) listener.on_position(position);
    if (its_summary) listener.on_account_summary(*its_summary);
    for (const Fault& fault : its_faults) listener.on_venue_fault(fault.record());
}

PortfolioTracker::PortfolioTracker(PortfolioTrackerSettings settings, const core::Clock& clock,
                                   const Symbols& symbols, TradingChannelListener& listener,
                                   PortfolioTrackerHooks hooks)
    : state_{std::make_unique<State>(std::move(settings), clock, symbols, listener,
                                     std::move(hooks))} {}

PortfolioTracker::~PortfolioTracker() = default;

void PortfolioTracker::on_account_details(const rest::AccountDetails& details) {
    state_->thread.check();
    state_->account_news.take_details(details);
}

void PortfolioTracker::expect(const OrderLookUp& names) {
    State& state = *state_;
    state.thread.check();
    TrackedOrder* order = state.orders.find(names);
    const bool is_new = order == nullptr;
    if (is_new) order = state.orders.add(names);
    if (order == nullptr) return;  // told when a portfolio shows it
    state.orders.learn(*order, names);
    order->is_expected = true;
    if (is_new) order->expected_by = state.clock.monotonic() + state.settings.expect_timeout;
    state.orders.refile(*order);
}

void PortfolioTracker::settled(const OrderLookUp& names) {
    State& state = *state_;
    state.thread.check();
    TrackedOrder* order = state.orders.find(names);
    if (order == nullptr) return;
    order->expected_by.reset();
    order->is_open = order->is_missing = false;
    state.review(*order);
}

PortfolioNews PortfolioTracker::on_portfolio(const rest::Portfolio& portfolio,
                                             core::Channel channel, core::MonotonicTime received) {
    State& state = *state_;
    state.thread.check();
    if (!state.is_ours(portfolio.account)) return PortfolioNews::OtherAccount;
    // A push portfolio before the snapshot is one of several possible beginnings: it is told, and
    // what comes over REST is held against what was known before it.
    const bool is_early = state.is_awaiting_snapshot && channel == core::Channel::Push;
    const AccountVersions::Verdict verdict =
        state.versions.judge(portfolio.version, received, is_early);
    if (verdict.is_restart) state.tell_restart(portfolio, channel);
    if (verdict.news == PortfolioNews::Stale) return verdict.news;

    const bool is_whole = verdict.news == PortfolioNews::Applied && !is_early;
    const rest::ReportContext context = state.context(channel, received);
    state.take_orders(portfolio, context, verdict.news, is_whole && portfolio.has_all_orders);
    state.account_news.take_positions(portfolio, context, verdict.news == PortfolioNews::Repeated,
                                      is_whole && portfolio.has_all_positions, state.positions);
    state.summary = state.account_news.take_balances(portfolio, context);
    if (channel == core::Channel::Rest) state.is_awaiting_snapshot = false;
    state.tell();
    return verdict.news;
}

void PortfolioTracker::on_portfolio_unchanged() {
    state_->thread.check();
    state_->is_awaiting_snapshot = false;
}

void PortfolioTracker::on_orders(std::span<const rest::RestOrder> orders, core::Channel channel,
                                 core::MonotonicTime received) {
    State& state = *state_;
    state.thread.check();
    const rest::ReportContext context = state.context(channel, received);
    for (const rest::RestOrder& order : orders) state.take_single(order, context);
    state.tell();
}

void PortfolioTracker::on_metrics(const rest::AccountMetrics& metrics, core::Channel channel,
                                  core::MonotonicTime received) {
    State& state = *state_;
    state.thread.check();
    if (!state.is_ours(metrics.account)) return;
    state.summary = state.account_news.take_metrics(metrics, state.context(channel, received));
    state.tell();
}

void PortfolioTracker::on_looked_up(const OrderLookUp& asked,
                                    std::span<const rest::RestOrder> found,
                                    core::MonotonicTime received) {
    State& state = *state_;
    state.thread.check();
    const rest::ReportContext context = state.context(core::Channel::Rest, received);
    for (const rest::RestOrder& order : found) state.take_single(order, context);
    TrackedOrder* order = state.orders.find(asked);
    if (order != nullptr && order->look_up) {
        if (!state.look_ups.answered(*order, state.clock.monotonic())) state.give_up(*order);
    }
    state.tell();
}

void PortfolioTracker::on_look_up_failed(const OrderLookUp& asked) {
    State& state = *state_;
    state.thread.check();
    TrackedOrder* order = state.orders.find(asked);
    if (order != nullptr && order->look_up) {
        state.look_ups.failed(*order, state.clock.monotonic());
    }
}

void PortfolioTracker::await_snapshot() {
    state_->thread.check();
    state_->is_awaiting_snapshot = true;
}

bool PortfolioTracker::is_awaiting_snapshot() const { return state_->is_awaiting_snapshot; }

void PortfolioTracker::on_tick() {
    State& state = *state_;
    state.thread.check();
    const core::MonotonicTime now = state.clock.monotonic();
    state.orders.for_each_active([&](TrackedOrder& order) {
        if (!order.expected_by || now < *order.expected_by) return;
        order.expected_by.reset();
        order.is_missing = true;
        state.review(order);
    });
    for (const OrderLookUp& names : state.look_ups.take_due(now)) state.hooks.look_up(names);
}

std::uint64_t PortfolioTracker::version() const { return state_->versions.known(); }

std::size_t PortfolioTracker::open_order_count() const {
    std::size_t count = 0;
    state_->orders.for_each_active(
        [&](const TrackedOrder& order) { count += order.is_open ? 1 : 0; });
    return count;
}

std::optional<core::Decimal> PortfolioTracker::position_qty(std::string_view position_code) const {
    return state_->account_news.position_qty(std::string{position_code});
}

std::size_t PortfolioTracker::look_up_count() const { return state_->look_ups.size(); }

}  // namespace broker::dxtrade::push
