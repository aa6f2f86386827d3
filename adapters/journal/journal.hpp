// One account's append-only log: every record framed by a checksum, in segments of fixed size.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <string>
#include <string_view>

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

struct JournalHealth {
    bool is_full = false;  // no further segment can be made: new orders are refused
    std::string text;      // why, with the file; empty if not full
};

struct JournalOptions {
    std::filesystem::path directory;  // of this account alone; created with mode 0700 if missing
    std::string account;              // written into each segment and checked on opening
    std::size_t segment_bytes = 8 * 1024 * 1024;  // for new journals; a multiple of 4096
    std::size_t reserve_bytes = 256 * 1024;       // at a segment's end, for AppendClass::Essential
};

// Appending is a copy into mapped memory whose disk space is reserved; making the next segment is
// the one step that goes to the file system, when a segment comes to its reserve. What was appended
// survives the death of the process at any instruction; a loss of power may take what was not
// synced. The directory is locked against a second process. Every failure is StorageFailed and
// names the file. Secrets are the caller's to leave out: the log keeps payloads as they are.
// [event-thread]
class Journal {
public:
    // Opens or creates. A torn record at the end is cut off; damage before a whole record is an
    // error that names file and offset, and nothing is changed.
    [[nodiscard]] static core::Result<std::unique_ptr<Journal>> open(JournalOptions options);

    // Errors: a record longer than max_payload(), or no room (see health()). After an error the log
    // is as before.
    [[nodiscard]] core::Result<Position> append(const RecordHeader& header,
                                                std::string_view payload,
                                                AppendClass append_class = AppendClass::Essential);
    [[nodiscard]] std::size_t max_payload() const;

    [[nodiscard]] Position end() const { return end_; }
    // Where the first of the segments begins that hold the last `bytes` of the log at most; that
    // of the last segment at least.
    [[nodiscard]] Position segment_within(std::uint64_t bytes) const;
    [[nodiscard]] const JournalHealth& health() const { return health_; }
    [[nodiscard]] JournalHeader& header() { return header_; }

    // For the thread that goes on with it: the next append binds it.
    void release_thread() { thread_.release(); }

    // Returns when all that was appended is on the disk. Blocks: not for the order path.
    [[nodiscard]] core::Result<void> sync();
    [[nodiscard]] Position durable() const { return durable_; }  // all before it is on the disk

    // Calls `visit` for each record from `from` (0, or a position of a record) on, in order, until
    // it returns false. One segment is mapped at a time, however long the log is.
    using Visit = std::function<bool(const Record&)>;
    [[nodiscard]] core::Result<void> read(Position from, const Visit& visit) const;

private:
    Journal(JournalOptions options, FileDescriptor lock, JournalHeader header,
            std::unique_ptr<MappedFile> active, Position end);
    [[nodiscard]] bool make_next();
    void rotate();
    [[nodiscard]] std::size_t rest_of_segment() const;

    core::ThreadBound thread_;
    JournalOptions options_;
    FileDescriptor lock_;
    JournalHeader header_;
    std::size_t segment_bytes_;           // of records, in each segment
    std::shared_ptr<MappedFile> active_;  // the segment that end_ is in
    std::unique_ptr<MappedFile> next_;    // made, not yet in use
    Position end_;
    Position durable_;
    JournalHealth health_;
};

}  // namespace broker::journal
