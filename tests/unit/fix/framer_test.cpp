#include "fix/codec/framer.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <random>
#include <string>
#include <vector>

#include "support/fix_message.hpp"

namespace broker::fix {
namespace {

using test::fix_message;
using test::with_bars;
using test::with_checksum;
using test::with_soh;

const std::string kHeartbeat = fix_message("35=0|34=2|49=A|56=B|");
// With what looks like a message in a data field.
const std::string kData = "|8=FIX.4.4|9=5|35=0|10=163|8=FIX|10=0|";
const std::string kRawData =
    fix_message("35=B|34=3|95=" + std::to_string(kData.size()) + "|96=" + kData + "|58=x|");

struct Framed {
    std::vector<std::string> messages;
    std::vector<std::string> garbled;  // the texts
};

void put(Framer& framer, std::string_view bytes) {
    const auto room = framer.writable();
    ASSERT_GE(room.size(), bytes.size());
    std::copy(bytes.begin(), bytes.end(), room.begin());
    framer.commit(bytes.size());
}

void take(Framer& framer, Framed& framed) {
    MessageView view;
    std::string text;
    while (true) {
        switch (framer.next(view, text)) {
            case Framer::Outcome::NeedMore:
                return;
            case Framer::Outcome::Message:
                framed.messages.emplace_back(view.bytes());
                break;
            case Framer::Outcome::Garbled:
                framed.garbled.push_back(text);
        }
    }
}

Framed frame(std::string_view bytes, std::size_t portion, Framer& framer) {
    Framed framed;
    while (!bytes.empty()) {
        const std::size_t size = std::min({portion, bytes.size(), framer.writable().size()});
        put(framer, bytes.substr(0, size));
        take(framer, framed);
        bytes.remove_prefix(size);
    }
    return framed;
}

Framed frame(std::string_view bytes, std::size_t portion = 1'000'000) {
    Framer framer{{}};
    return frame(bytes, portion, framer);
}

// What is left when `bytes` stand between two good messages, in one piece and byte by byte.
std::size_t messages_around(const std::string& bytes) {
    const std::string stream = kHeartbeat + bytes + kHeartbeat + kHeartbeat;
    const Framed whole = frame(stream);
    const Framed single = frame(stream, 1);
    EXPECT_EQ(whole.messages, single.messages) << with_bars(bytes);
    EXPECT_EQ(whole.garbled, single.garbled) << with_bars(bytes);
    EXPECT_FALSE(whole.garbled.empty()) << with_bars(bytes);
    for (const std::string& message : whole.messages) EXPECT_EQ(message, kHeartbeat);
    return whole.messages.size();
}

TEST(Framer, FindsAMessageAtEverySplitPosition) {
    const std::string stream = kHeartbeat + kRawData + kHeartbeat;
    for (std::size_t split = 0; split <= stream.size(); ++split) {
        Framer framer{{}};
        Framed framed;
        put(framer, stream.substr(0, split));
        take(framer, framed);
        put(framer, stream.substr(split));
        take(framer, framed);
        EXPECT_EQ(framed.messages, (std::vector<std::string>{kHeartbeat, kRawData, kHeartbeat}));
        EXPECT_EQ(framer.garbled_bytes(), 0u);
    }
}

TEST(Framer, FindsMessagesInPortionsOfAnySize) {
    std::string stream;
    for (int i = 0; i < 40; ++i) stream += i % 3 == 0 ? kRawData : kHeartbeat;
    for (std::size_t portion = 1; portion < 200; ++portion) {
        const Framed framed = frame(stream, portion);
        EXPECT_EQ(framed.messages.size(), 40u) << portion;
        EXPECT_TRUE(framed.garbled.empty()) << portion;
    }
}

TEST(Framer, FindsManyMessagesInABurst) {
    std::string stream;
    std::size_t count = 0;
    for (; stream.size() < 64 * 1024; ++count) stream += kHeartbeat;
    const Framed framed = frame(stream);
    EXPECT_EQ(framed.messages.size(), count);
    EXPECT_EQ(framed.messages.back(), kHeartbeat);
}

TEST(Framer, LeavesTheBeginStringToTheEngine) {
    const std::string message = fix_message("35=0|34=2|", "FIXT.1.1");
    EXPECT_EQ(frame(message).messages, std::vector<std::string>{message});
}

// Cases 2.d, 2.m, 2.t and 3.b to 3.e of the FIX session test cases: the garbled message is passed
// over, and the next one counts.
TEST(Framer, PassesOverAMessageWithAWrongCheckSum) {
    EXPECT_EQ(messages_around(with_soh("8=FIX.4.4|9=10|35=0|34=1|10=000|")), 3u);
}

TEST(Framer, PassesOverAMessageWithABodyLengthThatIsTooShort) {
    for (const char* length : {"0", "1", "4", "5", "9"})
        EXPECT_EQ(
            messages_around(with_checksum("8=FIX.4.4|9=" + std::string{length} + "|35=0|34=1|")),
            3u);
}

TEST(Framer, PassesOverAMessageWithABodyLengthThatIsTooLongWithoutWaitingForIt) {
    for (const char* length : {"11", "20", "100", "200000"})
        EXPECT_EQ(
            messages_around(with_checksum("8=FIX.4.4|9=" + std::string{length} + "|35=0|34=1|")),
            3u);
}

TEST(Framer, PassesOverABodyLengthThatIsNoNumberOrHuge) {
    for (const char* length : {"", "-10", "+10", "1x", "300000", "999999999", "9999999999",
                               "4294967306", "18446744073709551626"})
        EXPECT_EQ(
            messages_around(with_checksum("8=FIX.4.4|9=" + std::string{length} + "|35=0|34=1|")),
            3u);
}

TEST(Framer, PassesOverAGarbledTrailer) {
    for (const char* trailer : {"10=1|", "10=12|", "10=1234|", "10=abc|", "10=|", "1O=123|", "|"})
        EXPECT_EQ(messages_around(with_soh("8=FIX.4.4|9=10|35=0|34=1|" + std::string{trailer})),
                  3u);
}

TEST(Framer, PassesOverAMessageWithoutATrailer) {
    EXPECT_EQ(messages_around(with_soh("8=FIX.4.4|9=10|35=0|34=1|")), 3u);
}

TEST(Framer, PassesOverMisplacedHeaderFields) {
    EXPECT_EQ(messages_around(fix_message("34=1|35=0|")), 3u);
    EXPECT_EQ(messages_around(with_checksum("9=10|8=FIX.4.4|35=0|34=1|")), 3u);
    EXPECT_EQ(messages_around(with_checksum("8=FIX.4.4|35=0|9=10|34=1|")), 3u);
}

TEST(Framer, PassesOverRepeatedFramingTags) {
    EXPECT_EQ(messages_around(fix_message("35=0|34=1|9=5|")), 3u);
    EXPECT_EQ(messages_around(fix_message("35=0|34=1|35=D|")), 3u);
    EXPECT_EQ(messages_around(fix_message("35=0|10=123|34=1|")), 3u);
    EXPECT_EQ(messages_around(fix_message("35=0|34=1|8=FIX.4.4|")), 3u);
}

TEST(Framer, PassesOverALyingRawDataLength) {
    EXPECT_EQ(messages_around(fix_message("35=B|34=1|95=2|96=abc|")), 3u);
    EXPECT_EQ(messages_around(fix_message("35=B|34=1|95=5000|96=abc|")), 3u);
    EXPECT_EQ(messages_around(fix_message("35=B|34=1|95=-1|96=abc|")), 3u);
    EXPECT_EQ(messages_around(fix_message("35=B|34=1|95=99999999999999|96=abc|")), 3u);
}

TEST(Framer, PassesOverGarbageBetweenMessages) {
    for (const char* garbage : {"x|", "|", "||||", "hello|", "8|", "8=|", "8=FIX|", "58=FIX.4.4|",
                                "8=a version that is too long to be one|", "GET / HTTP/1.1\r\n|"})
        EXPECT_EQ(messages_around(with_soh(garbage)), 3u) << garbage;
}

TEST(Framer, ResynchronisesOnlyBehindSoh) {
    // Without an SOH before it, "8=FIX" may be part of a value: the next message is lost with it.
    EXPECT_EQ(messages_around("garbage"), 2u);
    EXPECT_EQ(messages_around("5"), 2u);
}

TEST(Framer, TakesNoMessageOutOfADataFieldOfAGarbledOne) {
    std::string message = kRawData;
    message[message.size() - 2] ^= 1;  // CheckSum
    EXPECT_EQ(messages_around(message), 3u);
}

TEST(Framer, CountsGarbledBytesUntilReset) {
    Framer framer{{}};
    Framed framed = frame(with_soh("12345|") + kHeartbeat, 1, framer);
    EXPECT_EQ(framed.messages.size(), 1u);
    EXPECT_EQ(framed.garbled.size(), 1u);
    EXPECT_EQ(framer.garbled_bytes(), 6u);
    framer.reset();
    EXPECT_EQ(framer.garbled_bytes(), 0u);
}

TEST(Framer, ForgetsThePartOfAMessageOnReset) {
    Framer framer{{}};
    frame(kHeartbeat.substr(0, 20), 1, framer);
    framer.reset();
    EXPECT_EQ(frame(kHeartbeat, 1, framer).messages, std::vector<std::string>{kHeartbeat});
    EXPECT_EQ(framer.garbled_bytes(), 0u);
}

TEST(Framer, ReportsEndlessGarbageOnceAndCountsAll) {
    Framer framer{{}};
    Framed framed;
    for (int i = 0; i < 1000; ++i) {
        put(framer, std::string(1000, 'x'));
        take(framer, framed);
    }
    EXPECT_EQ(framed.garbled.size(), 1u);
    EXPECT_GT(framer.garbled_bytes(), 999'000u);
}

TEST(Framer, TakesAMessageOfTheLargestSizeAndNoLarger) {
    Framer framer{{.max_message_size = 1000}};
    // 8=FIX.4.4|9=977| is 16 bytes, the trailer 7.
    const std::string largest = fix_message("35=B|58=" + std::string(968, 'x') + "|");
    ASSERT_EQ(largest.size(), 1000u);
    EXPECT_EQ(frame(largest, 7, framer).messages.size(), 1u);
    const std::string larger = fix_message("35=B|58=" + std::string(969, 'x') + "|");
    const Framed framed = frame(larger + kHeartbeat, 7, framer);
    EXPECT_EQ(framed.messages, std::vector<std::string>{kHeartbeat});
    EXPECT_EQ(framed.garbled.size(), 1u);
}

TEST(Framer, RefusesToGrowWhenItsMessagesAreNotRead) {
    Framer framer{{.max_message_size = 1000}};
    const auto flood = [&] {
        for (int i = 0; i < 1000; ++i) framer.commit(framer.writable().size());
    };
    EXPECT_THROW(flood(), std::logic_error);
}

TEST(Framer, LooksAtEachByteAFewTimesAtMost) {
    // Each of these makes a framer that starts over with every byte or candidate take minutes.
    std::string candidates, skipping;
    for (int i = 0; i < 20'000; ++i) candidates += with_soh("8=FIX.4.4|9=200000|");
    for (int i = 0; i < 10'000; ++i) skipping += with_soh("8=FIX.4.4|9=200000|95=150000|");
    const std::string fields = with_soh("8=FIX.4.4|9=250000|") + std::string(500'000, '\x01');
    const std::string large = fix_message("35=B|58=" + std::string(250'000, 'x') + "|");
    const auto start = std::chrono::steady_clock::now();
    for (const std::string& stream : {candidates, skipping, fields, large + large}) {
        frame(stream, 1);
        frame(stream);
    }
    EXPECT_LT(std::chrono::steady_clock::now() - start, std::chrono::seconds{20});
}

// The address sanitizer watches over the bounds.
TEST(Framer, SurvivesRandomBytesAndDamagedMessages) {
    for (unsigned seed = 0; seed < 200; ++seed) {
        std::mt19937 random{seed};
        const auto below = [&](std::size_t limit) { return random() % limit; };
        std::string stream;
        const std::string alphabet = with_soh("8=FIX.4|9=35=10=95=96=0123456789||");
        while (stream.size() < 4000) {
            switch (below(4)) {
                case 0:
                    stream += static_cast<char>(below(256));
                    break;
                case 1:
                    stream += alphabet[below(alphabet.size())];
                    break;
                case 2:
                    stream += below(2) != 0 ? kHeartbeat : kRawData;
                    break;
                default: {
                    std::string message = below(2) != 0 ? kHeartbeat : kRawData;
                    message[below(message.size())] = static_cast<char>(below(256));
                    message.erase(below(message.size()), below(3));
                    stream += message;
                }
            }
        }
        const std::size_t portion = 1 + below(300);
        const Framed framed = frame(stream, portion);
        EXPECT_EQ(framed.messages, frame(stream, 1).messages) << "seed " << seed;
        MessageView view;
        for (const std::string& message : framed.messages)
            EXPECT_TRUE(view.parse(message)) << "seed " << seed;
    }
}

}  // namespace
}  // namespace broker::fix
