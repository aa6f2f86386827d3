#include "config/profile_values.hpp"

#include <algorithm>

#include "config/adapter_tags.hpp"
#include "dxtrade/field_rules.hpp"
#include "dxtrade/message_types.hpp"

namespace broker::config {
namespace {

std::string join_names(const dxtrade::MsgTypes& messages) {
    std::string text;
    for (const std::string& message : messages) {
        text += text.empty() ? "" : ", ";
        text += dxtrade::message_name(message);
    }
    return text;
}

}  // namespace

std::int32_t body_tag(const YamlValue& value) {
    const auto tag = static_cast<std::int32_t>(value.integer(1, 99'999));
    if (is_header_tag(tag)) value.expected("a tag outside the message's header and trailer");
    return tag;
}

std::string plain_text(const YamlValue& value) {
    std::string text = value.text();
    if (!dxtrade::fits(dxtrade::FieldType::String, text)) {
        value.expected(dxtrade::description(dxtrade::FieldType::String));
    }
    return text;
}

std::string character(const YamlValue& value) {
    std::string text = value.text();
    if (text.size() != 1 || text.front() <= ' ' || text.front() >= '\x7f') {
        value.expected("one printable character");
    }
    return text;
}

std::string msg_type(const YamlValue& value) {
    const std::string text = value.text();  // what is found may be a view of it
    const auto found = dxtrade::msg_type_of(text);
    if (!found) {
        value.expected("the name or the MsgType of a message, such as NewOrderSingle or D");
    }
    return std::string{*found};
}

dxtrade::MsgTypes msg_types(const YamlValue& value, const dxtrade::MsgTypes& possible) {
    dxtrade::MsgTypes messages;
    for (const YamlValue& element : value.list()) {
        const std::string message = msg_type(element);
        if (!dxtrade::contains(possible, message)) {
            element.expected("one of " + join_names(possible));
        }
        if (dxtrade::contains(messages, message)) {
            element.expected("a message that stands once in its list");
        }
        messages.push_back(message);
    }
    return messages;
}

}  // namespace broker::config
