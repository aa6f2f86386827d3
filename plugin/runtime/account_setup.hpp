// Makes an account of the adapter from its settings.
#pragma once

#include <memory>

#include "account/account_coordinator.hpp"
#include "account/market_data_feed.hpp"
#include "config/settings.hpp"
#include "core/cl_ord_id_generator.hpp"
#include "core/connect_budget.hpp"
#include "core/log.hpp"
#include "dxtrade/rest/rest_hosts.hpp"
#include "journal/journal.hpp"
#include "journal/journal_sync.hpp"
#include "net/io_thread.hpp"
#include "runtime/durable_sends.hpp"
#include "runtime/synced_journal.hpp"

namespace broker::runtime {

struct AccountParts {
    net::EventLoop& loop;
    const core::Clock& clock;
    account::HostListener& events;
    core::Log& log;
    const config::Settings& settings;
    dxtrade::rest::RestHosts& rest_hosts;  // of the account's event thread
    core::ClOrdIDGenerator& cl_ord_ids;    // of the account; for the adapter's own orders
    std::shared_ptr<core::ConnectBudget> connect_budget;   // of the adapter
    std::shared_ptr<journal::JournalSync> journal_sync{};  // of the adapter; null: a rehearsal
    std::string tls_fingerprint{};                         // see AccountFingerprint
    // Stores in memory, and no orders of an earlier process: the account is made to see whether it
    // can be, and dropped.
    bool is_rehearsal = false;
};

struct MadeAccount {
    // Outlive the coordinator, which appends to it. The journal has the adapter's JournalSync.
    // Null: it is a rehearsal.
    SyncedJournal journal;
    std::shared_ptr<DurableSends> durable_sends;  // null: messages go out at once
    std::unique_ptr<account::AccountCoordinator> coordinator;
    account::MarketDataFeed* market_data = nullptr;  // the coordinator's; null: there is none
};

// Reads credentials and certificates and opens the account's journal and message stores; touches
// nothing that an event thread may be using. Throws config::ConfigError, which names the account
// and the key. [control-thread]
[[nodiscard]] MadeAccount make_account(const config::AccountSettings& account,
                                       const AccountParts& parts);

}  // namespace broker::runtime
