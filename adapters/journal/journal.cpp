#include "journal/journal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>
#include <cstring>
#include <optional>
#include <span>

#include "journal/segment_format.hpp"

namespace broker::journal {
namespace {

using core::Result;

// The frame at `position`, if it is whole.
std::optional<Frame> frame_at(std::span<const char> segment, Position position) {
    const std::size_t offset = position % segment.size();
    if (segment.size() - offset < sizeof(Frame)) return std::nullopt;
    Frame frame;
    std::memcpy(&frame, segment.data() + offset, sizeof frame);
    if (frame.kind == 0 || frame.position != position) return std::nullopt;
    if (frame.size > segment.size() - offset - sizeof(Frame)) return std::nullopt;
    const std::string_view payload{segment.data() + offset + sizeof(Frame), frame.size};
    if (frame.crc != crc_of(frame, payload)) return std::nullopt;
    return frame;
}

void write(std::span<char> segment, Frame frame, std::string_view payload) {
    char* const place = segment.data() + frame.position % segment.size();
    frame.size = static_cast<std::uint32_t>(payload.size());
    frame.crc = crc_of(frame, payload);
    if (!payload.empty()) std::memcpy(place + sizeof frame, payload.data(), payload.size());
    std::memcpy(place, &frame, sizeof frame);
}

// Visits the whole records from `position` on. `position` is then where they stop: the beginning of
// the next segment, or a place in this one. False if the visit ended it.
bool walk(std::span<const char> segment, Position& position, const Journal::Visit& visit) {
    const Position segment_end = (position / segment.size() + 1) * segment.size();
    while (segment_end - position >= sizeof(Frame)) {
        const auto frame = frame_at(segment, position);
        if (!frame) return true;
        if (frame->kind == kEndOfSegment) break;
        const Position next = position + frame_bytes(frame->size);
        const RecordHeader header{static_cast<RecordKind>(frame->kind), frame->stream, frame->epoch,
                                  frame->msg_seq_num,
                                  core::UtcTime{std::chrono::nanoseconds{frame->time}}};
        const char* payload = segment.data() + position % segment.size() + sizeof(Frame);
        if (!visit({header, position, next, {payload, frame->size}})) return false;
        position = next;
    }
    position = segment_end;
    return true;
}

// Where a whole record begins behind `position`, if one does.
bool has_record_behind(std::span<const char> segment, Position position) {
    const Position segment_end = (position / segment.size() + 1) * segment.size();
    for (Position at = position + kAlignment; at < segment_end; at += kAlignment) {
        if (frame_at(segment, at)) return true;
    }
    return false;
}

core::Error damaged(const MappedFile& file, Position position) {
    return file_error(file.path(),
                      "the record at offset " +
                          std::to_string(MappedFile::kHeaderBytes + position % file.data().size()) +
                          " is damaged, and whole ones follow it");
}

bool is_any(const Record& /*record*/) { return true; }

// A loss of power may have taken records that the header counts: other ones will lie there.
void forget_behind(Position end, JournalHeader& header) {
    for (StreamNumber stream = 1; stream <= header.streams(); ++stream) {
        StreamState state = header.state(stream);
        if (state.as_of <= end) continue;
        state.as_of = end;
        state.epoch_begin = std::min(state.epoch_begin, end);
        header.save(stream, state);
    }
}

}  // namespace

Journal::Journal(JournalOptions options, FileDescriptor lock, JournalHeader header,
                 std::unique_ptr<MappedFile> active, Position end)
    : options_{std::move(options)},
      lock_{std::move(lock)},
      header_{std::move(header)},
      segment_bytes_{active->data().size()},
      active_{std::move(active)},
      end_{end},
      durable_{0} {}

Result<std::unique_ptr<Journal>> Journal::open(JournalOptions options) {
    if (options.segment_bytes < 4096 || options.segment_bytes % 4096 != 0 ||
        options.reserve_bytes > options.segment_bytes / 2) {
        return file_error(options.directory,
                          "segment_bytes must be a multiple of 4096 and twice reserve_bytes");
    }
    auto lock = lock_directory(options.directory);
    if (!lock) return lock.error();
    auto header = JournalHeader::open(options.directory, options.account);
    if (!header) return header.error();

    std::unique_ptr<MappedFile> active;
    Position end = 0;
    for (std::uint64_t index = 0;; ++index) {
        const auto path = segment_path(options.directory, index);
        const auto identity = segment_identity(options.account, index);
        const bool exists = std::filesystem::exists(path);
        if (!exists && index > 0 && end / active->data().size() < index) break;
        auto file = exists ? MappedFile::open(path, identity)
                           : MappedFile::create(path, identity, options.segment_bytes);
        if (!file) return file.error();
        if (file->data().size() % kAlignment != 0 ||
            (active && file->data().size() != active->data().size())) {
            return file_error(path, "not as long as the first segment");
        }
        const std::size_t bytes = file->data().size();
        const bool goes_on = end / bytes == index && end % bytes == 0;
        Position position = index * bytes;
        if (goes_on) {
            (void)walk(file->data(), position, is_any);
            if (position / bytes == index && has_record_behind(file->data(), position)) {
                return damaged(*file, position);
            }
            end = position;
            active = std::make_unique<MappedFile>(std::move(*file));
        } else if (frame_at(file->data(), position) || has_record_behind(file->data(), position)) {
            return damaged(*active, end);
        }
        if (!exists) break;
    }
    const std::size_t bytes = active->data().size();
    // What is torn must not lie behind later records, where it could look like damage.
    const auto tail = active->data().subspan(end % bytes);
    const auto dirty = std::find_if(tail.rbegin(), tail.rend(), [](char c) { return c != 0; });
    std::memset(tail.data(), 0, static_cast<std::size_t>(tail.rend() - dirty));
    forget_behind(end, *header);
    return std::unique_ptr<Journal>(new Journal{std::move(options), std::move(*lock),
                                                std::move(*header), std::move(active), end});
}

Position Journal::segment_within(std::uint64_t bytes) const {
    if (end_ <= bytes) return 0;
    const std::uint64_t last = end_ / segment_bytes_;
    return std::min((end_ - bytes + segment_bytes_ - 1) / segment_bytes_, last) * segment_bytes_;
}

std::size_t Journal::max_payload() const { return segment_bytes_ / 2 - sizeof(Frame); }

std::size_t Journal::rest_of_segment() const { return segment_bytes_ - end_ % segment_bytes_; }

Result<Position> Journal::append(const RecordHeader& header, std::string_view payload,
                                 AppendClass append_class) {
    thread_.check();
    if (payload.size() > max_payload()) {
        return file_error(active_->path(), "a record of " + std::to_string(payload.size()) +
                                               " bytes, at most " + std::to_string(max_payload()) +
                                               " fit");
    }
    const std::uint64_t bytes = frame_bytes(payload.size());
    const bool reaches_reserve = bytes + options_.reserve_bytes > rest_of_segment();
    if (reaches_reserve && !next_ && !make_next() && append_class == AppendClass::Order) {
        return core::fail(core::Reason::StorageFailed,
                          "the journal is full, new orders are refused: " + health_.text);
    }
    if (bytes >= rest_of_segment()) {
        if (!next_) {
            return core::fail(core::Reason::StorageFailed,
                              "the journal is full, its reserve is used up: " + health_.text);
        }
        rotate();
    }
    Frame frame;
    frame.position = end_;
    frame.epoch = header.epoch;
    frame.msg_seq_num = header.msg_seq_num;
    frame.time = header.time.time_since_epoch().count();
    frame.stream = header.stream;
    frame.kind = static_cast<std::uint8_t>(header.kind);
    write(active_->data(), frame, payload);
    end_ += bytes;
    return frame.position;
}

// What is there already was made by a process that ended before it used it; opening has checked
// that it is empty.
bool Journal::make_next() {
    const std::uint64_t index = end_ / segment_bytes_ + 1;
    const auto path = segment_path(options_.directory, index);
    const auto identity = segment_identity(options_.account, index);
    std::error_code ignored;
    auto file = std::filesystem::exists(path, ignored)
                    ? MappedFile::open(path, identity)
                    : MappedFile::create(path, identity, segment_bytes_);
    if (!file) {
        health_ = {true, file.error().detail};
        return false;
    }
    next_ = std::make_unique<MappedFile>(std::move(*file));
    health_ = {};
    return true;
}

void Journal::rotate() {
    if (rest_of_segment() >= sizeof(Frame)) {
        Frame frame;
        frame.position = end_;
        frame.kind = kEndOfSegment;
        write(active_->data(), frame, {});
    }
    end_ += rest_of_segment();
    active_ = std::move(next_);
}

Result<void> Journal::sync() {
    thread_.check();
    const Position wanted = end_;
    for (auto index = durable_ / segment_bytes_; index <= wanted / segment_bytes_; ++index) {
        const auto path = segment_path(options_.directory, index);
        const FileDescriptor file{::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW)};
        if (file.get() < 0) return system_error(path, "open");
        if (::fdatasync(file.get()) != 0) return system_error(path, "fdatasync");
    }
    // The names of new segments are the directory's to keep.
    if (::fsync(lock_.get()) != 0) return system_error(options_.directory, "fsync");
    durable_ = wanted;
    return {};
}

Result<void> Journal::read(Position from, const Visit& visit) const {
    const Position end = end_;
    // Why held: a visit may append, and so begin another segment.
    const std::shared_ptr<MappedFile> active = active_;
    const std::uint64_t active_index = end / segment_bytes_;
    for (Position position = from; position < end;) {
        const std::uint64_t index = position / segment_bytes_;
        std::unique_ptr<MappedFile> opened;
        if (index != active_index) {
            auto file = MappedFile::open(segment_path(options_.directory, index),
                                         segment_identity(options_.account, index));
            if (!file) return file.error();
            opened = std::make_unique<MappedFile>(std::move(*file));
        }
        const MappedFile& segment = opened ? *opened : *active;
        if (!walk(segment.data(), position, visit)) return {};
        if (position < end && position / segment_bytes_ == index) {
            return file_error(segment.path(), "no whole record at offset " +
                                                  std::to_string(MappedFile::kHeaderBytes +
                                                                 position % segment_bytes_));
        }
    }
    return {};
}

}  // namespace broker::journal
