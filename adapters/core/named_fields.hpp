// Fields that a profile names (custom and regulatory tags, parties), as they travel with an order:
// `name=value` pairs, each ended by SOH (U+0001), the one character that no FIX value may have.
#pragma once

#include <algorithm>
#include <array>
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

// `fields` with those of `changes` beside or, by name, instead of them. Null if that is too long.
[[nodiscard]] inline std::optional<NamedFields> merge_fields(const NamedFields& fields,
                                                             const NamedFields& changes) {
    if (changes.empty()) return fields;
    std::array<char, NamedFields::kCapacity> text{};
    std::size_t size = 0;
    const auto append = [&](std::string_view part) {
        if (part.size() > text.size() - size) return false;
        std::copy(part.begin(), part.end(), text.begin() + static_cast<std::ptrdiff_t>(size));
        size += part.size();
        return true;
    };
    std::string_view rest = fields.view();
    while (!rest.empty()) {
        const std::string_view before = rest;
        const auto field = next_field(rest);
        if (!field) break;
        const bool is_replaced = !find_field(changes.view(), field->name).empty();
        const std::string_view whole = before.substr(0, before.size() - rest.size());
        if (!is_replaced && !append(whole)) return std::nullopt;
    }
    if (!append(changes.view())) return std::nullopt;
    return NamedFields::from({text.data(), size});
}

}  // namespace broker::core
