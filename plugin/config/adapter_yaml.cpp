#include "config/adapter_yaml.hpp"

#include <array>
#include <string>
#include <string_view>

namespace broker::config {
namespace {

ConnectBudgetSettings read_connect_budget(const YamlValue& value) {
    YamlMap map{value};
    ConnectBudgetSettings budget;
    const auto per_s = [](const YamlValue& v) {
        return static_cast<std::uint32_t>(v.integer(0, 10'000));
    };
    map.read("account_per_s", budget.account_per_s, per_s);
    map.read("host_per_s", budget.host_per_s, per_s);
    map.finish();
    return budget;
}

std::string text_of(const std::filesystem::path& path) { return path.string(); }
std::string text_of(EventLoopMode mode) { return mode == EventLoopMode::Block ? "block" : "spin"; }
std::string text_of(std::uint32_t number) { return std::to_string(number); }

// Fails at the key, or where it is missing.
template <class Value>
void expect_same(const YamlValue& adapter, std::string_view section, std::string_view key,
                 const Value& now, const Value& running) {
    if (now == running) return;
    YamlValue place = adapter;
    if (!section.empty()) place = YamlMap{place}.find(section).value_or(place);
    place = YamlMap{place}.find(key).value_or(place);
    std::string name{section};
    name.append(section.empty() ? "" : ".").append(key);
    place.fail(name + " cannot change while the adapter runs: expected " + text_of(running) +
               ", found " + text_of(now));
}

}  // namespace

std::filesystem::path folder_of(const std::filesystem::path& file) {
    return std::filesystem::absolute(file).lexically_normal().parent_path();
}

void read_adapter(const YamlValue& value, Settings& settings) {
    const std::filesystem::path base = folder_of(value.file());
    YamlMap map{value};
    settings.journal_dir = (base / map.require("journal_dir").text()).lexically_normal();
    map.read("data_dir", settings.data_dir,
             [&](const YamlValue& v) { return (base / v.text()).lexically_normal(); });
    if (const auto loop = map.find("event_loop")) {
        YamlMap loop_map{*loop};
        constexpr std::array<std::string_view, 2> kModes{"block", "spin"};
        loop_map.read("mode", settings.event_loop.mode, [&](const YamlValue& v) {
            return v.one_of(kModes) == 0 ? EventLoopMode::Block : EventLoopMode::Spin;
        });
        loop_map.read("threads", settings.event_loop.threads, [](const YamlValue& v) {
            return static_cast<std::uint32_t>(v.integer(1, 64));
        });
        loop_map.finish();
    }
    map.read("connect_budget", settings.connect_budget, read_connect_budget);
    map.read("on_bad_account", settings.on_bad_account, [](const YamlValue& v) {
        constexpr std::array<std::string_view, 2> kChoices{"fail", "skip"};
        return static_cast<OnBadAccount>(v.one_of(kChoices));
    });
    map.finish();
}

void check_unchanged(const YamlValue& adapter, const Settings& now, const Settings& running) {
    const EventLoopSettings& loop = running.event_loop;
    const ConnectBudgetSettings& budget = running.connect_budget;
    expect_same(adapter, {}, "journal_dir", now.journal_dir, running.journal_dir);
    expect_same(adapter, {}, "data_dir", now.data_dir, running.data_dir);
    expect_same(adapter, "event_loop", "mode", now.event_loop.mode, loop.mode);
    expect_same(adapter, "event_loop", "threads", now.event_loop.threads, loop.threads);
    expect_same(adapter, "connect_budget", "account_per_s", now.connect_budget.account_per_s,
                budget.account_per_s);
    expect_same(adapter, "connect_budget", "host_per_s", now.connect_budget.host_per_s,
                budget.host_per_s);
}

}  // namespace broker::config
