// What a person may do with a running account: pause, drain, resume, reconnect, set sequence
// numbers, go to another host.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>

#include "account/account_events.hpp"
#include "account/account_state.hpp"
#include "account/order_flow.hpp"
#include "core/fixed_string.hpp"
#include "core/ids.hpp"
#include "dxtrade/trading_channel.hpp"

namespace broker::account {

struct OperatorCommand {
    enum class Kind : std::uint8_t {
        Pause,
        Drain,
        Resume,
        Reconnect,
        SetSequenceNumbers,
        ResetSequenceNumbers,
        FailOver,
    };
    Kind kind = Kind::Drain;
    std::uint64_t request_id = 0;
    core::FixedString<160> why;  // who wants it and why

    // Of the last three: FixTrading or FixDropCopy.
    core::Channel channel = core::Channel::FixTrading;
    core::MsgSeqNum next_sender = 0;  // of SetSequenceNumbers; 0: stays as it is
    core::MsgSeqNum next_target = 0;
    core::FixedString<255> host;  // of FailOver: host:port; empty: the next in turn
};

// What other threads may read.
struct OperatorStatus {
    bool is_paused = false;
    bool is_draining = false;
};

struct OperatorDeskParts {
    AccountEvents& events;
    AccountLog& log;
    const AccountStatus& status;
    OrderFlow& orders;
    std::function<void(AccountState, core::Reason, std::string_view)> enter;
    // Logs the trading channel out; OperatorDesk::logged_out() follows. If the schedule logs it out
    // already, that logout counts.
    std::function<void(const std::string&)> log_out;
    // Connects the trading channel, unless its schedule has it logged out: false then.
    std::function<bool(std::string_view)> log_on;
    // The FIX session of that name; null: there is none.
    std::function<dxtrade::Channel*(core::Channel)> session;
    // The FIX sessions are to be up by their schedule.
    std::function<bool()> is_open;
};

// The holds are a set: each keeps the account from trading by itself. They end with the process.
// Pause and Reconnect are for a trading channel that has a session to log out: FIX.
// Owned by the coordinator. [event-thread]
class OperatorDesk {
public:
    explicit OperatorDesk(OperatorDeskParts parts) : parts_{std::move(parts)} {}

    void execute(const OperatorCommand& command);

    // Before the account starts: what held the account whose place it takes goes on.
    void carry_over(OperatorStatus held);

    // The host stops the account: the desk neither logs on nor suspends any more.
    void stopped() { is_stopped_ = true; }

    // A logout that the desk asked for has ended. What follows is what the holds say now, so that
    // a resume on the way counts.
    void logged_out();
    [[nodiscard]] bool is_logging_out() const { return is_logging_out_; }
    // The trading session is out, and stays so until a resume.
    [[nodiscard]] bool holds_session() const { return is_logged_out_; }

    // [any-thread]
    [[nodiscard]] OperatorStatus status() const {
        return {is_paused_.load(std::memory_order_relaxed),
                is_draining_.load(std::memory_order_relaxed)};
    }

private:
    void note(const OperatorCommand& command, std::string_view figures);
    void pause(const OperatorCommand& command);
    void drain(const OperatorCommand& command);
    void resume(const OperatorCommand& command);
    void reconnect(const OperatorCommand& command);
    void change_numbers(const OperatorCommand& command);
    void change_numbers_beside(const OperatorCommand& command);  // of the drop copy session
    void apply_numbers(const OperatorCommand& command);          // and answers
    void fail_over(const OperatorCommand& command);
    void log_out(const std::string& text);
    // What became of it, for the answer to a command.
    [[nodiscard]] std::string_view log_on(std::string_view text);
    void tell(core::Reason reason, std::string_view text);
    void answer(std::uint64_t request_id, core::Reason reason, std::string_view text);

    OperatorDeskParts parts_;
    std::atomic<bool> is_paused_{false};
    std::atomic<bool> is_draining_{false};
    bool is_logging_out_ = false;
    bool is_logged_out_ = false;  // by a pause, and not yet resumed
    bool is_stopped_ = false;
    std::string pause_text_;
    // The command that the logout under way answers. Of several, the last one: the others are
    // answered when it takes their place.
    std::optional<std::uint64_t> waiting_;
    // Changes of numbers that wait for a logout.
    std::optional<OperatorCommand> change_;
    std::optional<OperatorCommand> change_beside_;
};

}  // namespace broker::account
