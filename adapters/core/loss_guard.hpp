// Stops trading before an account's loss rules are broken: a venue or a prop firm closes the
// account for that.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/result.hpp"

namespace broker::core {

struct LossGuardRules {
    std::optional<Decimal> daily_loss = std::nullopt;            // in the account's currency
    std::optional<Decimal> daily_loss_percent = std::nullopt;    // of the equity at the day's start
    std::optional<Decimal> max_drawdown = std::nullopt;          // in the account's currency
    std::optional<Decimal> max_drawdown_percent = std::nullopt;  // of what it is measured from
    bool is_trailing = false;  // drawdown from the highest equity seen; else from the initial one
    std::optional<Decimal> initial_equity = std::nullopt;  // absent: the first equity seen
    Duration day_starts_at{0};                             // after midnight UTC
    Duration max_age = std::chrono::seconds{10};
};

// What is remembered of an account, over restarts too.
struct LossGuardState {
    std::int64_t day = 0;  // of day_start_equity; counted from 1970
    std::optional<Decimal> day_start_equity;
    std::optional<Decimal> initial_equity;  // seen; the rules' own goes before it
    std::optional<Decimal> high_water_mark;
    bool is_reset = false;          // by a person: initial_equity goes before the rules' own
    Reason tripped = Reason::None;  // DailyLossReached, DrawdownReached

    friend bool operator==(const LossGuardState&, const LossGuardState&) = default;
};

// The equity at a day's start is the first one heard in that day. A loss that reaches its limit
// trips the guard: of the day until the next one starts, of the drawdown until a person resets it.
// [event-thread]
class LossGuard {
public:
    explicit LossGuard(LossGuardRules rules, const LossGuardState& remembered = {});

    // The reason if the guard trips by this.
    std::optional<Reason> take_equity(const Decimal& equity, Instant now);
    // True if a new day has started and has released the guard.
    bool on_time(UtcTime now);

    // Errors: DailyLossReached, DrawdownReached while tripped; EquityUnknown if no equity of this
    // day has been heard, or none for longer than max_age.
    [[nodiscard]] Result<void> check(Instant now) const;

    // A person takes the responsibility: the losses so far do not count any more, the next equity
    // is what the day starts with, and the drawdown too.
    void reset();

    [[nodiscard]] const LossGuardState& state() const { return state_; }
    [[nodiscard]] const std::optional<Decimal>& equity() const { return equity_; }
    [[nodiscard]] MonotonicTime heard() const { return heard_; }
    [[nodiscard]] std::optional<Decimal> loss_of_day() const;  // negative: a gain
    [[nodiscard]] std::optional<Decimal> drawdown() const;
    // Why it has tripped, with figures; empty: it has not since the start.
    [[nodiscard]] const std::string& text() const { return text_; }

private:
    [[nodiscard]] std::int64_t day_of(UtcTime time) const;
    [[nodiscard]] std::optional<Decimal> drawdown_from() const;
    void enter_day(std::int64_t day);
    bool trip_if(Reason reason, const std::optional<Decimal>& loss,
                 const std::optional<Decimal>& from, const std::optional<Decimal>& limit,
                 const std::optional<Decimal>& percent);

    LossGuardRules rules_;
    LossGuardState state_;
    std::optional<Decimal> equity_;  // the last one; absent: none of this process
    MonotonicTime heard_;
    std::string text_;
};

}  // namespace broker::core
