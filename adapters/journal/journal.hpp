// One account's append-only log: every record framed by a checksum, in segments of fixed size.
#pragma once

#include <atomic>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "core/thread_bound.hpp"
#include "journal/journal_header.hpp"
#include "journal/mapped_file.hpp"

namespace broker::journal {

// What a record is about. The values stand in files: they never change.
enum class RecordKind : std::uint8_t {
    FixOut = 1,          // a FIX message that we send and may send again
    FixIn = 2,           // a FIX message that came, without its secrets; recorded in its turn
    SequenceReset = 3,   // both numbers start again at 1: `epoch` is the new one
    SequenceSet = 4,     // a next number was set; payload: "sender" or "target"
    OrderIntent = 5,     // a request that is about to be sent
    OrderEvidence = 6,   // what is known of a request from then on
    OperatorAction = 7,  // what a person did
    SessionNote = 8,     // logon, loss and the like
    RestOut = 9,         // body redacted
    RestIn = 10,         // body redacted
    LedgerCarried = 11,  // an OrderIntent or OrderEvidence again, with a new place in the log;
                         // `epoch` is the position at which the carrying began (see recovery)
    FixSessionOut = 12,  // a session message that we send, never sent again; without its secrets
    FixRepeat = 13,      // what answers a ResendRequest: a message again, or a gap fill instead
};

// The byte of the log at which a record begins. Grows along the log over all segments.
using Position = std::uint64_t;

struct RecordHeader {
    RecordKind kind = RecordKind::SessionNote;
    StreamNumber stream = 0;          // the header's number of the session; 0: the account itself
    std::uint64_t epoch = 0;          // of the stream's numbers: a number is unique within it
    core::MsgSeqNum msg_seq_num = 0;  // 0: none
    core::UtcTime time;
};

struct Record {
    RecordHeader header;
    Position position = 0;
    Position next = 0;         // where the next record begins
    std::string_view payload;  // valid during the visit
};

// What becomes of a record when no further segment can be made.
enum class AppendClass {
    Order,      // a new order: refused, so that room is left for what follows
    Essential,  // cancels, reports, session messages: goes into the reserve while that lasts
};

// In either of these states new orders are refused.
struct JournalHealth {
    bool is_full = false;    // no further segment can be made; it ends by itself
    bool is_failed = false;  // what was written did not reach the disk; until the journal is opened
                             // again. Why for good: the kernel forgets what it could not write
    std::string text;        // why, with the file; empty if neither
};

// When records are made durable (by JournalSync).
enum class Durability {
    Async,       // every interval
    Batch,       // at once, together with what has come meanwhile; nothing waits for it
    BeforeSend,  // the same, and messages are handed to the network only after it
};

struct JournalOptions {
    std::filesystem::path directory;  // of this account alone; created with mode 0700 if missing
    std::string account;              // written into each segment and checked on opening
    std::size_t segment_bytes = 8 * 1024 * 1024;  // for new journals; a multiple of 4096
    std::size_t reserve_bytes = 256 * 1024;       // at a segment's end, for AppendClass::Essential
    Durability durability = Durability::Batch;
    std::uint64_t boot = 0;  // which start of the machine this is; 0: as the kernel says
};

class JournalSync;
struct JournalSyncOptions;
struct OpenedFiles;

// Appending is a copy into mapped memory whose disk space is reserved. With a JournalSync the next
// segment is made ahead of need, on its thread; without one, or if it is late when the reserve is
// reached, appending makes it. What was appended survives the death of the process at any
// instruction; a loss of power may take what was not durable. The directory is locked against a
// second process. Every failure is StorageFailed and names the file. Secrets are the caller's to
// leave out: the log keeps payloads as they are.
// [event-thread], but for what says otherwise
class Journal {
public:
    // Opens or creates. A torn record at the end is cut off, and so is what a loss of power left
    // behind the header's durable position without the record before it. Damage before that
    // position is an error that names file and offset, and nothing is changed.
    [[nodiscard]] static core::Result<std::unique_ptr<Journal>> open(JournalOptions options);
    ~Journal();

