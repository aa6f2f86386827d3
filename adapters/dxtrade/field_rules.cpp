#include "dxtrade/field_rules.hpp"

#include <algorithm>
#include <array>
#include <charconv>

#include "core/named_fields.hpp"
#include "dxtrade/message_types.hpp"
#include "fix/codec/message_encoder.hpp"

namespace broker::dxtrade {
namespace {

using core::Error;
using core::fail;
using core::Reason;
using core::Result;

bool is_text(std::string_view value) {
    return !value.empty() && std::none_of(value.begin(), value.end(), [](char c) {
        return static_cast<unsigned char>(c) < 0x20 || c == '\x7f';
    });
}

bool is_int(std::string_view value) {
    std::int64_t number = 0;
    const auto [end, ec] = std::from_chars(value.data(), value.data() + value.size(), number);
    return ec == std::errc{} && end == value.data() + value.size();
}

bool is_utc_date(std::string_view value) {
    // Why: a date is right when midnight of it is a timestamp.
    constexpr std::string_view kMidnight = "-00:00:00";
    constexpr std::size_t kDateSize = 8;
    if (value.size() != kDateSize) return false;
    std::array<char, kDateSize + kMidnight.size()> text{};
    std::copy(kMidnight.begin(), kMidnight.end(),
              std::copy(value.begin(), value.end(), text.begin()));
    return broker::fix::parse_utc_timestamp({text.data(), text.size()}).has_value();
}

Error refusal(Reason reason, std::string_view name, const Profile& profile, std::string_view what) {
    return fail(reason, "fields." + std::string{name} + ": profile " + profile.name + " " +
                            std::string{what});
}

Error not_in_message(std::string_view name, std::string_view msg_type, const Profile& profile,
                     std::string_view key) {
    return refusal(Reason::NotSupported, name, profile,
                   "does not send it with " + std::string{message_name(msg_type)} + " (" +
                       std::string{key} + ")");
}

Error not_allowed(const NamedField& field, std::string_view value, const Profile& profile) {
    std::string expected;
    for (const std::string& allowed : field.values) {
        expected += (expected.empty() ? "one of " : ", ") + allowed;
    }
    if (expected.empty()) expected = description(field.type);
    return refusal(
        Reason::InvalidField, field.name, profile,
        "expects " + expected + ", found \"" + std::string{value} + "\" (fields[].values, type)");
}

Result<void> check_field(const core::NamedFieldView& given, std::string_view msg_type,
                         const Profile& profile) {
    for (const NamedField& field : profile.fields) {
        if (field.name != given.name) continue;
        if (!contains(field.messages, msg_type)) {
            return not_in_message(given.name, msg_type, profile, "fields[].messages");
        }
        if (!allows(field, given.value)) return not_allowed(field, given.value, profile);
        return {};
    }
    for (const Party& party : profile.parties) {
        if (party.name.empty() || party.name != given.name) continue;
        if (!contains(party.messages, msg_type)) {
            return not_in_message(given.name, msg_type, profile, "parties[].messages");
        }
        if (!is_text(given.value)) {
            return refusal(Reason::InvalidField, given.name, profile,
                           "expects a text without control characters");
        }
        return {};
    }
    return refusal(Reason::NotSupported, given.name, profile, "has no such name (fields, parties)");
}

// A change repeats what its order has: it lacks only what no order has been asked for.
bool must_have(bool is_required, const MsgTypes& messages, std::string_view msg_type) {
    if (!is_required || !contains(messages, msg_type)) return false;
    const bool is_new = msg_type == "D" || msg_type == "E";
    return is_new || (!contains(messages, "D") && !contains(messages, "E"));
}

}  // namespace

bool fits(FieldType type, std::string_view value) {
    switch (type) {
        case FieldType::String:
            return is_text(value);
        case FieldType::Char:
            return value.size() == 1 && is_text(value);
        case FieldType::Int:
            return is_int(value);
        case FieldType::Decimal:
            return core::Decimal::parse(value).has_value();
        case FieldType::Boolean:
            return value == "Y" || value == "N";
        case FieldType::UtcTimestamp:
            return broker::fix::parse_utc_timestamp(value).has_value();
        case FieldType::UtcDate:
            return is_utc_date(value);
    }
    return false;
}

std::string_view description(FieldType type) {
    switch (type) {
        case FieldType::String:
            return "a text without control characters";
        case FieldType::Char:
            return "one character";
        case FieldType::Int:
            return "a whole number";
        case FieldType::Decimal:
            return "a decimal number";
        case FieldType::Boolean:
            return "Y or N";
        case FieldType::UtcTimestamp:
            return "a time, YYYYMMDD-HH:MM:SS with or without a fraction";
        case FieldType::UtcDate:
            return "a date, YYYYMMDD";
    }
    return "a value";
}

bool allows(const NamedField& field, std::string_view value) {
    if (!fits(field.type, value)) return false;
    return field.values.empty() ||
           std::find(field.values.begin(), field.values.end(), value) != field.values.end();
}

bool contains(const MsgTypes& messages, std::string_view msg_type) {
    return std::find(messages.begin(), messages.end(), msg_type) != messages.end();
}

Result<void> check_fields(std::string_view fields, std::string_view msg_type,
                          const Profile& profile) {
    if (!core::is_well_formed(fields)) {
        return fail(Reason::InvalidField,
                    "fields: expected name=value pairs, each ended by SOH, and no name twice");
    }
    while (const auto given = core::next_field(fields)) {
        if (auto result = check_field(*given, msg_type, profile); !result) return result;
    }
    return {};
}

Result<void> check_required_fields(std::string_view fields, std::string_view msg_type,
                                   const Profile& profile) {
    const auto is_missing = [&](std::string_view name, std::string_view constant) {
        return constant.empty() && (name.empty() || core::find_field(fields, name).empty());
    };
    for (const NamedField& field : profile.fields) {
        if (must_have(field.is_required, field.messages, msg_type) &&
            is_missing(field.name, field.value)) {
            return refusal(Reason::InvalidField, field.name, profile,
                           "requires it (fields[].required)");
        }
    }
    for (const Party& party : profile.parties) {
        if (must_have(party.is_required, party.messages, msg_type) &&
            is_missing(party.name, party.id)) {
            return refusal(Reason::InvalidField, party.name, profile,
                           "requires it (parties[].required)");
        }
    }
    return {};
}

}  // namespace broker::dxtrade
