// Where the messages of a stream lie in the log: roughly, in bounded memory.
#pragma once

#include <cstddef>
#include <cstdint>
#include <vector>

#include "core/ids.hpp"

namespace broker::journal {

// Every so many bytes of the log one message's place is kept; when there are too many, every second
// one is forgotten and the distance doubles. Numbers that were set back make the messages void that
// had them before. Filled in the log's order. No allocation after construction.
// Owned by JournalMessageStore. [event-thread]
class MessageIndex {
public:
    MessageIndex();

    // A message lies there. A number that is not above the last one's makes what had it, or a
    // higher one, void.
    void add(core::MsgSeqNum number, std::uint64_t position);
    // Messages before `position` with this number or a higher one are void.
    void set_back(core::MsgSeqNum number, std::uint64_t position);
    // Nothing before `position` counts: another epoch begins there.
    void clear(std::uint64_t position);

    // All messages from this number on lie at the result or behind it.
    [[nodiscard]] std::uint64_t find(core::MsgSeqNum number) const;
    // Where the last message lies that was added, if any was: none follows it.
    [[nodiscard]] std::uint64_t last() const { return last_position_; }
    [[nodiscard]] bool has_messages() const { return has_messages_; }
    [[nodiscard]] bool is_void(core::MsgSeqNum number, std::uint64_t position) const;

private:
    struct Place {
        std::uint64_t position = 0;
        core::MsgSeqNum number = 0;
    };
    static constexpr std::size_t kMaxPlaces = 1024;
    // Beyond so many, what lies before the oldest one is given up.
    static constexpr std::size_t kMaxSetBacks = 32;
    static constexpr std::uint64_t kFirstDistance = 4096;

    [[nodiscard]] bool is_set_back_between(std::uint64_t before, std::uint64_t position) const;
    void thin_out();

    std::uint64_t begin_ = 0;
    std::uint64_t distance_ = kFirstDistance;
    core::MsgSeqNum last_number_ = 0;
    std::uint64_t last_position_ = 0;
    bool has_messages_ = false;
    std::vector<Place> places_;     // positions and numbers rise
    std::vector<Place> set_backs_;  // positions and numbers rise: a lower one covers those before
};

}  // namespace broker::journal
