// The best bid and offer of each symbol as last heard.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>
#include <unordered_map>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/ids.hpp"

namespace broker::core {

struct TopOfBook {
    std::optional<Decimal> bid;
    std::optional<Decimal> offer;
    MonotonicTime received;
};

// Memory grows with the number of symbols, to a bound: those beyond it have no quote.
// [event-thread]
class LastQuotes {
public:
    static constexpr std::size_t kMaxSymbols = 20'000;

    void take(std::string_view symbol, const TopOfBook& top);
    // Null unless there is one that is at most `max_age` old.
    [[nodiscard]] const TopOfBook* fresh(const Symbol& symbol, Duration max_age,
                                         MonotonicTime now) const;

private:
    std::unordered_map<Symbol, TopOfBook> tops_;
};

inline void LastQuotes::take(std::string_view symbol, const TopOfBook& top) {
    const auto key = Symbol::from(symbol);
    if (!key || key->empty()) return;
    if (tops_.size() >= kMaxSymbols && tops_.find(*key) == tops_.end()) return;
    tops_.insert_or_assign(*key, top);
}

inline const TopOfBook* LastQuotes::fresh(const Symbol& symbol, Duration max_age,
                                          MonotonicTime now) const {
    const auto found = tops_.find(symbol);
    if (found == tops_.end() || now - found->second.received > max_age) return nullptr;
    return &found->second;
}

}  // namespace broker::core
