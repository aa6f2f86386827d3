#include "runtime/event_thread.hpp"

#include <boost/asio/post.hpp>
#include <exception>
#include <future>
#include <limits>
#include <string>
#include <utility>

namespace broker::runtime {
namespace {

constexpr std::size_t kQueueCapacityLog2 = 12;
// Why a bound: a flood of commands must not keep the loop from its sockets.
constexpr std::size_t kCommandsPerTurn = 16;
constexpr std::chrono::milliseconds kTick{50};

template <class... Handlers>
struct Overloaded : Handlers... {
    using Handlers::operator()...;
};

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

std::uint32_t EventThread::add(std::unique_ptr<account::AccountCoordinator> account,
                               account::MarketDataFeed* market_data) {
    accounts_.push_back(std::move(account));
    market_data_.push_back(market_data);
    return static_cast<std::uint32_t>(accounts_.size() - 1);
}

void EventThread::start() {
    boost::asio::post(io_.loop().context(), [this] {
        for (const auto& account : accounts_) account->start();
        schedule_tick();
    });
    io_.start();
    is_running_ = true;
}

void EventThread::schedule_tick() {
    tick_.expires_after(kTick);
    tick_.async_wait([this](const boost::system::error_code& ec) {
        if (ec) return;
        for (const auto& account : accounts_) {
            contained([&] { account->on_tick(); });
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
    const std::size_t count =
        commands_.drain(kCommandsPerTurn, [this](const Command& command) { execute(command); });
    if (count == kCommandsPerTurn) io_.loop().wake();  // more may be left
}

void EventThread::execute(const Command& command) {
    account::AccountCoordinator& account = *accounts_[command.account];
    contained([&] {
        std::visit(Overloaded{[&](const SnapshotRequest& request) {
                                  account.report_snapshot(request.request_id);
                              },
                              [&](const ListCommand& taken) {
                                  const std::unique_ptr<core::NewOrderList> list{taken.list};
                                  account.execute(*list);
                              },
                              [&](const core::MarketDataRequest& request) {
                                  execute_market_data(command.account, request);
                              },
                              [&](const core::MarketDataUnsubscribe& request) {
                                  execute_market_data(command.account, request);
                              },
                              [&](const auto& request) { account.execute(request); }},
                   command.body);
    });
}

// Commands come for accounts that have market data alone: the ABI's table refuses the others.
template <class Request>
void EventThread::execute_market_data(std::uint32_t account, const Request& request) {
    if (account::MarketDataFeed* feed = market_data_[account]) feed->execute(request);
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
    stopping_ = accounts_.size();
    if (stopping_ == 0) done();
    for (const auto& account : accounts_) {
        account->stop([this, done] {
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
            while (commands_.drain(kCommandsPerTurn,
                                   [this](const Command& command) { execute(command); }) != 0) {
            }
            tick_.cancel();
            rest_hosts_.close();
            all_stopped->set_value();
        });
    });
    (void)future.wait_for(timeout);  // late or not, the thread ends below
    io_.stop();
}

}  // namespace broker::runtime
