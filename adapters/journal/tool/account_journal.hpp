// One account's journal with the names of its streams.
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "journal/journal_header.hpp"
#include "journal/journal_reader.hpp"

namespace broker::journal_tool {

class AccountJournal {
public:
    // Throws std::runtime_error, naming the directory or file.
    explicit AccountJournal(const std::filesystem::path& directory);

    [[nodiscard]] journal::JournalReader& reader() { return reader_; }
    [[nodiscard]] const std::string& account() const { return reader_.account(); }
    // "account" for 0; the number, if the header does not name it.
    [[nodiscard]] const std::string& stream_name(journal::StreamNumber stream);

    // What the header said when it was first read: before any record was.
    [[nodiscard]] const std::optional<journal::JournalHeaderSnapshot>& header() const {
        return header_;
    }
    // Why there is none; empty if there is one, or no such file.
    [[nodiscard]] const std::string& header_error() const { return header_error_; }

    // Where the next reading goes on: 0 at first.
    journal::Position position = 0;

private:
    [[nodiscard]] std::optional<journal::JournalHeaderSnapshot> read_header();

    journal::JournalReader reader_;
    std::string header_error_;
    std::optional<journal::JournalHeaderSnapshot> header_;
    std::map<journal::StreamNumber, std::string> names_;
};

// `directory` is an account's, or has those of several accounts in it. Throws std::runtime_error.
[[nodiscard]] std::vector<std::filesystem::path> journals_in(
    const std::filesystem::path& directory);

}  // namespace broker::journal_tool
