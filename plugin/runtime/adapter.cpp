#include "runtime/adapter.hpp"

#include <algorithm>
#include <random>
#include <thread>
#include <utility>

#include "config/yaml_reader.hpp"
#include "runtime/account_setup.hpp"

namespace broker::runtime {
namespace {

// Beyond the sessions' own logout bounds: for closing and a busy machine.
constexpr std::chrono::milliseconds kStopMargin{2'000};

net::LoopMode loop_mode(config::EventLoopMode mode) {
    return mode == config::EventLoopMode::Spin ? net::LoopMode::Spin : net::LoopMode::Block;
}

// Of push and REST, whose closing and logout are bounded by themselves.
constexpr std::chrono::milliseconds kRestLogout{2'500};

// FIX sessions log out side by side, with push; then REST does.
std::chrono::milliseconds longest_logout(const config::AccountSettings& account) {
    std::chrono::milliseconds longest{0};
    for (const auto* session : {&account.trading, &account.market_data, &account.drop_copy}) {
        if (*session) longest = std::max(longest, (*session)->logout_timeout);
    }
    if (account.push) longest = std::max(longest, kRestLogout);
    return account.rest ? longest + kRestLogout : longest;
}

std::unique_ptr<core::ClOrdIDGenerator> make_cl_ord_ids(const config::AccountSettings& account) {
    constexpr std::string_view kAlphabet =
        "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    constexpr std::size_t kSize = 20;  // long enough for any number of restarts, short for logs
    const dxtrade::ClOrdIDRules& rules = account.profile.cl_ord_ids;
    std::random_device random;
    core::ClOrdIDGenerator::Seed seed;
    for (std::uint64_t& part : seed) part = std::uint64_t{random()} << 32U | random();
    auto ids = core::ClOrdIDGenerator::make(rules.alphabet.empty() ? kAlphabet : rules.alphabet,
                                            std::min(rules.max_size, kSize), seed);
    if (ids) return std::move(*ids);
    throw config::ConfigError{"account " + account.id + ": profile " + account.profile.name +
                              ": cl_ord_ids: " + ids.error().detail};
}

}  // namespace

Adapter::Adapter(AdapterParts parts) : settings_{std::move(parts.settings)} {
    const std::size_t thread_count =
        std::min<std::size_t>(settings_.event_loop.threads, settings_.accounts.size());
    const auto gate = std::make_shared<dxtrade::rest::LoginGate>();
    for (std::size_t i = 0; i < thread_count; ++i) {
        threads_.push_back(std::make_unique<EventThread>(loop_mode(settings_.event_loop.mode),
                                                         "dxtrade-" + std::to_string(i), clock_,
                                                         log_, gate));
    }
    for (std::uint32_t i = 0; i < settings_.accounts.size(); ++i) {
        const config::AccountSettings& account = settings_.accounts[i];
        const auto thread = static_cast<std::uint32_t>(i % thread_count);
        events_.push_back(parts.make_events(account.id));
        cl_ord_ids_.push_back(make_cl_ord_ids(account));
        MadeAccount made = make_account(
            account, {threads_[thread]->loop(), clock_, *events_.back(), log_, settings_,
                      threads_[thread]->rest_hosts(), *cl_ord_ids_.back(), journal_sync_});
        journals_.push_back(std::move(made.journal));
        durable_sends_.push_back(std::move(made.durable_sends));
        places_.push_back(
            {thread, threads_[thread]->add(std::move(made.coordinator), made.market_data)});
        index_.emplace(account.id, i);
    }
}

Adapter::~Adapter() { stop(); }

void Adapter::start(std::unique_ptr<core::Log> log) {
    log_.set(std::move(log));
    for (const auto& journal : journals_) {
        if (journal->cut_off().empty()) continue;
        log_.write(core::LogLevel::Warning, "journal-cut-off text=\"" + journal->cut_off() + '"');
    }
    lifecycle_ = Lifecycle::Started;
    for (const auto& thread : threads_) thread->start();
}

void Adapter::stop() {
    if (lifecycle_ != Lifecycle::Started) return;
    lifecycle_ = Lifecycle::Stopping;
    // Whoever saw Started has handed over the command before the threads take their last turn.
    while (posting_.load() != 0) std::this_thread::yield();
    std::chrono::milliseconds timeout{0};
    for (const config::AccountSettings& account : settings_.accounts) {
        timeout = std::max(timeout, longest_logout(account));
    }
    std::vector<std::thread> stops;  // side by side: the waits must not add up
    stops.reserve(threads_.size());
    for (const auto& thread : threads_) {
        stops.emplace_back([&thread, timeout] { thread->stop(timeout + kStopMargin); });
    }
    for (std::thread& stop : stops) stop.join();
    log_.set(nullptr);  // the lines that are queued go out now: no callback comes after a stop
    lifecycle_ = Lifecycle::Stopped;
}

bool Adapter::is_event_thread() const {
    return std::any_of(threads_.begin(), threads_.end(),
                       [](const auto& thread) { return thread->is_current_thread(); });
}

std::optional<std::uint32_t> Adapter::find(std::string_view account) const {
    const auto found = index_.find(account);
    if (found == index_.end()) return std::nullopt;
    return found->second;
}

core::ClOrdID Adapter::next_cl_ord_id(std::uint32_t account) const {
    return cl_ord_ids_[account]->next();
}

const account::AccountStatus& Adapter::status(std::uint32_t account) const {
    const Place place = places_[account];
    return threads_[place.thread]->status(place.index);
}

account::RiskStatus Adapter::risk_status(std::uint32_t account) const {
    const Place place = places_[account];
    return threads_[place.thread]->risk_status(place.index);
}

core::Result<void> Adapter::post_list(std::uint32_t account, const core::NewOrderList& list) {
    auto copy = std::make_unique<core::NewOrderList>(list);
    auto posted = post_command(account, Command{0, ListCommand{copy.get()}});
    if (posted) (void)copy.release();  // the event thread's by now
    return posted;
}

core::Result<void> Adapter::post_command(std::uint32_t account, Command command) {
    posting_.fetch_add(1);
    core::Result<void> result;
    if (lifecycle_.load() != Lifecycle::Started) {
        result = core::fail(core::Reason::AccountNotReady, "the adapter is not started");
    } else {
        const Place place = places_[account];
        command.account = place.index;
        if (!threads_[place.thread]->post(command)) {
            result = core::fail(core::Reason::CommandQueueFull,
                                "the queue of 4096 requests to the event thread is full");
        }
    }
    posting_.fetch_sub(1);
    return result;
}

}  // namespace broker::runtime
