// A record of the order ledger in words.
#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace broker::journal_tool {

struct LedgerText {
    std::string type;  // of the record: NewOrder, Sent, StaleRequest and the like; Unreadable
    std::string text;  // what it says, for people
    // FIX names and values, in order; only what is there.
    std::vector<std::pair<std::string, std::string>> fields;
};

// Whatever the payload: what is no record of the ledger is Unreadable, with the reason as text. An
// empty one marks where a carrying begins or ends.
[[nodiscard]] LedgerText ledger_text(std::string_view payload);

}  // namespace broker::journal_tool
