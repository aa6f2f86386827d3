// The records of one mapped segment.
#pragma once

#include <optional>
#include <span>
#include <string_view>

#include "journal/journal.hpp"
#include "journal/segment_format.hpp"

namespace broker::journal {

// The frame at `position`, if it is whole. `segment` is the one that the position is in.
[[nodiscard]] std::optional<Frame> frame_at(std::span<const char> segment, Position position);

// Puts frame and payload at the frame's position.
void write(std::span<char> segment, Frame frame, std::string_view payload);

// Visits the whole records from `position` on. `position` is then where they stop: the beginning of
// the next segment, or a place in this one. False if the visit ended it.
bool walk(std::span<const char> segment, Position& position, const Journal::Visit& visit);

// Whether a whole record begins behind `position`.
[[nodiscard]] bool has_record_behind(std::span<const char> segment, Position position);

}  // namespace broker::journal
