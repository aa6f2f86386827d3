// QuickFIX's parser as a second opinion, with std types between: its headers are C++14.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace broker::fuzz {

struct QuickfixOpinion {
    bool is_accepted = false;
    std::string why_not;
    std::vector<std::pair<int, std::string>> fields;  // of header, body and trailer, sorted
};

// Without a data dictionary: with one, a lying length of a data field makes QuickFIX read outside
// the message.
QuickfixOpinion ask_quickfix(const std::string& message);

}  // namespace broker::fuzz
