// One value of a script and where it stands. Included by the files that read scripts alone, the
// only ones that see yaml-cpp.
#pragma once

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <chrono>
#include <cstdint>
#include <optional>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include "broker/sdk/text.hpp"
#include "host/script.hpp"

namespace broker::sample_host::script {

inline constexpr std::int64_t kMaxMilliseconds = 3'600'000;

inline std::string found(const YAML::Node& node) {
    if (node.IsScalar()) return "\"" + node.Scalar().substr(0, 60) + "\"";
    if (node.IsMap()) return "a mapping";
    return node.IsSequence() ? "a list" : "nothing";
}

template <class Name>
std::string listed(std::span<const Name> names) {
    std::string text;
    for (const auto& name : names) {
        if (!text.empty()) text += ", ";
        if constexpr (std::is_same_v<Name, sdk::names::Name>) {
            text += name.text;
        } else {
            text += name;
        }
    }
    return text;
}

// One node of the script and where it stands.
class Value {
public:
    Value(YAML::Node node, const std::string& file, std::string key)
        : node_{std::move(node)}, file_{file}, key_{std::move(key)} {}

    [[noreturn]] void fail(const std::string& what) const {
        std::string text = file_;
        const YAML::Mark mark = node_.Mark();
        if (!mark.is_null()) text += ":" + std::to_string(mark.line + 1);
        throw ScriptError{text + ": " + (key_.empty() ? "" : key_ + ": ") + what};
    }
    [[noreturn]] void expected(const std::string& what) const {
        fail("expected " + what + ", found " + found(node_));
    }

    [[nodiscard]] int line() const { return node_.Mark().line + 1; }
    [[nodiscard]] bool is_map() const { return node_.IsMap(); }
    [[nodiscard]] const std::string& key() const { return key_; }
    [[nodiscard]] const std::string& file() const { return file_; }
    [[nodiscard]] const YAML::Node& node() const { return node_; }

    [[nodiscard]] std::string text() const {
        if (!node_.IsScalar() || node_.Scalar().empty()) expected("a text");
        return node_.Scalar();
    }
    [[nodiscard]] broker_decimal_t decimal() const {
        if (node_.IsScalar()) {
            if (const auto value = sdk::decimal_from_text(node_.Scalar())) return *value;
        }
        expected("an exact decimal such as \"1.25\"");
    }
    [[nodiscard]] std::chrono::milliseconds milliseconds() const {
        std::int64_t ms = -1;
        if (node_.IsScalar()) {
            const std::string& digits = node_.Scalar();
            const char* const end = digits.data() + digits.size();
            const auto result = std::from_chars(digits.data(), end, ms);
            if (result.ec != std::errc{} || result.ptr != end) ms = -1;
        }
        if (ms < 0 || ms > kMaxMilliseconds) {
            expected("a whole number from 0 to " + std::to_string(kMaxMilliseconds));
        }
        return std::chrono::milliseconds{ms};
    }
    // From 0 to `most`.
    [[nodiscard]] std::uint64_t whole_number(std::uint64_t most) const {
        std::uint64_t number = 0;
        if (node_.IsScalar()) {
            const std::string& digits = node_.Scalar();
            const char* const end = digits.data() + digits.size();
            const auto result = std::from_chars(digits.data(), end, number);
            if (result.ec == std::errc{} && result.ptr == end && number <= most) return number;
        }
        expected("a whole number from 0 to " + std::to_string(most));
    }
    [[nodiscard]] bool flag() const {
        const bool is_true = node_.IsScalar() && node_.Scalar() == "true";
        if (!is_true && !(node_.IsScalar() && node_.Scalar() == "false")) {
            expected("true or false");
        }
        return is_true;
    }
    [[nodiscard]] broker_timestamp_t timestamp() const {
        if (node_.IsScalar()) {
            if (const auto time = sdk::timestamp_from_text(node_.Scalar())) return *time;
        }
        expected("a time such as \"2026-01-05T12:00:00Z\"");
    }
    [[nodiscard]] std::int32_t one_of(std::span<const sdk::names::Name> names) const {
        for (const auto& name : names) {
            if (node_.IsScalar() && node_.Scalar() == name.text) return name.value;
        }
        expected("one of " + listed(names));
    }
    [[nodiscard]] std::vector<Value> list() const {
        if (!node_.IsSequence() || node_.size() == 0) expected("a list with at least one element");
        std::vector<Value> values;
        for (std::size_t i = 0; i < node_.size(); ++i) {
            values.emplace_back(node_[i], file_, key_ + "[" + std::to_string(i) + "]");
        }
        return values;
    }
    // Of a mapping, whatever its keys.
    [[nodiscard]] std::vector<std::pair<std::string, Value>> entries() const {
        if (!node_.IsMap()) expected("a mapping");
        std::vector<std::pair<std::string, Value>> entries;
        for (const auto& entry : node_) {
            const std::string name = Value{entry.first, file_, key_}.text();
            entries.emplace_back(name, Value{entry.second, file_, key_ + "." + name});
        }
        return entries;
    }

private:
    YAML::Node node_;
    const std::string& file_;
    std::string key_;
};

// A mapping with a known set of keys.
class Map {
public:
    Map(const Value& value, std::span<const std::string_view> keys) : value_{value} {
        if (!value.is_map()) value.expected("a mapping with " + listed(keys));
        std::set<std::string> seen;
        for (const auto& entry : value.node()) {
            const Value key{entry.first, value.file(), value.key()};
            const std::string name = key.text();
            if (std::find(keys.begin(), keys.end(), name) == keys.end()) {
                key.fail("unknown key \"" + name + "\": expected " + listed(keys));
            }
            if (!seen.insert(name).second) key.fail("key \"" + name + "\" stands twice");
        }
    }

    [[nodiscard]] std::optional<Value> find(std::string_view key) const {
        // Why the reference: only a const node looks a key up without adding it.
        const YAML::Node& node = value_.node();
        const YAML::Node child = node[std::string{key}];
        if (!child.IsDefined()) return std::nullopt;
        const std::string prefix = value_.key().empty() ? "" : value_.key() + ".";
        return Value{child, value_.file(), prefix + std::string{key}};
    }
    [[nodiscard]] Value require(std::string_view key) const {
        if (auto value = find(key)) return *std::move(value);
        value_.fail("missing key \"" + std::string{key} + "\"");
    }
    // Leaves `target` as it is if there is no such key.
    template <class Target, class Read>
    void read(std::string_view key, Target& target, Read read_value) const {
        if (const auto value = find(key)) target = read_value(*value);
    }

private:
    const Value& value_;
};

}  // namespace broker::sample_host::script
