// What an account's journal knows without being read: its streams with their numbers, and marks.
#pragma once

#include <array>
#include <atomic>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"
#include "journal/mapped_file.hpp"

namespace broker::journal {

// The number of a stream in the records: a FIX session, for instance. 0 is the account itself.
using StreamNumber = std::uint16_t;

// Where a stream stands: everything that has to change together.
struct StreamState {
    core::MsgSeqNum next_sender = 1;
    core::MsgSeqNum next_target = 1;
    std::uint64_t epoch = 1;        // of the numbers: each reset begins another one
    std::uint64_t epoch_begin = 0;  // position in the log: no record of the epoch lies before it
    // Position in the log: the records before it are counted in the state, those from it on are not
    // and have to be applied to it, in order.
    std::uint64_t as_of = 0;
    core::UtcTime last_reset;  // when the numbers last began at 1; 1970: not recorded

    friend bool operator==(const StreamState&, const StreamState&) = default;
};

// Named values of the account, 0 at first. The values stand in files: they never change.
enum class JournalMark : std::uint8_t {
    Heard = 0,             // number of the last ledger record of which the host has heard
    LedgerFrom = 1,        // position from which the order ledger is replayed
    LedgerFromBefore = 2,  // the one before it, for when a loss of power has taken what it names
    HighestUtcOffset = 3,  // of this start of the machine, see core::UtcAges; 0: none
    LostBefore = 5,        // see Journal::lost_before()
    Boot = 6,              // of the machine, when the journal was last opened
    ClosedAt = 7,  // end of the log, plus one, when its last owner had made all of it durable
};

// One file of the journal's directory. Writing is a copy into mapped memory, into the older of two
// checksummed slots, so that one is whole whenever the process dies; a loss of power may bring an
// older state back, each slot by itself. Errors are StorageFailed and name the file.
// Owned by Journal, which holds the directory's lock. [event-thread], but for durable()
class JournalHeader {
public:
    static constexpr std::size_t kMaxStreams = 32;
    static constexpr std::size_t kMaxNameBytes = 1024;
    static constexpr std::size_t kMaxMarks = 8;

    // Opens or creates `header` in the directory, which exists. A damaged or foreign file is an
    // error; it is never silently replaced.
    [[nodiscard]] static core::Result<JournalHeader> open(const std::filesystem::path& directory,
                                                          const std::string& account);
    JournalHeader(JournalHeader&& other) noexcept;
    JournalHeader& operator=(JournalHeader&&) = delete;
    ~JournalHeader() = default;

    // The number of the stream of that name, which is made if there is none. Errors: the name is
    // empty or too long, or there is no place for a further stream.
    [[nodiscard]] core::Result<StreamNumber> stream(std::string_view name);
    [[nodiscard]] std::size_t streams() const { return names_.size(); }  // numbered from 1 on
    [[nodiscard]] const std::string& name(StreamNumber stream) const { return names_[stream - 1U]; }

    [[nodiscard]] const StreamState& state(StreamNumber stream) const {
        return states_[stream - 1U].value;
    }
    void save(StreamNumber stream, const StreamState& state);

    [[nodiscard]] std::uint64_t mark(JournalMark mark) const {
        return marks_.value[static_cast<std::size_t>(mark)];
    }
    void set_mark(JournalMark mark, std::uint64_t value);

    // All records before this position are on the disk: what is damaged before it was damaged
    // there, what is damaged behind it may be what a loss of power left.
    [[nodiscard]] std::uint64_t durable() const {  // [any-thread]
        return durable_position_.load(std::memory_order_acquire);
    }
    void set_durable(std::uint64_t position);  // never back; one thread at a time

    // Returns when the file is on the disk. Blocks. [any-thread]
    [[nodiscard]] core::Result<void> sync() const;

    [[nodiscard]] const std::filesystem::path& path() const { return file_.path(); }

private:
    // What the two slots hold, and how often they were written.
    template <class Value>
    struct Kept {
        std::uint64_t generation = 0;
        Value value{};
    };
    using Marks = std::array<std::uint64_t, kMaxMarks>;
    friend struct JournalHeaderSnapshot;

    explicit JournalHeader(MappedFile file) : file_{std::move(file)} {}
    [[nodiscard]] core::Result<void> load();

    MappedFile file_;
    std::vector<std::string> names_;
    std::vector<Kept<StreamState>> states_;
    Kept<Marks> marks_;
    Kept<std::uint64_t> durable_;  // the thread's that sets it
    std::atomic<std::uint64_t> durable_position_{0};
};

// The header as a reader finds it, without a lock and while its owner may be writing it.
struct JournalHeaderSnapshot {
    struct Stream {
        std::string name;
        StreamState state;
    };
    std::string account;
    std::vector<Stream> streams;  // the first one has the number 1
    std::array<std::uint64_t, JournalHeader::kMaxMarks> marks{};
    std::uint64_t durable = 0;

    [[nodiscard]] static core::Result<JournalHeaderSnapshot> read(
        const std::filesystem::path& directory);
};

}  // namespace broker::journal
