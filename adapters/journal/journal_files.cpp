#include "journal/journal_files.hpp"

#include <algorithm>
#include <cstring>
#include <fstream>
#include <span>

#include "journal/segment_records.hpp"

namespace broker::journal {
namespace {

using core::Result;

bool is_any(const Record& /*record*/) { return true; }

std::string place(const MappedFile& file, Position position) {
    return "offset " + std::to_string(MappedFile::kHeaderBytes + position % file.data().size());
}

// Of the records in each segment of a journal that is there, or is to be made.
Result<std::size_t> segment_bytes(const JournalOptions& options) {
    const auto path = segment_path(options.directory, 0);
    if (!std::filesystem::exists(path)) return options.segment_bytes;
    const auto first = MappedFile::open(path, segment_identity(options.account, 0));
    if (!first) return first.error();
    if (first->data().size() % kAlignment != 0) return file_error(path, "cut off");
    return first->data().size();
}

// Goes through the segments to where the log ends.
class Search {
public:
    Search(const JournalOptions& options, std::size_t segment_bytes, Position durable)
        : options_{options},
          bytes_{segment_bytes},
          durable_{durable},
          end_{durable / segment_bytes * segment_bytes} {}

    [[nodiscard]] Result<void> run() {
        for (std::uint64_t index = end_ / bytes_;; ++index) {
            const auto path = segment_path(options_.directory, index);
            const auto identity = segment_identity(options_.account, index);
            const bool exists = std::filesystem::exists(path);
            const bool has_ended = end_ < index * bytes_;
            if (!exists && has_ended) return {};
            if (!exists && index * bytes_ < durable_) return file_error(path, "missing");
            auto file = exists ? MappedFile::open(path, identity)
                               : MappedFile::create(path, identity, bytes_);
            if (!file) return file.error();
            if (file->data().size() != bytes_) {
                return file_error(path, "not as long as the first segment");
            }
            if (has_ended) {
                cut(*file, index * bytes_);
                continue;
            }
            active_ = std::make_unique<MappedFile>(std::move(*file));
            if (auto read = go_on(); !read) return read;
        }
    }

    std::unique_ptr<MappedFile> active_;
    [[nodiscard]] Position end() const { return end_; }
    std::string cut_off_;

private:
    // Through the segment at whose beginning the log stands.
    [[nodiscard]] Result<void> go_on() {
        const Position begin = end_;
        (void)walk(active_->data(), end_, is_any);
        if (end_ == begin + bytes_) return {};
        if (end_ < durable_) {
            return file_error(active_->path(), "the record at " + place(*active_, end_) +
                                                   " is damaged: it was on the disk");
        }
        cut(*active_, end_);
        return {};
    }

    // What is torn must not lie behind later records.
    void cut(const MappedFile& file, Position from) {
        const auto tail = file.data().subspan(from % bytes_);
        const auto dirty = std::find_if(tail.rbegin(), tail.rend(), [](char c) { return c != 0; });
        if (dirty == tail.rend()) return;
        const bool is_whole_there =
            frame_at(file.data(), from).has_value() || has_record_behind(file.data(), from);
        if (cut_off_.empty() && is_whole_there) {
            cut_off_ = file.path().string() + ": cut off from " + place(file, from) +
                       " on: a loss of power has left later records and not the one before them";
        }
        std::memset(tail.data(), 0, static_cast<std::size_t>(tail.rend() - dirty));
    }

    const JournalOptions& options_;
    const std::size_t bytes_;
    const Position durable_;
    Position end_;
};

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

// The kernel's id of this start of the machine, shortened; 0 if it does not say.
std::uint64_t boot_of_machine() {
    std::ifstream file{"/proc/sys/kernel/random/boot_id"};
    std::string id;
    if (!(file >> id)) return 0;
    return std::uint64_t{crc32(id)} << 32U | crc32(id, 1);
}

// Has the header say whose journal it is from here on, and whether records may have been lost.
// Returns when that is on the disk: no later loss of power can make it look closed.
Result<void> take_over(std::uint64_t boot, Position end, JournalHeader& header) {
    const std::uint64_t last_boot = header.mark(JournalMark::Boot);
    const bool is_other_boot = last_boot != 0 && last_boot != boot;
    if (is_other_boot && header.mark(JournalMark::ClosedAt) != end + 1) {
        header.set_mark(JournalMark::LostBefore, end);
    }
    if (is_other_boot || boot == 0) header.set_mark(JournalMark::HighestUtcOffset, 0);
    header.set_mark(JournalMark::Boot, boot);
    header.set_mark(JournalMark::ClosedAt, 0);
    return header.sync();
}

}  // namespace

Result<OpenedFiles> open_files(const JournalOptions& options) {
    auto lock = lock_directory(options.directory);
    if (!lock) return lock.error();
    auto header = JournalHeader::open(options.directory, options.account);
    if (!header) return header.error();
    const auto bytes = segment_bytes(options);
    if (!bytes) return bytes.error();
    Search search{options, *bytes, header->durable()};
    if (auto found = search.run(); !found) return found.error();
    forget_behind(search.end(), *header);
    const std::uint64_t boot = options.boot != 0 ? options.boot : boot_of_machine();
    if (auto taken = take_over(boot, search.end(), *header); !taken) return taken.error();
    return OpenedFiles{std::move(*lock), std::move(*header), std::move(search.active_),
                       search.end(), std::move(search.cut_off_)};
}

}  // namespace broker::journal
