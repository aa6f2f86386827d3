#include "simulator/simulator_options.hpp"

#include <gtest/gtest.h>

#include <fstream>

#include "support/temporary_directory.hpp"

namespace broker::simulator {
namespace {

class SimulatorOptionsYaml : public testing::Test {
protected:
    core::Result<SimulatorOptions> read(const std::string& text) const {
        std::ofstream{file_} << text;
        return simulator_options_from_yaml(file_, {});
    }
    // The error without the directory of the file.
    std::string error_of(const std::string& text) const {
        const auto result = read(text);
        if (result.has_value()) return "";
        EXPECT_EQ(result.error().reason, core::Reason::Configuration);
        const auto& detail = result.error().detail;
        return detail.substr(detail.find("sim.yaml"));
    }

private:
    test::TemporaryDirectory directory_;
    const std::filesystem::path file_ = directory_.path() / "sim.yaml";
};

TEST_F(SimulatorOptionsYaml, ReadsTheExampleOfTheDocumentation) {
    const auto options = simulator_options_from_yaml(DXTRADE_EXAMPLES_DIR "/simulator.yaml", {});
    ASSERT_TRUE(options.has_value()) << options.error().detail;
    EXPECT_EQ(options->accounts.size(), 2U);
    EXPECT_EQ(options->rules.size(), 5U);
}

TEST_F(SimulatorOptionsYaml, ReadsEveryKey) {
    const auto options = read(R"(
seed: 42
target_comp_id: DX
ports: {fix_trading: 9880}
data_dictionary: /some/where.xml
sends_pending: true
quotes: {interval_ms: 250, start: {EURUSD: {bid: "1.2", ask: "1.20001"}}}
accounts:
  - {id: A, account: "default:A", sender_comp_id: AA, username: u, password: p, cash: "12.5"}
  - {id: B, sender_comp_id: BB}
rules:
  - {action: fill_in_parts, symbol: EURUSD, parts: 3, filled_parts: 2}
  - {action: delay_answers, tag: 58, value: slow, delay_ms: 500, times: 1}
faults: {fix_trading: [silent, wrong_checksum]}
)")
                             .value();
    EXPECT_EQ(options.seed, 42U);
    EXPECT_EQ(options.target_comp_id, "DX");
    EXPECT_EQ(options.fix_trading_port, 9880);
    EXPECT_EQ(options.data_dictionary, "/some/where.xml");
    EXPECT_TRUE(options.sends_pending);
    EXPECT_EQ(options.quote_interval, std::chrono::milliseconds{250});
    ASSERT_EQ(options.quotes.size(), 1U);
    EXPECT_EQ(options.quotes[0].ask.to_string(), "1.20001");
    ASSERT_EQ(options.accounts.size(), 2U);
    EXPECT_EQ(options.accounts[0].cash.to_string(), "12.5");
    EXPECT_EQ(options.accounts[1].sender_comp_id, "BB");
    ASSERT_EQ(options.rules.size(), 2U);
    EXPECT_EQ(options.rules[0].filled_parts, 2);
    EXPECT_EQ(options.rules[1].delay, std::chrono::milliseconds{500});
    EXPECT_TRUE(options.fix_trading_faults.has(Fault::Silent));
    EXPECT_TRUE(options.fix_trading_faults.has(Fault::WrongChecksum));
    EXPECT_FALSE(options.fix_trading_faults.has(Fault::Garbage));
}

TEST_F(SimulatorOptionsYaml, ReadsEveryKeyOfTheOtherSessions) {
    const auto options = read(R"(
target_comp_id: DX
ports: {fix_market_data: 9882, fix_drop_copy: 9883}
writes_all_sessions: true
accounts:
  - {id: A, sender_comp_id: AA, drop_copy_sources: [BB, CC]}
  - {id: B, sender_comp_id: BB, market_data_sender_comp_id: M, drop_copy_sender_comp_id: D}
market_data: {updates: incremental, entry_action: standard, depth_levels: 7, stream_id: S,
  requires_stream_id: true, sends_tot_num_reports: true, sends_net_change: true}
drop_copy: {target_comp_id: COPY, cl_ord_id: absent, exec_ids: own, refusal: not_authorized,
  sends_corrections: false, sends_status_before_trades: true, sends_allocations: true, delay_ms: 30}
faults: {fix_market_data: [silent], fix_drop_copy: [garbage]}
)")
                             .value();
    EXPECT_EQ(options.fix_market_data_port, 9882);
    EXPECT_EQ(options.fix_drop_copy_port, 9883);
    EXPECT_TRUE(options.writes_all_sessions);
    EXPECT_EQ(options.accounts[0].drop_copy_sources, (std::vector<std::string>{"BB", "CC"}));
    EXPECT_EQ(sender_comp_id_of(options.accounts[0], Listener::FixMarketData), "AA-MD");
    EXPECT_EQ(sender_comp_id_of(options.accounts[0], Listener::FixDropCopy), "AA-DC");
    EXPECT_EQ(sender_comp_id_of(options.accounts[1], Listener::FixMarketData), "M");
    EXPECT_EQ(sender_comp_id_of(options.accounts[1], Listener::FixDropCopy), "D");
    EXPECT_EQ(target_comp_id_of(options, Listener::FixMarketData), "DX-MD");
    EXPECT_EQ(target_comp_id_of(options, Listener::FixDropCopy), "COPY");

    EXPECT_EQ(options.market_data.updates, MarketDataUpdates::Incremental);
    EXPECT_EQ(options.market_data.entry_action, EntryAction::Standard);
    EXPECT_EQ(options.market_data.depth_levels, 7);
    EXPECT_EQ(options.market_data.stream_id, "S");
    EXPECT_TRUE(options.market_data.requires_stream_id);
    EXPECT_TRUE(options.market_data.sends_tot_num_reports);
    EXPECT_TRUE(options.market_data.sends_net_change);
    EXPECT_EQ(options.drop_copy.cl_ord_id, CopiedClOrdID::Absent);
    EXPECT_EQ(options.drop_copy.exec_ids, CopiedExecID::Own);
    EXPECT_EQ(options.drop_copy.refusal, DropCopyRefusal::NotAuthorized);
    EXPECT_FALSE(options.drop_copy.sends_corrections);
    EXPECT_TRUE(options.drop_copy.sends_status_before_trades);
    EXPECT_TRUE(options.drop_copy.sends_allocations);
    EXPECT_EQ(options.drop_copy.delay, std::chrono::milliseconds{30});
    EXPECT_TRUE(options.fix_market_data_faults.has(Fault::Silent));
    EXPECT_TRUE(options.fix_drop_copy_faults.has(Fault::Garbage));
}

TEST_F(SimulatorOptionsYaml, ReadsHowTheVenueTrades) {
    const auto options = read(R"(
new_order_id_on_replace: true
rejects_changes_by: execution_report
cancels_partially_filled_as: expired
exec_ids: per_order
reports_triggers: true
reopens_busted_orders: true
day_ends_as: done_for_day
requires_position_effect: true
locate: given_as_no
position_code_tag: 5001
empty_mass_status: business_reject
securities_per_page: 2
margin_rate: "0.1"
trading_session_id: DAY
order_lists: {encoding: tag, tag: 6407, values: {oco: A, oto: B, bracket: C}, answers_with: list_status, children: pending_new}
answers: {positions: false, mass_cancel: true}
rules:
  - {action: correct_trade, quantity: "5", price: "1.1"}
  - {action: restate, quantity: "6", reason: 5}
)")
                             .value();
    const auto& trading = options.trading;
    EXPECT_TRUE(trading.new_order_id_on_replace);
    EXPECT_TRUE(trading.rejects_changes_by_report);
    EXPECT_EQ(trading.cancels_partially_filled_as, CanceledAs::Expired);
    EXPECT_TRUE(trading.numbers_exec_ids_per_order);
    EXPECT_TRUE(trading.reports_triggers);
    EXPECT_TRUE(trading.reopens_busted_orders);
    EXPECT_TRUE(trading.ends_day_as_done_for_day);
    EXPECT_TRUE(trading.requires_position_effect);
    EXPECT_EQ(trading.locate, LocateRule::GivenAsNo);
    EXPECT_EQ(trading.position_code_tag, 5001);
    EXPECT_TRUE(trading.rejects_empty_mass_status);
    EXPECT_EQ(trading.securities_per_page, 2);
    EXPECT_EQ(trading.margin_rate.to_string(), "0.1");
    EXPECT_EQ(trading.trading_session_id, "DAY");
    EXPECT_EQ(trading.lists.encoding, ListEncoding::Tag);
    EXPECT_EQ(trading.lists.tag, 6407);
    EXPECT_EQ(trading.lists.oco + trading.lists.oto + trading.lists.bracket, "ABC");
    EXPECT_TRUE(trading.lists.answers_with_list_status);
    EXPECT_TRUE(trading.lists.children_are_pending);
    EXPECT_FALSE(trading.answers.positions);
    EXPECT_TRUE(trading.answers.mass_cancel);
    EXPECT_TRUE(trading.answers.trades) << "as it was";
    EXPECT_EQ(options.rules.at(0).quantity, core::Decimal::from(5, 0));
    EXPECT_EQ(options.rules.at(1).reason, 5);
}

TEST_F(SimulatorOptionsYaml, SaysWhatIsWrongWithHowTheVenueTrades) {
    EXPECT_EQ(error_of("margin_rate: 2\n"), "sim.yaml:1: margin_rate: \"2\" is not from 0 to 1");
    EXPECT_EQ(error_of("exec_ids: some\n"),
              "sim.yaml:1: exec_ids: \"some\" is none of unique, per_order");
    EXPECT_EQ(error_of("order_lists: {encoding: tag, tag: 0}\n"),
              "sim.yaml:1: order_lists: the encoding by a tag needs the tag");
    EXPECT_EQ(error_of("answers: {position: true}\n"), "sim.yaml:1: answers.position: unknown key");
}

TEST_F(SimulatorOptionsYaml, LeavesWhatAnEmptyFileDoesNotSay) {
    EXPECT_EQ(read("").value().accounts.size(), 1U);
}

TEST_F(SimulatorOptionsYaml, ReadsFaultsOfMessages) {
    const auto options = read(R"(
message_faults:
  fix_trading:
    seed: 7
    to_client: {per_mille: {drop: 5, half_open: 2}, half_open_ms: 300}
    to_server: {steps: [{fault: reset, message: 3}], delay_ms: 20}
)")
                             .value();
    MessageFaultPlan plan = options.message_faults[0];
    EXPECT_EQ(plan.seed, 7U);
    EXPECT_EQ(plan.to_client.chance(MessageFault::Drop), 5);
    EXPECT_EQ(plan.to_client.chance(MessageFault::HalfOpen), 2);
    EXPECT_EQ(plan.to_client.chance(MessageFault::Delay), 0);
    EXPECT_EQ(plan.to_client.half_open, std::chrono::milliseconds{300});
    ASSERT_EQ(plan.to_server.steps.size(), 1U);
    EXPECT_EQ(plan.to_server.steps[0].fault, MessageFault::Reset);
    EXPECT_EQ(plan.to_server.steps[0].message, 3U);
    EXPECT_EQ(plan.to_server.delay, std::chrono::milliseconds{20});

    EXPECT_EQ(error_of("message_faults: {fix_trading: {to_client: {per_mille: {lose: 1}}}}\n"),
              "sim.yaml:1: message_faults.fix_trading.to_client.per_mille.lose: "
              "unknown fault \"lose\"");
    EXPECT_EQ(error_of("message_faults: {fix_trading: {to_client: "
                       "{per_mille: {drop: 600, delay: 500}}}}\n"),
              "sim.yaml:1: message_faults.fix_trading.to_client.per_mille: "
              "the sum is more than 1000");
    EXPECT_EQ(error_of("message_faults: {rest: {}}\n"),
              "sim.yaml:1: message_faults.rest: unknown key");
}

TEST_F(SimulatorOptionsYaml, NamesFileLineAndKeyInErrors) {
    EXPECT_EQ(error_of("seed: 1\nrules:\n  - {action: rejct}\n"),
              "sim.yaml:3: rules[0].action: unknown action \"rejct\"");
    EXPECT_EQ(error_of("ports:\n  fix_trading: 65536\n"),
              "sim.yaml:2: ports.fix_trading: \"65536\" is no whole number from 0 to 65535");
    EXPECT_EQ(error_of("accounts:\n  - id: A\n    cahs: 1\n"),
              "sim.yaml:3: accounts[0].cahs: unknown key");
    EXPECT_EQ(error_of("faults: {fix_trading: [quiet]}\n"),
              "sim.yaml:1: faults.fix_trading[0]: unknown fault \"quiet\"");
    EXPECT_EQ(error_of("rules:\n  - {symbol: EURUSD}\n"),
              "sim.yaml:2: rules[0]: action is missing");
    EXPECT_EQ(error_of("sends_pending: yes\n"),
              "sim.yaml:1: sends_pending: \"yes\" is neither true nor false");
    EXPECT_EQ(error_of("quotes: {start: {EURUSD: {bid: 1e5, ask: 2}}}\n"),
              "sim.yaml:1: quotes.start.EURUSD.bid: \"1e5\" is no decimal number");
    EXPECT_EQ(error_of("market_data: {updates: some}\n"),
              "sim.yaml:1: market_data.updates: \"some\" is none of full_then_incremental, full, "
              "incremental");
    EXPECT_EQ(error_of("drop_copy: {delay: 3}\n"), "sim.yaml:1: drop_copy.delay: unknown key");
    EXPECT_EQ(error_of("rules: {}\n"), "sim.yaml:1: rules: a list is expected");
    EXPECT_EQ(error_of("rules:\n  - {action: fill_in_parts, parts: 2, filled_parts: 3}\n"),
              "sim.yaml:2: rules[0].filled_parts: \"3\" is no whole number from 0 to 2");
}

TEST_F(SimulatorOptionsYaml, NamesTheLineOfASyntaxError) {
    EXPECT_EQ(error_of("seed: 1\nrules: [\n").substr(0, 10), "sim.yaml:3");
}

TEST(SimulatorOptionsFile, SaysWhenItCannotBeRead) {
    const auto result = simulator_options_from_yaml("/nonexistent/sim.yaml", {});
    ASSERT_TRUE(result.has_error());
    EXPECT_EQ(result.error().detail, "/nonexistent/sim.yaml: cannot be read");
}

}  // namespace
}  // namespace broker::simulator
