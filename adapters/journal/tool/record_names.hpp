// What kinds of records are called.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "journal/journal.hpp"

namespace broker::journal_tool {

// As --kind and JSON have it: the enumerator's name, or the number of an unknown kind.
[[nodiscard]] std::string kind_name(journal::RecordKind kind);
// The short word of a shown line: out, in, intent and the like.
[[nodiscard]] std::string kind_word(journal::RecordKind kind);
// By kind_name. Null if there is no such kind.
[[nodiscard]] std::optional<journal::RecordKind> kind_of(std::string_view name);
// All names with a comma between them.
[[nodiscard]] std::string all_kind_names();

[[nodiscard]] bool is_fix(journal::RecordKind kind);      // its payload is a FIX message
[[nodiscard]] bool is_fix_out(journal::RecordKind kind);  // one that was sent
[[nodiscard]] bool is_ledger(journal::RecordKind kind);   // its payload is one of the order ledger

}  // namespace broker::journal_tool
