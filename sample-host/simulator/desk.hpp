// What the broker's desk does to orders, trades and the market, without being asked by the client.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "core/decimal.hpp"
#include "simulator/venue.hpp"

namespace broker::simulator {

// One trade, by the ExecID of its report. Where ExecIDs are unique within their order only, the
// OrderID is needed too.
struct TradeReference {
    std::string exec_id{};
    std::string order_id{};
};

// What changes; empty: nothing.
struct Amendment {
    std::optional<core::Decimal> order_qty{};
    std::optional<core::Decimal> price{};
    std::optional<core::Decimal> stop_px{};
    std::string text{};
    std::optional<core::TimeInForce> time_in_force{};
    std::optional<core::UtcTime> expire_time{};
};

// Orders are named by session and any of their ClOrdIDs. False: there is no such order, it is not
// in a state for this, or a value is out of bounds; then nothing happens. Owned by Exchange.
// [event-thread]
class Desk {
public:
    explicit Desk(Venue& venue) : venue_{venue} {}

    // At most what is open.
    [[nodiscard]] bool fill(std::string_view session, std::string_view cl_ord_id,
                            const core::Decimal& quantity, const core::Decimal& price);
    [[nodiscard]] bool cancel(std::string_view session, std::string_view cl_ord_id,
                              const std::string& text);
    [[nodiscard]] bool expire(std::string_view session, std::string_view cl_ord_id,
                              const std::string& text);
    [[nodiscard]] bool finish_for_day(std::string_view session, std::string_view cl_ord_id);
    // 150=5 under the last ClOrdID, without OrigClOrdID.
    [[nodiscard]] bool replace(std::string_view session, std::string_view cl_ord_id,
                               const Amendment& amendment);
    // 150=D with ExecRestatementReason (378).
    [[nodiscard]] bool restate(std::string_view session, std::string_view cl_ord_id, int reason,
                               const Amendment& amendment);
    // A suspended order (150=9) meets no quote; resumed it is restated (150=D) and does again.
    [[nodiscard]] bool suspend(std::string_view session, std::string_view cl_ord_id);
    [[nodiscard]] bool resume(std::string_view session, std::string_view cl_ord_id);
    // 150=7: the venue guarantees the price; the order works on.
    [[nodiscard]] bool stop(std::string_view session, std::string_view cl_ord_id,
                            const core::Decimal& quantity, const core::Decimal& price);
    // 150=B: of an order that is filled or done for the day.
    [[nodiscard]] bool calculate(std::string_view session, std::string_view cl_ord_id);

    // 150=G and 150=H, also of orders at rest; positions and cash become those without the error.
    [[nodiscard]] bool correct_trade(std::string_view session, const TradeReference& trade,
                                     const core::Decimal& quantity, const core::Decimal& price);
    [[nodiscard]] bool cancel_trade(std::string_view session, const TradeReference& trade);

    // Empty symbol: all of them. While the market is closed orders rest, GoodTillCrossing excepted.
    // At the close and at the opening, orders for them trade at the quote and end.
    void close_market(std::string_view symbol = {});
    void open_market(std::string_view symbol = {});
    // Whatever is neither GoodTillCancel nor GoodTillDate ends.
    void end_of_day();

    // Rules of actions that concern a new order or a trade.
    void obey_order_rules(Order& order, const RuleSubject& subject);
    void obey_trade_rules(Order& order, const Trade& trade);

private:
    [[nodiscard]] Order* working(std::string_view session, std::string_view cl_ord_id);
    [[nodiscard]] bool amend(Order& order, const Amendment& amendment) const;
    [[nodiscard]] Trade* find_trade(std::string_view session, const TradeReference& reference);
    [[nodiscard]] bool settle(Trade& trade, const core::Decimal& quantity,
                              const core::Decimal& price, core::ExecType type);
    void rebuild_account(const std::string& session);
    void act_by_rule(Order& order, const Rule& rule);
    void tell_trading_session(const std::string& symbol);
    void set_open(std::string_view symbol, bool is_open);

    Venue& venue_;
};

}  // namespace broker::simulator
