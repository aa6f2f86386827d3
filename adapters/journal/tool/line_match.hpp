// Whether a shown line has a pattern in it.
#pragma once

#include <boost/regex.hpp>
#include <string>
#include <string_view>

#include "journal_tool/command_line.hpp"

namespace broker::journal_tool {

// Why Boost.Regex: its work and memory are bounded on any line, which std::regex's are not.
class LineMatch {
public:
    // Throws UsageError for an empty pattern, or one that is no regular expression.
    LineMatch(std::string pattern, PatternKind kind);

    // Throws UsageError if a regular expression is too costly on this line.
    [[nodiscard]] bool takes(std::string_view line) const;

private:
    [[nodiscard]] bool has_whole(std::string_view line) const;

    std::string pattern_;
    PatternKind kind_;
    boost::regex regex_;
};

}  // namespace broker::journal_tool
