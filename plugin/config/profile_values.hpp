// Values that several sections of a profile have. Every function throws ConfigError.
#pragma once

#include <array>
#include <cstdint>
#include <string>

#include "config/yaml_reader.hpp"
#include "core/enum_set.hpp"
#include "dxtrade/enum_names.hpp"
#include "dxtrade/profile.hpp"

namespace broker::config {

// Of enums whose names start with the value 1.
template <class Enum>
[[nodiscard]] Enum enumerator(const YamlValue& value) {
    return static_cast<Enum>(value.one_of(dxtrade::kNames<Enum>) + 1);
}

template <class Enum>
[[nodiscard]] core::EnumSet<Enum> enum_set(const YamlValue& value) {
    core::EnumSet<Enum> set;
    for (const YamlValue& element : value.list()) {
        const auto member = enumerator<Enum>(element);
        if (set.contains(member)) element.expected("a value that stands once in its list");
        set.add(member);
    }
    return set;
}

// Of enums whose names, given here, start with the value 0.
template <class Enum, std::size_t Size>
[[nodiscard]] auto choice(const std::array<std::string_view, Size>& names) {
    return [&names](const YamlValue& value) { return static_cast<Enum>(value.one_of(names)); };
}

// A tag that a message body may have: 1 to 99999, none of the header's or the trailer's.
[[nodiscard]] std::int32_t body_tag(const YamlValue& value);

// A text without control characters.
[[nodiscard]] std::string plain_text(const YamlValue& value);

// One printable character.
[[nodiscard]] std::string character(const YamlValue& value);

// The MsgType of a message that is named by its name or its MsgType.
[[nodiscard]] std::string msg_type(const YamlValue& value);

// A list of those, each of them in `possible` and none twice.
[[nodiscard]] dxtrade::MsgTypes msg_types(const YamlValue& value,
                                          const dxtrade::MsgTypes& possible);

}  // namespace broker::config
