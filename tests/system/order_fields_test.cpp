// Named fields of a profile, from the host to the venue and back: custom tags, what regulation asks
// for, parties, constants, and what an account has of its own.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/sdk/fields.hpp"
#include "system/order_fixture.hpp"

namespace broker::test {
namespace {

using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

class OrderFields : public OrderFixture {
protected:
    static broker_new_order_t order_with(std::string_view id, const sdk::Fields& fields) {
        broker_new_order_t order = limit_order(id, "1.05");
        order.fields = fields.text();
        return order;
    }
    void expect_refused(const sdk::Status& status, broker_reason_t reason,
                        const std::string& text) {
        EXPECT_FALSE(status.is_ok());
        EXPECT_EQ(status.reason, reason);
        EXPECT_THAT(status.text, HasSubstr(text));
        EXPECT_EQ(requests_at_venue(), 0U);
    }
    [[nodiscard]] broker_account_status_t status() {
        broker_account_status_t status{};
        EXPECT_TRUE(rig().adapter().accounts()->get_status("ACC-1", status).is_ok());
        return status;
    }
};

struct FieldCase {
    const char* name;
    const char* value;
    int tag;
};

class EachOrderField : public OrderFields, public testing::WithParamInterface<FieldCase> {};

TEST_P(EachOrderField, OfTheHostReachesTheVenueByItsTagAndComesBackByItsName) {
    start();
    const auto [name, value, tag] = GetParam();
    const sdk::Fields fields{{name, value}};
    place(order_with("A", fields));
    EXPECT_THAT(sent("D", "A"), HasFields(std::to_string(tag) + "=" + value));
    const std::string back = wait_status("A", BROKER_ORD_STATUS_NEW).fields;
    EXPECT_EQ(sdk::FieldsView{std::string_view{back}}.find(name), value);
}

INSTANTIATE_TEST_SUITE_P(Simulator, EachOrderField,
                         testing::Values(FieldCase{"strategy_id", "TWAP 7", 5001},
                                         FieldCase{"trader_note", "é", 5002},
                                         FieldCase{"urgency", "H", 5003},
                                         FieldCase{"signal_number", "-42", 5004},
                                         FieldCase{"limit_offset", "0.0000000001", 5005},
                                         FieldCase{"is_hedge", "Y", 5006},
                                         FieldCase{"decided_at", "20260105-12:00:00.123", 5007},
                                         FieldCase{"value_date", "20260105", 5008},
                                         FieldCase{"order_capacity", "A", 528},
                                         FieldCase{"order_restrictions", "1 2", 529},
                                         FieldCase{"algo_id", "PineTree-2", 5020}),
                         [](const auto& each) { return std::string{each.param.name}; });

struct BadFieldCase {
    const char* name;
    const char* value;
};

class BadOrderField : public OrderFields, public testing::WithParamInterface<BadFieldCase> {};

TEST_P(BadOrderField, IsRefusedByItsNameBeforeAnythingIsSent) {
    start();
    const sdk::Fields fields{{GetParam().name, GetParam().value}};
    expect_refused(submit(order_with("A", fields)), BROKER_REASON_INVALID_FIELD,
                   std::string{"fields."} + GetParam().name);
}

INSTANTIATE_TEST_SUITE_P(
    Simulator, BadOrderField,
    testing::Values(BadFieldCase{"strategy_id", "a\tb"}, BadFieldCase{"urgency", "X"},
                    BadFieldCase{"order_capacity", "AG"}, BadFieldCase{"signal_number", "4.2"},
                    BadFieldCase{"limit_offset", "1e5"}, BadFieldCase{"is_hedge", "yes"},
                    BadFieldCase{"decided_at", "2026-01-05T12:00:00"},
                    BadFieldCase{"value_date", "20260230"}),
    [](const auto& each) { return std::string{each.param.name}; });

TEST_F(OrderFields, PartiesGoAsOneGroupInTheOrderOfTheProfile) {
    start();
    const sdk::Fields fields{
        {"executing_trader", "T-3"}, {"investor", "I-1"}, {"decision_maker", "D-2"}};
    place(order_with("A", fields));
    EXPECT_THAT(sent("D", "A"), HasSubstr("|453=3|448=I-1|447=D|452=5|448=D-2|447=D|452=122|"
                                          "448=T-3|447=D|452=12|"));
    // A cancel names the parties that the profile sends with it.
    ASSERT_TRUE(cancel(cancel_of("B", "A")).is_ok());
    (void)wait_status("B", BROKER_ORD_STATUS_CANCELED);
    EXPECT_THAT(sent("F", "B"),
                AllOf(HasSubstr("|453=1|448=I-1|447=D|452=5"), Not(HasSubstr("448=T-3"))));
}

TEST_F(OrderFields, ConstantOfTheProfileGoesWhereNobodyElseGivesOne) {
    start();
    place(limit_order("A", "1.05"));
    EXPECT_THAT(sent("D", "A"), HasFields("528=P"));
    place(order_with("B", sdk::Fields{{"order_capacity", "G"}}));
    EXPECT_THAT(sent("D", "B"), AllOf(HasFields("528=G"), Not(HasSubstr("528=P"))));
}

TEST_F(OrderFields, ConstantOfTheAccountGoesBeforeTheProfilesAndTheHostsBeforeBoth) {
    rig().account().session_extra =
        "    fields: {order_capacity: I, investor: \"4711\", algo_id: own}\n";
    start();
    place(limit_order("A", "1.05"));
    EXPECT_THAT(sent("D", "A"),
                AllOf(HasFields("528=I|5020=own"), HasSubstr("|453=1|448=4711|447=D|452=5|")));
    place(order_with("B", sdk::Fields{{"order_capacity", "R"}, {"investor", "4712"}}));
    EXPECT_THAT(sent("D", "B"),
                AllOf(HasFields("528=R|5020=own"), HasSubstr("|453=1|448=4712|447=D|452=5|")));
}

TEST_F(OrderFields, ReplaceSendsTheOrdersFieldsAgainExceptThoseItHasItself) {
    start();
    const sdk::Fields first{{"strategy_id", "S-1"}, {"trader_note", "one"}, {"investor", "I-1"}};
    place(order_with("A", first));
    broker_replace_order_t request = replace_of("B", "A");
    request.order_qty = decimal("2000");
    const sdk::Fields second{{"trader_note", "two"}};
    request.fields = second.text();
    ASSERT_TRUE(replace(request).is_ok());
    const std::string back = wait_exec("B", BROKER_EXEC_TYPE_REPLACED).fields;
    EXPECT_THAT(sent("G", "B"),
                AllOf(HasFields("5001=S-1|5002=two|528=P"), HasSubstr("|453=1|448=I-1|")));
    EXPECT_EQ(sdk::FieldsView{std::string_view{back}}.find("trader_note"), "two");
}

TEST_F(OrderFields, FieldThatTheProfileDoesNotSendWithAReplaceIsRefused) {
    start();
    place(limit_order("A", "1.05"));
    broker_replace_order_t request = replace_of("B", "A");
    request.order_qty = decimal("2000");
    const sdk::Fields fields{{"signal_number", "1"}};
    request.fields = fields.text();
    const sdk::Status status = replace(request);
    EXPECT_EQ(status.reason, BROKER_REASON_NOT_SUPPORTED);
    EXPECT_THAT(status.text, HasSubstr("fields[].messages"));
    EXPECT_EQ(requests_at_venue(), 1U);
}

TEST_F(OrderFields, NameThatTheProfileDoesNotHaveIsRefused) {
    start();
    expect_refused(submit(order_with("A", sdk::Fields{{"unheard_of", "1"}})),
                   BROKER_REASON_NOT_SUPPORTED, "fields.unheard_of");
}

TEST_F(OrderFields, OrderWithoutARequiredFieldIsRefusedWithTheKey) {
    rig().change_profile("{name: algo_id, tag: 5020, type: String,",
                         "{name: algo_id, tag: 5020, type: String, required: true,");
    start();
    expect_refused(submit(limit_order("A", "1.05")), BROKER_REASON_INVALID_FIELD,
                   "fields.algo_id: profile simulator requires it (fields[].required)");
    place(order_with("B", sdk::Fields{{"algo_id", "7"}}));
    // What the order has goes again with its replace.
    broker_replace_order_t request = replace_of("C", "B");
    request.order_qty = decimal("2000");
    ASSERT_TRUE(replace(request).is_ok());
    EXPECT_THAT(sent("G", "C"), HasFields("5020=7"));
}

TEST_F(OrderFields, OrderWithoutARequiredPartyIsRefusedWithTheKey) {
    rig().change_profile("{name: investor, source: D, role: 5,",
                         "{name: investor, source: D, role: 5, required: true,");
    start();
    expect_refused(submit(limit_order("A", "1.05")), BROKER_REASON_INVALID_FIELD,
                   "fields.investor: profile simulator requires it (parties[].required)");
    place(order_with("B", sdk::Fields{{"investor", "I-1"}}));
}

TEST_F(OrderFields, OrderWithoutARequiredTagIsRefusedWithTheKeyAndNothingIsSent) {
    rig().change_profile("queries:\n", "required_tags: {NewOrderSingle: [77]}\n\nqueries:\n");
    start();
    ASSERT_TRUE(submit(limit_order("A", "1.05")).is_ok());
    const RecordedEvent refused = wait_status("A", BROKER_ORD_STATUS_REJECTED);
    EXPECT_THAT(refused.text, HasSubstr("required_tags.D"));
    EXPECT_EQ(requests_at_venue(), 0U);
    broker_new_order_t order = limit_order("B", "1.05");
    order.position_effect = BROKER_POSITION_EFFECT_OPEN;
    place(order);
}

TEST_F(OrderFields, ForbiddenTagIsLeftOut) {
    rig().change_profile("queries:\n", "forbidden_tags: {NewOrderSingle: [1]}\n\nqueries:\n");
    start();
    place(limit_order("A", "1.05"));
    EXPECT_EQ(sent("D", "A"), in_tag_order("11=A|38=1000|40=2|44=1.05|54=1|55=EURUSD|59=0|528=P"));
}

TEST_F(OrderFields, HandlInstAndCurrencyOfTheProfileGoWithEachOrder) {
    rig().change_profile("  expiry: ExpireTime",
                         "  handl_inst: \"1\"\n  currency: USD\n"
                         "  expiry: ExpireTime");
    start();
    place(limit_order("A", "1.05"));
    EXPECT_THAT(sent("D", "A"), HasFields("21=1|15=USD"));
}

TEST_F(OrderFields, MappedSymbolGoesWithItsSuffixAndFields) {
    start();
    venue().set_manual(true);
    broker_new_order_t order = limit_order("A", "400000");
    order.symbol = sdk::borrow("BRK/B");
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_THAT(sent("D", "A"), HasFields("55=BRK|65=B|22=1|48=084670702"));
    order.cl_ord_id = sdk::borrow("B");
    order.symbol = sdk::borrow("BF.A");
    ASSERT_TRUE(submit(order).is_ok());
    EXPECT_THAT(sent("D", "B"), HasFields("55=BF|65=A"));
}

TEST_F(OrderFields, UnknownTagOfAReportIsDeliveredByItsNumberToldOnceAndCounted) {
    start();
    venue().set_manual(true);
    ASSERT_TRUE(submit(limit_order("A", "1.05")).is_ok());
    (void)sent("D", "A");
    const auto report = [&](const std::string& exec_id, const std::string& status,
                            const std::string& cum_qty, const std::string& leaves_qty) {
        return simulator::FixMessage{"8",
                                     {{37, "O-1"},
                                      {11, "A"},
                                      {17, exec_id},
                                      {150, status == "0" ? "0" : "F"},
                                      {39, status},
                                      {55, "EURUSD"},
                                      {54, "1"},
                                      {38, "1000"},
                                      {151, leaves_qty},
                                      {14, cum_qty},
                                      {6, "1.05"},
                                      {32, cum_qty},
                                      {31, "1.05"},
                                      {5001, "S-1"},
                                      {9999, "x"}}};
    };
    ASSERT_TRUE(venue().send("ACC1", report("E-1", "0", "0", "1000")));
    const RecordedEvent accepted = wait_status("A", BROKER_ORD_STATUS_NEW);
    const sdk::FieldsView fields{std::string_view{accepted.fields}};
    EXPECT_EQ(fields.find("9999"), "x");
    EXPECT_EQ(fields.find("strategy_id"), "S-1");
    EXPECT_NE(accepted.faults & (1U << BROKER_REPORT_FAULT_UNKNOWN_TAG), 0U);
    ASSERT_TRUE(venue().send("ACC1", report("E-2", "2", "1000", "0")));
    EXPECT_EQ(
        sdk::FieldsView{std::string_view{wait_status("A", BROKER_ORD_STATUS_FILLED).fields}}.find(
            "9999"),
        "x");
    // The report is counted once the host has it: what comes after it has been counted before.
    venue().set_manual(false);
    place(limit_order("B", "1.05"));
    const auto told = [](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_VENUE_FAULT && event.reason == BROKER_REASON_TAG_UNKNOWN;
    };
    ASSERT_TRUE(rig().events().wait_for(told));
    EXPECT_EQ(rig().events().count(told), 1U);
    EXPECT_GE(status().unknown_tag_count, 1U);
}

}  // namespace
}  // namespace broker::test
