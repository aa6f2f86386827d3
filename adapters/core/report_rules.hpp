// What a report says about an order, as pure functions: the vocabulary of OrderEvidence.
#pragma once

#include "core/order_ledger.hpp"

namespace broker::core {

[[nodiscard]] bool is_trade_change(ExecType exec_type);  // TradeCorrect or TradeCancel
[[nodiscard]] bool says_rejected(const ExecutionReport& report);

// The report shows the order as it is under its ClOrdID. While a replace is pending, reports may
// name it although the old terms are in force (FIX 4.4 appendix D); Replaced itself always counts,
// since another replace may be pending behind it.
[[nodiscard]] bool shows_terms_in_force(const ExecutionReport& report);

// Older than what the order has come to: it must neither bring back old terms nor reopen the order.
[[nodiscard]] bool is_late(const Order& order, const ExecutionReport& report);

// The report shows every change that the replace asked for, of which there is one at least.
[[nodiscard]] bool shows_effect_of(const Request& replace, const Order& order,
                                   const ExecutionReport& report);

// Nothing works at the venue any more. An order done for the day may go on tomorrow.
[[nodiscard]] bool has_ended(const Order& order);

// False for an order by cash amount whose quantity the venue has not told.
[[nodiscard]] bool has_known_qty(const Order& order);

// Of an order without a known quantity the leaves are those that the venue reports.
[[nodiscard]] Decimal leaves_of(const Order& order);

// The picture of its order shows another value of a term than the replace asks for. False also if
// it shows none of them: then it does not say whether the replace is in force.
[[nodiscard]] bool shows_other_terms(const Request& replace, const ExecutionReport& report);

// The id in force of an order first heard of through this report, which names `id` and `orig_id`. A
// pending change and a cancel name themselves in ClOrdID; the order's own id is the other one.
[[nodiscard]] ClOrdID id_in_force(const ExecutionReport& report, const ClOrdID& id,
                                  const ClOrdID& orig_id);

// What is given replaces the order's own.
void take_terms(Order& order, const ExecutionReport& report);
void take_terms(Order& order, const Request& replace);

// The status that comes with the refusal of a cancel or replace is that of the order after it, but
// for Rejected, which says that the request named no known order.
void take_status_of_refusal(Order& order, OrdStatus reported);

}  // namespace broker::core
