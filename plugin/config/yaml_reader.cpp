#include "config/yaml_reader.hpp"

#include <algorithm>
#include <charconv>
#include <map>
#include <numeric>
#include <set>

namespace broker::config {
namespace {

std::string place(const std::filesystem::path& file, const YAML::Mark& mark) {
    std::string text = file.string();
    if (!mark.is_null()) text += ":" + std::to_string(mark.line + 1);
    return text + ": ";
}

std::string describe(const YAML::Node& node) {
    switch (node.Type()) {
        case YAML::NodeType::Map:
            return "a mapping";
        case YAML::NodeType::Sequence:
            return "a list";
        case YAML::NodeType::Scalar:
            return "\"" + node.Scalar().substr(0, 80) + "\"";
        default:
            return "nothing";
    }
}

// Levenshtein distance, for the nearest known key.
std::size_t distance(std::string_view a, std::string_view b) {
    std::vector<std::size_t> row(b.size() + 1);
    std::iota(row.begin(), row.end(), std::size_t{0});
    for (std::size_t i = 0; i < a.size(); ++i) {
        std::size_t diagonal = row[0]++;
        for (std::size_t j = 0; j < b.size(); ++j) {
            const std::size_t substituted = diagonal + (a[i] == b[j] ? 0U : 1U);
            diagonal = row[j + 1];
            row[j + 1] = std::min({row[j + 1] + 1, row[j] + 1, substituted});
        }
    }
    return row.back();
}

std::string join(std::span<const std::string_view> names) {
    std::string text;
    for (const std::string_view name : names) {
        if (!text.empty()) text += ", ";
        text += name;
    }
    return text;
}

// Each scalar goes with its size, so that no two values give one text.
void append_canonical(const YAML::Node& node, std::string& text) {
    if (node.IsScalar()) {
        text += std::to_string(node.Scalar().size()) + ':' + node.Scalar();
    } else if (node.IsSequence()) {
        text += '[';
        for (const YAML::Node& element : node) append_canonical(element, text);
        text += ']';
    } else if (node.IsMap()) {
        std::map<std::string, std::string> sorted;
        for (const auto& entry : node) {
            std::string key;
            append_canonical(entry.first, key);
            append_canonical(entry.second, sorted[key]);
        }
        text += '{';
        for (const auto& [key, value] : sorted) text.append(key).append(value);
        text += '}';
    } else {
        text += '~';
    }
}

}  // namespace

std::string YamlValue::canonical() const {
    std::string text;
    append_canonical(node_, text);
    return text;
}

void YamlValue::fail(std::string_view what) const {
    throw ConfigError{place(file_->path, node_.Mark()) + (key_.empty() ? "" : key_ + ": ") +
                      std::string{what}};
}

void YamlValue::expected(std::string_view what) const {
    fail("expected " + std::string{what} + ", found " + describe(node_));
}

std::string YamlValue::scalar_at(const std::string& key) const {
    if (!node_.IsMap()) return {};
    const YAML::Node& node = node_;  // const: it adds nothing
    const YAML::Node child = node[key];
    return child.IsDefined() && child.IsScalar() ? child.Scalar() : std::string{};
}

std::string YamlValue::text() const {
    if (!node_.IsScalar() || node_.Scalar().empty()) expected("a text");
    return node_.Scalar();
}

bool YamlValue::boolean() const {
    if (node_.IsScalar() && node_.Scalar() == "true") return true;
    if (node_.IsScalar() && node_.Scalar() == "false") return false;
    expected("true or false");
}

std::uint64_t YamlValue::integer(std::uint64_t min, std::uint64_t max) const {
    std::uint64_t value = 0;
    if (node_.IsScalar()) {
        const std::string& text = node_.Scalar();
        const auto [end, ec] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (ec == std::errc{} && end == text.data() + text.size() && !text.empty() &&
            value >= min && value <= max) {
            return value;
        }
    }
    expected("a whole number from " + std::to_string(min) + " to " + std::to_string(max));
}

std::chrono::milliseconds YamlValue::milliseconds(std::uint64_t min, std::uint64_t max) const {
    return std::chrono::milliseconds{static_cast<std::int64_t>(integer(min, max))};
}

core::Decimal YamlValue::decimal() const {
    if (node_.IsScalar()) {
        if (const auto value = core::Decimal::parse(node_.Scalar())) return *value;
    }
    expected("a decimal number such as \"1000.5\"");
}

std::size_t YamlValue::one_of(std::span<const std::string_view> names) const {
    if (node_.IsScalar()) {
        const auto found = std::find(names.begin(), names.end(), node_.Scalar());
        if (found != names.end()) return static_cast<std::size_t>(found - names.begin());
    }
    expected("one of " + join(names));
}

std::vector<YamlValue> YamlValue::list() const {
    if (!node_.IsSequence() || node_.size() == 0) expected("a list with at least one element");
    std::vector<YamlValue> values;
    values.reserve(node_.size());
    for (std::size_t i = 0; i < node_.size(); ++i) {
        values.emplace_back(node_[i], file_, key_ + "[" + std::to_string(i) + "]", pattern_ + "[]");
    }
    return values;
}

std::vector<YamlEntry> YamlValue::entries() const {
    if (!node_.IsMap() || node_.size() == 0) expected("a mapping with at least one entry");
    file_->keys.insert(pattern_ + ".*");
    std::vector<YamlEntry> entries;
    std::set<std::string> seen;
    for (const auto& entry : node_) {
        YamlValue name{entry.first, file_, key_, pattern_};
        const std::string text = name.text();
        if (!seen.insert(text).second) name.fail("key \"" + text + "\" stands twice");
        YamlValue value{entry.second, file_, key_ + "." + text, pattern_ + ".*"};
        entries.push_back({std::move(name), std::move(value)});
    }
    return entries;
}

YamlValue load_yaml(const std::filesystem::path& file) {
    try {
        return {YAML::LoadFile(file.string()), std::make_shared<YamlFile>(YamlFile{file, {}}), "",
                ""};
    } catch (const YAML::BadFile&) {
        throw ConfigError{file.string() + ": cannot be read: expected a YAML file"};
    } catch (const YAML::Exception& e) {
        throw ConfigError{place(file, e.mark) + "not valid YAML: " + e.msg};
    }
}

YamlMap::YamlMap(const YamlValue& value) : value_{value} {
    if (!value.node_.IsMap()) value.expected("a mapping of keys to values");
}

std::optional<YamlValue> YamlMap::find(std::string_view key) {
    known_.emplace_back(key);
    const auto below = [&key](const std::string& parent) {
        return parent.empty() ? std::string{key} : parent + "." + std::string{key};
    };
    const std::string pattern = below(value_.pattern_);
    value_.file_->keys.insert(pattern);
    // Why: only a const Node looks a key up without adding it.
    const YAML::Node& node = value_.node_;
    const YAML::Node child = node[std::string{key}];
    if (!child.IsDefined()) return std::nullopt;
    return YamlValue{child, value_.file_, below(value_.key_), pattern};
}

YamlValue YamlMap::require(std::string_view key) {
    if (auto value = find(key)) return *value;
    value_.fail("missing key \"" + std::string{key} + "\"");
}

void YamlMap::refuse(std::string_view key, std::string_view why) {
    if (const auto value = find(key)) value->fail(why);
}

void YamlMap::finish() const {
    std::set<std::string> seen;
    for (const auto& entry : value_.node_) {
        const YamlValue key_value{entry.first, value_.file_, value_.key_, value_.pattern_};
        if (!entry.first.IsScalar()) key_value.expected("a key");
        const std::string& key = entry.first.Scalar();
        if (!seen.insert(key).second) key_value.fail("key \"" + key + "\" stands twice");
        if (std::find(known_.begin(), known_.end(), key) != known_.end()) continue;
        const auto nearest = std::min_element(known_.begin(), known_.end(),
                                              [&key](const std::string& a, const std::string& b) {
                                                  return distance(key, a) < distance(key, b);
                                              });
        std::string text = "unknown key \"" + key + "\"";
        if (nearest != known_.end()) text += "; the nearest known key is \"" + *nearest + "\"";
        key_value.fail(text);
    }
}

}  // namespace broker::config
