// The account's figures as core's records, which borrow their text from the arguments. Pure
// functions.
#pragma once

#include <functional>

#include "core/query.hpp"
#include "dxtrade/rest/order_reports.hpp"
#include "dxtrade/rest/records.hpp"

namespace broker::dxtrade::rest {

// The sign is that of the side, or of the quantity where there is no side. Null if the venue gave
// no quantity.
[[nodiscard]] std::optional<core::Decimal> signed_quantity(const RestPosition& position);

[[nodiscard]] core::PositionReport position_report(const RestPosition& position,
                                                   const ReportContext& context);

// `details` may be null: it has the currency and the status of the account.
[[nodiscard]] core::AccountSummary account_summary(const AccountMetrics& metrics,
                                                   const AccountDetails* details,
                                                   const ReportContext& context);

// Where there are no metrics: the balance in the account's currency, of several the only one that
// `currency` names, or the only one there is. Nothing is computed.
[[nodiscard]] core::AccountSummary account_summary(const Portfolio& portfolio,
                                                   const AccountDetails* details,
                                                   const ReportContext& context);

// Each booking of a transfer; a transfer without bookings is one without a value.
using VisitCashTransfer = std::function<void(const core::CashTransfer&)>;
void cash_transfers(const RestCashTransfer& transfer, const ReportContext& context,
                    const VisitCashTransfer& visit);

[[nodiscard]] core::AccountEvent account_event(const RestAccountEvent& event,
                                               const ReportContext& context);

}  // namespace broker::dxtrade::rest
