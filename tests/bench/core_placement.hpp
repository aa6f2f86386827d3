// Which thread runs where, so that two threads that poll without pause never share a core.
#pragma once

#include <string_view>

namespace broker::bench {

// Leaves the last core that this process may use to others: for the calling thread and those
// started by it later. Without a second core nothing changes. [host thread, once, before others]
void leave_last_core();

// Moves the calling thread to the core that was left. [venue's thread]
void take_last_core();

// All threads of this process with that name: to the core that was left.
void move_to_last_core(std::string_view thread_name);
// They run as soon as they can, whatever other threads of the core would like to do, but for those
// that run behind others.
void run_before_others(std::string_view thread_name);
// The calling thread takes what others leave. Why not a nice value: the kernel lets such a thread
// run for milliseconds although others wait.
void run_behind_others();
// The calling thread is like any other.
void run_among_others();

}  // namespace broker::bench
