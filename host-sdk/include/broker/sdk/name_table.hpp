// A table of an enum's values and their names, and how it is searched.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace broker::sdk::names {

struct Name {
    std::int32_t value;
    std::string_view text;
};

template <std::size_t Size>
constexpr std::string_view find_name(const std::array<Name, Size>& names, std::int32_t value) {
    for (const Name& name : names) {
        if (name.value == value) return name.text;
    }
    return "Unrecognized";
}

template <std::size_t Size>
constexpr std::optional<std::int32_t> find_value(const std::array<Name, Size>& names,
                                                 std::string_view text) {
    for (const Name& name : names) {
        if (name.text == text) return name.value;
    }
    return std::nullopt;
}

// The names of a set (bit n stands for the enumerator with value n) with a space between them. A
// bit without a name is "Unrecognized".
template <std::size_t Size>
std::string set_text(const std::array<Name, Size>& names, std::uint64_t bits) {
    std::string text;
    for (std::int32_t value = 0; value < 64; ++value) {
        if ((bits >> static_cast<unsigned>(value) & 1U) == 0) continue;
        if (!text.empty()) text += ' ';
        text += find_name(names, value);
    }
    return text;
}

}  // namespace broker::sdk::names
