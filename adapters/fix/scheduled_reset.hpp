// Sequence resets by the clock, the same for every engine.
#pragma once

#include "core/result.hpp"
#include "fix/session_engine.hpp"

namespace broker::fix {

// Whether a scheduled reset has come since the store's numbers last began at 1. The store remembers
// when that was, so that a reset happens once, also if the process was not running at its time. A
// store that has no such record yet gets it: its numbers count from here. Errors: StorageFailed.
[[nodiscard]] inline core::Result<bool> is_scheduled_reset_due(const SessionSettings& settings,
                                                               journal::MessageStore& store,
                                                               core::UtcTime now) {
    if (!settings.last_scheduled_reset) return false;
    const auto last = store.last_reset();
    if (!last) {
        if (auto recorded = store.set_last_reset(now); !recorded) return recorded.error();
        return false;
    }
    const auto scheduled = settings.last_scheduled_reset(now);
    return scheduled && *last < *scheduled;
}

}  // namespace broker::fix
