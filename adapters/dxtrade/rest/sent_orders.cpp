#include "dxtrade/rest/sent_orders.hpp"

#include <algorithm>
#include <utility>

namespace broker::dxtrade::rest {

PendingChange* SentOrder::find_change(std::string_view cl_ord_id) {
    const auto found = std::find_if(
        changes.begin(), changes.end(),
        [&](const PendingChange& change) { return change.cl_ord_id.view() == cl_ord_id; });
    return found == changes.end() ? nullptr : &*found;
}

void SentOrder::end_change(std::string_view cl_ord_id) {
    std::erase_if(
        changes, [&](const PendingChange& change) { return change.cl_ord_id.view() == cl_ord_id; });
}

SentOrder& SentOrders::put(const core::Order& order, core::Contingency contingency) {
    std::string id{order.first_cl_ord_id.view()};
    if (const auto known = by_id_.find(id); known != by_id_.end()) {
        SentOrder& kept = *known->second;
        kept.order = order;
        return kept;
    }
    make_room();
    SentOrder& made = orders_.emplace_back();
    made.order = order;
    made.contingency = contingency;
    const bool has_list = contingency != core::Contingency::Unspecified;
    if (has_list) lists_[std::string{order.list_id.view()}].push_back(id);
    by_id_.emplace(std::move(id), std::prev(orders_.end()));
    return made;
}

void SentOrders::add_change(SentOrder& order, PendingChange change) {
    if (order.changes.size() >= kMaxChanges) order.changes.erase(order.changes.begin());
    order.changes.push_back(std::move(change));
}

SentOrder* SentOrders::find(std::string_view first_cl_ord_id) {
    const auto found = by_id_.find(std::string{first_cl_ord_id});
    return found == by_id_.end() ? nullptr : &*found->second;
}

std::vector<const core::Order*> SentOrders::members(const core::ListID& list) {
    std::vector<const core::Order*> found;
    const auto ids = lists_.find(std::string{list.view()});
    if (list.empty() || ids == lists_.end()) return found;
    for (const std::string& id : ids->second) {
        const SentOrder* order = find(id);
        if (order != nullptr && !order->is_final) found.push_back(&order->order);
    }
    return found;
}

std::size_t SentOrders::place_in_list(const core::Order& order) const {
    const auto ids = lists_.find(std::string{order.list_id.view()});
    if (ids == lists_.end()) return 0;
    const auto at = std::find(ids->second.begin(), ids->second.end(), order.first_cl_ord_id.view());
    return at == ids->second.end() ? 0 : static_cast<std::size_t>(at - ids->second.begin()) + 1;
}

void SentOrders::make_room() {
    if (orders_.size() < max_orders_) return;
    // Why the bound: a long run of open orders at the front must not cost a walk each time.
    constexpr std::ptrdiff_t kLookedAt = 32;
    auto forgotten = orders_.begin();
    const auto last =
        std::next(orders_.begin(), std::min<std::ptrdiff_t>(kLookedAt, std::ssize(orders_)));
    const auto ended =
        std::find_if(orders_.begin(), last, [](const SentOrder& order) { return order.is_final; });
    if (ended != last) forgotten = ended;
    const core::Order& order = forgotten->order;
    by_id_.erase(std::string{order.first_cl_ord_id.view()});
    // Why not its id alone: places in a list must not change while any of it is known.
    if (const auto ids = lists_.find(std::string{order.list_id.view()}); ids != lists_.end()) {
        const bool is_known =
            std::any_of(ids->second.begin(), ids->second.end(),
                        [this](const std::string& id) { return by_id_.find(id) != by_id_.end(); });
        if (!is_known) lists_.erase(ids);
    }
    orders_.erase(forgotten);
}

}  // namespace broker::dxtrade::rest
