#include "simulator/fix_fields.hpp"

namespace broker {
namespace simulator {
namespace {

void copy_fields(const FIX::FieldMap& from, FixMessage& to) {
    for (auto field = from.begin(); field != from.end(); ++field) {
        to.add(field->getTag(), field->getString());
        for (auto groups = from.g_begin(); groups != from.g_end(); ++groups) {
            if (groups->first != field->getTag()) continue;
            for (const FIX::FieldMap* group : groups->second) copy_fields(*group, to);
        }
    }
}

bool is_set_by_session(int tag) {
    return tag == FIX::FIELD::BeginString || tag == FIX::FIELD::BodyLength ||
           tag == FIX::FIELD::MsgType || tag == FIX::FIELD::MsgSeqNum ||
           tag == FIX::FIELD::SenderCompID || tag == FIX::FIELD::TargetCompID ||
           tag == FIX::FIELD::SendingTime || tag == FIX::FIELD::CheckSum;
}

}  // namespace

FixMessage message_from(const FIX::Message& message) {
    FixMessage result;
    result.msg_type = message.getHeader().getField(FIX::FIELD::MsgType);
    copy_fields(message.getHeader(), result);
    copy_fields(message, result);
    return result;
}

VerbatimMessage::VerbatimMessage(const FixMessage& message) {
    getHeader().setField(FIX::BeginString("FIX.4.4"));
    getHeader().setField(FIX::MsgType(message.msg_type));
    for (const auto& field : message.fields)
        if (!is_set_by_session(field.tag)) appendField(FIX::FieldBase(field.tag, field.value));
}

}  // namespace simulator
}  // namespace broker
