#include "account/quote_queue.hpp"

#include <algorithm>
#include <exception>
#include <utility>

namespace broker::account {
namespace {

// Why more than one: a session that has more to deliver lets others run first, for two turns.
constexpr int kQuietTurns = 3;
// Why bounds: a venue that never pauses must not keep quotes back, and quotes of many symbols must
// not keep the loop from the account's orders.
constexpr int kMostTurnsWaited = 16;
constexpr core::Duration kLongestWait = std::chrono::milliseconds{100};
constexpr std::size_t kQuotesPerTurn = 64;

}  // namespace

void QuoteQueue::add(MarketDataLine& line) {
    if (line.mark_quote_due()) due_.push_back(&line);
    if (is_turn_requested_) return;
    turns_waited_ = 0;
    quiet_turns_ = 0;
    wait_until_ = clock_.monotonic() + std::min(last_delivery_took_, kLongestWait);
    updates_at_last_turn_ = update_count_;
    request_turn();
}

void QuoteQueue::request_turn() {
    is_turn_requested_ = true;
    post_([this] { on_turn(); });
}

void QuoteQueue::on_turn() {
    is_turn_requested_ = false;
    if (due_.empty()) return;
    ++turns_waited_;
    const bool is_quiet = std::exchange(updates_at_last_turn_, update_count_) == update_count_;
    quiet_turns_ = is_quiet ? quiet_turns_ + 1 : 0;
    if (quiet_turns_ < kQuietTurns && may_wait()) return request_turn();
    deliver_some();
    if (!due_.empty()) request_turn();
}

bool QuoteQueue::may_wait() const {
    return turns_waited_ < kMostTurnsWaited || clock_.monotonic() < wait_until_;
}

void QuoteQueue::deliver_some() {
    const core::MonotonicTime begun = clock_.monotonic();
    const auto count = static_cast<std::ptrdiff_t>(std::min(due_.size(), kQuotesPerTurn));
    for (auto line = due_.begin(); line != due_.begin() + count; ++line) {
        try {
            (*line)->deliver_quote();
        } catch (const std::exception& e) {
            on_failure_(e.what());
        }
    }
    due_.erase(due_.begin(), due_.begin() + count);
    last_delivery_took_ = clock_.monotonic() - begun;
}

}  // namespace broker::account
