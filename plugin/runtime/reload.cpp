#include "runtime/reload.hpp"

#include <algorithm>
#include <exception>
#include <future>
#include <mutex>
#include <set>
#include <utility>

#include "config/yaml_reader.hpp"

namespace broker::runtime {
namespace {

using config::ConfigError;
using core::Reason;

// Of push and REST, whose closing and logout are bounded by themselves.
constexpr std::chrono::milliseconds kRestLogout{2'500};

// Which of several steps on event threads have ended. Shared with them: one may end after the wait.
class Steps {
public:
    // To be called when the step about `account` has ended. [event-thread]
    static std::function<void()> end_of(const std::shared_ptr<Steps>& steps,
                                        const Account* account) {
        steps->open_.insert(account);
        return [steps, account] {
            const std::lock_guard lock{steps->mutex_};
            steps->open_.erase(account);
            if (steps->open_.empty()) steps->all_.set_value();
        };
    }

    // The same, with the journal of an account that is destroyed, which is closed by wait().
    static EventThread::Removed end_with_journal(const std::shared_ptr<Steps>& steps,
                                                 const Account* account) {
        return [steps, end = end_of(steps, account)](SyncedJournal journal) {
            {
                const std::lock_guard lock{steps->mutex_};
                steps->journals_.push_back(std::move(journal));
            }
            end();
        };
    }

    // Those that have not ended after `timeout`.
    std::set<const Account*> wait(std::chrono::milliseconds timeout) {
        auto all = all_.get_future();
        {
            const std::lock_guard lock{mutex_};
            if (open_.empty()) return {};
        }
        (void)all.wait_for(timeout);
        std::vector<SyncedJournal> closed;  // behind the lock: an event thread may wait for that
        const std::lock_guard lock{mutex_};
        closed.swap(journals_);
        return open_;
    }

private:
    std::mutex mutex_;  // guards the next two once the first step is under way
    std::set<const Account*> open_;
    std::vector<SyncedJournal> journals_;
    std::promise<void> all_;
};

}  // namespace

// FIX sessions log out side by side, with push; then REST does.
std::chrono::milliseconds longest_logout(const config::AccountSettings& account) {
    std::chrono::milliseconds longest{0};
    for (const auto* session : {&account.trading, &account.market_data, &account.drop_copy}) {
        if (*session) longest = std::max(longest, (*session)->logout_timeout);
    }
    if (account.push) longest = std::max(longest, kRestLogout);
    return account.rest ? longest + kRestLogout : longest;
}

ReloadOutcome Reload::run() {
    before_ = parts_.directory.pin()->list();
    look();
    make_added();
    // From here on there is no way back, and none is needed: what can fail concerns one account.
    stop_old();
    remove_old();
    make_changed();
    publish();
    return outcome();
}

// ---- looking: nothing changes

void Reload::look() {
    for (config::AccountSettings& account : settings_.accounts) look_at(std::move(account));
    leave_out_bad();
    find_removed();
    const bool has_any = std::any_of(entries_.begin(), entries_.end(), [](const Entry& entry) {
        return entry.kind != Entry::Kind::LeftOut;
    });
    if (!has_any) throw ConfigError{entries_.front().why + "; no other account can be used either"};
}

void Reload::look_at(config::AccountSettings settings) {
    Entry entry;
    const auto old = std::find_if(before_.begin(), before_.end(), [&](const Old& account) {
        return account->settings.id == settings.id;
    });
    if (old != before_.end()) entry.old = *old;
    entry.settings = std::move(settings);
    try {
        entry.fingerprint = parts_.roster.fingerprint(entry.settings);
        if (!entry.old || entry.old->fingerprint != entry.fingerprint) {
            parts_.roster.rehearse(entry.settings);
            const bool runs = entry.old && !entry.old->is_down();
            entry.kind = runs ? Entry::Kind::Changed : Entry::Kind::Added;
        } else {
            entry.result = entry.old;
        }
    } catch (const ConfigError& e) {
        if (!may_leave_out(entry.old)) throw;
        leave_out(entry, e.what());
    }
    entries_.push_back(std::move(entry));
}

// Why not one that runs: a mistake in its entry must not stop it.
bool Reload::may_leave_out(const Old& old) const {
    return settings_.on_bad_account == config::OnBadAccount::Skip && (!old || old->is_down());
}

void Reload::leave_out(Entry& entry, std::string why) {
    entry.kind = Entry::Kind::LeftOut;
    entry.why = std::move(why);
    entry.result = parts_.roster.make_left_out(entry.settings, entry.why);
}

void Reload::leave_out_bad() {
    for (const config::BadAccount& bad : settings_.bad_accounts) {
        const auto is_it = [&](const auto& account) { return account->settings.id == bad.id; };
        const auto old = std::find_if(before_.begin(), before_.end(), is_it);
        const bool runs = old != before_.end() && !(*old)->is_down();
        const bool stands_twice =
            std::any_of(entries_.begin(), entries_.end(),
                        [&](const Entry& entry) { return entry.settings.id == bad.id; });
        // Without its id it might be one that runs, which would look removed.
        if (runs || stands_twice || bad.id.empty()) throw ConfigError{bad.why};
        Entry entry;
        entry.settings.id = bad.id;
        if (old != before_.end()) entry.old = *old;
        leave_out(entry, bad.why);
        entries_.push_back(std::move(entry));
    }
}

void Reload::find_removed() {
    for (const Old& account : before_) {
        const bool stays = std::any_of(entries_.begin(), entries_.end(),
                                       [&](const Entry& entry) { return entry.old == account; });
        if (!stays) removed_.push_back(account);
        if (!stays && !account->is_down()) ending_.push_back(account);
    }
    for (const Entry& entry : entries_) {
        if (entry.kind == Entry::Kind::Changed) ending_.push_back(entry.old);
    }
}

// Their stores are opened before anything else changes, so that a disk that does not let them
// leaves everything as it was.
void Reload::make_added() {
    for (Entry& entry : entries_) {
        if (entry.kind != Entry::Kind::Added) continue;
        try {
            entry.made = parts_.roster.make(entry.settings, entry.fingerprint);
        } catch (const ConfigError& e) {
            if (!may_leave_out(entry.old)) throw;
            leave_out(entry, e.what());
        }
    }
}

// ---- changing

void Reload::stop_old() {
    const auto steps = std::make_shared<Steps>();
    std::vector<std::function<void()>> ends;
    std::chrono::milliseconds timeout = kStopMargin;
    for (const Old& account : ending_) {
        ends.push_back(Steps::end_of(steps, account.get()));
        timeout = std::max(timeout, longest_logout(account->settings) + kStopMargin);
    }
    for (std::size_t i = 0; i < ending_.size(); ++i) {
        const Account& account = *ending_[i];
        const bool is_removed =
            std::find(removed_.begin(), removed_.end(), ending_[i]) != removed_.end();
        record(account, is_removed ? "ends: removed" : "ends: to be changed");
        account.thread->stop_account(
            account.number, Reason::Configuration,
            is_removed ? "removed from the configuration" : "its configuration has changed",
            std::move(ends[i]));
    }
    (void)steps->wait(timeout);  // who is late is seen by remove_old()
    for (const Old& account : ending_) parts_.roster.keep_holds(*account);
}

void Reload::remove_old() {
    if (removed_.empty() && ending_.empty()) return;
    // Callers find the accounts no more, or as down; whoever had found one has posted by then.
    AccountTable::List list;
    for (const Entry& entry : entries_) {
        if (entry.kind == Entry::Kind::Changed) {
            list.push_back(parts_.roster.make_down(
                entry.old->settings,
                core::fail(Reason::AccountNotReady, "account " + entry.settings.id +
                                                        " is being changed: its configuration is "
                                                        "loaded anew")));
        } else if (entry.result) {
            list.push_back(entry.result);
        } else if (entry.old) {
            list.push_back(entry.old);  // was down, and is not yet up
        }
    }
    (void)parts_.directory.replace(std::make_unique<AccountTable>(std::move(list)));
    const auto steps = std::make_shared<Steps>();
    std::vector<EventThread::Removed> ends;
    for (const Old& account : ending_)
        ends.push_back(Steps::end_with_journal(steps, account.get()));
    for (std::size_t i = 0; i < ending_.size(); ++i) {
        ending_[i]->thread->remove(ending_[i]->number, std::move(ends[i]));
    }
    const auto late = steps->wait(kStopMargin);
    still_there_.assign(late.begin(), late.end());
}

void Reload::make_changed() {
    for (Entry& entry : entries_) {
        if (entry.kind != Entry::Kind::Changed) continue;
        try {
            if (std::find(still_there_.begin(), still_there_.end(), entry.old.get()) !=
                still_there_.end()) {
                throw ConfigError{"it did not stop in time; reload again when it has"};
            }
            entry.made = parts_.roster.make(entry.settings, entry.fingerprint);
        } catch (const std::exception& e) {
            entry.why = e.what();
            entry.result = parts_.roster.make_down(
                entry.settings, core::fail(Reason::Configuration, "account " + entry.settings.id +
                                                                      " is down: " + entry.why));
        }
    }
}

// In this order, since a caller who finds an account may send it a command, and the host who hears
// of an account may ask for it.
void Reload::publish() {
    AccountTable::List list;
    for (Entry& entry : entries_) {
        if (entry.made) entry.result = parts_.roster.hand_over(std::move(*entry.made));
        list.push_back(entry.result);
    }
    (void)parts_.directory.replace(std::make_unique<AccountTable>(std::move(list)));
    for (const Entry& entry : entries_) {
        log(entry);
        if (entry.kind == Entry::Kind::Unchanged) continue;
        if (entry.result->is_down()) {
            parts_.roster.tell_down(*entry.result);
        } else {
            record(*entry.result,
                   entry.kind == Entry::Kind::Added ? "begins: added" : "begins: changed");
            parts_.roster.start(*entry.result);
        }
    }
    for (const Old& account : removed_) {
        parts_.log.write(core::LogLevel::Info,
                         "reload account=" + account->settings.id + " change=removed");
    }
}

void Reload::log(const Entry& entry) const {
    const std::string line = "reload account=" + entry.settings.id + " change=";
    const bool is_down = entry.result->is_down();
    if (is_down) {
        parts_.log.write(core::LogLevel::Error, line + "down text=\"" + entry.why + "\"");
    } else if (entry.kind != Entry::Kind::Unchanged) {
        parts_.log.write(core::LogLevel::Info,
                         line + (entry.kind == Entry::Kind::Added ? "added" : "changed"));
    }
}

void Reload::record(const Account& account, std::string_view change) const {
    account.thread->record(account.number, {why_, "reload", std::string{change}});
}

ReloadOutcome Reload::outcome() const {
    ReloadOutcome made;
    made.removed = static_cast<std::uint32_t>(removed_.size());
    for (const Entry& entry : entries_) {
        const bool is_down = entry.result->is_down();
        switch (entry.kind) {
            case Entry::Kind::Unchanged:
                ++made.unchanged;
                break;
            case Entry::Kind::Added:
                ++made.added;
                break;
            case Entry::Kind::Changed:
                ++(is_down ? made.down : made.changed);
                break;
            case Entry::Kind::LeftOut:
                ++made.left_out;
                break;
        }
        if (!is_down) continue;
        if (!made.text.empty()) made.text += "; ";
        made.text += entry.result->why_down.detail;
    }
    return made;
}

}  // namespace broker::runtime
