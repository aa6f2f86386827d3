// The extension broker.schedule/1 as a C++ function.
#pragma once

#include <cstdint>
#include <exception>
#include <functional>
#include <string_view>

#include "broker/abi/broker.h"
#include "broker/sdk/plugin_library.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk {

using VisitSchedule = std::function<void(const broker_schedule_event_t&)>;

// Calls `visit` for the next `count` events after `from` of each account of the configuration. No
// adapter is made. NOT_SUPPORTED if the library has no such extension; what `visit` throws is
// passed on. [any-thread]
inline Status read_schedule(const PluginLibrary& library, std::string_view config_path,
                            broker_timestamp_t from, std::uint32_t count,
                            const VisitSchedule& visit) {
    const auto* table = static_cast<const broker_schedule_t*>(
        library.api().get_extension(nullptr, borrow(BROKER_EXT_SCHEDULE)));
    detail::CallError error;
    if (table == nullptr) return error.status(BROKER_NOT_SUPPORTED);
    struct Call {
        const VisitSchedule& visit;
        std::exception_ptr thrown;
    } call{visit, nullptr};
    // Why caught: an exception must not pass through the library's frames.
    const auto on_event = [](void* user_data, const broker_schedule_event_t* event) {
        Call& made = *static_cast<Call*>(user_data);
        if (made.thrown) return;
        try {
            made.visit(*event);
        } catch (...) {
            made.thrown = std::current_exception();
        }
    };
    const broker_status_t code =
        table->read(borrow(config_path), from, count, on_event, &call, error.get());
    if (call.thrown) std::rethrow_exception(call.thrown);
    return error.status(code);
}

}  // namespace broker::sdk
