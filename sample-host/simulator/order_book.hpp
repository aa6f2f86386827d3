// Orders, by the names that clients and the venue have for them.
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
#include "simulator/fix_message.hpp"
#include "simulator/fixed.hpp"

namespace broker::simulator {

// How a pegged order or a trailing stop follows the quote.
struct PegTerms {
    core::Decimal offset;   // PegOffsetValue (211)
    int offset_type = 0;    // PegOffsetType (836): 0 price, 1 basis points, 2 ticks
    bool is_fixed = false;  // PegMoveType (835): set once, then left alone
};

// What a client may change with an OrderCancelReplaceRequest.
struct OrderTerms {
    core::Decimal order_qty;
    std::optional<core::Decimal> price;
    std::optional<core::Decimal> stop_px;
    core::TimeInForce time_in_force = core::TimeInForce::Day;
    std::optional<core::UtcTime> expire_time;
    std::optional<core::Decimal> min_qty;
    std::optional<core::Decimal> max_floor;
    std::optional<core::Decimal> cash_order_qty;  // order_qty is made of it
    std::optional<PegTerms> peg;
    std::string exec_inst;  // ExecInst (18): codes with spaces between

    [[nodiscard]] bool has_exec_inst(char code) const {
        return exec_inst.find(code) != std::string::npos;
    }
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
    Wide notional = 0;  // of the fills, in units of 10^-16
    std::optional<core::Decimal> pegged_price;
    std::string position_code;     // where positions are named one by one
    std::string list_id;           // of the NewOrderList it came with
    int list_seq_no = 0;           // from 1
    std::vector<FixField> echoes;  // of the request, repeated in every report
    std::uint64_t report_count = 0;
    bool is_triggered = false;        // of stop orders
    bool is_held = false;             // the market leaves it alone
    bool is_suspended = false;        // by the desk
    bool is_waiting = false;          // for the entry order of its list
    bool is_silent = false;           // nothing of it is reported
    bool opens_position = false;      // one of its own
    bool is_attached = false;         // covers its whole position
    core::MonotonicTime reports_due;  // no report overtakes one that is put off until then

    [[nodiscard]] bool is_working() const;
    [[nodiscard]] core::Decimal leaves_qty() const;  // 0 unless working
    [[nodiscard]] core::Decimal open_qty() const;    // OrderQty - CumQty
    [[nodiscard]] core::Decimal avg_px() const;      // rounded to 8 places
};

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
    // The order has another OrderID, and is found by the old one too.
    void renumber(Order& order, const std::string& order_id);
    // An order at rest works again.
    void reopen(Order& order);

    // Each ClOrdID may be used once in a session, also by a request that is refused. False: used.
    [[nodiscard]] bool claim(std::string_view sender_comp_id, std::string_view cl_ord_id);
    [[nodiscard]] bool is_claimed(std::string_view sender_comp_id,
                                  std::string_view cl_ord_id) const;

    [[nodiscard]] const std::vector<Order*>& working() const { return working_; }
    // Takes orders that came to rest out of working().
    void sweep();
    [[nodiscard]] std::vector<Order> all() const;

private:
    using Key = std::pair<std::string, std::string>;    // SenderCompID, ClOrdID
    std::map<std::string, Order, std::less<>> orders_;  // stable addresses; OrderIDs sort by time
    std::map<std::string, Order*, std::less<>> renumbered_;
    std::map<Key, Order*> by_cl_ord_id_;
    std::set<Key> claimed_;
    std::vector<Order*> working_;
};

[[nodiscard]] inline bool is_buy(const Order& order) { return order.side == core::Side::Buy; }

// New, PartiallyFilled or Filled, by the fills alone.
[[nodiscard]] core::OrdStatus status_by_fills(const Order& order);

// Books a fill. The quantity is at most open_qty().
void book_fill(Order& order, const core::Decimal& quantity, const core::Decimal& price);
// Takes one back that was booked.
void unbook_fill(Order& order, const core::Decimal& quantity, const core::Decimal& price);

}  // namespace broker::simulator
