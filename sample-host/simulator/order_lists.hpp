// Lists of orders that depend on each other: NewOrderList, ListCancelRequest, ListStatusRequest.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "simulator/list_requests.hpp"
#include "simulator/order_entry.hpp"
#include "simulator/venue.hpp"

namespace broker::simulator {

// A list is taken as a whole or refused as a whole. The orders behind an entry order wait until it
// is filled, or has come to rest with a part filled: then for no more than this part. An OrderQty
// of 0 means as much as the entry order got. If it got nothing they are canceled. Owned by
// Exchange. [event-thread]
class OrderLists {
public:
    OrderLists(Venue& venue, OrderEntry& entry) : venue_{venue}, entry_{entry} {}

    void place(const std::string& session, const FixMessage& fix);
    void cancel(const std::string& session, const FixMessage& fix);
    void tell_status(const std::string& session, const FixMessage& fix);

    // An order, perhaps of a list, has traded (`has_traded`) or come to rest.
    void progress(Order& order, bool has_traded);

private:
    struct List {
        Contingency contingency;
        std::vector<Order*> orders;
        bool is_triggered = false;
    };
    using Key = std::pair<std::string, std::string>;  // SenderCompID, ListID

    [[nodiscard]] std::vector<Order> drafts_of(const std::string& session,
                                               const ListRequest& request) const;
    void refuse(const std::string& session, const ListRequest& request, std::vector<Order> drafts,
                const std::vector<Refusal>& refusals);
    void accept(const std::string& session, const ListRequest& request, std::vector<Order> drafts);
    void answer_with_status(const std::string& session, const std::string& list_id,
                            int list_status_type, int list_order_status);
    void trigger(List& list);
    void cancel_others(const List& list, const Order& order, const std::string& text);

    Venue& venue_;
    OrderEntry& entry_;
    std::map<Key, List> lists_;
};

}  // namespace broker::simulator
