#include "journal/mapped_message_store.hpp"

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <cstring>

#include "journal/crc32.hpp"
#include "journal/mapped_file.hpp"
#include "journal/message_ring.hpp"

namespace broker::journal {
namespace {

using core::MsgSeqNum;
using core::Result;

constexpr std::size_t kSequenceBytes = 4096;

// Everything that must change together, in one of two places written in turn.
struct Slot {
    std::uint64_t generation = 0;
    MsgSeqNum next_sender = 1;
    MsgSeqNum next_target = 1;
    std::uint64_t ring_begin = 0;
    std::uint64_t ring_end = 0;
    std::int64_t last_reset_ns = 0;  // since 1970; 0: not recorded
    std::uint32_t crc = 0;           // of all before
    std::uint32_t must_be_zero = 0;

    [[nodiscard]] std::uint32_t expected_crc() const {
        return crc32({reinterpret_cast<const char*>(this), offsetof(Slot, crc)});
    }
};
static_assert(sizeof(Slot) == 56);

// Slots lie in cache lines of their own.
char* slot_place(const MappedFile& file, std::uint64_t generation) {
    return file.data().data() + (generation % 2) * 1024;
}

// The newer of the slots that are whole.
Result<Slot> read_slot(const MappedFile& file) {
    Slot best;
    for (const std::uint64_t place : {0, 1}) {
        Slot slot;
        std::memcpy(&slot, slot_place(file, place), sizeof slot);
        const bool is_whole = slot.crc == slot.expected_crc() && slot.generation % 2 == place;
        if (is_whole && slot.generation > best.generation) best = slot;
    }
    if (best.generation == 0) {
        return file_error(file.path(), "both copies of the sequence numbers are damaged");
    }
    return best;
}

}  // namespace

struct MappedMessageStore::State {
    FileDescriptor lock;
    MappedFile sequence;
    MappedFile messages;
    Slot slot;
    MessageRing ring;

