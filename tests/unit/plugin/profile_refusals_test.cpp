// What the reader of profiles refuses, with the text of each error.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "profile_yaml_fixture.hpp"

namespace broker::config {
namespace {

using testing::HasSubstr;

using ProfileRefusals = ProfileYamlFixture;

struct Refused {
    std::string given;
    std::string error;
};

TEST_F(ProfileRefusals, ErrorNamesFileLineKeyExpectedAndFound) {
    EXPECT_EQ(error_with("replaces: {offered: true, fields: [Prize]}\n"),
              "p.yaml:3: replaces.fields[0]: expected one of OrderQty, Price, StopPx, TimeInForce, "
              "ExpireTime, PegOffsetValue, MinQty, MaxFloor, found \"Prize\"");
    EXPECT_EQ(error_with("querys: {}\n"),
              "p.yaml:3: unknown key \"querys\"; the nearest known key is \"queries\"");
    EXPECT_EQ(error_of("name: q\n"),
              "p.yaml:1: name: expected the name of the file, p, found \"q\"");
    EXPECT_EQ(error_of("name: p\n"), "p.yaml:1: missing key \"orders\"");
}

TEST_F(ProfileRefusals, UnknownKeyIsRefusedInEverySection) {
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

TEST_F(ProfileRefusals, OrdersOutsideTheirRangesAreRefused) {
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
        {"ex_destination: Optional, ex_destinations: [" + std::string(33, 'r') + "]",
         "orders.ex_destinations[0]: expected at most 32 bytes, found"},
        {"default_ex_destination: A",
         "orders.default_ex_destination: expected ex_destination: Optional or Required with it"},
        {"ex_destination: Optional, ex_destinations: [A], default_ex_destination: B",
         "orders.default_ex_destination: expected one of orders.ex_destinations, found \"B\""},
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

TEST_F(ProfileRefusals, ListsWithoutACompleteEncodingAreRefused) {
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

TEST_F(ProfileRefusals, IdsAndSymbolsOutsideTheirRangesAreRefused) {
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

TEST_F(ProfileRefusals, SessionsAndQueriesOutsideTheirRangesAreRefused) {
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

TEST_F(ProfileRefusals, FieldsThatCannotBeAreRefused) {
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
        {"name: a, tag: 5001, messages: [8, F], required: true",
         "fields[0].required: expected NewOrderSingle, NewOrderList or OrderCancelReplaceRequest "
         "among \"messages\""},
        {"name: a, tag: 584, messages: [AF]",
         "fields[0].tag: expected a tag that is not written by the adapter in "
         "OrderMassStatusRequest"},
    };
    for (const Refused& refused : cases) {
        EXPECT_THAT(error_with_field(refused.given), HasSubstr("p.yaml:3: " + refused.error))
            << refused.given;
    }
}

TEST_F(ProfileRefusals, FieldCannotTakeATagThatTheProfileGivesAway) {
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

TEST_F(ProfileRefusals, FieldsAndPartiesShareTheirNamesAndFieldsTheirTags) {
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

TEST_F(ProfileRefusals, PartiesThatCannotBeAreRefused) {
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
         "OrderCancelRequest, OrderCancelReplaceRequest, OrderStatusRequest, "
         "OrderMassStatusRequest, RequestForPositions, TradeCaptureReportRequest, "
         "CollateralInquiry, found \"8\""},
        {"name: a, role: 1, messages: [F], required: true",
         "parties[0].required: expected NewOrderSingle, NewOrderList"},
        {"id: \"x\\x01\", role: 1, messages: [D]",
         "parties[0].id: expected a text without control"},
    };
    for (const Refused& refused : cases) {
        EXPECT_THAT(error_with("parties: [{" + refused.given + "}]\n"),
                    HasSubstr("p.yaml:3: " + refused.error))
            << refused.given;
    }
}

TEST_F(ProfileRefusals, TagRulesThatWouldChangeARequestAreRefused) {
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

}  // namespace
}  // namespace broker::config
