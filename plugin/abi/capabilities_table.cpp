// broker.capabilities/1.
#include "broker/abi/ext/capabilities.h"

#include "abi/adapter_object.hpp"
#include "abi/capabilities.hpp"
#include "abi/record.hpp"

namespace broker::abi {
namespace {

broker_status_t BROKER_CALL get(const broker_adapter_t* adapter, broker_str_t account,
                                broker_capabilities_t* capabilities, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_account(adapter, view(account), error, [&](const runtime::Account& found) {
            const auto answer = capabilities_of(found.settings);
            return status_from(write_answer(answer, capabilities, kCapabilitiesSizeIn1_0), error);
        });
    });
}

}  // namespace

const void* capabilities_table() {
    static const broker_capabilities_api_t table{&get};
    return &table;
}

}  // namespace broker::abi
