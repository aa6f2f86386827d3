// What is wrong with a message of the venue beyond the one field that it touches.
#pragma once

#include <cstddef>
#include <string>
#include <utility>
#include <vector>

#include "core/reason.hpp"

namespace broker::dxtrade::json {

struct ReadFault {
    core::Reason reason = core::Reason::FieldUnreadable;  // 900-911
    std::string text;  // `orders[2].legs[0].quantity: expected a number, found "abc"`
};

// The first faults of one message, and how many there are in all. What else could be read of the
// message is in its records.
class ReadFaults {
public:
    static constexpr std::size_t kMaxKept = 16;

    void add(core::Reason reason, std::string text) {
        ++count_;
        if (kept_.size() < kMaxKept) kept_.push_back({reason, std::move(text)});
    }

    [[nodiscard]] const std::vector<ReadFault>& kept() const { return kept_; }
    [[nodiscard]] std::size_t count() const { return count_; }
    [[nodiscard]] bool empty() const { return count_ == 0; }

private:
    std::vector<ReadFault> kept_;
    std::size_t count_ = 0;
};

}  // namespace broker::dxtrade::json
