#include "journal/segment_file.hpp"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <system_error>

#include "journal/journal_reader.hpp"

namespace broker::journal {

core::Result<std::unique_ptr<SegmentFile>> SegmentFile::open(const std::filesystem::path& path,
                                                             std::uint64_t index) {
    // Why not blocking: a pipe under a segment's name must not hold the reader up.
    FileDescriptor file{::open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)};
    if (file.get() < 0) return system_error(path, "open");
    struct stat status {};
    if (::fstat(file.get(), &status) != 0) return system_error(path, "stat");
    if (!S_ISREG(status.st_mode)) return file_error(path, "not a file");
    const auto size = static_cast<std::uint64_t>(status.st_size);
    const std::uint64_t bytes = size - std::min<std::uint64_t>(size, MappedFile::kHeaderBytes);
    if (bytes == 0 || bytes % kAlignment != 0 || bytes > JournalReader::kMaxSegmentBytes) {
        return file_error(path, std::to_string(size) + " bytes are not the length of a segment");
    }
    return std::unique_ptr<SegmentFile>{new SegmentFile{std::move(file), index, bytes}};
}

std::string_view SegmentFile::read(std::uint64_t offset, std::uint64_t count) {
    if (!error_.empty()) return {};
    const bool is_inside =
        offset >= window_begin_ && offset + count <= window_begin_ + window_size_;
    if (!is_inside) {
        const std::uint64_t wanted = std::min(std::max(count, kWindowBytes), bytes_ - offset);
        window_.resize(wanted);
        window_begin_ = offset;
        window_size_ = 0;
        while (window_size_ < wanted) {
            const auto at = static_cast<off_t>(MappedFile::kHeaderBytes + offset + window_size_);
            const ssize_t got =
                ::pread(file_.get(), window_.data() + window_size_, wanted - window_size_, at);
            if (got < 0 && errno == EINTR) continue;
            if (got <= 0) {
                error_ = "read at offset " + std::to_string(at) + ": " +
                         (got < 0 ? std::generic_category().message(errno)
                                  : std::string{"the file has become shorter"});
                return {};
            }
            window_size_ += static_cast<std::uint64_t>(got);
        }
    }
    return {window_.data() + (offset - window_begin_), count};
}

std::optional<SegmentFile::WholeFrame> SegmentFile::frame_at(Position position) {
    const std::uint64_t offset = position - begin();
    const std::uint64_t rest = bytes_ - offset;
    if (rest < sizeof(Frame)) return std::nullopt;
    const std::string_view head = read(offset, sizeof(Frame));
    if (head.empty()) return std::nullopt;
    WholeFrame found;
    std::memcpy(&found.frame, head.data(), sizeof(Frame));
    if (found.frame.kind == 0 || found.frame.position != position) return std::nullopt;
    // No record is longer than half a segment: what says so is no frame.
    if (found.frame.size > bytes_ / 2 || found.frame.size > rest - sizeof(Frame)) {
        return std::nullopt;
    }
    const std::string_view whole = read(offset, sizeof(Frame) + found.frame.size);
    if (whole.empty()) return std::nullopt;
    // The writer may have been at it between the two readings.
    std::memcpy(&found.frame, whole.data(), sizeof(Frame));
    if (found.frame.kind == 0 || found.frame.position != position) return std::nullopt;
    if (found.frame.size > whole.size() - sizeof(Frame)) return std::nullopt;
    found.payload = whole.substr(sizeof(Frame), found.frame.size);
    if (found.frame.crc != crc_of(found.frame, found.payload)) return std::nullopt;
    return found;
}

std::optional<Position> SegmentFile::find_frame(Position from) {
    if (has_only_zeros_from(from)) return std::nullopt;  // as it mostly is
    for (Position at = from; at < end(); at += kAlignment) {
        if (frame_at(at)) return at;
    }
    return std::nullopt;
}

bool SegmentFile::has_only_zeros_from(Position position) {
    for (std::uint64_t offset = position - begin(); offset < bytes_;) {
        const std::uint64_t count = std::min(kWindowBytes, bytes_ - offset);
        const std::string_view part = read(offset, count);
        if (part.empty()) return true;
        const bool is_zero =
            part[0] == 0 && std::memcmp(part.data(), part.data() + 1, part.size() - 1) == 0;
        if (!is_zero) return false;
        offset += count;
    }
    return true;
}

}  // namespace broker::journal
