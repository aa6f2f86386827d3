#include "dxtrade/fix/message_faults.hpp"

#include <algorithm>

#include "dxtrade/fix/tags.hpp"

namespace broker::dxtrade::fix {
namespace {

constexpr std::size_t kMaxShown = 64;  // bytes of a value

struct Words {
    core::Reason reason;
    std::string_view text;
};

Words words_of(core::ReportFault fault) {
    switch (fault) {
        case core::ReportFault::Unspecified:
            break;
        case core::ReportFault::UnreadableField:
            return {core::Reason::FieldUnreadable, "cannot be used"};
        case core::ReportFault::MissingField:
            return {core::Reason::FieldMissing, "is missing"};
        case core::ReportFault::NegativeValue:
            return {core::Reason::ValueNegative, "is negative"};
        case core::ReportFault::QuantitiesDisagree:
            return {core::Reason::QuantitiesDisagree,
                    "does not agree with the report's other quantities"};
        case core::ReportFault::UnknownValue:
            return {core::Reason::ValueUnknown, "has a value that is not known"};
        case core::ReportFault::UnknownTag:
            return {core::Reason::TagUnknown, "is neither of FIX 4.4 nor in the profile"};
    }
    return {core::Reason::MessageUnusable, "is wrong"};
}

}  // namespace

void MessageFaults::tell(const broker::fix::MessageView& message, const FaultList& faults) {
    for (const Fault& fault : faults.all()) {
        if (fault.fault == core::ReportFault::UnknownTag &&
            !remember(message.msg_type(), fault.tag)) {
            continue;
        }
        const Words words = words_of(fault.fault);
        text_.assign("tag ").append(std::to_string(fault.tag));
        if (const std::string_view value = message.get(fault.tag); !value.empty()) {
            text_.append("=").append(value.substr(0, kMaxShown));
        }
        text_.append(" ").append(words.text);
        tell(message, words.reason);
    }
}

void MessageFaults::tell_unknown_msg_type(const broker::fix::MessageView& message) {
    text_.assign("MsgType ").append(message.msg_type()).append(" is not expected here");
    tell(message, core::Reason::MsgTypeUnknown);
}

void MessageFaults::tell(const broker::fix::MessageView& message, core::Reason reason) {
    core::VenueFault fault;
    fault.reason = reason;
    fault.channel = channel_;
    fault.msg_seq_num = message.msg_seq_num();
    fault.msg_type = message.msg_type();
    fault.cl_ord_id = message.get(tag::kClOrdID);
    fault.order_id = message.get(tag::kOrderID);
    fault.exec_id = message.get(tag::kExecID);
    fault.text = text_;
    listener_.on_venue_fault(fault);
}

bool MessageFaults::remember(std::string_view msg_type, std::int32_t tag) {
    const auto type = core::FixedString<8>::from(msg_type.substr(0, 8)).value();
    const std::pair entry{type, tag};
    if (told_.size() == kMaxRemembered) return false;
    if (std::find(told_.begin(), told_.end(), entry) != told_.end()) return false;
    told_.push_back(entry);
    return true;
}

}  // namespace broker::dxtrade::fix
