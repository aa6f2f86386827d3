#include "runtime/adapter.hpp"

#include <algorithm>
#include <thread>
#include <utility>

#include "config/yaml_reader.hpp"

namespace broker::runtime {
namespace {

net::LoopMode loop_mode(config::EventLoopMode mode) {
    return mode == config::EventLoopMode::Spin ? net::LoopMode::Spin : net::LoopMode::Block;
}

}  // namespace

Adapter::Adapter(AdapterParts parts)
    : settings_{std::move(parts.settings)},
      directory_{std::make_unique<AccountTable>(AccountTable::List{})} {
    const auto gate = std::make_shared<dxtrade::rest::LoginGate>();
    // Those that have no account are not started.
    for (std::size_t i = 0; i < settings_.event_loop.threads; ++i) {
        threads_.push_back(std::make_unique<EventThread>(loop_mode(settings_.event_loop.mode),
                                                         "dxtrade-" + std::to_string(i), clock_,
                                                         log_, gate));
    }
    roster_ = std::make_unique<AccountRoster>(RosterParts{
        settings_, clock_, log_, std::move(parts.make_events), threads_, journal_sync_});
    (void)directory_.replace(std::make_unique<AccountTable>(make_accounts()));
    settings_.accounts.clear();  // each account has its own
}

AccountTable::List Adapter::make_accounts() {
    AccountTable::List list;
    left_out_ = std::move(settings_.bad_accounts);
    for (config::AccountSettings& account : settings_.accounts) {
        const std::string id = account.id;
        try {
            AccountFingerprint fingerprint = roster_->fingerprint(account);
            list.push_back(
                roster_->hand_over(roster_->make(std::move(account), std::move(fingerprint))));
        } catch (const config::ConfigError& e) {
            if (settings_.on_bad_account == config::OnBadAccount::Fail) throw;
            left_out_.push_back({id, e.what()});
        }
    }
    if (list.empty()) {
        throw config::ConfigError{left_out_.front().why + "; no other account can be used either"};
    }
    for (const config::BadAccount& bad : left_out_) {
        const bool has_it = std::any_of(list.begin(), list.end(), [&](const auto& account) {
            return account->settings.id == bad.id;
        });
        if (has_it || bad.id.empty()) continue;  // the log has it
        config::AccountSettings account;
        account.id = bad.id;
        list.push_back(roster_->make_left_out(std::move(account), bad.why));
    }
    return list;
}

Adapter::~Adapter() { stop(); }

void Adapter::start(std::unique_ptr<core::Log> log) {
    log_.set(std::move(log));
    lifecycle_ = Lifecycle::Started;
    for (const config::BadAccount& bad : left_out_) {
        log_.write(core::LogLevel::Error,
                   "account=" + bad.id + " left-out text=\"" + bad.why + "\"");
    }
    const auto accounts = directory_.pin();
    for (const auto& account : accounts->list()) {
        if (account->is_down()) {
            roster_->tell_down(*account);
        } else {
            roster_->start(*account);
        }
    }
}

void Adapter::stop() {
    if (lifecycle_ != Lifecycle::Started) return;
    lifecycle_ = Lifecycle::Stopping;
    // Whoever saw Started has handed over the command before the threads take their last turn.
    directory_.wait_for_readers();
    std::chrono::milliseconds timeout{0};
    for (const auto& account : AccountTable::List{directory_.pin()->list()}) {
        timeout = std::max(timeout, longest_logout(account->settings));
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

ReloadOutcome Adapter::reload(config::Settings settings, std::string_view why) {
    const config::OnBadAccount on_bad_account = settings.on_bad_account;
    const ReloadOutcome outcome =
        Reload{{*roster_, directory_, log_}, std::move(settings), std::string{why}}.run();
    settings_.on_bad_account = on_bad_account;
    log_.write(core::LogLevel::Warning,
               "operator action=reload added=" + std::to_string(outcome.added) + " removed=" +
                   std::to_string(outcome.removed) + " changed=" + std::to_string(outcome.changed) +
                   " unchanged=" + std::to_string(outcome.unchanged) +
                   " left_out=" + std::to_string(outcome.left_out) +
                   " down=" + std::to_string(outcome.down) + " why=\"" + std::string{why} + "\"");
    return outcome;
}

void Adapter::log_refused_reload(std::string_view why, std::string_view text) {
    log_.write(core::LogLevel::Error, "operator action=reload refused why=\"" + std::string{why} +
                                          "\" text=\"" + std::string{text} + "\"");
}

bool Adapter::is_event_thread() const {
    return std::any_of(threads_.begin(), threads_.end(),
                       [](const auto& thread) { return thread->is_current_thread(); });
}

core::Result<void> Adapter::post_list(const Account& account, const core::NewOrderList& list) {
    auto copy = std::make_unique<core::NewOrderList>(list);
    auto posted = post_command(account, Command{0, ListCommand{copy.get()}});
    if (posted) (void)copy.release();  // the event thread's by now
    return posted;
}

core::Result<void> Adapter::post_command(const Account& account, Command command) {
    if (lifecycle_.load() != Lifecycle::Started) {
        return core::fail(core::Reason::AccountNotReady, "the adapter is not started");
    }
    if (account.is_down()) return account.why_down;
    command.account = account.number;
    if (!account.thread->post(command)) {
        return core::fail(core::Reason::CommandQueueFull,
                          "the queue of 4096 requests to the event thread is full");
    }
    return {};
}

}  // namespace broker::runtime
