// Which thread runs where, so that two threads that poll without pause never share a core.
#pragma once

namespace broker::bench {

// Leaves the last core that this process may use to the venue: for the calling thread and those
// started by it later. Without a second core nothing changes. [host thread, once, before others]
void leave_last_core();

// Moves the calling thread to the core that was left. [venue's thread]
void take_last_core();

}  // namespace broker::bench
