#include "core/margin_check.hpp"

#include <string>

#include "core/rounding.hpp"

namespace broker::core {
namespace {

Error unknown(std::string detail) { return fail(Reason::MarginUnknown, std::move(detail)); }

std::optional<Decimal> free_of(const AccountSummary& summary) {
    if (summary.margin_free) return summary.margin_free;
    return summary.equity && summary.margin ? summary.equity->minus(*summary.margin) : std::nullopt;
}

std::optional<Decimal> sum(const std::optional<Decimal>& a, const std::optional<Decimal>& b) {
    return a && b ? a->plus(*b) : std::nullopt;
}

}  // namespace

void MarginCheck::take(const Instrument& instrument) {
    const auto symbol = Symbol::from(instrument.symbol);
    const auto currency = Currency::from(instrument.currency);
    if (!symbol || symbol->empty() || !currency) return;
    if (terms_.size() >= kMaxSymbols && terms_.find(*symbol) == terms_.end()) return;
    Terms& terms = terms_[*symbol];
    // Two channels may each know a part.
    if (!currency->empty()) terms.currency = *currency;
    if (instrument.contract_multiplier) terms.multiplier = instrument.contract_multiplier;
    if (instrument.margin_rate) terms.rate = instrument.margin_rate;
}

void MarginCheck::take(const ConversionRate& rate, MonotonicTime now) {
    const auto from = Currency::from(rate.from_currency);
    if (!from || !rate.rate || rate.rate->sign() <= 0) return;
    if (rate.to_currency != currency().view()) return;
    if (rates_.size() >= kMaxCurrencies && rates_.find(*from) == rates_.end()) return;
    rates_.insert_or_assign(*from, Rate{*rate.rate, now});
}

void MarginCheck::take(const AccountSummary& summary, MonotonicTime now) {
    if (const auto currency = Currency::from(summary.currency); currency && !currency->empty()) {
        currency_ = *currency;
    }
    const bool is_older = summary.version != 0 && summary.version < version_;
    const auto free = free_of(summary);
    if (is_older || !free) return;
    if (summary.version != 0) version_ = summary.version;
    free_ = free;
    heard_ = now;
    filled_before_ = filled_;
    filled_ = Decimal{};
}

void MarginCheck::filled(const Decimal& margin) { filled_ = sum(filled_, margin); }

const MarginCheck::Currency& MarginCheck::currency() const {
    return rules_.currency.empty() ? currency_ : rules_.currency;
}

Result<Decimal> MarginCheck::conversion(const Currency& from, MonotonicTime now) const {
    if (from.empty()) return unknown("the currency of the instrument is not known");
    if (currency().empty()) return unknown("the currency of the account is not known");
    if (from == currency()) return Decimal::from(1, 0).value();
    const auto found = rates_.find(from);
    if (found != rates_.end() && now - found->second.heard <= rules_.max_age) {
        return found->second.value;
    }
    needs_conversion_ = true;
    return unknown("no rate of " + std::string{from.view()} + " to " +
                   std::string{currency().view()});
}

Result<Decimal> MarginCheck::margin_of(const Symbol& symbol, const Decimal& qty, const Decimal& px,
                                       MonotonicTime now) const {
    const auto found = terms_.find(symbol);
    if (found == terms_.end()) {
        return unknown("no data of the instrument " + std::string{symbol.view()});
    }
    const Terms& terms = found->second;
    const auto rate = terms.rate ? terms.rate : rules_.default_rate;
    if (!rate) return unknown("no margin rate of " + std::string{symbol.view()});
    const auto converted = conversion(terms.currency, now);
    if (!converted) return converted.error();
    std::optional<Decimal> margin = qty;
    for (const Decimal& factor : {px, terms.multiplier.value_or(Decimal::from(1, 0).value()), *rate,
                                  *converted, rules_.safety_factor}) {
        if (margin) margin = times_rounded_up(*margin, factor);
    }
    if (!margin) return unknown("the margin is out of range");
    return *margin;
}

Result<void> MarginCheck::check(const Decimal& required, const Decimal& pending,
                                MonotonicTime now) const {
    if (!free_) return unknown("the venue has not told the free margin");
    if (now - heard_ > rules_.max_age) {
        return unknown("the free margin is " +
                       std::to_string((now - heard_) / std::chrono::milliseconds{1}) +
                       " ms old, max_age_ms is " +
                       std::to_string(rules_.max_age / std::chrono::milliseconds{1}));
    }
    const auto reserved = sum(sum(filled_, filled_before_), pending);
    const auto needed = sum(reserved, required);
    if (!needed) return unknown("the margin of the pending orders is out of range");
    if (*needed <= *free_) return {};
    return fail(Reason::MarginInsufficient,
                "needs a margin of " + required.to_string() + ", free are " + free_->to_string() +
                    " less " + reserved->to_string() + " of pending orders and new fills");
}

}  // namespace broker::core
