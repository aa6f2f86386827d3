// A journal as those see it who only read: operators, auditors, tests.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "core/result.hpp"
#include "journal/journal.hpp"

namespace broker::journal {

class SegmentFile;

// Something in the files that is not as the journal writes it, while whole records follow. What a
// process that died or still writes leaves at the end is none.
struct Damage {
    std::filesystem::path file;
    std::uint64_t offset = 0;  // of the file, in bytes
    std::string text;          // what is wrong there
    Position resume = 0;       // from where on there are whole records again
};

struct ReadEnd {
    Position position = 0;         // to read on from; with damage, that of the damage
    std::optional<Damage> damage;  // reading can go on at its `resume`
    bool is_end = false;           // nothing whole follows; else the visit or a damage ended it
};

// Reads a journal's directory while a process writes it or none does: takes no lock and opens files
// for reading alone. Everything that was whole when it was reached is seen; a record that is being
// written is not, and is when read() is called again from where it ended. Holds one file and a
// window of it in memory, however long the journal is. One thread at a time.
class JournalReader {
public:
    // Longer segments are not read: they were not made by the journal.
    static constexpr std::uint64_t kMaxSegmentBytes = std::uint64_t{1} << 30U;

    // StorageFailed, naming the directory or file, if there is no segment that can be read.
    [[nodiscard]] static core::Result<JournalReader> open(std::filesystem::path directory);
    JournalReader(JournalReader&&) noexcept;
    JournalReader& operator=(JournalReader&&) = delete;
    ~JournalReader();

    [[nodiscard]] const std::filesystem::path& directory() const { return directory_; }
    [[nodiscard]] const std::string& account() const { return account_; }
    // Of records, in each segment.
    [[nodiscard]] std::uint64_t segment_bytes() const { return segment_bytes_; }
    // Their numbers, as they were in the directory at the last look at it.
    [[nodiscard]] const std::vector<std::uint64_t>& segments() const { return segments_; }
    // The file of that position, and its offset there.
    [[nodiscard]] std::filesystem::path file_of(Position position) const;
    [[nodiscard]] std::uint64_t offset_of(Position position) const;

    // Visits the whole records from `from` (0, or the position where an earlier call ended) on, in
    // order, until `visit` returns false, something is damaged, or nothing whole follows.
    [[nodiscard]] ReadEnd read(Position from, const Journal::Visit& visit);

    // Whether anything but zeros lies at `position`, where reading has ended: a record that was
    // torn by the end of its process, or that is being written.
    [[nodiscard]] bool has_torn_record(Position position);

private:
    JournalReader(std::filesystem::path directory, std::string account,
                  std::uint64_t segment_bytes);
    void list_segments();
    [[nodiscard]] std::optional<std::uint64_t> segment_after(std::uint64_t index) const;
    // Opens the segment of `position`. Null if it is open; else what is wrong with it.
    [[nodiscard]] std::optional<Damage> open_segment(Position position);
    [[nodiscard]] bool is_there(std::uint64_t index);
    [[nodiscard]] Damage damage_at(Position position, std::string text, Position resume) const;
    // The first whole record behind `position`, in its segment or a later one.
    [[nodiscard]] std::optional<Position> whole_record_behind(Position position);
    struct Walk;
    [[nodiscard]] Walk walk_segment(Position& position, const Journal::Visit& visit);

    std::filesystem::path directory_;
    std::string account_;
    std::uint64_t segment_bytes_;
    std::vector<std::uint64_t> segments_;
    std::set<std::uint64_t> told_;  // segments whose first page is damaged and was told of
    std::unique_ptr<SegmentFile> file_;
};

}  // namespace broker::journal
