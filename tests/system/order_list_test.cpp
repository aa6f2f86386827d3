// Lists of orders through the adapter: OCO pairs, OTO pairs and brackets as the venue received
// them, how they end, how they are refused, and each way to say what their orders are to each
// other.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "broker/sdk/order_lists.hpp"
#include "system/order_fixture.hpp"

namespace broker::test {
namespace {

using simulator::Action;
using simulator::ListEncoding;
using testing::AllOf;
using testing::HasSubstr;
using testing::Not;

constexpr std::string_view kListSection =
    "  encoding: Tag\n"
    "  contingencies: [OneCancelsOther, OneTriggersOther, Bracket]\n"
    "  tag: 5010\n"
    "  tag_in: List\n"
    "  values: {OneCancelsOther: \"1\", OneTriggersOther: \"2\", Bracket: \"3\"}\n"
    "  can_cancel_list: false\n";

broker_new_order_t sell_limit(std::string_view id, std::string_view price) {
    broker_new_order_t order = limit_order(id, price);
    order.side = BROKER_SIDE_SELL;
    return order;
}

broker_new_order_t sell_stop(std::string_view id, std::string_view stop_px) {
    broker_new_order_t order = stop_order(id, stop_px);
    order.side = BROKER_SIDE_SELL;
    return order;
}

// A way in below the quote and one above it.
sdk::OrderList oco() { return sdk::oco("L", limit_order("A", "1.05"), stop_order("B", "1.2")); }
// An entry below the quote, and a way out that could trade at once.
sdk::OrderList oto() { return sdk::oto("L", limit_order("A", "1.05"), sell_limit("B", "1.01")); }
sdk::OrderList bracket() {
    return sdk::bracket("L", limit_order("A", "1.05"), sell_stop("B", "1.02"),
                        sell_limit("C", "1.08"));
}

class OrderLists : public OrderFixture {
protected:
    using OrderFixture::OrderFixture;

