// Whether an account has the margin for an order.
#pragma once

#include <optional>
#include <string_view>
#include <unordered_map>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/query.hpp"
#include "core/result.hpp"

namespace broker::core {

struct MarginRules {
    Decimal safety_factor = Decimal::from(1, 0).value();
    std::optional<Decimal> default_rate =
        std::nullopt;            // of instruments that the venue gives no rate for
    FixedString<15> currency{};  // the account's, where the venue does not say
    Duration max_age = std::chrono::seconds{10};
};

// Margin of an order = quantity * price * contract multiplier (1 if the venue gives none) * margin
// rate * conversion to the account's currency * safety factor, each product rounded up.
//
// What is free is the venue's last word less the margin of our own pending orders and of fills that
// its word may not know: a fill counts until the second word after it. Memory grows with the number
// of symbols and currencies, to a bound. [event-thread]
class MarginCheck {
public:
    static constexpr std::size_t kMaxSymbols = 20'000;
    static constexpr std::size_t kMaxCurrencies = 1'000;

    explicit MarginCheck(MarginRules rules) : rules_{rules} {}

    void take(const Instrument& instrument);
    void take(const ConversionRate& rate, MonotonicTime now);
    void take(const AccountSummary& summary, MonotonicTime now);
    // Margin that is taken up by now.
    void filled(const Decimal& margin);

    // Error: MarginUnknown, which names what is missing.
    [[nodiscard]] Result<Decimal> margin_of(const Symbol& symbol, const Decimal& qty,
                                            const Decimal& px, MonotonicTime now) const;
    // `pending` is the margin of our orders that are live. Errors: MarginUnknown (nothing heard, or
    // too long ago), MarginInsufficient.
    [[nodiscard]] Result<void> check(const Decimal& required, const Decimal& pending,
                                     MonotonicTime now) const;

    // A rate was missing: it is worth asking for.
    [[nodiscard]] bool needs_conversion() const { return needs_conversion_; }
    [[nodiscard]] const MarginRules& rules() const { return rules_; }

private:
    using Currency = FixedString<15>;
    struct Terms {
        Currency currency;
        std::optional<Decimal> multiplier;
        std::optional<Decimal> rate;
    };
    struct Rate {
        Decimal value;
        MonotonicTime heard;
    };
    [[nodiscard]] Result<Decimal> conversion(const Currency& from, MonotonicTime now) const;
    [[nodiscard]] const Currency& currency() const;

    MarginRules rules_;
    std::unordered_map<Symbol, Terms> terms_;
    std::unordered_map<Currency, Rate> rates_;  // to the account's
    Currency currency_;                         // by the venue's word
    std::optional<Decimal> free_;
    MonotonicTime heard_;
    std::uint64_t version_ = 0;
    std::optional<Decimal> filled_ = Decimal{};         // since the last word
    std::optional<Decimal> filled_before_ = Decimal{};  // since the one before
    mutable bool needs_conversion_ = false;
};

}  // namespace broker::core
