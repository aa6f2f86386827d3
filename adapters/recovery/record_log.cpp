#include "recovery/record_log.hpp"

#include <algorithm>
#include <utility>

namespace broker::recovery {

using core::Result;
using journal::AppendClass;
using journal::JournalMark;
using journal::Position;
using journal::RecordHeader;
using journal::RecordKind;

RecordLog::RecordLog(journal::Journal& journal, const core::Clock& clock, RecordLogOptions options)
    : journal_{journal}, clock_{clock}, options_{options}, from_{find_beginning()} {
    set_thresholds();
}

RecordLog::~RecordLog() = default;

// What the marks name may be missing after a loss of power: they and the log reach the disk in any
// order. A mark that names nothing is taken back at once: later records will stand at its place.
Carrying RecordLog::find_beginning() {
    journal::JournalHeader& header = journal_.header();
    const Position newest = header.mark(JournalMark::LedgerFrom);
    if (newest == 0) return {};
    if (const auto found = find_carrying(journal_, newest)) return *found;
    const auto older = find_carrying(journal_, header.mark(JournalMark::LedgerFromBefore));
    const Carrying from = older.value_or(Carrying{});
    header.set_mark(JournalMark::LedgerFrom, from.begin);
    return from;
}

void RecordLog::set_thresholds() {
    constexpr std::size_t kJournalPerCarried = 8;  // so that carrying stays a small part of the log
    carry_at_bytes_ = std::max(options_.carry_after_bytes, 2 * carried_bytes_);
    carry_at_position_ = from_.begin + std::max(options_.carry_after_journal_bytes,
                                                kJournalPerCarried * carried_bytes_);
}

Result<void> RecordLog::append(std::string_view record, Use use) {
    const RecordHeader header{
        use == Use::Evidence ? RecordKind::OrderEvidence : RecordKind::OrderIntent, 0, 0, 0,
        clock_.utc()};
    const auto appended = journal_.append(
        header, record, use == Use::Order ? AppendClass::Order : AppendClass::Essential);
    if (!appended) return appended.error();
    const std::size_t bytes = journal_.end() - *appended;
    appended_bytes_ += bytes;
    if (next_) next_->appended_bytes += bytes;
    return {};
}

Result<void> RecordLog::append(const journal::OperatorAction& action) {
    const auto appended = journal::append_operator_action(journal_, clock_.utc(), action);
    if (!appended) return appended.error();
    return {};
}

Result<void> RecordLog::read(const Visit& visit) {
    LedgerCursor cursor{journal_, from_, journal_.end()};
    carried_bytes_ = 0;
    appended_bytes_ = 0;
    const auto read = cursor.step({}, [&](const journal::Record& record) {
        (cursor.is_in_carried() ? carried_bytes_ : appended_bytes_) +=
            record.next - record.position;
        visit(record.payload);
    });
    if (!read) return read.error();
    set_thresholds();
    return {};
}

std::uint64_t RecordLog::heard() const { return journal_.header().mark(JournalMark::Heard); }

void RecordLog::set_heard(std::uint64_t number) {
    if (number != heard()) journal_.header().set_mark(JournalMark::Heard, number);
}

void RecordLog::on_tick(const IsKept& is_kept) {
    if (!next_ && bytes() < carry_at_bytes_ && journal_.end() < carry_at_position_) return;
    const Result<void> done = next_ ? carry(is_kept) : begin_carrying();
    if (done) return;
    // What cannot be written now, on a full disk, is tried again when the log has grown further.
    next_.reset();
    carry_at_bytes_ = bytes() + options_.carry_after_bytes;
    carry_at_position_ = journal_.end() + options_.carry_after_journal_bytes;
}

Result<void> RecordLog::begin_carrying() {
    const auto begin =
        journal_.append({RecordKind::LedgerCarried, 0, 0, 0, clock_.utc()}, {}, AppendClass::Order);
    if (!begin) return begin.error();
    next_.emplace(Next{*begin, LedgerCursor{journal_, from_, *begin}});
    return {};
}

// Why in two parts: an append may take away the memory that the records are read from.
Result<void> RecordLog::carry(const IsKept& is_kept) {
    taken_.clear();
    const auto has_more = next_->cursor.step(options_.step, [&](const journal::Record& record) {
        if (!is_kept(record.payload)) return;
        taken_.push_back({record.header.time, std::string{record.payload}});
    });
    if (!has_more) return has_more.error();
    for (const Taken& taken : taken_) {
        const auto position = append_carried(taken.time, taken.record);
        if (!position) return position.error();
        next_->carried_bytes += journal_.end() - *position;
    }
    if (*has_more) return {};
    const auto end = append_carried(clock_.utc(), {});
    if (!end) return end.error();
    finish_carrying(*end);
    return {};
}

// As for orders: the reserve of a full disk is for what the venue says.
Result<Position> RecordLog::append_carried(core::UtcTime time, std::string_view record) {
    return journal_.append({RecordKind::LedgerCarried, 0, next_->begin, 0, time}, record,
                           AppendClass::Order);
}

void RecordLog::finish_carrying(Position end) {
    journal::JournalHeader& header = journal_.header();
    header.set_mark(JournalMark::LedgerFromBefore, from_.begin);
    header.set_mark(JournalMark::LedgerFrom, next_->begin);
    from_ = {next_->begin, end};
    carried_bytes_ = next_->carried_bytes;
    appended_bytes_ = next_->appended_bytes;
    next_.reset();
    set_thresholds();
}

}  // namespace broker::recovery
