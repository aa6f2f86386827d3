// broker.market-data/1.
#include <string>

#include "abi/adapter_object.hpp"
#include "abi/capabilities.hpp"
#include "abi/market_data_records.hpp"
#include "abi/record.hpp"
#include "abi/released_sizes.hpp"
#include "broker/abi/ext/market_data.h"
#include "dxtrade/market_data_rules.hpp"

namespace broker::abi {
namespace {

// Runs `body` with an account that has a channel for market data.
template <class Body>
broker_status_t with_session(broker_adapter_t* adapter, broker_str_t account, broker_error_t* error,
                             Body&& body) {
    return with_account(adapter, view(account), error, [&](const runtime::Account& found) {
        if (!has_market_data(found.settings)) {
            return write_error(error, BROKER_NOT_SUPPORTED, core::Reason::ChannelNotConfigured,
                               "the account has no market data session (market_data.source)");
        }
        return body(found);
    });
}

// The session need not be up: what is subscribed is asked for as soon as it is.
broker_status_t BROKER_CALL subscribe(broker_adapter_t* adapter,
                                      const broker_market_data_request_t* request,
                                      broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        const auto known = read_command(request, kReleasedSize<broker_market_data_request_t>);
        if (!known) return refuse(error, known.error());
        return with_session(adapter, known->account, error, [&](const runtime::Account& found) {
            const auto command = to_core(*known);
            if (!command) return refuse(error, command.error());
            const auto offered = dxtrade::check(*command, found.settings.profile);
            if (!offered) return refuse(error, offered.error());
            return status_from(adapter->runtime->post(found, *command), error);
        });
    });
}

broker_status_t BROKER_CALL unsubscribe(broker_adapter_t* adapter, broker_str_t account,
                                        std::uint64_t request_id, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_session(adapter, account, error, [&](const runtime::Account& found) {
            if (request_id == 0) {
                return refuse(error,
                              core::fail(core::Reason::InvalidField, "request_id: expected not 0"));
            }
            return status_from(
                adapter->runtime->post(found, core::MarketDataUnsubscribe{request_id}), error);
        });
    });
}

}  // namespace

const void* market_data_table() {
    static const broker_market_data_t table{&subscribe, &unsubscribe};
    return &table;
}

}  // namespace broker::abi
