// broker.operator/1.
#include "broker/abi/ext/operator.h"

#include <algorithm>
#include <string>

#include "abi/abi_records.hpp"
#include "abi/adapter_object.hpp"
#include "abi/field_reader.hpp"
#include "abi/record.hpp"
#include "abi/released_sizes.hpp"
#include "account/operator_desk.hpp"

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

// What both kinds of records have.
template <class Record>
void read_who(const Record& record, OperatorCommand& command, FieldReader& read) {
    command.request_id = record.request_id;
    read.require(record.request_id != 0, "request_id", "not 0");
    const auto why = core::FixedString<BROKER_OPERATOR_WHY_MAX>::from(view(record.why));
    read.require(why && !why->empty() && is_quotable(why->view()), "why",
                 "1 to 160 characters of printable ASCII without '\"': who wants it and why");
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
        return with_account(adapter, view(known->account), error, [&](std::uint32_t index) {
            const auto command = read_operator_command(*known, kKind);
            if (!command) return refuse(error, command.error());
            const config::AccountSettings& settings = adapter->runtime->accounts()[index];
            if (needs_session(kKind) && settings.order_entry == config::OrderEntry::Rest) {
                return refuse(error, core::fail(core::Reason::ChannelNotConfigured,
                                                "account " + settings.id +
                                                    " trades over REST, which has no session to "
                                                    "log out: drain it"));
            }
            return status_from(adapter->runtime->post(index, *command), error);
        });
    });
}

broker_status_t BROKER_CALL read(const broker_adapter_t* adapter, broker_str_t account,
                                 broker_operator_status_t* status, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_account(adapter, view(account), error, [&](std::uint32_t index) {
            const account::OperatorStatus found = adapter->runtime->operator_status(index);
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
        return with_account(adapter, view(known->account), error, [&](std::uint32_t index) {
            const auto command = read_session_command(*known, kKind);
            if (!command) return refuse(error, command.error());
            const auto& settings = adapter->runtime->accounts()[index];
            if (const auto has = check_has_session(settings, known->channel); !has) {
                return refuse(error, has.error());
            }
            return status_from(adapter->runtime->post(index, *command), error);
        });
    });
}

broker_status_t BROKER_CALL read_sequence_numbers(const broker_adapter_t* adapter,
                                                  broker_str_t account, broker_channel_t channel,
                                                  broker_sequence_numbers_t* numbers,
                                                  broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_account(adapter, view(account), error, [&](std::uint32_t index) {
            const auto& settings = adapter->runtime->accounts()[index];
            if (const auto has = check_has_session(settings, channel); !has) {
                return refuse(error, has.error());
            }
            const account::AccountStatus& status = adapter->runtime->status(index);
            const account::PublishedNumbers& found = channel == BROKER_CHANNEL_FIX_TRADING
                                                         ? status.trading_numbers
                                                         : status.drop_copy_numbers;
            broker_sequence_numbers_t answer{};
            answer.next_sender_msg_seq_num = found.next_sender.load(std::memory_order_relaxed);
            answer.next_target_msg_seq_num = found.next_target.load(std::memory_order_relaxed);
            return status_from(
                write_answer(answer, numbers, kReleasedSize<broker_sequence_numbers_t>), error);
        });
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
                                         &post_to_session<Kind::FailOver>};
    return &table;
}

}  // namespace broker::abi
