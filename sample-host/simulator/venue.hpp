// What the parts of the exchange share: orders, accounts, quotes and trades, and the way in which
// reports reach a client.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "core/clock.hpp"
#include "simulator/accounts.hpp"
#include "simulator/behaviour.hpp"
#include "simulator/fix_message.hpp"
#include "simulator/fix_reports.hpp"
#include "simulator/market.hpp"
#include "simulator/order_book.hpp"
#include "simulator/order_matching.hpp"
#include "simulator/simulator_options.hpp"

namespace broker::simulator {

struct VenueAccount {
    std::string name;          // Account (1)
    core::Decimal start_cash;  // with what was paid in and out since
    AccountBook book;
};

struct Trade {
    std::string sender_comp_id;
    std::string exec_id;
    Order* order = nullptr;
    core::Decimal quantity;
    core::Decimal price;
    core::UtcTime time;
    bool is_canceled = false;
};

// No I/O and no clock of its own. Owned by Exchange. [event-thread]
class Venue {
public:
    // Delivers a message to a session, which may be offline. It must not call back.
    using Send = std::function<void(const std::string& sender_comp_id, const FixMessage&)>;
    // Sees each ExecutionReport about an order as it is made, also those that are lost or delayed
    // on their way to the client. `is_venue_event` is false for refusals raised by the gate (checks
    // and rules) and for answers to status requests. It must not call back.
    using OnReport = std::function<void(const std::string& sender_comp_id, const Order&,
                                        const FixMessage& report, bool is_venue_event)>;
    // Called after an order has traded (`trade`) or has come to rest (null).
    using OnProgress = std::function<void(Order&, const Trade* trade)>;

    Venue(const SimulatorOptions& options, std::string id_prefix, const core::Clock& clock,
          Send send);

    void set_on_report(OnReport on_report) { on_report_ = std::move(on_report); }
    void set_on_progress(OnProgress on_progress) { on_progress_ = std::move(on_progress); }

    [[nodiscard]] const TradingOptions& options() const { return options_; }
    [[nodiscard]] bool sends_pending() const { return sends_pending_; }
    [[nodiscard]] core::UtcTime utc() const { return clock_.utc(); }
    [[nodiscard]] Market& market() { return market_; }
    [[nodiscard]] Behaviour& behaviour() { return behaviour_; }
    [[nodiscard]] OrderBook& book() { return book_; }
    [[nodiscard]] std::vector<Trade>& trades() { return trades_; }
    [[nodiscard]] std::map<std::string, VenueAccount, std::less<>>& accounts() { return accounts_; }
    [[nodiscard]] VenueAccount* account(std::string_view sender_comp_id);
    // By one of its ClOrdIDs, else by its OrderID; null unless it is of that session.
    [[nodiscard]] Order* find(const std::string& sender_comp_id, const std::string& cl_ord_id,
                              const std::string& order_id);

    // The rules about a request, which decide how its answers travel until it is done.
    void begin_request(const RuleSubject& subject, bool may_lose_answers);
    void end_request();

    // Reports a change of the order under an ExecID of its own, which it returns.
    std::string report(Order& order, ReportDetails details);
    // 150=I; `details` may name request and position in a row of answers.
    void report_status(Order& order, ReportDetails details);
    // `order` null: about none in particular.
    void answer(const std::string& sender_comp_id, Order* order, FixMessage message);
    [[nodiscard]] std::string next_order_id() { return next_id('O', order_count_); }
    [[nodiscard]] std::string next_exec_id(Order* order);
    // For reports of other kinds.
    [[nodiscard]] std::string next_report_id() { return next_id('R', report_count_); }

    void book_trade(Order& order, const core::Decimal& quantity, const core::Decimal& price);
    void finish(Order& order, core::OrdStatus status, ReportDetails details);
    // As the options say how the end of a partially filled order is reported.
    void cancel(Order& order, ReportDetails details);

    // A working order meets the quote as it is.
    void match(Order& order);
    void match_all();
    // Orders for the opening or the close trade, and end with what they do not get.
    void run_auction(Order& order);
    [[nodiscard]] bool is_open(const std::string& symbol) const {
        return !closed_.contains(symbol);
    }
    void set_open(const std::string& symbol, bool is_open);

    void run_later(core::Duration delay, std::function<void()> work);
    // Does what was put off until now or earlier and expires the orders whose time has come.
    void run_due();
    [[nodiscard]] std::optional<core::MonotonicTime> next_due() const;

private:
    // The request being handled: what its rules do to the answers.
    struct Handling {
        core::Duration delay{};
        bool loses_next = false;
    };

    void tell_observer(const Order& order, const FixMessage& report, bool is_venue_event) const;
    void take_steps(Order& order, const std::vector<MatchStep>& steps, core::OrdStatus status,
                    const std::string& text);
    [[nodiscard]] std::string next_id(char kind, std::uint64_t& counter) const;

    const core::Clock& clock_;
    Send send_;
    OnReport on_report_;
    OnProgress on_progress_;
    std::string id_prefix_;
    TradingOptions options_;
    bool sends_pending_;
    Market market_;
    Behaviour behaviour_;
    OrderBook book_;
    std::vector<Trade> trades_;
    std::map<std::string, VenueAccount, std::less<>> accounts_;  // by SenderCompID
    std::set<std::string, std::less<>> closed_;                  // symbols
    std::multimap<core::MonotonicTime, std::function<void()>> later_;
    Handling handling_;
    std::uint64_t order_count_ = 0;
    std::uint64_t exec_count_ = 0;
    std::uint64_t report_count_ = 0;
};

}  // namespace broker::simulator
