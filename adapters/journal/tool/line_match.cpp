#include "journal_tool/line_match.hpp"

#include <stdexcept>

#include "journal_tool/shown_text.hpp"

namespace broker::journal_tool {
namespace {

constexpr std::string_view kBetweenValues = " =\"()|+;:,";

bool ends_value(std::string_view line, std::size_t at) {
    return at >= line.size() || kBetweenValues.find(line[at]) != kBetweenValues.npos;
}

}  // namespace

LineMatch::LineMatch(std::string pattern, PatternKind kind)
    : pattern_{std::move(pattern)}, kind_{kind} {
    if (pattern_.empty()) throw UsageError{"PATTERN is empty: expected a text to look for"};
    if (kind_ != PatternKind::Regex) return;
    try {
        regex_.assign(pattern_);
    } catch (const boost::regex_error& e) {
        throw UsageError{"PATTERN " + one_word(pattern_) +
                         ": expected a regular expression: " + e.what()};
    }
}

bool LineMatch::has_whole(std::string_view line) const {
    for (std::size_t at = line.find(pattern_); at != line.npos; at = line.find(pattern_, at + 1)) {
        const bool begins = at == 0 || ends_value(line, at - 1);
        if (begins && ends_value(line, at + pattern_.size())) return true;
    }
    return false;
}

bool LineMatch::takes(std::string_view line) const {
    if (kind_ == PatternKind::Text) return line.find(pattern_) != line.npos;
    if (kind_ == PatternKind::Whole) return has_whole(line);
    try {
        return boost::regex_search(line.begin(), line.end(), regex_);
    } catch (const std::runtime_error& e) {
        throw UsageError{"PATTERN " + one_word(pattern_) + " is too costly on a line of " +
                         std::to_string(line.size()) + " characters: " + e.what()};
    }
}

}  // namespace broker::journal_tool
