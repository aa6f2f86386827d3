// Checks one journal from its first byte to its last.
#pragma once

#include <cstdint>

#include "journal_tool/account_journal.hpp"
#include "journal_tool/output.hpp"

namespace broker::journal_tool {

// Writes one line for each thing that is wrong, with file and offset, and one at the end that says
// what was read. Wrong are: damage before whole records; missing or foreign segments; a damaged
// header; records that end before the position up to which the journal says all is on the disk;
// message numbers that are missing or stand there twice; epochs that go back; messages under
// another number than their own; records of the order ledger that cannot be read. A record torn at
// the end is what a process leaves that dies or still writes: it is told, and not wrong.
// Returns how many things are wrong.
[[nodiscard]] std::uint64_t verify_journal(AccountJournal& journal, bool is_json, Output& out);

}  // namespace broker::journal_tool
