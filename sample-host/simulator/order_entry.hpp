// Single orders: NewOrderSingle, OrderCancelRequest, OrderCancelReplaceRequest, OrderStatusRequest.
#pragma once

#include <optional>
#include <string>

#include "simulator/desk.hpp"
#include "simulator/fix_message.hpp"
#include "simulator/fix_requests.hpp"
#include "simulator/order_checks.hpp"
#include "simulator/venue.hpp"

namespace broker::simulator {

// Owned by Exchange. [event-thread]
class OrderEntry {
public:
    OrderEntry(Venue& venue, Desk& desk) : venue_{venue}, desk_{desk} {}

    void place(const std::string& session, const OrderRequest& request, const FixMessage& fix);
    void cancel(const std::string& session, const OrderReference& request, const FixMessage& fix);
    void replace(const std::string& session, const OrderRequest& request, const FixMessage& fix);
    void tell_status(const std::string& session, const OrderReference& request,
                     const FixMessage& fix);

    // The steps of place(), for orders that come in lists.
    [[nodiscard]] Order draft_of(const std::string& session, const OrderRequest& request,
                                 const FixMessage& fix) const;
    // Claims the ClOrdID, sizes the order if it is one for cash, and says why it is refused.
    [[nodiscard]] std::optional<Refusal> check_new(Order& draft, const FixMessage& fix);
    // Null if the venue is full. Gives the order its OrderID.
    [[nodiscard]] Order* add(Order draft);
    void report_refusal(Order& order, const Refusal& refusal);
    void obey_rules(Order& order, const FixMessage& fix);

private:
    // What a change request asks for, in the words of its refusal.
    struct Change {
        std::string session;
        Order* order;
        CancelRejectDetails details;
        OrderReference request;
    };

    [[nodiscard]] std::optional<Refusal> check_position(const Order& draft) const;
    [[nodiscard]] std::optional<Refusal> begin_change(const Change& change, const FixMessage& fix);
    [[nodiscard]] std::optional<Refusal> check_replacement(const Order& order,
                                                           const OrderRequest& request);
    void refuse_change(Change change, Refusal refusal);
    void report_pending(Order& order, const Change& change);
    void fill_in_parts(Order& order, const Rule& rule);

    Venue& venue_;
    Desk& desk_;
};

}  // namespace broker::simulator
