// Checks of a request against the account's limits, before anything is recorded or sent.
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/order.hpp"
#include "core/result.hpp"

namespace broker::core {

struct PreTradeRules {
    std::uint32_t orders_per_s = 0;  // new orders and replaces; 0: unlimited; 10'000 at most
    std::optional<Decimal> max_order_qty = std::nullopt;  // absent: unlimited
    Duration order_ttl = std::chrono::seconds{5};         // from signal to writing
};

// OrderTooOld if the request's signal is more than `ttl` before `now`; to be asked before sending
// and once more as late as can be, since a thread may stand still in between.
[[nodiscard]] Result<void> check_age(std::string_view cl_ord_id, MonotonicTime signal, Duration ttl,
                                     MonotonicTime now);

// The rate is exact over every rolling second (not a token bucket, which lets twice the rate pass
// around a boundary). Cancels are never limited.
// [event-thread]
class PreTradeLimits {
public:
    explicit PreTradeLimits(PreTradeRules rules);

    // Errors: OrderTooOld, OrderQtyExceeded, OrderRateExceeded, in this order. Success counts
    // against the rate.
    [[nodiscard]] Result<void> check(const NewOrder& order, MonotonicTime now);
    [[nodiscard]] Result<void> check(const ReplaceOrder& request, MonotonicTime now);
    [[nodiscard]] Result<void> check(const CancelOrder& request,
                                     MonotonicTime now) const;  // age only

private:
    [[nodiscard]] Result<void> check_terms(const ClOrdID& id, MonotonicTime signal,
                                           const std::optional<Decimal>& qty, MonotonicTime now);

    PreTradeRules rules_;
    std::vector<MonotonicTime> recent_;  // ring of the last orders_per_s send times
    std::size_t oldest_ = 0;
    std::size_t count_ = 0;
};

}  // namespace broker::core
