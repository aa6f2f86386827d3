// Checks in debug builds that an object is used by one thread alone.
#pragma once

#include <thread>

namespace broker::core {

// Member of a class that lives on one thread. The first check binds it to the calling thread;
// every later check from another thread ends the process with a message: it is a bug, and going on
// would corrupt the state of an account. Costs nothing unless DXTRADE_THREAD_CHECKS is on.
class ThreadBound {
public:
    void check() const {
        if constexpr (DXTRADE_THREAD_CHECKS) check_owner();
    }

    // Lets the next check bind it anew: for objects made on one thread and handed to another.
    void release() { owner_ = {}; }

private:
    void check_owner() const;

    mutable std::thread::id owner_;
};

}  // namespace broker::core
