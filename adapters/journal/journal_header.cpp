#include "journal/journal_header.hpp"

#include <sys/mman.h>

#include <algorithm>
#include <cstddef>
#include <cstring>
#include <span>
#include <type_traits>

#include "journal/crc32.hpp"

namespace broker::journal {
namespace {

using core::Result;

const char* const kFileName = "header";
const char* const kKind = "jrnlhead";

// The file is of areas of this size: the marks, the durable position, then one for each stream.
// Each has two slots, in disk sectors of their own; a stream's has its name before them.
constexpr std::size_t kAreaBytes = 4096;
constexpr std::size_t kSlotOffset = 2048;
constexpr std::size_t kSlotBytes = 1024;
constexpr std::size_t kMarksArea = 0;
constexpr std::size_t kDurableArea = 1;
constexpr std::size_t kFirstStreamArea = 2;
constexpr std::size_t kFileBytes = (kFirstStreamArea + JournalHeader::kMaxStreams) * kAreaBytes;

template <class Value>
struct Slot {
    std::uint64_t generation = 0;
    Value value{};
    std::uint32_t crc = 0;  // of all before
    std::uint32_t must_be_zero = 0;

    [[nodiscard]] std::uint32_t expected_crc() const {
        return crc32({reinterpret_cast<const char*>(this), offsetof(Slot, crc)});
    }
};

struct Name {
    std::array<char, JournalHeader::kMaxNameBytes> text{};
    std::uint32_t size = 0;  // 0: the area is not in use
    std::uint32_t crc = 0;   // of all before

