// A short day in an account's journal, for whoever reads one.
#pragma once

#include <filesystem>
#include <memory>
#include <string>
#include <string_view>

#include "journal/journal.hpp"
#include "recovery/ledger_record.hpp"

namespace broker::test {

// Appends as an adapter does: one second a record, from 2026-11-27T10:00:00Z on.
class SampleJournal {
public:
    static constexpr const char* kStream = "FIX.4.4:ACC1->DXTRADE";
    static constexpr const char* kPassword = "hunter2";

    // Throws std::runtime_error if it cannot be opened.
    SampleJournal(const std::filesystem::path& directory, const std::string& account,
                  std::size_t segment_bytes = 64 * 1024);

    // `body` is written with | for SOH and begins with 35=; the message's number is `number`.
    journal::Position fix(journal::RecordKind kind, core::MsgSeqNum number, std::string_view body);
    journal::Position out(core::MsgSeqNum number, std::string_view body) {
        return fix(journal::RecordKind::FixOut, number, body);
    }
    journal::Position in(core::MsgSeqNum number, std::string_view body) {
        return fix(journal::RecordKind::FixIn, number, body);
    }
    template <class Body>
    journal::Position ledger(journal::RecordKind kind, const Body& body) {
        static char buffer[recovery::kMaxRecordBytes];
        const auto text = recovery::write_record(buffer, {++ledger_records_, {}}, body);
        return append({kind, 0, 0, 0, {}}, text.value());
    }
    journal::Position append(journal::RecordHeader header, std::string_view payload);
    void reset();  // of the message numbers: another epoch

    // A logon, an order that is filled, one that was too old when the venue asked for it again, a
    // reset, and what an operator did: 16 records.
    void write_day();

    [[nodiscard]] journal::Journal& journal() { return *journal_; }

private:
    std::unique_ptr<journal::Journal> journal_;
    journal::StreamNumber stream_ = 0;
    std::uint64_t epoch_ = 1;
    std::uint64_t ledger_records_ = 0;
    core::UtcTime time_;
};

}  // namespace broker::test
