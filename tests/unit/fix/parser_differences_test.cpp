// Where MessageView and QuickFIX's parser differ: one message for each class that
// docs/fix-session.md lists.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "fix/codec/message_view.hpp"
#include "fuzz/quickfix_parser.hpp"
#include "support/fix_message.hpp"

namespace broker::fix {
namespace {

struct Difference {
    std::string name;
    std::string message;  // whole
    std::string rule;     // that MessageView refuses it by; empty: it is QuickFIX that refuses
};

std::string whole(std::string_view body) { return test::fix_message(body); }

// CheckSum 7 as one digit, found by a text that grows: each letter adds an odd number to the sum.
std::string short_checksum() {
    for (std::size_t size = 1;; ++size) {
        const std::string message = whole("35=0|58=" + std::string(size, 'A') + "|");
        const std::size_t sum = message.find(
            "\x01"
            "10=00");
        if (sum != std::string::npos) return message.substr(0, sum + 4) + message.substr(sum + 6);
    }
}

std::string many_fields() {
    std::string fields;
    for (std::size_t i = 0; i < MessageView::kMaxFields; ++i) fields += "58=A|";
    return fields;
}

std::vector<Difference> differences() {
    return {
        {"TagWithALeadingZero", whole("35=0|049=A|"), "a tag begins with 1 to 9"},
        {"TagZero", whole("35=0|0=A|"), "a tag begins with 1 to 9"},
        {"TagBeyondNineDigits", whole("35=0|1234567890=A|"), "a tag has at most 9 digits"},
        {"TagWithASign", whole("35=0|-49=A|"), "a field begins with its tag"},
        {"DataFieldWithoutItsLength", whole("35=0|96=A|"), "a data field follows its length field"},
        {"LengthThatIsNoNumber", whole("35=0|95=x|96=A|"),
         "the length of a data field is a number"},
        {"LengthThatLies", whole("35=0|95=7|96=A|"),
         "a data field is as long as its length field says"},
        {"LengthThatTakesInTheCheckSum", whole("35=0|95=8|96=A|"), "10 comes last"},
        {"EmptyMsgType", whole("35=|49=A|"), "8, 9 and 35 have a value"},
        {"MsgTypeTwice", whole("35=0|35=8|"), "8, 9 and 35 come once"},
        {"CheckSumOfOneDigit", short_checksum(), "CheckSum has three digits"},
        {"MoreFieldsThanTheBound", whole("35=0|" + many_fields()),
         "the number of fields is bounded"},
        {"DataFieldWithSoh", whole("35=0|95=3|96=A|B|"), ""},
    };
}

void PrintTo(const Difference& difference, std::ostream* out) { *out << difference.name; }

class ParserDifference : public testing::TestWithParam<Difference> {};

INSTANTIATE_TEST_SUITE_P(Class, ParserDifference, testing::ValuesIn(differences()),
                         [](const auto& parameter) { return parameter.param.name; });

TEST_P(ParserDifference, IsAsDocumented) {
    MessageView view;
    const auto parsed = view.parse(GetParam().message);
    const auto quickfix = fuzz::ask_quickfix(GetParam().message);
    if (GetParam().rule.empty()) {
        EXPECT_TRUE(parsed);
        EXPECT_FALSE(quickfix.is_accepted);
        return;
    }
    ASSERT_FALSE(parsed);
    EXPECT_THAT(parsed.error().detail, testing::EndsWith(GetParam().rule));
    EXPECT_TRUE(quickfix.is_accepted) << quickfix.why_not;
}

}  // namespace
}  // namespace broker::fix