    // One slot is whole at every moment: this writes over the older one.
    void save() {
        slot.ring_begin = ring.begin();
        slot.ring_end = ring.end();
        ++slot.generation;
        slot.crc = slot.expected_crc();
        // Why a compiler fence is enough: the death of a process ends it between two instructions,
        // so what must not happen is that the compiler moves the slot before the record.
        std::atomic_signal_fence(std::memory_order_seq_cst);
        std::memcpy(slot_place(sequence, slot.generation), &slot, sizeof slot);
        std::atomic_signal_fence(std::memory_order_seq_cst);
    }
};

namespace {

struct Files {
    MappedFile sequence;
    MappedFile messages;
};

// A new ring is zero up to its first record.
bool is_unused(const MappedFile& messages) {
    const auto start = messages.data().first(MessageRing::kBlockBytes);
    return std::all_of(start.begin(), start.end(), [](char c) { return c == 0; });
}

Result<Files> open_files(const MappedMessageStoreOptions& options) {
    const MappedFile::Identity sequence_identity{"DXSEQNUM", options.session};
    const MappedFile::Identity messages_identity{"DXMSGRNG", options.session};
    const auto sequence_path = options.directory / "sequence";
    const auto messages_path = options.directory / "messages";
    const bool has_sequence = std::filesystem::exists(sequence_path);
    const bool has_messages = std::filesystem::exists(messages_path);
    if (has_sequence && !has_messages) return file_error(messages_path, "missing");

    constexpr std::size_t kBlock = MessageRing::kBlockBytes;
    const std::size_t wanted = std::max(options.max_message_bytes, kBlock);
    auto messages = has_messages ? MappedFile::open(messages_path, messages_identity)
                                 : MappedFile::create(messages_path, messages_identity,
                                                      (wanted + kBlock - 1) / kBlock * kBlock);
    if (!messages) return messages.error();
    if (messages->data().size() % kBlock != 0) return file_error(messages_path, "cut off");
    // Without a sequence file the messages are new: creation was interrupted between the two.
    if (!has_sequence && !is_unused(*messages)) return file_error(sequence_path, "missing");

    auto sequence = has_sequence
                        ? MappedFile::open(sequence_path, sequence_identity)
                        : MappedFile::create(sequence_path, sequence_identity, kSequenceBytes);
    if (!sequence) return sequence.error();
    if (sequence->data().size() != kSequenceBytes) return file_error(sequence_path, "cut off");
    return Files{std::move(*sequence), std::move(*messages)};
}

}  // namespace

Result<std::unique_ptr<MappedMessageStore>> MappedMessageStore::open(
    MappedMessageStoreOptions options) {
    auto lock = lock_directory(options.directory);
    if (!lock) return lock.error();
    auto files = open_files(options);
    if (!files) return files.error();
    const auto start = files->sequence.data();
    const bool is_new = std::all_of(start.begin(), start.end(), [](char c) { return c == 0; }) &&
                        is_unused(files->messages);
    auto slot = is_new ? Result<Slot>{Slot{}} : read_slot(files->sequence);
    if (!slot) return slot.error();

    MessageRing ring{files->messages.data()};
    if (auto damage = ring.recover(slot->ring_begin, slot->ring_end)) {
        return file_error(files->messages.path(), *damage);
    }
    auto state =
        std::unique_ptr<State>(new State{std::move(*lock), std::move(files->sequence),
                                         std::move(files->messages), *slot, std::move(ring)});
    state->save();
    return std::unique_ptr<MappedMessageStore>(new MappedMessageStore(std::move(state)));
}

MappedMessageStore::MappedMessageStore(std::unique_ptr<State> state) : state_{std::move(state)} {}

MappedMessageStore::~MappedMessageStore() = default;

MsgSeqNum MappedMessageStore::next_sender_msg_seq_num() const { return state_->slot.next_sender; }

MsgSeqNum MappedMessageStore::next_target_msg_seq_num() const { return state_->slot.next_target; }

Result<void> MappedMessageStore::set_next_sender_msg_seq_num(MsgSeqNum next) {
    state_->slot.next_sender = next;
    state_->save();
    return {};
}

Result<void> MappedMessageStore::set_next_target_msg_seq_num(MsgSeqNum next) {
    state_->slot.next_target = next;
    state_->save();
    return {};
}

Result<void> MappedMessageStore::add(MsgSeqNum number, std::string_view message) {
    MessageRing& ring = state_->ring;
    if (number == 0 || !ring.can_hold(message)) {
        return file_error(state_->messages.path(), "message " + std::to_string(number) + " of " +
                                                       std::to_string(message.size()) +
                                                       " bytes does not fit");
    }
    if (ring.make_room(number, message)) state_->save();
    ring.append(number, message);
    state_->save();
    return {};
}

Result<void> MappedMessageStore::read(MsgSeqNum begin, MsgSeqNum end, const Visit& visit) const {
    state_->ring.read(begin, end, visit);
    return {};
}

Result<MsgSeqNum> MappedMessageStore::read_page(MsgSeqNum begin, MsgSeqNum end,
                                                std::size_t max_messages,
                                                const Visit& visit) const {
    return state_->ring.read_page(begin, end, max_messages, visit);
}

Result<void> MappedMessageStore::reset() {
    state_->ring.clear();
    state_->slot.next_sender = 1;
    state_->slot.next_target = 1;
    state_->save();
    return {};
}

std::optional<core::UtcTime> MappedMessageStore::last_reset() const {
    const std::int64_t since_1970 = state_->slot.last_reset_ns;
    if (since_1970 == 0) return std::nullopt;
    return core::UtcTime{core::Duration{since_1970}};
}

Result<void> MappedMessageStore::set_last_reset(core::UtcTime when) {
    state_->slot.last_reset_ns = when.time_since_epoch().count();
    state_->save();
    return {};
}

}  // namespace broker::journal
