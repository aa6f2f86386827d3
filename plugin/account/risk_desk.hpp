// Watches an account's losses, keeps the data of its checks fresh, and acts when a rule is broken.
#pragma once

#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "account/account_events.hpp"
#include "account/flattener.hpp"
#include "account/risk_gate.hpp"
#include "account/risk_memory.hpp"

namespace broker::account {

struct RiskSettings {
    RiskRules rules;
    bool flattens = false;  // when the guard trips
    FlattenRules flatten;
    core::Duration poll = std::chrono::seconds{1};  // of equity and margin, unless they come anyway
    core::EnumSet<core::QueryKind> queries;         // what the account's channels can be asked
    RiskMemory remembered;
    std::filesystem::path memory;                   // where it is kept; empty: nowhere
    std::function<core::ClOrdID()> next_cl_ord_id;  // of the adapter's own orders
};

// A person's word. From the host, or from an operator by it.
struct RiskCommand {
    enum class Kind : std::uint8_t { KillSwitchOn, KillSwitchOff, Flatten, ResetGuard };
    Kind kind = Kind::Flatten;
    bool flattens = false;  // of KillSwitchOn
};

// What other threads may read. Absent: not configured, or not known yet.
struct RiskStatus {
    bool is_killed = false;
    bool has_guard = false;
    bool is_flattening = false;
    core::Reason guard_reason = core::Reason::None;
    std::optional<core::Decimal> equity;
    std::optional<core::Decimal> day_start_equity;
    std::optional<core::Decimal> high_water_mark;
    std::optional<core::Decimal> daily_loss;
    std::optional<core::Decimal> drawdown;
    std::optional<std::uint64_t> open_positions;
    std::optional<core::Duration> data_age;  // of the equity
};

struct RiskDeskParts {
    const core::Clock& clock;
    AccountEvents& events;
    AccountLog& log;
    const AccountStatus& status;
    OrderFlow& orders;
    std::function<core::Result<void>(const core::Query&)> ask;
    std::function<core::Result<void>()> ask_positions;
};

// Owned by the coordinator. [event-thread]
class RiskDesk {
public:
    RiskDesk(RiskSettings settings, RiskDeskParts parts);

    [[nodiscard]] RiskGate& gate() { return gate_; }

    void execute(const RiskCommand& command);

    // -- what the channels tell
    void take(const core::AccountSummary& summary);
    void take(const core::ConversionRate& rate);
    void take(const core::Quote& quote);
    // True if it answers a question of the desk alone: the host did not ask.
    [[nodiscard]] bool take(const core::Instrument& instrument);
    void take(const core::PositionReport& position);
    void begin_picture(std::uint64_t request_id);
    void take(const core::QueryDone& done);
    void book(const core::Applied& applied, const core::ExecutionReport& report);
    void disconnected();

    void on_tick();

    // [any-thread]
    [[nodiscard]] RiskStatus status() const;

private:
    struct Question {
        bool is_open = false;
        core::MonotonicTime asked;
    };
    void tell_past();
    void ask_what_is_due();
    void ask(core::QueryKind kind, Question& question);
    void tell(core::Reason reason, core::LogLevel level, std::string_view text);
    void take_equity(const core::Decimal& equity);
    void set_kill_switch(bool is_on, bool flattens);
    void reset_guard();
    void remember();
    void publish();

    RiskSettings settings_;
    RiskDeskParts parts_;
    RiskGate gate_;
    Flattener flattener_;
    Question summary_;
    Question instruments_;
    Question rates_;
    std::optional<std::uint64_t> picture_;  // the question that makes the picture under way
    core::MonotonicTime positions_heard_;
    core::MonotonicTime summary_heard_;  // one with all that the checks need
    core::MonotonicTime instruments_heard_;
    RiskMemory kept_;
    core::MonotonicTime kept_at_;
    bool is_memory_broken_ = false;
    bool is_past_told_ = false;  // what was remembered of the last process
    mutable std::mutex mutex_;   // guards published_, which other threads read
    RiskStatus published_;
    core::MonotonicTime published_heard_;
};

}  // namespace broker::account
