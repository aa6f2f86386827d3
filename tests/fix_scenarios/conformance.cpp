#include "fix_scenarios/conformance.hpp"

#include <algorithm>
#include <array>
#include <cctype>
#include <fstream>
#include <sstream>
#include <stdexcept>

namespace broker::test {
namespace {

struct Row {
    std::string id;
    std::string title;
    std::string native;
    std::string quickfix;
    std::string plugin;
    std::string note;
};

// 2.c before 10.a: numbers by value, letters after them.
bool comes_before(const std::string& left, const std::string& right) {
    const auto number = [](const std::string& id) {
        return std::isdigit(static_cast<unsigned char>(id[0])) != 0 ? std::stoi(id) : 1'000;
    };
    if (number(left) != number(right)) return number(left) < number(right);
    return left < right;
}

std::string trimmed(const std::string& text) {
    const std::size_t begin = text.find_first_not_of(' ');
    if (begin == std::string::npos) return "";
    return text.substr(begin, text.find_last_not_of(' ') - begin + 1);
}

// The lines of three parts with | between them.
std::vector<std::array<std::string, 3>> read_lines(const std::filesystem::path& file) {
    std::vector<std::array<std::string, 3>> lines;
    std::ifstream in{file};
    std::string line;
    while (std::getline(in, line)) {
        if (line.empty() || line[0] == '#') continue;
        const std::size_t first = line.find('|');
        const std::size_t second = line.find('|', first + 1);
        if (second == std::string::npos)
            throw std::runtime_error{file.string() + ": not three parts with | between: " + line};
        lines.push_back({trimmed(line.substr(0, first)),
                         trimmed(line.substr(first + 1, second - first - 1)),
                         trimmed(line.substr(second + 1))});
    }
    return lines;
}

std::string link_to(const Rules& rules, const std::string& id) {
    const auto rule = rules.find(id);
    if (rule == rules.end()) return "";
    return "[" + rule->second.function + "](../adapters/fix/" + rule->second.file + ")";
}

Row row_of(const Scenario& scenario, const Results& results) {
    Row row{scenario.id, scenario.title, "", "", "", ""};
    const auto why_not = why_not_over_tls(scenario);
    row.plugin = why_not ? "not played" : "pass";
    if (why_not) row.note += "plugin: " + *why_not + ". ";
    for (const EngineKind kind : {EngineKind::Native, EngineKind::Quickfix}) {
        const std::string engine = engine_name(kind);
        std::string& cell = kind == EngineKind::Native ? row.native : row.quickfix;
        const auto skip = scenario.skips.find(engine);
        if (skip != scenario.skips.end()) {
            cell = "not run";
            row.note += engine + ": " + skip->second + ". ";
            continue;
        }
        cell = results.at({scenario.name, engine}) ? "**fail**" : "pass";
        const auto differs = scenario.differs.find(engine);
        if (differs != scenario.differs.end()) row.note += engine + ": " + differs->second + ". ";
    }
    return row;
}

std::string totals(const std::vector<Row>& rows, std::string Row::*engine) {
    std::map<std::string, int> counts;
    for (const Row& row : rows) ++counts[row.*engine];
    std::string text;
    for (const auto& [cell, count] : counts)
        text += (text.empty() ? "" : ", ") + std::to_string(count) + " " +
                (cell == "**fail**" ? "fail" : cell);
    return text;
}

}  // namespace

std::vector<NotApplicable> read_not_applicable(const std::filesystem::path& file) {
    std::vector<NotApplicable> cases;
    for (const auto& [id, title, reason] : read_lines(file)) cases.push_back({id, title, reason});
    return cases;
}

Rules read_rules(const std::filesystem::path& file) {
    Rules rules;
    for (const auto& [ids, source, function] : read_lines(file)) {
        std::istringstream in{ids};
        for (std::string id; in >> id;)
            if (!rules.emplace(id, Rule{source, function}).second)
                throw std::runtime_error{file.string() + ": " + id + " stands there twice"};
    }
    return rules;
}

std::string conformance_page(const std::vector<Scenario>& scenarios,
                             const std::vector<NotApplicable>& not_applicable, const Rules& rules,
                             const Results& results) {
    std::vector<Row> rows;
    for (const Scenario& scenario : scenarios) rows.push_back(row_of(scenario, results));
    const std::string native = totals(rows, &Row::native);
    const std::string quickfix = totals(rows, &Row::quickfix);
    const std::string plugin = totals(rows, &Row::plugin);
    for (const NotApplicable& item : not_applicable)
        rows.push_back({item.id, item.title, "n/a", "n/a", "n/a", item.reason + ". "});
    std::stable_sort(rows.begin(), rows.end(), [](const Row& left, const Row& right) {
        return comes_before(left.id, right.id);
    });
    std::string page =
        "# FIX session conformance\n\n"
        "Every case of the FIX session layer test suite (ids as in the FIX Trading Community's "
        "test "
        "cases) and the cases\nbeyond it, played to both session engines on a manual clock, and to "
        "the built `dxtrade_adapter.so` over TLS where a\ncase needs nothing but a peer. Written "
        "by "
        "the test `fix_scenarios_test` from [tests/fix_scenarios](../tests/fix_scenarios);\na test "
        "fails when this page is not what the run says (`FIX_CONFORMANCE_WRITE=1` writes it anew), "
        "and\n`fix_plugin_scenarios_test` when the plugin does not pass what it is said to.\n\n";
    page += "- native engine: " + native + ".\n- engine over QuickFIX: " + quickfix +
            ".\n- plugin over TLS: " + plugin + ".\n\n";
    page +=
        "| id | case | decided in | native | quickfix | plugin | note "
        "|\n|---|---|---|---|---|---|---|\n";
    for (const Row& row : rows)
        page += "| " + row.id + " | " + row.title + " | " + link_to(rules, row.id) + " | " +
                row.native + " | " + row.quickfix + " | " + row.plugin + " | " + trimmed(row.note) +
                " |\n";
    return page;
}

}  // namespace broker::test
