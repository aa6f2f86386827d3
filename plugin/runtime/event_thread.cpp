#include "runtime/event_thread.hpp"

#include <algorithm>
#include <boost/asio/post.hpp>
#include <chrono>
#include <exception>
#include <future>
#include <iterator>
#include <limits>
#include <string>
#include <type_traits>
#include <utility>

namespace broker::runtime {
namespace {

constexpr std::size_t kQueueCapacityLog2 = 12;
// Why a bound: a flood of commands must not keep the loop from its sockets. Why so short: between
// two turns in which a session delivers (see fix::TransportSettings) commands have several.
constexpr std::chrono::microseconds kCommandTurn{5};
constexpr std::chrono::milliseconds kTick{50};

}  // namespace

EventThread::EventThread(net::LoopMode mode, std::string name, const core::Clock& clock,
                         core::Log& log, std::shared_ptr<dxtrade::rest::LoginGate> gate)
    : log_{log},
      io_{mode, std::move(name)},
      commands_{kQueueCapacityLog2},
      tick_{io_.loop().context()},
      rest_hosts_{io_.loop().context(), clock, std::move(gate)} {
    io_.loop().set_on_turn([this] { drain(); });
}

EventThread::~EventThread() {
    stop(std::chrono::milliseconds{0});
    // What could not be answered, since the accounts did not stop in time.
    commands_.drain(std::numeric_limits<std::size_t>::max(), [](const Command& command) {
        if (const auto* list = std::get_if<ListCommand>(&command.body)) delete list->list;
    });
}

// ---- accounts

std::uint32_t EventThread::add(RunningAccount account) {
    auto slot = std::make_unique<Slot>();
    slot->number = next_number_++;
    slot->account = std::move(account);
    const std::uint32_t number = slot->number;
    const std::lock_guard lock{added_mutex_};
    added_.push_back(std::move(slot));
    return number;
}

void EventThread::adopt() {
    const std::lock_guard lock{added_mutex_};
    std::move(added_.begin(), added_.end(), std::back_inserter(accounts_));
    added_.clear();
}

void EventThread::start_account(std::uint32_t account) {
    post_task([this, account] {
        adopt();
        if (Slot* slot = find(account)) start(*slot);
    });
}

void EventThread::start(Slot& slot) {
    if (slot.stage != Slot::Stage::Made) return;
    slot.stage = Slot::Stage::Runs;
    contained([&] { slot.account.coordinator->start(slot.account.held); });
}

EventThread::Slot* EventThread::find(std::uint32_t account) {
    const auto found = std::lower_bound(
        accounts_.begin(), accounts_.end(), account,
        [](const auto& slot, std::uint32_t number) { return slot->number < number; });
    return found == accounts_.end() || (*found)->number != account ? nullptr : found->get();
}

void EventThread::stop_account(std::uint32_t account, core::Reason reason, std::string text,
                               std::function<void()> done) {
    post_task([this, account, reason, text = std::move(text), done = std::move(done)]() mutable {
        if (Slot* slot = find(account)) stop(*slot, reason, text, std::move(done));
    });
}

void EventThread::stop(Slot& slot, core::Reason reason, std::string_view text,
                       std::function<void()> done) {
    slot.stage = Slot::Stage::Stops;
    slot.account.coordinator->stop(reason, text, [this, &slot, done = std::move(done)] {
        slot.stage = Slot::Stage::Stopped;
        done();
        if (slot.on_removed) post_task([this, number = slot.number] { remove_now(number); });
    });
}

// Why in a later turn: handlers that the account's end has queued run before it is destroyed.
void EventThread::remove(std::uint32_t account, Removed done) {
    post_task([this, account, done = std::move(done)]() mutable {
        Slot* slot = find(account);
        if (slot == nullptr) return;
        slot->on_removed = std::move(done);
        if (slot->stage != Slot::Stage::Stopped) return;
        post_task([this, account] { remove_now(account); });
    });
}

void EventThread::remove_now(std::uint32_t account) {
    // Those of its commands that are queued get their answer: a refusal.
    commands_.drain(std::size_t{1} << kQueueCapacityLog2,
                    [this](const Command& command) { execute(command); });
    const auto found = std::find_if(accounts_.begin(), accounts_.end(),
                                    [&](const auto& slot) { return slot->number == account; });
    if (found == accounts_.end()) return;
    const Removed on_removed = std::move((*found)->on_removed);
    SyncedJournal journal = std::move((*found)->account.journal);
    accounts_.erase(found);
    journal->release_thread();
    on_removed(std::move(journal));
}

void EventThread::record(std::uint32_t account, OperatorRecord record) {
    post_task([this, account, record = std::move(record)] {
        adopt();
        if (Slot* slot = find(account))
            slot->account.coordinator->record({record.who, record.what, record.text});
    });
}

void EventThread::post_task(std::function<void()> task) {
    boost::asio::post(io_.loop().context(), [this, task = std::move(task)] { contained(task); });
}

// ---- the loop

void EventThread::start() {
    boost::asio::post(io_.loop().context(), [this] {
        adopt();
        for (const auto& slot : accounts_) start(*slot);
        schedule_tick();
    });
    io_.start();
    is_running_ = true;
}

void EventThread::schedule_tick() {
    tick_.expires_after(kTick);
    tick_.async_wait([this](const boost::system::error_code& ec) {
        if (ec) return;
        for (const auto& slot : accounts_) {
            if (slot->stage == Slot::Stage::Made) continue;
            contained([&] { slot->account.coordinator->on_tick(); });
        }
        schedule_tick();
    });
}

bool EventThread::post(const Command& command) {
    if (!commands_.push(command)) return false;
    io_.loop().wake();
    return true;
}

void EventThread::drain() {
    if (is_drain_posted_) return;
    const auto run_next = [this] {
        return commands_.drain(1, [this](const Command& command) { execute(command); }) == 1;
    };
    if (!run_next()) return;
    const auto end = std::chrono::steady_clock::now() + kCommandTurn;
    do {
        if (!run_next()) return;
    } while (std::chrono::steady_clock::now() < end);
    // More may be left. Why behind all that is ready by now, and not in the next turn: else reports
    // fall behind a flood of orders.
    is_drain_posted_ = true;
    boost::asio::post(io_.loop().context(), [this] {
        is_drain_posted_ = false;
        drain();
    });
}

void EventThread::execute(const Command& command) {
    std::unique_ptr<core::NewOrderList> list;
    if (const auto* taken = std::get_if<ListCommand>(&command.body)) list.reset(taken->list);
    Slot* slot = find(command.account);
    if (slot == nullptr) {  // it has just been added
        adopt();
        slot = find(command.account);
    }
    if (slot == nullptr) return;  // does not happen: nobody posts to an account that is removed
    start(*slot);                 // its start may be queued behind the command
    contained(
        [&] { std::visit([&](const auto& request) { execute(*slot, request); }, command.body); });
}

template <class Request>
void EventThread::execute(Slot& slot, const Request& request) {
    account::AccountCoordinator& account = *slot.account.coordinator;
    constexpr bool kIsMarketData = std::is_same_v<Request, core::MarketDataRequest> ||
                                   std::is_same_v<Request, core::MarketDataUnsubscribe>;
    if constexpr (std::is_same_v<Request, SnapshotRequest>) {
        account.report_snapshot(request.request_id);
    } else if constexpr (std::is_same_v<Request, ListCommand>) {
        account.execute(*request.list);
    } else if constexpr (kIsMarketData) {
        // The ABI's table refuses such commands for accounts without market data.
        if (slot.account.market_data != nullptr) slot.account.market_data->execute(request);
    } else {
        account.execute(request);
    }
}

// One account's bug or lack of memory must not end the host's process, nor stop the others.
template <class Body>
void EventThread::contained(Body&& body) {
    try {
        body();
    } catch (const std::exception& e) {
        log_.write(core::LogLevel::Error,
                   std::string{"internal-error text=\""}.append(e.what()).append("\""));
    }
}

void EventThread::stop_accounts(std::function<void()> done) {
    std::vector<Slot*> running;
    for (const auto& slot : accounts_) {
        if (slot->stage == Slot::Stage::Runs) running.push_back(slot.get());
    }
    stopping_ = running.size();
    if (stopping_ == 0) done();
    for (Slot* slot : running) {
        stop(*slot, core::Reason::StoppedByHost, "stopped by host", [this, done] {
            if (--stopping_ == 0) done();
        });
    }
}

void EventThread::stop(std::chrono::milliseconds timeout) {
    if (!is_running_) return;
    is_running_ = false;
    const auto all_stopped = std::make_shared<std::promise<void>>();
    auto future = all_stopped->get_future();
    boost::asio::post(io_.loop().context(), [this, all_stopped] {
        stop_accounts([this, all_stopped] {
            // The commands that were taken before the stop get their answer: a refusal.
            commands_.drain(std::size_t{1} << kQueueCapacityLog2,
                            [this](const Command& command) { execute(command); });
            tick_.cancel();
            rest_hosts_.close();
            all_stopped->set_value();
        });
    });
    (void)future.wait_for(timeout);  // late or not, the thread ends below
    io_.stop();
}

}  // namespace broker::runtime
