#include "simulator/simulator_options.hpp"

#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <limits>
#include <stdexcept>

namespace broker::simulator {
namespace {

// Carries an error out of the nested readers; caught in this file.
struct YamlError : std::runtime_error {
    using std::runtime_error::runtime_error;
};

// One node with the way to it, for errors that name file, line and key.
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

AccountOptions account_from(const Entry& entry) {
    AccountOptions account;
    entry.allow({"id", "account", "sender_comp_id", "username", "password", "cash"});
    const auto read = [&entry](const char* name, std::string& into) {
        entry.at(name, [&](const Entry& below) { into = below.text(); });
    };
    read("id", account.id);
    read("account", account.account);
    read("sender_comp_id", account.sender_comp_id);
    read("username", account.username);
    read("password", account.password);
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
                 "parts", "filled_parts", "delay_ms", "times"});
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

void read_root(const Entry& root, SimulatorOptions& options) {
    root.allow({"seed", "target_comp_id", "ports", "data_dictionary", "manual", "sends_pending",
                "quotes", "accounts", "rules", "faults"});
    root.at("seed", [&](const Entry& seed) {
        options.seed = seed.integer(std::uint64_t{0}, std::numeric_limits<std::uint64_t>::max());
    });
    root.at("target_comp_id", [&](const Entry& id) { options.target_comp_id = id.text(); });
    root.at("ports", [&](const Entry& ports) {
        ports.allow({"fix_trading"});
        ports.at("fix_trading", [&](const Entry& port) {
            options.fix_trading_port =
                port.integer(std::uint16_t{0}, std::numeric_limits<std::uint16_t>::max());
        });
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
        faults.allow({"fix_trading"});
        faults.at("fix_trading",
                  [&](const Entry& names) { options.fix_trading_faults = faults_from(names); });
    });
}

}  // namespace

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
