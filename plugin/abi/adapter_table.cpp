// The lifecycle: create, start, stop, destroy, get_extension.
#include <string>

#include "abi/adapter_object.hpp"
#include "abi/host_config.hpp"
#include "abi/host_events.hpp"
#include "abi/lifecycle_call.hpp"
#include "abi/query_tables.hpp"
#include "abi/record.hpp"
#include "broker/abi/ext/account.h"
#include "broker/abi/ext/capabilities.h"
#include "broker/abi/ext/cl_ord_id.h"
#include "broker/abi/ext/conversion.h"
#include "broker/abi/ext/history.h"
#include "broker/abi/ext/log.h"
#include "broker/abi/ext/market_data.h"
#include "broker/abi/ext/mass_status.h"
#include "broker/abi/ext/operator.h"
#include "broker/abi/ext/order_entry.h"
#include "broker/abi/ext/order_list.h"
#include "broker/abi/ext/positions.h"
#include "broker/abi/ext/reference_data.h"
#include "broker/abi/ext/risk.h"
#include "broker/abi/ext/schedule.h"
#include "broker/abi/ext/trades.h"
#include "broker/abi/version.h"
#include "config/yaml_reader.hpp"
#include "runtime/adapter_log.hpp"

namespace broker::abi {
namespace {

using core::Reason;

std::unique_ptr<core::Log> make_log(const broker_host_t& host) {
    const auto* log = host.get_extension == nullptr
                          ? nullptr
                          : static_cast<const broker_log_t*>(
                                host.get_extension(host.host_data, str(BROKER_EXT_LOG)));
    if (log == nullptr || log->write == nullptr) return std::make_unique<runtime::AdapterLog>();
    return std::make_unique<runtime::AdapterLog>(
        [log, host_data = host.host_data](core::LogLevel level, std::string_view line) {
            log->write(host_data, static_cast<broker_log_level_t>(level), str(line));
        });
}

broker_status_t BROKER_CALL create(const broker_host_t* host, const broker_create_params_t* params,
                                   broker_adapter_t** adapter, broker_error_t* error) {
    if (adapter != nullptr) *adapter = nullptr;
    return guard(error, [&]() -> broker_status_t {
        if (host == nullptr || adapter == nullptr || host->on_event == nullptr) {
            return write_error(error, BROKER_INVALID_ARGUMENT, Reason::InvalidField,
                               "host, host->on_event and adapter: expected not null");
        }
        if (host->abi_major != BROKER_ABI_MAJOR) {
            return write_error(error, BROKER_ABI_MISMATCH, Reason::InvalidField,
                               "host->abi_major: expected " + std::to_string(BROKER_ABI_MAJOR));
        }
        const auto known = read_command(params, sizeof(broker_create_params_t));
        if (!known) return refuse(error, known.error());
        if (known->config_path.size == 0) return refuse_no_config(error);
        try {
            auto object = std::make_unique<broker_adapter>();
            object->host = host;
            object->runtime = std::make_unique<runtime::Adapter>(runtime::AdapterParts{
                load_config(known->config_path), [host](const std::string& account) {
                    return std::make_unique<HostEvents>(*host, account);
                }});
            *adapter = object.release();
            return BROKER_OK;
        } catch (const config::ConfigError& e) {
            return write_error(error, BROKER_CONFIGURATION_ERROR, Reason::Configuration, e.what());
        }
    });
}

broker_status_t BROKER_CALL start(broker_adapter_t* adapter, broker_error_t* error) {
    return lifecycle_call(adapter, runtime::Adapter::Lifecycle::Created, "start", error,
                          [&]() -> broker_status_t {
                              adapter->runtime->start(make_log(*adapter->host));
                              return BROKER_OK;
                          });
}

broker_status_t BROKER_CALL stop(broker_adapter_t* adapter, broker_error_t* error) {
    return lifecycle_call(adapter, runtime::Adapter::Lifecycle::Started, "stop", error,
                          [&]() -> broker_status_t {
                              adapter->runtime->stop();
                              return BROKER_OK;
                          });
}

void BROKER_CALL destroy(broker_adapter_t* adapter) {
    if (adapter == nullptr) return;
    (void)guard(nullptr, [adapter]() -> broker_status_t {
        {
            const LifecycleCall call{*adapter};
            // Why leak: freeing an adapter under the feet of its own callback would be worse.
            if (!call.objection().empty()) return BROKER_WRONG_THREAD;
        }
        delete adapter;
        return BROKER_OK;
    });
}

const void* BROKER_CALL get_extension(const broker_adapter_t* adapter, broker_str_t id) {
    const std::string_view name = view(id);
    if (name == BROKER_EXT_SCHEDULE) return schedule_table();
    if (adapter == nullptr) return nullptr;
    if (name == BROKER_EXT_ORDER_ENTRY) return order_entry_table();
    if (name == BROKER_EXT_CAPABILITIES) return capabilities_table();
    if (name == BROKER_EXT_ACCOUNT) return account_table();
    if (name == BROKER_EXT_CL_ORD_ID) return cl_ord_id_table();
    if (name == BROKER_EXT_ORDER_LIST) return order_list_table();
    if (name == BROKER_EXT_MASS_STATUS) return mass_status_table();
    if (name == BROKER_EXT_POSITIONS) return positions_table();
    if (name == BROKER_EXT_TRADES) return trades_table();
    if (name == BROKER_EXT_REFERENCE_DATA) return reference_data_table();
    if (name == BROKER_EXT_HISTORY) return history_table();
    if (name == BROKER_EXT_CONVERSION) return conversion_table();
    if (name == BROKER_EXT_RISK) return risk_table();
    if (name == BROKER_EXT_OPERATOR) return operator_table();
    if (name == BROKER_EXT_MARKET_DATA) return market_data_table();
    return nullptr;
}

}  // namespace

const broker_adapter_api_t* adapter_table() {
    static constexpr std::string_view kName = "dxtrade";
    static constexpr std::string_view kVersion = DXTRADE_VERSION;
    static const broker_adapter_api_t table{BROKER_ABI_MAJOR,
                                            BROKER_ABI_MINOR,
                                            {kName.data(), kName.size()},
                                            {kVersion.data(), kVersion.size()},
                                            &create,
                                            &start,
                                            &stop,
                                            &destroy,
                                            &get_extension};
    return &table;
}

broker_status_t status_of(Reason reason) {
    switch (reason) {
        case Reason::InvalidField:
            return BROKER_INVALID_ARGUMENT;
        case Reason::ChannelNotConfigured:
            return BROKER_NOT_SUPPORTED;
        case Reason::CommandQueueFull:
            return BROKER_WOULD_BLOCK;
        case Reason::InternalError:
            return BROKER_INTERNAL_ERROR;
        default:
            return BROKER_REFUSED;
    }
}

}  // namespace broker::abi
