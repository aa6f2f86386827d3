#include "fix/native/gap_queue.hpp"

#include <utility>

namespace broker::fix::native {

bool GapQueue::keep(core::MsgSeqNum number, std::string_view message) {
    if (entries_.size() >= limits_.max_messages) return false;
    if (bytes_ + message.size() > limits_.max_bytes) return false;
    if (entries_.contains(number)) return false;
    entries_.emplace(number, Entry{false, std::string{message}});
    bytes_ += message.size();
    return true;
}

void GapQueue::settle(core::MsgSeqNum number) {
    if (entries_.size() >= limits_.max_messages || entries_.contains(number)) return;
    entries_.emplace(number, Entry{true, {}});
}

std::optional<GapQueue::Entry> GapQueue::take(core::MsgSeqNum expected) {
    forget_before(expected);
    if (entries_.empty() || entries_.begin()->first != expected) return std::nullopt;
    Entry entry = std::move(entries_.begin()->second);
    bytes_ -= entry.message.size();
    entries_.erase(entries_.begin());
    return entry;
}

void GapQueue::clear() {
    entries_.clear();
    bytes_ = 0;
}

void GapQueue::forget_before(core::MsgSeqNum expected) {
    while (!entries_.empty() && entries_.begin()->first < expected) {
        bytes_ -= entries_.begin()->second.message.size();
        entries_.erase(entries_.begin());
    }
}

}  // namespace broker::fix::native
