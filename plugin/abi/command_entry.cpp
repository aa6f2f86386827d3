#include "abi/command_entry.hpp"

namespace broker::abi {

core::Result<void> check_takes(const runtime::Adapter& adapter, std::uint32_t account,
                               CommandKind kind) {
    const account::AccountStatus& status = adapter.status(account);
    const account::AccountState state = status.state.load(std::memory_order_acquire);
    if (state == account::AccountState::Ready) return {};
    if (kind == CommandKind::Cancel && account::takes_cancels_by_rest(status)) return {};
    if (kind == CommandKind::Question && account::takes_queries_by_rest(status)) return {};
    return core::fail(core::Reason::AccountNotReady,
                      "account " + adapter.accounts()[account].id + " is " +
                          std::string{account::state_name(state)} + " (" +
                          std::string{core::reason_name(status.reason.load())} + ")");
}

}  // namespace broker::abi
