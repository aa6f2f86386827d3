// broker.risk/1.
#include "broker/abi/ext/risk.h"

#include "abi/abi_records.hpp"
#include "abi/adapter_object.hpp"
#include "abi/record.hpp"
#include "abi/released_sizes.hpp"
#include "account/risk_desk.hpp"

namespace broker::abi {
namespace {

using account::RiskCommand;

broker_status_t post(broker_adapter_t* adapter, const runtime::Account& account,
                     const RiskCommand& command, broker_error_t* error) {
    return status_from(adapter->runtime->post(account, command), error);
}

broker_status_t BROKER_CALL set_kill_switch(broker_adapter_t* adapter, broker_str_t account,
                                            std::int32_t on, std::int32_t flatten,
                                            broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_account(adapter, view(account), error, [&](const runtime::Account& found) {
            if ((on != 0 && on != 1) || (flatten != 0 && flatten != 1) || (flatten > on)) {
                return refuse(error, core::fail(core::Reason::InvalidField,
                                                "on: expected 1 or 0; flatten: 1 or 0, and 0 if on "
                                                "is 0"));
            }
            const auto kind =
                on != 0 ? RiskCommand::Kind::KillSwitchOn : RiskCommand::Kind::KillSwitchOff;
            return post(adapter, found, {kind, flatten != 0}, error);
        });
    });
}

broker_status_t BROKER_CALL flatten(broker_adapter_t* adapter, broker_str_t account,
                                    broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_account(adapter, view(account), error, [&](const runtime::Account& found) {
            return post(adapter, found, {RiskCommand::Kind::Flatten, false}, error);
        });
    });
}

broker_status_t BROKER_CALL reset_guard(broker_adapter_t* adapter, broker_str_t account,
                                        broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_account(adapter, view(account), error, [&](const runtime::Account& found) {
            const config::AccountSettings& settings = found.settings;
            if (!settings.limits.guard) {
                return refuse(error, core::fail(core::Reason::ChannelNotConfigured,
                                                "account " + settings.id + " has no limits.guard"));
            }
            return post(adapter, found, {RiskCommand::Kind::ResetGuard, false}, error);
        });
    });
}

broker_risk_status_t answer_of(const account::RiskStatus& status) {
    broker_risk_status_t answer{};
    answer.is_kill_switch_on = status.is_killed ? 1 : 0;
    answer.has_guard = status.has_guard ? 1 : 0;
    answer.guard_reason = static_cast<broker_reason_t>(status.guard_reason);
    answer.is_flattening = status.is_flattening ? 1 : 0;
    answer.equity = to_abi(status.equity);
    answer.day_start_equity = to_abi(status.day_start_equity);
    answer.high_water_mark = to_abi(status.high_water_mark);
    answer.daily_loss = to_abi(status.daily_loss);
    answer.drawdown = to_abi(status.drawdown);
    answer.data_age = status.data_age ? status.data_age->count() : -1;
    answer.open_positions =
        status.open_positions ? static_cast<std::int64_t>(*status.open_positions) : -1;
    return answer;
}

broker_status_t BROKER_CALL read(const broker_adapter_t* adapter, broker_str_t account,
                                 broker_risk_status_t* status, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_any_account(adapter, view(account), error, [&](const runtime::Account& found) {
            const auto answer = answer_of(found.risk_status());
            return status_from(write_answer(answer, status, kReleasedSize<broker_risk_status_t>),
                               error);
        });
    });
}

}  // namespace

const void* risk_table() {
    static const broker_risk_t table{&set_kill_switch, &flatten, &reset_guard, &read};
    return &table;
}

}  // namespace broker::abi
