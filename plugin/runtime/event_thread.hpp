// One event thread with the accounts pinned to it.
#pragma once

#include <atomic>
#include <boost/asio/steady_timer.hpp>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "account/account_coordinator.hpp"
#include "account/market_data_feed.hpp"
#include "core/clock.hpp"
#include "core/log.hpp"
#include "dxtrade/rest/rest_hosts.hpp"
#include "net/io_thread.hpp"
#include "runtime/command_queue.hpp"

namespace broker::runtime {

// Constructed, started, stopped and destroyed on the control thread.
class EventThread {
public:
    // `gate` spaces the logins of all event threads.
    EventThread(net::LoopMode mode, std::string name, const core::Clock& clock, core::Log& log,
                std::shared_ptr<dxtrade::rest::LoginGate> gate);
    ~EventThread();

    [[nodiscard]] net::EventLoop& loop() { return io_.loop(); }
    [[nodiscard]] dxtrade::rest::RestHosts& rest_hosts() { return rest_hosts_; }

    // Before start() alone; returns the account's index for its commands. `market_data` is one of
    // the account's channels; null: it has none.
    std::uint32_t add(std::unique_ptr<account::AccountCoordinator> account,
                      account::MarketDataFeed* market_data);

    void start();
    // Stops every account, waits for them at most `timeout`, answers the commands that are left,
    // and joins the thread. No callback comes after it.
    void stop(std::chrono::milliseconds timeout);

    // False if the queue is full. [any-thread]
    [[nodiscard]] bool post(const Command& command);

    [[nodiscard]] const account::AccountStatus& status(std::uint32_t account) const {
        return accounts_[account]->status();
    }
    [[nodiscard]] account::RiskStatus risk_status(std::uint32_t account) const {
        return accounts_[account]->risk_status();
    }
    [[nodiscard]] account::OperatorStatus operator_status(std::uint32_t account) const {
        return accounts_[account]->operator_status();
    }
    // [any-thread]
    [[nodiscard]] bool is_current_thread() { return io_.loop().is_current_thread(); }

private:
    void drain();
    void execute(const Command& command);
    template <class Request>
    void execute_market_data(std::uint32_t account, const Request& request);
    template <class Body>
    void contained(Body&& body);
    void schedule_tick();
    void stop_accounts(std::function<void()> done);

    core::Log& log_;
    net::IoThread io_;
    CommandQueue commands_;
    boost::asio::steady_timer tick_;
    dxtrade::rest::RestHosts rest_hosts_;  // outlive the accounts
    std::vector<std::unique_ptr<account::AccountCoordinator>> accounts_;
    std::vector<account::MarketDataFeed*> market_data_;  // of each account; may be null
    std::size_t stopping_ = 0;                           // accounts that have not reported Stopped
    bool is_running_ = false;
};

}  // namespace broker::runtime
