// Brings the accounts of a running adapter to what a new configuration says.
#pragma once

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "config/settings.hpp"
#include "core/log.hpp"
#include "runtime/account.hpp"
#include "runtime/account_roster.hpp"

namespace broker::runtime {

// Counts of accounts. Unchanged ones have not been touched in any way.
struct ReloadOutcome {
    std::uint32_t added = 0;
    std::uint32_t removed = 0;
    std::uint32_t changed = 0;
    std::uint32_t unchanged = 0;
    std::uint32_t left_out = 0;  // their configuration is wrong; with OnBadAccount::Skip
    std::uint32_t down = 0;      // were to be changed, have stopped, and could not be made anew
    std::string text;            // of those that are left out or down, and why
};

// Beyond the sessions' own logout bounds: for closing and a busy machine.
inline constexpr std::chrono::milliseconds kStopMargin{2'000};
// How long the account takes to log out at most.
[[nodiscard]] std::chrono::milliseconds longest_logout(const config::AccountSettings& account);

struct ReloadParts {
    AccountRoster& roster;
    AccountDirectory& directory;
    core::Log& log;
};

// One run: look at everything, then change. Waits for accounts that stop, in bounded time.
// [control-thread & started]
class Reload {
public:
    // `why` is the operator's, for the journals of accounts that end or begin by it.
    Reload(const ReloadParts& parts, config::Settings settings, std::string why)
        : parts_{parts}, settings_{std::move(settings)}, why_{std::move(why)} {}

    // Throws config::ConfigError: nothing has changed then.
    ReloadOutcome run();

private:
    using Old = std::shared_ptr<const Account>;

    // An account of the new configuration.
    struct Entry {
        config::AccountSettings settings;
        AccountFingerprint fingerprint;
        Old old;  // null: added
        enum class Kind { Unchanged, Added, Changed, LeftOut } kind = Kind::Unchanged;
        std::optional<NewAccount> made;
        std::string why;  // it is left out or down
        Old result;       // what the table gets
    };

    void look();
    void look_at(config::AccountSettings settings);
    void leave_out_bad();
    void find_removed();
    void make_added();
    void stop_old();
    void remove_old();
    void make_changed();
    void publish();
    void leave_out(Entry& entry, std::string why);
    [[nodiscard]] bool may_leave_out(const Old& old) const;
    [[nodiscard]] ReloadOutcome outcome() const;
    void log(const Entry& entry) const;
    void record(const Account& account, std::string_view change) const;

    ReloadParts parts_;
    config::Settings settings_;
    std::string why_;
    AccountTable::List before_;
    std::vector<Entry> entries_;  // in the order of the configuration; those left out last
    std::vector<Old> removed_;
    std::vector<Old> ending_;                  // running accounts that are removed or changed
    std::vector<const Account*> still_there_;  // of them: did not end in time
};

}  // namespace broker::runtime
