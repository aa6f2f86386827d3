// One record of a journal as a line of text or of JSON.
#pragma once

#include <string>
#include <string_view>

#include "journal/journal.hpp"
#include "journal_tool/fix_names.hpp"

namespace broker::journal_tool {

struct RecordTextOptions {
    bool is_json = false;
    bool is_raw = false;       // FIX messages as they are, with | for SOH; in JSON beside the rest
    bool has_account = false;  // lines of text begin with the account
};

// `account` and `stream` are shown as they are given. Without an end of line.
[[nodiscard]] std::string record_text(const journal::Record& record, std::string_view account,
                                      std::string_view stream, const FixNames& names,
                                      const RecordTextOptions& options);

}  // namespace broker::journal_tool
