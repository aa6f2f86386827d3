// broker.cl-ord-id/1.
#include "broker/abi/ext/cl_ord_id.h"

#include <algorithm>

#include "abi/adapter_object.hpp"

namespace broker::abi {
namespace {

broker_status_t BROKER_CALL generate(const broker_adapter_t* adapter, broker_str_t account,
                                     char* cl_ord_id, broker_error_t* error) {
    return guard(error, [&]() -> broker_status_t {
        return with_account(adapter, view(account), error, [&](const runtime::Account& found) {
            if (cl_ord_id == nullptr) {
                return refuse(error, core::fail(core::Reason::InvalidField,
                                                "cl_ord_id: expected room for " +
                                                    std::to_string(BROKER_CL_ORD_ID_SIZE) +
                                                    " bytes, found null"));
            }
            const core::ClOrdID id = found.cl_ord_ids->next();
            std::copy(id.view().begin(), id.view().end(), cl_ord_id);
            cl_ord_id[id.size()] = '\0';
            return static_cast<broker_status_t>(BROKER_OK);
        });
    });
}

}  // namespace

const void* cl_ord_id_table() {
    static const broker_cl_ord_id_t table{&generate};
    return &table;
}

}  // namespace broker::abi
