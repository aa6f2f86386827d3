#include "simulator/rest_json.hpp"

#include <array>
#include <cstdio>

#include "simulator/fix_text.hpp"

namespace broker::simulator {

JsonStyle style_of(const RestOptions& options) {
    return {.numbers_as_strings = options.numbers_as_strings,
            .booleans_as_strings = options.booleans_as_strings,
            .account_as_object = options.account_as_object};
}

void JsonWriter::separate() {
    if (out_.empty()) return;
    const char last = out_.back();
    if (last != '{' && last != '[' && last != ':') out_ += ',';
}

JsonWriter& JsonWriter::open(char bracket) {
    separate();
    out_ += bracket;
    return *this;
}

JsonWriter& JsonWriter::close(char bracket) {
    out_ += bracket;
    return *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
    value(name);
    out_ += ':';
    return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
    separate();
    out_ += '"';
    for (const char c : text) {
        if (c == '"' || c == '\\') {
            out_ += '\\';
            out_ += c;
        } else if (static_cast<unsigned char>(c) < 0x20) {
            std::array<char, 8> escaped{};
            std::snprintf(escaped.data(), escaped.size(), "\\u%04x", static_cast<unsigned>(c));
            out_ += escaped.data();
        } else {
            out_ += c;
        }
    }
    out_ += '"';
    return *this;
}

JsonWriter& JsonWriter::text(std::string_view name, std::string_view value_text) {
    return key(name).value(value_text);
}

JsonWriter& JsonWriter::text_if(std::string_view name, std::string_view value_text) {
    return value_text.empty() ? *this : text(name, value_text);
}

void JsonWriter::put_number(const std::string& digits) {
    if (style_.numbers_as_strings) {
        value(digits);
    } else {
        separate();
        out_ += digits;
    }
}

JsonWriter& JsonWriter::number(std::string_view name, const core::Decimal& value_number) {
    key(name);
    put_number(value_number.to_string());
    return *this;
}

JsonWriter& JsonWriter::number(std::string_view name,
                               const std::optional<core::Decimal>& value_number) {
    return value_number ? number(name, *value_number) : *this;
}

JsonWriter& JsonWriter::integer(std::string_view name, std::int64_t value_number) {
    key(name);
    put_number(std::to_string(value_number));
    return *this;
}

JsonWriter& JsonWriter::boolean(std::string_view name, bool value_flag) {
    key(name);
    const std::string_view word = value_flag ? "true" : "false";
    if (style_.booleans_as_strings) return value(word);
    return raw(word);
}

JsonWriter& JsonWriter::time(std::string_view name, core::UtcTime instant) {
    return text(name, iso_text(instant));
}

JsonWriter& JsonWriter::account(std::string_view name) {
    if (!style_.account_as_object) return text("account", name);
    const auto colon = name.find(':');
    const bool has_clearing = colon != std::string_view::npos;
    return key("account")
        .begin_object()
        .text("clearing", has_clearing ? name.substr(0, colon) : "default")
        .text("account", has_clearing ? name.substr(colon + 1) : name)
        .end_object();
}

JsonWriter& JsonWriter::raw(std::string_view json) {
    separate();
    out_ += json;
    return *this;
}

std::string iso_text(core::UtcTime time) {
    // YYYYMMDD-HH:MM:SS.sss
    const std::string fix = timestamp_text(time);
    return fix.substr(0, 4) + '-' + fix.substr(4, 2) + '-' + fix.substr(6, 2) + 'T' +
           fix.substr(9) + 'Z';
}

std::optional<core::UtcTime> iso_time(std::string_view text) {
    if (text.ends_with('Z')) text.remove_suffix(1);
    if (text.size() < 10 || text[4] != '-' || text[7] != '-') return std::nullopt;
    std::string fix{text.substr(0, 4)};
    fix += text.substr(5, 2);
    fix += text.substr(8, 2);
    if (text.size() == 10) return date_from(fix);
    if (text[10] != 'T') return std::nullopt;
    fix += '-';
    fix += text.substr(11);
    return timestamp_from(fix);
}

const JsonValue* JsonValue::find(std::string_view name) const {
    for (const auto& [key, value] : members)
        if (key == name) return &value;
    return nullptr;
}

std::string JsonValue::scalar_of(std::string_view name) const {
    const JsonValue* value = find(name);
    return value != nullptr ? value->scalar : std::string{};
}

}  // namespace broker::simulator
