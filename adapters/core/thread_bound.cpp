#include "core/thread_bound.hpp"

#include <cstdio>
#include <cstdlib>

namespace broker::core {

void ThreadBound::check_owner() const {
    const auto current = std::this_thread::get_id();
    if (owner_ == current) return;
    if (owner_ == std::thread::id{}) {
        owner_ = current;
        return;
    }
    std::fputs("an object that belongs to one thread was used on another\n", stderr);
    std::abort();
}

}  // namespace broker::core
