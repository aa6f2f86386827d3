// Several cancels and replaces of one order under way at once: which of them may still come into
// force, and what a report is worth that others have overtaken. Pure functions over the records.
#pragma once

#include "core/order_index.hpp"

namespace broker::core {

// The request that made the order; null if it is not ours.
[[nodiscard]] IdRecord* new_request(const OrderRecord& record);

// A replace or cancel of ours that has gone out and whose outcome is still to come: not refused,
// and for a replace neither in force nor overtaken by a later one that is.
[[nodiscard]] bool is_outstanding(const OrderRecord& record, const IdRecord& id);

// A replace or cancel whose certainty is Unknown, of an order that works.
[[nodiscard]] bool is_change_in_doubt(const IdRecord& id);

// The venue seemed to have done nothing about it, see OrderLedger::without_effect.
[[nodiscard]] bool is_without_effect(const Request& request);

// The latest request that was not refused, new or replace: the last outstanding replace, else what
// is in force. Orders of arrival do not matter, only what is known of each request by now.
[[nodiscard]] ClOrdID last_cl_ord_id(const OrderRecord& record);

// The status that the report says is older than what the order has come to, although its quantities
// do not show it: it speaks of a change as pending whose outcome is known, of a replace that a
// later one has followed, or of an order filled that a replace has enlarged. `named` is the request
// or other id in its ClOrdID (11), null if unknown.
[[nodiscard]] bool has_overtaken_status(const OrderRecord& record, const IdRecord* named,
                                        const ExecutionReport& report);

// The report shows a filled order at work again: a replace in force has enlarged it, and CumQty has
// come no further than what was filled before or part of what there is by now.
[[nodiscard]] bool shows_reopened(const OrderRecord& record, const IdRecord* named,
                                  const ExecutionReport& report);

// Where the order's status speaks of a change as pending and none is outstanding, what it is
// without: New or PartiallyFilled.
[[nodiscard]] OrdStatus status_without_settled(const OrderRecord& record);

// The order goes by a FIX session, and the channel, REST or push, only watches it: it names the
// order by ids of its own, by its first ClOrdID, and may be behind.
[[nodiscard]] bool is_witness(const OrderRecord& record, Channel channel);

}  // namespace broker::core
