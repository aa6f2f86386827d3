// The records of one account's orders in its journal, and how far the host has heard of them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "journal/journal.hpp"
#include "journal/operator_action.hpp"
#include "recovery/ledger_cursor.hpp"

namespace broker::recovery {

struct RecordLogOptions {
    // Records are carried when there are so many bytes of them, and twice what the last carrying
    // took along; or when the journal has grown so far since, whatever was appended to it. So a
    // start reads about as much.
    std::size_t carry_after_bytes = 16 * 1024 * 1024;
    std::size_t carry_after_journal_bytes = 128 * 1024 * 1024;
    // How much of the journal one step of a carrying reads.
    LedgerCursor::Bounds step{512, 128 * 1024};
};

// A view of the account's journal, which is never rewritten: kinds OrderIntent (requests),
// OrderEvidence and LedgerCarried. Records about orders that nobody remembers are left behind now
// and then, in small steps: those still needed are appended again, and when the last one is there,
// the marks of the journal say that a replay begins where the first one stands. So the time to
// start depends on the orders that are remembered, however old the account. Whatever ends the
// process in between, the older beginning counts until the marks are set; and if a loss of power
// keeps the mark but takes the carrying, the one before it counts. Appending allocates nothing.
// Errors are StorageFailed and name the file. Owned by RecordedLedger. [event-thread]
class RecordLog {
public:
    // `journal` and `clock` outlive the log. Decides where the replay begins.
    RecordLog(journal::Journal& journal, const core::Clock& clock, RecordLogOptions options = {});
    ~RecordLog();
    RecordLog(const RecordLog&) = delete;
    RecordLog& operator=(const RecordLog&) = delete;

    // On a full disk orders are refused, while requests that cancel and what the venue says go into
    // the journal's reserve.
    enum class Use { Order, Cancel, Evidence };
    [[nodiscard]] core::Result<void> append(std::string_view record, Use use);

    // Proof of what a person did; it is no part of what is read here.
    [[nodiscard]] core::Result<void> append(const journal::OperatorAction& action);

    // Calls `visit` with each record, oldest first, and counts bytes(). Once at the start, before
    // append: reads all of the journal from where the replay begins.
    using Visit = std::function<void(std::string_view record)>;
    [[nodiscard]] core::Result<void> read(const Visit& visit);

    // The number of the last record of which the host has heard what it means.
    [[nodiscard]] std::uint64_t heard() const;
    void set_heard(std::uint64_t number);

    // A step of what is to be done now and then. `is_kept` says whether a record is still needed;
    // the first step of a carrying asks nothing yet.
    using IsKept = std::function<bool(std::string_view record)>;
    void on_tick(const IsKept& is_kept);

    // Of the records that a replay reads, as they stand in the journal.
    [[nodiscard]] std::size_t bytes() const { return carried_bytes_ + appended_bytes_; }
    [[nodiscard]] bool is_carrying() const { return next_.has_value(); }

private:
    // The carrying under way.
    struct Next {
        journal::Position begin;
        LedgerCursor cursor;
        std::size_t carried_bytes = 0;
        std::size_t appended_bytes = 0;  // since it began
    };
    struct Taken {
        core::UtcTime time;
        std::string record;
    };

    [[nodiscard]] Carrying find_beginning();
    [[nodiscard]] core::Result<void> begin_carrying();
    [[nodiscard]] core::Result<void> carry(const IsKept& is_kept);
    [[nodiscard]] core::Result<journal::Position> append_carried(core::UtcTime time,
                                                                 std::string_view record);
    void finish_carrying(journal::Position end);
    void set_thresholds();

    journal::Journal& journal_;
    const core::Clock& clock_;
    RecordLogOptions options_;
    Carrying from_;
    std::size_t carried_bytes_ = 0;
    std::size_t appended_bytes_ = 0;
    std::size_t carry_at_bytes_ = 0;
    journal::Position carry_at_position_ = 0;
    std::optional<Next> next_;
    std::vector<Taken> taken_;  // in one step; kept for its memory
};

}  // namespace broker::recovery
