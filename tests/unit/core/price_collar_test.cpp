#include "core/price_collar.hpp"

#include <gtest/gtest.h>

#include "support/manual_clock.hpp"

namespace broker::core {
namespace {

using namespace std::chrono_literals;

Decimal dec(std::string_view text) { return Decimal::parse(text).value(); }
Symbol symbol(std::string_view text) { return Symbol::from(text).value(); }

class PriceCollar : public testing::Test {
protected:
    [[nodiscard]] static PriceTerms terms(Side side, OrdType type, std::string_view price,
                                          std::string_view stop_px = {}) {
        PriceTerms result;
        result.cl_ord_id = ClOrdID::from("A-1").value();
        result.symbol = symbol("EURUSD");
        result.side = side;
        result.ord_type = type;
        if (!price.empty()) result.price = dec(price);
        if (!stop_px.empty()) result.stop_px = dec(stop_px);
        return result;
    }
    [[nodiscard]] Reason reason(const PriceTerms& terms) const {
        const auto result = check_price_collar(rules_, terms, &top_);
        return result ? Reason::None : result.error().reason;
    }

    PriceCollarRules rules_{dec("1"), 10s};
    TopOfBook top_{dec("100"), dec("110"), {}};
};

TEST_F(PriceCollar, RefusesABuyLimitAboveTheOfferByMoreThanThePercentage) {
    EXPECT_EQ(reason(terms(Side::Buy, OrdType::Limit, "111.1")), Reason::None);
    EXPECT_EQ(reason(terms(Side::Buy, OrdType::Limit, "111.11")), Reason::PriceOutsideCollar);
    EXPECT_EQ(reason(terms(Side::Buy, OrdType::Limit, "1")), Reason::None);
}

TEST_F(PriceCollar, RefusesASellLimitBelowTheBidByMoreThanThePercentage) {
    EXPECT_EQ(reason(terms(Side::Sell, OrdType::Limit, "99")), Reason::None);
    EXPECT_EQ(reason(terms(Side::Sell, OrdType::Limit, "98.99")), Reason::PriceOutsideCollar);
    EXPECT_EQ(reason(terms(Side::SellShort, OrdType::Limit, "98.99")), Reason::PriceOutsideCollar);
    EXPECT_EQ(reason(terms(Side::Sell, OrdType::Limit, "5000")), Reason::None);
}

TEST_F(PriceCollar, RefusesAStopThatTheMarketHasPassedAlready) {
    EXPECT_EQ(reason(terms(Side::Buy, OrdType::Stop, {}, "150")), Reason::None);
    EXPECT_EQ(reason(terms(Side::Buy, OrdType::Stop, {}, "108")), Reason::PriceOutsideCollar);
    EXPECT_EQ(reason(terms(Side::Sell, OrdType::Stop, {}, "50")), Reason::None);
    EXPECT_EQ(reason(terms(Side::Sell, OrdType::Stop, {}, "102")), Reason::PriceOutsideCollar);
}

TEST_F(PriceCollar, MirrorsTheStopOfAnOrderThatIsTriggeredByTouch) {
    EXPECT_EQ(reason(terms(Side::Buy, OrdType::MarketIfTouched, {}, "90")), Reason::None);
    EXPECT_EQ(reason(terms(Side::Buy, OrdType::MarketIfTouched, {}, "112")),
              Reason::PriceOutsideCollar);
}

TEST_F(PriceCollar, HoldsTheLimitOfAStopLimitOrderAgainstItsStop) {
    EXPECT_EQ(reason(terms(Side::Buy, OrdType::StopLimit, "121", "120")), Reason::None);
    EXPECT_EQ(reason(terms(Side::Buy, OrdType::StopLimit, "122", "120")),
              Reason::PriceOutsideCollar);
}

TEST_F(PriceCollar, RefusesAPriceWithoutAQuoteOfItsSide) {
    EXPECT_EQ(
        check_price_collar(rules_, terms(Side::Buy, OrdType::Limit, "1"), nullptr).error().reason,
        Reason::QuoteUnknown);
    top_.offer.reset();
    EXPECT_EQ(reason(terms(Side::Buy, OrdType::Limit, "1")), Reason::QuoteUnknown);
    EXPECT_EQ(reason(terms(Side::Sell, OrdType::Limit, "100")), Reason::None);
}

TEST_F(PriceCollar, LetsAnOrderWithoutAPricePassWithoutAQuote) {
    EXPECT_TRUE(check_price_collar(rules_, terms(Side::Buy, OrdType::Market, {}), nullptr));
}

TEST_F(PriceCollar, SaysBothPricesWhenItRefuses) {
    const auto refused =
        check_price_collar(rules_, terms(Side::Buy, OrdType::Limit, "1110"), &top_);
    ASSERT_FALSE(refused);
    EXPECT_EQ(refused.error().detail, "ClOrdID=A-1 Price=1110 is more than 1% above 110");
}

TEST(LastQuotes, GivesAQuoteUntilItIsOlderThanAllowed) {
    test::ManualClock clock;
    LastQuotes quotes;
    quotes.take("EURUSD", {dec("1"), dec("2"), clock.monotonic()});
    clock.advance(10s);
    ASSERT_NE(quotes.fresh(symbol("EURUSD"), 10s, clock.monotonic()), nullptr);
    clock.advance(1ns);
    EXPECT_EQ(quotes.fresh(symbol("EURUSD"), 10s, clock.monotonic()), nullptr);
    EXPECT_EQ(quotes.fresh(symbol("USDJPY"), 10s, clock.monotonic()), nullptr);
}

}  // namespace
}  // namespace broker::core
