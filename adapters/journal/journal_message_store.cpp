#include "journal/journal_message_store.hpp"

#include <algorithm>
#include <functional>

namespace broker::journal {
namespace {

using core::MsgSeqNum;
using core::Result;

// Payloads of SequenceSet: whose next number it is.
constexpr std::string_view kSender = "sender";
constexpr std::string_view kTarget = "target";

// What a page looks through at most: other records may lie between two messages.
constexpr std::uint64_t kMaxPageWalk = 1024 * 1024;

}  // namespace

Result<std::unique_ptr<JournalMessageStore>> JournalMessageStore::open(
    Journal& journal, const core::Clock& clock, JournalMessageStoreOptions options) {
    const auto stream = journal.header().stream(options.stream);
    if (!stream) return stream.error();
    auto store =
        std::unique_ptr<JournalMessageStore>(new JournalMessageStore{journal, clock, *stream});
    if (auto recovered = store->recover(options.reach_bytes); !recovered) return recovered.error();
    return store;
}

JournalMessageStore::~JournalMessageStore() { save(); }

Result<void> JournalMessageStore::recover(std::uint64_t reach_bytes) {
    const Position reach = std::max(state_.epoch_begin, journal_.segment_within(reach_bytes));
    index_.clear(reach);
    const Position as_of = state_.as_of;
    const auto read = journal_.read(std::min(as_of, reach), [&](const Record& record) {
        if (record.header.stream != stream_) return true;
        if (record.position >= as_of) apply(record);
        if (record.position >= reach && record.header.epoch == state_.epoch) {
            index(record.header.kind, record.header.msg_seq_num, record.payload, record.position);
        }
        return true;
    });
    if (!read) return read.error();
    save();
    return {};
}

// What the record makes of the numbers.
void JournalMessageStore::apply(const Record& record) {
    const MsgSeqNum number = record.header.msg_seq_num;
    switch (record.header.kind) {
        case RecordKind::FixOut:
        case RecordKind::FixSessionOut:
            state_.next_sender = number + 1;
            return;
        case RecordKind::FixIn:
            if (number == state_.next_target) ++state_.next_target;
            return;
        case RecordKind::SequenceSet:
            (record.payload == kSender ? state_.next_sender : state_.next_target) = number;
            return;
        case RecordKind::SequenceReset:
            state_.epoch = record.header.epoch;
            state_.epoch_begin = record.position;
            state_.last_reset = record.header.time;
            state_.next_sender = 1;
            state_.next_target = 1;
            return;
        default:
            return;
    }
}

void JournalMessageStore::index(RecordKind kind, MsgSeqNum number, std::string_view payload,
                                Position position) {
    if (kind == RecordKind::FixOut) index_.add(number, position);
    if (kind == RecordKind::SequenceReset) index_.clear(position);
    if (kind == RecordKind::SequenceSet && payload == kSender) index_.set_back(number, position);
}

Result<Position> JournalMessageStore::append(RecordKind kind, MsgSeqNum number,
                                             std::string_view payload) {
    auto position = journal_.append({kind, stream_, state_.epoch, number, clock_.utc()}, payload);
    if (position) index(kind, number, payload, *position);
    return position;
}

// Why a full journal is no error here: the numbers are in the header, and a session that goes on
// without the record of a heartbeat can still cancel.
Result<void> JournalMessageStore::append_if_there_is_room(RecordKind kind, MsgSeqNum number,
                                                          std::string_view payload) {
    const auto position = append(kind, number, payload);
    if (!position && !journal_.health().is_full) return position.error();
    return {};
}

Result<void> JournalMessageStore::append_set(MsgSeqNum next, std::string_view side) {
    return append_if_there_is_room(RecordKind::SequenceSet, next, side);
}

void JournalMessageStore::save() {
    recorded_out_ = 0;
    recorded_in_ = 0;
    state_.as_of = journal_.end();
    journal_.header().save(stream_, state_);
}

Result<void> JournalMessageStore::set_next_sender_msg_seq_num(MsgSeqNum next) {
    const bool is_recorded = recorded_out_ != 0 && next == recorded_out_ + 1;
    if (!is_recorded && next != state_.next_sender) {
        if (auto done = append_set(next, kSender); !done) return done;
    }
    state_.next_sender = next;
    save();
    return {};
}

Result<void> JournalMessageStore::set_next_target_msg_seq_num(MsgSeqNum next) {
    const bool is_recorded = recorded_in_ == state_.next_target && next == recorded_in_ + 1;
    if (!is_recorded && next != state_.next_target) {
        if (auto done = append_set(next, kTarget); !done) return done;
    }
    state_.next_target = next;
    save();
    return {};
}

Result<void> JournalMessageStore::add(MsgSeqNum number, std::string_view message) {
    const auto position = append(RecordKind::FixOut, number, message);
    if (!position) return position.error();
    recorded_out_ = number;
    return {};
}

Result<void> JournalMessageStore::add_session_message(MsgSeqNum number, std::string_view message) {
    if (auto done = append_if_there_is_room(RecordKind::FixSessionOut, number, message); !done) {
        return done;
    }
    recorded_out_ = number;
    return {};
}

Result<void> JournalMessageStore::add_received(MsgSeqNum number, std::string_view message) {
    if (auto done = append_if_there_is_room(RecordKind::FixIn, number, message); !done) {
        return done;
    }
    recorded_in_ = number;
    return {};
}

Result<void> JournalMessageStore::add_repeat(MsgSeqNum number, std::string_view message) {
    return append_if_there_is_room(RecordKind::FixRepeat, number, message);
}

Result<void> JournalMessageStore::read(MsgSeqNum begin, MsgSeqNum end, const Visit& visit) const {
    const auto done = read_page(begin, end, SIZE_MAX, visit);
    if (!done) return done.error();
    return {};
}

Result<MsgSeqNum> JournalMessageStore::read_page(MsgSeqNum begin, MsgSeqNum end,
                                                 std::size_t max_messages,
                                                 const Visit& visit) const {
    const bool goes_on = cursor_.number != 0 && cursor_.number == begin;
    const Position from = goes_on ? cursor_.position : index_.find(begin);
    MsgSeqNum next = end + 1;
    if (!index_.has_messages() || from > index_.last()) return next;
    const bool is_bounded = max_messages != SIZE_MAX;
    MsgSeqNum reached = begin;
    const auto look = [&](const Record& record) {
        if (record.position > index_.last()) return false;
        if (is_bounded && record.position - from > kMaxPageWalk) {
            next = reached;
            cursor_ = {reached, record.position};
            return false;
        }
        const MsgSeqNum number = record.header.msg_seq_num;
        const bool is_message = record.header.kind == RecordKind::FixOut &&
                                record.header.stream == stream_ &&
                                record.header.epoch == state_.epoch;
        if (!is_message || number < begin || index_.is_void(number, record.position)) return true;
        if (number > end) return false;
        if (max_messages-- == 0) {
            next = number;
            cursor_ = {number, record.position};
            return false;
        }
        visit(number, record.payload);
        reached = number + 1;
        return true;
    };
    const auto done = journal_.read(from, std::ref(look));  // by reference: no allocation
    if (!done) return done.error();
    return next;
}

Result<void> JournalMessageStore::reset() {
    ++state_.epoch;
    const auto position = append(RecordKind::SequenceReset, 0, {});
    if (!position) {
        --state_.epoch;
        return position.error();
    }
    state_.epoch_begin = *position;
    state_.last_reset = clock_.utc();
    state_.next_sender = 1;
    state_.next_target = 1;
    save();
    return {};
}

std::optional<core::UtcTime> JournalMessageStore::last_reset() const {
    if (state_.last_reset == core::UtcTime{}) return std::nullopt;
    return state_.last_reset;
}

Result<void> JournalMessageStore::set_last_reset(core::UtcTime when) {
    state_.last_reset = when;
    save();
    return {};
}

}  // namespace broker::journal
