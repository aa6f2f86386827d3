// Records one after another in files of fixed size, mapped into memory.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <future>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "core/result.hpp"
#include "journal/mapped_file.hpp"

namespace broker::recovery {

struct SegmentChainOptions {
    std::filesystem::path directory;
    std::string owner;  // written into each file and checked on opening
    std::size_t segment_bytes = 4 * 1024 * 1024;
};

// The files of one generation: `records-<generation>-<number>`, numbered from 1. Each record has
// its size and a CRC-32 before it and is whole or not there, at whatever instruction the process
// dies. The next file is made on a thread of its own before it is needed. Errors are StorageFailed
// and name the file. Owned by RecordLog. [event-thread]
class SegmentChain {
public:
    // The last part of each chain that orders may not use, so that evidence finds room when the
    // disk is full.
    static constexpr std::size_t kReserveBytes = 256 * 1024;

    SegmentChain(SegmentChainOptions options, std::uint64_t generation);

    // Takes up the files that are there, or makes the first. A damaged record at the end of the
    // last file is cut off, with all behind it: that is what a loss of power leaves. Damage
    // elsewhere is an error.
    [[nodiscard]] core::Result<void> open();
    // For a chain that is new: has the first file made. is_open() when it is there.
    [[nodiscard]] core::Result<void> open_later();
    [[nodiscard]] bool is_open() const { return !segments_.empty(); }

    // `reserve`: bytes that must stay free, unless a further file can be made.
    [[nodiscard]] core::Result<void> append(std::string_view record, std::size_t reserve);
    // Has the next file made when the last one is half full.
    void prepare();

    // Calls `visit` with the records from `at` on, at most `max_records`, and moves `at` on. False
    // at the end. The text is valid while the chain lives.
    struct Place {
        std::size_t segment = 0;
        std::size_t offset = 0;
    };
    using Visit = std::function<void(std::string_view)>;
    bool read(Place& at, std::size_t max_records, const Visit& visit) const;

    [[nodiscard]] std::uint64_t generation() const { return generation_; }
    [[nodiscard]] std::size_t bytes() const;
    void remove();  // the files; the chain is empty then

private:
    struct Segment {
        journal::MappedFile file;
        std::size_t used = 0;
    };
    struct Frame {
        std::uint32_t size = 0;  // 0: nothing from here on
        std::uint32_t crc = 0;
    };

    [[nodiscard]] std::filesystem::path path_of(std::size_t number) const;
    [[nodiscard]] static core::Result<journal::MappedFile> make(const std::filesystem::path& path,
                                                                const SegmentChainOptions& options);
    [[nodiscard]] core::Result<void> add_segment();
    [[nodiscard]] core::Result<void> recover(Segment& segment, bool is_last) const;
    [[nodiscard]] std::size_t room() const;

    SegmentChainOptions options_;
    std::uint64_t generation_;
    std::vector<Segment> segments_;
    std::future<core::Result<journal::MappedFile>> next_;
};

}  // namespace broker::recovery
