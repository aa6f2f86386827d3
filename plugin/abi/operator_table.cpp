// broker.operator/1.
#include "broker/abi/ext/operator.h"

#include <algorithm>
#include <string>

#include "abi/abi_records.hpp"
#include "abi/adapter_object.hpp"
#include "abi/field_reader.hpp"
#include "abi/host_config.hpp"
#include "abi/lifecycle_call.hpp"
#include "abi/record.hpp"
#include "abi/released_sizes.hpp"
#include "account/operator_desk.hpp"
#include "config/yaml_reader.hpp"

namespace broker::abi {
namespace {

using account::OperatorCommand;
using Kind = OperatorCommand::Kind;

static_assert(decltype(OperatorCommand::why)::kCapacity == BROKER_OPERATOR_WHY_MAX);

// It stands in log lines between quotation marks.
bool is_quotable(std::string_view text) {
    return std::all_of(text.begin(), text.end(),
                       [](char c) { return c >= ' ' && c <= '~' && c != '"'; });
}

bool is_why(std::string_view text) {
    return !text.empty() && text.size() <= BROKER_OPERATOR_WHY_MAX && is_quotable(text);
}

constexpr std::string_view kWhyExpected =
    "1 to 160 characters of printable ASCII without '\"': who wants it and why";

// What both kinds of records have.
template <class Record>
void read_who(const Record& record, OperatorCommand& command, FieldReader& read) {
    command.request_id = record.request_id;
    read.require(record.request_id != 0, "request_id", "not 0");
    read.require(is_why(view(record.why)), "why", kWhyExpected);
    const auto why = core::FixedString<BROKER_OPERATOR_WHY_MAX>::from(view(record.why));
    if (why) command.why = *why;
}

core::Result<OperatorCommand> read_operator_command(const broker_operator_command_t& record,
                                                    Kind kind) {
    OperatorCommand command;
    command.kind = kind;
    FieldReader read;
    read.require_zero(record.must_be_zero);
    read_who(record, command, read);
    return read.finish(command);
}

core::Result<OperatorCommand> read_session_command(const broker_session_command_t& record,
                                                   Kind kind) {
    OperatorCommand command;
    command.kind = kind;
    FieldReader read;
    read_who(record, command, read);
    command.channel = static_cast<core::Channel>(record.channel);
    if (kind == Kind::SetSequenceNumbers) {
        command.next_sender = record.next_sender_msg_seq_num;
        command.next_target = record.next_target_msg_seq_num;
        read.require(command.next_sender != 0 || command.next_target != 0,
                     "next_sender_msg_seq_num", "this or next_target_msg_seq_num not 0");
    }
    if (kind == Kind::FailOver) {
        const auto host = decltype(command.host)::from(view(record.host));
        read.require(host && is_quotable(host->view()), "host",
                     "at most 255 characters of printable ASCII, host:port");
        if (host) command.host = *host;
    }
    return read.finish(command);
}

core::Result<void> check_has_session(const config::AccountSettings& account,
                                     broker_channel_t channel) {
    const bool is_trading =
        channel == BROKER_CHANNEL_FIX_TRADING && account.order_entry == config::OrderEntry::Fix;
    const bool is_drop_copy = channel == BROKER_CHANNEL_FIX_DROP_COPY && account.drop_copy;
    if (is_trading || is_drop_copy) return {};
    return core::fail(core::Reason::ChannelNotConfigured,
                      "account " + account.id + " has no FIX session for channel " +
                          std::to_string(channel) + ": FIX_TRADING or FIX_DROP_COPY expected");
}

bool needs_session(Kind kind) { return kind == Kind::Pause || kind == Kind::Reconnect; }

template <Kind kKind>
broker_status_t BROKER_CALL post(broker_adapter_t* adapter, const broker_operator_command_t* record,
                                 broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        const auto known = read_command(record, kReleasedSize<broker_operator_command_t>);
        if (!known) return refuse(error, known.error());
        return with_account(
            adapter, view(known->account), error, [&](const runtime::Account& found) {
                const auto command = read_operator_command(*known, kKind);
                if (!command) return refuse(error, command.error());
                const config::AccountSettings& settings = found.settings;
                if (needs_session(kKind) && settings.order_entry == config::OrderEntry::Rest) {
                    return refuse(error,
                                  core::fail(core::Reason::ChannelNotConfigured,
                                             "account " + settings.id +
                                                 " trades over REST, which has no session to "
                                                 "log out: drain it"));
                }
                return status_from(adapter->runtime->post(found, *command), error);
            });
    });
}

broker_status_t BROKER_CALL read(const broker_adapter_t* adapter, broker_str_t account,
                                 broker_operator_status_t* status, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_any_account(adapter, view(account), error, [&](const runtime::Account& of) {
            const account::OperatorStatus found = of.operator_status();
            broker_operator_status_t answer{};
            answer.is_paused = found.is_paused ? 1 : 0;
            answer.is_draining = found.is_draining ? 1 : 0;
            return status_from(
                write_answer(answer, status, kReleasedSize<broker_operator_status_t>), error);
        });
    });
}

