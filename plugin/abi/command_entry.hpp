// How a table takes a command of the host: read, checked on the caller's thread as far as that can
// be, and handed to the account's event thread.
#pragma once

#include <string>
#include <type_traits>

#include "abi/adapter_object.hpp"
#include "abi/record.hpp"
#include "abi/released_sizes.hpp"
#include "account/account_commands.hpp"
#include "account/account_state.hpp"
#include "config/settings.hpp"
#include "core/order.hpp"
#include "core/query.hpp"

namespace broker::abi {

// Whether the account takes such commands now. In Ready it takes all; while a FIX session is down,
// REST may take cancels and questions.
enum class CommandKind { Order, Cancel, Question };
[[nodiscard]] core::Result<void> check_takes(const runtime::Adapter& adapter,
                                             const runtime::Account& account, CommandKind kind);

template <class Command>
constexpr CommandKind kCommandKind = CommandKind::Order;
template <>
inline constexpr CommandKind kCommandKind<core::CancelOrder> = CommandKind::Cancel;
template <>
inline constexpr CommandKind kCommandKind<account::CancelAll> = CommandKind::Cancel;
template <>
inline constexpr CommandKind kCommandKind<core::CancelOrderList> = CommandKind::Cancel;
template <>
inline constexpr CommandKind kCommandKind<core::Query> = CommandKind::Question;

// `read` turns the record into a command (Result); `check` may complete it by the account's profile
// and says whether the account offers it (Result<void>); `post` hands it over (Result<void>).
template <class Record, class Read, class Check, class Post>
broker_status_t take(broker_adapter_t* adapter, const Record* record, broker_error_t* error,
                     Read&& read, Check&& check, Post&& post) {
    return guard(error, [&]() -> broker_status_t {
        const auto known = read_command(record, kReleasedSize<Record>);
        if (!known) return refuse(error, known.error());
        return with_account(
            adapter, view(known->account), error, [&](const runtime::Account& found) {
                runtime::Adapter& runtime = *adapter->runtime;
                auto command = read(*known, runtime.clock().monotonic());
                if (!command) return refuse(error, command.error());
                if (const auto offered = check(*command, found.settings); !offered) {
                    return refuse(error, offered.error());
                }
                constexpr CommandKind kKind = kCommandKind<std::decay_t<decltype(*command)>>;
                if (const auto taken = check_takes(runtime, found, kKind); !taken) {
                    return refuse(error, taken.error());
                }
                return status_from(post(runtime, found, *command), error);
            });
    });
}

}  // namespace broker::abi
