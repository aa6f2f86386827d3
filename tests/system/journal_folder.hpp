// What stands in an account's journal, read from outside as an auditor would.
#pragma once

#include <gtest/gtest.h>

#include <filesystem>
#include <functional>
#include <string>
#include <vector>

#include "journal/journal_reader.hpp"

namespace broker::test {

inline void read_journal(const std::filesystem::path& folder,
                         const std::function<void(const journal::Record&)>& visit) {
    auto reader = journal::JournalReader::open(folder);
    ASSERT_TRUE(reader) << reader.error().detail;
    const journal::ReadEnd end = reader->read(0, [&](const journal::Record& record) {
        visit(record);
        return true;
    });
    EXPECT_FALSE(end.damage) << end.damage->text;
}

// Payloads of this kind, in order.
inline std::vector<std::string> recorded(const std::filesystem::path& folder,
                                         journal::RecordKind kind) {
    std::vector<std::string> found;
    read_journal(folder, [&](const journal::Record& record) {
        if (record.header.kind == kind) found.emplace_back(record.payload);
    });
    return found;
}

}  // namespace broker::test
