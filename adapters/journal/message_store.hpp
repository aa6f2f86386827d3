// What a FIX session keeps: sent messages by number, and both next numbers.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>

#include "core/clock.hpp"
#include "core/ids.hpp"
#include "core/result.hpp"

namespace broker::journal {

// Owned by one session's engine. Every failure is StorageFailed and names the file and the cause;
// the engine then sends nothing that the store has not taken.
// [event-thread]
class MessageStore {
public:
    virtual ~MessageStore() = default;

    [[nodiscard]] virtual core::MsgSeqNum next_sender_msg_seq_num() const = 0;
    [[nodiscard]] virtual core::MsgSeqNum next_target_msg_seq_num() const = 0;
    [[nodiscard]] virtual core::Result<void> set_next_sender_msg_seq_num(core::MsgSeqNum next) = 0;
    [[nodiscard]] virtual core::Result<void> set_next_target_msg_seq_num(core::MsgSeqNum next) = 0;

    // Records a sent message under its number, before it is sent. What was stored under this or a
    // higher number is forgotten: the numbers were set back.
    [[nodiscard]] virtual core::Result<void> add(core::MsgSeqNum number,
                                                 std::string_view message) = 0;

    // For the record alone: a session message under its number, before it is sent. Without its
    // secrets. It is not among what read() gives.
    [[nodiscard]] virtual core::Result<void> add_session_message(core::MsgSeqNum /*number*/,
                                                                 std::string_view /*message*/) {
        return {};
    }
    // For the record alone: a message of the peer, right before its number counts, or out of its
    // turn. Without its secrets. `number` 0: it never counts.
    [[nodiscard]] virtual core::Result<void> add_received(core::MsgSeqNum /*number*/,
                                                          std::string_view /*message*/) {
        return {};
    }

    // Records what is sent under a number of before, in answer to a ResendRequest: a message again,
    // or a gap fill instead. For the record alone.
    [[nodiscard]] virtual core::Result<void> add_repeat(core::MsgSeqNum /*number*/,
                                                        std::string_view /*message*/) {
        return {};
    }

    // Calls `visit` for each stored message with a number in [begin, end], in order; a number that
    // was never stored, or is no longer kept, is passed over. The text is valid during the call.
    using Visit = std::function<void(core::MsgSeqNum, std::string_view)>;
    [[nodiscard]] virtual core::Result<void> read(core::MsgSeqNum begin, core::MsgSeqNum end,
                                                  const Visit& visit) const = 0;

    // The same for at most `max_messages` of them (at least 1), so that a long history is read in
    // steps. Returns the number to go on from, `begin` perhaps, where there was too much to look
    // through: end + 1 when there is no more.
    [[nodiscard]] virtual core::Result<core::MsgSeqNum> read_page(core::MsgSeqNum begin,
                                                                  core::MsgSeqNum end,
                                                                  std::size_t max_messages,
                                                                  const Visit& visit) const;

    // Both next numbers become 1 and the messages are forgotten.
    [[nodiscard]] virtual core::Result<void> reset() = 0;

    // When the numbers were last made to begin at 1, kept like the numbers themselves; null: not
    // recorded yet. Whoever resets says so right after it.
    [[nodiscard]] virtual std::optional<core::UtcTime> last_reset() const = 0;
    [[nodiscard]] virtual core::Result<void> set_last_reset(core::UtcTime when) = 0;
    // Grows with each reset: a number is unique within it. 0 from a store that does not count.
    [[nodiscard]] virtual std::uint64_t epoch() const { return 0; }
};

// Forgets everything with the process. For sessions that reset at each logon, and for tests.
class MemoryMessageStore final : public MessageStore {
public:
    // The lowest numbers go first once more than this is kept.
    explicit MemoryMessageStore(std::size_t max_message_bytes = 16 * 1024 * 1024)
        : max_message_bytes_{max_message_bytes} {}

    [[nodiscard]] core::MsgSeqNum next_sender_msg_seq_num() const override { return next_sender_; }
    [[nodiscard]] core::MsgSeqNum next_target_msg_seq_num() const override { return next_target_; }
    [[nodiscard]] core::Result<void> set_next_sender_msg_seq_num(core::MsgSeqNum next) override;
    [[nodiscard]] core::Result<void> set_next_target_msg_seq_num(core::MsgSeqNum next) override;
    [[nodiscard]] core::Result<void> add(core::MsgSeqNum number, std::string_view message) override;
    [[nodiscard]] core::Result<void> read(core::MsgSeqNum begin, core::MsgSeqNum end,
                                          const Visit& visit) const override;
    [[nodiscard]] core::Result<core::MsgSeqNum> read_page(core::MsgSeqNum begin,
                                                          core::MsgSeqNum end,
                                                          std::size_t max_messages,
                                                          const Visit& visit) const override;
    [[nodiscard]] core::Result<void> reset() override;
    [[nodiscard]] std::optional<core::UtcTime> last_reset() const override { return last_reset_; }
    [[nodiscard]] core::Result<void> set_last_reset(core::UtcTime when) override {
        last_reset_ = when;
        return {};
    }
    [[nodiscard]] std::uint64_t epoch() const override { return epoch_; }

private:
    std::optional<core::UtcTime> last_reset_;
    std::uint64_t epoch_ = 1;
    core::MsgSeqNum next_sender_ = 1;
    core::MsgSeqNum next_target_ = 1;
    std::map<core::MsgSeqNum, std::string> messages_;
    std::size_t max_message_bytes_;
    std::size_t message_bytes_ = 0;
};

}  // namespace broker::journal
