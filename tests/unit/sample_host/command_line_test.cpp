#include "host/command_line.hpp"

#include <gmock/gmock.h>

namespace broker::sample_host {
namespace {

using testing::HasSubstr;
using testing::Not;

std::string usage_error(std::vector<std::string> arguments) {
    try {
        (void)parse_arguments(std::move(arguments), "default.so");
    } catch (const UsageError& e) {
        return e.what();
    }
    return "no error";
}

TEST(CommandLine, OfTheDemoNeedsNothingElse) {
    const auto parsed = parse_arguments({"demo"}, "default.so");
    EXPECT_TRUE(parsed.help.empty());
    EXPECT_EQ(parsed.command.command, Command::Demo);
    EXPECT_EQ(parsed.command.plugin, "default.so");
    EXPECT_EQ(parsed.command.json, "");
}

TEST(CommandLine, OfTheDemoChoosesWhatOrdersGoBy) {
    const auto transport = [](std::vector<std::string> arguments) {
        return parse_arguments(std::move(arguments), "default.so").command.transport;
    };
    EXPECT_EQ(transport({"demo"}), Transport::Fix);
    EXPECT_EQ(transport({"demo", "--transport", "fix"}), Transport::Fix);
    EXPECT_EQ(transport({"demo", "--transport", "rest"}), Transport::Rest);
    EXPECT_THAT(usage_error({"demo", "--transport", "mail"}), HasSubstr("--transport"));
    EXPECT_THAT(usage_error({"run", "--transport", "rest"}), HasSubstr("--"));
}

TEST(CommandLine, OfARunNamesPluginConfigurationAndScript) {
    const auto parsed = parse_arguments({"run", "--plugin", "p.so", "--config", "c.yaml",
                                         "--script", "s.yaml", "--json", "-", "-v"},
                                        "default.so");
    EXPECT_EQ(parsed.command.command, Command::Run);
    EXPECT_EQ(parsed.command.plugin, "p.so");
    EXPECT_EQ(parsed.command.config, "c.yaml");
    EXPECT_EQ(parsed.command.script, "s.yaml");
    EXPECT_EQ(parsed.command.json, "-");
    EXPECT_TRUE(parsed.command.is_verbose);
}

TEST(CommandLine, HelpTellsTheExitCodes) {
    for (const std::vector<std::string>& arguments :
         {std::vector<std::string>{"--help"}, {"demo", "--help"}, {"run", "--help"}}) {
        EXPECT_THAT(parse_arguments(arguments, "default.so").help,
                    HasSubstr("2  wrong usage, file, plugin, script or configuration"));
    }
}

TEST(CommandLine, HelpOfACommandNamesTheProgram) {
    EXPECT_THAT(parse_arguments({"run", "--help"}, "default.so").help,
                HasSubstr("Usage: sample-host run"));
}

TEST(CommandLine, WrongArgumentsAreToldInOneLine) {
    const std::vector<std::vector<std::string>> wrong{
        {},
        {"trade"},
        {"demo", "--unknown"},
        {"demo", "--json"},
        {"demo", "run"},
        {"run", "--plugin", "p.so", "--config", "c.yaml"},
    };
    for (const auto& arguments : wrong) {
        const std::string error = usage_error(arguments);
        EXPECT_THAT(error, HasSubstr("see sample-host --help"));
        EXPECT_THAT(error, Not(HasSubstr("\n")));
    }
    EXPECT_THAT(usage_error(wrong.back()), HasSubstr("--script"));
    EXPECT_THAT(usage_error(wrong[1]),
                HasSubstr("unknown command \"trade\": expected demo, run or schedule"));
    EXPECT_THAT(usage_error(wrong[2]), HasSubstr("--unknown"));
}

}  // namespace
}  // namespace broker::sample_host
