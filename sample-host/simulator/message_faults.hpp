// Faults that meet whole FIX messages on their way, by chance or by count.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"

namespace broker::simulator {

enum class MessageFault {
    Drop,          // the message is lost
    Delay,         // it and all behind it wait
    Duplicate,     // it comes twice
    SwapWithNext,  // it comes after the next one, or late if none comes
    FlipByte,      // one bit of it is another
    Truncate,      // half of it comes, then the connection is closed
    Reset,         // in place of it the connection is reset (TCP RST)
    HalfOpen,      // it and all behind it are lost for a while; the connection stays
};
inline constexpr std::size_t kMessageFaultCount = 8;

// For people, e.g. "swap_with_next".
[[nodiscard]] std::string_view message_fault_name(MessageFault fault);
[[nodiscard]] std::optional<MessageFault> message_fault_from_name(std::string_view name);

// A fault of one particular message.
struct MessageFaultStep {
    MessageFault fault = MessageFault::Drop;
    std::uint64_t message = 1;  // counted from 1 since the plan was set, over all connections
};

// The faults of one direction. At most one meets a message, and a step goes before chance.
struct DirectionFaults {
    std::array<int, kMessageFaultCount> per_mille{};  // by MessageFault; the sum is at most 1000
    std::vector<MessageFaultStep> steps{};
    core::Duration delay = std::chrono::milliseconds{50};       // longest wait; also of a swap
    core::Duration half_open = std::chrono::milliseconds{200};  // longest loss

    [[nodiscard]] int& chance(MessageFault fault) {
        return per_mille[static_cast<std::size_t>(fault)];
    }
};

// The faults of a listener. One seed and one sequence of messages give one sequence of faults.
struct MessageFaultPlan {
    std::uint64_t seed = 1;
    DirectionFaults to_client{};
    DirectionFaults to_server{};
};

// What meets each message of one direction. [event-thread]
class MessageFaults {
public:
    MessageFaults() = default;
    MessageFaults(std::uint64_t seed, DirectionFaults faults);

    [[nodiscard]] bool is_active() const { return is_active_; }
    // Counts the next message; none: nothing happens to it.
    [[nodiscard]] std::optional<MessageFault> meet_next();
    [[nodiscard]] core::Duration draw_delay() { return draw(faults_.delay); }
    [[nodiscard]] core::Duration draw_half_open() { return draw(faults_.half_open); }
    [[nodiscard]] std::size_t draw_below(std::size_t limit);  // limit > 0
    [[nodiscard]] core::Duration longest_delay() const { return faults_.delay; }

private:
    [[nodiscard]] core::Duration draw(core::Duration longest);

    std::mt19937_64 random_;
    DirectionFaults faults_{};
    std::uint64_t count_ = 0;
    bool is_active_ = false;
};

// Cuts a stream into whole FIX messages. What does not look like FIX comes out as it came in.
class MessageCutter {
public:
    static constexpr std::size_t kMaxMessage = std::size_t{1024} * 1024;

    void append(std::string_view bytes) { buffer_.append(bytes); }
    // Empty: no whole message yet.
    [[nodiscard]] std::string take();
    // Bytes of a message that is not whole yet.
    [[nodiscard]] std::size_t unfinished() const { return buffer_.size(); }

private:
    std::string buffer_;
};

}  // namespace broker::simulator
