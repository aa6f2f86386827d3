// One adapter: its configuration, event threads and accounts.
#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "account/market_data_events.hpp"
#include "config/settings.hpp"
#include "core/cl_ord_id_generator.hpp"
#include "core/clock.hpp"
#include "core/log.hpp"
#include "core/result.hpp"
#include "journal/journal.hpp"
#include "journal/journal_sync.hpp"
#include "runtime/command_queue.hpp"
#include "runtime/durable_sends.hpp"
#include "runtime/event_thread.hpp"

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

    // -- [any-thread]
    [[nodiscard]] Lifecycle lifecycle() const { return lifecycle_.load(); }
    [[nodiscard]] bool is_event_thread() const;
    [[nodiscard]] const std::vector<config::AccountSettings>& accounts() const {
        return settings_.accounts;
    }
    // Null if there is no such account; else its index among accounts().
    [[nodiscard]] std::optional<std::uint32_t> find(std::string_view account) const;
    [[nodiscard]] const account::AccountStatus& status(std::uint32_t account) const;
    [[nodiscard]] account::RiskStatus risk_status(std::uint32_t account) const;
    [[nodiscard]] const core::Clock& clock() const { return clock_; }

    // An id that no other call, process or machine makes, as the account's profile wants it.
    [[nodiscard]] core::ClOrdID next_cl_ord_id(std::uint32_t account) const;

    // Hands a command to the account's thread. Errors: AccountNotReady if the adapter is not
    // started, CommandQueueFull; nothing was taken then.
    template <class Body>
    [[nodiscard]] core::Result<void> post(std::uint32_t account, const Body& body) {
        return post_command(account, Command{0, body});
    }

    // The same for a list of orders.
    [[nodiscard]] core::Result<void> post_list(std::uint32_t account,
                                               const core::NewOrderList& list);

private:
    struct Place {
        std::uint32_t thread;
        std::uint32_t index;  // among the accounts of that thread
    };

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

    [[nodiscard]] core::Result<void> post_command(std::uint32_t account, Command command);

    core::SystemClock clock_;
    config::Settings settings_;
    std::unordered_map<std::string_view, std::uint32_t> index_;
    LateLog log_;
    std::vector<std::unique_ptr<account::HostListener>> events_;
    std::vector<std::unique_ptr<journal::Journal>> journals_;   // one an account; outlive it
    std::vector<std::shared_ptr<DurableSends>> durable_sends_;  // likewise; may be null
    std::vector<std::unique_ptr<EventThread>> threads_;
    journal::JournalSync journal_sync_;  // has the journals and posts to the event threads
    std::vector<Place> places_;
    std::vector<std::unique_ptr<core::ClOrdIDGenerator>> cl_ord_ids_;  // one an account
    std::atomic<Lifecycle> lifecycle_{Lifecycle::Created};
    std::atomic<std::uint32_t> posting_{0};  // callers inside post_command
};

}  // namespace broker::runtime
