// The newest quotes that wait while an EventQueue is over its mark. Used by EventQueue.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <memory>
#include <span>
#include <string_view>
#include <vector>

#include "broker/abi/market_data.h"
#include "broker/sdk/event_block.hpp"
#include "broker/sdk/text.hpp"

namespace broker::sdk::detail {

// One quote with its strings. Allocates only for ids that do not fit, which are not cut.
class QuoteBlock {
public:
    void assign(const broker_quote_t& quote) {
        const std::size_t size = least_block_size(quote);
        oversize_.reset();
        if (size > bytes_.size()) oversize_ = std::make_unique<std::byte[]>(size);
        copy_to_block(quote, oversize_ != nullptr ? std::span<std::byte>{oversize_.get(), size}
                                                  : std::span<std::byte>{bytes_});
    }
    [[nodiscard]] const broker_quote_t& quote() const {
        const std::byte* const block = oversize_ != nullptr ? oversize_.get() : bytes_.data();
        return *reinterpret_cast<const broker_quote_t*>(block);
    }

private:
    // Room for an account and a symbol of the ABI's longest.
    alignas(16) std::array<std::byte, (sizeof(broker_quote_t) + 160) / 16 * 16> bytes_{};
    std::unique_ptr<std::byte[]> oversize_;
};

// A bounded line of quotes, at most one of a subscription that can still be replaced by a newer
// one. Each waits at the place in the stream where the first of those merged into it came, so that
// it is delivered behind all that is older and before all that is newer than that.
class WaitingQuotes {
public:
    static constexpr std::uint64_t kNoPosition = std::numeric_limits<std::uint64_t>::max();

    explicit WaitingQuotes(std::size_t capacity) : keys_(capacity), blocks_(capacity) {}

    // Replaces the quote of the same subscription, if one waits, or joins the line at `position`.
    // False: it would have to join and the line is full.
    [[nodiscard]] bool put(const broker_quote_t& quote, std::uint64_t position) {
        if (QuoteBlock* const older = find(view(quote.event.account), quote.request_id)) {
            broker_quote_t merged = quote;
            merged.merged_count += older->quote().merged_count + 1;
            merged.is_snapshot |= older->quote().is_snapshot;
            older->assign(merged);
            return true;
        }
        if (size_ == keys_.size()) return false;
        const std::size_t slot = slot_of(size_);
        blocks_[slot].assign(quote);
        keys_[slot] = {quote.request_id, position, false};
        ++size_;
        return true;
    }

    [[nodiscard]] bool holds(std::string_view account, std::uint64_t request_id) {
        return find(account, request_id) != nullptr;
    }

    // Another event of the subscription follows: what waits is not replaced any more.
    void seal(std::string_view account, std::uint64_t request_id) {
        if (const QuoteBlock* const block = find(account, request_id)) {
            keys_[static_cast<std::size_t>(block - blocks_.data())].is_sealed = true;
        }
    }

    // Of the first in the line; kNoPosition if there is none.
    [[nodiscard]] std::uint64_t first_position() const {
        return size_ == 0 ? kNoPosition : keys_[first_].position;
    }

    // Moves the first in the line, which there is, to `target`.
    void take_first(QuoteBlock& target) {
        target.assign(blocks_[first_].quote());
        first_ = slot_of(1);
        --size_;
    }

private:
    struct Key {
        std::uint64_t request_id = 0;
        std::uint64_t position = 0;
        bool is_sealed = false;
    };

    [[nodiscard]] std::size_t slot_of(std::size_t index) const {
        return (first_ + index) % keys_.size();
    }
    [[nodiscard]] QuoteBlock* find(std::string_view account, std::uint64_t request_id) {
        for (std::size_t i = 0; i < size_; ++i) {
            const std::size_t slot = slot_of(i);
            if (keys_[slot].request_id != request_id || keys_[slot].is_sealed) continue;
            if (view(blocks_[slot].quote().event.account) == account) return &blocks_[slot];
        }
        return nullptr;
    }

    std::vector<Key> keys_;  // apart from the blocks, which are searched by them
    std::vector<QuoteBlock> blocks_;
    std::size_t first_ = 0;
    std::size_t size_ = 0;
};

}  // namespace broker::sdk::detail
