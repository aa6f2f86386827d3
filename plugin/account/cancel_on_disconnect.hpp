// The account's own cancel on disconnect: orders are not left alone at the venue while the session
// that they went by is gone.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <unordered_map>

#include "account/order_flow.hpp"
#include "core/clock.hpp"
#include "core/ids.hpp"

namespace broker::account {

struct CancelOnDisconnectRules {
    core::Duration after{0};                          // unless the session is back by then
    core::Duration repeat = std::chrono::seconds{5};  // of what could not be sent
    std::function<core::ClOrdID()> next_cl_ord_id;    // one that nobody else uses
};

// When the trading session is lost, waits, then cancels every live order by the channel that
// carries cancels; begins once that is up, and goes on until the session is back: orders whose
// cancel was refused or not sent get another one. What becomes of each cancel is told like that of
// the host's. Owned by the coordinator. [event-thread]
class CancelOnDisconnect {
public:
    // `tell` says what is being done.
    using Tell = std::function<void(const std::string& text)>;

    CancelOnDisconnect(std::optional<CancelOnDisconnectRules> rules, OrderFlow& orders, Tell tell);

    // A session that was up has been lost; it is back.
    void session_lost(core::MonotonicTime now);
    void session_back();
    // `is_possible`: the channel that carries cancels is up.
    void on_tick(core::MonotonicTime now, bool is_possible);

private:
    void cancel_all();
    // The order has a cancel that may yet take effect.
    [[nodiscard]] bool is_being_canceled(const core::Order& order) const;

    std::optional<CancelOnDisconnectRules> rules_;
    OrderFlow& orders_;
    Tell tell_;
    std::optional<core::MonotonicTime> due_;
    bool is_told_impossible_ = false;
    // Of live orders, by their first id; cleared with the next session.
    std::unordered_map<core::ClOrdID, core::ClOrdID> cancels_;
};

}  // namespace broker::account
