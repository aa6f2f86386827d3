// The records of one account's orders on disk, and how far the host has heard of them.
#pragma once

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string_view>

#include "recovery/segment_chain.hpp"

namespace broker::recovery {

struct RecordLogOptions {
    SegmentChainOptions
        files;  // the directory is of this log alone; created, mode 0700, if missing
    // Records are sorted out when there are so many bytes of them, and twice what the last sorting
    // out has left.
    std::size_t compact_after_bytes = 16 * 1024 * 1024;
};

// What is about orders that nobody remembers is sorted out now and then, in small steps: the
// records to be kept are copied, with their numbers, into a new generation of files, which takes
// the old one's place when it is whole. So the log is bounded by the orders that are remembered,
// however old the account. Appending is a copy into mapped memory: no system call and no
// allocation, but when a file is full before the next one is made. What the process wrote survives
// its death. The directory is locked against a second process while the log lives. Errors are
// StorageFailed and name the file. [event-thread]
class RecordLog {
public:
    [[nodiscard]] static core::Result<std::unique_ptr<RecordLog>> open(RecordLogOptions options);
    ~RecordLog();
    RecordLog(const RecordLog&) = delete;
    RecordLog& operator=(const RecordLog&) = delete;

    // Orders leave the last part of the last file to evidence: on a full disk they are refused
    // while what the venue says is still recorded.
    enum class Use { Order, Evidence };
    [[nodiscard]] core::Result<void> append(std::string_view record, Use use);

    // Calls `visit` with each record, oldest first.
    using Visit = std::function<void(std::string_view record)>;
    void read(const Visit& visit) const;

    // The number of the last record of which the host has heard what it means.
    [[nodiscard]] std::uint64_t heard() const;
    void set_heard(std::uint64_t number);

    // A step of what is to be done now and then. `is_kept` says whether a record is still needed.
    using IsKept = std::function<bool(std::string_view record)>;
    void on_tick(const IsKept& is_kept);

    [[nodiscard]] std::size_t bytes() const { return chain_->bytes(); }
    [[nodiscard]] bool is_compacting() const { return next_.has_value(); }

private:
    struct Mark {
        std::uint64_t heard = 0;
        std::uint64_t generation = 0;  // of the files that count
    };

    RecordLog(RecordLogOptions options, journal::FileDescriptor lock, journal::MappedFile mark);
    void remove_other_generations() const;
    void compact(const IsKept& is_kept);
    [[nodiscard]] std::uint64_t* field(std::size_t offset) const;

    static constexpr std::size_t kRecordsPerStep = 1024;

    RecordLogOptions options_;
    journal::FileDescriptor lock_;
    journal::MappedFile mark_;
    std::optional<SegmentChain> chain_;
    std::optional<SegmentChain> next_;  // the generation that is being written
    SegmentChain::Place copied_;        // up to here
    std::size_t compact_at_bytes_;
};

}  // namespace broker::recovery
