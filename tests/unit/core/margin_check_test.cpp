#include "core/margin_check.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace broker::core {
namespace {

using namespace std::chrono_literals;

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Symbol symbol(std::string_view text) { return Symbol::from(text).value(); }

class MarginCheckTest : public testing::Test {
protected:
    MarginCheckTest() { make({}); }

    void make(MarginRules rules) {
        check_.emplace(rules);
        instrument("EURUSD", "USD", dec("0.01"));
    }
    void instrument(std::string_view name, std::string_view currency,
                    const std::optional<Decimal>& rate) {
        Instrument instrument;
        instrument.symbol = name;
        instrument.currency = currency;
        instrument.margin_rate = rate;
        check_->take(instrument);
    }
    void free_margin(std::string_view value, std::uint64_t version = 0) {
        AccountSummary summary;
        summary.currency = "USD";
        summary.margin_free = dec(value);
        summary.version = version;
        check_->take(summary, clock_.monotonic());
    }
    [[nodiscard]] Result<Decimal> margin(std::string_view name, std::string_view qty,
                                         std::string_view px) const {
        return check_->margin_of(symbol(name), dec(qty), dec(px), clock_.monotonic());
    }
    [[nodiscard]] Reason reason(std::string_view required, std::string_view pending = "0") const {
        const auto result = check_->check(dec(required), dec(pending), clock_.monotonic());
        return result ? Reason::None : result.error().reason;
    }
    void rate(std::string_view from, std::string_view to, std::string_view value) {
        check_->take(ConversionRate{0, from, to, dec(value)}, clock_.monotonic());
    }

    test::ManualClock clock_;
    std::optional<MarginCheck> check_;
};

TEST_F(MarginCheckTest, ComputesTheMarginOfAnOrderFromItsInstrument) {
    free_margin("1000");
    EXPECT_EQ(margin("EURUSD", "100000", "1.1").value(), dec("1100"));
}

TEST_F(MarginCheckTest, MultipliesByTheContractAndTheSafetyFactor) {
    make({.safety_factor = dec("1.5")});
    free_margin("1000");
    Instrument instrument;
    instrument.symbol = "GOLD";
    instrument.currency = "USD";
    instrument.margin_rate = dec("0.05");
    instrument.contract_multiplier = dec("100");
    check_->take(instrument);
    EXPECT_EQ(margin("GOLD", "2", "2000").value(), dec("30000"));
}

TEST_F(MarginCheckTest, ConvertsToTheCurrencyOfTheAccount) {
    free_margin("1000");
    instrument("USDJPY", "JPY", dec("0.01"));
    EXPECT_EQ(margin("USDJPY", "1000", "150").error().reason, Reason::MarginUnknown);
    EXPECT_TRUE(check_->needs_conversion());
    rate("JPY", "EUR", "0.5");
    EXPECT_FALSE(margin("USDJPY", "1000", "150"));
    rate("JPY", "USD", "0.007");
    EXPECT_EQ(margin("USDJPY", "1000", "150").value(), dec("10.5"));
    clock_.advance(10s + 1ns);
    EXPECT_FALSE(margin("USDJPY", "1000", "150"));
}

TEST_F(MarginCheckTest, SaysWhatIsMissingOfAnInstrument) {
    free_margin("1000");
    EXPECT_EQ(margin("GBPUSD", "1", "1").error().detail, "no data of the instrument GBPUSD");
    instrument("GBPUSD", "USD", std::nullopt);
    EXPECT_EQ(margin("GBPUSD", "1", "1").error().detail, "no margin rate of GBPUSD");
    instrument("GBPUSD", "", dec("0.01"));
    EXPECT_TRUE(margin("GBPUSD", "1", "1"));
}

TEST_F(MarginCheckTest, TakesTheDefaultRateWhereTheVenueGivesNone) {
    make({.default_rate = dec("0.1")});
    free_margin("1000");
    instrument("GBPUSD", "USD", std::nullopt);
    EXPECT_EQ(margin("GBPUSD", "100", "1").value(), dec("10"));
    EXPECT_EQ(margin("EURUSD", "100", "1").value(), dec("1"));
}

TEST_F(MarginCheckTest, NeedsTheCurrencyOfTheAccount) {
    EXPECT_EQ(margin("EURUSD", "1", "1").error().detail,
              "the currency of the account is not known");
    make({.currency = FixedString<15>::from("USD").value()});
    EXPECT_TRUE(margin("EURUSD", "1", "1"));
}

TEST_F(MarginCheckTest, RefusesWhatIsMoreThanFreeLessPending) {
    free_margin("1000");
    EXPECT_EQ(reason("1000"), Reason::None);
    EXPECT_EQ(reason("1000.01"), Reason::MarginInsufficient);
    EXPECT_EQ(reason("600", "400"), Reason::None);
    EXPECT_EQ(reason("600", "400.01"), Reason::MarginInsufficient);
}

TEST_F(MarginCheckTest, CountsAFillUntilTheSecondWordAfterIt) {
    free_margin("1000");
    check_->filled(dec("300"));
    EXPECT_EQ(reason("701"), Reason::MarginInsufficient);
    free_margin("1000");  // may have been computed before the fill
    EXPECT_EQ(reason("701"), Reason::MarginInsufficient);
    free_margin("1000");
    EXPECT_EQ(reason("1000"), Reason::None);
}

TEST_F(MarginCheckTest, RefusesWhenTheFreeMarginIsNotKnownOrTooOld) {
    EXPECT_EQ(reason("1"), Reason::MarginUnknown);
    free_margin("1000");
    clock_.advance(10s);
    EXPECT_EQ(reason("1"), Reason::None);
    clock_.advance(1ns);
    EXPECT_EQ(reason("1"), Reason::MarginUnknown);
}

TEST_F(MarginCheckTest, ComputesTheFreeMarginFromEquityAndMargin) {
    AccountSummary summary;
    summary.equity = dec("1000");
    check_->take(summary, clock_.monotonic());
    EXPECT_EQ(reason("1"), Reason::MarginUnknown);
    summary.margin = dec("900");
    check_->take(summary, clock_.monotonic());
    EXPECT_EQ(reason("100"), Reason::None);
    EXPECT_EQ(reason("101"), Reason::MarginInsufficient);
}

TEST_F(MarginCheckTest, IgnoresAnOlderVersionOfTheAccount) {
    free_margin("1000", 7);
    free_margin("5000", 6);
    EXPECT_EQ(reason("1001"), Reason::MarginInsufficient);
    free_margin("5000", 8);
    EXPECT_EQ(reason("1001"), Reason::None);
}

}  // namespace
}  // namespace broker::core
