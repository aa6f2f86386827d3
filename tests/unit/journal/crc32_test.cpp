#include "journal/crc32.hpp"

#include <gtest/gtest.h>

#include <boost/crc.hpp>
#include <random>
#include <string>

namespace broker::journal {
namespace {

std::uint32_t reference(std::string_view data) {
    boost::crc_32_type crc;
    crc.process_bytes(data.data(), data.size());
    return crc.checksum();
}

TEST(Crc32, GivesTheCheckValueOfTheAlgorithm) {
    EXPECT_EQ(crc32("123456789"), 0xCBF43926U);
    EXPECT_EQ(crc32(""), 0U);
}

TEST(Crc32, AgreesWithBoostAtEveryLengthAndSplit) {
    std::mt19937 random{1};
    std::string data(200, '\0');
    for (char& c : data) c = static_cast<char>(random());
    for (std::size_t size = 0; size <= data.size(); ++size) {
        const std::string_view part{data.data(), size};
        EXPECT_EQ(crc32(part), reference(part));
        for (std::size_t split = 0; split <= size; split += 7) {
            EXPECT_EQ(crc32(part.substr(split), crc32(part.substr(0, split))), reference(part));
        }
    }
}

}  // namespace
}  // namespace broker::journal
