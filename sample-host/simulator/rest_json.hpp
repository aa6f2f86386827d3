// JSON with exact numbers: written from Decimals, and read so that the text of each number is kept.
#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "core/clock.hpp"
#include "core/decimal.hpp"
#include "simulator/rest_options.hpp"

namespace broker::simulator {

struct JsonStyle {
    bool numbers_as_strings = false;
    bool booleans_as_strings = false;
    bool account_as_object = false;
};
[[nodiscard]] JsonStyle style_of(const RestOptions& options);

// Writes one value from left to right; commas come by themselves.
class JsonWriter {
public:
    explicit JsonWriter(JsonStyle style) : style_{style} {}

    JsonWriter& begin_object() { return open('{'); }
    JsonWriter& end_object() { return close('}'); }
    JsonWriter& begin_array() { return open('['); }
    JsonWriter& end_array() { return close(']'); }
    JsonWriter& key(std::string_view name);
    JsonWriter& value(std::string_view text);

    JsonWriter& text(std::string_view name, std::string_view value_text);
    JsonWriter& text_if(std::string_view name, std::string_view value_text);  // unless empty
    JsonWriter& number(std::string_view name, const core::Decimal& value_number);
    JsonWriter& number(std::string_view name, const std::optional<core::Decimal>& value_number);
    JsonWriter& integer(std::string_view name, std::int64_t value_number);
    JsonWriter& boolean(std::string_view name, bool value_flag);
    JsonWriter& time(std::string_view name, core::UtcTime instant);
    // "default:ACC-1", or an object of its parts.
    JsonWriter& account(std::string_view name);
    // Text that is JSON already.
    JsonWriter& raw(std::string_view json);

    [[nodiscard]] const std::string& str() const { return out_; }

private:
    JsonWriter& open(char bracket);
    JsonWriter& close(char bracket);
    void separate();
    void put_number(const std::string& digits);

    JsonStyle style_;
    std::string out_;
};

// 2031-04-05T06:07:08.901Z
[[nodiscard]] std::string iso_text(core::UtcTime time);
// A timestamp, or a date, which is its first instant.
[[nodiscard]] std::optional<core::UtcTime> iso_time(std::string_view text);

struct JsonValue {
    enum class Kind { Null, Boolean, Number, Text, Array, Object };
    Kind kind = Kind::Null;
    std::string scalar{};  // "true", the number as written, or the text
    std::vector<JsonValue> items{};
    std::vector<std::pair<std::string, JsonValue>> members{};

    [[nodiscard]] const JsonValue* find(std::string_view name) const;
    // The member's scalar, whatever its kind; empty if there is none.
    [[nodiscard]] std::string scalar_of(std::string_view name) const;
    // A number, or a text that is one; exponents are understood.
    [[nodiscard]] std::optional<core::Decimal> decimal() const;
    [[nodiscard]] bool is_true() const { return scalar == "true"; }
};

// Null: no JSON. At most 32 levels deep.
[[nodiscard]] std::optional<JsonValue> json_from(std::string_view text);

}  // namespace broker::simulator
