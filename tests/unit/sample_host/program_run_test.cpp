// sample-host run against a simulator in the test's process.
#include <gmock/gmock.h>
#include <signal.h>

#include <algorithm>
#include <chrono>
#include <fstream>

#include "program.hpp"
#include "simulator/simulator.hpp"

namespace broker::sample_host::test {
namespace {

using testing::HasSubstr;
using testing::Not;

const std::string kPassword = "correct-horse-battery-staple";

class SampleHostRun : public testing::Test {
protected:
    SampleHostRun() { venue_.start(); }

    [[nodiscard]] simulator::SimulatorOptions options() const {
        simulator::SimulatorOptions options;
        options.directory = directory_.path() / "venue";
        options.accounts.at(0).password = kPassword;
        return options;
    }
    [[nodiscard]] std::filesystem::path json() const { return directory_.path() / "events.jsonl"; }

    std::vector<std::string> arguments(const std::string& steps) {
        const auto script = directory_.path() / "script.yaml";
        std::ofstream{script} << "steps:\n" << steps;
        return {"run",
                "--plugin",
                DXTRADE_ADAPTER_SO,
                "--config",
                venue_.adapter_config().string(),
                "--script",
                script.string(),
                "--json",
                json().string(),
                "--verbose"};
    }

    broker::test::TemporaryDirectory directory_;
    simulator::Simulator venue_{options()};
};

void expect_no_secrets(const Output& output, const std::string& events) {
    EXPECT_THAT(output.out, Not(HasSubstr(kPassword)));
    EXPECT_THAT(output.err, Not(HasSubstr(kPassword)));
    EXPECT_THAT(events, Not(HasSubstr(kPassword)));
}

constexpr const char* kMarketOrder =
    "  - wait_ready: [ACC-1]\n"
    "  - submit: {account: ACC-1, id: a, symbol: EURUSD, side: Buy, type: Market, qty: 1000}\n";

TEST_F(SampleHostRun, PassesWhenEveryExpectationIsMet) {
    const std::string steps =
        std::string{kMarketOrder} + "  - expect: {account: ACC-1, id: a, status: Filled}\n";
    const Output output = run_program(arguments(steps));
    EXPECT_EQ(output.exit_code, 0) << output.out << output.err;
    EXPECT_THAT(output.out, HasSubstr("passed: 1 expectations met"));
}

TEST_F(SampleHostRun, RunsTheSameScriptAgainAtTheSameVenue) {
    const std::string steps =
        std::string{kMarketOrder} + "  - expect: {account: ACC-1, id: a, status: Filled}\n";
    EXPECT_EQ(run_program(arguments(steps)).exit_code, 0);
    EXPECT_EQ(run_program(arguments(steps)).exit_code, 0);
    EXPECT_EQ(venue_.orders().size(), 2U);
}

TEST_F(SampleHostRun, FailsAndNamesWhatWasThereWhenAnExpectationIsNotMet) {
    const std::string steps = std::string{kMarketOrder} +
                              "  - expect: {account: ACC-1, id: a, status: Filled}\n"
                              "  - expect: {account: ACC-1, id: a, status: Canceled, "
                              "cum_qty: 0.5, timeout_ms: 50}\n";
    const Output output = run_program(arguments(steps));
    EXPECT_EQ(output.exit_code, 1);
    EXPECT_THAT(output.err, HasSubstr("script.yaml:5: expect ACC-1 a: expected status Canceled, "
                                      "cum_qty 0.5 within 50 ms, found status Filled, cum_qty "
                                      "1000"));
    EXPECT_THAT(output.out, HasSubstr("failed"));
}

TEST_F(SampleHostRun, RefusesAScriptForAnotherAccountBeforeItConnects) {
    const Output output = run_program(arguments("  - wait_ready: [ACC-9]\n"));
    EXPECT_EQ(output.exit_code, 2);
    EXPECT_THAT(output.err, HasSubstr("script.yaml:2: expected one of the configured accounts "
                                      "(ACC-1), found \"ACC-9\""));
    EXPECT_TRUE(venue_.messages().all().empty());
}

TEST_F(SampleHostRun, SaysWhyAnAccountIsNotReady) {
    std::ofstream{directory_.path() / "venue" / "ACC-1.password"} << "wrong-" + kPassword;
    const Output output =
        run_program(arguments("  - wait_ready: {accounts: [ACC-1], timeout_ms: 3000}\n"));
    EXPECT_EQ(output.exit_code, 1);
    EXPECT_THAT(output.err, HasSubstr("expected ACC-1 to be Ready within 3000 ms, found "));
    EXPECT_THAT(output.err, HasSubstr("LOGON_REFUSED"));
    expect_no_secrets(output, read_file(json()));
}

TEST_F(SampleHostRun, PrintsNoPassword) {
    const std::string steps =
        std::string{kMarketOrder} + "  - expect: {account: ACC-1, id: a, status: Filled}\n";
    const Output output = run_program(arguments(steps));
    ASSERT_EQ(output.exit_code, 0) << output.err;  // so the password was used
    const std::string events = read_file(json());
    EXPECT_THAT(events, HasSubstr("LOGON_ACCEPTED"));
    expect_no_secrets(output, events);
}

template <class Messages>
bool has_from_client(const Messages& messages, std::string_view msg_type) {
    return std::any_of(messages.begin(), messages.end(), [&](const auto& logged) {
        return logged.direction == simulator::LoggedMessage::Direction::FromClient &&
               logged.message.msg_type == msg_type;
    });
}

TEST_F(SampleHostRun, LogsOutAndFailsWhenItIsTerminated) {
    for (const int number : {SIGTERM, SIGINT}) {
        venue_.clear_messages();
        Program program{arguments("  - wait_ready: [ACC-1]\n  - wait_ms: 100000\n")};
        const auto is_logged_on = [](const auto& messages) {
            return has_from_client(messages, "A");
        };
        ASSERT_TRUE(venue_.messages().wait_until(is_logged_on, std::chrono::seconds{30}));
        program.signal(number);
        const Output output = program.wait();
        EXPECT_EQ(output.exit_code, 1);
        EXPECT_THAT(output.out, HasSubstr("interrupted"));
        EXPECT_THAT(read_file(json()), HasSubstr("\"state\":\"Stopped\""));
        EXPECT_TRUE(has_from_client(venue_.messages().all(), "5"));
    }
}

}  // namespace
}  // namespace broker::sample_host::test
