// Tags of FIX 4.4 that the translators use, by the names of the specification.
#pragma once

#include <cstdint>

namespace broker::dxtrade::fix::tag {

inline constexpr std::int32_t kAccount = 1;
inline constexpr std::int32_t kAvgPx = 6;
inline constexpr std::int32_t kClOrdID = 11;
inline constexpr std::int32_t kCumQty = 14;
inline constexpr std::int32_t kExecID = 17;
inline constexpr std::int32_t kExecRefID = 19;
inline constexpr std::int32_t kHandlInst = 21;
inline constexpr std::int32_t kLastPx = 31;
inline constexpr std::int32_t kLastQty = 32;
inline constexpr std::int32_t kOrderID = 37;
inline constexpr std::int32_t kOrderQty = 38;
inline constexpr std::int32_t kOrdStatus = 39;
inline constexpr std::int32_t kOrdType = 40;
inline constexpr std::int32_t kOrigClOrdID = 41;
inline constexpr std::int32_t kPossDupFlag = 43;
inline constexpr std::int32_t kPrice = 44;
inline constexpr std::int32_t kRefSeqNum = 45;
inline constexpr std::int32_t kSendingTime = 52;
inline constexpr std::int32_t kSide = 54;
inline constexpr std::int32_t kSymbol = 55;
inline constexpr std::int32_t kText = 58;
inline constexpr std::int32_t kTimeInForce = 59;
inline constexpr std::int32_t kTransactTime = 60;
inline constexpr std::int32_t kPositionEffect = 77;
inline constexpr std::int32_t kStopPx = 99;
inline constexpr std::int32_t kCxlRejReason = 102;
inline constexpr std::int32_t kOrdRejReason = 103;
inline constexpr std::int32_t kExpireTime = 126;
inline constexpr std::int32_t kExecType = 150;
inline constexpr std::int32_t kLeavesQty = 151;
inline constexpr std::int32_t kRefTagID = 371;
inline constexpr std::int32_t kRefMsgType = 372;
inline constexpr std::int32_t kSessionRejectReason = 373;
inline constexpr std::int32_t kBusinessRejectReason = 380;
inline constexpr std::int32_t kCxlRejResponseTo = 434;

// Market data.
inline constexpr std::int32_t kSymbolSfx = 65;
inline constexpr std::int32_t kNoRelatedSym = 146;
inline constexpr std::int32_t kMDReqID = 262;
inline constexpr std::int32_t kSubscriptionRequestType = 263;
inline constexpr std::int32_t kMarketDepth = 264;
inline constexpr std::int32_t kMDUpdateType = 265;
inline constexpr std::int32_t kNoMDEntryTypes = 267;
inline constexpr std::int32_t kNoMDEntries = 268;
inline constexpr std::int32_t kMDEntryType = 269;
inline constexpr std::int32_t kMDEntryPx = 270;
inline constexpr std::int32_t kMDEntrySize = 271;
inline constexpr std::int32_t kMDEntryDate = 272;
inline constexpr std::int32_t kMDEntryTime = 273;
inline constexpr std::int32_t kMDEntryID = 278;
inline constexpr std::int32_t kMDUpdateAction = 279;
inline constexpr std::int32_t kMDReqRejReason = 281;
inline constexpr std::int32_t kBusinessRejectRefID = 379;
inline constexpr std::int32_t kMDStreamID = 1500;  // FIX 5.0
inline constexpr std::int32_t kCandleType = 6408;  // dxFeed's own

}  // namespace broker::dxtrade::fix::tag
