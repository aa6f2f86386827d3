// broker.account/1.
#include "broker/abi/ext/account.h"

#include "abi/adapter_object.hpp"
#include "abi/query_tables.hpp"
#include "abi/record.hpp"
#include "abi/released_sizes.hpp"

namespace broker::abi {
namespace {

void add_rest(const config::AccountSettings& settings, const account::AccountStatus& status,
              broker_account_status_t& answer) {
    answer.order_entry = settings.order_entry == config::OrderEntry::Rest
                             ? BROKER_CHANNEL_REST
                             : BROKER_CHANNEL_FIX_TRADING;
    answer.rest_state = static_cast<broker_account_state_t>(status.rest_state.load());
    answer.push_state = static_cast<broker_account_state_t>(status.push_state.load());
    answer.push_market_data_state =
        static_cast<broker_account_state_t>(status.push_market_data_state.load());
    answer.trade_circuit = static_cast<broker_circuit_state_t>(status.trade_circuit.load());
    answer.read_circuit = static_cast<broker_circuit_state_t>(status.read_circuit.load());
    answer.trade_budget_left = status.trade_budget_left.load();
    answer.read_budget_left = status.read_budget_left.load();
}

broker_status_t read_status(const runtime::Account& account, broker_account_status_t* target,
                            broker_error_t* error) {
    const account::AccountStatus& status = account.status();
    broker_account_status_t answer{};
    answer.state = static_cast<broker_account_state_t>(status.state.load());
    answer.reason = static_cast<broker_reason_t>(status.reason.load());
    answer.account = str(account.id);
    answer.venue_account = str(account.venue_account);
    answer.profile = str(account.profile);
    answer.since = status.since_ns.load();
    answer.live_order_count = status.live_order_count.load();
    answer.unknown_count = status.unknown_count.load();
    answer.market_data_state = static_cast<broker_account_state_t>(status.market_data_state.load());
    answer.drop_copy_state = static_cast<broker_account_state_t>(status.drop_copy_state.load());
    answer.venue_fault_count = status.venue_fault_count.load();
    answer.unknown_msg_type_count = status.unknown_msg_type_count.load();
    answer.unknown_tag_count = status.unknown_tag_count.load();
    answer.unknown_value_count = status.unknown_value_count.load();
    if (!account.is_down()) add_rest(account.settings, status, answer);
    return status_from(write_answer(answer, target, kReleasedSize<broker_account_status_t>), error);
}

std::uint64_t BROKER_CALL count(const broker_adapter_t* adapter) {
    return adapter == nullptr ? 0 : adapter->runtime->accounts()->list().size();
}

broker_status_t BROKER_CALL get_status_at(const broker_adapter_t* adapter, std::uint64_t index,
                                          broker_account_status_t* status, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        if (adapter == nullptr) {
            return refuse(error,
                          core::fail(core::Reason::InvalidField, "adapter: expected not null"));
        }
        const auto accounts = adapter->runtime->accounts();
        const auto& list = accounts->list();
        if (index >= list.size()) {
            return refuse(error,
                          core::fail(core::Reason::InvalidField,
                                     "index: expected less than " + std::to_string(list.size())));
        }
        return read_status(*list[index], status, error);
    });
}

broker_status_t BROKER_CALL get_status(const broker_adapter_t* adapter, broker_str_t account,
                                       broker_account_status_t* status, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_any_account(adapter, view(account), error, [&](const runtime::Account& found) {
            return read_status(found, status, error);
        });
    });
}

broker_status_t BROKER_CALL request_snapshot(broker_adapter_t* adapter, broker_str_t account,
                                             std::uint64_t request_id, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_account(adapter, view(account), error, [&](const runtime::Account& found) {
            if (request_id == 0) {
                return refuse(error,
                              core::fail(core::Reason::InvalidField, "request_id: expected not 0"));
            }
            return status_from(adapter->runtime->post(found, runtime::SnapshotRequest{request_id}),
                               error);
        });
    });
}

broker_status_t BROKER_CALL request_summary(broker_adapter_t* adapter, broker_str_t account,
                                            std::uint64_t request_id, broker_error_t* error) {
    return ask_account_summary(adapter, account, request_id, error);
}

}  // namespace

const void* account_table() {
    static const broker_account_api_t table{&count, &get_status_at, &get_status, &request_snapshot,
                                            &request_summary};
    return &table;
}

}  // namespace broker::abi
