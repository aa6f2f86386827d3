// Every FIX message that came in or went out, for tests to count and read.
#pragma once

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "simulator/fix_message.hpp"

namespace broker::simulator {

struct LoggedMessage {
    enum class Direction { FromClient, ToClient } direction = Direction::FromClient;
    std::string sender_comp_id;  // the client's, in both directions
    FixMessage message;          // Password (554), NewPassword (925) and RawData (96) are masked
    bool is_garbled = false;     // it did not arrive as it was sent: CheckSum (10) is wrong

    [[nodiscard]] bool is_poss_dup() const { return message.value(43) == "Y"; }
};

// Whether CheckSum (10) is there, is last and is right.
[[nodiscard]] bool has_right_checksum(std::string_view raw);

// Splits what stood on the wire; masks secrets. Fields that do not parse are left out.
[[nodiscard]] FixMessage fix_message_from_wire(std::string_view raw);

// Keeps the newest messages, at most kMaxMessages. [any-thread]
class MessageLog {
public:
    static constexpr std::size_t kMaxMessages = 200'000;
    using Predicate = std::function<bool(const std::deque<LoggedMessage>&)>;

    void add(LoggedMessage message);
    [[nodiscard]] std::vector<LoggedMessage> all() const;
    [[nodiscard]] std::uint64_t dropped() const;  // messages that had to make room
    void clear();

    // Waits until the predicate holds, judged at once and after each new message. False: timeout.
    // The predicate must not call the log.
    [[nodiscard]] bool wait_until(const Predicate& holds, core::Duration timeout) const;

private:
    mutable std::mutex mutex_;  // guards all below
    mutable std::condition_variable changed_;
    std::deque<LoggedMessage> messages_;
    std::uint64_t dropped_ = 0;
};

}  // namespace broker::simulator
