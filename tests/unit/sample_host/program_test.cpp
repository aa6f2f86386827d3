// What a user sees of sample-host without a venue of his own: the demo, and every wrong argument.
#include <gmock/gmock.h>

#include <algorithm>
#include <boost/json.hpp>
#include <fstream>
#include <sstream>

#include "program.hpp"

namespace broker::sample_host::test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kPlugin = DXTRADE_ADAPTER_SO;

// Wrong input: exit code 2 and one line that names what is wrong.
void expect_refused(const Output& output, const std::string& words) {
    EXPECT_EQ(output.exit_code, 2);
    EXPECT_EQ(output.out, "");
    EXPECT_EQ(std::count(output.err.begin(), output.err.end(), '\n'), 1) << output.err;
    EXPECT_THAT(output.err, testing::StartsWith("sample-host: "));
    EXPECT_THAT(output.err, HasSubstr(words));
}

class SampleHostInput : public testing::Test {
protected:
    std::string file(const std::string& name, const std::string& text) {
        const auto path = directory_.path() / name;
        std::ofstream{path} << text;
        return path.string();
    }
    Output run(const std::string& plugin, const std::string& config, const std::string& script) {
        return run_program({"run", "--plugin", plugin, "--config", config, "--script", script});
    }

    broker::test::TemporaryDirectory directory_;
    const std::string script_ = file("script.yaml", "steps:\n  - wait_ready: [ACC-1]\n");
    const std::string missing_ = (directory_.path() / "missing").string();
};

TEST(SampleHostDemo, ReachesEveryExpectedState) {
    const broker::test::TemporaryDirectory directory;
    const auto json = directory.path() / "events.jsonl";
    const Output output = run_program({"demo", "--plugin", kPlugin, "--json", json.string()});
    EXPECT_EQ(output.exit_code, 0) << output.out << output.err;
    EXPECT_EQ(output.err, "");
    EXPECT_THAT(output.out, HasSubstr("passed"));
    EXPECT_THAT(output.out, HasSubstr("REJECTED_BY_VENUE: the market is closed"));
    EXPECT_THAT(output.out, Not(HasSubstr("\x1b")));  // not a terminal

    std::istringstream lines{read_file(json)};
    std::size_t fills = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto event = boost::json::parse(line).as_object();
        const bool is_report = event.at("type") == "ExecutionReport";
        if (is_report && event.at("exec_type") == "Trade") ++fills;
    }
    EXPECT_EQ(fills, 4U);
}

TEST(SampleHostDemo, ReachesTheSameStatesOverRestAndPush) {
    const broker::test::TemporaryDirectory directory;
    const auto json = directory.path() / "events.jsonl";
    const Output output =
        run_program({"demo", "--transport", "rest", "--plugin", kPlugin, "--json", json.string()});
    EXPECT_EQ(output.exit_code, 0) << output.out << output.err;
    EXPECT_THAT(output.out, HasSubstr("passed"));
    EXPECT_THAT(output.out, HasSubstr("the market is closed"));

    std::istringstream lines{read_file(json)};
    std::size_t fills = 0;
    for (std::string line; std::getline(lines, line);) {
        const auto event = boost::json::parse(line).as_object();
        if (event.at("type") != "ExecutionReport") continue;
        EXPECT_NE(event.at("channel"), "FixTrading") << line;
        if (event.at("exec_type") == "Trade") ++fills;
    }
    EXPECT_EQ(fills, 4U);
}

TEST(SampleHostDemo, FindsThePluginBesideItself) {
    const Output output = run_program({"demo"});
    EXPECT_EQ(output.exit_code, 0) << output.out << output.err;
}

TEST(SampleHostDemo, ReachesEveryExpectedStateWithTheEngineOverQuickfix) {
    const Output output = run_program({"demo", "--plugin", DXTRADE_ADAPTER_QUICKFIX_SO});
    EXPECT_EQ(output.exit_code, 0) << output.out << output.err;
}

TEST(SampleHostDemo, KeepsStandardOutputForTheEventsIfTheyGoThere) {
    const Output output = run_program({"demo", "--json", "-"});
    EXPECT_EQ(output.exit_code, 0);
    EXPECT_THAT(output.err, HasSubstr("passed"));
    std::istringstream lines{output.out};
    for (std::string line; std::getline(lines, line);) {
        boost::json::error_code error;
        EXPECT_TRUE(boost::json::parse(line, error).is_object()) << line;
    }
}

TEST(SampleHostDemo, LeavesNoFilesBehind) {
    const broker::test::TemporaryDirectory directory;
    ::setenv("TMPDIR", directory.path().c_str(), 1);
    EXPECT_EQ(run_program({"demo"}).exit_code, 0);
    ::unsetenv("TMPDIR");
    EXPECT_TRUE(std::filesystem::is_empty(directory.path()));
}

TEST_F(SampleHostInput, WithoutACommandIsRefused) { expect_refused(run_program({}), "subcommand"); }

TEST_F(SampleHostInput, WithAnUnknownCommandIsRefused) {
    expect_refused(run_program({"trade"}), "trade");
}

