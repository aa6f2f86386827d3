// How the wrappers of extensions call into the adapter.
#pragma once

#include "broker/abi/adapter.h"
#include "broker/sdk/status.hpp"

namespace broker::sdk::detail {

// Calls a slot with a record, whose struct_size it sets.
template <class Slot, class Record>
Status call_with_record(broker_adapter_t* adapter, Slot slot, Record& record) {
    record.struct_size = sizeof(Record);
    CallError error;
    return error.status(slot(adapter, &record, error.get()));
}

}  // namespace broker::sdk::detail
