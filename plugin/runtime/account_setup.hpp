// Makes an account of the adapter from its settings.
#pragma once

#include <memory>

#include "account/account_coordinator.hpp"
#include "account/market_data_feed.hpp"
#include "config/settings.hpp"
#include "core/cl_ord_id_generator.hpp"
#include "core/log.hpp"
#include "dxtrade/rest/rest_hosts.hpp"
#include "journal/journal.hpp"
#include "journal/journal_sync.hpp"
#include "net/io_thread.hpp"
#include "runtime/durable_sends.hpp"

namespace broker::runtime {

struct AccountParts {
    net::EventLoop& loop;
    const core::Clock& clock;
    account::HostListener& events;
    core::Log& log;
    const config::Settings& settings;
    dxtrade::rest::RestHosts& rest_hosts;  // of the account's event thread
    core::ClOrdIDGenerator& cl_ord_ids;    // of the account; for the adapter's own orders
    journal::JournalSync& journal_sync;    // of the adapter
};

struct MadeAccount {
    // Outlive the coordinator, which appends to it. The journal has the adapter's JournalSync.
    std::unique_ptr<journal::Journal> journal;
    std::shared_ptr<DurableSends> durable_sends;  // null: messages go out at once
    std::unique_ptr<account::AccountCoordinator> coordinator;
    account::MarketDataFeed* market_data = nullptr;  // the coordinator's; null: there is none
};

// Reads credentials and certificates and opens the account's journal and message stores. Throws
// config::ConfigError, which names the account and the key. [control-thread]
[[nodiscard]] MadeAccount make_account(const config::AccountSettings& account,
                                       const AccountParts& parts);

}  // namespace broker::runtime
