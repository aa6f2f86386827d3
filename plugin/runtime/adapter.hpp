// One adapter: its configuration, event threads and accounts.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "account/market_data_events.hpp"
#include "config/settings.hpp"
#include "core/clock.hpp"
#include "core/log.hpp"
#include "core/result.hpp"
#include "journal/journal_sync.hpp"
#include "runtime/account.hpp"
#include "runtime/account_roster.hpp"
#include "runtime/command_queue.hpp"
#include "runtime/event_thread.hpp"
#include "runtime/reload.hpp"

namespace broker::runtime {

struct AdapterParts {
    config::Settings settings;
    std::function<std::unique_ptr<account::HostListener>(const std::string& account)> make_events;
};

class Adapter {
public:
    enum class Lifecycle { Created, Started, Stopping, Stopped };

    // Reads credentials and opens stores; throws config::ConfigError. [control-thread]
    explicit Adapter(AdapterParts parts);
    ~Adapter();

    // [control-thread & created]
    void start(std::unique_ptr<core::Log> log);
    // [control-thread & started]
    void stop();

    // What the adapter was made of, without its accounts. [control-thread]
    [[nodiscard]] const config::Settings& settings() const { return settings_; }
    // Brings the accounts to what `settings` says, of which all else is as it was. `why` is for the
    // log. Throws config::ConfigError: nothing has changed then. [control-thread & started]
    ReloadOutcome reload(config::Settings settings, std::string_view why);
    void log_refused_reload(std::string_view why, std::string_view text);

    // -- [any-thread]
    [[nodiscard]] Lifecycle lifecycle() const { return lifecycle_.load(); }
    [[nodiscard]] bool is_event_thread() const;
    // The accounts as they are, for as long as the pin lives; neither allocates nor waits.
    [[nodiscard]] AccountDirectory::Pin accounts() const { return directory_.pin(); }
    [[nodiscard]] const core::Clock& clock() const { return clock_; }

    // Hands a command to the thread of an account that is pinned. Errors: AccountNotReady if the
    // adapter is not started, why the account is down, CommandQueueFull; nothing was taken then.
    template <class Body>
    [[nodiscard]] core::Result<void> post(const Account& account, const Body& body) {
        return post_command(account, Command{0, body});
    }

    // The same for a list of orders.
    [[nodiscard]] core::Result<void> post_list(const Account& account,
                                               const core::NewOrderList& list);

private:
    // Lines go to the log once start() has given one; none are written before.
    class LateLog final : public core::Log {
    public:
        void set(std::unique_ptr<core::Log> log) { log_ = std::move(log); }
        void write(core::LogLevel level, std::string_view line) override {
            if (log_) log_->write(level, line);
        }

    private:
        std::unique_ptr<core::Log> log_;
    };

    [[nodiscard]] AccountTable::List make_accounts();
    [[nodiscard]] core::Result<void> post_command(const Account& account, Command command);

    core::SystemClock clock_;
    config::Settings settings_;
    LateLog log_;
    std::vector<config::BadAccount> left_out_;  // at create, for the log
    std::unique_ptr<AccountRoster> roster_;     // outlives the accounts, which tell what it has
    std::vector<std::unique_ptr<EventThread>> threads_;
    // Goes before the threads, to which it posts.
    std::shared_ptr<journal::JournalSync> journal_sync_ = std::make_shared<journal::JournalSync>();
    AccountDirectory directory_;
    std::atomic<Lifecycle> lifecycle_{Lifecycle::Created};
};

}  // namespace broker::runtime
