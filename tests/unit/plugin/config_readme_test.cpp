// config/README.md against the keys that the readers ask for.
#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <regex>
#include <set>
#include <sstream>
#include <vector>

#include "config/adapter_tags.hpp"
#include "config/settings_yaml.hpp"
#include "dxtrade/enum_names.hpp"
#include "support/temporary_directory.hpp"

namespace broker::config {
namespace {

using Keys = std::set<std::string>;

std::vector<std::string> code_spans(const std::string& text) {
    static const std::regex span{"`([^`]+)`"};
    std::vector<std::string> spans;
    for (auto at = std::sregex_iterator{text.begin(), text.end(), span};
         at != std::sregex_iterator{}; ++at) {
        spans.push_back((*at)[1]);
    }
    return spans;
}

// The keys of the first cells of the tables, each below the keys that its heading names. Those of
// the profiles come after the heading "Profiles".
struct Readme {
    Keys settings;
    Keys profile;
};

Readme read_readme() {
    std::ifstream file{DXTRADE_CONFIG_DIR "/README.md"};
    EXPECT_TRUE(file.is_open());
    Readme readme;
    Keys* keys = &readme.settings;
    std::vector<std::string> parents{""};
    for (std::string line; std::getline(file, line);) {
        if (line.starts_with("#")) {
            if (line == "## Profiles") keys = &readme.profile;
            parents = code_spans(line);
            if (parents.empty()) parents.emplace_back();
        } else if (line.starts_with("|")) {
            for (const std::string& key : code_spans(line.substr(0, line.find('|', 1)))) {
                for (const std::string& parent : parents) {
                    keys->insert(parent.empty() ? key : parent + "." + key);
                }
            }
        }
    }
    return readme;
}

// Keys that have values, not only further keys: what a table has a row for.
Keys leaves(const std::set<std::string>& keys) {
    Keys result;
    for (const std::string& key : keys) {
        const bool has_keys_below = std::any_of(keys.begin(), keys.end(), [&](const auto& other) {
            return other.starts_with(key + ".") || other.starts_with(key + "[].");
        });
        if (!has_keys_below) result.insert(key);
    }
    return result;
}

void expect_same(const Keys& documented, const Keys& known) {
    for (const std::string& key : documented) {
        EXPECT_TRUE(known.contains(key)) << "documented, but not read: " << key;
    }
    const Keys described = leaves(documented);
    for (const std::string& key : leaves(known)) {
        EXPECT_TRUE(described.contains(key)) << "read, but not documented: " << key;
    }
}

TEST(ConfigReadme, HasEveryKeyOfTheProfilesAndNoOther) {
    const YamlValue top = load_yaml(DXTRADE_CONFIG_DIR "/profiles/simulator.yaml");
    (void)read_profile(top);
    Keys documented = read_readme().profile;
    Keys known = top.asked_keys();
    expect_same(documented, known);
}

TEST(ConfigReadme, HasEveryKeyOfTheSettingsAndNoOther) {
    test::TemporaryDirectory directory;
    // Each mapping that there may be, so that the readers ask for all the keys in it.
    std::ofstream{directory.path() / "all.yaml"} << R"(
adapter: {journal_dir: var, event_loop: {mode: block}, connect_budget: {host_per_s: 20}}
accounts:
  - id: A
    profile: simulator
    account: a
    tls: {trust: file:ca.pem}
    fix:
      trading: {hosts: ["a:1"], sender_comp_id: A, target_comp_id: B, reconnect: {initial_ms: 500}}
      market_data: {hosts: ["a:1"], sender_comp_id: A-MD, target_comp_id: B,
                    reconnect: {initial_ms: 500}}
      drop_copy: {hosts: ["a:1"], sender_comp_id: A-DC, target_comp_id: B,
                  reconnect: {initial_ms: 500}}
    rest: {base_url: "https://a", username: u, password: env:P, reconnect: {initial_ms: 500}}
    push: {url: "wss://a", reconnect: {initial_ms: 500}}
    cancel_on_disconnect: rest
    market_data: {conflation: none}
    fields: {algo_id: X}
    limits: {orders_per_s: 1, margin: {max_age_ms: 1000}, price_collar: {percent: "1"},
             guard: {daily_loss: "1"}}
    schedule: {time_zone: Etc/UTC, closures: [{from: "2026-12-24 13:00", to: "2026-12-27 00:00"}]}
)";
    const YamlValue top = load_yaml(directory.path() / "all.yaml");
    (void)read_settings(top, DXTRADE_CONFIG_DIR);
    Keys documented = read_readme().settings;
    Keys known = top.asked_keys();
    expect_same(documented, known);
}

// "a, b" is a and b.
std::vector<std::string> parts(const std::string& list) {
    std::vector<std::string> result;
    std::istringstream stream{list};
    for (std::string part; std::getline(stream >> std::ws, part, ',');) result.push_back(part);
    return result;
}

TEST(ConfigReadme, HasEveryTagThatTheAdapterWritesItself) {
    std::ifstream file{DXTRADE_CONFIG_DIR "/README.md"};
    const std::regex item{R"(- \w+ \(([^)]+)\): ([0-9, ]+))"};
    std::size_t count = 0;
    std::smatch match;
    for (std::string line; std::getline(file, line);) {
        if (!std::regex_match(line, match, item)) continue;
        std::set<std::int32_t> documented;
        for (const std::string& tag : parts(match[2])) documented.insert(std::stoi(tag));
        for (const std::string& message : parts(match[1])) {
            ++count;
            for (std::int32_t tag = 1; tag < 10'000; ++tag) {
                EXPECT_EQ(!writer_of(tag, message, {}).empty(), documented.contains(tag))
                    << message << " " << tag;
            }
        }
    }
    EXPECT_EQ(count, sent_messages({}).size());
}

template <class Enum>
void expect_names(const std::string& readme) {
    for (const std::string_view name : dxtrade::kNames<Enum>) {
        EXPECT_NE(readme.find("`" + std::string{name} + "`"), std::string::npos) << name;
    }
}

TEST(ConfigReadme, HasEveryNameThatAListTakes) {
    std::ifstream file{DXTRADE_CONFIG_DIR "/README.md"};
    std::ostringstream text;
    text << file.rdbuf();
    expect_names<core::Side>(text.str());
    expect_names<core::OrdType>(text.str());
    expect_names<core::TimeInForce>(text.str());
    expect_names<core::ExecInst>(text.str());
    expect_names<core::Contingency>(text.str());
    expect_names<core::QueryKind>(text.str());
    expect_names<dxtrade::ReplaceField>(text.str());
}

}  // namespace
}  // namespace broker::config
