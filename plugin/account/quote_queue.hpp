// Quotes that are due, one a symbol, until the event loop has read everything that was there.
#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "account/market_data_line.hpp"
#include "core/clock.hpp"

namespace broker::account {

// Why it waits: while a host's callback blocks, the venue's updates pile up in the socket. They are
// read first and merged into the quotes that are due, so that a slow host gets fewer and newer
// quotes, and the memory is one entry a line. Waiting ends when a few turns of the loop have
// brought no update, or at a bound: some turns more, and after a slow delivery as much time as that
// took, in which what came meanwhile is read. Owned by the feed. [event-thread]
class QuoteQueue {
public:
    // Runs a function from the event loop, behind what is there to be done.
    using Post = std::function<void(std::function<void()>)>;
    // Called where a delivery throws: the text is for the log.
    using OnFailure = std::function<void(const char* text)>;

    QuoteQueue(const core::Clock& clock, Post post, OnFailure on_failure)
        : clock_{clock}, post_{std::move(post)}, on_failure_{std::move(on_failure)} {}

    // An update has been read, of whatever line.
    void note_update() { ++update_count_; }
    // `line` has an update that is to be part of its next quote.
    void add(MarketDataLine& line);
    // The line has delivered its quote by other means, or goes away.
    void remove(const MarketDataLine& line) { std::erase(due_, &line); }

private:
    void request_turn();
    void on_turn();
    [[nodiscard]] bool may_wait() const;
    void deliver_some();

    const core::Clock& clock_;
    Post post_;
    OnFailure on_failure_;
    std::vector<MarketDataLine*> due_;  // in the order they came
    bool is_turn_requested_ = false;
    std::uint64_t update_count_ = 0;
    std::uint64_t updates_at_last_turn_ = 0;
    int quiet_turns_ = 0;  // the last ones, without an update
    int turns_waited_ = 0;
    core::Duration last_delivery_took_{0};
    core::MonotonicTime wait_until_;  // even after the turns
};

}  // namespace broker::account
