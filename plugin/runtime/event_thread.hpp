// One event thread with the accounts pinned to it.
#pragma once

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <vector>

#include "account/account_coordinator.hpp"
#include "account/market_data_feed.hpp"
#include "core/cl_ord_id_generator.hpp"
#include "core/clock.hpp"
#include "core/log.hpp"
#include "dxtrade/rest/rest_hosts.hpp"
#include "journal/journal.hpp"
#include "net/io_thread.hpp"
#include "runtime/command_queue.hpp"
#include "runtime/durable_sends.hpp"
#include "runtime/synced_journal.hpp"

namespace broker::runtime {

// An account with what it uses.
struct RunningAccount {
    std::shared_ptr<core::ClOrdIDGenerator> cl_ord_ids;  // outlives the coordinator, which uses it
    SyncedJournal journal;                               // likewise
    std::shared_ptr<DurableSends> durable_sends;         // likewise; null: there is none
    std::unique_ptr<account::AccountCoordinator> coordinator;
    account::MarketDataFeed* market_data = nullptr;  // the coordinator's; null: it has none
    account::OperatorStatus held{};  // by a person, of the account whose place it takes
};

// What a person did to an account from outside of it; see journal::OperatorAction.
struct OperatorRecord {
    std::string who;
    std::string what;
    std::string text;
};

// Constructed, started, stopped and destroyed on the control thread, which adds and removes
// accounts too: before start(), or while it runs.
class EventThread {
public:
    // `gate` spaces the logins of all event threads.
    EventThread(net::LoopMode mode, std::string name, const core::Clock& clock, core::Log& log,
                std::shared_ptr<dxtrade::rest::LoginGate> gate);
    ~EventThread();

    [[nodiscard]] net::EventLoop& loop() { return io_.loop(); }
    [[nodiscard]] dxtrade::rest::RestHosts& rest_hosts() { return rest_hosts_; }

    // Returns the account's number for its commands, which no other account of the thread gets.
    // Commands may come from here on; the account starts with the thread, or by start_account().
    std::uint32_t add(RunningAccount account);
    // Without effect on one that has started. While the thread runs.
    void start_account(std::uint32_t account);
    // Stops the account, which stays to refuse what comes for it, then calls `done` on the event
    // thread. While the thread runs.
    void stop_account(std::uint32_t account, core::Reason reason, std::string text,
                      std::function<void()> done);
    // Answers the commands that are queued, destroys the account, then calls `done` on the event
    // thread, with the journal: closing it waits for the disk, which is not for this thread to do.
    // Nobody may post to the account any more. One that has not stopped yet is destroyed when it
    // has. While the thread runs.
    using Removed = std::function<void(SyncedJournal)>;
    void remove(std::uint32_t account, Removed done);
    // Into the account's journal. Before its thread runs, too.
    void record(std::uint32_t account, OperatorRecord record);
    // Runs `task` on the event thread. While the thread runs.
    void post_task(std::function<void()> task);

    void start();
    [[nodiscard]] bool is_running() const { return is_running_; }
    // Stops every account, waits for them at most `timeout`, answers the commands that are left,
    // and joins the thread. No callback comes after it.
    void stop(std::chrono::milliseconds timeout);

    // False if the queue is full. [any-thread]
    [[nodiscard]] bool post(const Command& command);

    // [any-thread]
    [[nodiscard]] bool is_current_thread() { return io_.loop().is_current_thread(); }

private:
    struct Slot {
        enum class Stage { Made, Runs, Stops, Stopped };
        std::uint32_t number = 0;
        RunningAccount account;
        Stage stage = Stage::Made;
        Removed on_removed{};  // set: to be destroyed as soon as it has stopped
    };

    void drain();
    void execute(const Command& command);
    template <class Request>
    void execute(Slot& slot, const Request& request);
    [[nodiscard]] Slot* find(std::uint32_t account);
    void adopt();
    void start(Slot& slot);
    void stop(Slot& slot, core::Reason reason, std::string_view text, std::function<void()> done);
    void remove_now(std::uint32_t account);
    template <class Body>
    void contained(Body&& body);
    void schedule_tick();
    void stop_accounts(std::function<void()> done);

    core::Log& log_;
    net::IoThread io_;
    CommandQueue commands_;
    boost::asio::steady_timer tick_;
    dxtrade::rest::RestHosts rest_hosts_;          // outlive the accounts
    std::vector<std::unique_ptr<Slot>> accounts_;  // by number
    std::mutex added_mutex_;  // guards added_, which the control thread fills; off the order path
    std::vector<std::unique_ptr<Slot>> added_;  // not yet among accounts_
    bool is_drain_posted_ = false;
    std::size_t stopping_ = 0;       // accounts that have not reported Stopped
    std::uint32_t next_number_ = 0;  // the control thread's, like the next
    bool is_running_ = false;
};

}  // namespace broker::runtime
