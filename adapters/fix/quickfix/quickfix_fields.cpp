#include "fix/quickfix/quickfix_fields.hpp"

#include <array>
#include <span>

#include "fix/codec/message_encoder.hpp"

namespace broker::fix {
namespace {

constexpr std::array kHeaderTags{8, 34, 35, 43, 49, 52, 56, 97, 122};
constexpr std::array kSessionTags{7, 16, 36, 45, 98, 108, 112, 123, 141};

// A time as every QuickFIX reads it: with milliseconds.
std::string plain_timestamp(std::string_view text) {
    const auto time = parse_utc_timestamp(text);
    if (!time) return std::string{text};
    std::string plain(kUtcTimestampSize, ' ');
    write_utc_timestamp(*time, std::span<char, kUtcTimestampSize>{plain});
    return plain;
}

template <class Tags>
void copy_fields(const MessageView& message, const Tags& tags, QuickfixFields& fields) {
    for (const int tag : tags) {
        const auto value = message.find(tag);
        if (!value) continue;
        const bool is_time = tag == 52 || tag == 122;
        fields.emplace_back(tag, is_time ? plain_timestamp(*value) : std::string{*value});
    }
}

std::string field_text(const MessageView& message, int tag) {
    return "tag " + std::to_string(tag) + " is \"" + std::string{message.get(tag).substr(0, 40)} +
           '"';
}

}  // namespace

bool is_session_message(std::string_view msg_type) {
    return msg_type.size() == 1 && std::string_view{"012345A"}.find(msg_type) != std::string::npos;
}

QuickfixFields quickfix_fields(const MessageView& message) {
    QuickfixFields fields;
    copy_fields(message, kHeaderTags, fields);
    if (is_session_message(message.msg_type())) copy_fields(message, kSessionTags, fields);
    return fields;
}

std::string unfit_for_quickfix(const MessageView& message) {
    for (const int tag : {34, 49, 52, 56})
        if (message.get(tag).empty())
            return "the required field " + std::to_string(tag) + " is missing";
    if (message.msg_seq_num() == 0) return field_text(message, 34);
    for (const int tag : {7, 16, 34, 36, 45})
        if (message.find_number(tag).value_or(0) >= kMaxQuickfixNumber)
            return field_text(message, tag);
    const bool is_logon = message.msg_type() == "A";
    if (is_logon && message.find_number(108).value_or(kMaxQuickfixNumber) >= kMaxQuickfixNumber)
        return field_text(message, 108);
    return {};
}

}  // namespace broker::fix
