// Orders and the rules by which they meet quotes.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "core/execution_report.hpp"
#include "core/order.hpp"
#include "simulator/fixed.hpp"
#include "simulator/market.hpp"

namespace broker::simulator {

// What a client may change with an OrderCancelReplaceRequest.
struct OrderTerms {
    core::Decimal order_qty;
    std::optional<core::Decimal> price;
    std::optional<core::Decimal> stop_px;
    core::TimeInForce time_in_force = core::TimeInForce::Day;
    std::optional<core::UtcTime> expire_time;
};

struct Order {
    std::string order_id;
    std::string cl_ord_id;       // of the last request that was accepted
    std::string orig_cl_ord_id;  // the one before; empty if there was none
    std::string sender_comp_id;  // whose order it is
    std::string account;         // Account (1) as the client gave it; may be empty
    std::string symbol;
    core::Side side = core::Side::Unspecified;
    core::OrdType ord_type = core::OrdType::Unspecified;
    OrderTerms terms;
    core::OrdStatus ord_status = core::OrdStatus::New;
    core::Decimal cum_qty;
    Wide notional = 0;                // of the fills, in units of 10^-16
    bool is_triggered = false;        // of stop orders
    bool is_held = false;             // the market leaves it alone
    bool is_silent = false;           // nothing of it is reported
    core::MonotonicTime reports_due;  // no report overtakes one that is put off until then

    [[nodiscard]] bool is_working() const;
    [[nodiscard]] core::Decimal leaves_qty() const;  // 0 unless working
    [[nodiscard]] core::Decimal open_qty() const;    // OrderQty - CumQty
    [[nodiscard]] core::Decimal avg_px() const;      // rounded to 8 places
};

// A fill to be booked, or the cancellation of what an IOC or FOK order could not get.
struct MatchStep {
    enum class Kind { Fill, Cancel } kind = Kind::Fill;
    core::Decimal quantity;
    core::Decimal price;
};

// What the quote does to one working order. An order takes at most the quoted size from one quote;
// what is left of a market order waits for the next. Orders do not take size from each other.
[[nodiscard]] std::vector<MatchStep> match(Order& order, const Quote& quote);

// Every order of the simulator's lifetime, in order of arrival. [event-thread]
class OrderBook {
public:
    static constexpr std::size_t kMaxOrders = 200'000;

    // Null if the book is full.
    Order* add(Order order);
    // By a ClOrdID that ever stood for it in this session, refused requests excepted.
    [[nodiscard]] Order* find(std::string_view sender_comp_id, std::string_view cl_ord_id);
    [[nodiscard]] Order* find_by_order_id(std::string_view order_id);
    // The request's ClOrdID now stands for the order.
    void rename(Order& order, const std::string& cl_ord_id);

    // Each ClOrdID may be used once in a session, also by a request that is refused. False: used.
    [[nodiscard]] bool claim(std::string_view sender_comp_id, std::string_view cl_ord_id);

    [[nodiscard]] const std::vector<Order*>& working() const { return working_; }
    // Takes orders that came to rest out of working().
    void sweep();
    [[nodiscard]] std::vector<Order> all() const;

private:
    using Key = std::pair<std::string, std::string>;    // SenderCompID, ClOrdID
    std::map<std::string, Order, std::less<>> orders_;  // stable addresses; OrderIDs sort by time
    std::map<Key, Order*> by_cl_ord_id_;
    std::set<Key> claimed_;
    std::vector<Order*> working_;
};

// Books a fill. The quantity is at most open_qty().
void book_fill(Order& order, const core::Decimal& quantity, const core::Decimal& price);

}  // namespace broker::simulator
