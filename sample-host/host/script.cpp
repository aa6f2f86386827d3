#include "host/script.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <set>
#include <span>
#include <utility>

#include "host/script_value.hpp"

namespace broker::sample_host {
namespace {

using script::Map;
using script::Value;

constexpr std::uintmax_t kMaxFileSize = 4U << 20U;

std::string text(const Value& value) { return value.text(); }
broker_decimal_t decimal(const Value& value) { return value.decimal(); }
std::chrono::milliseconds milliseconds(const Value& value) { return value.milliseconds(); }

// The first name of an enum is Unspecified, which says nothing.
template <std::size_t Size>
std::span<const sdk::names::Name> specified(const std::array<sdk::names::Name, Size>& names) {
    return std::span{names}.template subspan<1>();
}

using Keys = std::initializer_list<std::string_view>;
std::span<const std::string_view> span_of(const Keys& keys) { return {keys.begin(), keys.size()}; }

WaitReady read_wait_ready(const Value& value) {
    WaitReady step;
    const auto read_accounts = [&](const Value& list) {
        for (const Value& account : list.list()) step.accounts.push_back(account.text());
    };
    if (!value.is_map()) {
        read_accounts(value);
        return step;
    }
    const Keys keys{"accounts", "timeout_ms"};
    const Map map{value, span_of(keys)};
    read_accounts(map.require("accounts"));
    map.read("timeout_ms", step.timeout, milliseconds);
    return step;
}

Submit read_submit(const Value& value) {
    const Keys keys{"account", "id", "symbol", "side", "type", "tif", "qty", "price", "stop_px"};
    const Map map{value, span_of(keys)};
    Submit step;
    step.account = map.require("account").text();
    step.id = map.require("id").text();
    step.symbol = map.require("symbol").text();
    step.side = map.require("side").one_of(specified(sdk::names::kSides));
    step.type = map.require("type").one_of(specified(sdk::names::kOrdTypes));
    map.read("tif", step.tif,
             [](const Value& v) { return v.one_of(specified(sdk::names::kTimesInForce)); });
    step.qty = map.require("qty").decimal();
    map.read("price", step.price, decimal);
    map.read("stop_px", step.stop_px, decimal);
    return step;
}

Replace read_replace(const Value& value) {
    const Keys keys{"account", "id", "orig", "qty", "price"};
    const Map map{value, span_of(keys)};
    Replace step;
    step.account = map.require("account").text();
    step.id = map.require("id").text();
    step.orig = map.require("orig").text();
    map.read("qty", step.qty, decimal);
    map.read("price", step.price, decimal);
    return step;
}

Cancel read_cancel(const Value& value) {
    const Keys keys{"account", "id", "orig"};
    const Map map{value, span_of(keys)};
    return {map.require("account").text(), map.require("id").text(), map.require("orig").text()};
}

CancelAll read_cancel_all(const Value& value) {
    const Keys keys{"account", "prefix", "symbol"};
    const Map map{value, span_of(keys)};
    CancelAll step{map.require("account").text(), map.require("prefix").text(), {}};
    map.read("symbol", step.symbol, text);
    return step;
}

Expect read_expect(const Value& value) {
    const Keys keys{"account", "id", "status", "cum_qty", "certainty", "reason", "timeout_ms"};
    const Map map{value, span_of(keys)};
    Expect step;
    step.account = map.require("account").text();
    step.id = map.require("id").text();
    const auto name_of = [](std::span<const sdk::names::Name> names) {
        return [names](const Value& v) {
            (void)v.one_of(names);
            return std::optional{v.text()};
        };
    };
    map.read("status", step.status, name_of(specified(sdk::names::kOrdStatuses)));
    map.read("cum_qty", step.cum_qty, decimal);
    map.read("certainty", step.certainty, name_of(specified(sdk::names::kCertainties)));
    map.read("reason", step.reason, name_of(sdk::names::kReasons));
    map.read("timeout_ms", step.timeout, milliseconds);
    if (!step.status && step.cum_qty.is_present == 0 && !step.certainty && !step.reason) {
        value.fail("expected at least one of status, cum_qty, certainty, reason");
    }
    return step;
}

Snapshot read_snapshot(const Value& value) {
    const Keys keys{"account", "timeout_ms"};
    const Map map{value, span_of(keys)};
    Snapshot step{map.require("account").text()};
    map.read("timeout_ms", step.timeout, milliseconds);
    return step;
}

using Action = decltype(Step::action);

struct ActionReader {
    std::string_view name;
    Action (*read)(const Value&);
};
constexpr std::array kActions{
    ActionReader{"wait_ready", [](const Value& v) -> Action { return read_wait_ready(v); }},
    ActionReader{"submit", [](const Value& v) -> Action { return read_submit(v); }},
    ActionReader{"replace", [](const Value& v) -> Action { return read_replace(v); }},
    ActionReader{"cancel", [](const Value& v) -> Action { return read_cancel(v); }},
    ActionReader{"cancel_all", [](const Value& v) -> Action { return read_cancel_all(v); }},
    ActionReader{"expect", [](const Value& v) -> Action { return read_expect(v); }},
    ActionReader{"snapshot", [](const Value& v) -> Action { return read_snapshot(v); }},
    ActionReader{"wait_ms", [](const Value& v) -> Action { return Wait{v.milliseconds()}; }},
};

Step read_step(const Value& value) {
    std::vector<std::string_view> names;
    names.reserve(kActions.size());
    for (const ActionReader& action : kActions) names.push_back(action.name);
    const Map map{value, names};
    if (value.node().size() != 1)
        value.fail("expected one action, one of " +
                   script::listed(std::span<const std::string_view>{names}));
    const std::string name = value.node().begin()->first.Scalar();
    const auto* const action = std::find_if(kActions.begin(), kActions.end(),
                                            [&](const ActionReader& a) { return a.name == name; });
    return {action->read(Value{value.node().begin()->second, value.file(), name}), value.line()};
}

// What each account has named so far. Why two kinds: a cancel_all names requests that the adapter
// makes, so nothing can be expected of its prefix.
class Labels {
public:
    void check(const Step& step, const Value& value) {
        std::visit([&](const auto& action) { check_action(action, value); }, step.action);
    }

private:
    using Label = std::pair<std::string, std::string>;  // account and id

