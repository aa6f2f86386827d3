#include "dxtrade/fix/reject_messages.hpp"

#include <array>
#include <span>

#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {
namespace {

// SessionRejectReason (373), FIX 4.4.
constexpr std::array<std::string_view, 18> kSessionRejectReasons{
    "invalid tag number",
    "required tag missing",
    "tag not defined for this message type",
    "undefined tag",
    "tag specified without a value",
    "value is incorrect (out of range) for this tag",
    "incorrect data format for value",
    "decryption problem",
    "signature problem",
    "CompID problem",
    "SendingTime accuracy problem",
    "invalid MsgType",
    "XML validation error",
    "tag appears more than once",
    "tag specified out of required order",
    "repeating group fields out of order",
    "incorrect NumInGroup count for repeating group",
    "non data value includes field delimiter",
};

// BusinessRejectReason (380), FIX 4.4.
constexpr std::array<std::string_view, 8> kBusinessRejectReasons{
    "other",
    "unknown ID",
    "unknown security",
    "unsupported message type",
    "application not available",
    "conditionally required field missing",
    "not authorized",
    "DeliverTo firm not available at this time",
};

void describe(const broker::fix::MessageView& message, std::int32_t reason_tag,
              std::span<const std::string_view> names, std::string& text) {
    text.clear();
    const std::string_view code = message.get(reason_tag);
    if (!code.empty()) {
        const auto number = message.find_number(reason_tag);
        if (number && *number < names.size()) {
            text.append(names[static_cast<std::size_t>(*number)]);
        } else {
            text.append("reason ").append(code);
        }
    }
    if (const std::string_view ref_tag = message.get(tag::kRefTagID); !ref_tag.empty()) {
        text.append(text.empty() ? "tag " : ", tag ").append(ref_tag);
    }
    if (const std::string_view words = message.get(tag::kText); !words.empty()) {
        if (!text.empty()) text.append(": ");
        text.append(words);
    }
    if (text.empty()) text.assign("no reason given");
}

core::MessageReject reject(const broker::fix::MessageView& message, core::Reason reason,
                           core::MonotonicTime received, std::string_view text) {
    return {reason, message.find_number(tag::kRefSeqNum).value_or(0), message.get(tag::kRefMsgType),
            text, received};
}

}  // namespace

core::MessageReject session_reject_from_fix(const broker::fix::MessageView& message,
                                            core::MonotonicTime received, std::string& text) {
    describe(message, tag::kSessionRejectReason, kSessionRejectReasons, text);
    return reject(message, core::Reason::RejectedBySession, received, text);
}

core::MessageReject business_message_reject_from_fix(const broker::fix::MessageView& message,
                                                     core::MonotonicTime received,
                                                     std::string& text) {
    describe(message, tag::kBusinessRejectReason, kBusinessRejectReasons, text);
    return reject(message, core::Reason::RejectedByApplication, received, text);
}

}  // namespace broker::dxtrade::fix
