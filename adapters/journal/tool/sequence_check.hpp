// Whether the records of a journal have every message number once.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "journal/journal.hpp"

namespace broker::journal_tool {

// Takes the records of one journal in order. Holds some numbers a stream, however long the journal
// is. What comes first of a stream may have any number: the journal may be younger than the
// session.
class SequenceCheck {
public:
    // What is wrong with this record's epoch or number; empty if nothing is.
    [[nodiscard]] std::string check(const journal::Record& record);
    // Records were left out (damage): the next ones may have any number.
    void forget_numbers();

private:
    struct Stream {
        std::uint64_t epoch = 0;
        std::optional<core::MsgSeqNum> next_out;
        std::optional<core::MsgSeqNum> next_in;
    };
    [[nodiscard]] std::string check_epoch(Stream& stream, const journal::Record& record) const;
    [[nodiscard]] static std::string check_message(std::optional<core::MsgSeqNum>& next,
                                                   const journal::Record& record);

    std::map<journal::StreamNumber, Stream> streams_;
};

}  // namespace broker::journal_tool
