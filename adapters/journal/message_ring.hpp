// Messages by number in a ring of checksummed records over a piece of memory.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "core/ids.hpp"
#include "journal/message_store.hpp"

namespace broker::journal {

// Positions count all bytes ever written, so that the byte at position p lies at p modulo the size.
// What lies between begin and end is whole; the owner keeps both where they survive, and does so
// after make_room and after append, so that the death of the process at any instruction leaves
// whole records between them.
// Numbers never decrease along the ring; of a number that stands there twice the later one counts.
// Owned by MappedMessageStore. [event-thread]
class MessageRing {
public:
    // `memory` is a multiple of kBlockBytes.
    explicit MessageRing(std::span<char> memory);
    static constexpr std::size_t kBlockBytes = 4096;

    // Takes up what an earlier process left. Damage at the end is cut off: it is what a loss of
    // power leaves. Damage before a whole record, or an impossible range, is an error: the text of
    // it.
    [[nodiscard]] std::optional<std::string> recover(std::uint64_t begin, std::uint64_t end);

    [[nodiscard]] std::uint64_t begin() const { return begin_; }
    [[nodiscard]] std::uint64_t end() const { return end_; }
    [[nodiscard]] bool can_hold(std::string_view message) const;

    // Forgets what the message would overwrite, and, if `number` is below the last one, everything
    // from it on: the numbers were set back. True if begin or end has changed.
    [[nodiscard]] bool make_room(core::MsgSeqNum number, std::string_view message);
    void append(core::MsgSeqNum number, std::string_view message);  // after make_room
    void clear();

    void read(core::MsgSeqNum first, core::MsgSeqNum last, const MessageStore::Visit& visit) const;
    // At most so many; returns the number to go on from, last + 1 at the end.
    core::MsgSeqNum read_page(core::MsgSeqNum first, core::MsgSeqNum last, std::size_t max_messages,
                              const MessageStore::Visit& visit) const;

private:
    struct Header {
        std::uint32_t crc = 0;  // of the rest of the header and of the message
        std::uint32_t size = 0;
        std::uint64_t position = 0;
        core::MsgSeqNum number = 0;  // 0: nothing from here to the end of the lap
    };
    struct Record {
        core::MsgSeqNum number = 0;
        std::string_view message;
        std::uint64_t next = 0;
    };
    // The first record that starts in a block of the ring.
    struct BlockStart {
        std::uint64_t position = UINT64_MAX;
        core::MsgSeqNum number = 0;
    };

    [[nodiscard]] static std::uint64_t record_bytes(std::size_t message_bytes);
    [[nodiscard]] char* at(std::uint64_t position) const;
    [[nodiscard]] std::uint64_t rest_of_lap(std::uint64_t position) const;
    [[nodiscard]] std::uint64_t start_for(std::uint64_t bytes) const;
    [[nodiscard]] Header header_at(std::uint64_t position) const;
    [[nodiscard]] bool is_whole(std::uint64_t position) const;
    [[nodiscard]] Record record_at(std::uint64_t position) const;
    [[nodiscard]] bool has_start(std::uint64_t block) const;
    [[nodiscard]] std::uint64_t start_before(core::MsgSeqNum number) const;
    [[nodiscard]] std::uint64_t find(core::MsgSeqNum number) const;
    void write(std::uint64_t position, core::MsgSeqNum number, std::string_view message);
    void note(std::uint64_t position, core::MsgSeqNum number);

    std::span<char> memory_;
    std::uint64_t begin_ = 0;
    std::uint64_t end_ = 0;
    core::MsgSeqNum last_number_ = 0;
    std::vector<BlockStart> blocks_;
};

}  // namespace broker::journal
