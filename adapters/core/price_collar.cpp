#include "core/price_collar.hpp"

#include <string>

namespace broker::core {
namespace {

// Whether `px` is above (or below) `reference` by more than the rules allow. Null: that cannot be
// computed exactly.
std::optional<bool> is_beyond(const PriceCollarRules& rules, const Decimal& px,
                              const Decimal& reference, bool is_above) {
    const Decimal hundred = Decimal::from(100, 0).value();
    const auto distance = is_above ? px.minus(reference) : reference.minus(px);
    const auto scaled = distance ? distance->times(hundred) : std::nullopt;
    const auto allowed = reference.times(rules.percent);
    if (!scaled || !allowed) return std::nullopt;
    return *scaled > *allowed;
}

struct Comparison {
    const char* what;
    Decimal px;
    Decimal reference;
    bool is_above;  // is refused
};

Result<void> check(const PriceCollarRules& rules, const PriceTerms& terms,
                   const Comparison& comparison) {
    const auto beyond = is_beyond(rules, comparison.px, comparison.reference, comparison.is_above);
    if (beyond && !*beyond) return {};
    return fail(Reason::PriceOutsideCollar, "ClOrdID=" + std::string{terms.cl_ord_id.view()} + " " +
                                                comparison.what + "=" + comparison.px.to_string() +
                                                " is more than " + rules.percent.to_string() +
                                                "% " + (comparison.is_above ? "above " : "below ") +
                                                comparison.reference.to_string());
}

}  // namespace

Result<void> check_price_collar(const PriceCollarRules& rules, const PriceTerms& terms,
                                const TopOfBook* top) {
    if (!terms.price && !terms.stop_px) return {};
    const bool is_buy = terms.side == Side::Buy;
    const auto reference = top == nullptr ? std::nullopt : (is_buy ? top->offer : top->bid);
    if (!reference) {
        return fail(Reason::QuoteUnknown, "ClOrdID=" + std::string{terms.cl_ord_id.view()} +
                                              ": no quote of " + std::string{terms.symbol.view()} +
                                              " to hold its price against");
    }
    if (terms.stop_px) {
        // A stop waits above the market to buy; an order that is triggered by touch below it.
        const bool waits_above = is_buy != (terms.ord_type == OrdType::MarketIfTouched);
        const Comparison passed{"StopPx", *terms.stop_px, *reference, !waits_above};
        if (auto allowed = check(rules, terms, passed); !allowed) return allowed;
    }
    if (!terms.price) return {};
    return check(rules, terms, {"Price", *terms.price, terms.stop_px.value_or(*reference), is_buy});
}

}  // namespace broker::core
