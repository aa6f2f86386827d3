// Makes an account of the adapter from its settings.
#pragma once

#include <memory>

#include "account/account_coordinator.hpp"
#include "config/settings.hpp"
#include "core/log.hpp"
#include "net/io_thread.hpp"

namespace broker::runtime {

struct AccountParts {
    net::EventLoop& loop;
    const core::Clock& clock;
    account::AccountEvents& events;
    core::Log& log;
    const config::Settings& settings;
};

// Reads credentials and certificates and opens the account's message store. Throws
// config::ConfigError, which names the account and the key. [control-thread]
[[nodiscard]] std::unique_ptr<account::AccountCoordinator> make_account(
    const config::AccountSettings& account, const AccountParts& parts);

}  // namespace broker::runtime
