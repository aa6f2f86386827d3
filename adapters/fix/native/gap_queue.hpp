// Messages that came before the ones in front of them.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/ids.hpp"

namespace broker::fix::native {

struct GapQueueLimits {
    std::size_t max_messages = 0;
    std::size_t max_bytes = 0;
};

// Bounded: what does not fit is not kept, and is asked for like everything that is missing.
// Owned by the engine. [event-thread]
class GapQueue {
public:
    struct Entry {
        bool is_settled = false;  // acted upon already: only its number is left to be counted
        std::string message;
    };

    explicit GapQueue(GapQueueLimits limits) : limits_{limits} {}

    // Keeps a message until its turn. False: there is no room, or it is there already.
    bool keep(core::MsgSeqNum number, std::string_view message);
    // Notes that the message with this number needs nothing more when its turn comes.
    void settle(core::MsgSeqNum number);

    [[nodiscard]] bool has(core::MsgSeqNum number) const { return entries_.contains(number); }
    [[nodiscard]] bool empty() const { return entries_.empty(); }
    [[nodiscard]] core::MsgSeqNum first() const { return entries_.begin()->first; }  // not empty
    [[nodiscard]] std::size_t size() const { return entries_.size(); }
    [[nodiscard]] std::size_t bytes() const { return bytes_; }

    // The entry whose turn it is; those before `expected` are forgotten.
    [[nodiscard]] std::optional<Entry> take(core::MsgSeqNum expected);
    void forget_before(core::MsgSeqNum expected);
    void clear();

private:
    GapQueueLimits limits_;
    std::map<core::MsgSeqNum, Entry> entries_;
    std::size_t bytes_ = 0;
};

}  // namespace broker::fix::native