    // Errors: a record longer than max_payload(), or no room (see health()). After an error the log
    // is as before.
    [[nodiscard]] core::Result<Position> append(const RecordHeader& header,
                                                std::string_view payload,
                                                AppendClass append_class = AppendClass::Essential);
    [[nodiscard]] std::size_t max_payload() const;

    [[nodiscard]] Position end() const {  // [any-thread]
        return end_.load(std::memory_order_acquire);
    }
    // Where the first of the segments begins that hold the last `bytes` of the log at most; that
    // of the last segment at least.
    [[nodiscard]] Position segment_within(std::uint64_t bytes) const;
    [[nodiscard]] JournalHealth health() const;  // [any-thread]
    [[nodiscard]] JournalHeader& header() { return header_; }
    [[nodiscard]] Durability durability() const { return options_.durability; }
    // Where opening has cut off whole records, for the log; empty if it has not.
    [[nodiscard]] const std::string& cut_off() const { return cut_off_; }

    // For the thread that goes on with it: the next append binds it.
    void release_thread() { thread_.release(); }
    // The machine has gone down while records before this position were not known to be on the
    // disk: later ones may be missing, so that it proves nothing that one is. 0: it has never.
    [[nodiscard]] Position lost_before() const { return header_.mark(JournalMark::LostBefore); }

    // All before it is on the disk. [any-thread]
    [[nodiscard]] Position durable() const { return header_.durable(); }
    // Called on the journal thread whenever durable() has grown, and when health() has become
    // failed. Set before a JournalSync has the journal.
    void on_durable(std::function<void()> listener) { listener_ = std::move(listener); }
    // Returns when all that was appended is on the disk. Blocks. Without a JournalSync alone.
    [[nodiscard]] core::Result<void> sync();

    // Calls `visit` for each record from `from` (0, or a position of a record) on, in order, until
    // it returns false; it may append. One segment is mapped at a time, however long the log is.
    using Visit = std::function<bool(const Record&)>;
    [[nodiscard]] core::Result<void> read(Position from, const Visit& visit) const;

private:
    friend class JournalSync;
    Journal(JournalOptions options, OpenedFiles files);
    class Reading;

    [[nodiscard]] bool make_next();
    void rotate();
    [[nodiscard]] std::size_t rest_of_segment() const;
    [[nodiscard]] bool has_next() const { return next_.load(std::memory_order_acquire) != nullptr; }
    [[nodiscard]] core::Result<void> make_room(std::uint64_t bytes, AppendClass append_class);
    void tell_sync(std::size_t offset_before);
    void set_full(bool is_full, const std::string& text);

    // [journal-thread]
    void serve(core::MonotonicTime now, const JournalSyncOptions& options, bool is_last);
    [[nodiscard]] bool needs_next() const;
    [[nodiscard]] core::Result<void> flush();
    void fail(const std::string& text);

    core::ThreadBound thread_;
    const JournalOptions options_;
    FileDescriptor lock_;
    JournalHeader header_;
    const std::string cut_off_;
    const std::size_t segment_bytes_;     // of records, in each segment
    std::unique_ptr<MappedFile> active_;  // the segment that end_ is in
    std::atomic<Position> end_;
    JournalSync* sync_ = nullptr;  // null: there is none
    std::function<void()> listener_;

    // Made, not yet in use; and one that is no longer, for the journal thread to unmap.
    std::atomic<MappedFile*> next_{nullptr};
    std::atomic<MappedFile*> used_up_{nullptr};
    std::mutex making_;  // of the next segment: held while a file is made, by whichever thread

    std::atomic<bool> is_full_{false};
    std::atomic<bool> is_failed_{false};
    mutable std::mutex health_mutex_;  // guards health_text_, which is for a full or failed journal
    std::string health_text_;

    // Reads under way, and the segments that came to their end meanwhile.
    mutable int reads_ = 0;
    mutable std::vector<std::unique_ptr<MappedFile>> read_still_;

    // [journal-thread]
    Position synced_names_ = 0;  // the directory is known to have the segments before it
    core::MonotonicTime next_flush_;
    core::MonotonicTime next_attempt_;  // to make a segment
    core::MonotonicTime next_header_flush_;
    bool is_header_newer_ = false;  // than the disk
};

}  // namespace broker::journal
