// Positions and account values. Pure functions; the records borrow their text from the message, the
// dialect and `inbound`.
#pragma once

#include <string_view>

#include "core/query.hpp"
#include "core/result.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/inbound.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// RequestForPositions (AN): positions as they are now. `now` is the time of the request and gives
// the business date.
[[nodiscard]] core::Result<void> request_for_positions_to_fix(const core::Query& query,
                                                              std::string_view id,
                                                              const Dialect& dialect,
                                                              core::UtcTime now,
                                                              broker::fix::MessageEncoder& encoder);

// PositionReport (AP). The quantities are those of the entry of PosType (703) TOT, or of the first
// one. FIX 4.4 has no average price in it: AvgPx (6) where the venue sends it, else SettlPrice
// (730), which stands for it.
[[nodiscard]] core::PositionReport position_report_from_fix(const broker::fix::MessageView& message,
                                                            const Dialect& dialect,
                                                            Inbound& inbound);

// The profile's account summary request: CollateralInquiry (BB) unless it says otherwise.
[[nodiscard]] core::Result<void> account_summary_request_to_fix(
    std::string_view id, const Dialect& dialect, broker::fix::MessageEncoder& encoder);

// The profile's account summary report, CollateralReport (BA) unless it says otherwise, by its
// tags.
[[nodiscard]] core::AccountSummary account_summary_from_fix(const broker::fix::MessageView& message,
                                                            const Dialect& dialect,
                                                            Inbound& inbound);

}  // namespace broker::dxtrade::fix
