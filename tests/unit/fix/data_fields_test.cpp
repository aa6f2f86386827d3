// The dictionary and the codec agree on which fields may contain SOH.
#include <gtest/gtest.h>

#include <fstream>
#include <regex>
#include <string>

#include "fix/codec/message_view.hpp"

namespace broker::fix {
namespace {

// Why it matters: QuickFIX trusts the length of every data field of its dictionary, so each of them
// has to be one whose length the codec has checked.
TEST(DataFields, AreTheSameInTheDictionary) {
    std::ifstream file{DICTIONARY_PATH};
    const std::regex data_field{R"re(<field number="(\d+)" name="\w+" type="DATA"/>)re"};
    std::size_t in_dictionary = 0;
    std::smatch match;
    for (std::string line; std::getline(file, line);) {
        if (!std::regex_search(line, match, data_field)) continue;
        ++in_dictionary;
        EXPECT_NE(length_tag_of_data_field(std::stoi(match[1])), 0) << line;
    }
    EXPECT_GE(in_dictionary, 10u);
}

}  // namespace
}  // namespace broker::fix
