#include "journal/journal_reader.hpp"

#include <algorithm>
#include <charconv>
#include <system_error>
#include <utility>

#include "journal/segment_file.hpp"
#include "journal/segment_format.hpp"

namespace broker::journal {
namespace {

using core::Result;

// The number in a segment's name; null for any other name.
std::optional<std::uint64_t> index_of(const std::filesystem::path& path) {
    const std::string stem = path.stem().string();
    std::uint64_t index = 0;
    const auto [end, error] = std::from_chars(stem.data(), stem.data() + stem.size(), index);
    const bool is_number = error == std::errc{} && end == stem.data() + stem.size();
    if (!is_number || segment_path({}, index) != path.filename()) return std::nullopt;
    return index;
}

Result<std::vector<std::uint64_t>> segments_in(const std::filesystem::path& directory) {
    std::vector<std::uint64_t> found;
    std::error_code error;
    std::filesystem::directory_iterator entry{directory, error};
    for (; !error && entry != std::filesystem::directory_iterator{}; entry.increment(error)) {
        if (const auto index = index_of(entry->path())) found.push_back(*index);
    }
    if (error) return file_error(directory, "read: " + error.message());
    std::sort(found.begin(), found.end());
    return found;
}

std::optional<std::string> account_of(const std::filesystem::path& directory, std::uint64_t index) {
    const auto file = MappedFile::open_read_only(segment_path(directory, index), kSegmentKind);
    const std::string suffix = segment_identity("", index).owner;
    if (!file || !file->owner().ends_with(suffix)) return std::nullopt;
    return file->owner().substr(0, file->owner().size() - suffix.size());
}

}  // namespace

JournalReader::JournalReader(std::filesystem::path directory, std::string account,
                             std::uint64_t segment_bytes)
    : directory_{std::move(directory)},
      account_{std::move(account)},
      segment_bytes_{segment_bytes} {}
JournalReader::JournalReader(JournalReader&&) noexcept = default;
JournalReader::~JournalReader() = default;

Result<JournalReader> JournalReader::open(std::filesystem::path directory) {
    auto segments = segments_in(directory);
    if (!segments) return segments.error();
    if (segments->empty()) {
        return file_error(directory, "no journal: there is no segment (0000000000.segment) in it");
    }
    for (const std::uint64_t index : *segments) {
        const auto file = SegmentFile::open(segment_path(directory, index), index);
        if (!file) continue;
        const auto account = account_of(directory, index);
        if (!account) continue;
        JournalReader reader{std::move(directory), *account, (*file)->bytes()};
        reader.segments_ = std::move(*segments);
        return reader;
    }
    const auto path = segment_path(directory, segments->front());
    if (auto file = SegmentFile::open(path, segments->front()); !file) return file.error();
    const auto file = MappedFile::open_read_only(path, kSegmentKind);
    return file ? file_error(path, "says that it is \"" + file->owner() + '"') : file.error();
}

std::filesystem::path JournalReader::file_of(Position position) const {
    return segment_path(directory_, position / segment_bytes_);
}

std::uint64_t JournalReader::offset_of(Position position) const {
    return MappedFile::kHeaderBytes + position % segment_bytes_;
}

// What cannot be listed is as if nothing had changed: opening the files tells what is wrong.
void JournalReader::list_segments() {
    if (auto segments = segments_in(directory_)) segments_ = std::move(*segments);
}

std::optional<std::uint64_t> JournalReader::segment_after(std::uint64_t index) const {
    const auto found = std::upper_bound(segments_.begin(), segments_.end(), index);
    return found == segments_.end() ? std::nullopt : std::optional{*found};
}

bool JournalReader::is_there(std::uint64_t index) {
    if (std::binary_search(segments_.begin(), segments_.end(), index)) return true;
    list_segments();
    return std::binary_search(segments_.begin(), segments_.end(), index);
}

Damage JournalReader::damage_at(Position position, std::string text, Position resume) const {
    return {file_of(position), offset_of(position), std::move(text), resume};
}

std::optional<Damage> JournalReader::open_segment(Position position) {
    const std::uint64_t index = position / segment_bytes_;
    if (file_ && file_->index() == index) return std::nullopt;
    file_.reset();
    const auto path = segment_path(directory_, index);
    const Position resume = segment_after(index).value_or(index + 1) * segment_bytes_;
    const auto unusable = [&](std::string text, Position from) {
        return Damage{path, 0, std::move(text), from};
    };
    // An error's text begins with the file's name, which stands beside it here.
    const auto without_name = [&](const core::Error& error) {
        const std::string name = path.string() + ": ";
        return error.detail.starts_with(name) ? error.detail.substr(name.size()) : error.detail;
    };
    auto file = SegmentFile::open(path, index);
    if (!file) return unusable(without_name(file.error()), resume);
    if ((*file)->bytes() != segment_bytes_) {
        return unusable(std::to_string((*file)->bytes()) +
                            " bytes of records, the other segments have " +
                            std::to_string(segment_bytes_),
                        resume);
    }
    if (!told_.contains(index)) {
        const auto mapped = MappedFile::open_read_only(path, kSegmentKind);
        // Its records say by themselves whether they are whole.
        if (!mapped) {
            told_.insert(index);
            return unusable(without_name(mapped.error()), position);
        }
        const std::string expected = segment_identity(account_, index).owner;
        if (mapped->owner() != expected) {
            return unusable("belongs to \"" + mapped->owner() + "\", expected \"" + expected + '"',
                            resume);
        }
    }
    file_ = std::move(*file);
    return std::nullopt;
}

std::optional<Position> JournalReader::whole_record_behind(Position position) {
    const std::uint64_t index = position / segment_bytes_;
    if (const auto found = file_->find_frame(position + kAlignment)) return found;
    list_segments();
    for (auto next = segment_after(index); next; next = segment_after(*next)) {
        const auto file = SegmentFile::open(segment_path(directory_, *next), *next);
        if (!file || (*file)->bytes() != segment_bytes_) continue;
        if (const auto found = (*file)->find_frame((*file)->begin())) return found;
    }
    return std::nullopt;
}

// How going through one segment has ended.
struct JournalReader::Walk {
    bool is_stopped = false;  // by the visit
    bool goes_on = false;     // in the next segment
};

JournalReader::Walk JournalReader::walk_segment(Position& position, const Journal::Visit& visit) {
    while (file_->end() - position >= sizeof(Frame)) {
        auto whole = file_->frame_at(position);
        if (!whole) {
            file_->refresh();
            whole = file_->frame_at(position);
        }
        if (!whole) return {};
        const Frame& frame = whole->frame;
        if (frame.kind == kEndOfSegment) break;
        const Position next = position + frame_bytes(frame.size);
        const RecordHeader header{static_cast<RecordKind>(frame.kind), frame.stream, frame.epoch,
                                  frame.msg_seq_num,
                                  core::UtcTime{std::chrono::nanoseconds{frame.time}}};
        const Position at = std::exchange(position, next);
        if (!visit({header, at, next, whole->payload})) return {true, false};
    }
    position = file_->end();
    return {false, true};
}

ReadEnd JournalReader::read(Position from, const Journal::Visit& visit) {
    for (Position position = from;;) {
        const std::uint64_t index = position / segment_bytes_;
        if (!is_there(index)) {
            const auto next = segment_after(index);
            if (!next) return {position, std::nullopt, true};
            return {position,
                    Damage{file_of(position), 0, "the segment is missing", *next * segment_bytes_},
                    false};
        }
        if (auto damage = open_segment(position)) return {position, std::move(damage), false};
        const Walk walk = walk_segment(position, visit);
        if (walk.is_stopped) return {position, std::nullopt, false};
        if (walk.goes_on) continue;
        if (!file_->error().empty()) {
            const Position resume = segment_after(index).value_or(index + 1) * segment_bytes_;
            const std::string error = file_->error();
            file_.reset();
            return {position, damage_at(position, error, resume), false};
        }
        const auto behind = whole_record_behind(position);
        if (!behind) return {position, std::nullopt, true};
        // The writer may have finished it, and more, since it was looked at.
        file_->refresh();
        if (file_->frame_at(position)) continue;
        return {position,
                damage_at(position, "the record is damaged, and whole ones follow it", *behind),
                false};
    }
}

bool JournalReader::has_torn_record(Position position) {
    const std::uint64_t index = position / segment_bytes_;
    if (!is_there(index) || open_segment(position)) return false;
    file_->refresh();
    return !file_->has_only_zeros_from(position);
}

}  // namespace broker::journal
