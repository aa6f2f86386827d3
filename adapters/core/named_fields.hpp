// Fields that a profile names (custom and regulatory tags, parties), as they travel with an order:
// `name=value` pairs, each ended by SOH (U+0001), the one character that no FIX value may have.
#pragma once

#include <cstddef>
#include <optional>
#include <string_view>

#include "core/fixed_string.hpp"

namespace broker::core {

inline constexpr char kFieldEnd = '\x01';

using NamedFields = FixedString<255>;

struct NamedFieldView {
    std::string_view name;
    std::string_view value;
};

// Takes the first pair off `text`. Null at the end, and if what is left is no pair (see
// is_well_formed).
[[nodiscard]] constexpr std::optional<NamedFieldView> next_field(std::string_view& text) {
    const std::size_t end = text.find(kFieldEnd);
    const std::size_t equals = text.substr(0, end).find('=');
    if (end == std::string_view::npos || equals == std::string_view::npos) return std::nullopt;
    const NamedFieldView field{text.substr(0, equals), text.substr(equals + 1, end - equals - 1)};
    text.remove_prefix(end + 1);
    return field;
}

// Empty if there is no such field.
[[nodiscard]] constexpr std::string_view find_field(std::string_view text, std::string_view name) {
    while (const auto field = next_field(text)) {
        if (field->name == name) return field->value;
    }
    return {};
}

// Every pair has a name and a value, and no name stands twice.
[[nodiscard]] constexpr bool is_well_formed(std::string_view text) {
    std::string_view rest = text;
    while (!rest.empty()) {
        const auto field = next_field(rest);
        if (!field || field->name.empty() || field->value.empty()) return false;
        if (!find_field(rest, field->name).empty()) return false;
    }
    return true;
}

}  // namespace broker::core