template <Kind kKind>
broker_status_t BROKER_CALL post_to_session(broker_adapter_t* adapter,
                                            const broker_session_command_t* record,
                                            broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        const auto known = read_command(record, kReleasedSize<broker_session_command_t>);
        if (!known) return refuse(error, known.error());
        return with_account(
            adapter, view(known->account), error, [&](const runtime::Account& found) {
                const auto command = read_session_command(*known, kKind);
                if (!command) return refuse(error, command.error());
                const auto& settings = found.settings;
                if (const auto has = check_has_session(settings, known->channel); !has) {
                    return refuse(error, has.error());
                }
                return status_from(adapter->runtime->post(found, *command), error);
            });
    });
}

broker_status_t BROKER_CALL read_sequence_numbers(const broker_adapter_t* adapter,
                                                  broker_str_t account, broker_channel_t channel,
                                                  broker_sequence_numbers_t* numbers,
                                                  broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_account(adapter, view(account), error, [&](const runtime::Account& found) {
            const auto& settings = found.settings;
            if (const auto has = check_has_session(settings, channel); !has) {
                return refuse(error, has.error());
            }
            const account::AccountStatus& status = found.status();
            const account::PublishedNumbers& kept = channel == BROKER_CHANNEL_FIX_TRADING
                                                        ? status.trading_numbers
                                                        : status.drop_copy_numbers;
            broker_sequence_numbers_t answer{};
            answer.next_sender_msg_seq_num = kept.next_sender.load(std::memory_order_relaxed);
            answer.next_target_msg_seq_num = kept.next_target.load(std::memory_order_relaxed);
            return status_from(
                write_answer(answer, numbers, kReleasedSize<broker_sequence_numbers_t>), error);
        });
    });
}

// Before anything is done: an answer that cannot be given is no reason to have done it.
core::Result<void> check_reload(const broker_reload_command_t& command,
                                broker_reload_result_t* result) {
    FieldReader read;
    read.require_zero(command.must_be_zero);
    read.require(is_why(view(command.why)), "why", kWhyExpected);
    if (const auto checked = read.finish(0); !checked) return checked.error();
    if (result == nullptr) return {};
    return write_answer(broker_reload_result_t{}, result, kReleasedSize<broker_reload_result_t>);
}

broker_reload_result_t answer_of(const runtime::ReloadOutcome& outcome) {
    broker_reload_result_t answer{};
    answer.is_applied = 1;
    answer.added = outcome.added;
    answer.removed = outcome.removed;
    answer.changed = outcome.changed;
    answer.unchanged = outcome.unchanged;
    answer.left_out = outcome.left_out;
    answer.down = outcome.down;
    return answer;
}

broker_status_t BROKER_CALL reload(broker_adapter_t* adapter, const broker_reload_command_t* record,
                                   broker_reload_result_t* result, broker_error_t* error) {
    constexpr auto kStarted = runtime::Adapter::Lifecycle::Started;
    return lifecycle_call(adapter, kStarted, "reload", error, [&]() -> broker_status_t {
        const auto known = read_command(record, kReleasedSize<broker_reload_command_t>);
        if (!known) return refuse(error, known.error());
        if (const auto checked = check_reload(*known, result); !checked) {
            return refuse(error, checked.error());
        }
        if (known->config_path.size == 0) return refuse_no_config(error);
        runtime::Adapter& runtime = *adapter->runtime;
        try {
            const runtime::ReloadOutcome outcome = runtime.reload(
                load_config(known->config_path, &runtime.settings()), view(known->why));
            if (result != nullptr) {
                (void)write_answer(answer_of(outcome), result,
                                   kReleasedSize<broker_reload_result_t>);
            }
            if (outcome.down == 0) return BROKER_OK;
            return write_error(error, BROKER_CONFIGURATION_ERROR, core::Reason::Configuration,
                               outcome.text);
        } catch (const config::ConfigError& e) {
            runtime.log_refused_reload(view(known->why), e.what());
            return write_error(error, BROKER_CONFIGURATION_ERROR, core::Reason::Configuration,
                               e.what());
        }
    });
}

}  // namespace

const void* operator_table() {
    static const broker_operator_t table{&post<Kind::Pause>,
                                         &post<Kind::Drain>,
                                         &post<Kind::Resume>,
                                         &post<Kind::Reconnect>,
                                         &read,
                                         &read_sequence_numbers,
                                         &post_to_session<Kind::SetSequenceNumbers>,
                                         &post_to_session<Kind::ResetSequenceNumbers>,
                                         &post_to_session<Kind::FailOver>,
                                         &reload};
    return &table;
}

}  // namespace broker::abi
