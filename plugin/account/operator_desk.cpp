#include "account/operator_desk.hpp"

#include <utility>

namespace broker::account {
namespace {

using core::LogLevel;
using core::Reason;

constexpr std::string_view kStopping = "the account is stopping";
constexpr std::string_view kUnderWay = "another command is under way";
constexpr std::string_view kReplaced = "a later command takes its place";

std::string_view name_of(OperatorCommand::Kind kind) {
    switch (kind) {
        case OperatorCommand::Kind::Pause:
            return "pause";
        case OperatorCommand::Kind::Drain:
            return "drain";
        case OperatorCommand::Kind::Resume:
            return "resume";
        case OperatorCommand::Kind::Reconnect:
            return "reconnect";
        case OperatorCommand::Kind::SetSequenceNumbers:
            return "set_sequence_numbers";
        case OperatorCommand::Kind::ResetSequenceNumbers:
            return "reset_sequence_numbers";
        case OperatorCommand::Kind::FailOver:
            return "fail_over";
    }
    return "unknown";
}

std::string text_of(std::string_view what, const OperatorCommand& command) {
    return std::string{what} + " by the operator: " + std::string{command.why.view()};
}

}  // namespace

void OperatorDesk::execute(const OperatorCommand& command) {
    note(command, "");
    if (is_stopped_) {
        return answer(command.request_id, Reason::AccountNotReady, kStopping);
    }
    switch (command.kind) {
        case OperatorCommand::Kind::Pause:
            return pause(command);
        case OperatorCommand::Kind::Drain:
            return drain(command);
        case OperatorCommand::Kind::Resume:
            return resume(command);
        case OperatorCommand::Kind::Reconnect:
            return reconnect(command);
        case OperatorCommand::Kind::SetSequenceNumbers:
        case OperatorCommand::Kind::ResetSequenceNumbers:
            return command.channel == core::Channel::FixTrading ? change_numbers(command)
                                                                : change_numbers_beside(command);
        case OperatorCommand::Kind::FailOver:
            return fail_over(command);
    }
}

void OperatorDesk::carry_over(OperatorStatus held) {
    if (held.is_draining) {
        is_draining_ = true;
        parts_.orders.refuse_new("draining by the operator since before the configuration changed");
    }
    if (!held.is_paused) return;
    is_paused_ = true;
    is_logged_out_ = true;
    pause_text_ = "paused by the operator since before the configuration changed";
    parts_.orders.set_hold(Reason::AccountNotReady, pause_text_);
    parts_.enter(AccountState::Suspended, Reason::Operator, pause_text_);
}

// For log and journal.
void OperatorDesk::note(const OperatorCommand& command, std::string_view figures) {
    const std::string_view action = name_of(command.kind);
    std::string text = "request_id=" + std::to_string(command.request_id);
    if (!figures.empty()) text.append(" ").append(figures);
    parts_.log.write(LogLevel::Warning, "operator",
                     "action=" + std::string{action} + " " + text + " why=\"" +
                         std::string{command.why.view()} + "\"");
    parts_.orders.record({command.why.view(), action, text});
}

void OperatorDesk::pause(const OperatorCommand& command) {
    if (is_logged_out_) return answer(command.request_id, Reason::None, "paused already");
    if (waiting_) answer(*waiting_, Reason::None, kReplaced);
    waiting_ = command.request_id;
    pause_text_ = text_of("paused", command);
    if (!is_paused_.exchange(true)) {
        parts_.enter(AccountState::Draining, Reason::Operator, pause_text_);
    }
    log_out(pause_text_);
}

void OperatorDesk::drain(const OperatorCommand& command) {
    if (!is_draining_) {
        is_draining_ = true;
        parts_.orders.refuse_new(text_of("draining", command));
        tell(Reason::Operator, text_of("draining", command));
    }
    answer(command.request_id, Reason::None, "draining: cancels alone go out");
}

void OperatorDesk::resume(const OperatorCommand& command) {
    if (!is_paused_ && !is_draining_) {
        return answer(command.request_id, Reason::None, "nothing holds the account");
    }
    const std::string text = text_of("resumed", command);
    if (is_draining_.exchange(false)) {
        parts_.orders.refuse_new({});
        if (!is_paused_) tell(Reason::Operator, text);
    }
    std::string_view outcome = "resumed";
    if (is_paused_.exchange(false)) {
        // A logout under way goes on; its end sees that nothing holds the account.
        if (waiting_) answer(*std::exchange(waiting_, std::nullopt), Reason::None, kReplaced);
        if (std::exchange(is_logged_out_, false)) outcome = log_on(text);
    }
    answer(command.request_id, Reason::None, outcome);
}

void OperatorDesk::reconnect(const OperatorCommand& command) {
    if (is_paused_) {
        return answer(command.request_id, Reason::AccountNotReady, "the account is paused: resume");
    }
    if (waiting_) answer(*waiting_, Reason::None, kReplaced);
    waiting_ = command.request_id;
    log_out(text_of("reconnected", command));
}

void OperatorDesk::log_out(const std::string& text) {
    if (std::exchange(is_logging_out_, true)) return;
    parts_.log_out(text);
}

std::string_view OperatorDesk::log_on(std::string_view text) {
    return parts_.log_on(text) ? "connecting" : "outside its schedule: it connects at the opening";
}

void OperatorDesk::logged_out() {
    if (!std::exchange(is_logging_out_, false)) return;
    const auto command = std::exchange(waiting_, std::nullopt);
    if (is_stopped_) {
        if (command) answer(*command, Reason::AccountNotReady, kStopping);
        if (change_) answer(change_->request_id, Reason::AccountNotReady, kStopping);
        change_.reset();
        return;
    }
    if (change_) apply_numbers(*std::exchange(change_, std::nullopt));
    std::string_view outcome = "paused";
    if (is_paused_) {
        is_logged_out_ = true;
        parts_.orders.set_hold(Reason::AccountNotReady, pause_text_);
        parts_.enter(AccountState::Suspended, Reason::Operator, pause_text_);
    } else {
        outcome = log_on("logged out by the operator: logging on again");
    }
    if (command) answer(*command, Reason::None, outcome);
}

// ---- sequence numbers and hosts

// Numbers change while the session is logged out; then it is as it was.
void OperatorDesk::change_numbers(const OperatorCommand& command) {
    if (is_logged_out_) return apply_numbers(command);
    if (change_ || is_logging_out_) {
        return answer(command.request_id, Reason::AccountNotReady, kUnderWay);
    }
    change_ = command;
    log_out(text_of("logged out to change its sequence numbers", command));
}

void OperatorDesk::change_numbers_beside(const OperatorCommand& command) {
    if (change_beside_) return answer(command.request_id, Reason::AccountNotReady, kUnderWay);
    change_beside_ = command;
    const std::string text = text_of("logged out to change its sequence numbers", command);
    parts_.session(command.channel)->stop(text, [this] {
        const auto change = std::exchange(change_beside_, std::nullopt);
        if (is_stopped_) {
            return answer(change->request_id, Reason::AccountNotReady, kStopping);
        }
        apply_numbers(*change);
        if (parts_.is_open()) parts_.session(change->channel)->start();
    });
}

void OperatorDesk::apply_numbers(const OperatorCommand& command) {
    dxtrade::SessionControl& session = *parts_.session(command.channel)->session();
    if (command.kind == OperatorCommand::Kind::ResetSequenceNumbers) {
        session.reset_on_next_logon();
        return answer(command.request_id, Reason::None, "both begin at 1 at the next logon");
    }
    const dxtrade::SequenceNumbers before = session.sequence_numbers();
    dxtrade::SequenceNumbers numbers = before;
    if (command.next_sender != 0) numbers.next_sender = command.next_sender;
    if (command.next_target != 0) numbers.next_target = command.next_target;
    if (const auto set = session.set_sequence_numbers(numbers); !set) {
        return answer(command.request_id, set.error().reason, set.error().detail);
    }
    // What the venue says of a number from here on is not about a request that had it before.
    if (command.channel == core::Channel::FixTrading) parts_.orders.sequence_reset();
    const auto change = [](core::MsgSeqNum from, core::MsgSeqNum to) {
        return std::to_string(from) + "->" + std::to_string(to);
    };
    const std::string text =
        "next_sender_msg_seq_num=" + change(before.next_sender, numbers.next_sender) +
        " next_target_msg_seq_num=" + change(before.next_target, numbers.next_target);
    note(command, text);
    answer(command.request_id, Reason::None, text);
}

void OperatorDesk::fail_over(const OperatorCommand& command) {
    dxtrade::SessionControl& session = *parts_.session(command.channel)->session();
    const auto moved = session.fail_over(command.host.view(), text_of("moved", command));
    if (!moved) return answer(command.request_id, moved.error().reason, moved.error().detail);
    answer(command.request_id, Reason::None, "goes to that host");
}

// News that leave the account's state as it is.
void OperatorDesk::tell(Reason reason, std::string_view text) {
    const AccountState state = parts_.status.state.load(std::memory_order_relaxed);
    parts_.events.on_session({state, state, reason, text, {}, core::Duration{-1}});
}

void OperatorDesk::answer(std::uint64_t request_id, Reason reason, std::string_view text) {
    parts_.events.on_query_done({core::QueryKind::Unspecified, request_id, 0, reason, text});
}

}  // namespace broker::account
