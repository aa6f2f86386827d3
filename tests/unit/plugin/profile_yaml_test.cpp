#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "config/settings_yaml.hpp"
#include "profile_yaml_fixture.hpp"

namespace broker::config {
namespace {

using dxtrade::Profile;
using testing::ElementsAre;

using ProfileYaml = ProfileYamlFixture;

TEST_F(ProfileYaml, ShortestProfileRefusesWhatIsNotKnown) {
    const Profile profile = load_with("");
    EXPECT_FALSE(profile.replaces.is_offered);
    EXPECT_EQ(profile.order_lists.encoding, dxtrade::ContingencyEncoding::None);
    EXPECT_TRUE(profile.queries.offered.empty());
    EXPECT_FALSE(profile.market_data.is_offered);
    EXPECT_FALSE(profile.drop_copy.is_offered);
    EXPECT_EQ(profile.orders.min_qty, dxtrade::FieldRule::Forbidden);
    EXPECT_EQ(profile.orders.locate_reqd, dxtrade::FieldRule::Forbidden);
    EXPECT_TRUE(profile.orders.exec_insts.empty());
    EXPECT_EQ(profile.orders.position_code_tag, 0);
    EXPECT_EQ(profile.cl_ord_ids.max_size, 32U);
    EXPECT_TRUE(profile.sends_account);
    EXPECT_TRUE(profile.replaces.sends_order_id);
    EXPECT_EQ(profile.timestamps, dxtrade::TimestampPrecision::Milliseconds);
}

TEST_F(ProfileYaml, OrdersAreReadByTheNamesOfFix) {
    const Profile profile = load(
        "name: p\norders:\n  sides: [SellShort]\n  ord_types: [StopLimit, TrailingStop]\n"
        "  times_in_force: [Day, AtTheClose]\n  times_in_force_by_ord_type: {StopLimit: [Day]}\n"
        "  exec_insts: [AllOrNone, TryToStop]\n  min_qty: Optional\n  max_floor: Required\n"
        "  cash_order_qty: Optional\n  ex_destination: Required\n  ex_destinations: [NYSE, ARCA]\n "
        " default_ex_destination: ARCA\n"
        "  locate_reqd: Required\n  position_effect: RequiredToSell\n  position_code_tag: 5011\n"
        "  expiry: DateIfMidnight\n  handl_inst: \"1\"\n  currency: USD\n"
        "  trailing_stop: {ord_type: T, exec_inst: x, offset_tag: 5012, sends_offset_type: "
        "false}\n");
    const dxtrade::OrderRules& orders = profile.orders;
    EXPECT_EQ(orders.sides, core::EnumSet{core::Side::SellShort});
    EXPECT_EQ(orders.ord_types,
              (core::EnumSet{core::OrdType::StopLimit, core::OrdType::TrailingStop}));
    EXPECT_EQ(orders.times_in_force_by_ord_type.at(core::OrdType::StopLimit),
              core::EnumSet{core::TimeInForce::Day});
    EXPECT_EQ(orders.exec_insts,
              (core::EnumSet{core::ExecInst::AllOrNone, core::ExecInst::TryToStop}));
    EXPECT_EQ(orders.min_qty, dxtrade::FieldRule::Optional);
    EXPECT_EQ(orders.max_floor, dxtrade::FieldRule::Required);
    EXPECT_EQ(orders.cash_order_qty, dxtrade::FieldRule::Optional);
    EXPECT_EQ(orders.ex_destination, dxtrade::FieldRule::Required);
    EXPECT_THAT(orders.ex_destinations, ElementsAre("NYSE", "ARCA"));
    EXPECT_EQ(orders.default_ex_destination, "ARCA");
    EXPECT_EQ(orders.locate_reqd, dxtrade::FieldRule::Required);
    EXPECT_EQ(orders.position_effect, dxtrade::PositionEffectRule::RequiredToSell);
    EXPECT_EQ(orders.position_code_tag, 5011);
    EXPECT_EQ(orders.expiry, dxtrade::ExpiryField::DateIfMidnight);
    EXPECT_EQ(orders.handl_inst, "1");
    EXPECT_EQ(orders.currency, "USD");
    EXPECT_EQ(orders.trailing_stop.ord_type, "T");
    EXPECT_EQ(orders.trailing_stop.exec_inst, "x");
    EXPECT_EQ(orders.trailing_stop.offset_tag, 5012);
    EXPECT_FALSE(orders.trailing_stop.sends_offset_type);
}

TEST_F(ProfileYaml, ReplacesListsAndIdsAreRead) {
    const Profile profile = load_with(
        "replaces: {offered: true, fields: [Price], orig_cl_ord_id: LastSent, "
        "sends_order_id: false}\n"
        "order_lists: {encoding: Tag, contingencies: [OneCancelsOther, Bracket], tag: 5010, "
        "tag_in: Orders, values: {OneCancelsOther: a, Bracket: b}, bid_type: \"1\", "
        "can_cancel_list: true}\n"
        "cl_ord_ids: {max_size: 20, alphabet: abc0123456789}\n"
        "account: {sent: false, format: WithoutClearing}\ntimestamps: Microseconds\n");
    EXPECT_TRUE(profile.replaces.is_offered);
    EXPECT_EQ(profile.replaces.fields, core::EnumSet{dxtrade::ReplaceField::Price});
    EXPECT_EQ(profile.replaces.orig_cl_ord_id, dxtrade::OrigClOrdIDRule::LastSent);
    EXPECT_FALSE(profile.replaces.sends_order_id);
    EXPECT_EQ(profile.order_lists.encoding, dxtrade::ContingencyEncoding::Tag);
    EXPECT_EQ(profile.order_lists.tag, 5010);
    EXPECT_TRUE(profile.order_lists.is_tag_in_orders);
    EXPECT_EQ(profile.order_lists.values.at(core::Contingency::Bracket), "b");
    EXPECT_EQ(profile.order_lists.bid_type, "1");
    EXPECT_TRUE(profile.order_lists.can_cancel_list);
    EXPECT_EQ(profile.cl_ord_ids.max_size, 20U);
    EXPECT_EQ(profile.cl_ord_ids.alphabet, "abc0123456789");
    EXPECT_FALSE(profile.sends_account);
    EXPECT_EQ(profile.account_format, dxtrade::AccountFormat::WithoutClearing);
    EXPECT_EQ(profile.timestamps, dxtrade::TimestampPrecision::Microseconds);
}

TEST_F(ProfileYaml, SymbolsAreReadInShortAndInFull) {
    const Profile profile = load_with(
        "symbols: {map: {EURUSD: EUR/USD, BRK/B: {symbol: BRK, sfx: B, fields: {48: X, 22: Y}}}, "
        "sfx_separator: \".\", complete: true}\n");
    EXPECT_EQ(profile.symbols.map.at("EURUSD").symbol, "EUR/USD");
    EXPECT_EQ(profile.symbols.map.at("BRK/B").sfx, "B");
    EXPECT_EQ(profile.symbols.map.at("BRK/B").fields.at(48), "X");
    EXPECT_EQ(profile.symbols.sfx_separator, ".");
    EXPECT_TRUE(profile.symbols.is_map_complete);
}

TEST_F(ProfileYaml, SessionsAndQueriesAreRead) {
    const Profile profile = load_with(
        "queries: {offered: [OrderStatus, Trades], account_summary: {request: U1, report: "
        "CollateralReport, fields: {balance: 9001, equity: 0, margin: 9002, margin_free: 9003, "
        "open_pl: 9004, currency: 9005}}}\n"
        "market_data: {offered: true, updates: FullRefresh, full_book: false, trades: true, "
        "candles: true, other_depths: true, begins_with_snapshot: false, only_new_entries: true, "
        "zero_size_deletes: true, md_stream_id: S, max_symbols_per_request: 7}\n"
        "drop_copy: {offered: true, cl_ord_id: Venue}\n");
    EXPECT_EQ(profile.queries.offered,
              (core::EnumSet{core::QueryKind::OrderStatus, core::QueryKind::Trades}));
    EXPECT_EQ(profile.queries.account_summary_request, "U1");
    EXPECT_EQ(profile.queries.account_summary_report, "BA");
    EXPECT_EQ(profile.queries.account_summary.balance, 9001);
    EXPECT_EQ(profile.queries.account_summary.equity, 0);
    EXPECT_EQ(profile.queries.account_summary.margin, 9002);
    EXPECT_EQ(profile.queries.account_summary.margin_free, 9003);
    EXPECT_EQ(profile.queries.account_summary.open_pl, 9004);
    EXPECT_EQ(profile.queries.account_summary.currency, 9005);
    EXPECT_TRUE(profile.market_data.is_offered);
    EXPECT_EQ(profile.market_data.updates, dxtrade::MarketDataUpdates::FullRefresh);
    EXPECT_FALSE(profile.market_data.has_full_book);
    EXPECT_TRUE(profile.market_data.has_trades);
    EXPECT_TRUE(profile.market_data.has_candles);
    EXPECT_TRUE(profile.market_data.has_other_depths);
    EXPECT_FALSE(profile.market_data.begins_with_snapshot);
    EXPECT_TRUE(profile.market_data.only_new_entries);
    EXPECT_TRUE(profile.market_data.is_zero_size_a_delete);
    EXPECT_EQ(profile.market_data.md_stream_id, "S");
    EXPECT_EQ(profile.market_data.max_symbols_per_request, 7U);
    EXPECT_TRUE(profile.drop_copy.is_offered);
    EXPECT_EQ(profile.drop_copy.cl_ord_id, dxtrade::DropCopyClOrdID::Venue);
}

TEST_F(ProfileYaml, TheGatewaysSessionRulesAreRead) {
    const dxtrade::FixSessionRules rules =
        load_with(
            "fix_session: {validation: full, open_enums: [40, 59], unsolicited_reset: "
            "CountOurLogon, next_expected_msg_seq_num: true, last_msg_seq_num_processed: true, "
            "orig_sending_time_required: false, sub_ids_checked: true, routed_messages_accepted: "
            "false, sending_time_tolerance_s: 30, recovery: {request_chunk: 0, request_timeout_ms: "
            "2000, max_requests: 5, max_gap_messages: 10, max_gap_kb: 64, page_messages: 7, "
            "page_time_us: 80, "
            "page_interval_ms: 0, max_send_backlog_kb: 256}}\n")
            .fix_session;
    EXPECT_EQ(rules.validation, fix::ValidationLevel::Full);
    EXPECT_THAT(rules.open_enums, ElementsAre(40, 59));
    EXPECT_EQ(rules.unsolicited_reset, fix::UnsolicitedReset::CountOurLogon);
    EXPECT_TRUE(rules.sends_next_expected_msg_seq_num);
    EXPECT_TRUE(rules.sends_last_msg_seq_num_processed);
    EXPECT_FALSE(rules.requires_orig_sending_time);
    EXPECT_TRUE(rules.checks_sub_ids);
    EXPECT_FALSE(rules.accepts_routed_messages);
    EXPECT_EQ(rules.sending_time_tolerance, std::chrono::seconds{30});
    EXPECT_EQ(rules.recovery.request_chunk, 0U);
    EXPECT_EQ(rules.recovery.request_timeout, std::chrono::seconds{2});
    EXPECT_EQ(rules.recovery.max_requests, 5);
    EXPECT_EQ(rules.recovery.max_gap_messages, 10U);
    EXPECT_EQ(rules.recovery.max_gap_bytes, 64U << 10U);
    EXPECT_EQ(rules.recovery.page_messages, 7U);
    EXPECT_EQ(rules.recovery.page_time, std::chrono::microseconds{80});
    EXPECT_EQ(rules.recovery.page_interval, std::chrono::milliseconds{0});
    EXPECT_EQ(rules.recovery.max_send_backlog, 256U << 10U);
}

TEST_F(ProfileYaml, FieldsAndPartiesTakeMessagesByNameAndByMsgType) {
    const Profile profile = load_with(
        "fields: [{name: capacity, tag: 528, type: Char, messages: [NewOrderSingle, 8], values: "
        "[A, P], value: P, required: true}]\n"
        "parties: [{name: trader, source: C, role: 12, messages: [D], required: true}, "
        "{id: FIRM, role: 4, messages: [D, F]}]\n"
        "required_tags: {NewOrderSingle: [582, 583]}\nforbidden_tags: {F: [38], H: [37]}\n");
    ASSERT_EQ(profile.fields.size(), 1U);
    EXPECT_EQ(profile.fields[0].name, "capacity");
    EXPECT_EQ(profile.fields[0].tag, 528);
    EXPECT_EQ(profile.fields[0].type, dxtrade::FieldType::Char);
    EXPECT_THAT(profile.fields[0].messages, ElementsAre("D", "8"));
    EXPECT_THAT(profile.fields[0].values, ElementsAre("A", "P"));
    EXPECT_EQ(profile.fields[0].value, "P");
    EXPECT_TRUE(profile.fields[0].is_required);
    ASSERT_EQ(profile.parties.size(), 2U);
    EXPECT_EQ(profile.parties[0].name, "trader");
    EXPECT_EQ(profile.parties[0].source, 'C');
    EXPECT_EQ(profile.parties[0].role, 12);
    EXPECT_TRUE(profile.parties[0].is_required);
    EXPECT_EQ(profile.parties[1].id, "FIRM");
    EXPECT_EQ(profile.parties[1].source, 'D');
    EXPECT_THAT(profile.required_tags.at("D"), ElementsAre(582, 583));
    EXPECT_THAT(profile.forbidden_tags.at("F"), ElementsAre(38));
}

TEST_F(ProfileYaml, OneTagMayHaveTwoNamesInDifferentMessages) {
    EXPECT_NO_THROW(
        (void)load_with("fields: [{name: a, tag: 5001, messages: [D]}, "
                        "{name: b, tag: 5001, messages: [ExecutionReport]}]\n"));
}

TEST_F(ProfileYaml, TagThatTheAdapterWritesElsewhereIsFree) {
    // Currency (15) and HandlInst (21) are the adapter's only where the profile gives them.
    EXPECT_NO_THROW((void)load_with("fields: [{name: currency, tag: 15, messages: [D]}]\n"));
    // OrderID (37) is not in a new order.
    EXPECT_NO_THROW((void)load_with("fields: [{name: order_id, tag: 37, messages: [8]}]\n"));
}

// ---- the profiles of the project

TEST_F(ProfileYaml, DxtradeXtOffersWhatItsDocumentNames) {
    const Profile profile = shipped("dxtrade-xt");
    EXPECT_EQ(profile.orders.sides,
              (core::EnumSet{core::Side::Buy, core::Side::Sell, core::Side::SellShort}));
    EXPECT_EQ(profile.orders.ord_types,
              (core::EnumSet{core::OrdType::Market, core::OrdType::Limit, core::OrdType::Stop,
                             core::OrdType::StopLimit}));
    EXPECT_EQ(profile.orders.times_in_force,
              (core::EnumSet{core::TimeInForce::Day, core::TimeInForce::GoodTillCancel,
                             core::TimeInForce::GoodTillDate}));
    EXPECT_EQ(profile.orders.position_effect, dxtrade::PositionEffectRule::RequiredToSell);
    EXPECT_EQ(profile.orders.locate_reqd, dxtrade::FieldRule::Required);
    EXPECT_EQ(profile.orders.ex_destination, dxtrade::FieldRule::Optional);
    EXPECT_EQ(profile.symbols.sfx_separator, ".");
    EXPECT_EQ(profile.order_lists.encoding, dxtrade::ContingencyEncoding::None);
    EXPECT_TRUE(profile.queries.offered.empty());
    EXPECT_TRUE(profile.drop_copy.is_offered);
    EXPECT_FALSE(profile.market_data.is_offered);
}

TEST_F(ProfileYaml, DxtradeCfdOffersNoMoreThanIsKnown) {
    const Profile profile = shipped("dxtrade-cfd");
    EXPECT_FALSE(profile.orders.sides.contains(core::Side::SellShort));
    EXPECT_FALSE(profile.replaces.is_offered);
    EXPECT_TRUE(profile.queries.offered.empty());
    EXPECT_TRUE(profile.market_data.is_offered);
    EXPECT_FALSE(profile.drop_copy.is_offered);
}

TEST_F(ProfileYaml, SimulatorOffersEverything) {
    const Profile profile = shipped("simulator");
    EXPECT_EQ(profile.orders.ord_types.bits(), 0x3FEU);
    EXPECT_EQ(profile.orders.times_in_force.bits(), 0x1FEU);
    EXPECT_EQ(profile.orders.sides.bits(), 0x1EU);
    EXPECT_EQ(profile.orders.exec_insts.bits(), 0x7FFFEU);
    EXPECT_EQ(profile.queries.offered.bits(), 0xFEU);
    EXPECT_EQ(profile.order_lists.contingencies.bits(), 0xEU);
    EXPECT_EQ(profile.order_lists.tag, 5010);
    EXPECT_EQ(profile.orders.position_code_tag, 5011);
    EXPECT_TRUE(profile.replaces.is_offered);
    EXPECT_TRUE(profile.market_data.is_offered);
    EXPECT_TRUE(profile.drop_copy.is_offered);
}

}  // namespace
}  // namespace broker::config
