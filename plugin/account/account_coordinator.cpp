#include "account/account_coordinator.hpp"

#include <algorithm>
#include <random>
#include <utility>

namespace broker::account {
namespace {

using core::Channel;
using core::LogLevel;
using core::QueryKind;
using core::Reason;

// A failure that the adapter mends by itself is a warning; one that waits for a person is an error.
LogLevel level_of(AccountState state, Reason reason, core::Duration next_attempt) {
    if (core::suggested_action(reason).empty()) return LogLevel::Info;
    const bool is_given_up =
        state == AccountState::Offline && next_attempt < core::Duration::zero();
    return is_given_up ? LogLevel::Error : LogLevel::Warning;
}

std::string_view channel_name(Channel channel) {
    switch (channel) {
        case Channel::FixTrading:
            return "fix.trading";
        case Channel::FixMarketData:
            return "fix.market_data";
        case Channel::FixDropCopy:
            return "fix.drop_copy";
        case Channel::Rest:
            return "rest";
        case Channel::Push:
            return "push";
        case Channel::PushMarketData:
            return "push.market_data";
        case Channel::Unspecified:
            break;
    }
    return {};
}

std::string state_line(AccountState previous, AccountState state, Channel channel, Reason reason,
                       std::string_view text, std::string_view peer) {
    std::string line{state_name(previous)};
    line.append("->").append(state_name(state));
    if (channel != Channel::Unspecified) line.append(" channel=").append(channel_name(channel));
    line.append(" reason=").append(core::reason_name(reason));
    if (!peer.empty()) line.append(" peer=").append(peer);
    return line.append(" text=\"").append(text).append("\"");
}

Reason logon_reason(Channel channel) {
    switch (channel) {
        case Channel::Rest:
            return Reason::RestLoggedOn;
        case Channel::Push:
        case Channel::PushMarketData:
            return Reason::PushSubscribed;
        default:
            return Reason::LogonAccepted;
    }
}

bool was_logged_on(AccountState state) {
    return state == AccountState::LoggedOn || state == AccountState::Reconciling ||
           state == AccountState::Ready;
}

ReconciliationRules reconciliation_rules(const CoordinatorSettings& settings) {
    const bool is_rest = settings.channels.trading == Channel::Rest;
    // Why longer: over REST the answers come page by page, as fast as the venue's limits allow.
    return {settings.channels.queries,
            is_rest ? std::max(settings.orders.answer_timeout, settings.query_timeout)
                    : settings.orders.answer_timeout};
}

}  // namespace

AccountCoordinator::AccountCoordinator(CoordinatorSettings settings, const core::Clock& clock,
                                       AccountEvents& events, core::Log& log,
                                       const MakeChannel& make_channel,
                                       const MakeSideChannels& make_side_channels)
    : settings_{std::move(settings)},
      clock_{clock},
      events_{events},
      log_{settings_.orders.id, log},
      faults_{events_, log_, status_},
      orders_{settings_.orders, {clock_, events_, log_, faults_, status_}},
      cancel_on_disconnect_{settings_.cancel_on_disconnect, orders_,
                            [this](const std::string& text) {
                                tell_condition(Channel::Rest, Reason::ConnectionLost, text, {});
                            }},
      reconciliation_{reconciliation_rules(settings_), orders_.ledger(), log_},
      change_doubts_{settings_.change_grace, orders_.ledger()},
      queries_{settings_.query_timeout, events_, orders_.ledger()},
      positions_{events_, faults_},
      risk_{settings_.risk,
            {clock_, events_, log_, status_, orders_,
             [this](const core::Query& query) { return ask(query); },
             [this] { return ask_for_positions(); }}},
      schedule_{settings_.schedule, std::random_device{}()},
      operator_{OperatorDeskParts{
          events_, log_, status_, orders_,
          [this](AccountState state, Reason reason, std::string_view text) {
              enter(state, reason, text, peer_, core::Duration{-1}, settings_.channels.trading);
          },
          [this](const std::string& text) { log_out_for_operator(text); },
          [this](std::string_view text) { return log_on_for_operator(text); },
          [this](Channel channel) { return channels_.session(channel); },
          [this] { return schedule_.is_open(); }}},
      channels_{settings_.channels, status_} {
    auto trading = make_channel(*this);
    dxtrade::TradingChannel& orders_go_by = *trading;
    channels_.set(std::move(trading),
                  make_side_channels ? make_side_channels(*this) : SideChannels{});
    orders_.set_channel(orders_go_by, [this] { return channels_.for_cancels(); });
    orders_.set_gate(risk_.gate());
}

// ---- lifecycle

core::Result<void> AccountCoordinator::recover(
    std::unique_ptr<recovery::RecordLog> log,
    const recovery::RecordedLedger::NeverSent& never_sent) {
    return orders_.recover(std::move(log), never_sent);
}

void AccountCoordinator::start(OperatorStatus held) {
    thread_.check();
    orders_.report_recovery();
    const bool is_open = schedule_.begin(clock_.now());
    operator_.carry_over(held);
    if (!is_open) suspend();
    const bool is_paused = operator_.holds_session();
    orders_.ledger().for_each_live([this](const core::Order& order) { channels_.expect(order); });
    channels_.start(is_open && !is_paused);
    if (is_open && is_paused) channels_.start_side_sessions();
}

void AccountCoordinator::stop(Reason reason, std::string_view text, std::function<void()> done) {
    thread_.check();
    is_stopped_ = true;
    stop_reason_ = reason;
    orders_.set_hold(Reason::None, {});
    operator_.stopped();
    enter(AccountState::Draining, reason, std::string{text} + ": logging out");
    channels_.stop([this, why = std::string{text}, done = std::move(done)] {
        enter(AccountState::Stopped, stop_reason_, why);
        done();
    });
}

void AccountCoordinator::enter(AccountState state, Reason reason, std::string_view text,
                               std::string_view peer, core::Duration next_attempt,
                               Channel channel) {
    const AccountState previous = this->state();
    status_.reason.store(reason, std::memory_order_relaxed);
    status_.since_ns.store(clock_.utc().time_since_epoch().count(), std::memory_order_relaxed);
    status_.state.store(state, std::memory_order_release);
    orders_.publish_counts();
    log_.write(level_of(state, reason, next_attempt), "state",
               state_line(previous, state, channel, reason, text, peer));
    events_.on_session({state, previous, reason, text, peer, next_attempt, channel});
}

void AccountCoordinator::note_side_channel(Channel channel, AccountState state, Reason reason,
                                           std::string_view text, std::string_view peer,
                                           core::Duration next_attempt) {
    const AccountState previous = channels_.note(channel, state);
    log_.write(level_of(state, reason, next_attempt), "state",
               state_line(previous, state, channel, reason, text, peer));
    const AccountState account = this->state();
    events_.on_session({account, account, reason, text, peer, next_attempt, channel});
}

// ---- the channels' lives

void AccountCoordinator::on_connecting(Channel channel, std::string_view peer) {
    thread_.check();
    if (!channels_.is_trading(channel)) {
        return note_side_channel(channel, AccountState::Connecting, Reason::Started, "connecting",
                                 peer);
    }
    (void)channels_.note(channel, AccountState::Connecting);
    enter(AccountState::Connecting, Reason::Started, "connecting", peer, core::Duration{-1},
          channel);
}

void AccountCoordinator::on_logged_on(Channel channel, std::string_view peer) {
    thread_.check();
    constexpr std::string_view kText = "the venue accepted the logon";
    const Reason reason = logon_reason(channel);
    if (!channels_.is_trading(channel)) {
        return note_side_channel(channel, AccountState::Ready, reason, kText, peer);
    }
    // A logon that crosses the logout under way opens nothing.
    if (state() == AccountState::Draining) return;
    peer_ = peer;
    change_doubts_.begin_anew();
    cancel_on_disconnect_.session_back();
    (void)channels_.note(channel, AccountState::Ready);
    enter(AccountState::LoggedOn, reason, kText, peer, core::Duration{-1}, channel);
    orders_.resume_doubts();
    begin_reconciliation();
}

void AccountCoordinator::on_disconnected(Channel channel, Reason reason, std::string_view text,
                                         std::string_view peer, core::Duration next_attempt) {
    thread_.check();
    const AccountState previous = state();
    const bool is_stopping = previous == AccountState::Draining;
    // The session's own word for a logout that was asked for.
    if (reason == Reason::StoppedByHost && is_stopped_) reason = stop_reason_;
    if (reason == Reason::StoppedByHost && !is_stopped_) {
        reason = schedule_.is_logging_out() ? schedule_.close_reason() : Reason::Operator;
    }
    const AccountState next = is_stopping ? AccountState::Draining : AccountState::Offline;
    queries_.disconnected(channel);
    if (!channels_.is_trading(channel)) {
        return note_side_channel(channel, next, reason, text, peer, next_attempt);
    }
    reconciliation_.cancel();
    (void)channels_.note(channel, next);
    // Why FIX alone: a request over REST is an exchange of its own, whose end REST tells.
    if (channel == Channel::FixTrading) orders_.disconnected();
    risk_.disconnected();
    enter(next, reason, text, peer, next_attempt, channel);
    if (was_logged_on(previous)) cancel_on_disconnect_.session_lost(clock_.monotonic());
}

void AccountCoordinator::on_sequence_reset() {
    thread_.check();
    orders_.sequence_reset();
}

void AccountCoordinator::on_notice(Channel channel, std::string_view text) {
    std::string line = "text=\"" + std::string{text} + "\"";
    if (!channels_.is_trading(channel)) {
        line.append(" channel=").append(channel_name(channel));
    }
    log_.write(LogLevel::Warning, "notice", line);
}

void AccountCoordinator::on_condition(Channel channel, Reason reason, std::string_view text,
                                      std::string_view peer) {
    thread_.check();
    tell_condition(channel, reason, text, peer);
}

void AccountCoordinator::tell_condition(Channel channel, Reason reason, std::string_view text,
                                        std::string_view peer) {
    const AccountState account = state();
    log_.write(level_of(account, reason, core::Duration{-1}), "condition",
               state_line(account, account, channel, reason, text, peer));
    events_.on_session({account, account, reason, text, peer, core::Duration{-1}, channel});
}

void AccountCoordinator::on_venue_fault(const core::VenueFault& fault) {
    thread_.check();
    faults_.tell(fault);
}

void AccountCoordinator::on_top_of_book(const core::Quote& quote) { risk_.take(quote); }

void AccountCoordinator::on_stale_request(std::string_view cl_ord_id, core::Duration age) {
    thread_.check();
    orders_.stale(cl_ord_id, age);
}

// ---- snapshots and time

void AccountCoordinator::report_snapshot(std::uint64_t request_id) {
    thread_.check();
    orders_.report_snapshot(request_id);
}

void AccountCoordinator::on_tick() {
    thread_.check();
    const core::MonotonicTime now = clock_.monotonic();
    keep_schedule();
    const auto ask = [this](const core::ClOrdID& id) {
        if (state() == AccountState::Ready) {
            reconciliation_.ask_for_status(id, channels_.trading());
        }
    };
    orders_.on_tick(ask);
    if (state() == AccountState::Ready) change_doubts_.on_tick(now, ask);
    orders_.publish_counts();
    channels_.on_tick();
    cancel_on_disconnect_.on_tick(now, channels_.for_cancels() != nullptr);
    queries_.on_tick(now);
    reconciliation_.on_tick(channels_.trading(), now);
    end_reconciliation_if_done();
    risk_.on_tick();
}

// ---- schedule and operator: when the sessions are up

void AccountCoordinator::keep_schedule() {
    // One logout at a time: what the schedule wants is seen at the next tick.
    if (is_stopped_ || operator_.is_logging_out()) return;
    const auto step = schedule_.next_step(clock_.now());
    if (!step) return;
    if (step->kind == ScheduleStep::Kind::Open) {
        channels_.start_side_sessions();
        if (operator_.holds_session()) return;
        orders_.set_hold(Reason::None, {});
        return channels_.trading().start();
    }
    if (step->kind == ScheduleStep::Kind::StayClosed) return suspend();
    if (!operator_.holds_session()) enter(AccountState::Draining, step->reason, step->text, peer_);
    channels_.stop_sessions(step->text, [this] {
        schedule_.logged_out();
        if (is_stopped_) return;
        suspend();
        operator_.logged_out();
    });
}

void AccountCoordinator::log_out_for_operator(const std::string& text) {
    if (schedule_.is_logging_out()) return;
    channels_.trading().stop(text, [this] { operator_.logged_out(); });
}

bool AccountCoordinator::log_on_for_operator(std::string_view text) {
    if (!schedule_.is_open()) {
        suspend();
        return false;
    }
    orders_.set_hold(Reason::None, {});
    if (state() != AccountState::Offline) {
        enter(AccountState::Offline, Reason::Operator, text, peer_, core::Duration{-1},
              settings_.channels.trading);
    }
    channels_.trading().start();
    return true;
}

void AccountCoordinator::suspend() {
    channels_.show_sessions_suspended();
    if (operator_.holds_session()) return;  // which is what the host has been told
    const Reason reason = schedule_.close_reason();
    if (reason == Reason::ScheduleReset) {
        const std::string text = "logs on again after the sequence reset";
        orders_.set_hold(Reason::AccountNotReady, "account " + settings_.orders.id + " " + text);
        return enter(AccountState::Suspended, reason, text);
    }
    const std::string text = "outside its schedule: " + schedule_.next_opening(clock_.utc());
    orders_.set_hold(Reason::OutsideSchedule, "account " + settings_.orders.id + " is " + text);
    enter(AccountState::Suspended, reason, text);
}

// ---- reconciliation

void AccountCoordinator::begin_reconciliation() {
    enter(
        AccountState::Reconciling, Reason::LogonAccepted,
        "checking " + std::to_string(orders_.ledger().live_count()) + " live orders with the venue",
        peer_);
    reconciliation_.begin(channels_.trading(), clock_.monotonic());
    end_reconciliation_if_done();
}

void AccountCoordinator::end_reconciliation_if_done() {
    if (state() != AccountState::Reconciling || reconciliation_.is_running()) return;
    const std::size_t unanswered = reconciliation_.unanswered();
    reconciliation_.cancel();
    report_snapshot(0);
    const core::OrderLedger& ledger = orders_.ledger();
    std::string text = "ready: " + std::to_string(ledger.live_count()) + " live orders, " +
                       std::to_string(ledger.unknown_count()) + " requests in doubt";
    if (unanswered != 0) {
        text += ", " + std::to_string(unanswered) + " orders the venue has said nothing about";
    }
    enter(AccountState::Ready, Reason::Reconciled, text, peer_);
    (void)ask_for_positions();
}

// The picture that the fills are added to from here on.
core::Result<void> AccountCoordinator::ask_for_positions() {
    if (!channels_.all_queries().contains(QueryKind::Positions)) return {};
    core::Query query;
    query.kind = QueryKind::Positions;
    const auto route = channels_.route(query.kind);
    positions_.begin_picture(query.request_id, route ? route->id : core::Channel::Unspecified);
    risk_.begin_picture(query.request_id);
    auto asked = ask(query);
    if (!asked) {
        const core::QueryDone done{query.kind, query.request_id, 0, asked.error().reason, {}};
        positions_.end_picture(done);
        risk_.take(done);
        log_.write(LogLevel::Warning, "positions-request", "text=\"" + asked.error().detail + "\"");
    }
    return asked;
}

}  // namespace broker::account
