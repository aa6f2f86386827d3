// JSON text, compact.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "core/decimal.hpp"

namespace broker::dxtrade::json {

enum class DecimalStyle { Number, String };

// Writes what it is told in that order; that objects and arrays end, and that members have keys, is
// the caller's to see to.
class Writer {
public:
    explicit Writer(DecimalStyle decimals = DecimalStyle::Number) : decimals_{decimals} {}

    // Room for so many bytes, so that no copy of a secret is left behind by growing.
    void reserve(std::size_t size) { text_.reserve(size); }

    Writer& begin_object() { return open('{'); }
    Writer& end_object() { return close('}'); }
    Writer& begin_array() { return open('['); }
    Writer& end_array() { return close(']'); }
    Writer& key(std::string_view name);

    Writer& text(std::string_view value);
    Writer& number(const core::Decimal& value);  // exactly, with its scale
    Writer& number(std::uint64_t value);
    Writer& boolean(bool value);

    // A key and its value.
    Writer& member(std::string_view name, std::string_view value) { return key(name).text(value); }
    Writer& member(std::string_view name, const core::Decimal& value) {
        return key(name).number(value);
    }

    [[nodiscard]] std::string take() { return std::move(text_); }

private:
    Writer& open(char bracket);
    Writer& close(char bracket);
    void separate();
    void append_quoted(std::string_view value);

    DecimalStyle decimals_;
    std::string text_;
    bool needs_comma_ = false;
};

// The bytes of `value` as a JSON string, quotes included.
[[nodiscard]] std::size_t quoted_size(std::string_view value);

}  // namespace broker::dxtrade::json