    sdk::Status submit_list(const sdk::OrderList& list) {
        return rig().adapter().order_lists()->submit(list);
    }
    void place_list(const sdk::OrderList& list) {
        const sdk::Status status = submit_list(list);
        ASSERT_TRUE(status.is_ok()) << status.describe();
        for (std::size_t i = 0; i < list.order_count; ++i)
            (void)wait_status(std::string{sdk::view(list.orders[i].cl_ord_id)},
                              BROKER_ORD_STATUS_NEW);
    }
    sdk::Status cancel_list(std::string_view prefix) {
        broker_cancel_order_list_t request{};
        request.account = sdk::borrow("ACC-1");
        request.list_id = sdk::borrow("L");
        request.cl_ord_id_prefix = sdk::borrow(prefix);
        return rig().adapter().order_lists()->cancel(request);
    }
    // What the host hears of the list as a whole, with this reason.
    [[nodiscard]] RecordedEvent wait_list(broker_reason_t reason) {
        const auto matches = [reason](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_ORDER_LIST && event.reason == reason;
        };
        if (!rig().events().wait_for(matches)) {
            ADD_FAILURE() << "no word about the list with reason " << reason << "\n" << rig().log();
            return {};
        }
        return rig().events().find(matches).front();
    }
    void expect_rejected(std::initializer_list<const char*> ids, broker_reason_t reason) {
        for (const char* id : ids) {
            const RecordedEvent reject = wait_status(id, BROKER_ORD_STATUS_REJECTED);
            EXPECT_EQ(reject.certainty, BROKER_CERTAINTY_REJECTED) << id;
            EXPECT_EQ(reject.reason, reason) << id;
        }
    }
    void use_lists(const std::string& section) {
        rig().change_profile(std::string{kListSection}, section);
    }
};

// ---- what becomes of a list

TEST_F(OrderLists, FillOfOneOfAPairCancelsTheOther) {
    start();
    place_list(oco());
    EXPECT_THAT(sent("E", "L"),
                AllOf(HasSubstr("|68=2|73=2|11=A|67=1|1=default:ACC-1|"),
                      HasSubstr("|11=B|67=2|1=default:ACC-1|"), HasFields("394=3|5010=1")));
    EXPECT_EQ(wait_status("A", BROKER_ORD_STATUS_NEW).list_id, "L");
    quote("1.2", "1.20002");
    EXPECT_EQ(wait_status("B", BROKER_ORD_STATUS_FILLED).cum_qty, "1000");
    const RecordedEvent sibling = wait_status("A", BROKER_ORD_STATUS_CANCELED);
    EXPECT_EQ(sibling.exec_type, BROKER_EXEC_TYPE_CANCELED);
    EXPECT_EQ(sibling.cum_qty, "0");
    EXPECT_EQ(sibling.list_id, "L");
}

TEST_F(OrderLists, OrderThatIsTriggeredWaitsForTheFillOfTheFirst) {
    start();
    place_list(oto());
    EXPECT_THAT(sent("E", "L"), HasFields("5010=2"));
    quote("1.04", "1.04002");
    EXPECT_EQ(wait_status("A", BROKER_ORD_STATUS_FILLED).last_px, "1.04002");
    EXPECT_EQ(wait_status("B", BROKER_ORD_STATUS_FILLED).last_px, "1.04000");
    const auto fills = rig().events().find(
        [](const RecordedEvent& event) { return event.exec_type == BROKER_EXEC_TYPE_TRADE; });
    ASSERT_EQ(fills.size(), 2U);
    EXPECT_EQ(fills.front().cl_ord_id, "A");
}

class PendingExits : public OrderLists {
protected:
    PendingExits()
        : OrderLists{[](auto& options) { options.trading.lists.children_are_pending = true; }} {}
};

TEST_F(PendingExits, OrdersAreNewOnceTheyAreTriggered) {
    start();
    ASSERT_TRUE(submit_list(oto()).is_ok());
    (void)wait_status("A", BROKER_ORD_STATUS_NEW);
    (void)wait_status("B", BROKER_ORD_STATUS_PENDING_NEW);
    EXPECT_EQ(rig().events().count(order_status("B", BROKER_ORD_STATUS_NEW)), 0U);
    quote("1.04", "1.04002");
    (void)wait_status("B", BROKER_ORD_STATUS_NEW);
    (void)wait_status("B", BROKER_ORD_STATUS_FILLED);
}

TEST_F(OrderLists, TakeProfitOfABracketCancelsItsStopLoss) {
    start();
    sdk::Exits exits{.stop_loss_id = "B", .take_profit_id = "C"};
    exits.stop_px = decimal("1.02");
    exits.take_profit_px = decimal("1.08");
    place_list(sdk::bracket("L", limit_order("A", "1.05"), exits));
    EXPECT_THAT(sent("E", "L"), AllOf(HasFields("68=3|73=3|5010=3"), HasSubstr("|11=C|67=3|")));
    quote("1.04", "1.04002");
    (void)wait_status("A", BROKER_ORD_STATUS_FILLED);
    quote("1.09", "1.09002");
    EXPECT_EQ(wait_status("C", BROKER_ORD_STATUS_FILLED).side, BROKER_SIDE_SELL);
    EXPECT_EQ(wait_status("B", BROKER_ORD_STATUS_CANCELED).cum_qty, "0");
    EXPECT_TRUE(venue().positions("ACC1").empty());
}

TEST_F(OrderLists, StopLossOfABracketCancelsItsTakeProfit) {
    start();
    place_list(bracket());
    quote("1.04", "1.04002");
    (void)wait_status("A", BROKER_ORD_STATUS_FILLED);
    quote("1.01", "1.01002");
    EXPECT_EQ(wait_status("B", BROKER_ORD_STATUS_FILLED).last_px, "1.01000");
    (void)wait_status("C", BROKER_ORD_STATUS_CANCELED);
}

TEST_F(OrderLists, ExitsEndWithAnEntryThatIsCanceledUnfilled) {
    start();
    place_list(bracket());
    ASSERT_TRUE(cancel(cancel_of("X", "A")).is_ok());
    (void)wait_status("X", BROKER_ORD_STATUS_CANCELED);
    (void)wait_status("B", BROKER_ORD_STATUS_CANCELED);
    (void)wait_status("C", BROKER_ORD_STATUS_CANCELED);
}

TEST_F(OrderLists, MemberIsReplacedLikeAnyOrderAndStaysInItsList) {
    start();
    place_list(oco());
    broker_replace_order_t request = replace_of("A-2", "A");
    request.price = decimal("1.06");
    ASSERT_TRUE(replace(request).is_ok());
    EXPECT_EQ(wait_exec("A-2", BROKER_EXEC_TYPE_REPLACED).list_id, "L");
    quote("1.2", "1.20002");
    (void)wait_status("B", BROKER_ORD_STATUS_FILLED);
    (void)wait_status("A-2", BROKER_ORD_STATUS_CANCELED);
}

TEST_F(OrderLists, InstructionsAndNamedFieldsOfEachOrderGoWithIt) {
    start();
    sdk::OrderList list = oco();
    const sdk::Fields first{{"strategy_id", "S-1"}, {"investor", "I-1"}};
    const sdk::Fields second{{"strategy_id", "S-2"}};
    list.orders[0].fields = first.text();
    list.orders[0].min_qty = decimal("10");
    list.orders[1].fields = second.text();
    list.orders[1].max_floor = decimal("20");
    place_list(list);
    const std::string body = sent("E", "L");
    const std::size_t border = body.find("|11=B|");
    ASSERT_NE(border, std::string::npos);
    EXPECT_THAT(body.substr(0, border),
                AllOf(HasFields("110=10|5001=S-1|448=I-1|528=P"), Not(HasSubstr("|111="))));
    EXPECT_THAT(body.substr(border), AllOf(HasFields("111=20|5001=S-2|528=P"),
                                           Not(HasSubstr("|110=")), Not(HasSubstr("|453="))));
    const std::string back = wait_status("B", BROKER_ORD_STATUS_NEW).fields;
    EXPECT_EQ(sdk::FieldsView{std::string_view{back}}.find("strategy_id"), "S-2");
}

// ---- rejected as a whole

TEST_F(OrderLists, RejectOfOneOrderByReportRejectsThemAll) {
    venue().add_rule({.action = Action::RejectNew, .cl_ord_id_prefix = "B", .text = "no margin"});
    start();
    ASSERT_TRUE(submit_list(bracket()).is_ok());
    expect_rejected({"A", "B", "C"}, BROKER_REASON_REJECTED_BY_VENUE);
    EXPECT_THAT(wait_status("B", BROKER_ORD_STATUS_REJECTED).text, HasSubstr("no margin"));
}

class ListStatusAnswers : public OrderLists {
protected:
    ListStatusAnswers()
        : OrderLists{[](auto& options) {
              options.trading.lists.answers_with_list_status = true;
              options.trading.answers.list_cancel = true;
          }} {}
};

TEST_F(ListStatusAnswers, ListThatIsAcceptedMakesItsOrdersNew) {
    start();
    place_list(oco());
    const RecordedEvent status = wait_list(BROKER_REASON_NONE);
    EXPECT_EQ(status.list_id, "L");
    EXPECT_EQ(status.list_status, BROKER_LIST_ORDER_STATUS_EXECUTING);
    quote("1.04", "1.04002");
    (void)wait_status("A", BROKER_ORD_STATUS_FILLED);
    (void)wait_status("B", BROKER_ORD_STATUS_CANCELED);
}

TEST_F(ListStatusAnswers, ListStatusRejectRejectsAllItsOrders) {
    venue().add_rule({.action = Action::RejectNew, .cl_ord_id_prefix = "A", .text = "no margin"});
    start();
    ASSERT_TRUE(submit_list(bracket()).is_ok());
    const RecordedEvent status = wait_list(BROKER_REASON_LIST_REJECTED);
    EXPECT_EQ(status.list_status, BROKER_LIST_ORDER_STATUS_REJECT);
    EXPECT_THAT(status.text, HasSubstr("no margin"));
    for (const char* id : {"A", "B", "C"})
        EXPECT_EQ(wait_status(id, BROKER_ORD_STATUS_REJECTED).certainty, BROKER_CERTAINTY_REJECTED);
    EXPECT_TRUE(venue().orders().empty());
}

class NoListsAtVenue : public OrderLists {
protected:
    NoListsAtVenue()
        : OrderLists{[](auto& options) { options.trading.lists.encoding = ListEncoding::None; }} {}
};

TEST_F(NoListsAtVenue, BusinessMessageRejectOfAListRejectsAllItsOrders) {
    start();
    ASSERT_TRUE(submit_list(bracket()).is_ok());
    (void)sent("E", "L");
    for (const char* id : {"A", "B", "C"})
        EXPECT_EQ(wait_status(id, BROKER_ORD_STATUS_REJECTED).certainty, BROKER_CERTAINTY_REJECTED);
    EXPECT_EQ(wait_status("A", BROKER_ORD_STATUS_REJECTED).reason,
              BROKER_REASON_REJECTED_BY_APPLICATION);
}

TEST_F(OrderLists, SessionRejectOfAListRejectsAllItsOrders) {
    // BidType (394) has no such value in the standard.
    rig().change_profile("  can_cancel_list: false", "  bid_type: \"9\"");
    start();
    ASSERT_TRUE(submit_list(bracket()).is_ok());
    for (const char* id : {"A", "B", "C"})
        EXPECT_EQ(wait_status(id, BROKER_ORD_STATUS_REJECTED).certainty, BROKER_CERTAINTY_REJECTED);
    EXPECT_EQ(wait_status("A", BROKER_ORD_STATUS_REJECTED).reason,
              BROKER_REASON_REJECTED_BY_SESSION);
    // The account trades on.
    place(limit_order("N", "1.05"));
}

// ---- cancels

TEST_F(OrderLists, ListIsCanceledOrderByOrderWhereTheVenueHasNoRequestForIt) {
    start();
    place_list(bracket());
    ASSERT_TRUE(cancel_list("X-").is_ok());
    EXPECT_THAT(sent("F", "X-1"), HasFields("41=A"));
    (void)wait_status("X-1", BROKER_ORD_STATUS_CANCELED);
    for (const char* id : {"A", "B", "C"}) {
        EXPECT_TRUE(rig().events().wait_for([id](const RecordedEvent& event) {
            return event.ord_status == BROKER_ORD_STATUS_CANCELED &&
                   (event.cl_ord_id == id || event.orig_cl_ord_id == id);
        })) << id;
    }
}

TEST_F(ListStatusAnswers, ListIsCanceledByOneRequestWhereTheProfileSaysSo) {
    rig().change_profile("can_cancel_list: false", "can_cancel_list: true");
    start();
    place_list(oco());
    ASSERT_TRUE(cancel_list("X-").is_ok());
    EXPECT_EQ(sent("K", "L"), "66=L");
    (void)wait_status("A", BROKER_ORD_STATUS_CANCELED);
    (void)wait_status("B", BROKER_ORD_STATUS_CANCELED);
    EXPECT_TRUE(rig().events().wait_for([](const RecordedEvent& event) {
        return event.list_status == BROKER_LIST_ORDER_STATUS_ALL_DONE;
    }));
    EXPECT_EQ(requests_at_venue(), 2U);
}

TEST_F(OrderLists, ListCancelThatTheVenueRejectsLeavesTheOrdersWorking) {
    rig().change_profile("can_cancel_list: false", "can_cancel_list: true");
    start();
    place_list(oco());
    ASSERT_TRUE(cancel_list("X-").is_ok());
    EXPECT_EQ(sent("K", "L"), "66=L");
    ASSERT_TRUE(rig().events().wait_for(cancel_reject("X-1")));
    EXPECT_EQ(rig().events().find(cancel_reject("X-1")).front().reason,
              BROKER_REASON_REJECTED_BY_APPLICATION);
    quote("1.2", "1.20002");
    (void)wait_status("B", BROKER_ORD_STATUS_FILLED);
}

TEST_F(OrderLists, CancelOfAListThatIsNotThereIsRefused) {
    start();
    ASSERT_TRUE(cancel_list("X-").is_ok());
    const RecordedEvent refused = wait_list(BROKER_REASON_ORDER_UNKNOWN);
    EXPECT_EQ(refused.list_id, "L");
    EXPECT_EQ(requests_at_venue(), 0U);
}

// ---- how the contingency is said

struct EncodingCase {
    const char* name;
    ListEncoding encoding;
    const char* section;
    const char* oco;  // fields of the list
    const char* oto;
    const char* bracket;
};

class EachListEncoding : public OrderLists, public testing::WithParamInterface<EncodingCase> {
protected:
    EachListEncoding()
        : OrderLists{[](auto& options) { options.trading.lists.encoding = GetParam().encoding; }} {
        use_lists(GetParam().section);
    }
};

TEST_P(EachListEncoding, SaysOneCancelsOther) {
    start();
    place_list(oco());
    EXPECT_THAT(sent("E", "L"), HasFields(GetParam().oco));
    quote("1.04", "1.04002");
    (void)wait_status("A", BROKER_ORD_STATUS_FILLED);
    (void)wait_status("B", BROKER_ORD_STATUS_CANCELED);
}

TEST_P(EachListEncoding, SaysOneTriggersOther) {
    start();
    place_list(oto());
    EXPECT_THAT(sent("E", "L"), HasFields(GetParam().oto));
    EXPECT_EQ(rig().events().count(fill_of("B")), 0U);
    quote("1.04", "1.04002");
    (void)wait_status("A", BROKER_ORD_STATUS_FILLED);
    (void)wait_status("B", BROKER_ORD_STATUS_FILLED);
}

TEST_P(EachListEncoding, SaysBracket) {
    start();
    place_list(bracket());
    EXPECT_THAT(sent("E", "L"), HasFields(GetParam().bracket));
    quote("1.04", "1.04002");
    (void)wait_status("A", BROKER_ORD_STATUS_FILLED);
    quote("1.09", "1.09002");
    (void)wait_status("C", BROKER_ORD_STATUS_FILLED);
    (void)wait_status("B", BROKER_ORD_STATUS_CANCELED);
}

constexpr const char* kAll = "[OneCancelsOther, OneTriggersOther, Bracket]";
const std::string kByListExecInst =
    std::string{"  encoding: ListExecInst\n  contingencies: "} + kAll +
    "\n  values: {OneCancelsOther: \"1\", OneTriggersOther: \"2\", Bracket: \"3\"}\n";
const std::string kByClOrdLinkID =
    std::string{"  encoding: ClOrdLinkID\n  contingencies: "} + kAll + "\n  bid_type: \"1\"\n";

INSTANTIATE_TEST_SUITE_P(
    Simulator, EachListEncoding,
    testing::Values(EncodingCase{"TagOfTheList", ListEncoding::Tag, kListSection.data(), "5010=1",
                                 "5010=2", "5010=3"},
                    EncodingCase{"ListExecInst", ListEncoding::ListExecInst,
                                 kByListExecInst.c_str(), "69=1", "69=2", "69=3"},
                    EncodingCase{"ClOrdLinkID", ListEncoding::ClOrdLinkID, kByClOrdLinkID.c_str(),
                                 "394=1|583=L", "394=1|583=A", "394=1|583=A"}),
    [](const auto& each) { return std::string{each.param.name}; });

// ---- refused before anything is sent

TEST_F(OrderLists, ListIsRefusedWithTheKeyWhereTheProfileHasNone) {
    use_lists("  encoding: None\n");
    start();
    const sdk::Status status = submit_list(oco());
    EXPECT_EQ(status.code, BROKER_REFUSED);
    EXPECT_EQ(status.reason, BROKER_REASON_NOT_SUPPORTED);
    EXPECT_THAT(status.text, HasSubstr("order_lists.encoding"));
    EXPECT_EQ(cancel_list("X-").reason, BROKER_REASON_NOT_SUPPORTED);
    EXPECT_EQ(requests_at_venue(), 0U);
}

TEST_F(OrderLists, ContingencyThatTheProfileDoesNotHaveIsRefusedWithTheKey) {
    use_lists(
        "  encoding: Tag\n  contingencies: [OneCancelsOther]\n  tag: 5010\n"
        "  values: {OneCancelsOther: \"1\"}\n");
    start();
    const sdk::Status status = submit_list(bracket());
    EXPECT_EQ(status.reason, BROKER_REASON_NOT_SUPPORTED);
    EXPECT_THAT(status.text, HasSubstr("order_lists.contingencies"));
    EXPECT_EQ(requests_at_venue(), 0U);
    place_list(oco());
}

TEST_F(OrderLists, ListWithABadOrderIsRefusedNamingTheOrder) {
    start();
    sdk::OrderList list = bracket();
    list.orders[1].stop_px = {};
    const sdk::Status status = submit_list(list);
    EXPECT_EQ(status.reason, BROKER_REASON_INVALID_FIELD);
    EXPECT_THAT(status.text, HasSubstr("second.stop_px"));
    list = oco();
    list.orders[1].cl_ord_id = list.orders[0].cl_ord_id;
    EXPECT_THAT(submit_list(list).text, HasSubstr("second.cl_ord_id"));
    list = oco();
    list.contingency = BROKER_CONTINGENCY_BRACKET;
    EXPECT_THAT(submit_list(list).text, HasSubstr("third"));
    list.contingency = BROKER_CONTINGENCY_UNSPECIFIED;
    EXPECT_THAT(submit_list(list).text, HasSubstr("contingency"));
    EXPECT_EQ(requests_at_venue(), 0U);
}

TEST_F(OrderLists, ListWithAClOrdIDThatIsTakenIsRefusedAsAWhole) {
    start();
    place(limit_order("B", "1.05"));
    ASSERT_TRUE(submit_list(oco()).is_ok());
    EXPECT_EQ(wait_list(BROKER_REASON_DUPLICATE_CL_ORD_ID).list_id, "L");
    expect_rejected({"A", "B"}, BROKER_REASON_DUPLICATE_CL_ORD_ID);
    EXPECT_EQ(requests_at_venue(), 1U);
    // The order that had the id first is untouched.
    ASSERT_TRUE(cancel(cancel_of("X", "B")).is_ok());
    (void)wait_status("X", BROKER_ORD_STATUS_CANCELED);
}

TEST_F(OrderLists, ListWhoseListIDIsTakenIsRefusedAsAWhole) {
    start();
    place_list(oco());
    sdk::OrderList list = oco();
    list.orders[0].cl_ord_id = sdk::borrow("A-2");
    list.orders[1].cl_ord_id = sdk::borrow("B-2");
    ASSERT_TRUE(submit_list(list).is_ok());
    (void)wait_list(BROKER_REASON_DUPLICATE_CL_ORD_ID);
    expect_rejected({"A-2", "B-2"}, BROKER_REASON_DUPLICATE_CL_ORD_ID);
    EXPECT_EQ(requests_at_venue(), 1U);
}

TEST_F(OrderLists, ListIsRefusedWhileTheVenueIsGone) {
    start();
    venue().stop();
    ASSERT_TRUE(rig().events().wait_for([](const RecordedEvent& event) {
        return event.previous_state == BROKER_ACCOUNT_STATE_READY;
    }));
    const sdk::Status status = submit_list(oco());
    EXPECT_EQ(status.reason, BROKER_REASON_ACCOUNT_NOT_READY);
    EXPECT_EQ(cancel_list("X-").reason, BROKER_REASON_ACCOUNT_NOT_READY);
}

}  // namespace
}  // namespace broker::test
