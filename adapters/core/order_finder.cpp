#include "core/order_finder.hpp"

#include <algorithm>

#include "core/change_rules.hpp"
#include "core/order_state.hpp"
#include "core/report_rules.hpp"

namespace broker::core {
namespace {

// Two records of one order, the later of which only side channels have told of: made before the
// trading one named the OrderID. Why the serials: venues that count OrderIDs anew each day give
// old ones to other orders.
bool may_be_copy_of(const OrderRecord& order, const OrderRecord& copy) {
    return copy.is_copy_only() && copy.serial > order.serial;
}

bool is_same_instrument(const Order& order, std::string_view symbol, Side side) {
    return (symbol.empty() || order.symbol.empty() || symbol == order.symbol.view()) &&
           (side == Side::Unspecified || side == order.side);
}

OrderRecord* order_of(const IdRecord* id) { return id == nullptr ? nullptr : id->order; }

}  // namespace

void OrderFinder::begin() {
    is_merged_ = false;
    filled_before_ = {};
}

OrderRecord* OrderFinder::find(const ExecutionReport& report) {
    OrderRecord* by_id = order_of(index_.find_id(report.cl_ord_id));
    if (by_id == nullptr) by_id = order_of(index_.find_id(report.orig_cl_ord_id));
    OrderRecord* by_order_id = index_.find_by_order_id(report.order_id);
    const auto is_same = [&](const OrderRecord* record) {
        return record != nullptr && is_same_instrument(record->order, report.symbol, report.side);
    };
    if (report.channel != Channel::FixDropCopy) {
        if (by_order_id == nullptr) by_order_id = index_.find_by_orig_order_id(report.order_id);
        return one_of(by_id, is_same(by_order_id) ? by_order_id : nullptr);
    }
    // ClOrdIDs of a drop copy may be another session's.
    OrderRecord* record =
        one_of(is_same(by_order_id) ? by_order_id : nullptr, is_same(by_id) ? by_id : nullptr);
    // Looked up last: merging forgets a record.
    OrderRecord* by_orig = index_.find_by_orig_order_id(report.orig_order_id);
    if (by_orig == nullptr) by_orig = index_.find_by_order_id(report.orig_order_id);
    return one_of(record, is_same(by_orig) ? by_orig : nullptr);
}

// Of two records that a report names, the one that it is about: the first, unless they are one.
OrderRecord* OrderFinder::one_of(OrderRecord* first, OrderRecord* second) {
    if (first == nullptr || second == nullptr) return first != nullptr ? first : second;
    if (first == second) return first;
    if (may_be_copy_of(*first, *second)) {
        merge(*first, *second);
    } else if (may_be_copy_of(*second, *first)) {
        merge(*second, *first);
        return second;
    }
    return first;
}

void OrderFinder::merge(OrderRecord& into, OrderRecord& from) {
    if (!is_same_instrument(into.order, from.order.symbol.view(), from.order.side)) return;
    if (!is_merged_) filled_before_ = into.order.filled_qty;
    filled_before_ = filled_before_.plus(from.order.filled_qty).value_or(filled_before_);
    fills_.merge(into, from);
    into.channels |= from.channels;
    into.mentioned_at = std::max(into.mentioned_at, from.mentioned_at);
    into.order.status = next_status(into.order.status, from.order.status, ExecType::Unspecified);
    if (!into.order.avg_px) into.order.avg_px = from.order.avg_px;
    into.order.leaves_qty = leaves_of(into.order);
    index_.absorb(into, from);
    is_merged_ = true;
}

OrderRecord* OrderFinder::find(const OrderCancelReject& reject) const {
    if (const IdRecord* id = index_.find_id(reject.cl_ord_id)) return id->order;
    if (const IdRecord* id = index_.find_id(reject.orig_cl_ord_id)) return id->order;
    return index_.find_by_order_id(reject.order_id);
}

// The ids by which drop copies name the order, but for ClOrdIDs.
void OrderFinder::learn_copied_ids(OrderRecord& record, const ExecutionReport& report) {
    if (report.order_id != "NONE") index_.add_order_id(record, report.order_id, false);
    index_.add_orig_order_id(record, report.orig_order_id);
}

void OrderFinder::learn_ids(OrderRecord& record, const ExecutionReport& report) {
    Order& order = record.order;
    if (order.cl_ord_id.empty()) {  // known by its OrderID alone so far
        order.cl_ord_id = id_in_force(report, ClOrdID::from(report.cl_ord_id).value_or(ClOrdID{}),
                                      ClOrdID::from(report.orig_cl_ord_id).value_or(ClOrdID{}));
        order.first_cl_ord_id = order.cl_ord_id;
    }
    index_.add_foreign_id(record, order.cl_ord_id.view());
    index_.add_foreign_id(record, report.orig_cl_ord_id);
    index_.add_foreign_id(record, report.cl_ord_id);
    index_.add_to_list(record, report.list_id);
    if (report.channel == Channel::FixDropCopy) {
        if (!says_rejected(report)) learn_copied_ids(record, report);
        return;
    }
    // A refused order has no place at the venue; "NONE" is FIX's word for that.
    if (says_rejected(report) || report.order_id == "NONE") return;
    const OrderID named_by_fix = order.order_id;
    index_.add_order_id(record, report.order_id);
    // Why: what FIX calls the order is what requests over FIX are to name.
    if (is_witness(record, report.channel)) order.order_id = named_by_fix;
}

}  // namespace broker::core
