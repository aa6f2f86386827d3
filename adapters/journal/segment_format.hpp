// How the journal lies in its files: segments of equal size, each a MappedFile, with framed records
// one after another. docs/journal.md describes it for readers from outside.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <filesystem>
#include <string>
#include <string_view>

#include "journal/crc32.hpp"
#include "journal/mapped_file.hpp"

namespace broker::journal {

// Records begin at multiples of it.
inline constexpr std::uint64_t kAlignment = 8;
// Stands in for a RecordKind: nothing follows in this segment, go on in the next one.
inline constexpr std::uint8_t kEndOfSegment = 255;
inline constexpr const char* kSegmentKind = "jrnlseg";  // MappedFile::Identity::kind
inline constexpr std::string_view kSegmentExtension = ".segment";

// As it lies in the file, before the payload. Little-endian.
struct Frame {
    std::uint32_t crc = 0;       // CRC-32 of the rest of the frame and of the payload
    std::uint32_t size = 0;      // of the payload in bytes
    std::uint64_t position = 0;  // where the frame begins in the log, over all segments
    std::uint64_t epoch = 0;
    std::uint64_t msg_seq_num = 0;
    std::int64_t time = 0;  // nanoseconds since 1970
    std::uint16_t stream = 0;
    std::uint8_t kind = 0;  // RecordKind; 0: no frame begins here
    std::array<std::uint8_t, 5> must_be_zero{};
};
static_assert(sizeof(Frame) == 48);

// Of a frame with its payload and what fills it up to the alignment.
constexpr std::uint64_t frame_bytes(std::size_t payload_bytes) {
    return (sizeof(Frame) + payload_bytes + kAlignment - 1) / kAlignment * kAlignment;
}

[[nodiscard]] inline std::uint32_t crc_of(const Frame& frame, std::string_view payload) {
    constexpr std::size_t kSkipped = sizeof frame.crc;
    return crc32(payload, crc32({reinterpret_cast<const char*>(&frame) + kSkipped,
                                 sizeof frame - kSkipped}));
}

// Segment n holds the positions from n * size on; its file is named by n, with ten digits.
[[nodiscard]] inline std::filesystem::path segment_path(const std::filesystem::path& directory,
                                                        std::uint64_t index) {
    std::array<char, 32> name{};
    (void)std::snprintf(name.data(), name.size(), "%010llu.segment",
                        static_cast<unsigned long long>(index));
    return directory / name.data();
}

[[nodiscard]] inline MappedFile::Identity segment_identity(const std::string& account,
                                                           std::uint64_t index) {
    return {kSegmentKind, account + " segment " + std::to_string(index)};
}

}  // namespace broker::journal
