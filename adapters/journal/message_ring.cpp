#include "journal/message_ring.hpp"

#include <cstddef>
#include <cstring>
#include <string>

#include "journal/crc32.hpp"

namespace broker::journal {
namespace {

constexpr std::uint64_t kAlignment = 8;

constexpr std::uint64_t aligned(std::uint64_t bytes) {
    return (bytes + kAlignment - 1) / kAlignment * kAlignment;
}

}  // namespace

MessageRing::MessageRing(std::span<char> memory)
    : memory_{memory}, blocks_(memory.size() / kBlockBytes) {}

std::uint64_t MessageRing::record_bytes(std::size_t message_bytes) {
    return aligned(sizeof(Header) + message_bytes);
}

char* MessageRing::at(std::uint64_t position) const {
    return memory_.data() + position % memory_.size();
}

std::uint64_t MessageRing::rest_of_lap(std::uint64_t position) const {
    return memory_.size() - position % memory_.size();
}

// A record never goes across the end of the memory.
std::uint64_t MessageRing::start_for(std::uint64_t bytes) const {
    const std::uint64_t rest = rest_of_lap(end_);
    return bytes <= rest ? end_ : end_ + rest;
}

MessageRing::Header MessageRing::header_at(std::uint64_t position) const {
    Header header;
    std::memcpy(&header, at(position), sizeof header);
    return header;
}

bool MessageRing::is_whole(std::uint64_t position) const {
    const std::uint64_t rest = rest_of_lap(position);
    if (rest < sizeof(Header)) return true;  // too little for any record: the lap ends here
    const Header header = header_at(position);
    if (header.position != position || record_bytes(header.size) > rest) return false;
    const std::size_t checked = sizeof(Header) - sizeof header.crc + header.size;
    return header.crc == crc32({at(position) + sizeof header.crc, checked});
}

MessageRing::Record MessageRing::record_at(std::uint64_t position) const {
    const std::uint64_t rest = rest_of_lap(position);
    if (rest < sizeof(Header)) return {0, {}, position + rest};
    const Header header = header_at(position);
    if (header.number == 0) return {0, {}, position + rest};
    return {header.number,
            {at(position) + sizeof(Header), header.size},
            position + record_bytes(header.size)};
}

std::optional<std::string> MessageRing::recover(std::uint64_t begin, std::uint64_t end) {
    if (begin > end || end - begin > memory_.size() || begin % kAlignment != 0 ||
        end % kAlignment != 0) {
        return "positions " + std::to_string(begin) + " to " + std::to_string(end) +
               " do not fit " + std::to_string(memory_.size()) + " bytes";
    }
    begin_ = begin;
    end_ = end;
    std::uint64_t position = begin;
    while (position < end && is_whole(position)) {
        const Record record = record_at(position);
        if (record.next > end || (record.number != 0 && record.number < last_number_)) break;
        if (record.number != 0) note(position, record.number);
        position = record.next;
    }
    for (std::uint64_t later = position + kAlignment; later < end; later += kAlignment) {
        if (rest_of_lap(later) >= sizeof(Header) && is_whole(later)) {
            return "the record at position " + std::to_string(position) + " is damaged";
        }
    }
    end_ = std::min(position, end);
    return std::nullopt;
}

bool MessageRing::can_hold(std::string_view message) const {
    return message.size() < memory_.size() && record_bytes(message.size()) <= memory_.size();
}

bool MessageRing::make_room(core::MsgSeqNum number, std::string_view message) {
    const std::uint64_t old_begin = begin_;
    const std::uint64_t old_end = end_;
    if (number < last_number_) {
        end_ = find(number);
        last_number_ = 0;  // what stays is below `number`, which append notes
        for (BlockStart& block : blocks_) {
            if (block.position >= end_) block = {};  // other records will start elsewhere
        }
    }
    const std::uint64_t bytes = record_bytes(message.size());
    const std::uint64_t start = start_for(bytes);
    while (begin_ < end_ && start + bytes - begin_ > memory_.size())
        begin_ = record_at(begin_).next;
    if (begin_ >= end_) begin_ = end_ = start;
    return begin_ != old_begin || end_ != old_end;
}

void MessageRing::append(core::MsgSeqNum number, std::string_view message) {
    const std::uint64_t start = start_for(record_bytes(message.size()));
    if (start != end_ && start - end_ >= sizeof(Header)) write(end_, 0, {});
    write(start, number, message);
    note(start, number);
    end_ = start + record_bytes(message.size());
}

void MessageRing::write(std::uint64_t position, core::MsgSeqNum number, std::string_view message) {
    Header header;
    header.size = static_cast<std::uint32_t>(message.size());
    header.position = position;
    header.number = number;
    constexpr std::size_t kCrcBytes = sizeof header.crc;
    const std::string_view fields{reinterpret_cast<const char*>(&header) + kCrcBytes,
                                  sizeof header - kCrcBytes};
    header.crc = crc32(message, crc32(fields));
    std::memcpy(at(position), &header, sizeof header);
    if (!message.empty()) std::memcpy(at(position) + sizeof header, message.data(), message.size());
}

void MessageRing::note(std::uint64_t position, core::MsgSeqNum number) {
    last_number_ = number;
    const std::uint64_t block_begin = position / kBlockBytes * kBlockBytes;
    BlockStart& block = blocks_[position % memory_.size() / kBlockBytes];
    const bool is_of_this_lap = block.position >= block_begin && block.position <= position;
    if (!is_of_this_lap) block = {position, number};
}

void MessageRing::clear() {
    begin_ = end_;
    last_number_ = 0;
}

// The last record that begins a block and is below `number`; begin_ if there is none. Why by
// halves: a resend looks for each of its pages, and a ring has 256 blocks a megabyte. A block
// without a start is inside a long record.
std::uint64_t MessageRing::start_before(core::MsgSeqNum number) const {
    std::uint64_t position = begin_;
    std::uint64_t low = begin_ / kBlockBytes;
    std::uint64_t high = (end_ + kBlockBytes - 1) / kBlockBytes;  // behind the last one
    while (low < high) {
        const std::uint64_t middle = low + (high - low) / 2;
        std::uint64_t block = middle;
        while (block < high && !has_start(block)) ++block;
        if (block == high || blocks_[block % blocks_.size()].number >= number) {
            high = middle;
        } else {
            position = blocks_[block % blocks_.size()].position;
            low = block + 1;
        }
    }
    return position;
}

bool MessageRing::has_start(std::uint64_t block) const {
    const BlockStart& start = blocks_[block % blocks_.size()];
    return start.position / kBlockBytes == block && start.position >= begin_ &&
           start.position < end_;
}

// From there step by step to the first record that is not below `number`.
std::uint64_t MessageRing::find(core::MsgSeqNum number) const {
    std::uint64_t position = start_before(number);
    while (position < end_) {
        const Record record = record_at(position);
        if (record.number >= number) break;
        position = record.next;
    }
    return position;
}

void MessageRing::read(core::MsgSeqNum first, core::MsgSeqNum last,
                       const MessageStore::Visit& visit) const {
    (void)read_page(first, last, SIZE_MAX, visit);
}

core::MsgSeqNum MessageRing::read_page(core::MsgSeqNum first, core::MsgSeqNum last,
                                       std::size_t max_messages,
                                       const MessageStore::Visit& visit) const {
    Record found;
    for (std::uint64_t position = find(first); position < end_;) {
        const Record record = record_at(position);
        if (record.number > last) break;
        // Held back by one, since the next record may be a later version of the same message.
        if (found.number != 0 && record.number > found.number) {
            if (max_messages-- == 0) return found.number;
            visit(found.number, found.message);
        }
        if (record.number != 0) found = record;
        position = record.next;
    }
    if (found.number == 0) return last + 1;
    if (max_messages == 0) return found.number;
    visit(found.number, found.message);
    return last + 1;
}

}  // namespace broker::journal