    template <class Action>
    void check_action(const Action& action, const Value& value) {
        if constexpr (std::is_same_v<Action, Expect>) {
            if (requests_.contains({action.account, action.id})) return;
            value.fail("expect.id: expected the id of a request above, found \"" + action.id +
                       "\", which " + action.account + " has not sent");
        } else if constexpr (requires { action.id; }) {
            add({action.account, action.id}, value);
            requests_.insert({action.account, action.id});
        } else if constexpr (requires { action.prefix; }) {
            add({action.account, action.prefix}, value);
        }
    }
    void add(const Label& label, const Value& value) {
        if (used_.insert(label).second) return;
        value.fail("expected a new id, found \"" + label.second + "\", which " + label.first +
                   " has used already");
    }

    std::set<Label> used_;
    std::set<Label> requests_;
};

}  // namespace

Script script_from_yaml(const std::string& text, std::string name) {
    Script script{std::move(name), {}};
    try {
        const Value top{YAML::Load(text), script.name, ""};
        const Keys keys{"steps"};
        const Map map{top, span_of(keys)};
        Labels labels;
        for (const Value& element : map.require("steps").list()) {
            const Value value{element.node(), script.name, ""};  // its line tells it apart
            script.steps.push_back(read_step(value));
            labels.check(script.steps.back(), value);
        }
    } catch (const YAML::Exception& e) {
        throw ScriptError{script.name + ":" + std::to_string(e.mark.line + 1) +
                          ": expected valid YAML: " + e.msg};
    }
    return script;
}

Script load_script(const std::filesystem::path& file) {
    std::error_code error;
    if (!std::filesystem::is_regular_file(file, error)) {
        throw ScriptError{file.string() + ": expected a script: no such file"};
    }
    if (std::filesystem::file_size(file, error) > kMaxFileSize) {
        throw ScriptError{file.string() + ": expected a script of at most 4 MB"};
    }
    std::ifstream stream{file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{stream}, {}};
    if (!stream) throw ScriptError{file.string() + ": expected a readable file"};
    return script_from_yaml(text, file.string());
}

std::vector<std::string> accounts_of(const Step& step) {
    return std::visit(
        [](const auto& action) -> std::vector<std::string> {
            if constexpr (requires { action.accounts; }) {
                return action.accounts;
            } else if constexpr (requires { action.account; }) {
                return {action.account};
            } else {
                return {};
            }
        },
        step.action);
}

}  // namespace broker::sample_host
