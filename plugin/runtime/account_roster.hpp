// Makes the accounts of an adapter and hands them to its event threads.
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "account/market_data_events.hpp"
#include "config/settings.hpp"
#include "core/clock.hpp"
#include "core/connect_budget.hpp"
#include "core/log.hpp"
#include "runtime/account.hpp"
#include "runtime/account_setup.hpp"

namespace broker::runtime {

struct RosterParts {
    const config::Settings& settings;  // of the adapter; its accounts do not matter
    const core::Clock& clock;
    core::Log& log;
    std::function<std::unique_ptr<account::HostListener>(const std::string& account)> make_events;
    const std::vector<std::unique_ptr<EventThread>>& threads;
    std::shared_ptr<journal::JournalSync> journal_sync;
};

// An account that is made and not handed over yet. It may be dropped.
struct NewAccount {
    std::shared_ptr<Account> account;
    RunningAccount running;
};

// Knows every account that there ever was: an id keeps its event thread, and its events their
// numbers, over changes and removals. Owned by the adapter. [control-thread]
class AccountRoster {
public:
    explicit AccountRoster(RosterParts parts);

    // Reads the account's credentials. Throws config::ConfigError.
    [[nodiscard]] AccountFingerprint fingerprint(const config::AccountSettings& account) const {
        return fingerprints_.of(account);
    }

    // Makes the account with stores in memory, and drops it: everything but its folder in the
    // journal directory is tried. Throws config::ConfigError.
    void rehearse(const config::AccountSettings& account) const;

    // Opens the account's stores. Throws config::ConfigError.
    [[nodiscard]] NewAccount make(config::AccountSettings account, AccountFingerprint fingerprint);
    // Gives it to its event thread, which can take commands for it from here on.
    [[nodiscard]] std::shared_ptr<const Account> hand_over(NewAccount made);
    // Starts it, and its thread with it if that does not run yet.
    void start(const Account& account);
    // What a person holds of the account is held of those that are made with its id later.
    void keep_holds(const Account& account);
    [[nodiscard]] std::shared_ptr<const Account> make_down(config::AccountSettings account,
                                                           core::Error why);
    [[nodiscard]] std::shared_ptr<const Account> make_left_out(config::AccountSettings account,
                                                               const std::string& why);
    // Tells the host, by a session event, that an account is down.
    void tell_down(const Account& account);

private:
    struct Known {
        std::unique_ptr<account::HostListener> events;
        EventThread* thread;
        account::OperatorStatus held{};
    };

    [[nodiscard]] Known& known(const std::string& id);
    [[nodiscard]] std::string_view keep(const std::string& name);
    void name(Account& account);

    RosterParts parts_;
    Fingerprints fingerprints_;
    std::shared_ptr<core::ConnectBudget> connect_budget_;
    std::map<std::string, Known, std::less<>> known_;  // as many as there were ids
    std::set<std::string, std::less<>> names_;        // which the ABI lends for as long as it lives
    std::map<const EventThread*, std::size_t> load_;  // ids of each thread
};

}  // namespace broker::runtime
