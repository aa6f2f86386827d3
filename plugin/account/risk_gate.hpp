// What an account's rules say of an order before anything of it is recorded or sent.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "core/clock.hpp"
#include "core/last_quotes.hpp"
#include "core/loss_guard.hpp"
#include "core/margin_check.hpp"
#include "core/open_positions.hpp"
#include "core/order.hpp"
#include "core/order_ledger.hpp"
#include "core/price_collar.hpp"
#include "core/result.hpp"

namespace broker::account {

// Each check is there if it is configured.
struct RiskRules {
    std::optional<core::MarginRules> margin;
    std::optional<std::uint32_t> max_open_positions;
    std::optional<core::PriceCollarRules> collar;
    std::optional<core::LossGuardRules> guard;
};

// The checks in their order: kill switch, loss guard, open positions, price collar, margin. A check
// that lacks its data refuses. An order that closes (by its PositionEffect, its position code, or
// because it is not larger than what is left of the symbol's position against it) passes the guard
// and the limit of positions and needs no margin. Cancels are never asked about. No allocation
// unless an order is refused, once the books have grown to the account's load.
// Owned by the risk desk. [event-thread]
class RiskGate {
public:
    explicit RiskGate(RiskRules rules, const core::LossGuardState& remembered = {});

    // Errors: KillSwitchOn, those of LossGuard, PositionLimitExceeded (also if the positions are
    // not known), those of the price collar and of MarginCheck.
    [[nodiscard]] core::Result<void> check(const core::NewOrder& order,
                                           const core::OrderLedger& ledger, core::Instant now);
    // `order` is what the request changes; null: unknown, which the ledger refuses itself.
    [[nodiscard]] core::Result<void> check(const core::ReplaceOrder& request,
                                           const core::OrderLedger& ledger, core::Instant now);
    // The orders of a list count together. Of those that the first one triggers, the ones on the
    // other side close what it opens.
    [[nodiscard]] core::Result<void> check(const core::NewOrderList& list,
                                           const core::OrderLedger& ledger, core::Instant now);
    [[nodiscard]] core::Result<void> check(const core::CancelOrder&, const core::OrderLedger&,
                                           core::Instant) const {
        return {};
    }

    // The order with this id is the adapter's own, made to close a position: it passes.
    void exempt(const core::ClOrdID& id) { exempt_ = id; }
    [[nodiscard]] bool is_exempt(const core::ClOrdID& id) const {
        return !exempt_.empty() && id == exempt_;
    }

    void set_kill_switch(bool is_on) { is_killed_ = is_on; }
    [[nodiscard]] bool is_killed() const { return is_killed_; }

    // -- what the checks know
    [[nodiscard]] const RiskRules& rules() const { return rules_; }
    [[nodiscard]] core::OpenPositions& positions() { return positions_; }
    [[nodiscard]] const core::OpenPositions& positions() const { return positions_; }
    [[nodiscard]] core::LastQuotes& quotes() { return quotes_; }
    [[nodiscard]] core::MarginCheck* margin() { return margin_ ? &*margin_ : nullptr; }
    [[nodiscard]] core::LossGuard* guard() { return guard_ ? &*guard_ : nullptr; }
    // How many positions the venue says are open, for accounts that do not show them.
    void set_open_count(std::uint64_t count) { told_count_ = count; }
    // The margin of a fill is taken up until the venue counts it.
    void book(const core::Applied& applied, const std::optional<core::Decimal>& px,
              core::MonotonicTime now);

private:
    // What matters of an order, whether new or changed.
    struct Terms {
        core::ClOrdID cl_ord_id;
        core::Symbol symbol;
        core::Side side;
        core::OrdType ord_type;
        core::Decimal qty;  // to be filled
        std::optional<core::Decimal> price;
        std::optional<core::Decimal> stop_px;
        bool is_closing;
        bool is_replace;
    };
    // What the account's live orders may still do.
    struct Pending {
        std::optional<core::Error> unknown;  // of their margin
        core::Decimal margin;
        std::uint32_t new_positions = 0;
    };

    [[nodiscard]] static Terms terms_of(const core::NewOrder& order, bool is_closing);
    [[nodiscard]] core::Result<void> check(const Terms& terms, Pending& pending, core::Instant now);
    [[nodiscard]] core::Result<void> check_position_limit(const Terms& terms, Pending& pending);
    [[nodiscard]] core::Result<void> check_margin(const Terms& terms, Pending& pending,
                                                  core::Instant now);
    [[nodiscard]] core::Result<core::Decimal> margin_of(const Terms& terms,
                                                        core::MonotonicTime now) const;
    [[nodiscard]] Pending pending_of(const core::OrderLedger& ledger, const core::ClOrdID& without,
                                     core::MonotonicTime now);
    void add_pending(Pending& pending, const core::Order& order, core::MonotonicTime now);
    [[nodiscard]] bool opens_position(const Terms& terms);
    [[nodiscard]] bool is_reducing(const core::Symbol& symbol, core::Side side,
                                   const core::Decimal& qty) const;
    [[nodiscard]] bool is_closing(const core::NewOrder& order,
                                  const core::OrderLedger& ledger) const;
    [[nodiscard]] bool is_closing(const core::Order& order) const;
    [[nodiscard]] core::Result<void> check_kill_switch() const;
    // Whether any check asks if an order closes.
    [[nodiscard]] bool watches_exposure() const;

    RiskRules rules_;
    bool is_killed_ = false;
    core::ClOrdID exempt_;
    core::OpenPositions positions_;
    core::LastQuotes quotes_;
    std::optional<core::MarginCheck> margin_;
    std::optional<core::LossGuard> guard_;
    std::optional<std::uint64_t> told_count_;
    std::vector<core::Symbol> opening_;  // symbols that the live orders open; reused
};

}  // namespace broker::account
