// Lists of orders: one message, several requests.
#include "order_ledger_fixture.hpp"

namespace broker::core {
namespace {

using namespace test_ledger;

class OrderLedgerList : public OrderLedgerTest {
protected:
    static ListID list_id(std::string_view text) { return ListID::from(text).value(); }

    static NewOrderList bracket(std::vector<std::string_view> members = {"E", "S", "T"}) {
        NewOrderList list;
        list.list_id = list_id("L-1");
        list.contingency = Contingency::Bracket;
        for (const std::string_view member : members) {
            list.orders[list.order_count++] = limit_order(member);
        }
        return list;
    }
    Reason add_list(const NewOrderList& list) {
        const auto added = ledger_.add(list, deadline());
        return added ? Reason::None : added.error().reason;
    }
    void send_list() { ledger_.list_sent(list_id("L-1"), ++seq_num_, {}, clock_.monotonic()); }
    void send_bracket() {
        ASSERT_EQ(add_list(bracket()), Reason::None);
        send_list();
    }
    Applied report(std::string_view cl, ExecType type, OrdStatus status) {
        return apply(Report{type, status}.ids(cl, {}, std::string{"O-"}.append(cl)).exec("X"));
    }
    void work_bracket() {
        send_bracket();
        report("E", ExecType::New, OrdStatus::New);
        report("S", ExecType::PendingNew, OrdStatus::PendingNew);
        report("T", ExecType::New, OrdStatus::New);
    }
    // The ids of the cancels, or the reason why there are none.
    std::vector<std::string> add_list_cancel(std::string_view prefix = "C-") {
        CancelOrderList request;
        request.list_id = list_id("L-1");
        request.cl_ord_id_prefix = FixedString<48>::from(prefix).value();
        const auto added = ledger_.add(request, deadline());
        if (!added) return {std::string{reason_name(added.error().reason)}};
        std::vector<std::string> ids;
        for (const Settled& cancel : *added) {
            EXPECT_EQ(cancel.order->cl_ord_id, cancel.request->orig_cl_ord_id);
            ids.emplace_back(cancel.request->cl_ord_id.view());
        }
        return ids;
    }
    Applied reject_message(std::string_view msg_type = {}) {
        MessageReject reject;
        reject.reason = Reason::RejectedByApplication;
        reject.ref_seq_num = seq_num_;
        reject.ref_msg_type = msg_type;
        return ledger_.apply(reject);
    }
    Applied list_status(ListOrderStatus status) {
        return ledger_.apply(ListStatus{status, "L-1", {}, {}});
    }
    static std::vector<std::string> ids_of(const Applied& applied) {
        std::vector<std::string> ids;
        if (applied.request != nullptr) ids.emplace_back(applied.request->cl_ord_id.view());
        for (const Settled& settled : applied.also_settled) {
            EXPECT_EQ(settled.order->first_cl_ord_id, settled.request->orig_cl_ord_id.empty()
                                                          ? settled.request->cl_ord_id
                                                          : settled.request->orig_cl_ord_id);
            ids.emplace_back(settled.request->cl_ord_id.view());
        }
        return ids;
    }
    using Ids = std::vector<std::string>;
};

TEST_F(OrderLedgerList, EveryMemberIsJournaledThenWrittenUnderOneNumber) {
    ASSERT_EQ(add_list(bracket()), Reason::None);
    for (const char* member : {"E", "S", "T"}) {
        EXPECT_EQ(certainty(member), Certainty::Journaled) << member;
        EXPECT_EQ(order(member).list_id, list_id("L-1"));
    }
    ledger_.list_sent(list_id("L-1"), 5, clock_.monotonic(), {});
    EXPECT_EQ(certainty("T"), Certainty::Journaled);
    ledger_.list_sent(list_id("L-1"), 5, clock_.monotonic(), clock_.monotonic());
    for (const char* member : {"E", "S", "T"}) {
        EXPECT_EQ(certainty(member), Certainty::Written) << member;
        EXPECT_EQ(request(member).msg_seq_num, 5U);
    }
}

TEST_F(OrderLedgerList, IsTakenWholeOrNotAtAllAndTheErrorNamesTheMember) {
    work_order("S");
    const auto added = ledger_.add(bracket(), deadline());
    ASSERT_FALSE(added);
    EXPECT_EQ(added.error().reason, Reason::DuplicateClOrdID);
    EXPECT_NE(added.error().detail.find("ClOrdID=S"), std::string::npos) << added.error().detail;
    EXPECT_EQ(ledger_.find(id("E")), nullptr);
    EXPECT_EQ(ledger_.live_count(), 1U);
}

TEST_F(OrderLedgerList, IsRefusedWithTheSameIdTwiceOrWithoutOrdersOrIdOrRoom) {
    EXPECT_EQ(add_list(bracket({"E", "S", "E"})), Reason::DuplicateClOrdID);
    EXPECT_EQ(add_list(bracket({})), Reason::InvalidField);
    NewOrderList nameless = bracket();
    nameless.list_id = {};
    EXPECT_EQ(add_list(nameless), Reason::InvalidField);
    for (int i = 0; i < 98; ++i) {
        ASSERT_EQ(add_new(std::string{"A"}.append(std::to_string(i))), Reason::None);
    }
    EXPECT_EQ(add_list(bracket()), Reason::OrderLimitExceeded);
    EXPECT_EQ(add_list(bracket({"E", "S"})), Reason::None);
    EXPECT_EQ(add_list(bracket({"U", "V"})), Reason::DuplicateClOrdID);  // the ListID
}

TEST_F(OrderLedgerList, ARejectOfItsMessageRejectsEveryMember) {
    send_bracket();
    EXPECT_EQ(reject_message("D").order, nullptr);
    EXPECT_EQ(ids_of(reject_message("E")), (Ids{"E", "S", "T"}));
    for (const char* member : {"E", "S", "T"}) {
        EXPECT_EQ(certainty(member), Certainty::Rejected) << member;
        EXPECT_EQ(order(member).status, OrdStatus::Rejected) << member;
    }
    EXPECT_EQ(ledger_.live_count(), 0U);
    EXPECT_EQ(reject_message("E").order, nullptr);
}

TEST_F(OrderLedgerList, ARejectOfItsMessageSparesAMemberThatTheVenueHasAnswered) {
    send_bracket();
    report("S", ExecType::New, OrdStatus::New);
    EXPECT_EQ(ids_of(reject_message()), (Ids{"E", "T"}));
    EXPECT_TRUE(order("S").is_live());
}

TEST_F(OrderLedgerList, ThatWasNotSentIsRejectedWhole) {
    ASSERT_EQ(add_list(bracket()), Reason::None);
    EXPECT_EQ(ids_of(ledger_.list_not_sent(list_id("L-1"), Reason::AccountNotReady)),
              (Ids{"E", "S", "T"}));
    EXPECT_EQ(request("S").reason, Reason::AccountNotReady);
    EXPECT_EQ(ledger_.live_count(), 0U);
    EXPECT_EQ(ledger_.list_not_sent(list_id("L-1"), Reason::AccountNotReady).kind, Kind::Duplicate);
}

TEST_F(OrderLedgerList, ThatWasSentIsNotTakenBack) {
    send_bracket();
    EXPECT_EQ(ledger_.list_not_sent(list_id("L-1"), Reason::AccountNotReady).kind, Kind::Duplicate);
    EXPECT_EQ(certainty("E"), Certainty::Written);
}

TEST_F(OrderLedgerList, WithoutAnAnswerEveryMemberIsUnknown) {
    send_bracket();
    report("E", ExecType::New, OrdStatus::New);
    clock_.advance(6s);
    Ids visited;
    ledger_.expire(clock_.monotonic(), [&](const Order&, const Request& late) {
        visited.emplace_back(late.cl_ord_id.view());
    });
    EXPECT_EQ(visited, (Ids{"S", "T"}));
    EXPECT_EQ(ledger_.unknown_count(), 2U);
}

TEST_F(OrderLedgerList, AListStatusOfRejectRejectsEveryMemberAndOtherStatusesNone) {
    send_bracket();
    list_status(ListOrderStatus::Executing);
    EXPECT_EQ(certainty("E"), Certainty::Written);
    EXPECT_EQ(ids_of(list_status(ListOrderStatus::Reject)), (Ids{"E", "S", "T"}));
    EXPECT_EQ(request("T").reason, Reason::ListRejected);
    EXPECT_EQ(list_status(ListOrderStatus::Reject).kind, Kind::Duplicate);
}

TEST_F(OrderLedgerList, AListStatusOfRejectSaysNothingOfOrdersThatTheVenueHasAccepted) {
    work_bracket();
    list_status(ListOrderStatus::Reject);
    EXPECT_EQ(order("E").status, OrdStatus::New);
    EXPECT_EQ(ledger_.live_count(), 3U);
}

TEST_F(OrderLedgerList, ChildrenThatTheVenueHoldsStayAsTheyAreWhileTheEntryFills) {
    work_bracket();
    trade("X-1", "40", "40", OrdStatus::PartiallyFilled, "E");
    EXPECT_EQ(order("S").status, OrdStatus::PendingNew);
    EXPECT_EQ(certainty("S"), Certainty::Acknowledged);
    EXPECT_EQ(order("T").status, OrdStatus::New);
    EXPECT_EQ(order("T").leaves_qty, dec("100"));
    EXPECT_TRUE(disconnect().empty());
    EXPECT_EQ(ledger_.live_count(), 3U);
}

TEST_F(OrderLedgerList, IsCanceledByOneRequestForEachLiveMember) {
    work_bracket();
    report("E", ExecType::Canceled, OrdStatus::Canceled);
    EXPECT_EQ(add_list_cancel(), (Ids{"C-2", "C-3"}));
    send_list();
    EXPECT_EQ(certainty("C-2"), Certainty::Written);
    // A ListCancelRequest has no ClOrdID: the venue's reports name the orders.
    report("S", ExecType::Canceled, OrdStatus::Canceled);
    EXPECT_EQ(certainty("C-2"), Certainty::Acknowledged);
    EXPECT_EQ(certainty("C-3"), Certainty::Written);
    trade("X-1", "100", "100", OrdStatus::Filled, "T");
    EXPECT_EQ(disconnect(),
              (std::vector<std::pair<std::string, Certainty>>{{"C-3", Certainty::Rejected}}));
    EXPECT_EQ(ledger_.live_count(), 0U);
    EXPECT_EQ(add_list_cancel("D-"), (Ids{"ORDER_FINAL"}));
}

TEST_F(OrderLedgerList, ARejectOfItsCancelRejectsTheCancelsAndLeavesTheOrders) {
    work_bracket();
    EXPECT_EQ(add_list_cancel(), (Ids{"C-1", "C-2", "C-3"}));
    send_list();
    EXPECT_EQ(ids_of(reject_message("K")), (Ids{"C-1", "C-2", "C-3"}));
    EXPECT_EQ(ledger_.live_count(), 3U);
    EXPECT_EQ(order("E").open_requests, 0U);
}

TEST_F(OrderLedgerList, ItsCancelsMayGoOneByOne) {
    work_bracket();
    add_list_cancel();
    for (const char* cancel : {"C-1", "C-2", "C-3"}) send(cancel);
    EXPECT_EQ(ids_of(reject_message("F")), (Ids{"C-3"}));
    EXPECT_EQ(certainty("C-1"), Certainty::Written);
}

TEST_F(OrderLedgerList, ItsCancelIsRefusedForAnUnknownListAndForIdsInUse) {
    EXPECT_EQ(add_list_cancel(), (Ids{"ORDER_UNKNOWN"}));
    work_bracket();
    send_new("C-2");
    EXPECT_EQ(add_list_cancel(), (Ids{"DUPLICATE_CL_ORD_ID"}));
    EXPECT_EQ(ledger_.find_request(id("C-1")), nullptr);
}

TEST_F(OrderLedgerList, OrdersOfOneThatTheVenueReportsAreFoundByItsId) {
    for (const char* member : {"X", "Y"}) {
        Report text = Report{ExecType::New, OrdStatus::New}.ids(member, {}, member).exec("E");
        text.list_id = "L-1";
        apply(text);
    }
    Ids members;
    ledger_.for_each_of_list(list_id("L-1"), [&](const Order& member) {
        members.emplace_back(member.cl_ord_id.view());
    });
    EXPECT_EQ(members, (Ids{"X", "Y"}));
    EXPECT_EQ(add_list_cancel(), (Ids{"C-1", "C-2"}));
}

TEST_F(OrderLedgerList, IsForgottenWithItsOrders) {
    for (int i = 0; i < 60; ++i) {
        const std::string n = std::to_string(i);
        NewOrderList list = bracket({"E" + n, "S" + n});
        list.list_id = list_id("L-" + n);
        ASSERT_EQ(add_list(list), Reason::None);
        static_cast<void>(ledger_.list_not_sent(list.list_id, Reason::AccountNotReady));
    }
    send_new("Z");
    NewOrderList again = bracket();
    again.list_id = list_id("L-0");
    EXPECT_EQ(add_list(again), Reason::None);
    again = bracket({"U", "V"});
    again.list_id = list_id("L-59");
    EXPECT_EQ(add_list(again), Reason::DuplicateClOrdID);
}

}  // namespace
}  // namespace broker::core
