// An account's journal that the adapter's journal thread looks after.
#pragma once

#include <memory>
#include <utility>

#include "journal/journal.hpp"
#include "journal/journal_sync.hpp"

namespace broker::runtime {

// Takes its leave of the journal thread before the journal goes: an account may go while the
// adapter runs. The thread may go first.
class SyncedJournal {
public:
    SyncedJournal() = default;
    explicit SyncedJournal(std::unique_ptr<journal::Journal> journal)
        : journal_{std::move(journal)} {}
    SyncedJournal(SyncedJournal&&) noexcept = default;
    SyncedJournal& operator=(SyncedJournal&& other) noexcept {
        if (this == &other) return *this;
        leave();
        journal_ = std::move(other.journal_);
        sync_ = std::exchange(other.sync_, {});
        return *this;
    }
    ~SyncedJournal() { leave(); }

    void look_after_by(const std::shared_ptr<journal::JournalSync>& sync) {
        sync->add(*journal_);
        sync_ = sync;
    }

    [[nodiscard]] journal::Journal* get() const { return journal_.get(); }
    journal::Journal* operator->() const { return journal_.get(); }
    journal::Journal& operator*() const { return *journal_; }
    explicit operator bool() const { return journal_ != nullptr; }

private:
    void leave() {
        if (!journal_) return;
        if (const auto sync = sync_.lock()) sync->remove(*journal_);
    }

    std::unique_ptr<journal::Journal> journal_;
    std::weak_ptr<journal::JournalSync> sync_;
};

}  // namespace broker::runtime
