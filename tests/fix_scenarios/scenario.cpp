#include "fix_scenarios/scenario.hpp"

#include <algorithm>
#include <fstream>
#include <functional>
#include <sstream>
#include <stdexcept>

namespace broker::test {
namespace {

std::pair<std::string, std::string> split(const std::string& text) {
    const std::size_t space = text.find(' ');
    if (space == std::string::npos) return {text, ""};
    const std::size_t rest = text.find_first_not_of(' ', space);
    return {text.substr(0, space), rest == std::string::npos ? "" : text.substr(rest)};
}

const std::vector<std::string> kStepWords{
    "I",       "I*",    "I!",         "E",       "E~",     "H",       "N",
    "connect", "logon", "disconnect", "restart", "send",   "refused", "logout",
    "time",    "stale", "clock",      "numbers", "repeat", "fail",    "backlog"};

void read_line(Scenario& scenario, int number, const std::string& line) {
    const auto [word, rest] = split(line);
    if (word == "id") {
        scenario.id = rest;
    } else if (word == "title") {
        scenario.title = rest;
    } else if (word == "set") {
        scenario.settings.push_back(split(rest));
    } else if (word == "differs") {
        scenario.differs.insert(split(rest));
    } else if (word == "skip") {
        scenario.skips.insert(split(rest));
    } else if (std::find(kStepWords.begin(), kStepWords.end(), word) != kStepWords.end()) {
        scenario.steps.push_back({number, word, rest});
    } else {
        throw std::runtime_error{"unknown word " + word};
    }
}

using Apply = std::function<void(fix::SessionSettings&, const std::string&)>;

std::chrono::seconds seconds(const std::string& text) {
    return std::chrono::seconds{std::stoi(text)};
}
bool yes(const std::string& text) { return text == "yes"; }

const std::map<std::string, Apply>& setting_words() {
    using Settings = fix::SessionSettings;
    using Text = std::string;
    static const std::map<std::string, Apply> words{
        {"heart_bt_int", [](Settings& s, const Text& v) { s.heart_bt_int = seconds(v); }},
        {"reset_on_logon", [](Settings& s, const Text& v) { s.reset_on_logon = yes(v); }},
        {"sender_sub_id", [](Settings& s, const Text& v) { s.sender_sub_id = v; }},
        {"target_sub_id", [](Settings& s, const Text& v) { s.target_sub_id = v; }},
        {"checks_sub_ids", [](Settings& s, const Text& v) { s.checks_sub_ids = yes(v); }},
        {"routed_messages", [](Settings& s, const Text& v) { s.accepts_routed_messages = yes(v); }},
        {"validation",
         [](Settings& s, const Text& v) {
             s.validation =
                 v == "full" ? fix::ValidationLevel::Full : fix::ValidationLevel::Session;
         }},
        {"orig_sending_time",
         [](Settings& s, const Text& v) { s.requires_orig_sending_time = yes(v); }},
        {"next_expected",
         [](Settings& s, const Text& v) { s.sends_next_expected_msg_seq_num = yes(v); }},
        {"last_processed",
         [](Settings& s, const Text& v) { s.sends_last_msg_seq_num_processed = yes(v); }},
        {"unsolicited_reset",
         [](Settings& s, const Text& v) {
             s.unsolicited_reset = v == "count" ? fix::UnsolicitedReset::CountOurLogon
                                                : fix::UnsolicitedReset::AnswerWithLogon;
         }},
        {"request_chunk",
         [](Settings& s, const Text& v) { s.recovery.request_chunk = std::stoul(v); }},
        {"request_timeout",
         [](Settings& s, const Text& v) { s.recovery.request_timeout = seconds(v); }},
        {"max_requests",
         [](Settings& s, const Text& v) { s.recovery.max_requests = std::stoi(v); }},
        {"max_gap_messages",
         [](Settings& s, const Text& v) { s.recovery.max_gap_messages = std::stoul(v); }},
        {"page_messages",
         [](Settings& s, const Text& v) { s.recovery.page_messages = std::stoul(v); }},
    };
    return words;
}

}  // namespace

std::string engine_name(EngineKind kind) {
    return kind == EngineKind::Native ? "native" : "quickfix";
}

Scenario read_scenario(const std::filesystem::path& file) {
    Scenario scenario;
    scenario.name = file.stem().string();
    std::ifstream in{file};
    std::string line;
    for (int number = 1; std::getline(in, line); ++number) {
        if (line.empty() || line[0] == '#') continue;
        try {
            read_line(scenario, number, line);
        } catch (const std::exception& error) {
            throw std::runtime_error{file.string() + ":" + std::to_string(number) + ": " +
                                     error.what()};
        }
    }
    if (scenario.id.empty() || scenario.title.empty() || scenario.steps.empty())
        throw std::runtime_error{file.string() + ": id, title and steps are required"};
    return scenario;
}

std::vector<Scenario> read_scenarios(const std::filesystem::path& directory) {
    std::vector<std::filesystem::path> files;
    for (const auto& entry : std::filesystem::directory_iterator{directory})
        if (entry.path().extension() == ".fix") files.push_back(entry.path());
    std::sort(files.begin(), files.end());
    std::vector<Scenario> scenarios;
    scenarios.reserve(files.size());
    for (const auto& file : files) scenarios.push_back(read_scenario(file));
    return scenarios;
}

std::optional<std::string> why_not_over_tls(const Scenario& scenario) {
    static const std::map<std::string, std::string> words{
        {"time", "time has to pass"},
        {"clock", "the clock is set"},
        {"numbers", "the store is set"},
        {"fail", "the store fails"},
        {"restart", "the process starts again"},
        {"backlog", "the socket is full"},
        {"stale", "the host lets time pass"},
        {"refused", "the host cannot send"},
        {"logout", "the host logs out"},
    };
    if (const auto skip = scenario.skips.find("plugin"); skip != scenario.skips.end()) {
        return skip->second;
    }
    for (const Step& step : scenario.steps) {
        const auto found = words.find(step.word);
        if (found != words.end()) return found->second;
    }
    return std::nullopt;
}

fix::SessionSettings session_settings(const Scenario& scenario) {
    fix::SessionSettings settings;
    settings.sender_comp_id = "US";
    settings.target_comp_id = "PEER";
    settings.username = "user";
    settings.password = core::Secret{"s3cret"};
    settings.dictionary_path = DICTIONARY_PATH;
    for (const auto& [word, value] : scenario.settings) {
        const auto apply = setting_words().find(word);
        if (apply == setting_words().end())
            throw std::runtime_error{scenario.name + ": unknown setting " + word};
        apply->second(settings, value);
    }
    return settings;
}

}  // namespace broker::test
