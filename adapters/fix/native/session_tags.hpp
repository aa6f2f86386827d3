// The tags of the session layer, by their names in the specification.
#pragma once

#include <cstdint>
#include <string_view>

namespace broker::fix::native {

namespace tag {
inline constexpr std::int32_t kBeginSeqNo = 7;
inline constexpr std::int32_t kBeginString = 8;
inline constexpr std::int32_t kBodyLength = 9;
inline constexpr std::int32_t kCheckSum = 10;
inline constexpr std::int32_t kEndSeqNo = 16;
inline constexpr std::int32_t kMsgSeqNum = 34;
inline constexpr std::int32_t kMsgType = 35;
inline constexpr std::int32_t kNewSeqNo = 36;
inline constexpr std::int32_t kPossDupFlag = 43;
inline constexpr std::int32_t kRefSeqNum = 45;
inline constexpr std::int32_t kSenderCompID = 49;
inline constexpr std::int32_t kSenderSubID = 50;
inline constexpr std::int32_t kSendingTime = 52;
inline constexpr std::int32_t kTargetCompID = 56;
inline constexpr std::int32_t kTargetSubID = 57;
inline constexpr std::int32_t kText = 58;
inline constexpr std::int32_t kPossResend = 97;
inline constexpr std::int32_t kEncryptMethod = 98;
inline constexpr std::int32_t kHeartBtInt = 108;
inline constexpr std::int32_t kTestReqID = 112;
inline constexpr std::int32_t kOnBehalfOfCompID = 115;
inline constexpr std::int32_t kOrigSendingTime = 122;
inline constexpr std::int32_t kGapFillFlag = 123;
inline constexpr std::int32_t kDeliverToCompID = 128;
inline constexpr std::int32_t kResetSeqNumFlag = 141;
inline constexpr std::int32_t kLastMsgSeqNumProcessed = 369;
inline constexpr std::int32_t kRefTagID = 371;
inline constexpr std::int32_t kRefMsgType = 372;
inline constexpr std::int32_t kSessionRejectReason = 373;
inline constexpr std::int32_t kBusinessRejectReason = 380;
inline constexpr std::int32_t kUsername = 553;
inline constexpr std::int32_t kPassword = 554;
inline constexpr std::int32_t kNextExpectedMsgSeqNum = 789;
}  // namespace tag

namespace msg_type {
inline constexpr std::string_view kHeartbeat = "0";
inline constexpr std::string_view kTestRequest = "1";
inline constexpr std::string_view kResendRequest = "2";
inline constexpr std::string_view kReject = "3";
inline constexpr std::string_view kSequenceReset = "4";
inline constexpr std::string_view kLogout = "5";
inline constexpr std::string_view kLogon = "A";
inline constexpr std::string_view kBusinessMessageReject = "j";
}  // namespace msg_type

// The messages of the session itself; all others are the application's.
[[nodiscard]] constexpr bool is_session_message(std::string_view type) {
    return type.size() == 1 && std::string_view{"012345A"}.find(type[0]) != std::string_view::npos;
}

}  // namespace broker::fix::native
