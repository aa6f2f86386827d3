#include "simulator/simulator_options.hpp"

#include <yaml-cpp/yaml.h>

#include <limits>

#include "simulator/message_faults_yaml.hpp"
#include "simulator/rest_options_yaml.hpp"
#include "simulator/session_options_yaml.hpp"
#include "simulator/trading_options_yaml.hpp"
#include "simulator/yaml_entry.hpp"

namespace broker::simulator {
namespace {

AccountOptions account_from(const Entry& entry) {
    AccountOptions account;
    entry.allow({"id", "account", "sender_comp_id", "market_data_sender_comp_id",
                 "drop_copy_sender_comp_id", "drop_copy_sources", "username", "password",
                 "login_token", "public_token", "private_token", "cash"});
    const auto read = [&entry](const char* name, std::string& into) {
        entry.at(name, [&](const Entry& below) { into = below.text(); });
    };
    read("id", account.id);
    read("account", account.account);
    read("sender_comp_id", account.sender_comp_id);
    read("market_data_sender_comp_id", account.market_data_sender_comp_id);
    read("drop_copy_sender_comp_id", account.drop_copy_sender_comp_id);
    entry.at("drop_copy_sources", [&](const Entry& sources) {
        sources.each(
            [&](const Entry& source) { account.drop_copy_sources.push_back(source.text()); });
    });
    read("username", account.username);
    read("password", account.password);
    read("login_token", account.login_token);
    read("public_token", account.public_token);
    read("private_token", account.private_token);
    entry.at("cash", [&](const Entry& cash) { account.cash = cash.decimal(); });
    return account;
}

QuoteOptions quote_from(const std::string& symbol, const Entry& entry) {
    QuoteOptions quote{symbol, {}, {}};
    entry.allow({"bid", "ask"});
    entry.at("bid", [&](const Entry& bid) { quote.bid = bid.decimal(); });
    entry.at("ask", [&](const Entry& ask) { quote.ask = ask.decimal(); });
    return quote;
}

Rule rule_from(const Entry& entry) {
    constexpr int kMaxParts = 1000;
    constexpr int kMaxTag = 99'999;
    entry.allow({"action", "sender_comp_id", "symbol", "cl_ord_id_prefix", "tag", "value", "text",
                 "parts", "filled_parts", "delay_ms", "quantity", "price", "reason", "times"});
    Rule rule;
    bool has_action = false;
    entry.at("action", [&](const Entry& action) {
        const auto known = action_from_name(action.text());
        if (!known) action.fail("unknown action \"" + action.text() + "\"");
        rule.action = *known;
        has_action = true;
    });
    if (!has_action) entry.fail("action is missing");
    const auto read = [&entry](const char* name, std::string& into) {
        entry.at(name, [&](const Entry& below) { into = below.text(); });
    };
    read("sender_comp_id", rule.sender_comp_id);
    read("symbol", rule.symbol);
    read("cl_ord_id_prefix", rule.cl_ord_id_prefix);
    read("value", rule.value);
    read("text", rule.text);
    entry.at("tag", [&](const Entry& tag) { rule.tag = tag.integer(1, kMaxTag); });
    entry.at("parts", [&](const Entry& parts) { rule.parts = parts.integer(1, kMaxParts); });
    rule.filled_parts = rule.parts;
    entry.at("filled_parts",
             [&](const Entry& parts) { rule.filled_parts = parts.integer(0, rule.parts); });
    entry.at("delay_ms", [&](const Entry& delay) { rule.delay = delay.milliseconds(); });
    entry.at("quantity", [&](const Entry& quantity) { rule.quantity = quantity.decimal(); });
    entry.at("price", [&](const Entry& price) { rule.price = price.decimal(); });
    entry.at("reason", [&](const Entry& reason) { rule.reason = reason.integer(0, 99); });
    entry.at("times", [&](const Entry& times) {
        rule.times = times.integer(0, std::numeric_limits<int>::max());
    });
    return rule;
}

FaultSet faults_from(const Entry& entry) {
    FaultSet faults;
    entry.each([&](const Entry& name) {
        const auto fault = fault_from_name(name.text());
        if (!fault) name.fail("unknown fault \"" + name.text() + "\"");
        faults.set(*fault, true);
    });
    return faults;
}

void read_quotes(const Entry& entry, SimulatorOptions& options) {
    entry.allow({"interval_ms", "start"});
    entry.at("interval_ms",
             [&](const Entry& interval) { options.quote_interval = interval.milliseconds(); });
    entry.at("start", [&](const Entry& start) {
        start.each_key([&](const std::string& symbol, const Entry& quote) {
            options.quotes.push_back(quote_from(symbol, quote));
        });
    });
}

void read_message_faults(const Entry& entry, SimulatorOptions& options) {
    entry.allow({"fix_trading", "fix_market_data", "fix_drop_copy"});
    const auto read = [&](const char* name, Listener listener) {
        entry.at(name, [&](const Entry& plan) {
            options.message_faults[static_cast<std::size_t>(listener)] =
                message_fault_plan_from(plan);
        });
    };
    read("fix_trading", Listener::FixTrading);
    read("fix_market_data", Listener::FixMarketData);
    read("fix_drop_copy", Listener::FixDropCopy);
}

void read_rest(const Entry& root, SimulatorOptions& options) {
    root.at("rest", [&](const Entry& entry) { read_rest_options(entry, options.rest); });
    root.at("push", [&](const Entry& entry) { read_push_options(entry, options.push); });
    root.at("rest_rules", [&](const Entry& rules) {
        rules.each(
            [&](const Entry& rule) { options.rest_rules.push_back(rest_fault_rule_from(rule)); });
    });
    root.at("order_entry", [&](const Entry& entry) {
        options.rest.is_order_entry = entry.one_of<bool>({{"fix", false}, {"rest", true}});
    });
}

void read_root(const Entry& root, SimulatorOptions& options) {
    root.allow({"seed",
                "target_comp_id",
                "ports",
                "data_dictionary",
                "manual",
                "sends_pending",
                "quotes",
                "accounts",
                "rules",
                "faults",
                "message_faults",
                "writes_all_sessions",
                "market_data",
                "drop_copy",
                "new_order_id_on_replace",
                "rejects_changes_by",
                "cancels_partially_filled_as",
                "exec_ids",
                "reports_triggers",
                "reopens_busted_orders",
                "day_ends_as",
                "requires_position_effect",
                "locate",
                "position_code_tag",
                "empty_mass_status",
                "securities_per_page",
                "margin_rate",
                "trading_session_id",
                "order_lists",
                "answers",
                "rest",
                "push",
                "rest_rules",
                "order_entry"});
    read_trading_options(root, options.trading);
    root.at("seed", [&](const Entry& seed) {
        options.seed = seed.integer(std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max());
    });
    root.at("target_comp_id", [&](const Entry& id) { options.target_comp_id = id.text(); });
    root.at("ports", [&](const Entry& ports) {
        ports.allow({"fix_trading", "fix_market_data", "fix_drop_copy", "rest"});
        const auto read = [&ports](const char* name, std::uint16_t& into) {
            ports.at(name, [&](const Entry& port) {
                into = port.integer(std::uint16_t{0}, std::numeric_limits<std::uint16_t>::max());
            });
        };
        read("fix_trading", options.fix_trading_port);
        read("fix_market_data", options.fix_market_data_port);
        read("fix_drop_copy", options.fix_drop_copy_port);
        read("rest", options.rest_port);
    });
    root.at("data_dictionary",
            [&](const Entry& dictionary) { options.data_dictionary = dictionary.text(); });
    root.at("manual", [&](const Entry& manual) { options.is_manual = manual.boolean(); });
    root.at("sends_pending", [&](const Entry& sends) { options.sends_pending = sends.boolean(); });
    root.at("quotes", [&](const Entry& quotes) { read_quotes(quotes, options); });
    root.at("accounts", [&](const Entry& accounts) {
        options.accounts.clear();
        accounts.each(
            [&](const Entry& account) { options.accounts.push_back(account_from(account)); });
    });
    root.at("rules", [&](const Entry& rules) {
        rules.each([&](const Entry& rule) { options.rules.push_back(rule_from(rule)); });
    });
    root.at("faults", [&](const Entry& faults) {
        faults.allow({"fix_trading", "fix_market_data", "fix_drop_copy", "rest"});
        const auto read = [&faults](const char* name, FaultSet& into) {
            faults.at(name, [&](const Entry& names) { into = faults_from(names); });
        };
        read("fix_trading", options.fix_trading_faults);
        read("fix_market_data", options.fix_market_data_faults);
        read("fix_drop_copy", options.fix_drop_copy_faults);
        read("rest", options.rest_faults);
    });
    root.at("message_faults", [&](const Entry& faults) { read_message_faults(faults, options); });
    root.at("writes_all_sessions",
            [&](const Entry& writes) { options.writes_all_sessions = writes.boolean(); });
    root.at("market_data",
            [&](const Entry& entry) { options.market_data = market_data_options_from(entry); });
    root.at("drop_copy",
            [&](const Entry& entry) { options.drop_copy = drop_copy_options_from(entry); });
    read_rest(root, options);
}

std::string or_else(const std::string& given, const std::string& otherwise) {
    return given.empty() ? otherwise : given;
}

}  // namespace

std::string sender_comp_id_of(const AccountOptions& account, Listener listener) {
    switch (listener) {
        case Listener::FixMarketData:
            return or_else(account.market_data_sender_comp_id, account.sender_comp_id + "-MD");
        case Listener::FixDropCopy:
            return or_else(account.drop_copy_sender_comp_id, account.sender_comp_id + "-DC");
        case Listener::FixTrading:
        case Listener::Rest:
            break;
    }
    return account.sender_comp_id;
}

std::string target_comp_id_of(const SimulatorOptions& options, Listener listener) {
    switch (listener) {
        case Listener::FixMarketData:
            return or_else(options.market_data.target_comp_id, options.target_comp_id + "-MD");
        case Listener::FixDropCopy:
            return or_else(options.drop_copy.target_comp_id, options.target_comp_id + "-DC");
        case Listener::FixTrading:
        case Listener::Rest:
            break;
    }
    return options.target_comp_id;
}

core::Result<SimulatorOptions> simulator_options_from_yaml(const std::filesystem::path& file,
                                                           SimulatorOptions options) {
    try {
        const YAML::Node root = YAML::LoadFile(file.string());
        if (!root.IsNull()) read_root(Entry{root, file.string(), ""}, options);
        return options;
    } catch (const YamlError& e) {
        return core::fail(core::Reason::Configuration, e.what());
    } catch (const YAML::BadFile&) {
        return core::fail(core::Reason::Configuration, file.string() + ": cannot be read");
    } catch (const YAML::Exception& e) {
        return core::fail(core::Reason::Configuration,
                          file.string() + ":" + std::to_string(e.mark.line + 1) + ": " + e.msg);
    }
}

}  // namespace broker::simulator
