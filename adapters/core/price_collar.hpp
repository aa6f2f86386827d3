// Refuses a price that would be executed far through the market: the slip of a finger.
#pragma once

#include <optional>

#include "core/last_quotes.hpp"
#include "core/order.hpp"
#include "core/result.hpp"

namespace broker::core {

struct PriceCollarRules {
    Decimal percent;  // of the quote, above zero
    Duration max_age = std::chrono::seconds{10};
};

// What of an order says at which price it may be executed.
struct PriceTerms {
    ClOrdID cl_ord_id;
    Symbol symbol;
    Side side = Side::Unspecified;
    OrdType ord_type = OrdType::Unspecified;
    std::optional<Decimal> price;
    std::optional<Decimal> stop_px;
};

// Only the side that costs money counts: a buy limit above the offer, a sell limit below the bid,
// by more than `percent` of it; a stop that the market has passed by more than that and so is
// executed at once; the limit of a stop limit order beyond its stop. A price on the quiet side of
// the market (a far take profit or stop loss) passes, and so does an order without a price. Errors:
// QuoteUnknown if there is no fresh quote of the side (`top` is null, or lacks it),
// PriceOutsideCollar.
[[nodiscard]] Result<void> check_price_collar(const PriceCollarRules& rules,
                                              const PriceTerms& terms, const TopOfBook* top);

}  // namespace broker::core
