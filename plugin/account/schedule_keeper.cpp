#include "account/schedule_keeper.hpp"

#include <utility>

#include "schedule/schedule_text.hpp"

namespace broker::account {
namespace {

using core::Reason;
using schedule::UtcSeconds;

UtcSeconds seconds_of(core::UtcTime time) { return std::chrono::floor<std::chrono::seconds>(time); }

// How long an answer without a next change is believed.
constexpr std::chrono::hours kNoChange{24};

}  // namespace

ScheduleKeeper::ScheduleKeeper(std::optional<ScheduleSettings> settings, std::uint64_t seed)
    : settings_{std::move(settings)}, random_{seed} {}

bool ScheduleKeeper::begin(core::Instant now) {
    if (!settings_) return true;
    if (!is_wanted(now.utc)) return false;
    phase_ = Phase::Up;
    look_for_reset(now.utc);
    return true;
}

std::optional<ScheduleStep> ScheduleKeeper::next_step(core::Instant now) {
    if (!settings_ || phase_ == Phase::LoggingOut) return std::nullopt;
    const bool is_set_back = now.utc < last_utc_;
    if (is_set_back && phase_ == Phase::Up) look_for_reset(now.utc);
    last_utc_ = now.utc;
    const bool is_wanted_now = is_wanted(now.utc);
    if (phase_ == Phase::Up) {
        if (!is_wanted_now)
            return close(Reason::ScheduleClosed, "the schedule closes: logging out");
        if (!next_reset_ || now.utc < *next_reset_) return std::nullopt;
        look_for_reset(now.utc);
        return close(Reason::ScheduleReset,
                     "the schedule resets the sequence numbers: logging out");
    }
    if (!is_wanted_now) {
        open_at_.reset();
        if (close_reason_ == Reason::ScheduleClosed) return std::nullopt;
        close_reason_ = Reason::ScheduleClosed;
        return ScheduleStep{ScheduleStep::Kind::StayClosed, Reason::ScheduleClosed, {}};
    }
    if (!open_at_) open_at_ = now.monotonic + jitter();
    if (now.monotonic < *open_at_) return std::nullopt;
    open_at_.reset();
    phase_ = Phase::Up;
    look_for_reset(now.utc);
    return ScheduleStep{ScheduleStep::Kind::Open, Reason::Started, {}};
}

ScheduleStep ScheduleKeeper::close(Reason reason, std::string text) {
    phase_ = Phase::LoggingOut;
    close_reason_ = reason;
    return {ScheduleStep::Kind::Close, reason, std::move(text)};
}

bool ScheduleKeeper::is_wanted(core::UtcTime now) {
    const UtcSeconds second = seconds_of(now);
    if (second < known_from_ || second >= known_until_) look_up(second);
    return is_wanted_;
}

void ScheduleKeeper::look_up(UtcSeconds now) {
    const auto change = settings_->schedule.next_change(now);
    const bool is_open = settings_->schedule.is_open(now);
    const UtcSeconds end = change ? change->at : now + kNoChange;
    const UtcSeconds last_call =
        end - std::chrono::ceil<std::chrono::seconds>(settings_->logout_before_close);
    is_wanted_ = is_open && (!change || now < last_call);
    known_from_ = now;
    known_until_ = is_wanted_ && change ? last_call : end;
}

void ScheduleKeeper::look_for_reset(core::UtcTime now) {
    next_reset_ = settings_->schedule.next_reset(seconds_of(now));
}

core::Duration ScheduleKeeper::jitter() {
    const auto most = settings_->logon_jitter.count();
    return core::Duration{std::uniform_int_distribution<core::Duration::rep>{0, most}(random_)};
}

std::string ScheduleKeeper::next_opening(core::UtcTime now) const {
    return settings_ ? schedule::next_opening_text(settings_->schedule, seconds_of(now)) : "";
}

}  // namespace broker::account
