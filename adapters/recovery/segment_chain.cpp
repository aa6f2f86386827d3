#include "recovery/segment_chain.hpp"

#include <algorithm>
#include <atomic>
#include <cstring>
#include <system_error>
#include <utility>

#include "journal/crc32.hpp"

namespace broker::recovery {
namespace {

using core::Result;
using journal::MappedFile;

constexpr std::size_t kAlignment = 8;

}  // namespace

SegmentChain::SegmentChain(SegmentChainOptions options, std::uint64_t generation)
    : options_{std::move(options)}, generation_{generation} {}

std::filesystem::path SegmentChain::path_of(std::size_t number) const {
    return options_.directory /
           ("records-" + std::to_string(generation_) + "-" + std::to_string(number));
}

Result<MappedFile> SegmentChain::make(const std::filesystem::path& path,
                                      const SegmentChainOptions& options) {
    return MappedFile::create(path, {"ORDERLOG", options.owner}, options.segment_bytes);
}

Result<void> SegmentChain::open() {
    std::error_code ignored;
    for (std::size_t number = 1; std::filesystem::exists(path_of(number), ignored); ++number) {
        auto file = MappedFile::open(path_of(number), {"ORDERLOG", options_.owner});
        if (!file) return file.error();
        segments_.push_back({std::move(*file), 0});
    }
    if (segments_.empty()) return add_segment();
    for (Segment& segment : segments_) {
        if (auto good = recover(segment, &segment == &segments_.back()); !good) return good;
    }
    return {};
}

Result<void> SegmentChain::open_later() {
    if (is_open()) return {};
    if (!next_.valid()) {
        next_ = std::async(std::launch::async, &make, path_of(1), options_);
        return {};
    }
    if (next_.wait_for(std::chrono::seconds{0}) != std::future_status::ready) return {};
    return add_segment();
}

Result<void> SegmentChain::recover(Segment& segment, bool is_last) const {
    const std::span<char> data = segment.file.data();
    std::size_t at = 0;
    bool is_torn = false;
    while (data.size() - at >= sizeof(Frame)) {
        Frame frame;
        std::memcpy(&frame, data.data() + at, sizeof frame);
        if (frame.size == 0) break;
        const bool fits = frame.size <= data.size() - at - sizeof frame;
        if (!fits || journal::crc32({data.data() + at + sizeof frame, frame.size}) != frame.crc) {
            is_torn = true;
            if (is_last) break;
            return journal::file_error(segment.file.path(),
                                       "damaged at byte " + std::to_string(at) + " of its records");
        }
        at += sizeof frame + (frame.size + kAlignment - 1) / kAlignment * kAlignment;
        at = std::min(at, data.size());
    }
    segment.used = at;
    // Nothing of a torn record, or of what stands behind it, may look like a record behind those
    // that follow.
    if (is_torn) std::fill(data.begin() + static_cast<std::ptrdiff_t>(at), data.end(), '\0');
    return {};
}

Result<void> SegmentChain::add_segment() {
    const std::size_t number = segments_.size() + 1;
    if (next_.valid()) {
        if (auto prepared = next_.get()) {
            segments_.push_back({std::move(*prepared), 0});
            return {};
        }
    }
    // What could not be made some time ago may be possible by now.
    auto made = make(path_of(number), options_);
    if (!made) return made.error();
    segments_.push_back({std::move(*made), 0});
    return {};
}

std::size_t SegmentChain::room() const {
    if (segments_.empty()) return 0;
    const std::size_t free = segments_.back().file.data().size() - segments_.back().used;
    return free - std::min(free, sizeof(Frame));  // the end is marked by an empty frame
}

Result<void> SegmentChain::append(std::string_view record, std::size_t reserve) {
    const std::size_t padded = (record.size() + kAlignment - 1) / kAlignment * kAlignment;
    const std::size_t bytes = sizeof(Frame) + padded;
    if (room() < bytes + reserve) {
        if (auto added = add_segment(); !added) return added;
    }
    Segment& segment = segments_.back();
    char* const at = segment.file.data().data() + segment.used;
    std::memcpy(at + sizeof(Frame), record.data(), record.size());
    const Frame frame{static_cast<std::uint32_t>(record.size()), journal::crc32(record)};
    std::memcpy(at + offsetof(Frame, crc), &frame.crc, sizeof frame.crc);
    // What a process that died here has left ends behind this record; room() keeps space for it.
    std::memset(at + bytes, 0, sizeof(Frame));
    // The size comes last: with it the record is there.
    auto* const size = reinterpret_cast<std::uint32_t*>(at + offsetof(Frame, size));
    std::atomic_ref<std::uint32_t>{*size}.store(frame.size, std::memory_order_release);
    segment.used += bytes;
    return {};
}

void SegmentChain::prepare() {
    if (segments_.empty() || next_.valid()) return;
    if (room() > options_.segment_bytes / 2) return;
    next_ = std::async(std::launch::async, &make, path_of(segments_.size() + 1), options_);
}

bool SegmentChain::read(Place& at, std::size_t max_records, const Visit& visit) const {
    for (std::size_t count = 0; at.segment < segments_.size();) {
        const Segment& segment = segments_[at.segment];
        if (at.offset >= segment.used) {
            if (at.segment + 1 == segments_.size()) return false;
            at = {at.segment + 1, 0};
            continue;
        }
        if (count++ == max_records) return true;
        Frame frame;
        std::memcpy(&frame, segment.file.data().data() + at.offset, sizeof frame);
        visit({segment.file.data().data() + at.offset + sizeof frame, frame.size});
        at.offset += sizeof frame + (frame.size + kAlignment - 1) / kAlignment * kAlignment;
    }
    return false;
}

std::size_t SegmentChain::bytes() const {
    std::size_t bytes = 0;
    for (const Segment& segment : segments_) bytes += segment.used;
    return bytes;
}

void SegmentChain::remove() {
    if (next_.valid()) {
        if (const auto made = next_.get()) {
            std::error_code ignored;
            std::filesystem::remove(made->path(), ignored);
        }
    }
    for (const Segment& segment : segments_) {
        std::error_code ignored;
        std::filesystem::remove(segment.file.path(), ignored);
    }
    segments_.clear();
}

}  // namespace broker::recovery
