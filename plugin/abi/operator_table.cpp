// broker.operator/1.
#include "broker/abi/ext/operator.h"

#include <algorithm>

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

core::Result<OperatorCommand> read_operator_command(const broker_operator_command_t& record,
                                                    Kind kind) {
    OperatorCommand command;
    command.kind = kind;
    command.request_id = record.request_id;
    FieldReader read;
    read.require_zero(record.must_be_zero);
    read.require(record.request_id != 0, "request_id", "not 0");
    const auto why = core::FixedString<BROKER_OPERATOR_WHY_MAX>::from(view(record.why));
    read.require(why && !why->empty() && is_quotable(why->view()), "why",
                 "1 to 160 characters of printable ASCII without '\"': who wants it and why");
    if (why) command.why = *why;
    return read.finish(command);
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

}  // namespace

const void* operator_table() {
    static const broker_operator_t table{&post<Kind::Pause>, &post<Kind::Drain>,
                                         &post<Kind::Resume>, &post<Kind::Reconnect>, &read};
    return &table;
}

}  // namespace broker::abi
