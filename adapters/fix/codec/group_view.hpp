// A repeating group of a FIX message, read in place.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>

#include "fix/codec/message_view.hpp"

namespace broker::fix {

// Walks the entries of one group, each a span of the message's own fields: no copy, no allocation.
// An entry begins with the group's first tag and ends before the next one; the last one ends with
// `fields`. FIX does not mark where a group ends, so an entry is to be asked for the group's own
// tags alone. Entries count as they are found: a count that lies is tolerated, and told.
class GroupView {
public:
    // Without a count field there are no entries, and is_count_right() is true.
    GroupView(std::span<const Field> fields, std::int32_t count_tag, std::int32_t first_tag);

    // The next entry; null after the last one.
    [[nodiscard]] std::optional<std::span<const Field>> next();

    [[nodiscard]] std::size_t size() const { return size_; }  // entries found
    // What stands before the first entry.
    [[nodiscard]] std::span<const Field> before() const { return before_; }
    [[nodiscard]] bool is_count_right() const { return is_count_right_; }

private:
    std::span<const Field> before_;
    std::span<const Field> rest_;
    std::int32_t first_tag_;
    std::size_t size_ = 0;
    bool is_count_right_ = true;
};

}  // namespace broker::fix
