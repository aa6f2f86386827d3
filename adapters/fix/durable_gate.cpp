#include "fix/durable_gate.hpp"

#include "core/secret.hpp"

namespace broker::fix {

bool HeldSends::hold(std::string_view message) {
    if (gate_ == nullptr) return false;
    const journal::Position record_end = gate_->recorded();
    if (empty() && gate_->durable() >= record_end) return false;
    bytes_.append(message);
    messages_.push_back({message.size(), record_end});
    return true;
}

void HeldSends::release(const std::function<bool(std::string_view)>& write) {
    if (empty()) return;
    const journal::Position durable = gate_->durable();
    bool goes_on = true;
    while (goes_on && !empty() && messages_[next_].record_end <= durable) {
        const Message message = messages_[next_++];
        const std::size_t from = begin_;
        begin_ += message.size;
        goes_on = write(std::string_view{bytes_}.substr(from, message.size));
        core::wipe(bytes_.data() + from, message.size);  // it may be a Logon
    }
    if (empty()) return clear();
    // A queue that is never empty must not grow at its front.
    if (next_ * 2 < messages_.size()) return;
    bytes_.erase(0, begin_);
    messages_.erase(messages_.begin(), messages_.begin() + static_cast<std::ptrdiff_t>(next_));
    begin_ = 0;
    next_ = 0;
}

void HeldSends::clear() {
    core::wipe(bytes_.data(), bytes_.size());
    bytes_.clear();
    messages_.clear();
    begin_ = 0;
    next_ = 0;
}

}  // namespace broker::fix
