// One account as the callers of the adapter find it, and the table that they find it in.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "account/account_coordinator.hpp"
#include "config/settings.hpp"
#include "core/cl_ord_id_generator.hpp"
#include "core/result.hpp"
#include "runtime/account_fingerprint.hpp"
#include "runtime/event_thread.hpp"
#include "runtime/pinned.hpp"

namespace broker::runtime {

// Does not change once it is in a table, but for what the account's event thread writes. One that
// is down has no coordinator: its configuration is wrong, or it is about to be replaced.
// Found under a pin of the table, and not used beyond it. [any-thread]
struct Account {
    // Of one that is down perhaps no more than the id.
    config::AccountSettings settings;
    // Live as long as the adapter.
    std::string_view id;
    std::string_view venue_account;
    std::string_view profile;

    std::shared_ptr<core::ClOrdIDGenerator> cl_ord_ids;        // null: down
    const account::AccountCoordinator* coordinator = nullptr;  // the event thread's; null: down
    EventThread* thread = nullptr;
    std::uint32_t number = 0;                       // on that thread
    std::optional<AccountFingerprint> fingerprint;  // none: down

    core::Error why_down{};                // for callers
    account::AccountStatus down_status{};  // Stopped, Configuration

    [[nodiscard]] bool is_down() const { return coordinator == nullptr; }
    [[nodiscard]] const account::AccountStatus& status() const {
        return is_down() ? down_status : coordinator->status();
    }
    [[nodiscard]] account::RiskStatus risk_status() const {
        return is_down() ? account::RiskStatus{} : coordinator->risk_status();
    }
    [[nodiscard]] account::OperatorStatus operator_status() const {
        return is_down() ? account::OperatorStatus{} : coordinator->operator_status();
    }
};

// The accounts in the order of the configuration.
class AccountTable {
public:
    using List = std::vector<std::shared_ptr<const Account>>;

    explicit AccountTable(List accounts) : accounts_{std::move(accounts)} {
        for (const auto& account : accounts_) by_id_.emplace(account->id, account.get());
    }

    [[nodiscard]] const List& list() const { return accounts_; }
    // Null if there is no such account. Neither allocates nor waits.
    [[nodiscard]] const Account* find(std::string_view id) const {
        const auto found = by_id_.find(id);
        return found == by_id_.end() ? nullptr : found->second;
    }

private:
    List accounts_;
    std::unordered_map<std::string_view, const Account*> by_id_;
};

using AccountDirectory = Pinned<AccountTable>;

}  // namespace broker::runtime
