#include "core/pre_trade_limits.hpp"

#include <algorithm>
#include <string>

namespace broker::core {
namespace {

constexpr std::uint32_t kMaxOrdersPerSecond = 10'000;
constexpr Duration kRateWindow = std::chrono::seconds{1};

std::string milliseconds(Duration duration) {
    const auto value = std::chrono::duration_cast<std::chrono::milliseconds>(duration);
    return std::to_string(value.count()) + " ms";
}

}  // namespace

Result<void> check_age(std::string_view cl_ord_id, MonotonicTime signal, Duration ttl,
                       MonotonicTime now) {
    const Duration age = now - signal;
    if (age <= ttl) return {};
    return fail(Reason::OrderTooOld, "ClOrdID=" + std::string{cl_ord_id} + " is " +
                                         milliseconds(age) + " old, order_ttl is " +
                                         milliseconds(ttl));
}

PreTradeLimits::PreTradeLimits(PreTradeRules rules)
    : rules_{rules}, recent_(std::min(rules.orders_per_s, kMaxOrdersPerSecond)) {}

Result<void> PreTradeLimits::check(const NewOrder& order, MonotonicTime now) {
    return check_terms(order.cl_ord_id, order.stages.signal, order.order_qty, now);
}

Result<void> PreTradeLimits::check(const ReplaceOrder& request, MonotonicTime now) {
    return check_terms(request.cl_ord_id, request.stages.signal, request.order_qty, now);
}

Result<void> PreTradeLimits::check(const CancelOrder& request, MonotonicTime now) const {
    return check_age(request.cl_ord_id.view(), request.stages.signal, rules_.order_ttl, now);
}

Result<void> PreTradeLimits::check_terms(const ClOrdID& id, MonotonicTime signal,
                                         const std::optional<Decimal>& qty, MonotonicTime now) {
    if (auto young = check_age(id.view(), signal, rules_.order_ttl, now); !young) return young;
    if (qty && rules_.max_order_qty && *qty > *rules_.max_order_qty) {
        return fail(Reason::OrderQtyExceeded,
                    "ClOrdID=" + std::string{id.view()} + " OrderQty=" + qty->to_string() +
                        ", max_order_qty is " + rules_.max_order_qty->to_string());
    }
    if (recent_.empty()) return {};  // no rate limit
    MonotonicTime& oldest = recent_[oldest_];
    if (count_ == recent_.size() && now - oldest < kRateWindow) {
        return fail(Reason::OrderRateExceeded, "ClOrdID=" + std::string{id.view()} +
                                                   ", orders_per_s is " +
                                                   std::to_string(recent_.size()));
    }
    oldest = now;
    oldest_ = (oldest_ + 1) % recent_.size();
    count_ = std::min(count_ + 1, recent_.size());
    return {};
}

}  // namespace broker::core
