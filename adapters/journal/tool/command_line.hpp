// The arguments of dxtrade-journal.
#pragma once

#include <filesystem>
#include <stdexcept>
#include <string>
#include <vector>

#include "journal_tool/record_filter.hpp"

namespace broker::journal_tool {

// What scripts rely on; --help says the same.
enum class ExitCode : int {
    Fine = 0,        // done; verify: nothing is wrong; grep: something was found
    Found = 1,       // the journal is damaged, verify found something wrong, or grep found nothing
    WrongInput = 2,  // wrong arguments, or a file that cannot be read
};

enum class Command { Show, Grep, Verify, Stats };

// How grep reads its pattern.
enum class PatternKind {
    Text,   // anywhere in the line
    Whole,  // a whole word or value
    Regex,  // Perl's syntax
};

struct CommandLine {
    Command command = Command::Show;
    std::filesystem::path directory;
    std::string pattern;  // of grep
    PatternKind pattern_kind = PatternKind::Text;
    RecordFilter filter;               // not of verify
    std::filesystem::path dictionary;  // empty: names are looked for in the usual place
    bool is_json = false;
    bool is_raw = false;
    bool is_following = false;
};

// Wrong arguments; what() is one line.
class UsageError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct ParsedArguments {
    CommandLine line;
    std::string help;  // not empty: print it and do nothing else
};

// `arguments` without the program's name. Throws UsageError.
[[nodiscard]] ParsedArguments parse_arguments(std::vector<std::string> arguments);

}  // namespace broker::journal_tool
