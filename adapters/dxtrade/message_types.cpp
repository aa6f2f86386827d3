#include "dxtrade/message_types.hpp"

#include <algorithm>
#include <array>

namespace broker::dxtrade {
namespace {

struct MessageType {
    std::string_view name;
    std::string_view msg_type;
};

// FIX 4.4 volume 1, appendix: the values of MsgType (35).
constexpr std::array kMessageTypes{
    MessageType{"Heartbeat", "0"},
    MessageType{"TestRequest", "1"},
    MessageType{"ResendRequest", "2"},
    MessageType{"Reject", "3"},
    MessageType{"SequenceReset", "4"},
    MessageType{"Logout", "5"},
    MessageType{"IOI", "6"},
    MessageType{"Advertisement", "7"},
    MessageType{"ExecutionReport", "8"},
    MessageType{"OrderCancelReject", "9"},
    MessageType{"Logon", "A"},
    MessageType{"News", "B"},
    MessageType{"Email", "C"},
    MessageType{"NewOrderSingle", "D"},
    MessageType{"NewOrderList", "E"},
    MessageType{"OrderCancelRequest", "F"},
    MessageType{"OrderCancelReplaceRequest", "G"},
    MessageType{"OrderStatusRequest", "H"},
    MessageType{"AllocationInstruction", "J"},
    MessageType{"ListCancelRequest", "K"},
    MessageType{"ListExecute", "L"},
    MessageType{"ListStatusRequest", "M"},
    MessageType{"ListStatus", "N"},
    MessageType{"AllocationInstructionAck", "P"},
    MessageType{"DontKnowTrade", "Q"},
    MessageType{"QuoteRequest", "R"},
    MessageType{"Quote", "S"},
    MessageType{"SettlementInstructions", "T"},
    MessageType{"MarketDataRequest", "V"},
    MessageType{"MarketDataSnapshotFullRefresh", "W"},
    MessageType{"MarketDataIncrementalRefresh", "X"},
    MessageType{"MarketDataRequestReject", "Y"},
    MessageType{"QuoteCancel", "Z"},
    MessageType{"QuoteStatusRequest", "a"},
    MessageType{"MassQuoteAcknowledgement", "b"},
    MessageType{"SecurityDefinitionRequest", "c"},
    MessageType{"SecurityDefinition", "d"},
    MessageType{"SecurityStatusRequest", "e"},
    MessageType{"SecurityStatus", "f"},
    MessageType{"TradingSessionStatusRequest", "g"},
    MessageType{"TradingSessionStatus", "h"},
    MessageType{"MassQuote", "i"},
    MessageType{"BusinessMessageReject", "j"},
    MessageType{"BidRequest", "k"},
    MessageType{"BidResponse", "l"},
    MessageType{"ListStrikePrice", "m"},
    MessageType{"XMLnonFIX", "n"},
    MessageType{"RegistrationInstructions", "o"},
    MessageType{"RegistrationInstructionsResponse", "p"},
    MessageType{"OrderMassCancelRequest", "q"},
    MessageType{"OrderMassCancelReport", "r"},
    MessageType{"NewOrderCross", "s"},
    MessageType{"CrossOrderCancelReplaceRequest", "t"},
    MessageType{"CrossOrderCancelRequest", "u"},
    MessageType{"SecurityTypeRequest", "v"},
    MessageType{"SecurityTypes", "w"},
    MessageType{"SecurityListRequest", "x"},
    MessageType{"SecurityList", "y"},
    MessageType{"DerivativeSecurityListRequest", "z"},
    MessageType{"DerivativeSecurityList", "AA"},
    MessageType{"NewOrderMultileg", "AB"},
    MessageType{"MultilegOrderCancelReplace", "AC"},
    MessageType{"TradeCaptureReportRequest", "AD"},
    MessageType{"TradeCaptureReport", "AE"},
    MessageType{"OrderMassStatusRequest", "AF"},
    MessageType{"QuoteRequestReject", "AG"},
    MessageType{"RFQRequest", "AH"},
    MessageType{"QuoteStatusReport", "AI"},
    MessageType{"QuoteResponse", "AJ"},
    MessageType{"Confirmation", "AK"},
    MessageType{"PositionMaintenanceRequest", "AL"},
    MessageType{"PositionMaintenanceReport", "AM"},
    MessageType{"RequestForPositions", "AN"},
    MessageType{"RequestForPositionsAck", "AO"},
    MessageType{"PositionReport", "AP"},
    MessageType{"TradeCaptureReportRequestAck", "AQ"},
    MessageType{"TradeCaptureReportAck", "AR"},
    MessageType{"AllocationReport", "AS"},
    MessageType{"AllocationReportAck", "AT"},
    MessageType{"ConfirmationAck", "AU"},
    MessageType{"SettlementInstructionRequest", "AV"},
    MessageType{"AssignmentReport", "AW"},
    MessageType{"CollateralRequest", "AX"},
    MessageType{"CollateralAssignment", "AY"},
    MessageType{"CollateralResponse", "AZ"},
    MessageType{"CollateralReport", "BA"},
    MessageType{"CollateralInquiry", "BB"},
    MessageType{"NetworkCounterpartySystemStatusRequest", "BC"},
    MessageType{"NetworkCounterpartySystemStatusResponse", "BD"},
    MessageType{"UserRequest", "BE"},
    MessageType{"UserResponse", "BF"},
    MessageType{"CollateralInquiryAck", "BG"},
    MessageType{"ConfirmationRequest", "BH"},
};

// "Messages with a MsgType that begins with U are user-defined" (FIX 4.4 volume 1).
bool is_user_defined(std::string_view text) {
    return text.size() >= 2 && text.size() <= 4 && text.front() == 'U' &&
           std::all_of(text.begin(), text.end(), [](char c) {
               return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
           });
}

}  // namespace

std::optional<std::string_view> msg_type_of(std::string_view text) {
    const auto found = std::find_if(
        kMessageTypes.begin(), kMessageTypes.end(),
        [&](const MessageType& type) { return type.name == text || type.msg_type == text; });
    if (found != kMessageTypes.end()) return found->msg_type;
    if (is_user_defined(text)) return text;
    return std::nullopt;
}

std::string_view message_name(std::string_view msg_type) {
    const auto found =
        std::find_if(kMessageTypes.begin(), kMessageTypes.end(),
                     [&](const MessageType& type) { return type.msg_type == msg_type; });
    return found != kMessageTypes.end() ? found->name : msg_type;
}

}  // namespace broker::dxtrade
