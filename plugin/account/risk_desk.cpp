#include "account/risk_desk.hpp"

#include <utility>

namespace broker::account {
namespace {

using core::LogLevel;
using core::QueryKind;
using core::Reason;

constexpr core::Duration kPositionsEvery = std::chrono::seconds{30};
constexpr core::Duration kInstrumentsAgain = std::chrono::seconds{30};  // without an answer
constexpr core::Duration kInstrumentsEvery = std::chrono::hours{1};
// A question whose end nobody tells: the connection that it went by has ended.
constexpr core::Duration kQuestionLost = std::chrono::minutes{1};
constexpr core::Duration kRememberEvery = std::chrono::seconds{1};

std::optional<core::Decimal> equity_of(const core::AccountSummary& summary) {
    if (summary.equity) return summary.equity;
    return summary.balance && summary.open_pl ? summary.balance->plus(*summary.open_pl)
                                              : std::nullopt;
}

}  // namespace

RiskDesk::RiskDesk(RiskSettings settings, RiskDeskParts parts)
    : settings_{std::move(settings)},
      parts_{std::move(parts)},
      gate_{settings_.rules, settings_.remembered.guard},
      flattener_{settings_.flatten,
                 {parts_.clock, parts_.log, parts_.orders, gate_, settings_.next_cl_ord_id,
                  [this] { return parts_.ask_positions(); }}},
      kept_{settings_.remembered} {
    gate_.set_kill_switch(settings_.remembered.is_killed);
    publish();
}

// ---- a person's word

// The status first: who hears of it may read it.
void RiskDesk::tell(Reason reason, LogLevel level, std::string_view text) {
    publish();
    const AccountState state = parts_.status.state.load(std::memory_order_relaxed);
    parts_.log.write(
        level, "risk",
        "reason=" + std::string{core::reason_name(reason)} + " text=\"" + std::string{text} + "\"");
    parts_.events.on_session({state, state, reason, text, {}, core::Duration{-1}});
}

void RiskDesk::execute(const RiskCommand& command) {
    switch (command.kind) {
        case RiskCommand::Kind::KillSwitchOn:
            set_kill_switch(true, command.flattens);
            break;
        case RiskCommand::Kind::KillSwitchOff:
            set_kill_switch(false, false);
            break;
        case RiskCommand::Kind::Flatten:
            tell(Reason::None, LogLevel::Warning, "flattening: orders first, then positions");
            flattener_.begin();
            break;
        case RiskCommand::Kind::ResetGuard:
            reset_guard();
            break;
    }
    remember();
    publish();
}

void RiskDesk::set_kill_switch(bool is_on, bool flattens) {
    if (gate_.is_killed() != is_on) {
        gate_.set_kill_switch(is_on);
        if (is_on) {
            tell(Reason::KillSwitchOn, LogLevel::Error, "kill switch on: cancels alone go out");
        } else {
            flattener_.stop();
            tell(Reason::None, LogLevel::Warning, "kill switch off");
        }
    }
    if (flattens) flattener_.begin();
}

void RiskDesk::reset_guard() {
    core::LossGuard* const guard = gate_.guard();
    if (guard == nullptr) return;
    guard->reset();
    if (!gate_.is_killed()) flattener_.stop();
    tell(Reason::None, LogLevel::Warning, "the loss guard was reset: losses count anew");
}

// ---- what the channels tell

void RiskDesk::take(const core::AccountSummary& summary) {
    const core::MonotonicTime now = parts_.clock.monotonic();
    if (core::MarginCheck* const margin = gate_.margin()) margin->take(summary, now);
    if (summary.open_positions_count) gate_.set_open_count(*summary.open_positions_count);
    const auto equity = equity_of(summary);
    const bool has_margin = summary.margin_free || (summary.equity && summary.margin);
    const bool has_all = (gate_.guard() == nullptr || equity.has_value()) &&
                         (gate_.margin() == nullptr || has_margin);
    if (has_all) summary_heard_ = now;
    if (equity) take_equity(*equity);
    publish();
}

void RiskDesk::take_equity(const core::Decimal& equity) {
    core::LossGuard* const guard = gate_.guard();
    if (guard == nullptr) return;
    const auto tripped = guard->take_equity(equity, parts_.clock.now());
    if (!tripped) return;
    remember();
    tell(*tripped, LogLevel::Error, guard->text());
    if (settings_.flattens) flattener_.begin();
}

void RiskDesk::take(const core::ConversionRate& rate) {
    if (core::MarginCheck* const margin = gate_.margin()) {
        margin->take(rate, parts_.clock.monotonic());
    }
}

void RiskDesk::take(const core::Quote& quote) {
    if (!settings_.rules.collar && !settings_.rules.margin) return;
    gate_.quotes().take(quote.symbol, {quote.bid_px, quote.offer_px, quote.received});
}

bool RiskDesk::take(const core::Instrument& instrument) {
    if (core::MarginCheck* const margin = gate_.margin()) margin->take(instrument);
    return instruments_.is_open && instrument.request_id == 0;
}

void RiskDesk::begin_picture(std::uint64_t request_id) {
    if (picture_) return;
    picture_ = request_id;
    gate_.positions().begin_picture();
}

void RiskDesk::take(const core::PositionReport& position) {
    if (position.is_unsolicited) {
        positions_heard_ = parts_.clock.monotonic();
        gate_.positions().take(position);
    } else if (picture_ == position.request_id) {
        gate_.positions().add_to_picture(position);
    }
}

void RiskDesk::take(const core::QueryDone& done) {
    if (done.kind == QueryKind::Positions && picture_ == done.request_id) {
        picture_.reset();
        const bool is_complete = done.reason == Reason::None;
        if (is_complete) positions_heard_ = parts_.clock.monotonic();
        gate_.positions().end_picture(is_complete);
        flattener_.positions_told(is_complete);
    }
    if (done.request_id != 0) return;
    if (done.kind == QueryKind::AccountSummary) summary_.is_open = false;
    if (done.kind == QueryKind::Instruments) {
        instruments_.is_open = false;
        if (done.reason == Reason::None) instruments_heard_ = parts_.clock.monotonic();
    }
    if (done.kind == QueryKind::ConversionRates) rates_.is_open = false;
}

void RiskDesk::book(const core::Applied& applied, const core::ExecutionReport& report) {
    gate_.book(applied, report.last_px, parts_.clock.monotonic());
}

void RiskDesk::disconnected() {
    summary_.is_open = instruments_.is_open = rates_.is_open = false;
    if (picture_) gate_.positions().end_picture(false);
    picture_.reset();
    flattener_.disconnected();
}

// ---- time

void RiskDesk::tell_past() {
    if (std::exchange(is_past_told_, true)) return;
    const Reason tripped = settings_.remembered.guard.tripped;
    if (settings_.remembered.is_killed) {
        tell(Reason::KillSwitchOn, LogLevel::Error, "the kill switch is on since before the start");
    }
    if (tripped != Reason::None) {
        tell(tripped, LogLevel::Error, "the loss guard tripped before the start");
    }
}

void RiskDesk::on_tick() {
    tell_past();
    if (core::LossGuard* const guard = gate_.guard()) {
        if (guard->on_time(parts_.clock.utc())) {
            tell(Reason::None, LogLevel::Info, "a new trading day: the daily loss counts anew");
        }
    }
    if (parts_.status.state.load(std::memory_order_relaxed) == AccountState::Ready) {
        ask_what_is_due();
        flattener_.on_tick();
    }
    const bool is_memory_due = parts_.clock.monotonic() - kept_at_ >= kRememberEvery;
    if (is_memory_due) remember();
    publish();
}

void RiskDesk::ask_what_is_due() {
    const core::MonotonicTime now = parts_.clock.monotonic();
    const auto is_due = [now](core::MonotonicTime last, core::Duration every) {
        return last == core::MonotonicTime{} || now - last >= every;
    };
    const bool wants_summary = gate_.guard() != nullptr || gate_.margin() != nullptr;
    if (wants_summary && is_due(summary_heard_, settings_.poll) &&
        is_due(summary_.asked, settings_.poll)) {
        ask(QueryKind::AccountSummary, summary_);
    }
    const core::MarginCheck* const margin = gate_.margin();
    if (margin != nullptr && is_due(instruments_heard_, kInstrumentsEvery) &&
        is_due(instruments_.asked, kInstrumentsAgain)) {
        ask(QueryKind::Instruments, instruments_);
    }
    if (margin != nullptr && margin->needs_conversion() && is_due(rates_.asked, settings_.poll)) {
        ask(QueryKind::ConversionRates, rates_);
    }
    if (settings_.rules.max_open_positions && !picture_ &&
        settings_.queries.contains(QueryKind::Positions) &&
        is_due(positions_heard_, kPositionsEvery)) {
        positions_heard_ = now;
        (void)parts_.ask_positions();
    }
}

void RiskDesk::ask(QueryKind kind, Question& question) {
    const core::MonotonicTime now = parts_.clock.monotonic();
    const bool is_awaited = question.is_open && now - question.asked < kQuestionLost;
    if (is_awaited || !settings_.queries.contains(kind)) return;
    core::Query query;
    query.kind = kind;
    question.asked = now;
    question.is_open = true;  // before: its end may come from inside
    if (const auto asked = parts_.ask(query); !asked) {
        question.is_open = false;
        parts_.log.write(LogLevel::Warning, "risk-request",
                         "text=\"" + asked.error().detail + "\"");
    }
}

// ---- what outlives the process

void RiskDesk::remember() {
    if (settings_.memory.empty()) return;
    RiskMemory memory{kept_.guard, gate_.is_killed()};
    if (const core::LossGuard* const guard = gate_.guard()) memory.guard = guard->state();
    kept_at_ = parts_.clock.monotonic();
    if (memory == kept_) return;
    const auto saved = save_risk_memory(settings_.memory, memory);
    if (saved) {
        kept_ = memory;
    } else if (!is_memory_broken_) {
        tell(saved.error().reason, LogLevel::Error, saved.error().detail);
    }
    is_memory_broken_ = !saved;
}

void RiskDesk::publish() {
    RiskStatus fresh;
    fresh.is_killed = gate_.is_killed();
    fresh.is_flattening = flattener_.is_running();
    core::MonotonicTime heard;
    if (const core::LossGuard* const guard = gate_.guard()) {
        fresh.has_guard = true;
        fresh.guard_reason = guard->state().tripped;
        fresh.equity = guard->equity();
        fresh.day_start_equity = guard->state().day_start_equity;
        fresh.high_water_mark = guard->state().high_water_mark;
        fresh.daily_loss = guard->loss_of_day();
        fresh.drawdown = guard->drawdown();
        heard = guard->heard();
    }
    if (const auto count = gate_.positions().count()) fresh.open_positions = *count;
    const std::lock_guard lock{mutex_};
    published_ = fresh;
    published_heard_ = heard;
}

RiskStatus RiskDesk::status() const {
    const core::MonotonicTime now = parts_.clock.monotonic();
    const std::lock_guard lock{mutex_};
    RiskStatus status = published_;
    if (published_heard_ != core::MonotonicTime{}) status.data_age = now - published_heard_;
    return status;
}

}  // namespace broker::account
