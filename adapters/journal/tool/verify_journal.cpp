#include "journal_tool/verify_journal.hpp"

#include <boost/json/object.hpp>
#include <boost/json/serialize.hpp>
#include <string>
#include <string_view>

#include "journal_tool/record_names.hpp"
#include "journal_tool/sequence_check.hpp"
#include "journal_tool/shown_text.hpp"
#include "recovery/ledger_record.hpp"

namespace broker::journal_tool {
namespace {

using journal::Position;
using journal::Record;

class Verification {
public:
    Verification(AccountJournal& journal, bool is_json, Output& out)
        : journal_{journal}, reader_{journal.reader()}, is_json_{is_json}, out_{out} {}

    std::uint64_t run() {
        if (!journal_.header_error().empty()) {
            problem(reader_.directory() / "header", 0, journal_.header_error());
        }
        Position end = read_records();
        check_end(end);
        summary(end);
        return problems_;
    }

private:
    Position read_records() {
        for (Position position = 0;;) {
            const journal::ReadEnd end = reader_.read(position, [this](const Record& record) {
                check(record);
                return true;
            });
            if (!end.damage) return end.position;
            problem(end.damage->file, end.damage->offset, end.damage->text);
            sequence_.forget_numbers();
            position = end.damage->resume;
        }
    }

    void check(const Record& record) {
        ++records_;
        if (const std::string wrong = sequence_.check(record); !wrong.empty()) {
            problem_at(record.position, "stream " +
                                            one_word(journal_.stream_name(record.header.stream)) +
                                            " epoch " + std::to_string(record.header.epoch) + ' ' +
                                            kind_name(record.header.kind) + ": " + wrong);
        }
        if (!is_ledger(record.header.kind) || record.payload.empty()) return;
        if (const auto read = recovery::read_record(record.payload); !read) {
            problem_at(record.position, read.error().detail);
        }
    }

    void check_end(Position end) {
        const auto& header = journal_.header();
        if (header && header->account != reader_.account()) {
            problem(
                reader_.directory() / "header", 0,
                "belongs to \"" + header->account + "\", expected \"" + reader_.account() + '"');
        }
        if (header && header->durable > end) {
            problem_at(end, "the records end here, and the header says that all before position " +
                                std::to_string(header->durable) + " (this is " +
                                std::to_string(end) + ") was on the disk");
        }
        if (reader_.has_torn_record(end)) {
            note(end, "a record that is not whole: torn when its process ended, or being written");
        }
    }

    void problem_at(Position position, const std::string& text) {
        problem(reader_.file_of(position), reader_.offset_of(position), text);
    }
    void problem(const std::filesystem::path& file, std::uint64_t offset, std::string_view text) {
        ++problems_;
        tell("problem", file, offset, text);
    }
    void note(Position position, std::string_view text) {
        tell("note", reader_.file_of(position), reader_.offset_of(position), text);
    }
    void tell(std::string_view what, const std::filesystem::path& file, std::uint64_t offset,
              std::string_view text) {
        if (is_json_) {
            return out_.line(
                boost::json::serialize(boost::json::object{{"account", utf8(journal_.account())},
                                                           {"file", utf8(file.string())},
                                                           {"offset", offset},
                                                           {what, utf8(text)}}));
        }
        out_.line(printable(file.string()) + ": offset " + std::to_string(offset) + ": " +
                  (what == "note" ? "(note) " : "") + printable(text));
    }
    void summary(Position end) {
        if (is_json_) {
            return out_.line(
                boost::json::serialize(boost::json::object{{"account", utf8(journal_.account())},
                                                           {"records", records_},
                                                           {"segments", reader_.segments().size()},
                                                           {"end", end},
                                                           {"problems", problems_}}));
        }
        out_.line("account " + one_word(journal_.account()) + ": " + std::to_string(records_) +
                  " records in " + std::to_string(reader_.segments().size()) + " segments, " +
                  (problems_ == 0 ? std::string{"nothing is wrong"}
                                  : "wrong: " + std::to_string(problems_)));
    }

    AccountJournal& journal_;
    journal::JournalReader& reader_;
    const bool is_json_;
    Output& out_;
    SequenceCheck sequence_;
    std::uint64_t records_ = 0;
    std::uint64_t problems_ = 0;
};

}  // namespace

std::uint64_t verify_journal(AccountJournal& journal, bool is_json, Output& out) {
    return Verification{journal, is_json, out}.run();
}

}  // namespace broker::journal_tool
