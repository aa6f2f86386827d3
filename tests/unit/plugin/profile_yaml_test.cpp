#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <fstream>

#include "config/profile_sections.hpp"
#include "config/settings_yaml.hpp"
#include "support/temporary_directory.hpp"

namespace broker::config {
namespace {

using dxtrade::Profile;
using testing::ElementsAre;
using testing::HasSubstr;

class ProfileYaml : public testing::Test {
protected:
    // The shortest orders section, which each profile needs.
    static constexpr std::string_view kOrders =
        "orders: {sides: [Buy, Sell], ord_types: [Market, Limit], times_in_force: [Day]}\n";

    Profile load(const std::string& text) {
        std::ofstream{directory_.path() / "p.yaml"} << text;
        return load_profile(directory_.path() / "p.yaml");
    }
    Profile load_with(const std::string& sections) {
        return load("name: p\n" + std::string{kOrders} + sections);
    }

    // The text of the error without the folder.
    std::string error_of(const std::string& text) {
        try {
            (void)load(text);
        } catch (const ConfigError& e) {
            std::string what = e.what();
            const std::string folder = directory_.path().string() + "/";
            if (what.starts_with(folder)) what.erase(0, folder.size());
            return what;
        }
        return "no error";
    }
    std::string error_with(const std::string& sections) {
        return error_of("name: p\n" + std::string{kOrders} + sections);
    }
    // Of an orders section with more keys.
    std::string error_with_orders(const std::string& keys) {
        return error_of(
            "name: p\norders: {sides: [Buy, Sell], ord_types: [Market, Limit, TrailingStop], "
            "times_in_force: [Day, FillOrKill], " +
            keys + "}\n");
    }
    // Of one named field with these keys.
    std::string error_with_field(const std::string& keys) {
        return error_with("fields: [{" + keys + "}]\n");
    }

    static Profile shipped(const std::string& name) {
        return load_profile(DXTRADE_CONFIG_DIR "/profiles/" + name + ".yaml");
    }

