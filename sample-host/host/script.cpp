#include "host/script.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>
#include <span>
#include <utility>

#include "host/query_steps.hpp"
#include "host/script_labels.hpp"
#include "host/script_reader.hpp"

namespace broker::sample_host {
namespace {

using script::Keys;
using script::Map;
using script::milliseconds;
using script::span_of;
using script::Value;

constexpr std::uintmax_t kMaxFileSize = 4U << 20U;

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
template <auto Read>
Action action_of(const Value& value) {
    return Read(value);
}
template <broker_query_kind_t Kind>
constexpr ActionReader query_reader() {
    return {query_step(Kind).name,
            [](const Value& value) -> Action { return script::read_query(value, Kind); }};
}
constexpr std::array kActions{
    ActionReader{"wait_ready", action_of<read_wait_ready>},
    ActionReader{"submit", action_of<script::read_submit>},
    ActionReader{"replace", action_of<script::read_replace>},
    ActionReader{"cancel", action_of<script::read_cancel>},
    ActionReader{"cancel_all", action_of<script::read_cancel_all>},
    ActionReader{"submit_list", action_of<script::read_submit_list>},
    ActionReader{"cancel_list", action_of<script::read_cancel_list>},
    query_reader<BROKER_QUERY_KIND_ORDER_STATUS>(),
    query_reader<BROKER_QUERY_KIND_MASS_STATUS>(),
    query_reader<BROKER_QUERY_KIND_POSITIONS>(),
    query_reader<BROKER_QUERY_KIND_ACCOUNT_SUMMARY>(),
    query_reader<BROKER_QUERY_KIND_TRADES>(),
    query_reader<BROKER_QUERY_KIND_INSTRUMENTS>(),
    query_reader<BROKER_QUERY_KIND_TRADING_SESSION_STATUS>(),
    query_reader<BROKER_QUERY_KIND_ORDER_HISTORY>(),
    query_reader<BROKER_QUERY_KIND_CASH_TRANSFERS>(),
    query_reader<BROKER_QUERY_KIND_ACCOUNT_EVENTS>(),
    query_reader<BROKER_QUERY_KIND_CANDLES>(),
    query_reader<BROKER_QUERY_KIND_CONVERSION_RATES>(),
    ActionReader{"subscribe", action_of<script::read_subscribe>},
    ActionReader{"unsubscribe", action_of<script::read_unsubscribe>},
    ActionReader{"expect", action_of<script::read_expect>},
    ActionReader{"expect_event", action_of<script::read_expect_event>},
    ActionReader{"snapshot", action_of<read_snapshot>},
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

}  // namespace

Script script_from_yaml(const std::string& text, std::string name) {
    Script script{std::move(name), {}};
    try {
        const Value top{YAML::Load(text), script.name, ""};
        const Keys keys{"steps"};
        const Map map{top, span_of(keys)};
        script::Labels labels;
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
