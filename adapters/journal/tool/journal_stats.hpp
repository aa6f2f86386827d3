// What is in a journal, in figures.
#pragma once

#include <boost/json/object.hpp>
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "core/clock.hpp"
#include "journal/journal.hpp"
#include "journal_tool/account_journal.hpp"

namespace broker::journal_tool {

// Takes the records of one journal in order. Holds some numbers a stream, however long the journal
// is.
class JournalStats {
public:
    void add(const journal::Record& record);

    // Lines of text, and one object. Damage is counted by whoever reads.
    [[nodiscard]] std::vector<std::string> lines(AccountJournal& journal) const;
    [[nodiscard]] boost::json::object json(AccountJournal& journal) const;

private:
    // Of the messages of one direction.
    struct Numbers {
        core::MsgSeqNum lowest = 0;   // of the last epoch; 0: none
        core::MsgSeqNum highest = 0;  // of the last epoch
        std::uint64_t repeated = 0;   // numbers that had been there in their epoch
        std::uint64_t poss_dups = 0;  // messages with PossDupFlag (43) = Y
        std::uint64_t uncounted = 0;  // that came out of their turn
    };
    struct Stream {
        std::map<journal::RecordKind, std::uint64_t> records;
        std::uint64_t first_epoch = 0;
        std::uint64_t last_epoch = 0;
        Numbers out;
        Numbers in;
    };
    void add_message(Stream& stream, const journal::Record& record);
    [[nodiscard]] static std::string numbers_text(std::string_view direction,
                                                  const Numbers& numbers);
    [[nodiscard]] static boost::json::object numbers_json(const Numbers& numbers);

    std::uint64_t records_ = 0;
    std::uint64_t bytes_ = 0;  // of the records with their frames
    std::optional<core::UtcTime> first_;
    std::optional<core::UtcTime> last_;
    std::map<journal::StreamNumber, Stream> streams_;
};

}  // namespace broker::journal_tool
