#include "broker/abi/entry.h"

#include <string>

#include "abi/adapter_object.hpp"
#include "broker/abi/version.h"

const broker_adapter_api_t* BROKER_CALL broker_adapter_entry(uint32_t host_abi_major,
                                                             uint32_t /*host_abi_minor*/,
                                                             broker_error_t* error) {
    using namespace broker;
    if (host_abi_major == BROKER_ABI_MAJOR) return abi::adapter_table();
    (void)abi::guard(error, [&] {
        return abi::write_error(error, BROKER_ABI_MISMATCH, core::Reason::InvalidField,
                                "the adapter was built for ABI " +
                                    std::to_string(BROKER_ABI_MAJOR) + ", the host for " +
                                    std::to_string(host_abi_major));
    });
    return nullptr;
}
