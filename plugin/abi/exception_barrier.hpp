// Nothing thrown crosses the ABI; every slot's body runs in guard().
#pragma once

#include <exception>
#include <string_view>
#include <utility>

#include "broker/abi/status.h"
#include "core/result.hpp"

namespace broker::abi {

// Fills what the caller's record has room for; `error` may be null. Returns `status`.
broker_status_t write_error(broker_error_t* error, broker_status_t status, core::Reason reason,
                            std::string_view text) noexcept;

template <class Body>
broker_status_t guard(broker_error_t* error, Body&& body) noexcept {
    try {
        return std::forward<Body>(body)();
    } catch (const std::exception& e) {
        return write_error(error, BROKER_INTERNAL_ERROR, core::Reason::InternalError, e.what());
    } catch (...) {
        return write_error(error, BROKER_INTERNAL_ERROR, core::Reason::InternalError,
                           "unknown exception");
    }
}

}  // namespace broker::abi
