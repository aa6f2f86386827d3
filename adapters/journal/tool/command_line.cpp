#include "journal_tool/command_line.hpp"

#include <CLI/CLI.hpp>
#include <algorithm>
#include <charconv>
#include <optional>
#include <string_view>

#include "journal_tool/record_names.hpp"
#include "journal_tool/shown_text.hpp"

namespace broker::journal_tool {
namespace {

constexpr const char* kFooter =
    "DIR is the journal of one account, or a folder with those of several.\n"
    "Reading takes no lock: a journal may be read while its adapter writes it.\n"
    "Exit codes:\n"
    "  0  done; verify: nothing is wrong; grep: something was found\n"
    "  1  the journal is damaged, verify found something wrong, or grep found nothing\n"
    "  2  wrong arguments, or a file that cannot be read";

// As they are given.
struct FilterTexts {
    std::string stream;
    std::string from;
    std::string to;
    std::string numbers;
    std::string msg_type;
    std::string epoch;
    std::string kind;
};

std::optional<std::uint64_t> number_of(std::string_view text) {
    std::uint64_t number = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
    if (error != std::errc{} || end != text.data() + text.size()) return std::nullopt;
    return number;
}

UsageError wrong(std::string_view option, std::string_view text, std::string_view expected) {
    return UsageError{std::string{option} + " " + one_word(text) + ": expected " +
                      std::string{expected} + "; see dxtrade-journal --help"};
}

std::optional<core::UtcTime> time_option(std::string_view option, const std::string& text) {
    if (text.empty()) return std::nullopt;
    const auto time = time_of(text);
    if (!time) {
        throw wrong(option, text, "a time in UTC such as 2026-11-27 or 2026-11-27T10:00:00.5Z");
    }
    return time;
}

std::optional<NumberRange> range_option(const std::string& text) {
    if (text.empty()) return std::nullopt;
    const std::size_t dash = text.find('-');
    const auto first = number_of(std::string_view{text}.substr(0, dash));
    const auto last =
        dash == text.npos ? first : number_of(std::string_view{text}.substr(dash + 1));
    if (!first || !last || *first > *last) {
        throw wrong("--seq", text, "a MsgSeqNum, or two with - between them such as 5-9");
    }
    return NumberRange{*first, *last};
}

RecordFilter filter_of(const FilterTexts& texts) {
    RecordFilter filter;
    if (!texts.stream.empty()) filter.stream = texts.stream;
    filter.from = time_option("--from", texts.from);
    filter.to = time_option("--to", texts.to);
    if (filter.from && filter.to && *filter.from > *filter.to) {
        throw wrong("--to", texts.to, "a time that is not before --from");
    }
    filter.numbers = range_option(texts.numbers);
    if (!texts.msg_type.empty()) filter.msg_type = texts.msg_type;
    if (!texts.epoch.empty()) {
        filter.epoch = number_of(texts.epoch);
        if (!filter.epoch) throw wrong("--epoch", texts.epoch, "a number");
    }
    if (!texts.kind.empty()) {
        filter.kind = kind_of(texts.kind);
        if (!filter.kind) throw wrong("--kind", texts.kind, "one of " + all_kind_names());
    }
    return filter;
}

void add_filter(CLI::App& command, FilterTexts& texts) {
    command.add_option("--stream", texts.stream, "only of this stream, by its name or number");
    command.add_option("--from", texts.from, "only from this time on (UTC, ISO 8601)");
    command.add_option("--to", texts.to, "only up to this time");
    command.add_option("--seq", texts.numbers, "only of this MsgSeqNum, or of N-M");
    command.add_option("--type", texts.msg_type, "only FIX messages of this MsgType or name");
    command.add_option("--epoch", texts.epoch,
                       "only of this epoch (each reset of the numbers begins another one)");
    command.add_option("--kind", texts.kind, "only records of this kind: " + all_kind_names());
}

void add_showing(CLI::App& command, CommandLine& line) {
    command.add_flag("--raw", line.is_raw, "FIX messages as they are, with | for SOH");
    command.add_flag("--follow", line.is_following, "go on as the journal grows");
    command.add_option("--dictionary", line.dictionary,
                       "data dictionary with the names of fields, messages and values (default: "
                       "that of the adapter, fix/DXTRADE44.xml in its data directory)");
}

// PATTERN and DIR may be given in either order, as long as one of them alone is a directory.
void order_operands(CommandLine& line) {
    std::error_code ignored;
    const bool is_swapped = std::filesystem::is_directory(line.pattern, ignored) &&
                            !std::filesystem::is_directory(line.directory, ignored);
    if (!is_swapped) return;
    std::string pattern = line.directory.string();
    line.directory = line.pattern;
    line.pattern = std::move(pattern);
}

}  // namespace

ParsedArguments parse_arguments(std::vector<std::string> arguments) {
    ParsedArguments parsed;
    CommandLine& line = parsed.line;
    FilterTexts texts;
    bool is_whole = false;
    bool is_regex = false;

    CLI::App app{"Reads the journals of dxtrade-adapter.", "dxtrade-journal"};
    app.require_subcommand(1);
    app.footer(kFooter);
    CLI::App* const show = app.add_subcommand("show", "print the records, one a line");
    CLI::App* const grep = app.add_subcommand("grep", "print the records whose line has a pattern");
    CLI::App* const verify =
        app.add_subcommand("verify", "check every record and every message number");
    CLI::App* const stats = app.add_subcommand("stats", "count what is there");
    grep->add_option("PATTERN", line.pattern, "a ClOrdID, an OrderID or other text")->required();
    auto* const whole =
        grep->add_flag("-w,--whole", is_whole, "PATTERN is a whole value: A-1 is not in A-10");
    grep->add_flag("-E,--regex", is_regex, "PATTERN is a regular expression (Perl's syntax)")
        ->excludes(whole);
    for (CLI::App* const command : {show, grep, verify, stats}) {
        command->add_option("DIR", line.directory, "the journal")->required();
        command->add_flag("--json", line.is_json, "one JSON object a line");
        command->footer(kFooter);
    }
    for (CLI::App* const command : {show, grep, stats}) add_filter(*command, texts);
    for (CLI::App* const command : {show, grep}) add_showing(*command, line);

    // Why here: CLI11 would say only that a command is missing.
    const std::string word = arguments.empty() ? "" : arguments.front();
    bool is_command = word.empty() || word.front() == '-';
    for (const CLI::App* const command : {show, grep, verify, stats}) {
        is_command = is_command || command->check_name(word);
    }
    if (!is_command) {
        throw UsageError{"unknown command " + one_word(word) +
                         ": expected show, grep, verify or stats; see dxtrade-journal --help"};
    }
    try {
        std::reverse(arguments.begin(), arguments.end());  // as CLI11 takes them
        app.parse(arguments);
    } catch (const CLI::Success&) {
        const auto commands = app.get_subcommands();
        parsed.help = commands.empty() ? app.help() : commands.front()->help(app.get_name());
        return parsed;
    } catch (const CLI::ParseError& e) {
        std::string text = e.what();
        std::replace(text.begin(), text.end(), '\n', ' ');
        throw UsageError{text + "; see dxtrade-journal --help"};
    }
    line.command = grep->parsed()     ? Command::Grep
                   : verify->parsed() ? Command::Verify
                   : stats->parsed()  ? Command::Stats
                                      : Command::Show;
    if (is_whole) line.pattern_kind = PatternKind::Whole;
    if (is_regex) line.pattern_kind = PatternKind::Regex;
    if (line.command == Command::Grep) order_operands(line);
    line.filter = filter_of(texts);
    return parsed;
}

}  // namespace broker::journal_tool
