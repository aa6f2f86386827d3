#include "journal/segment_records.hpp"

#include <cstring>

namespace broker::journal {

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

bool has_record_behind(std::span<const char> segment, Position position) {
    const Position segment_end = (position / segment.size() + 1) * segment.size();
    for (Position at = position + kAlignment; at < segment_end; at += kAlignment) {
        if (frame_at(segment, at)) return true;
    }
    return false;
}

}  // namespace broker::journal
