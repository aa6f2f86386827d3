#include "core/order_intake.hpp"

#include <algorithm>
#include <array>
#include <charconv>
#include <string>

#include "core/order_requests.hpp"
#include "core/order_state.hpp"

namespace broker::core {
namespace {

// An order that nothing more can be asked of.
bool is_done(const OrderRecord* record) { return is_final(record->order.status); }

Error list_refusal(Reason reason, const ListID& list, std::string_view why) {
    return fail(reason, std::string{"ListID="}.append(list.view()).append(": ").append(why));
}

// The id of the cancel of a list's order, numbered from 1.
ClOrdID cancel_id(const CancelOrderList& request, std::size_t number) {
    std::array<char, ClOrdID::kCapacity> text{};
    const std::string_view prefix = request.cl_ord_id_prefix.view();
    char* at = std::copy(prefix.begin(), prefix.end(), text.data());
    at = std::to_chars(at, text.data() + text.size(), number).ptr;
    return *ClOrdID::from({text.data(), static_cast<std::size_t>(at - text.data())});
}

}  // namespace

OrderIntake::OrderIntake(OrderLedgerLimits limits, OrderIndex& index)
    : limits_{limits}, index_{index}, cancels_{index.memory()} {}

Result<const Order*> OrderIntake::add(const NewOrder& order, MonotonicTime deadline) {
    if (const auto unused = check_unused(order.cl_ord_id); !unused) return unused.error();
    if (const auto room = check_room(order.cl_ord_id, 1); !room) return room.error();
    return &record(order, deadline, {}).order;
}

Result<const Order*> OrderIntake::add(const ReplaceOrder& request, MonotonicTime deadline) {
    const auto found = order_to_change(request.cl_ord_id, request.orig_cl_ord_id);
    if (!found) return found.error();
    OrderRecord& record = **found;
    const IdRecord* made = index_.find_id(record.order.first_cl_ord_id.view());
    if (made != nullptr && made->is_ours && made->request.certainty == Certainty::Unknown) {
        return refusal(Reason::RequestPending, request.cl_ord_id, "the order itself is in doubt");
    }
    const auto kept = request_of(request, record.order, deadline);
    if (!kept) return kept.error();
    index_.add_request(record, *kept);
    return &record.order;
}

Result<const Order*> OrderIntake::add(const CancelOrder& request, MonotonicTime deadline) {
    const auto found = order_to_change(request.cl_ord_id, request.orig_cl_ord_id);
    if (!found) return found.error();
    OrderRecord& record = **found;
    index_.add_request(record, request_of(request, record.order, deadline));
    return &record.order;
}

Result<void> OrderIntake::add(const NewOrderList& list, MonotonicTime deadline) {
    if (const auto checked = check(list); !checked) return checked;
    for (const NewOrder& order : list.members()) record(order, deadline, list.list_id);
    return {};
}

Result<std::span<const Settled>> OrderIntake::add(const CancelOrderList& request,
                                                  MonotonicTime deadline) {
    const OrderIndex::Orders* orders = index_.find_list(request.list_id.view());
    if (orders == nullptr) {
        return list_refusal(Reason::OrderUnknown, request.list_id, "no such list");
    }
    if (const auto checked = check(request, *orders); !checked) return checked.error();
    cancels_.clear();
    for (std::size_t i = 0; i < orders->size(); ++i) {
        OrderRecord& record = *(*orders)[i];
        if (is_done(&record)) continue;
        CancelOrder cancel;
        cancel.cl_ord_id = cancel_id(request, i + 1);
        cancel.stages = request.stages;
        Request kept = request_of(cancel, record.order, deadline);
        kept.is_in_list_message = true;
        const IdRecord& id = index_.add_request(record, kept);
        cancels_.push_back({&record.order, &id.request});
    }
    return std::span<const Settled>{cancels_};
}

OrderRecord& OrderIntake::record(const NewOrder& order, MonotonicTime deadline,
                                 const ListID& list) {
    OrderRecord& made = index_.add_order();
    made.order = order_of(order);
    index_.add_to_list(made, list.view());
    Request request = request_of(order, deadline);
    request.is_in_list_message = !list.empty();
    index_.add_request(made, request);
    return made;
}

Result<void> OrderIntake::check_room(const ClOrdID& id, std::size_t count) const {
    const std::size_t live = index_.live().size();
    if (live + count <= limits_.max_live_orders) return {};
    return refusal(Reason::OrderLimitExceeded, id, std::to_string(live) + " live orders");
}

Result<void> OrderIntake::check_unused(const ClOrdID& id) const {
    if (index_.find_id(id.view()) == nullptr) return {};
    return refusal(Reason::DuplicateClOrdID, id, "used before");
}

Result<void> OrderIntake::check(const NewOrderList& list) const {
    if (list.list_id.empty() || list.order_count == 0 ||
        list.order_count > NewOrderList::kMaxOrders) {
        return list_refusal(Reason::InvalidField, list.list_id, "no ListID or no orders");
    }
    if (index_.find_list(list.list_id.view()) != nullptr) {
        return list_refusal(Reason::DuplicateClOrdID, list.list_id, "used before");
    }
    for (const NewOrder& order : list.members()) {
        if (const auto unused = check_unused(order.cl_ord_id); !unused) return unused;
        const auto members = list.members();
        const auto uses = std::count_if(members.begin(), members.end(), [&](const NewOrder& other) {
            return other.cl_ord_id == order.cl_ord_id;
        });
        if (uses != 1) {
            return refusal(Reason::DuplicateClOrdID, order.cl_ord_id, "twice in its list");
        }
    }
    return check_room(list.orders[0].cl_ord_id, list.order_count);
}

Result<void> OrderIntake::check(const CancelOrderList& request,
                                const OrderIndex::Orders& orders) const {
    if (std::all_of(orders.begin(), orders.end(), is_done)) {
        return list_refusal(Reason::OrderFinal, request.list_id, "every order is done");
    }
    for (std::size_t i = 0; i < orders.size(); ++i) {
        if (is_done(orders[i])) continue;
        const ClOrdID id = cancel_id(request, i + 1);
        if (const auto unused = check_unused(id); !unused) return unused;
        if (!OrderIndex::has_room_for_request(*orders[i])) {
            return refusal(Reason::OrderLimitExceeded, id, "too many open requests for one order");
        }
    }
    return {};
}

Result<OrderRecord*> OrderIntake::order_to_change(const ClOrdID& id, const ClOrdID& orig_id) {
    if (const auto unused = check_unused(id); !unused) return unused.error();
    const IdRecord* orig = index_.find_id(orig_id.view());
    if (orig == nullptr) {
        return refusal(Reason::OrderUnknown, id,
                       std::string{"no order OrigClOrdID="}.append(orig_id.view()));
    }
    if (is_final(orig->order->order.status)) {
        return refusal(Reason::OrderFinal, id,
                       std::string{"order is done, OrigClOrdID="}.append(orig_id.view()));
    }
    if (!OrderIndex::has_room_for_request(*orig->order)) {
        return refusal(Reason::OrderLimitExceeded, id, "too many open requests for one order");
    }
    return orig->order;
}

}  // namespace broker::core
