// One segment of a journal, read through a window without mapping it.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "journal/journal.hpp"
#include "journal/segment_format.hpp"

namespace broker::journal {

// Why not mapped: a file that another process cuts short, or a disk that fails, would end this
// process with SIGBUS. Owned by JournalReader.
class SegmentFile {
public:
    // Opens it for reading alone. Its first page is not looked at (MappedFile::open_read_only
    // does).
    [[nodiscard]] static core::Result<std::unique_ptr<SegmentFile>> open(
        const std::filesystem::path& path, std::uint64_t index);

    [[nodiscard]] std::uint64_t index() const { return index_; }
    [[nodiscard]] std::uint64_t bytes() const { return bytes_; }  // of records
    [[nodiscard]] Position begin() const { return index_ * bytes_; }
    [[nodiscard]] Position end() const { return begin() + bytes_; }

    struct WholeFrame {
        Frame frame;
        std::string_view payload;  // valid until the next call
    };
    // Null if there is none that is whole. `position` is in this segment.
    [[nodiscard]] std::optional<WholeFrame> frame_at(Position position);
    // The first whole one at `from` or behind it.
    [[nodiscard]] std::optional<Position> find_frame(Position from);
    [[nodiscard]] bool has_only_zeros_from(Position position);

    // What was read earlier is read again: the writer may have gone on.
    void refresh() { window_size_ = 0; }

    // Why the file could not be read, if so; all of it looks empty from then on.
    [[nodiscard]] const std::string& error() const { return error_; }

private:
    SegmentFile(FileDescriptor file, std::uint64_t index, std::uint64_t bytes)
        : file_{std::move(file)}, index_{index}, bytes_{bytes} {}
    // `count` bytes from `offset` of the records on; empty after an error.
    [[nodiscard]] std::string_view read(std::uint64_t offset, std::uint64_t count);

    static constexpr std::uint64_t kWindowBytes = 256 * 1024;

    FileDescriptor file_;
    std::uint64_t index_;
    std::uint64_t bytes_;
    std::vector<char> window_;
    std::uint64_t window_begin_ = 0;
    std::uint64_t window_size_ = 0;
    std::string error_;
};

}  // namespace broker::journal
