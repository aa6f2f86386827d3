// Makes a journal to try the reader on: make_sample_journal DIR makes DIR/ACC-1.
#include <exception>
#include <filesystem>
#include <iostream>

#include "journal_tool/sample_journal.hpp"

int main(int argc, char** argv) {
    if (argc != 2) {
        std::cerr << "usage: make_sample_journal DIR\n";
        return 2;
    }
    try {
        broker::test::SampleJournal journal{std::filesystem::path{argv[1]} / "ACC-1", "ACC-1"};
        journal.write_day();
    } catch (const std::exception& e) {
        std::cerr << "make_sample_journal: " << e.what() << '\n';
        return 1;
    }
    return 0;
}
