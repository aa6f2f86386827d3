#include "host/script.hpp"

#include <gmock/gmock.h>

#include <fstream>

#include "broker/sdk/text.hpp"
#include "script_support.hpp"
#include "support/temporary_directory.hpp"

namespace broker::sample_host {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using test::error_of;
using test::only_step;
using test::step_error;

TEST(Script, ReadsWaitReadyAsAListOrAsAMapping) {
    const auto list = only_step<WaitReady>("wait_ready: [ACC-1, ACC-2]");
    EXPECT_THAT(list.accounts, ElementsAre("ACC-1", "ACC-2"));
    EXPECT_EQ(list.timeout.count(), 30'000);
    const auto map = only_step<WaitReady>("wait_ready: {accounts: [ACC-1], timeout_ms: 250}");
    EXPECT_THAT(map.accounts, ElementsAre("ACC-1"));
    EXPECT_EQ(map.timeout.count(), 250);
}

TEST(Script, ReadsASubmitExactly) {
    const auto step = only_step<Submit>(
        "submit: {account: A, id: x, symbol: EURUSD, side: Sell, type: StopLimit, "
        "tif: GoodTillCancel, qty: \"0.10\", price: 1.100000000000000001, stop_px: \"1.2\"}");
    EXPECT_EQ(step.side, BROKER_SIDE_SELL);
    EXPECT_EQ(step.type, BROKER_ORD_TYPE_STOP_LIMIT);
    EXPECT_EQ(step.tif, BROKER_TIME_IN_FORCE_GOOD_TILL_CANCEL);
    EXPECT_EQ(sdk::decimal_text(step.qty), "0.10");
    EXPECT_EQ(sdk::decimal_text(step.price), "1.100000000000000001");
    EXPECT_EQ(sdk::decimal_text(step.stop_px), "1.2");
}

TEST(Script, SubmitsDayOrdersWithoutAPriceByDefault) {
    const auto step = only_step<Submit>(
        "submit: {account: A, id: x, symbol: S, side: Buy, type: Market, qty: 1}");
    EXPECT_EQ(step.tif, BROKER_TIME_IN_FORCE_DAY);
    EXPECT_EQ(step.price.is_present, 0);
}

TEST(Script, ReadsTheOtherSteps) {
    const Script script = script_from_yaml(R"(
steps:
  - submit: {account: A, id: x, symbol: S, side: Buy, type: Market, qty: 1}
  - replace: {account: A, id: y, orig: x, price: 2}
  - cancel: {account: A, id: z, orig: y}
  - expect: {account: A, id: z, status: Canceled, cum_qty: 0, certainty: Unknown, reason: NONE}
  - cancel_all: {account: A, prefix: p, symbol: S}
  - snapshot: {account: A}
  - wait_ms: 20
)",
                                           "s.yaml");
    ASSERT_EQ(script.steps.size(), 7U);
    EXPECT_EQ(std::get<Replace>(script.steps[1].action).qty.is_present, 0);
    EXPECT_EQ(std::get<Cancel>(script.steps[2].action).orig, "y");
    const auto& expect = std::get<Expect>(script.steps[3].action);
    EXPECT_EQ(expect.status, "Canceled");
    EXPECT_EQ(expect.certainty, "Unknown");
    EXPECT_EQ(expect.reason, "NONE");
    EXPECT_EQ(expect.timeout.count(), 5000);
    EXPECT_EQ(script.steps[3].line, 6);
    EXPECT_EQ(std::get<CancelAll>(script.steps[4].action).symbol, "S");
    EXPECT_EQ(std::get<Wait>(script.steps[6].action).time.count(), 20);
    EXPECT_THAT(accounts_of(script.steps[5]), ElementsAre("A"));
    EXPECT_TRUE(accounts_of(script.steps[6]).empty());
}

TEST(Script, TellsFileAndLineOfAMistake) {
    EXPECT_EQ(step_error("submit: {account: A, id: x, symbol: S, side: Up, type: Market, qty: 1}"),
              "s.yaml:2: submit.side: expected one of Buy, Sell, SellShort, SellShortExempt, "
              "found \"Up\"");
    EXPECT_EQ(step_error("submit: {account: A, id: x, symbol: S, side: Buy, type: Market, "
                         "qty: 1e3}"),
              "s.yaml:2: submit.qty: expected an exact decimal such as \"1.25\", found \"1e3\"");
    EXPECT_EQ(error_of("steps:\n  - wait_ms: 1\n  - cancel: {account: A,\n      id: x, orig: }\n"),
              "s.yaml:4: cancel.orig: expected a text, found nothing");
}

TEST(Script, NamesMissingUnknownAndRepeatedKeys) {
    EXPECT_EQ(step_error("cancel: {account: A, id: x}"), "s.yaml:2: cancel: missing key \"orig\"");
    EXPECT_EQ(step_error("cancel: {account: A, id: x, orig: y, qty: 1}"),
              "s.yaml:2: cancel: unknown key \"qty\": expected account, id, orig");
    EXPECT_EQ(step_error("cancel: {account: A, account: A, id: x, orig: y}"),
              "s.yaml:2: cancel: key \"account\" stands twice");
    EXPECT_EQ(error_of("stepz: []"), "s.yaml:1: unknown key \"stepz\": expected steps");
}

TEST(Script, NamesWrongSteps) {
    EXPECT_THAT(step_error("submitt: {}"), HasSubstr("s.yaml:2: unknown key \"submitt\""));
    EXPECT_THAT(step_error("{wait_ms: 1, snapshot: {account: A}}"),
                HasSubstr("s.yaml:2: expected one action"));
    EXPECT_THAT(step_error("wait_ms"), HasSubstr("s.yaml:2: expected a mapping with wait_ready"));
    EXPECT_THAT(step_error("wait_ready: []"), HasSubstr("expected a list with at least one"));
    EXPECT_THAT(step_error("snapshot: [A]"), HasSubstr("s.yaml:2: snapshot: expected a mapping"));
}

TEST(Script, BoundsItsTimes) {
    for (const auto* time : {"-1", "3600001", "1.5", "soon", "[1]"}) {
        EXPECT_THAT(step_error(std::string{"wait_ms: "} + time),
                    HasSubstr("s.yaml:2: wait_ms: expected a whole number from 0 to 3600000"));
    }
}

TEST(Script, WantsExpectationsThatCanHold) {
    const std::string submit =
        "submit: {account: A, id: x, symbol: S, side: Buy, type: Market, qty: 1}\n  - ";
    EXPECT_EQ(step_error(submit + "expect: {account: A, id: x}"),
              "s.yaml:3: expect: expected at least one of status, cum_qty, certainty, reason");
    EXPECT_THAT(step_error(submit + "expect: {account: A, id: x, status: Fileld}"),
                HasSubstr("s.yaml:3: expect.status: expected one of New, PartiallyFilled"));
    EXPECT_THAT(step_error(submit + "expect: {account: A, id: x, reason: CLOSED}"),
                HasSubstr("s.yaml:3: expect.reason: expected one of NONE, STARTED"));
    EXPECT_EQ(step_error(submit + "expect: {account: B, id: x, status: New}"),
              "s.yaml:3: expect.id: expected the id of a request above, found \"x\", which B has "
              "not sent");
}

TEST(Script, WantsEachIdOnceForAnAccount) {
    const std::string submit =
        "submit: {account: A, id: x, symbol: S, side: Buy, type: Market, qty: 1}\n  - ";
    EXPECT_EQ(step_error(submit + "cancel: {account: A, id: x, orig: x}"),
              "s.yaml:3: expected a new id, found \"x\", which A has used already");
    EXPECT_EQ(step_error(submit + "cancel_all: {account: A, prefix: x}"),
              "s.yaml:3: expected a new id, found \"x\", which A has used already");
    EXPECT_EQ(step_error(submit + "cancel: {account: B, id: x, orig: y}"), "no error");
}

TEST(Script, ExpectsNothingOfAPrefix) {
    EXPECT_THAT(step_error("cancel_all: {account: A, prefix: p}\n"
                           "  - expect: {account: A, id: p, status: Canceled}"),
                HasSubstr("s.yaml:3: expect.id: expected the id of a request above"));
}

TEST(Script, TellsTheLineOfBrokenYaml) {
    EXPECT_THAT(error_of("steps:\n  - {a: [1\n"), HasSubstr("expected valid YAML"));
    EXPECT_THAT(error_of("steps:\n  - {a: [1\n"), testing::StartsWith("s.yaml:"));
}

TEST(Script, RefusesTextsThatAreNoScript) {
    EXPECT_THAT(error_of(""), HasSubstr("expected a mapping with steps"));
    EXPECT_THAT(error_of("just text"), HasSubstr("s.yaml:1: expected a mapping with steps"));
    EXPECT_THAT(error_of("steps: []"), HasSubstr("expected a list with at least one element"));
}

TEST(Script, RefusesFilesThatAreMissingOrTooLarge) {
    const broker::test::TemporaryDirectory directory;
    const auto file = directory.path() / "large.yaml";
    EXPECT_THROW(load_script(file), ScriptError);
    EXPECT_THROW(load_script(directory.path()), ScriptError);
    std::ofstream{file} << "steps:\n  - wait_ms: 1\n";
    EXPECT_EQ(load_script(file).steps.size(), 1U);
    std::filesystem::resize_file(file, 5U << 20U);
    EXPECT_THROW(load_script(file), ScriptError);
}

TEST(Script, ReadsTheExamples) {
    for (const auto* name : {"demo", "check_account", "order_types", "order_list", "mass_status",
                             "positions", "market_data", "trades", "reference_data"}) {
        const std::string file = std::string{EXAMPLES_DIR "/"} + name + ".yaml";
        EXPECT_FALSE(load_script(file).steps.empty()) << file;
    }
}

}  // namespace
}  // namespace broker::sample_host