TEST_F(SampleHostInput, WithoutAScriptArgumentIsRefused) {
    expect_refused(run_program({"run", "--plugin", kPlugin, "--config", "x"}), "--script");
}

TEST_F(SampleHostInput, WithAMissingPluginIsRefused) {
    expect_refused(run(missing_, script_, script_), missing_ + ": no such file");
    expect_refused(run_program({"demo", "--plugin", missing_}), missing_ + ": no such file");
}

TEST_F(SampleHostInput, WithAFileThatIsNoPluginIsRefused) {
    expect_refused(run(script_, script_, script_), "not a shared library");
}

TEST_F(SampleHostInput, WithAMissingConfigurationIsRefused) {
    expect_refused(run(kPlugin, missing_, script_), missing_);
}

TEST_F(SampleHostInput, WithAWrongConfigurationIsRefusedInThePluginsWords) {
    const std::string config = file("wrong.yaml", "adapter:\n  jurnal_dir: x\n");
    expect_refused(run(kPlugin, config, script_), "wrong.yaml:");
}

TEST_F(SampleHostInput, WithAMissingScriptIsRefused) {
    expect_refused(run(kPlugin, script_, missing_), missing_ + ": expected a script");
}

TEST_F(SampleHostInput, WithAWrongScriptIsRefusedByFileAndLine) {
    const std::string script = file("wrong.yaml", "steps:\n  - wait_ms: soon\n");
    expect_refused(run(kPlugin, script_, script), "wrong.yaml:2: wait_ms: expected");
}

TEST_F(SampleHostInput, WithAnOutputThatCannotBeWrittenIsRefused) {
    expect_refused(run_program({"demo", "--json", missing_ + "/events.jsonl"}), "--json");
}

// ---- schedule

class SampleHostSchedule : public SampleHostInput {
protected:
    // Of an account that nobody can log on: its credentials do not exist.
    std::string config(const std::string& schedule) {
        return file("adapter.yaml",
                    "adapter: {journal_dir: journal}\n"
                    "accounts:\n"
                    "  - id: ACC-1\n"
                    "    account: \"default:ACC-1\"\n"
                    "    profile: simulator\n"
                    "    tls: {trust: file:none.pem}\n"
                    "    fix:\n"
                    "      trading:\n"
                    "        hosts: [\"127.0.0.1:1\"]\n"
                    "        sender_comp_id: A\n"
                    "        target_comp_id: B\n"
                    "        username: a\n"
                    "        password: env:NOT_SET\n" +
                        schedule);
    }
    Output schedule(const std::string& config, const std::vector<std::string>& more) {
        std::vector<std::string> arguments{"schedule", "--plugin", kPlugin, "--config", config};
        arguments.insert(arguments.end(), more.begin(), more.end());
        return run_program(arguments);
    }
};

// New York's clocks go forward on Sunday, 2026-03-08, at 07:00 UTC.
TEST_F(SampleHostSchedule, PrintsTheNextEventsOverAChangeOfTheClocks) {
    const std::string file = config(
        "    schedule: {time_zone: America/New_York, windows: [\"Sun 17:05 - Fri 16:55\"], "
        "sequence_reset: \"17:05\"}\n");
    const Output output = schedule(file, {"--next", "4", "--from", "2026-03-06T00:00:00Z"});
    EXPECT_EQ(output.exit_code, 0) << output.err;
    std::istringstream lines{output.out};
    std::string line;
    std::getline(lines, line);
    EXPECT_THAT(line, HasSubstr("local time"));
    for (const auto& [time, event] : std::vector<std::pair<std::string, std::string>>{
             {"2026-03-06T21:55:00Z  Fri 16:55:00 America/New_York", "closes"},
             {"2026-03-06T22:05:00Z  Fri 17:05:00 America/New_York", "sequence reset"},
             {"2026-03-07T22:05:00Z  Sat 17:05:00 America/New_York", "sequence reset"},
             {"2026-03-08T21:05:00Z  Sun 17:05:00 America/New_York", ""}}) {
        ASSERT_TRUE(std::getline(lines, line));
        EXPECT_THAT(line, HasSubstr(time));
        EXPECT_THAT(line, HasSubstr(event));
    }
    EXPECT_FALSE(std::getline(lines, line)) << line;
    EXPECT_FALSE(std::filesystem::exists(directory_.path() / "journal")) << "only looks";
}

TEST_F(SampleHostSchedule, SaysThatAnAccountHasNone) {
    const Output output = schedule(config(""), {});
    EXPECT_EQ(output.exit_code, 0) << output.err;
    EXPECT_THAT(output.out, HasSubstr("always open"));
}

TEST_F(SampleHostSchedule, WrongInputIsNamed) {
    const std::string file = config("    schedule: {time_zone: Mars/Olympus}\n");
    expect_refused(schedule(file, {}), "Mars/Olympus");
    expect_refused(schedule(config(""), {"--from", "tomorrow"}), "2026-03-08T00:00:00Z");
    expect_refused(schedule(config(""), {"--next", "0"}), "--next");
    expect_refused(schedule(missing_, {}), missing_);
}

}  // namespace
}  // namespace broker::sample_host::test
