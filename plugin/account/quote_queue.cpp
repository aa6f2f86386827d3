#include "account/quote_queue.hpp"

#include <algorithm>
#include <exception>

namespace broker::account {
namespace {

// Why bounds: a venue that never pauses must not keep quotes back, and quotes of many symbols must
// not keep the loop from the account's orders.
constexpr int kMostTurnsWaited = 16;
constexpr std::size_t kQuotesPerTurn = 64;

}  // namespace

void QuoteQueue::add(MarketDataLine& line) {
    if (line.mark_quote_due()) due_.push_back(&line);
    if (is_turn_requested_) return;
    turns_waited_ = 0;
    updates_at_last_turn_ = 0;  // this update itself: the first turn always waits for a second one
    request_turn();
}

void QuoteQueue::request_turn() {
    is_turn_requested_ = true;
    post_([this] { on_turn(); });
}

void QuoteQueue::on_turn() {
    is_turn_requested_ = false;
    if (due_.empty()) return;
    if (update_count_ != updates_at_last_turn_ && ++turns_waited_ < kMostTurnsWaited) {
        updates_at_last_turn_ = update_count_;
        return request_turn();
    }
    const auto count = static_cast<std::ptrdiff_t>(std::min(due_.size(), kQuotesPerTurn));
    for (auto line = due_.begin(); line != due_.begin() + count; ++line) {
        try {
            (*line)->deliver_quote();
        } catch (const std::exception& e) {
            on_failure_(e.what());
        }
    }
    due_.erase(due_.begin(), due_.begin() + count);
    if (!due_.empty()) request_turn();
}

}  // namespace broker::account
