#include "account/operator_desk.hpp"

#include <utility>

namespace broker::account {
namespace {

using core::LogLevel;
using core::Reason;

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
    }
    return "unknown";
}

std::string text_of(std::string_view what, const OperatorCommand& command) {
    return std::string{what} + " by the operator: " + std::string{command.why.view()};
}

}  // namespace

void OperatorDesk::execute(const OperatorCommand& command) {
    parts_.log.write(LogLevel::Warning, "operator",
                     "action=" + std::string{name_of(command.kind)} +
                         " request_id=" + std::to_string(command.request_id) + " why=\"" +
                         std::string{command.why.view()} + "\"");
    if (is_stopped_) {
        return answer(command.request_id, Reason::AccountNotReady, "the account is stopping");
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
    }
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
        if (command) answer(*command, Reason::AccountNotReady, "the account is stopping");
        return;
    }
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

// News that leave the account's state as it is.
void OperatorDesk::tell(Reason reason, std::string_view text) {
    const AccountState state = parts_.status.state.load(std::memory_order_relaxed);
    parts_.events.on_session({state, state, reason, text, {}, core::Duration{-1}});
}

void OperatorDesk::answer(std::uint64_t request_id, Reason reason, std::string_view text) {
    parts_.events.on_query_done({core::QueryKind::Unspecified, request_id, 0, reason, text});
}

}  // namespace broker::account
