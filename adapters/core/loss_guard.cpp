#include "core/loss_guard.hpp"

#include <algorithm>

namespace broker::core {
namespace {

// Whether `loss` reaches `percent` of `from`. What cannot be computed exactly counts as reached.
bool reaches_percent(const Decimal& loss, const Decimal& percent, const Decimal& from) {
    const auto scaled = loss.times(Decimal::from(100, 0).value());
    const auto allowed = from.times(percent);
    return !scaled || !allowed || *scaled >= *allowed;
}

std::optional<Decimal> difference(const std::optional<Decimal>& a,
                                  const std::optional<Decimal>& b) {
    return a && b ? a->minus(*b) : std::nullopt;
}

}  // namespace

LossGuard::LossGuard(LossGuardRules rules, const LossGuardState& remembered)
    : rules_{rules}, state_{remembered} {}

std::int64_t LossGuard::day_of(UtcTime time) const {
    return std::chrono::floor<std::chrono::days>(time - rules_.day_starts_at)
        .time_since_epoch()
        .count();
}

void LossGuard::enter_day(std::int64_t day) {
    state_.day = day;
    state_.day_start_equity.reset();
    if (state_.tripped == Reason::DailyLossReached) state_.tripped = Reason::None;
}

bool LossGuard::on_time(UtcTime now) {
    const std::int64_t day = day_of(now);
    if (day <= state_.day) return false;  // a clock that is set back starts no day
    const bool was_tripped = state_.tripped == Reason::DailyLossReached;
    enter_day(day);
    return was_tripped;
}

std::optional<Reason> LossGuard::take_equity(const Decimal& equity, Instant now) {
    (void)on_time(now.utc);
    equity_ = equity;
    heard_ = now.monotonic;
    if (!state_.day_start_equity) state_.day_start_equity = equity;
    if (!state_.initial_equity) state_.initial_equity = equity;
    state_.high_water_mark = std::max(state_.high_water_mark.value_or(equity), equity);
    if (state_.tripped == Reason::DrawdownReached) return std::nullopt;
    // The drawdown holds longer: it takes the place of the day's loss.
    if (trip_if(Reason::DrawdownReached, drawdown(), drawdown_from(), rules_.max_drawdown,
                rules_.max_drawdown_percent)) {
        return state_.tripped;
    }
    if (state_.tripped == Reason::None &&
        trip_if(Reason::DailyLossReached, loss_of_day(), state_.day_start_equity, rules_.daily_loss,
                rules_.daily_loss_percent)) {
        return state_.tripped;
    }
    return std::nullopt;
}

bool LossGuard::trip_if(Reason reason, const std::optional<Decimal>& loss,
                        const std::optional<Decimal>& from, const std::optional<Decimal>& limit,
                        const std::optional<Decimal>& percent) {
    if (!limit && !percent) return false;
    // A loss out of range is one that nobody can vouch for.
    const bool by_money = limit && (!loss || *loss >= *limit);
    const bool by_percent = percent && (!loss || !from || reaches_percent(*loss, *percent, *from));
    if (!by_money && !by_percent) return false;
    state_.tripped = reason;
    text_ = "equity " + equity_->to_string() + " is " + (loss ? loss->to_string() : "far") +
            " below " + (from ? from->to_string() : "?") + ", the limit is " +
            (by_money ? limit->to_string() : percent->to_string() + "%");
    return true;
}

Result<void> LossGuard::check(Instant now) const {
    const bool is_new_day = day_of(now.utc) > state_.day;
    const bool holds = state_.tripped == Reason::DrawdownReached ||
                       (state_.tripped != Reason::None && !is_new_day);
    if (holds) {
        return fail(state_.tripped, text_.empty() ? "tripped before the adapter's start" : text_);
    }
    if (is_new_day || !equity_ || !state_.day_start_equity) {
        return fail(Reason::EquityUnknown, "no equity of this trading day has been heard");
    }
    const Duration age = now.monotonic - heard_;
    if (age <= rules_.max_age) return {};
    return fail(Reason::EquityUnknown,
                "the last equity is " + std::to_string(age / std::chrono::milliseconds{1}) +
                    " ms old, max_age_ms is " +
                    std::to_string(rules_.max_age / std::chrono::milliseconds{1}));
}

void LossGuard::reset() {
    state_.tripped = Reason::None;
    state_.day_start_equity.reset();
    state_.initial_equity.reset();
    state_.high_water_mark.reset();
    state_.is_reset = true;
    text_.clear();
}

std::optional<Decimal> LossGuard::drawdown_from() const {
    if (rules_.is_trailing) return state_.high_water_mark;
    return rules_.initial_equity && !state_.is_reset ? rules_.initial_equity
                                                     : state_.initial_equity;
}

std::optional<Decimal> LossGuard::loss_of_day() const {
    return difference(state_.day_start_equity, equity_);
}

std::optional<Decimal> LossGuard::drawdown() const { return difference(drawdown_from(), equity_); }

}  // namespace broker::core
