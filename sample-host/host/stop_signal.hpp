// Lets a person end a run in order.
#pragma once

#include <atomic>

namespace broker::sample_host {

// Becomes true at the first SIGINT or SIGTERM; the next one ends the process at once. SIGPIPE is
// ignored from here on: a reader of --json that goes away is an error of the stream. Call once,
// before any other thread runs.
[[nodiscard]] const std::atomic<bool>& catch_stop_signals();

}  // namespace broker::sample_host
