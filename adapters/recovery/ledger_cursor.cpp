#include "recovery/ledger_cursor.hpp"

namespace broker::recovery {

using core::Result;
using journal::Position;
using journal::Record;
using journal::RecordKind;

std::optional<Carrying> find_carrying(const journal::Journal& journal, Position begin) {
    if (begin == 0 || begin >= journal.end()) return std::nullopt;
    std::optional<Carrying> found;
    const auto read = journal.read(begin, [&](const Record& record) {
        const bool is_mark =
            record.header.kind == RecordKind::LedgerCarried && record.payload.empty();
        if (record.position == begin) return is_mark && record.header.epoch == 0;
        if (is_mark && record.header.epoch == begin) found = Carrying{begin, record.position};
        return !found;
    });
    return read ? found : std::nullopt;
}

bool LedgerCursor::is_wanted(const Record& record) const {
    const RecordKind kind = record.header.kind;
    if (!is_in_carried_) {
        return kind == RecordKind::OrderIntent || kind == RecordKind::OrderEvidence;
    }
    return kind == RecordKind::LedgerCarried && record.header.epoch == from_.begin;
}

Result<bool> LedgerCursor::step(const Bounds& bounds, const Visit& visit) {
    std::size_t records = 0;
    std::size_t bytes = 0;
    const auto is_full = [&] { return records >= bounds.records || bytes >= bounds.bytes; };
    while (!is_full()) {
        const Position end = is_in_carried_ ? from_.end : end_;
        if (at_ < end) {
            const auto read = journal_->read(at_, [&](const Record& record) {
                if (record.position >= end) {
                    at_ = end;
                    return false;
                }
                at_ = record.next;
                ++records;
                bytes += record.next - record.position;
                if (is_wanted(record)) visit(record);
                return !is_full();
            });
            if (!read) return read.error();
            if (is_full()) break;
        }
        if (!is_in_carried_) return false;
        is_in_carried_ = false;
        at_ = from_.begin;
    }
    return true;
}

}  // namespace broker::recovery
