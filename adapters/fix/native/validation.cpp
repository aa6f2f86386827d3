#include "fix/native/validation.hpp"

#include <algorithm>
#include <array>
#include <span>

#include "core/decimal.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/native/session_tags.hpp"

namespace broker::fix::native {
namespace {

struct FieldRule {
    std::int32_t tag;
    FieldFormat format;
    bool is_required;
};

constexpr std::array kHeaderRules{
    FieldRule{tag::kSenderCompID, FieldFormat::Text, true},
    FieldRule{tag::kTargetCompID, FieldFormat::Text, true},
    FieldRule{tag::kMsgSeqNum, FieldFormat::Number, true},
    FieldRule{tag::kSendingTime, FieldFormat::Time, true},
    FieldRule{tag::kPossDupFlag, FieldFormat::YesNo, false},
    FieldRule{tag::kPossResend, FieldFormat::YesNo, false},
    FieldRule{tag::kOrigSendingTime, FieldFormat::Time, false},
};

constexpr std::array kLogonRules{
    FieldRule{tag::kEncryptMethod, FieldFormat::Number, true},
    FieldRule{tag::kHeartBtInt, FieldFormat::Integer, true},
    FieldRule{tag::kResetSeqNumFlag, FieldFormat::YesNo, false},
    FieldRule{tag::kNextExpectedMsgSeqNum, FieldFormat::Number, false},
};
constexpr std::array kHeartbeatRules{FieldRule{tag::kTestReqID, FieldFormat::Text, false}};
constexpr std::array kTestRequestRules{FieldRule{tag::kTestReqID, FieldFormat::Text, true}};
constexpr std::array kResendRequestRules{
    FieldRule{tag::kBeginSeqNo, FieldFormat::Integer, true},
    FieldRule{tag::kEndSeqNo, FieldFormat::Integer, true},
};
constexpr std::array kRejectRules{FieldRule{tag::kRefSeqNum, FieldFormat::Number, true}};
constexpr std::array kSequenceResetRules{
    FieldRule{tag::kNewSeqNo, FieldFormat::Integer, true},
    FieldRule{tag::kGapFillFlag, FieldFormat::YesNo, false},
};

std::span<const FieldRule> body_rules(std::string_view type) {
    if (type == msg_type::kLogon) return kLogonRules;
    if (type == msg_type::kHeartbeat) return kHeartbeatRules;
    if (type == msg_type::kTestRequest) return kTestRequestRules;
    if (type == msg_type::kResendRequest) return kResendRequestRules;
    if (type == msg_type::kReject) return kRejectRules;
    if (type == msg_type::kSequenceReset) return kSequenceResetRules;
    return {};
}

// Where a tag stands in kHeaderRules: one look for each field of a message.
constexpr std::uint8_t kNoRule = 0xFF;
constexpr auto kHeaderPlaces = [] {
    std::array<std::uint8_t, 128> places{};
    places.fill(kNoRule);
    for (std::size_t i = 0; i < kHeaderRules.size(); ++i)
        places[static_cast<std::size_t>(kHeaderRules[i].tag)] = static_cast<std::uint8_t>(i);
    return places;
}();

// `field` is null if the message does not have it.
std::optional<Fault> check(const Field* field, const FieldRule& rule) {
    if (field == nullptr) {
        if (!rule.is_required) return std::nullopt;
        return Fault{SessionRejectReason::RequiredTagMissing, rule.tag};
    }
    if (field->value.empty())
        return Fault{SessionRejectReason::TagSpecifiedWithoutAValue, rule.tag};
    if (!has_format(field->value, rule.format))
        return Fault{SessionRejectReason::IncorrectDataFormatForValue, rule.tag};
    return std::nullopt;
}

std::optional<Fault> find_header_fault(std::span<const Field> fields) {
    std::array<const Field*, kHeaderRules.size()> found{};
    for (const Field& field : fields) {
        if (field.tag >= static_cast<std::int32_t>(kHeaderPlaces.size())) continue;
        const std::uint8_t place = kHeaderPlaces[static_cast<std::size_t>(field.tag)];
        if (place == kNoRule) continue;
        if (found[place] != nullptr)
            return Fault{SessionRejectReason::TagAppearsMoreThanOnce, field.tag};
        found[place] = &field;
    }
    for (std::size_t i = 0; i < kHeaderRules.size(); ++i)
        if (const auto fault = check(found[i], kHeaderRules[i])) return fault;
    return std::nullopt;
}

std::optional<Fault> find_body_fault(const MessageView& message, const FieldRule& rule) {
    const Field* found = nullptr;
    for (const Field& field : message.fields()) {
        if (field.tag != rule.tag) continue;
        if (found != nullptr) return Fault{SessionRejectReason::TagAppearsMoreThanOnce, rule.tag};
        found = &field;
    }
    return check(found, rule);
}

bool are_digits(std::string_view text) {
    return !text.empty() &&
           std::all_of(text.begin(), text.end(), [](char c) { return c >= '0' && c <= '9'; });
}

}  // namespace

const char* reject_text(SessionRejectReason reason) {
    switch (reason) {
        case SessionRejectReason::InvalidTagNumber:
            return "Invalid tag number";
        case SessionRejectReason::RequiredTagMissing:
            return "Required tag missing";
        case SessionRejectReason::TagNotDefinedForThisMessageType:
            return "Tag not defined for this message type";
        case SessionRejectReason::TagSpecifiedWithoutAValue:
            return "Tag specified without a value";
        case SessionRejectReason::ValueIsIncorrect:
            return "Value is incorrect (out of range) for this tag";
        case SessionRejectReason::IncorrectDataFormatForValue:
            return "Incorrect data format for value";
        case SessionRejectReason::CompIDProblem:
            return "CompID problem";
        case SessionRejectReason::SendingTimeAccuracyProblem:
            return "SendingTime accuracy problem";
        case SessionRejectReason::InvalidMsgType:
            return "Invalid MsgType";
        case SessionRejectReason::TagAppearsMoreThanOnce:
            return "Tag appears more than once";
        case SessionRejectReason::TagSpecifiedOutOfRequiredOrder:
            return "Tag specified out of required order";
        case SessionRejectReason::RepeatingGroupFieldsOutOfOrder:
            return "Repeating group fields out of order";
        case SessionRejectReason::IncorrectNumInGroupCount:
            return "Incorrect NumInGroup count for repeating group";
        case SessionRejectReason::Other:
            break;
    }
    return "Other";
}

bool has_format(std::string_view value, FieldFormat format) {
    switch (format) {
        case FieldFormat::Text:
            return !value.empty();
        case FieldFormat::Char:
            return value.size() == 1;
        case FieldFormat::Number:
            return are_digits(value);
        case FieldFormat::Integer:
            return are_digits(value.starts_with('-') ? value.substr(1) : value);
        case FieldFormat::Decimal:
            return core::Decimal::parse(value).has_value();
        case FieldFormat::YesNo:
            return value == "Y" || value == "N";
        case FieldFormat::Time:
            return parse_utc_timestamp(value).has_value();
        case FieldFormat::Date:
            return value.size() == 8 && are_digits(value);
    }
    return false;
}

std::optional<Fault> find_session_fault(const MessageView& message) {
    if (const auto fault = find_header_fault(message.fields())) return fault;
    for (const FieldRule& rule : body_rules(message.msg_type()))
        if (const auto fault = find_body_fault(message, rule)) return fault;
    return std::nullopt;
}

}  // namespace broker::fix::native
