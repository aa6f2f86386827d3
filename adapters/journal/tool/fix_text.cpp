#include "journal_tool/fix_text.hpp"

#include <algorithm>
#include <array>
#include <boost/json/array.hpp>

#include "journal_tool/shown_text.hpp"

namespace broker::journal_tool {
namespace {

constexpr std::int32_t kBeginString = 8;
constexpr std::int32_t kBodyLength = 9;
constexpr std::int32_t kCheckSum = 10;
constexpr std::int32_t kMsgSeqNum = 34;
constexpr std::int32_t kMsgType = 35;
constexpr std::int32_t kRawData = 96;
// Password, NewPassword, EncryptedPassword, EncryptedNewPassword.
constexpr std::array kSecrets{554, 925, 1402, 1404};
constexpr std::string_view kMasked = "***";

bool is_for_transport(std::int32_t tag) {
    return tag == kBeginString || tag == kBodyLength || tag == kCheckSum || tag == kMsgSeqNum ||
           tag == kMsgType;
}

// How long the value at the beginning of `text` is; npos if it has no end.
std::size_t value_size(std::int32_t tag, std::string_view text,
                       const std::vector<fix::Field>& before) {
    const std::int32_t length_tag = fix::length_tag_of_data_field(tag);
    if (length_tag != 0 && !before.empty() && before.back().tag == length_tag) {
        const auto size = fix::parse_number(before.back().value);
        if (size && *size < text.size() && text[*size] == fix::kSoh) return *size;
    }
    return text.find(fix::kSoh);
}

}  // namespace

FixText::FixText(std::string_view message) : rest_{message} {
    while (!rest_.empty()) {
        const std::size_t equals = rest_.substr(0, 10).find('=');
        if (equals == rest_.npos) return;
        const auto tag = fix::parse_number(rest_.substr(0, equals));
        if (!tag || *tag == 0) return;
        const auto number = static_cast<std::int32_t>(*tag);
        const std::size_t size = value_size(number, rest_.substr(equals + 1), fields_);
        if (size == rest_.npos) return;
        fields_.push_back({number, rest_.substr(equals + 1, size)});
        rest_.remove_prefix(equals + 1 + size + 1);
    }
}

std::string_view FixText::get(std::int32_t tag) const {
    return fix::find(fields_, tag).value_or(std::string_view{});
}

std::uint64_t FixText::msg_seq_num() const {
    return fix::parse_number(get(kMsgSeqNum)).value_or(0);
}

std::string_view FixText::shown_value(const fix::Field& field) const {
    const bool is_secret = std::find(kSecrets.begin(), kSecrets.end(), field.tag) != kSecrets.end();
    const bool is_of_logon = field.tag == kRawData && msg_type() == "A";
    return is_secret || is_of_logon ? kMasked : field.value;
}

std::string_view FixText::shown_rest() const {
    for (const std::int32_t tag : kSecrets) {
        if (rest_.find(std::to_string(tag) + '=') != rest_.npos) return kMasked;
    }
    return rest_;
}

std::string FixText::line(const FixNames& names) const {
    std::string text;
    const std::string_view name = names.message(msg_type());
    if (name.empty()) {
        text = "35=" + one_word(msg_type());
    } else {
        text = std::string{name} + '(' + printable(msg_type()) + ')';
    }
    for (const fix::Field& field : fields_) {
        if (is_for_transport(field.tag)) continue;
        const std::string_view known = names.field(field.tag);
        text += ' ';
        text += known.empty() ? std::to_string(field.tag) : std::string{known};
        text += '=' + one_word(shown_value(field));
        const std::string meaning = names.meaning(field.tag, field.value);
        if (!meaning.empty()) text += '(' + meaning + ')';
    }
    if (!rest_.empty()) text += " unreadable=" + one_word(shown_rest());
    return text;
}

std::string FixText::raw() const {
    std::string text;
    for (const fix::Field& field : fields_) {
        text += std::to_string(field.tag) + '=' + printable(shown_value(field)) + '|';
    }
    return text + printable(shown_rest());
}

void FixText::add_to(boost::json::object& object, const FixNames& names) const {
    object["msg_type"] = utf8(msg_type());
    const std::string_view name = names.message(msg_type());
    if (!name.empty()) object["msg_name"] = name;
    boost::json::array values;
    for (const fix::Field& field : fields_) {
        boost::json::object value;
        value["tag"] = field.tag;
        if (const auto known = names.field(field.tag); !known.empty()) value["name"] = known;
        value["value"] = utf8(shown_value(field));
        const std::string meaning = names.meaning(field.tag, field.value);
        if (!meaning.empty()) value["meaning"] = meaning;
        values.push_back(std::move(value));
    }
    object["fields"] = std::move(values);
    if (!rest_.empty()) object["unreadable"] = utf8(shown_rest());
}

}  // namespace broker::journal_tool
