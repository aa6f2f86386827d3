#include "dxtrade/message_types.hpp"

#include <gtest/gtest.h>

#include <fstream>
#include <regex>

namespace broker::dxtrade {
namespace {

TEST(MessageTypes, AgreeWithTheDataDictionary) {
    std::ifstream file{DICTIONARY_PATH};
    const std::regex message{"<message name=\"([^\"]+)\" msgtype=\"([^\"]+)\""};
    std::size_t count = 0;
    std::smatch match;
    for (std::string line; std::getline(file, line);) {
        if (!std::regex_search(line, match, message)) continue;
        ++count;
        EXPECT_EQ(msg_type_of(match[1].str()), match[2].str());
        EXPECT_EQ(message_name(match[2].str()), match[1].str());
    }
    EXPECT_GE(count, 39U);
}

TEST(MessageTypes, AreKnownByNameAndByMsgTypeAndNothingElse) {
    EXPECT_EQ(msg_type_of("OrderCancelReplaceRequest"), "G");
    EXPECT_EQ(msg_type_of("G"), "G");
    EXPECT_EQ(msg_type_of("AS"), "AS");
    for (const char* unknown : {"", "NewOrder", "newordersingle", "I", "ZZ", "AAA"}) {
        EXPECT_FALSE(msg_type_of(unknown).has_value()) << unknown;
    }
}

TEST(MessageTypes, ThatBeginWithUAreUserDefined) {
    for (const char* text : {"U1", "UA", "U123"}) EXPECT_EQ(msg_type_of(text), text);
    for (const char* text : {"U", "U1234", "U-1", "U\x01"}) {
        EXPECT_FALSE(msg_type_of(text).has_value()) << text;
    }
    EXPECT_EQ(message_name("U1"), "U1");
}

}  // namespace
}  // namespace broker::dxtrade
