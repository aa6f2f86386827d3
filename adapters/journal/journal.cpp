#include "journal/journal.hpp"

#include <fcntl.h>
#include <unistd.h>

#include <algorithm>

#include "journal/journal_files.hpp"
#include "journal/journal_sync.hpp"
#include "journal/segment_records.hpp"

namespace broker::journal {

using core::Result;

Journal::Journal(JournalOptions options, OpenedFiles files)
    : options_{std::move(options)},
      lock_{std::move(files.lock)},
      header_{std::move(files.header)},
      cut_off_{std::move(files.cut_off)},
      segment_bytes_{files.active->data().size()},
      active_{std::move(files.active)},
      end_{files.end} {}

Journal::~Journal() {
    delete next_.load();
    delete used_up_.load();
}

Result<std::unique_ptr<Journal>> Journal::open(JournalOptions options) {
    if (options.segment_bytes < 4096 || options.segment_bytes % 4096 != 0 ||
        options.reserve_bytes > options.segment_bytes / 2) {
        return file_error(options.directory,
                          "segment_bytes must be a multiple of 4096 and twice reserve_bytes");
    }
    auto files = open_files(options);
    if (!files) return files.error();
    return std::unique_ptr<Journal>(new Journal{std::move(options), std::move(*files)});
}

Position Journal::segment_within(std::uint64_t bytes) const {
    if (end() <= bytes) return 0;
    const std::uint64_t last = end() / segment_bytes_;
    return std::min((end() - bytes + segment_bytes_ - 1) / segment_bytes_, last) * segment_bytes_;
}

std::size_t Journal::max_payload() const { return segment_bytes_ / 2 - sizeof(Frame); }

std::size_t Journal::rest_of_segment() const { return segment_bytes_ - end() % segment_bytes_; }

Result<Position> Journal::append(const RecordHeader& header, std::string_view payload,
                                 AppendClass append_class) {
    thread_.check();
    if (payload.size() > max_payload()) {
        return file_error(active_->path(), "a record of " + std::to_string(payload.size()) +
                                               " bytes, at most " + std::to_string(max_payload()) +
                                               " fit");
    }
    const std::uint64_t bytes = frame_bytes(payload.size());
    if (auto room = make_room(bytes, append_class); !room) return room.error();
    Frame frame;
    frame.position = end();
    frame.epoch = header.epoch;
    frame.msg_seq_num = header.msg_seq_num;
    frame.time = header.time.time_since_epoch().count();
    frame.stream = header.stream;
    frame.kind = static_cast<std::uint8_t>(header.kind);
    write(active_->data(), frame, payload);
    end_.store(frame.position + bytes, std::memory_order_release);
    if (sync_ != nullptr) tell_sync(frame.position % segment_bytes_);
    return frame.position;
}

Result<void> Journal::make_room(std::uint64_t bytes, AppendClass append_class) {
    const auto refuse = [&](const char* what) {
        return core::fail(core::Reason::StorageFailed, what + health().text);
    };
    const bool is_order = append_class == AppendClass::Order;
    if (is_order && is_failed_.load(std::memory_order_relaxed)) {
        return refuse("the journal has failed, new orders are refused: ");
    }
    if (bytes + options_.reserve_bytes <= rest_of_segment()) return {};
    // While the disk is full a JournalSync tries again; one that is late is no reason to refuse.
    const bool tries = sync_ == nullptr || !is_full_.load(std::memory_order_acquire);
    const bool may_follow = has_next() || (tries && make_next());
    if (!may_follow && is_order) return refuse("the journal is full, new orders are refused: ");
    if (bytes < rest_of_segment()) return {};
    if (!may_follow) return refuse("the journal is full, its reserve is used up: ");
    rotate();
    return {};
}

// What is there already was made by a process that ended before it used it; opening has checked
// that it is empty.
bool Journal::make_next() {
    const std::lock_guard lock{making_};
    if (has_next()) return true;
    const std::uint64_t index = end() / segment_bytes_ + 1;
    const auto path = segment_path(options_.directory, index);
    const auto identity = segment_identity(options_.account, index);
    std::error_code ignored;
    auto file = std::filesystem::exists(path, ignored)
                    ? MappedFile::open(path, identity)
                    : MappedFile::create(path, identity, segment_bytes_);
    if (!file) {
        set_full(true, file.error().detail);
        return false;
    }
    set_full(false, {});
    next_.store(std::make_unique<MappedFile>(std::move(*file)).release(),
                std::memory_order_release);
    return true;
}

void Journal::rotate() {
    if (rest_of_segment() >= sizeof(Frame)) {
        Frame frame;
        frame.position = end();
        frame.kind = kEndOfSegment;
        write(active_->data(), frame, {});
    }
    end_.store(end() + rest_of_segment(), std::memory_order_release);
    MappedFile* used_up = active_.release();
    active_.reset(next_.load(std::memory_order_acquire));
    next_.store(nullptr, std::memory_order_release);
    if (reads_ > 0) {
        read_still_.emplace_back(used_up);
        return;
    }
    // Why handed over: unmapping takes as long as many appends do.
    if (sync_ != nullptr) used_up = used_up_.exchange(used_up, std::memory_order_acq_rel);
    delete used_up;
}

// Half-way through a segment the next one is wanted.
void Journal::tell_sync(std::size_t offset_before) {
    const std::size_t half = segment_bytes_ / 2;
    const bool crosses_half = offset_before < half && end() % segment_bytes_ >= half;
    if (crosses_half || options_.durability != Durability::Async) sync_->wake();
}

JournalHealth Journal::health() const {
    JournalHealth health;
    health.is_full = is_full_.load(std::memory_order_acquire);
    health.is_failed = is_failed_.load(std::memory_order_acquire);
    if (!health.is_full && !health.is_failed) return health;
    const std::lock_guard lock{health_mutex_};
    health.text = health_text_;
    return health;
}

void Journal::set_full(bool is_full, const std::string& text) {
    if (is_full && !is_failed_.load(std::memory_order_acquire)) {
        const std::lock_guard lock{health_mutex_};
        health_text_ = text;
    }
    is_full_.store(is_full, std::memory_order_release);
}

void Journal::fail(const std::string& text) {
    {
        const std::lock_guard lock{health_mutex_};
        health_text_ = text;
    }
    is_failed_.store(true, std::memory_order_release);
}

Result<void> Journal::sync() {
    thread_.check();
    if (auto flushed = flush(); !flushed) return flushed;
    return header_.sync();
}

Result<void> Journal::flush() {
    const Position wanted = end();
    for (auto index = durable() / segment_bytes_; index <= wanted / segment_bytes_; ++index) {
        const auto path = segment_path(options_.directory, index);
        const FileDescriptor file{::open(path.c_str(), O_RDWR | O_CLOEXEC | O_NOFOLLOW)};
        if (file.get() < 0) return system_error(path, "open");
        if (::fdatasync(file.get()) != 0) return system_error(path, "fdatasync");
    }
    // The names of new segments are the directory's to keep.
    if (synced_names_ <= wanted) {
        if (::fsync(lock_.get()) != 0) return system_error(options_.directory, "fsync");
        synced_names_ = (wanted / segment_bytes_ + 1) * segment_bytes_;
    }
    header_.set_durable(wanted);
    return {};
}

bool Journal::needs_next() const {
    return !has_next() && end() % segment_bytes_ >= segment_bytes_ / 2;
}

void Journal::serve(core::MonotonicTime now, const JournalSyncOptions& options, bool is_last) {
    delete used_up_.exchange(nullptr, std::memory_order_acq_rel);
    const bool is_due = options_.durability != Durability::Async || now >= next_flush_ || is_last;
    if (is_due && !is_failed_ && durable() < end()) {
        next_flush_ = now + options.interval;
        if (const auto flushed = flush(); !flushed) fail(flushed.error().detail);
        is_header_newer_ = true;
        if (listener_) listener_();
    }
    if (!is_last && needs_next() && now >= next_attempt_ && !make_next()) {
        next_attempt_ = now + options.retry_pause;
    }
    if (is_last && !is_failed_) header_.set_mark(JournalMark::ClosedAt, end() + 1);
    if (is_last || (is_header_newer_ && now >= next_header_flush_)) {
        is_header_newer_ = false;
        next_header_flush_ = now + options.header_interval;
        if (const auto flushed = header_.sync(); !flushed) fail(flushed.error().detail);
    }
}

// Keeps what the read looks at mapped until it has ended.
class Journal::Reading {
public:
    explicit Reading(const Journal& journal) : journal_{journal} { ++journal_.reads_; }
    ~Reading() {
        if (--journal_.reads_ == 0) journal_.read_still_.clear();
    }
    Reading(const Reading&) = delete;
    Reading& operator=(const Reading&) = delete;

private:
    const Journal& journal_;
};

Result<void> Journal::read(Position from, const Visit& visit) const {
    const Position end = this->end();
    // A visit may append, and so begin another segment.
    const MappedFile& active = *active_;
    const Reading reading{*this};
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
        const MappedFile& segment = opened ? *opened : active;
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
