#include "journal/message_store.hpp"

namespace broker::journal {

// For stores that cannot stop in the middle of a read.
core::Result<core::MsgSeqNum> MessageStore::read_page(core::MsgSeqNum begin, core::MsgSeqNum end,
                                                      std::size_t max_messages,
                                                      const Visit& visit) const {
    core::MsgSeqNum next = end + 1;
    bool is_full = false;
    const auto done = read(begin, end, [&](core::MsgSeqNum number, std::string_view message) {
        if (is_full) return;
        is_full = max_messages == 0;
        if (is_full) {
            next = number;
        } else {
            --max_messages;
            visit(number, message);
        }
    });
    if (!done) return done.error();
    return next;
}

core::Result<void> MemoryMessageStore::set_next_sender_msg_seq_num(core::MsgSeqNum next) {
    next_sender_ = next;
    return {};
}

core::Result<void> MemoryMessageStore::set_next_target_msg_seq_num(core::MsgSeqNum next) {
    next_target_ = next;
    return {};
}

core::Result<void> MemoryMessageStore::add(core::MsgSeqNum number, std::string_view message) {
    if (message.size() > max_message_bytes_) {
        return core::fail(core::Reason::StorageFailed,
                          "memory store: message " + std::to_string(number) + " has " +
                              std::to_string(message.size()) + " bytes, room is " +
                              std::to_string(max_message_bytes_));
    }
    for (auto at = messages_.lower_bound(number); at != messages_.end();) {
        message_bytes_ -= at->second.size();
        at = messages_.erase(at);
    }
    messages_.emplace_hint(messages_.end(), number, message);
    message_bytes_ += message.size();
    while (message_bytes_ > max_message_bytes_) {
        const auto lowest = messages_.begin();
        message_bytes_ -= lowest->second.size();
        messages_.erase(lowest);
    }
    return {};
}

core::Result<void> MemoryMessageStore::read(core::MsgSeqNum begin, core::MsgSeqNum end,
                                            const Visit& visit) const {
    for (auto at = messages_.lower_bound(begin); at != messages_.end() && at->first <= end; ++at) {
        visit(at->first, at->second);
    }
    return {};
}

core::Result<core::MsgSeqNum> MemoryMessageStore::read_page(core::MsgSeqNum begin,
                                                            core::MsgSeqNum end,
                                                            std::size_t max_messages,
                                                            const Visit& visit) const {
    for (auto at = messages_.lower_bound(begin); at != messages_.end() && at->first <= end; ++at) {
        if (max_messages-- == 0) return at->first;
        visit(at->first, at->second);
    }
    return end + 1;
}

core::Result<void> MemoryMessageStore::reset() {
    ++epoch_;
    next_sender_ = 1;
    next_target_ = 1;
    messages_.clear();
    message_bytes_ = 0;
    return {};
}

}  // namespace broker::journal
