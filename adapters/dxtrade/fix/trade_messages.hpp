// Fills as the venue's books have them. Pure functions; the record borrows its text from the
// message, the dialect and `inbound`.
#pragma once

#include <string_view>

#include "core/query.hpp"
#include "core/result.hpp"
#include "dxtrade/fix/dialect.hpp"
#include "dxtrade/fix/inbound.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"

namespace broker::dxtrade::fix {

// TradeCaptureReportRequest (AD). It has no Account in FIX 4.4: parties say whose trades are meant.
// A range that is open on one side goes from the beginning of 1970, or to `now`.
[[nodiscard]] core::Result<void> trade_request_to_fix(const core::Query& query, std::string_view id,
                                                      const Dialect& dialect,
                                                      broker::fix::MessageEncoder& encoder);

// TradeCaptureReport (AE): the side with our Account (1), or the first one.
[[nodiscard]] core::TradeReport trade_report_from_fix(const broker::fix::MessageView& message,
                                                      const Dialect& dialect, Inbound& inbound);

}  // namespace broker::dxtrade::fix
