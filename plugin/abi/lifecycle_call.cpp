#include "abi/lifecycle_call.hpp"

#include "broker/abi/ext/thread_check.h"

namespace broker::abi {

std::string_view LifecycleCall::objection() const {
    if (is_overlapping_) return "another lifecycle call on this adapter is under way";
    if (adapter_.runtime->is_event_thread()) {
        return "lifecycle calls must not be made from a callback";
    }
    if (!is_control_thread()) return "the host says that this is not its control thread";
    return {};
}

bool LifecycleCall::is_control_thread() const {
    if constexpr (!DXTRADE_THREAD_CHECKS) return true;
    const broker_host_t& host = *adapter_.host;
    if (host.get_extension == nullptr) return true;
    const auto* check = static_cast<const broker_thread_check_t*>(
        host.get_extension(host.host_data, str(BROKER_EXT_THREAD_CHECK)));
    return check == nullptr || check->is_control_thread == nullptr ||
           check->is_control_thread(host.host_data) != 0;
}

}  // namespace broker::abi
