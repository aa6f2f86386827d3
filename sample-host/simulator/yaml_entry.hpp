// The reader of the simulator's YAML: one node with the way to it.
#pragma once

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>

#include "core/clock.hpp"
#include "core/decimal.hpp"

namespace broker::simulator {

// Carries an error out of the nested readers; caught by simulator_options_from_yaml().
struct YamlError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// One node, for errors that name file, line and key: every function throws YamlError.
class Entry {
public:
    Entry(YAML::Node node, std::string file, std::string key)
        : node_{std::move(node)}, file_{std::move(file)}, key_{std::move(key)} {}

    [[noreturn]] void fail(const std::string& why) const {
        const auto mark = node_.Mark();
        const std::string line = mark.is_null() ? "" : ":" + std::to_string(mark.line + 1);
        throw YamlError{file_ + line + ": " + (key_.empty() ? "" : key_ + ": ") + why};
    }

    // A map without other keys than these.
    void allow(std::initializer_list<std::string_view> keys) const {
        if (!node_.IsMap()) fail("a map is expected");
        for (const auto& pair : node_) {
            const auto& name = pair.first.Scalar();
            if (std::find(keys.begin(), keys.end(), name) == keys.end())
                Entry{pair.first, file_, path_of(name)}.fail("unknown key");
        }
    }

    // Calls `use` with the entry below, if it is there.
    template <class Use>
    void at(const char* name, Use use) const {
        if (const YAML::Node below = node_[name]) use(Entry{below, file_, path_of(name)});
    }

    template <class Use>
    void each(Use use) const {
        if (!node_.IsSequence()) fail("a list is expected");
        for (std::size_t i = 0; i < node_.size(); ++i)
            use(Entry{node_[i], file_, key_ + "[" + std::to_string(i) + "]"});
    }

    template <class Use>
    void each_key(Use use) const {
        if (!node_.IsMap()) fail("a map is expected");
        for (const auto& pair : node_) {
            const auto& name = pair.first.Scalar();
            use(name, Entry{pair.second, file_, path_of(name)});
        }
    }

    [[nodiscard]] std::string text() const {
        if (!node_.IsScalar()) fail("a text is expected");
        return node_.Scalar();
    }

    template <class Integer>
    [[nodiscard]] Integer integer(Integer lowest, Integer highest) const {
        const std::string digits = text();
        Integer value{};
        const char* const end = digits.data() + digits.size();
        const auto [stop, error] = std::from_chars(digits.data(), end, value);
        if (error != std::errc{} || stop != end || value < lowest || value > highest)
            fail("\"" + digits + "\" is no whole number from " + std::to_string(lowest) + " to " +
                 std::to_string(highest));
        return value;
    }

    // One of the names, as the value it stands for.
    template <class Value>
    [[nodiscard]] Value one_of(
        std::initializer_list<std::pair<std::string_view, Value>> names) const {
        const std::string given = text();
        std::string known;
        for (const auto& [name, value] : names) {
            if (name == given) return value;
            known += (known.empty() ? "" : ", ") + std::string{name};
        }
        fail("\"" + given + "\" is none of " + known);
    }

    [[nodiscard]] core::Duration milliseconds() const {
        constexpr int kDay = 24 * 60 * 60 * 1000;
        return std::chrono::milliseconds{integer(0, kDay)};
    }

    [[nodiscard]] core::Decimal decimal() const {
        const auto value = core::Decimal::parse(text());
        if (!value) fail("\"" + text() + "\" is no decimal number");
        return *value;
    }

    [[nodiscard]] bool boolean() const {
        const std::string value = text();
        if (value != "true" && value != "false")
            fail("\"" + value + "\" is neither true nor false");
        return value == "true";
    }

private:
    [[nodiscard]] std::string path_of(const std::string& name) const {
        return key_.empty() ? name : key_ + "." + name;
    }

    YAML::Node node_;
    std::string file_;
    std::string key_;
};

}  // namespace broker::simulator
