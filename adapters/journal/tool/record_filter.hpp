// Which records a command is about.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "core/clock.hpp"
#include "journal/journal.hpp"
#include "journal_tool/fix_names.hpp"

namespace broker::journal_tool {

struct NumberRange {
    core::MsgSeqNum first = 0;
    core::MsgSeqNum last = 0;
};

// A record passes if it is as every member says that is set.
struct RecordFilter {
    std::optional<std::string> stream;  // its name or its number
    std::optional<core::UtcTime> from;
    std::optional<core::UtcTime> to;  // this instant included
    std::optional<NumberRange> numbers;
    std::optional<std::string> msg_type;  // of FIX messages: MsgType or the message's name
    std::optional<std::uint64_t> epoch;
    std::optional<journal::RecordKind> kind;

    // `stream_name` is that of the record's stream; empty if it has none.
    [[nodiscard]] bool takes(const journal::Record& record, std::string_view stream_name,
                             const FixNames& names) const;
};

}  // namespace broker::journal_tool
