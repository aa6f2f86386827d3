// Reads the steps of a script, each from the value behind its name. All throw ScriptError.
#pragma once

#include <array>
#include <chrono>
#include <initializer_list>
#include <span>
#include <string>
#include <string_view>

#include "host/script_steps.hpp"
#include "host/script_value.hpp"

namespace broker::sample_host::script {

[[nodiscard]] Submit read_submit(const Value& value);
[[nodiscard]] Replace read_replace(const Value& value);
[[nodiscard]] Cancel read_cancel(const Value& value);
[[nodiscard]] CancelAll read_cancel_all(const Value& value);
[[nodiscard]] SubmitList read_submit_list(const Value& value);
[[nodiscard]] CancelList read_cancel_list(const Value& value);

// Of the step that asks a question of this kind (query_steps.hpp).
[[nodiscard]] Query read_query(const Value& value, broker_query_kind_t kind);
[[nodiscard]] Subscribe read_subscribe(const Value& value);
[[nodiscard]] Unsubscribe read_unsubscribe(const Value& value);

[[nodiscard]] Expect read_expect(const Value& value);
[[nodiscard]] ExpectEvent read_expect_event(const Value& value);

// What the functions are made of.

using Keys = std::initializer_list<std::string_view>;
[[nodiscard]] inline std::span<const std::string_view> span_of(const Keys& keys) {
    return {keys.begin(), keys.size()};
}

[[nodiscard]] inline std::string text(const Value& value) { return value.text(); }
[[nodiscard]] inline broker_decimal_t decimal(const Value& value) { return value.decimal(); }
[[nodiscard]] inline broker_timestamp_t timestamp(const Value& value) { return value.timestamp(); }
[[nodiscard]] inline bool flag(const Value& value) { return value.flag(); }
[[nodiscard]] inline std::chrono::milliseconds milliseconds(const Value& value) {
    return value.milliseconds();
}

// The first name of an enum is Unspecified, which says nothing.
template <std::size_t Size>
[[nodiscard]] std::span<const sdk::names::Name> specified(
    const std::array<sdk::names::Name, Size>& names) {
    return std::span{names}.template subspan<1>();
}

// A reader for one of the values of an enum, as Map::read takes it.
template <std::size_t Size>
[[nodiscard]] auto one_of(const std::array<sdk::names::Name, Size>& names) {
    return [&names](const Value& value) { return value.one_of(specified(names)); };
}

// The same that keeps the name.
[[nodiscard]] inline auto name_of(std::span<const sdk::names::Name> names) {
    return [names](const Value& value) {
        (void)value.one_of(names);
        return value.text();
    };
}

}  // namespace broker::sample_host::script
