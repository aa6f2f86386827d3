// A journal's files as an earlier process left them.
#pragma once

#include <memory>
#include <string>

#include "core/result.hpp"
#include "journal/journal.hpp"
#include "journal/journal_header.hpp"
#include "journal/mapped_file.hpp"

namespace broker::journal {

struct OpenedFiles {
    FileDescriptor lock;
    JournalHeader header;
    std::unique_ptr<MappedFile> active;  // the segment that `end` is in
    Position end = 0;
    std::string cut_off;  // see Journal::cut_off()
};

// Locks the directory, opens or creates header and segments, and finds where the log ends. From the
// segment of the header's durable position on every record is checked: before that position damage
// is an error, behind it the log is cut off where it is not whole, and what lies there is zeroed.
[[nodiscard]] core::Result<OpenedFiles> open_files(const JournalOptions& options);

}  // namespace broker::journal
