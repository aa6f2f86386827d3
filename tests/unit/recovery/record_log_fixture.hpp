// A record log over a journal of its own, and records whose fate can be checked.
#pragma once

#include <gtest/gtest.h>

#include <charconv>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "journal/journal.hpp"
#include "recovery/record_log.hpp"
#include "support/manual_clock.hpp"
#include "support/temporary_directory.hpp"

namespace broker::recovery::test {

class RecordLogTest : public testing::Test {
protected:
    RecordLogTest() { restart(); }

    [[nodiscard]] std::filesystem::path path() const { return directory_.path() / "ACC-1"; }
    // The process has died; the next one opens what it left.
    void restart() {
        close();
        journal::JournalOptions options;
        options.directory = path();
        options.account = "ACC-1";
        options.segment_bytes = segment_bytes_;
        options.reserve_bytes = segment_bytes_ / 4;
        auto journal = journal::Journal::open(std::move(options));
        ASSERT_TRUE(journal.has_value()) << journal.error().detail;
        journal_ = std::move(*journal);
        log_ = std::make_unique<RecordLog>(*journal_, clock_, options_);
        (void)records();
    }
    void close() {
        log_.reset();
        journal_.reset();
    }
    // Takes a copy of a new journal: making one waits for the disk.
    void start_anew() {
        close();
        numbered_.clear();
        const auto pattern = directory_.path() / ("new-" + std::to_string(segment_bytes_));
        std::filesystem::remove_all(path());
        if (std::filesystem::exists(pattern)) std::filesystem::copy(pattern, path());
        restart();
        if (std::filesystem::exists(pattern)) return;
        close();
        std::filesystem::copy(path(), pattern);
        restart();
    }

    [[nodiscard]] std::vector<std::string> records() {
        std::vector<std::string> found;
        const auto read = log_->read([&](auto record) { found.emplace_back(record); });
        EXPECT_TRUE(read.has_value()) << read.error().detail;
        return found;
    }

    // "kept-1", "old-2" and so on.
    struct Numbered {
        std::string text;
        journal::Position position = 0;
    };
    static bool is_kept(std::string_view record) { return record.starts_with("kept"); }
    static std::size_t number_of(std::string_view record) {
        return std::strtoul(record.data() + record.find('-') + 1, nullptr, 10);
    }
    void add(bool is_to_be_kept) {
        const std::string name = is_to_be_kept ? "kept-" : "old-";
        numbered_.push_back({name + std::to_string(numbered_.size() + 1), journal_->end()});
        ASSERT_TRUE(log_->append(numbered_.back().text, RecordLog::Use::Evidence).has_value());
    }
    // What a FIX session adds to the same journal.
    void add_fix_message() {
        ASSERT_TRUE(journal_->append({journal::RecordKind::FixIn, 1, 1, 7, clock_.utc()},
                                     "8=FIX.4.4\x01"
                                     "35=8\x01"));
    }
    void tick() { log_->on_tick(&is_kept); }
    void carry() {
        tick();
        ASSERT_TRUE(log_->is_carrying());
        for (int i = 0; log_->is_carrying() && i < 1'000'000; ++i) tick();
        ASSERT_FALSE(log_->is_carrying());
    }

    // All that is to be kept and lies before `end`, in order, and nothing twice.
    void expect_complete(journal::Position end = UINT64_MAX) {
        std::size_t last = 0;
        std::size_t kept = 0;
        for (const std::string& record : records()) {
            const std::size_t number = number_of(record);
            ASSERT_GT(number, last) << record << " behind " << last;
            ASSERT_LE(number, numbered_.size()) << record;
            ASSERT_EQ(record, numbered_[number - 1].text);
            last = number;
            kept += is_kept(record) ? 1U : 0U;
        }
        std::size_t expected = 0;
        for (const Numbered& numbered : numbered_) {
            expected += is_kept(numbered.text) && numbered.position < end ? 1U : 0U;
        }
        ASSERT_EQ(kept, expected);
    }

    broker::test::TemporaryDirectory directory_;
    broker::test::ManualClock clock_;
    std::size_t segment_bytes_ = 64 * 1024;
    RecordLogOptions options_;
    std::vector<Numbered> numbered_;
    std::unique_ptr<journal::Journal> journal_;
    std::unique_ptr<RecordLog> log_;
};

}  // namespace broker::recovery::test