    [[nodiscard]] std::uint32_t expected_crc() const {
        return crc32({reinterpret_cast<const char*>(this), offsetof(Name, crc)});
    }
};
static_assert(sizeof(Name) <= kSlotOffset);

std::span<char> area(const MappedFile& file, std::size_t index) {
    return file.data().subspan(index * kAreaBytes, kAreaBytes);
}

bool is_zero(std::span<const char> bytes) {
    return std::all_of(bytes.begin(), bytes.end(), [](char c) { return c == 0; });
}

template <class Value>
char* slot_place(std::span<char> area, std::uint64_t generation) {
    static_assert(std::is_trivially_copyable_v<Slot<Value>> && sizeof(Slot<Value>) <= kSlotBytes);
    return area.data() + kSlotOffset + generation % 2 * kSlotBytes;
}

// The newer of the slots that are whole; generation 0 if neither is.
template <class Value>
Slot<Value> read_slot(std::span<char> area) {
    Slot<Value> best;
    for (const std::uint64_t place : {std::uint64_t{0}, std::uint64_t{1}}) {
        Slot<Value> slot;
        std::memcpy(static_cast<void*>(&slot), slot_place<Value>(area, place), sizeof slot);
        const bool is_whole = slot.crc == slot.expected_crc() && slot.generation % 2 == place;
        if (is_whole && slot.generation > best.generation) best = slot;
    }
    return best;
}

template <class Value>
void write_slot(std::span<char> area, std::uint64_t generation, const Value& value) {
    Slot<Value> slot;
    slot.generation = generation;
    slot.value = value;
    slot.crc = slot.expected_crc();
    // Why a compiler fence is enough: the death of a process ends it between two instructions, so
    // what must not happen is that the compiler moves the slot before the record that it counts.
    std::atomic_signal_fence(std::memory_order_seq_cst);
    std::memcpy(slot_place<Value>(area, generation), static_cast<const void*>(&slot), sizeof slot);
    std::atomic_signal_fence(std::memory_order_seq_cst);
}

core::Error damaged(const MappedFile& file, std::size_t area, const std::string& what) {
    return file_error(file.path(), "both copies of " + what + ", from offset " +
                                       std::to_string(MappedFile::kHeaderBytes + area * kAreaBytes +
                                                      kSlotOffset) +
                                       " on, are damaged");
}

bool has_slots(const MappedFile& file, std::size_t index) {
    return !is_zero(area(file, index).subspan(kSlotOffset));
}

// A value that was never written is that of a new file. Why several attempts: the owner may be
// writing while a reader looks at one slot after the other.
template <class Value>
Result<Slot<Value>> read_area(const MappedFile& file, std::size_t index, const std::string& what) {
    constexpr int kAttempts = 100;
    for (int attempt = 0; attempt < kAttempts; ++attempt) {
        const auto slot = read_slot<Value>(area(file, index));
        if (slot.generation > 0 || !has_slots(file, index)) return slot;
    }
    return damaged(file, index, what);
}

std::size_t stream_area(std::size_t stream) { return kFirstStreamArea + stream - 1; }

// Empty: there is no such stream; a name without a slot is what an interrupted creation left.
Result<std::string> read_name(const MappedFile& file, std::size_t stream) {
    const std::size_t index = stream_area(stream);
    if (!has_slots(file, index)) return std::string{};
    Name name;
    std::memcpy(&name, area(file, index).data(), sizeof name);
    if (name.size == 0 || name.size > name.text.size() || name.crc != name.expected_crc()) {
        return file_error(file.path(),
                          "the name of stream " + std::to_string(stream) + ", at offset " +
                              std::to_string(MappedFile::kHeaderBytes + index * kAreaBytes) +
                              ", is damaged");
    }
    return std::string{name.text.data(), name.size};
}

}  // namespace

Result<JournalHeader> JournalHeader::open(const std::filesystem::path& directory,
                                          const std::string& account) {
    const auto path = directory / kFileName;
    auto file = std::filesystem::exists(path)
                    ? MappedFile::open(path, {kKind, account})
                    : MappedFile::create(path, {kKind, account}, kFileBytes);
    if (!file) return file.error();
    if (file->data().size() != kFileBytes) return file_error(path, "cut off");
    JournalHeader header{std::move(*file)};
    if (auto loaded = header.load(); !loaded) return loaded.error();
    return header;
}

JournalHeader::JournalHeader(JournalHeader&& other) noexcept
    : file_{std::move(other.file_)},
      names_{std::move(other.names_)},
      states_{std::move(other.states_)},
      marks_{other.marks_},
      durable_{other.durable_},
      durable_position_{other.durable()} {}

Result<void> JournalHeader::load() {
    const auto marks = read_area<Marks>(file_, kMarksArea, "the marks");
    if (!marks) return marks.error();
    marks_ = {marks->generation, marks->value};
    const auto durable = read_area<std::uint64_t>(file_, kDurableArea, "the durable position");
    if (!durable) return durable.error();
    durable_ = {durable->generation, durable->value};
    durable_position_ = durable->value;
    for (std::size_t stream = 1; stream <= kMaxStreams; ++stream) {
        auto name = read_name(file_, stream);
        if (!name) return name.error();
        if (name->empty()) continue;
        if (names_.size() + 1 != stream) {
            return file_error(path(), "stream " + std::to_string(stream) + " follows a hole");
        }
        const auto state =
            read_area<StreamState>(file_, stream_area(stream), "the numbers of stream " + *name);
        if (!state) return state.error();
        names_.push_back(std::move(*name));
        states_.push_back(
            {state->generation, state->generation == 0 ? StreamState{} : state->value});
    }
    return {};
}

Result<StreamNumber> JournalHeader::stream(std::string_view name) {
    const auto found = std::find(names_.begin(), names_.end(), name);
    if (found != names_.end()) return static_cast<StreamNumber>(found - names_.begin() + 1);
    if (name.empty() || name.size() > kMaxNameBytes) {
        return file_error(path(), "a stream's name has 1 to " + std::to_string(kMaxNameBytes) +
                                      " bytes, not " + std::to_string(name.size()));
    }
    if (names_.size() == kMaxStreams) {
        return file_error(path(), "no place for stream \"" + std::string{name} + "\" beside the " +
                                      std::to_string(kMaxStreams) + " that are there");
    }
    const auto number = static_cast<StreamNumber>(names_.size() + 1);
    const auto place = area(file_, stream_area(number));
    std::memset(place.data(), 0, place.size());
    Name entry;
    name.copy(entry.text.data(), entry.text.size());
    entry.size = static_cast<std::uint32_t>(name.size());
    entry.crc = entry.expected_crc();
    std::memcpy(place.data(), &entry, sizeof entry);
    names_.emplace_back(name);
    states_.emplace_back();
    save(number, {});
    // Why at once: records have the number, and a loss of power must not give it another name.
    if (::msync(place.data(), place.size(), MS_SYNC) != 0) return system_error(path(), "msync");
    return number;
}

void JournalHeader::save(StreamNumber stream, const StreamState& state) {
    Kept<StreamState>& kept = states_[stream - 1U];
    kept.value = state;
    write_slot(area(file_, stream_area(stream)), ++kept.generation, kept.value);
}

void JournalHeader::set_mark(JournalMark mark, std::uint64_t value) {
    marks_.value[static_cast<std::size_t>(mark)] = value;
    write_slot(area(file_, kMarksArea), ++marks_.generation, marks_.value);
}

void JournalHeader::set_durable(std::uint64_t position) {
    if (position <= durable_.value) return;
    durable_.value = position;
    write_slot(area(file_, kDurableArea), ++durable_.generation, position);
    durable_position_.store(position, std::memory_order_release);
}

Result<JournalHeaderSnapshot> JournalHeaderSnapshot::read(const std::filesystem::path& directory) {
    auto file = MappedFile::open_read_only(directory / kFileName, kKind);
    if (!file) return file.error();
    if (file->data().size() != kFileBytes) return file_error(file->path(), "cut off");
    JournalHeaderSnapshot snapshot;
    snapshot.account = file->owner();
    JournalHeader header{std::move(*file)};
    if (auto loaded = header.load(); !loaded) return loaded.error();
    snapshot.marks = header.marks_.value;
    snapshot.durable = header.durable();
    for (std::size_t at = 0; at < header.names_.size(); ++at) {
        snapshot.streams.push_back({header.names_[at], header.states_[at].value});
    }
    return snapshot;
}

}  // namespace broker::journal