    test::TemporaryDirectory directory_;
};

// ---- what is read

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
        "  cash_order_qty: Optional\n  ex_destination: Required\n  ex_destinations: [NYSE, ARCA]\n"
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

// ---- what is refused

struct Refused {
    std::string given;
    std::string error;
};

TEST_F(ProfileYaml, ErrorNamesFileLineKeyExpectedAndFound) {
    EXPECT_EQ(error_with("replaces: {offered: true, fields: [Prize]}\n"),
              "p.yaml:3: replaces.fields[0]: expected one of OrderQty, Price, StopPx, TimeInForce, "
              "ExpireTime, PegOffsetValue, MinQty, MaxFloor, found \"Prize\"");
    EXPECT_EQ(error_with("querys: {}\n"),
              "p.yaml:3: unknown key \"querys\"; the nearest known key is \"queries\"");
    EXPECT_EQ(error_of("name: q\n"),
              "p.yaml:1: name: expected the name of the file, p, found \"q\"");
    EXPECT_EQ(error_of("name: p\n"), "p.yaml:1: missing key \"orders\"");
}

TEST_F(ProfileYaml, UnknownKeyIsRefusedInEverySection) {
    for (const char* section :
         {"replaces: {x: 1}", "order_lists: {encoding: None, x: 1}", "cl_ord_ids: {x: 1}",
          "symbols: {x: 1}", "symbols: {map: {A: {symbol: B, x: 1}}}", "account: {x: 1}",
          "queries: {x: 1}", "queries: {account_summary: {x: 1}}",
          "queries: {account_summary: {fields: {x: 1}}}", "market_data: {x: 1}",
          "drop_copy: {x: 1}", "fields: [{name: a, tag: 5001, messages: [D], x: 1}]",
          "parties: [{name: a, role: 1, messages: [D], x: 1}]"}) {
        EXPECT_THAT(error_with(std::string{section} + "\n"), HasSubstr("unknown key \"x\""))
            << section;
    }
    EXPECT_THAT(error_with_orders("x: 1"), HasSubstr("orders: unknown key \"x\""));
    EXPECT_THAT(error_with_orders("trailing_stop: {x: 1}"),
                HasSubstr("orders.trailing_stop: unknown key \"x\""));
}

TEST_F(ProfileYaml, OrdersOutsideTheirRangesAreRefused) {
    const std::vector<Refused> cases{
        {"exec_insts: [AllOrNone, AllOrNone]",
         "orders.exec_insts[1]: expected a value that stands once in its list, found "
         "\"AllOrNone\""},
        {"times_in_force_by_ord_type: {Stop: [Day]}",
         "orders.times_in_force_by_ord_type: expected an order type of orders.ord_types, found "
         "\"Stop\""},
        {"times_in_force_by_ord_type: {Market: [AtTheClose]}",
         "orders.times_in_force_by_ord_type.Market: expected values of orders.times_in_force "
         "alone"},
        {"min_qty: Maybe", "orders.min_qty: expected one of Optional, Required, Forbidden, found"},
        {"max_floor: true", "orders.max_floor: expected one of Optional, Required, Forbidden"},
        {"cash_order_qty: x", "orders.cash_order_qty: expected one of Optional"},
        {"locate_reqd: x", "orders.locate_reqd: expected one of Optional"},
        {"position_effect: x",
         "orders.position_effect: expected one of Optional, Required, "
         "Forbidden, RequiredToSell"},
        {"expiry: x", "orders.expiry: expected one of ExpireDate, ExpireTime, DateIfMidnight"},
        {"ex_destination: x", "orders.ex_destination: expected one of Optional"},
        {"ex_destinations: [A]",
         "orders.ex_destinations: expected ex_destination: Optional or Required with it"},
        {"handl_inst: \"12\"", "orders.handl_inst: expected one printable character, found \"12\""},
        {"currency: \"a\\x01b\"", "orders.currency: expected a text without control characters"},
        {"position_code_tag: 100000",
         "orders.position_code_tag: expected a whole number from 0 to 99999"},
        {"position_code_tag: 34",
         "orders.position_code_tag: expected a tag outside the message's header and trailer"},
        {"position_code_tag: 44",
         "orders.position_code_tag: expected a tag that is not written by the adapter"},
        {"position_code_tag: 66",
         "orders.position_code_tag: expected a tag that is not written by the adapter"},
        {"trailing_stop: {ord_type: PP}", "orders.trailing_stop.ord_type: expected one printable"},
        {"trailing_stop: {exec_inst: aa}",
         "orders.trailing_stop.exec_inst: expected one printable"},
        {"trailing_stop: {offset_tag: 99}",
         "orders.trailing_stop.offset_tag: expected a tag that is not written by the adapter"},
        {"trailing_stop: {offset_tag: 5001}, position_code_tag: 5001",
         "orders.position_code_tag: expected a tag that is not written by "
         "orders.trailing_stop.offset_tag"},
    };
    for (const Refused& refused : cases) {
        EXPECT_THAT(error_with_orders(refused.given), HasSubstr("p.yaml:2: " + refused.error))
            << refused.given;
    }
}

TEST_F(ProfileYaml, ListsWithoutACompleteEncodingAreRefused) {
    const std::string tag =
        "order_lists: {encoding: Tag, contingencies: [OneCancelsOther, Bracket]";
    const std::vector<Refused> cases{
        {"order_lists: {}", "order_lists: missing key \"encoding\""},
        {"order_lists: {encoding: Auto}", "order_lists.encoding: expected one of None, Tag"},
        {"order_lists: {encoding: None, contingencies: [Bracket]}",
         "order_lists.contingencies: expected another encoding than None with it"},
        {"order_lists: {encoding: ClOrdLinkID}", "order_lists: missing key \"contingencies\""},
        {"order_lists: {encoding: ClOrdLinkID, contingencies: [Bracket], values: {Bracket: 1}}",
         "order_lists.values: expected encoding Tag or ListExecInst with it"},
        {"order_lists: {encoding: ClOrdLinkID, contingencies: [Bracket], tag: 5001}",
         "order_lists.tag: expected encoding Tag with it"},
        {"order_lists: {encoding: ClOrdLinkID, contingencies: [Bracket], tag_in: List}",
         "order_lists.tag_in: expected encoding Tag with it"},
        {tag + ", tag: 5010}", "order_lists: missing key \"values\""},
        {tag + ", tag: 5010, values: {Bracket: 1}}",
         "order_lists.values: missing key \"OneCancelsOther\""},
        {tag + ", tag: 5010, values: {Bracket: 1, OneCancelsOther: 1}}",
         "order_lists.values.OneCancelsOther: expected a value of its own, found \"1\""},
        {tag + ", tag: 5010, values: {OneTriggersOther: 1}}",
         "order_lists.values: expected a contingency of order_lists.contingencies"},
        {tag + ", values: {Bracket: 1, OneCancelsOther: 2}}", "order_lists: missing key \"tag\""},
        {tag + ", tag: 68, values: {Bracket: 1, OneCancelsOther: 2}}",
         "order_lists.tag: expected a tag that is not written by the adapter, found \"68\""},
        {tag + ", tag: 5010, tag_in: x, values: {Bracket: 1, OneCancelsOther: 2}}",
         "order_lists.tag_in: expected one of List, Orders"},
        {tag + ", tag: 5010, bid_type: no, values: {Bracket: 1, OneCancelsOther: 2}}",
         "order_lists.bid_type: expected one printable character"},
    };
    for (const Refused& refused : cases) {
        EXPECT_THAT(error_with(refused.given + "\n"), HasSubstr(refused.error)) << refused.given;
    }
}

TEST_F(ProfileYaml, IdsAndSymbolsOutsideTheirRangesAreRefused) {
    const std::vector<Refused> cases{
        {"cl_ord_ids: {max_size: 15}",
         "cl_ord_ids.max_size: expected a whole number from 16 to 64, found \"15\""},
        {"cl_ord_ids: {alphabet: abca}",
         "cl_ord_ids.alphabet: expected each character once ('a' stands twice), found \"abca\""},
        {"cl_ord_ids: {alphabet: \"a b\"}",
         "cl_ord_ids.alphabet: expected printable ASCII without space"},
        {"symbols: {map: {A: X, B: X}}",
         "symbols.map.B: expected an instrument without another name: it is that of \"A\""},
        {"symbols: {map: {A: {symbol: X, sfx: S}, B: {sfx: S, symbol: X}}}",
         "symbols.map.B: expected an instrument without another name"},
        {"symbols: {map: {A: X, A: Y}}", "symbols.map: key \"A\" stands twice"},
        {"symbols: {map: {A B: X}}",
         "symbols.map: expected 1 to 64 printable ASCII characters without space, found \"A B\""},
        {"symbols: {map: {A: {sfx: S}}}", "symbols.map.A: missing key \"symbol\""},
        {"symbols: {map: {A: \"x\\x01y\"}}", "symbols.map.A: expected a text without control"},
        {"symbols: {map: {A: {symbol: X, fields: {54: Y}}}}",
         "symbols.map.A.fields: expected a tag that is not written by the adapter, found \"54\""},
        {"symbols: {map: {A: {symbol: X, fields: {0: Y}}}}",
         "symbols.map.A.fields: expected a whole number from 1 to 99999, found \"0\""},
        {"symbols: {map: {A: {symbol: X, fields: {048: Y, 48: Z}}}}",
         "symbols.map.A.fields: expected a tag that stands once"},
        {"symbols: {complete: true}", "symbols.complete: expected symbols.map with it"},
    };
    for (const Refused& refused : cases) {
        EXPECT_THAT(error_with(refused.given + "\n"), HasSubstr(refused.error)) << refused.given;
    }
}

TEST_F(ProfileYaml, SessionsAndQueriesOutsideTheirRangesAreRefused) {
    const std::vector<Refused> cases{
        {"account: {format: x}", "account.format: expected one of AsConfigured, WithoutClearing"},
        {"timestamps: Nanoseconds", "timestamps: expected one of Seconds, Milliseconds"},
        {"queries: {offered: [Balance]}", "queries.offered[0]: expected one of OrderStatus, Mass"},
        {"queries: {account_summary: {request: Balance}}",
         "queries.account_summary.request: expected the name or the MsgType of a message, such as "
         "NewOrderSingle or D, found \"Balance\""},
        {"queries: {account_summary: {fields: {equity: 8}}}",
         "queries.account_summary.fields.equity: expected a tag outside the message's header"},
        {"market_data: {updates: x}", "market_data.updates: expected one of Incremental, Full"},
        {"market_data: {max_symbols_per_request: 0}",
         "market_data.max_symbols_per_request: expected a whole number from 1 to 1000"},
        {"drop_copy: {cl_ord_id: x}", "drop_copy.cl_ord_id: expected one of Client, Venue"},
    };
    for (const Refused& refused : cases) {
        EXPECT_THAT(error_with(refused.given + "\n"), HasSubstr("p.yaml:3: " + refused.error))
            << refused.given;
    }
}

TEST_F(ProfileYaml, FieldsThatCannotBeAreRefused) {
    const std::vector<Refused> cases{
        {"name: Strategy, tag: 5001, messages: [D]",
         "fields[0].name: expected a name of up to 32 lower-case letters, digits and _, a letter "
         "first, found \"Strategy\""},
        {"name: 1a, tag: 5001, messages: [D]", "fields[0].name: expected a name of up to 32"},
        {"name: a, tag: 0, messages: [D]",
         "fields[0].tag: expected a whole number from 1 to 99999, found \"0\""},
        {"name: a, tag: 52, messages: [D]",
         "fields[0].tag: expected a tag outside the message's header and trailer, found \"52\""},
        {"name: a, tag: 44, messages: [D]",
         "fields[0].tag: expected a tag that is not written by the adapter in NewOrderSingle, "
         "found \"44\""},
        {"name: a, tag: 41, messages: [F]",
         "fields[0].tag: expected a tag that is not written by the adapter in OrderCancelRequest"},
        {"name: a, tag: 73, messages: [E]",
         "fields[0].tag: expected a tag that is not written by the adapter in NewOrderList"},
        {"name: a, tag: 41, messages: [8, G]",
         "fields[0].tag: expected a tag that is not written by the adapter in "
         "OrderCancelReplaceRequest"},
        {"name: a, tag: 5001, type: Float, messages: [D]",
         "fields[0].type: expected one of String, Char, Int, Decimal, Boolean, UtcTimestamp"},
        {"name: a, tag: 5001", "fields[0]: missing key \"messages\""},
        {"name: a, tag: 5001, messages: [NewOrder]",
         "fields[0].messages[0]: expected the name or the MsgType of a message"},
        {"name: a, tag: 5001, messages: [Heartbeat]",
         "fields[0].messages[0]: expected one of NewOrderSingle, NewOrderList, OrderCancelRequest"},
        {"name: a, tag: 5001, messages: [D, NewOrderSingle]",
         "fields[0].messages[1]: expected a message that stands once in its list"},
        {"name: a, tag: 5001, messages: [D], type: Int, values: [1, x]",
         "fields[0].values[1]: expected a whole number, found \"x\""},
        {"name: a, tag: 5001, messages: [D], values: [x, x]",
         "fields[0].values[1]: expected a value that stands once in its list"},
        {"name: a, tag: 5001, messages: [D], type: Boolean, value: true",
         "fields[0].value: expected Y or N, found \"true\""},
        {"name: a, tag: 5001, messages: [D], type: Char, value: ab",
         "fields[0].value: expected one character, found \"ab\""},
        {"name: a, tag: 5001, messages: [D], type: Decimal, value: 1e5",
         "fields[0].value: expected a decimal number"},
        {"name: a, tag: 5001, messages: [D], type: UtcDate, value: 20261301",
         "fields[0].value: expected a date, YYYYMMDD"},
        {"name: a, tag: 5001, messages: [D], type: UtcTimestamp, value: 20261001",
         "fields[0].value: expected a time, YYYYMMDD-HH:MM:SS"},
        {"name: a, tag: 5001, messages: [D], values: [x], value: y",
         "fields[0].value: expected one of the field's values, found \"y\""},
        {"name: a, tag: 5001, messages: [D], value: " + std::string(254, 'v'),
         "fields[0].value: expected a text that fits an order's named fields, 255 bytes"},
        {"name: a, tag: 5001, messages: [8], value: y",
         "fields[0].value: expected a message that is sent among \"messages\""},
        {"name: a, tag: 5001, messages: [8], required: true",
         "fields[0].required: expected a message that is sent among \"messages\""},
    };
    for (const Refused& refused : cases) {
        EXPECT_THAT(error_with_field(refused.given), HasSubstr("p.yaml:3: " + refused.error))
            << refused.given;
    }
}

TEST_F(ProfileYaml, FieldCannotTakeATagThatTheProfileGivesAway) {
    const auto with = [&](const std::string& section, const std::string& field) {
        return error_with(section + "\nfields: [{" + field + "}]\n");
    };
    EXPECT_THAT(with("symbols: {map: {A: {symbol: X, fields: {48: Y}}}}",
                     "name: a, tag: 48, messages: [F]"),
                HasSubstr("not written by symbols.map in OrderCancelRequest"));
    EXPECT_THAT(with("order_lists: {encoding: ListExecInst, contingencies: [Bracket], values: "
                     "{Bracket: b}}",
                     "name: a, tag: 69, messages: [E]"),
                HasSubstr("not written by order_lists.encoding in NewOrderList"));
    EXPECT_THAT(with("order_lists: {encoding: ClOrdLinkID, contingencies: [Bracket]}",
                     "name: a, tag: 583, messages: [E]"),
                HasSubstr("not written by order_lists.encoding in NewOrderList"));
    EXPECT_THAT(with("order_lists: {encoding: Tag, tag: 5010, contingencies: [Bracket], values: "
                     "{Bracket: b}}",
                     "name: a, tag: 5010, messages: [E]"),
                HasSubstr("not written by order_lists.tag in NewOrderList"));
    EXPECT_THAT(
        error_of("name: p\norders: {sides: [Buy], ord_types: [Market], times_in_force: [Day], "
                 "handl_inst: \"1\", currency: USD}\nfields: [{name: a, tag: 21, messages: [D]}]"),
        HasSubstr("not written by orders.handl_inst in NewOrderSingle"));
    EXPECT_THAT(
        error_of("name: p\norders: {sides: [Buy], ord_types: [Market], times_in_force: [Day], "
                 "handl_inst: \"1\", currency: USD}\nfields: [{name: a, tag: 15, messages: [G]}]"),
        HasSubstr("not written by orders.currency in OrderCancelReplaceRequest"));
}

TEST_F(ProfileYaml, FieldsAndPartiesShareTheirNamesAndFieldsTheirTags) {
    EXPECT_THAT(error_with("fields: [{name: a, tag: 5001, messages: [D]}, "
                           "{name: a, tag: 5002, messages: [D]}]\n"),
                HasSubstr("fields[1].name: expected a name of its own among fields and parties"));
    EXPECT_THAT(error_with("fields: [{name: a, tag: 5001, messages: [D, F]}, "
                           "{name: b, tag: 5001, messages: [8, F]}]\n"),
                HasSubstr("fields[1].tag: expected a tag that is not that of \"a\" in "
                          "OrderCancelRequest, found \"5001\""));
    EXPECT_THAT(error_with("fields: [{name: a, tag: 5001, messages: [D]}]\n"
                           "parties: [{name: a, role: 1, messages: [D]}]\n"),
                HasSubstr("parties[0].name: expected a name of its own among fields and parties"));
}

TEST_F(ProfileYaml, PartiesThatCannotBeAreRefused) {
    const std::vector<Refused> cases{
        {"role: 1, messages: [D]", "parties[0]: expected \"name\", for the host to give it by"},
        {"name: a, messages: [D]", "parties[0]: missing key \"role\""},
        {"name: a, role: 0, messages: [D]",
         "parties[0].role: expected a whole number from 1 to 9999, found \"0\""},
        {"name: a, role: 10000, messages: [D]", "parties[0].role: expected a whole number"},
        {"name: a, role: 1, source: DD, messages: [D]",
         "parties[0].source: expected one printable character"},
        {"name: a, role: 1, messages: [8]",
         "parties[0].messages[0]: expected one of NewOrderSingle, NewOrderList, "
         "OrderCancelRequest, OrderCancelReplaceRequest, found \"8\""},
        {"id: \"x\\x01\", role: 1, messages: [D]",
         "parties[0].id: expected a text without control"},
    };
    for (const Refused& refused : cases) {
        EXPECT_THAT(error_with("parties: [{" + refused.given + "}]\n"),
                    HasSubstr("p.yaml:3: " + refused.error))
            << refused.given;
    }
}

TEST_F(ProfileYaml, TagRulesThatWouldChangeARequestAreRefused) {
    const std::vector<Refused> cases{
        {"required_tags: {NewOrderSingle: [528], D: [529]}",
         "required_tags: expected each message once, found \"D\""},
        {"required_tags: {D: [528, 528]}",
         "required_tags.D[1]: expected a tag that stands once in its list"},
        {"required_tags: {D: [10]}", "required_tags.D[0]: expected a tag outside the message's"},
        {"required_tags: {ExecutionReport: [17]}",
         "required_tags: expected a message that the adapter sends, found \"ExecutionReport\""},
        {"forbidden_tags: {D: [44]}",
         "forbidden_tags: expected tags that a request can go without, found 44 in "
         "NewOrderSingle, an instruction of the host"},
        {"forbidden_tags: {F: [41]}", "found 41 in OrderCancelRequest, an instruction of the host"},
        {"required_tags: {D: [60]}\nforbidden_tags: {D: [60]}",
         "forbidden_tags: expected other tags than required_tags has, found 60 in NewOrderSingle"},
        {"fields: [{name: a, tag: 5001, messages: [D]}]\nforbidden_tags: {D: [5001]}",
         "forbidden_tags: expected other tags than those of fields, found 5001 in "
         "NewOrderSingle, that of \"a\""},
    };
    for (const Refused& refused : cases) {
        EXPECT_THAT(error_with(refused.given + "\n"), HasSubstr(refused.error)) << refused.given;
    }
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
