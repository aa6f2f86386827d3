#include "dxtrade/symbols.hpp"

#include <gtest/gtest.h>

#include <type_traits>

#include "support/allocation_count.hpp"

namespace broker::dxtrade {
namespace {

// Why: views of a copied object would be of the original.
static_assert(!std::is_copy_constructible_v<Symbols>);

SymbolRules rules(std::string separator, bool is_complete) {
    SymbolRules result;
    result.map["EURUSD"] = {"EUR/USD", "", {}};
    result.map["BRK/B"] = {"BRK", "B", {{48, "084670702"}, {22, "1"}}};
    result.sfx_separator = std::move(separator);
    result.is_map_complete = is_complete;
    return result;
}

TEST(Symbols, MappedNameBecomesTheVenuesWithItsFields) {
    const Symbols symbols{rules("", false)};
    const auto forex = symbols.to_venue("EURUSD");
    ASSERT_TRUE(forex.has_value());
    EXPECT_EQ(forex->symbol, "EUR/USD");
    EXPECT_EQ(forex->sfx, "");
    EXPECT_EQ(forex->fields, nullptr);
    const auto stock = symbols.to_venue("BRK/B");
    ASSERT_TRUE(stock.has_value());
    EXPECT_EQ(stock->symbol, "BRK");
    EXPECT_EQ(stock->sfx, "B");
    ASSERT_NE(stock->fields, nullptr);
    EXPECT_EQ(stock->fields->at(48), "084670702");
}

TEST(Symbols, VenuesNameBecomesTheHostsWhereTheMapHasIt) {
    const Symbols symbols{rules(".", false)};
    std::string buffer;
    EXPECT_EQ(symbols.to_host("EUR/USD", "", buffer), "EURUSD");
    EXPECT_EQ(symbols.to_host("BRK", "B", buffer), "BRK/B");
    EXPECT_EQ(symbols.to_host("BRK", "A", buffer), "BRK.A");
    EXPECT_EQ(symbols.to_host("GBP/USD", "", buffer), "GBP/USD");
}

TEST(Symbols, NameOutsideTheMapIsSplitAtTheLastSeparator) {
    const Symbols symbols{rules(".", false)};
    const auto split = symbols.to_venue("BF.X.B");
    ASSERT_TRUE(split.has_value());
    EXPECT_EQ(split->symbol, "BF.X");
    EXPECT_EQ(split->sfx, "B");
    for (const char* whole : {"AAPL", ".B", "BF."}) {
        const auto venue = symbols.to_venue(whole);
        ASSERT_TRUE(venue.has_value()) << whole;
        EXPECT_EQ(venue->symbol, whole);
        EXPECT_EQ(venue->sfx, "") << whole;
    }
}

TEST(Symbols, NameGoesAsItIsWithoutASeparator) {
    const Symbols symbols{rules("", false)};
    const auto venue = symbols.to_venue("BF.B");
    ASSERT_TRUE(venue.has_value());
    EXPECT_EQ(venue->symbol, "BF.B");
    EXPECT_EQ(venue->sfx, "");
}

TEST(Symbols, SuffixIsNotDroppedWithoutASeparator) {
    const Symbols symbols{rules("", false)};
    std::string buffer;
    EXPECT_EQ(symbols.to_host("BF", "B", buffer), "BF.B");
}

TEST(Symbols, NameThatACompleteMapLacksIsUnknown) {
    const Symbols symbols{rules("", true)};
    EXPECT_FALSE(symbols.to_venue("GBPUSD").has_value());
    EXPECT_TRUE(symbols.to_venue("EURUSD").has_value());
}

TEST(Symbols, InstrumentHasNoSecondNameBesidesTheMaps) {
    const Symbols symbols{rules(".", false)};
    EXPECT_FALSE(symbols.to_venue("EUR/USD").has_value());
    EXPECT_FALSE(symbols.to_venue("BRK.B").has_value());
}

TEST(Symbols, NothingIsAllocatedOnceTheBufferHasItsSize) {
    const Symbols symbols{rules(".", false)};
    std::string buffer(64, ' ');
    const std::size_t before = test::allocation_count();
    const bool is_known = symbols.to_venue("EURUSD") && symbols.to_venue("BF.B");
    const std::size_t size = symbols.to_host("A-LONG-NAME-OF-A-SYMBOL", "SUFFIX", buffer).size();
    EXPECT_EQ(test::allocation_count(), before);
    EXPECT_TRUE(is_known);
    EXPECT_EQ(size, 30U);
}

TEST(Symbols, NamesSurviveAMove) {
    Symbols original{rules("", false)};
    const Symbols symbols{std::move(original)};
    std::string buffer;
    EXPECT_EQ(symbols.to_host("EUR/USD", "", buffer), "EURUSD");
}

}  // namespace
}  // namespace broker::dxtrade
