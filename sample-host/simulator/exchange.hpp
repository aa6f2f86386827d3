// The broker's side of the conversation: takes requests, keeps orders and accounts, answers.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "simulator/accounts.hpp"
#include "simulator/behaviour.hpp"
#include "simulator/fix_message.hpp"
#include "simulator/fix_reports.hpp"
#include "simulator/fix_requests.hpp"
#include "simulator/market.hpp"
#include "simulator/order_book.hpp"
#include "simulator/order_checks.hpp"
#include "simulator/simulator_options.hpp"

namespace broker::simulator {

// No I/O and no clock of its own. Day orders are not expired: there is no end of day.
// [event-thread]
class Exchange {
public:
    // Delivers a message to a session, which may be offline. It must not call back.
    using Send = std::function<void(const std::string& sender_comp_id, const FixMessage&)>;
    // Sees each ExecutionReport about an order as it is made, also those that are lost or delayed
    // on their way to the client. `is_venue_event` is false for refusals raised by the gate (checks
    // and rules) and for answers to status requests. It must not call back.
    using OnReport = std::function<void(const std::string& sender_comp_id, const Order&,
                                        const FixMessage& report, bool is_venue_event)>;

    // `id_prefix` keeps OrderIDs and ExecIDs apart from those of earlier runs.
    Exchange(const SimulatorOptions& options, std::string id_prefix, const core::Clock& clock,
             Send send);

    void set_on_report(OnReport on_report) { on_report_ = std::move(on_report); }

    // NewOrderSingle, OrderCancelRequest, OrderCancelReplaceRequest or OrderStatusRequest; others
    // are refused with a BusinessMessageReject.
    void receive(const std::string& sender_comp_id, const FixMessage& request);

    // Working orders meet the quotes as they are: once for each move of the market.
    void match_all();
    // Does what was put off until now or earlier and expires the orders whose time has come.
    void run_due();
    [[nodiscard]] std::optional<core::MonotonicTime> next_due() const;

    // False: no such working order, or less than `quantity` is open.
    [[nodiscard]] bool fill(std::string_view sender_comp_id, std::string_view cl_ord_id,
                            const core::Decimal& quantity, const core::Decimal& price);
    [[nodiscard]] bool cancel_unsolicited(std::string_view sender_comp_id,
                                          std::string_view cl_ord_id, const std::string& text);

    // While it is played by hand the exchange neither takes nor answers requests.
    void set_manual(bool is_manual) { is_manual_ = is_manual; }

    [[nodiscard]] Market& market() { return market_; }
    [[nodiscard]] Behaviour& behaviour() { return behaviour_; }
    [[nodiscard]] std::vector<Order> orders() const { return book_.all(); }
    [[nodiscard]] const AccountBook* account(std::string_view sender_comp_id) const;

private:
    struct Account {
        std::string name;
        AccountBook book;
    };
    // The request being handled: what its rules do to the answers.
    struct Handling {
        core::Duration delay{};
        bool loses_next = false;
    };

    void place(const std::string& session, const OrderRequest& request, const FixMessage& fix);
    void cancel(const std::string& session, const OrderReference& request, const FixMessage& fix);
    void replace(const std::string& session, const OrderRequest& request, const FixMessage& fix);
    void tell_status(const std::string& session, const OrderReference& request,
                     const FixMessage& fix);
    [[nodiscard]] Handling handling_of(const RuleSubject& subject);

    [[nodiscard]] std::optional<Refusal> check_new(const Order& order, const RuleSubject& subject);
    [[nodiscard]] std::optional<Refusal> begin_change(const std::string& session,
                                                      const Order* order,
                                                      const CancelRejectDetails& request,
                                                      const FixMessage& fix);
    void refuse_change(const std::string& session, Order* order, CancelRejectDetails details,
                       Refusal refusal);
    [[nodiscard]] Order* find(const std::string& session, const std::string& cl_ord_id,
                              const std::string& order_id);

    void obey_rules(Order& order, const RuleSubject& subject);
    void fill_in_parts(Order& order, const Rule& rule);
    void match_one(Order& order);
    void book(Order& order, const core::Decimal& quantity, const core::Decimal& price);
    void finish(Order& order, core::OrdStatus status, core::ExecType type, const std::string& text);

    void report(Order& order, ReportDetails details);
    void tell_observer(const Order& order, const FixMessage& report, bool is_venue_event) const;
    void answer(const std::string& session, Order* order, FixMessage message);
    [[nodiscard]] std::string next_id(char kind, std::uint64_t& counter) const;

    const core::Clock& clock_;
    Send send_;
    OnReport on_report_;
    std::string id_prefix_;
    bool sends_pending_;
    bool is_manual_;
    Market market_;
    Behaviour behaviour_;
    OrderBook book_;
    std::map<std::string, Account, std::less<>> accounts_;  // by SenderCompID
    std::multimap<core::MonotonicTime, std::function<void()>> later_;
    Handling handling_;
    std::uint64_t order_count_ = 0;
    std::uint64_t exec_count_ = 0;
};

}  // namespace broker::simulator
