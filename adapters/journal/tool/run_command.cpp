#include "journal_tool/run_command.hpp"

#include <boost/json/serialize.hpp>
#include <list>
#include <optional>
#include <ostream>
#include <system_error>

#include "journal_tool/account_journal.hpp"
#include "journal_tool/journal_stats.hpp"
#include "journal_tool/line_match.hpp"
#include "journal_tool/record_text.hpp"
#include "journal_tool/shown_text.hpp"
#include "journal_tool/verify_journal.hpp"

namespace broker::journal_tool {
namespace {

using journal::Record;

FixNames names_for(const CommandLine& line, const std::filesystem::path& default_dictionary) {
    // Figures need no names, but for a message's that --type may give.
    if (line.command == Command::Stats && !line.filter.msg_type) return {};
    if (!line.dictionary.empty()) {
        try {
            return FixNames::load(line.dictionary);
        } catch (const std::runtime_error& e) {
            throw UsageError{std::string{"--dictionary: "} + e.what()};
        }
    }
    std::error_code ignored;
    if (std::filesystem::exists(default_dictionary, ignored)) {
        return FixNames::load(default_dictionary);
    }
    return {};
}

// show, grep and stats: everything that passes the filter, in the order in which it was written.
class Reading {
public:
    Reading(const CommandLine& line, FixNames names, bool has_account, Output& out,
            std::ostream& err)
        : line_{line},
          names_{std::move(names)},
          text_{line.is_json, line.is_raw, has_account},
          out_{out},
          err_{err} {
        if (line.command == Command::Grep) match_.emplace(line.pattern, line.pattern_kind);
    }

    // What is there from the journal's position on, over damage, which is told.
    void read(AccountJournal& journal, JournalStats* stats) {
        for (;;) {
            const journal::ReadEnd end =
                journal.reader().read(journal.position, [&](const Record& record) {
                    take(journal, record, stats);
                    return true;
                });
            journal.position = end.damage ? end.damage->resume : end.position;
            if (!end.damage) return;
            is_damaged_ = true;
            out_.flush();
            err_ << "dxtrade-journal: " << printable(end.damage->file.string()) << ": offset "
                 << end.damage->offset << ": " << printable(end.damage->text) << '\n';
        }
    }

    [[nodiscard]] bool is_damaged() const { return is_damaged_; }
    [[nodiscard]] bool has_found() const { return has_found_; }

private:
    void take(AccountJournal& journal, const Record& record, JournalStats* stats) {
        const std::string& stream = journal.stream_name(record.header.stream);
        if (!line_.filter.takes(record, stream, names_)) return;
        if (stats != nullptr) return stats->add(record);
        if (match_) {
            RecordTextOptions as_text = text_;
            as_text.is_json = false;
            if (!match_->takes(record_text(record, journal.account(), stream, names_, as_text))) {
                return;
            }
        }
        has_found_ = true;
        out_.line(record_text(record, journal.account(), stream, names_, text_));
    }

    const CommandLine& line_;
    FixNames names_;
    RecordTextOptions text_;
    std::optional<LineMatch> match_;
    Output& out_;
    std::ostream& err_;
    bool is_damaged_ = false;
    bool has_found_ = false;
};

void write_stats(const JournalStats& stats, AccountJournal& journal, bool is_json, Output& out) {
    if (is_json) return out.line(boost::json::serialize(stats.json(journal)));
    for (const std::string& line : stats.lines(journal)) out.line(line);
}

ExitCode run_reading(const CommandLine& line, const RunOptions& options,
                     std::list<AccountJournal>& journals, Output& out, std::ostream& err) {
    Reading reading{line, names_for(line, options.default_dictionary), journals.size() > 1, out,
                    err};
    for (AccountJournal& journal : journals) {
        if (!journal.header_error().empty()) {
            err << "dxtrade-journal: the names of streams are not known: "
                << printable(journal.header_error()) << '\n';
        }
        if (line.command == Command::Stats) {
            JournalStats stats;
            reading.read(journal, &stats);
            write_stats(stats, journal, line.is_json, out);
        } else {
            reading.read(journal, nullptr);
        }
        out.flush();
    }
    while (line.is_following && options.wait()) {
        out.check_reader();
        for (AccountJournal& journal : journals) reading.read(journal, nullptr);
        out.flush();
    }
    const bool is_empty_handed = line.command == Command::Grep && !reading.has_found();
    return reading.is_damaged() || is_empty_handed ? ExitCode::Found : ExitCode::Fine;
}

ExitCode run_verify(const CommandLine& line, std::list<AccountJournal>& journals, Output& out) {
    ExitCode code = ExitCode::Fine;
    for (AccountJournal& journal : journals) {
        if (verify_journal(journal, line.is_json, out) != 0) code = ExitCode::Found;
        out.flush();
    }
    return code;
}

}  // namespace

ExitCode run_command(const CommandLine& line, const RunOptions& options, Output& out,
                     std::ostream& err) {
    std::list<AccountJournal> journals;
    bool is_one_unreadable = false;
    for (const auto& directory : journals_in(line.directory)) {
        try {
            journals.emplace_back(directory);
        } catch (const std::runtime_error& e) {
            err << "dxtrade-journal: " << printable(e.what()) << '\n';
            is_one_unreadable = true;
        }
    }
    const ExitCode code = line.command == Command::Verify
                              ? run_verify(line, journals, out)
                              : run_reading(line, options, journals, out, err);
    return is_one_unreadable ? ExitCode::WrongInput : code;
}

}  // namespace broker::journal_tool
