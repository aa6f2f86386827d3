// Reads YAML strictly: every error names file, line and key, and what was expected instead.
#pragma once

#include <yaml-cpp/yaml.h>

#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <vector>

#include "core/decimal.hpp"

namespace broker::config {

// One line for people: `accounts.yaml:12: accounts[0].tls.key: expected …, found …`.
class ConfigError : public std::runtime_error {
public:
    using std::runtime_error::runtime_error;
};

struct YamlEntry;

// A file that is being read.
struct YamlFile {
    std::filesystem::path path;
    // Every key that has been asked for, whether it is there or not, with "[]" for the elements of
    // a list and "*" for a name that the file chooses: "accounts[].tls.trust".
    std::set<std::string> keys;
};

// One value of a file, with the place it stands at. Every function throws ConfigError if the value
// is not what it asks for.
class YamlValue {
public:
    // `pattern` is the key as YamlFile::keys has it.
    YamlValue(YAML::Node node, std::shared_ptr<YamlFile> file, std::string key, std::string pattern)
        : node_{std::move(node)},
          file_{std::move(file)},
          key_{std::move(key)},
          pattern_{std::move(pattern)} {}

    [[nodiscard]] std::string text() const;  // not empty
    [[nodiscard]] bool boolean() const;      // true or false
    [[nodiscard]] std::uint64_t integer(std::uint64_t min, std::uint64_t max) const;
    [[nodiscard]] std::chrono::milliseconds milliseconds(std::uint64_t min,
                                                         std::uint64_t max) const;
    [[nodiscard]] core::Decimal decimal() const;
    // The index of the value in `names`.
    [[nodiscard]] std::size_t one_of(std::span<const std::string_view> names) const;
    [[nodiscard]] std::vector<YamlValue> list() const;  // at least one element
    // A mapping whose keys are names of the file's own; at least one, none of them twice.
    [[nodiscard]] std::vector<YamlEntry> entries() const;

    // The value with all below it, as a text that is equal for equal values whatever their spelling
    // in the file: comments, spacing and the order of keys do not show.
    [[nodiscard]] std::string canonical() const;

    [[noreturn]] void fail(std::string_view what) const;
    [[noreturn]] void expected(std::string_view what) const;  // "expected <what>, found <value>"

    [[nodiscard]] const std::string& key() const { return key_; }
    [[nodiscard]] const std::filesystem::path& file() const { return file_->path; }
    [[nodiscard]] const std::set<std::string>& asked_keys() const { return file_->keys; }
    [[nodiscard]] bool is_map() const { return node_.IsMap(); }
    // The text of a key below, whatever else is wrong; empty if there is none. For error texts.
    [[nodiscard]] std::string scalar_at(const std::string& key) const;

private:
    friend class YamlMap;
    YAML::Node node_;
    std::shared_ptr<YamlFile> file_;
    std::string key_;
    std::string pattern_;
};

struct YamlEntry {
    YamlValue name;
    YamlValue value;
};

// The top of a file. Throws ConfigError if it cannot be read or is not YAML.
[[nodiscard]] YamlValue load_yaml(const std::filesystem::path& file);

// The keys of a mapping. Ask for every key there may be, then finish(): a key nobody asked for is
// an error that names the nearest known one, and so is a key given twice.
class YamlMap {
public:
    explicit YamlMap(const YamlValue& value);

    [[nodiscard]] YamlValue require(std::string_view key);
    [[nodiscard]] std::optional<YamlValue> find(std::string_view key);
    // A key of the format that this version cannot act upon: an error if it is given, since going
    // on without it would not be what the file asks for.
    void refuse(std::string_view key, std::string_view why);
    void finish() const;

    // find(), then `read` into `target` if it is there.
    template <class Target, class Read>
    void read(std::string_view key, Target& target, Read&& read_value) {
        if (const auto value = find(key)) target = std::invoke(read_value, *value);
    }

private:
    YamlValue value_;
    std::vector<std::string> known_;
};

}  // namespace broker::config
