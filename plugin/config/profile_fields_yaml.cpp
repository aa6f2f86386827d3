// Sections fields, parties, required_tags and forbidden_tags of a profile, and the constants that
// an account has of its own.
#include <algorithm>

#include "config/adapter_tags.hpp"
#include "config/profile_sections.hpp"
#include "config/profile_values.hpp"
#include "core/named_fields.hpp"
#include "dxtrade/field_rules.hpp"
#include "dxtrade/message_types.hpp"

namespace broker::config {
namespace {

using dxtrade::MsgTypes;
using dxtrade::NamedField;
using dxtrade::Party;
using dxtrade::Profile;

constexpr std::array<std::string_view, 7> kFieldTypes{
    "String", "Char", "Int", "Decimal", "Boolean", "UtcTimestamp", "UtcDate"};

// The messages whose records have named fields.
MsgTypes field_messages(const Profile& profile) {
    MsgTypes messages = sent_messages(profile);
    for (const char* received : {"8", "9", "AE", "AP", "d", "y"}) messages.emplace_back(received);
    messages.push_back(profile.queries.account_summary_report);
    return messages;
}

// Those of FIX 4.4 that have the Parties group.
MsgTypes party_messages(const Profile& profile) {
    return {"D", "E", "F", "G", "H", "AF", "AN", "AD", profile.queries.account_summary_request};
}

bool have_one_of(const MsgTypes& messages, const MsgTypes& others) {
    return std::any_of(messages.begin(), messages.end(), [&](const std::string& message) {
        return dxtrade::contains(others, message);
    });
}

// What a host gives by name goes with new orders and replaces: only there it can be missed.
bool read_required(const YamlValue& value, const MsgTypes& messages) {
    const bool is_required = value.boolean();
    if (is_required && !have_one_of(messages, {"D", "E", "G"})) {
        value.fail(
            "expected NewOrderSingle, NewOrderList or OrderCancelReplaceRequest among "
            "\"messages\"");
    }
    return is_required;
}

// A name for the host, of its own among the fields and parties.
std::string name_of_field(const YamlValue& value, const Profile& profile) {
    constexpr std::size_t kMaxSize = 32;
    std::string name = value.text();
    const bool is_well_formed =
        name.size() <= kMaxSize && name.front() >= 'a' && name.front() <= 'z' &&
        std::all_of(name.begin(), name.end(), [](char c) {
            return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_';
        });
    if (!is_well_formed) {
        value.expected("a name of up to " + std::to_string(kMaxSize) +
                       " lower-case letters, digits and _, a letter first");
    }
    const auto has_name = [&](const auto& other) { return other.name == name; };
    if (std::any_of(profile.fields.begin(), profile.fields.end(), has_name) ||
        std::any_of(profile.parties.begin(), profile.parties.end(), has_name)) {
        value.expected("a name of its own among fields and parties");
    }
    return name;
}

// The field's tag is its own in each of its messages.
void check_tag(const YamlValue& tag, const NamedField& field, const Profile& profile) {
    for (const std::string& message : field.messages) {
        const std::string in_message = " in " + std::string{dxtrade::message_name(message)};
        const std::string writer = writer_of(field.tag, message, profile);
        if (!writer.empty()) {
            tag.expected("a tag that is not written by " + writer + in_message);
        }
        for (const NamedField& other : profile.fields) {
            if (other.tag == field.tag && dxtrade::contains(other.messages, message)) {
                tag.expected("a tag that is not that of \"" + other.name + "\"" + in_message);
            }
        }
    }
}

// A value that the field may have, as the host would give it.
std::string field_value(const YamlValue& value, const NamedField& field) {
    std::string text = value.text();
    if (!dxtrade::fits(field.type, text)) value.expected(dxtrade::description(field.type));
    if (!dxtrade::allows(field, text)) value.expected("one of the field's values");
    if (field.name.size() + text.size() + 2 > core::NamedFields::kCapacity) {
        value.expected("a text that fits an order's named fields, " +
                       std::to_string(core::NamedFields::kCapacity) + " bytes with its name");
    }
    return text;
}

void read_values(const YamlValue& values, NamedField& field) {
    std::vector<std::string> allowed;
    for (const YamlValue& value : values.list()) {
        const std::string text = field_value(value, field);
        if (std::find(allowed.begin(), allowed.end(), text) != allowed.end()) {
            value.expected("a value that stands once in its list");
        }
        allowed.push_back(text);
    }
    field.values = std::move(allowed);
}

NamedField read_field(const YamlValue& element, const Profile& profile) {
    YamlMap map{element};
    NamedField field;
    field.name = name_of_field(map.require("name"), profile);
    const YamlValue tag = map.require("tag");
    field.tag = body_tag(tag);
    map.read("type", field.type, choice<dxtrade::FieldType>(kFieldTypes));
    field.messages = msg_types(map.require("messages"), field_messages(profile));
    check_tag(tag, field, profile);
    if (const auto values = map.find("values")) read_values(*values, field);
    if (const auto value = map.find("value")) {
        if (!have_one_of(field.messages, sent_messages(profile)))
            value->fail("expected a message that is sent among \"messages\"");
        field.value = field_value(*value, field);
    }
    map.read("required", field.is_required,
             [&](const YamlValue& value) { return read_required(value, field.messages); });
    map.finish();
    return field;
}

Party read_party(const YamlValue& element, const Profile& profile) {
    constexpr std::uint64_t kMaxRole = 9'999;
    YamlMap map{element};
    Party party;
    if (const auto name = map.find("name")) party.name = name_of_field(*name, profile);
    map.read("id", party.id, plain_text);
    if (party.name.empty() && party.id.empty()) {
        element.fail("expected \"name\", for the host to give it by, or a constant \"id\"");
    }
    map.read("source", party.source,
             [](const YamlValue& value) { return character(value).front(); });
    party.role = static_cast<std::int32_t>(map.require("role").integer(1, kMaxRole));
    party.messages = msg_types(map.require("messages"), party_messages(profile));
    map.read("required", party.is_required,
             [&](const YamlValue& value) { return read_required(value, party.messages); });
    map.finish();
    return party;
}

// Tags by message.
dxtrade::TagsByMessage read_tags(const YamlValue& section, const Profile& profile) {
    dxtrade::TagsByMessage tags_by_message;
    for (const YamlEntry& entry : section.entries()) {
        const std::string message = msg_type(entry.name);
        // A MarketDataRequest (V) is of another session, whose fields are all its own.
        if (!dxtrade::contains(sent_messages(profile), message)) {
            entry.name.expected("a message that the adapter sends");
        }
        if (tags_by_message.contains(message)) entry.name.expected("each message once");
        std::vector<std::int32_t>& tags = tags_by_message[message];
        for (const YamlValue& value : entry.value.list()) {
            const std::int32_t tag = body_tag(value);
            if (std::find(tags.begin(), tags.end(), tag) != tags.end()) {
                value.expected("a tag that stands once in its list");
            }
            tags.push_back(tag);
        }
    }
    return tags_by_message;
}

// Leaving a tag out must not change what is asked for.
void check_forbidden(const YamlValue& section, const Profile& profile) {
    for (const auto& [message, tags] : profile.forbidden_tags) {
        for (const std::int32_t tag : tags) {
            const std::string what =
                std::to_string(tag) + " in " + std::string{dxtrade::message_name(message)} + ", ";
            if (is_essential(tag, message)) {
                section.fail("expected tags that a request can go without, found " + what +
                             "an instruction of the host");
            }
            const auto required = profile.required_tags.find(message);
            if (required != profile.required_tags.end() &&
                std::find(required->second.begin(), required->second.end(), tag) !=
                    required->second.end()) {
                section.fail("expected other tags than required_tags has, found " + what +
                             "in both");
            }
            for (const NamedField& field : profile.fields) {
                if (field.tag == tag && dxtrade::contains(field.messages, message)) {
                    section.fail("expected other tags than those of fields, found " + what +
                                 "that of \"" + field.name + "\"");
                }
            }
        }
    }
}

}  // namespace

void read_fields(YamlMap& top, Profile& profile) {
    const auto section = top.find("fields");
    if (!section) return;
    for (const YamlValue& element : section->list()) {
        NamedField field = read_field(element, profile);
        profile.fields.push_back(std::move(field));
    }
}

void read_parties(YamlMap& top, Profile& profile) {
    const auto section = top.find("parties");
    if (!section) return;
    for (const YamlValue& element : section->list()) {
        Party party = read_party(element, profile);
        profile.parties.push_back(std::move(party));
    }
}

void read_tag_rules(YamlMap& top, Profile& profile) {
    if (const auto required = top.find("required_tags")) {
        profile.required_tags = read_tags(*required, profile);
    }
    if (const auto forbidden = top.find("forbidden_tags")) {
        profile.forbidden_tags = read_tags(*forbidden, profile);
        check_forbidden(*forbidden, profile);
    }
}

void apply_constants(const YamlValue& constants, Profile& profile) {
    for (const YamlEntry& entry : constants.entries()) {
        const std::string name = entry.name.text();
        const auto has_name = [&](const auto& known) { return known.name == name; };
        const auto field = std::find_if(profile.fields.begin(), profile.fields.end(), has_name);
        const auto party = std::find_if(profile.parties.begin(), profile.parties.end(), has_name);
        if (field != profile.fields.end()) {
            if (!have_one_of(field->messages, sent_messages(profile))) {
                entry.name.expected("a field that is sent");
            }
            field->value = field_value(entry.value, *field);
        } else if (party != profile.parties.end()) {
            party->id = plain_text(entry.value);
        } else {
            entry.name.expected("the name of a field or party of profile " + profile.name);
        }
    }
}

}  // namespace broker::config
