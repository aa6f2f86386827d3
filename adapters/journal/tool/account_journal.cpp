#include "journal_tool/account_journal.hpp"

#include <algorithm>
#include <stdexcept>
#include <system_error>

#include "journal/segment_format.hpp"

namespace broker::journal_tool {
namespace {

namespace fs = std::filesystem;

journal::JournalReader opened(const fs::path& directory) {
    auto reader = journal::JournalReader::open(directory);
    if (!reader) throw std::runtime_error{reader.error().detail};
    return std::move(*reader);
}

// Of a folder that cannot be read, why.
bool has_segments(const fs::path& directory, std::error_code& error) {
    for (fs::directory_iterator entry{directory, error};
         !error && entry != fs::directory_iterator{}; entry.increment(error)) {
        if (entry->path().extension() == journal::kSegmentExtension) return true;
    }
    return false;
}

}  // namespace

AccountJournal::AccountJournal(const fs::path& directory)
    : reader_{opened(directory)}, header_{read_header()} {}

std::optional<journal::JournalHeaderSnapshot> AccountJournal::read_header() {
    std::error_code ignored;
    if (!fs::exists(reader_.directory() / "header", ignored)) return std::nullopt;
    auto header = journal::JournalHeaderSnapshot::read(reader_.directory());
    if (!header) {
        header_error_ = header.error().detail;
        return std::nullopt;
    }
    return std::move(*header);
}

const std::string& AccountJournal::stream_name(journal::StreamNumber stream) {
    const auto known = names_.find(stream);
    if (known != names_.end()) return known->second;
    if (stream == 0) return names_[stream] = "account";
    const auto named = [stream](const auto& header) {
        return header && stream <= header->streams.size();
    };
    std::string name = std::to_string(stream);
    if (named(header_)) {
        name = header_->streams[stream - 1U].name;
    } else if (const auto later = read_header(); named(later)) {
        name = later->streams[stream - 1U].name;  // made since
    }
    return names_[stream] = name;
}

std::vector<fs::path> journals_in(const fs::path& directory) {
    std::error_code error;
    if (has_segments(directory, error)) return {directory};
    std::vector<fs::path> found;
    for (fs::directory_iterator entry{directory, error};
         !error && entry != fs::directory_iterator{}; entry.increment(error)) {
        std::error_code ignored;
        if (entry->is_directory(ignored) && has_segments(entry->path(), ignored)) {
            found.push_back(entry->path());
        }
    }
    if (error) throw std::runtime_error{directory.string() + ": " + error.message()};
    if (found.empty()) {
        throw std::runtime_error{
            directory.string() +
            ": no journal: expected 0000000000.segment in it, or in the folders of accounts in it"};
    }
    std::sort(found.begin(), found.end());
    return found;
}

}  // namespace broker::journal_tool
