#include "account/order_flow.hpp"

#include "unit/plugin/account_parts_fixture.hpp"

namespace broker::account {
namespace {

using core::Certainty;
using core::ExecType;
using core::OrdStatus;
using core::Reason;
using testing::Contains;
using testing::Each;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;
using testing::Not;
using namespace std::chrono_literals;

constexpr const char* kRefused = " type=7 certainty=4 ";     // Rejected, on proof
constexpr const char* kDoubted = " type=1000 certainty=5 ";  // Unknown

class OrderFlowTest : public AccountPartsTest {
protected:
    OrderFlowTest() { make({}); }

    void make(OrderFlowSettings settings) {
        settings.id = "ACC-1";
        flow_ = std::make_unique<OrderFlow>(
            settings, OrderFlowParts{clock_, events_, log_, faults_, status_});
        flow_->set_channel(channel_);
        status_.state = AccountState::Ready;
    }
    void make_with_list_cancel() {
        OrderFlowSettings settings;
        settings.can_cancel_list = true;
        make(settings);
    }

    // Two orders <name>-1 and <name>-2.
    [[nodiscard]] core::NewOrderList pair(std::string_view name) {
        core::NewOrderList list;
        list.list_id = core::ListID::from(name).value();
        list.contingency = core::Contingency::OneCancelsOther;
        list.order_count = 2;
        list.orders[0] = order(std::string{name} + "-1");
        list.orders[1] = order(std::string{name} + "-2");
        return list;
    }
    [[nodiscard]] core::CancelOrderList cancel_of(std::string_view list) {
        core::CancelOrderList request;
        request.list_id = core::ListID::from(list).value();
        request.cl_ord_id_prefix = core::FixedString<48>::from("C-").value();
        request.stages.signal = request.stages.accepted = clock_.monotonic();
        return request;
    }
    void receive(const core::ExecutionReport& message) {
        flow_->tell(message, flow_->take(message), {});
    }
    void acknowledge(std::string_view name) {
        receive(report(name, ExecType::New, OrdStatus::New));
    }
    // A pair that works at the venue.
    void send_live_pair() {
        flow_->execute(pair("L"));
        acknowledge("L-1");
        acknowledge("L-2");
        events_.lines.clear();
        events_.texts.clear();
        sent_.clear();
    }
    // A message of this MsgType is refused: the last one that went out.
    bool reject(core::MsgSeqNum number, std::string_view msg_type, Reason reason) {
        return flow_->apply(
            core::MessageReject{reason, number, msg_type, "bad list", clock_.monotonic()});
    }
    [[nodiscard]] std::string certainty_line(std::string_view name, const char* state,
                                             Reason reason) {
        return "order " + std::string{name} + state + std::string{core::reason_name(reason)};
    }

    std::unique_ptr<OrderFlow> flow_;
};

// ---- lists

TEST_F(OrderFlowTest, ListGoesOutInOneMessageAndItsOrdersLive) {
    flow_->execute(pair("L"));
    flow_->publish_counts();
    EXPECT_THAT(sent_, ElementsAre("E L"));
    EXPECT_THAT(events_.lines, IsEmpty());
    EXPECT_EQ(status_.live_order_count, 2U);
    EXPECT_EQ(flow_->ledger().find_request(id("L-2"))->certainty, Certainty::Written);
}

TEST_F(OrderFlowTest, ListIsRefusedWholeInEveryStateButReady) {
    status_.state = AccountState::Reconciling;
    flow_->execute(pair("L"));
    EXPECT_THAT(sent_, IsEmpty());
    EXPECT_THAT(events_.take(),
                ElementsAre(certainty_line("L-1", kRefused, Reason::AccountNotReady),
                            certainty_line("L-2", kRefused, Reason::AccountNotReady),
                            "list L status=0 ACCOUNT_NOT_READY"));
    EXPECT_THAT(events_.texts.back(), HasSubstr("ACC-1 is Reconciling"));
}

TEST_F(OrderFlowTest, ListIsRefusedWholeWhenThePeerIsGone) {
    channel_.is_broken = true;
    flow_->execute(pair("L"));
    flow_->publish_counts();
    EXPECT_THAT(events_.take(), ElementsAre(certainty_line("L-1", kRefused, Reason::WriteQueueFull),
                                            certainty_line("L-2", kRefused, Reason::WriteQueueFull),
                                            "list L status=0 WRITE_QUEUE_FULL"));
    EXPECT_EQ(status_.live_order_count, 0U);
}

TEST_F(OrderFlowTest, ListWithOneOrderPastTheLimitsIsRefusedWhole) {
    OrderFlowSettings settings;
    settings.limits.max_order_qty = number("100");
    make(settings);
    core::NewOrderList list = pair("L");
    list.orders[1].order_qty = number("101");
    flow_->execute(list);
    EXPECT_THAT(sent_, IsEmpty());
    EXPECT_THAT(events_.take(), Each(HasSubstr("ORDER_QTY_EXCEEDED")));
}

TEST_F(OrderFlowTest, ListWithAnIdInUseIsRefusedAndTheOtherOrdersIdStaysFree) {
    flow_->execute(order("L-2"));
    flow_->execute(pair("L"));
    EXPECT_THAT(events_.take(), Each(HasSubstr("DUPLICATE_CL_ORD_ID")));
    EXPECT_EQ(flow_->ledger().find(id("L-1")), nullptr);
    EXPECT_THAT(sent_, ElementsAre("D L-2"));
}

TEST_F(OrderFlowTest, SessionRejectOfAListRejectsEachOrderWithThePeersWords) {
    flow_->execute(pair("L"));  // MsgSeqNum 2
    EXPECT_TRUE(reject(2, "E", Reason::RejectedBySession));
    EXPECT_THAT(events_.take(),
                ElementsAre(certainty_line("L-1", kRefused, Reason::RejectedBySession),
                            certainty_line("L-2", kRefused, Reason::RejectedBySession)));
    EXPECT_THAT(events_.texts, ElementsAre("bad list", "bad list"));
    EXPECT_EQ(flow_->ledger().live_count(), 0U);
}

TEST_F(OrderFlowTest, BusinessRejectOfAListLeavesOrdersAloneThatHaveAnAnswerOfTheirOwn) {
    flow_->execute(pair("L"));
    acknowledge("L-2");
    events_.lines.clear();
    EXPECT_TRUE(reject(2, "E", Reason::RejectedByApplication));
    EXPECT_THAT(events_.take(),
                ElementsAre(certainty_line("L-1", kRefused, Reason::RejectedByApplication)));
    EXPECT_EQ(flow_->ledger().live_count(), 1U);
}

TEST_F(OrderFlowTest, RejectOfAnotherMessageTypeUnderTheListsNumberIsNotTheLists) {
    flow_->execute(pair("L"));
    EXPECT_FALSE(reject(2, "AF", Reason::RejectedBySession));
    EXPECT_THAT(events_.lines, IsEmpty());
    EXPECT_EQ(flow_->ledger().live_count(), 2U);
}

TEST_F(OrderFlowTest, ListStatusRejectIsToldOfTheListAndOfEachOrder) {
    flow_->execute(pair("L"));
    core::ListStatus status;
    status.status = core::ListOrderStatus::Reject;
    status.list_id = "L";
    status.raw_status = "7";
    status.text = "no lists today";
    flow_->apply(status);
    EXPECT_THAT(events_.take(), ElementsAre("list L status=7 LIST_REJECTED",
                                            certainty_line("L-1", kRefused, Reason::ListRejected),
                                            certainty_line("L-2", kRefused, Reason::ListRejected)));
    EXPECT_THAT(events_.texts, Each(std::string{"no lists today"}));
}

TEST_F(OrderFlowTest, OtherListStatusesAndThoseOfUnknownListsAreToldAndChangeNothing) {
    flow_->execute(pair("L"));
    core::ListStatus status;
    status.status = core::ListOrderStatus::Executing;
    status.list_id = "L";
    flow_->apply(status);
    status.status = core::ListOrderStatus::Reject;
    status.list_id = "other";
    flow_->apply(status);
    EXPECT_THAT(events_.take(),
                ElementsAre("list L status=3 NONE", "list other status=7 LIST_REJECTED"));
    EXPECT_EQ(flow_->ledger().live_count(), 2U);
}

TEST_F(OrderFlowTest, DisconnectLeavesEveryOrderOfAnUnansweredListInDoubt) {
    flow_->execute(pair("L"));
    flow_->disconnected();
    EXPECT_THAT(events_.take(),
                ElementsAre(certainty_line("L-1", kDoubted, Reason::OutcomeDisconnected),
                            certainty_line("L-2", kDoubted, Reason::OutcomeDisconnected)));
    EXPECT_EQ(flow_->ledger().live_count(), 2U);
}

// ---- cancel of a list

TEST_F(OrderFlowTest, ListIsCanceledOrderByOrderWhereTheVenueHasNoRequestForLists) {
    send_live_pair();
    flow_->execute(cancel_of("L"));
    EXPECT_THAT(sent_, ElementsAre("F C-1 of L-1", "F C-2 of L-2"));
}

TEST_F(OrderFlowTest, ListIsCanceledInOneMessageWhereTheVenueHasOne) {
    make_with_list_cancel();
    send_live_pair();
    flow_->execute(cancel_of("L"));
    EXPECT_THAT(sent_, ElementsAre("K L"));
    EXPECT_THAT(events_.lines, IsEmpty());
    EXPECT_EQ(flow_->ledger().find_request(id("C-2"))->certainty, Certainty::Written);
}

TEST_F(OrderFlowTest, OrdersOfAListThatAreDoneAreNotCanceled) {
    send_live_pair();
    receive(report("L-1", ExecType::Canceled, OrdStatus::Canceled));
    flow_->execute(cancel_of("L"));
    EXPECT_THAT(sent_, ElementsAre("F C-1 of L-2"));
}

TEST_F(OrderFlowTest, CancelOfAListWithoutLiveOrdersIsRefused) {
    send_live_pair();
    receive(report("L-1", ExecType::Canceled, OrdStatus::Canceled));
    receive(report("L-2", ExecType::Canceled, OrdStatus::Canceled));
    events_.lines.clear();
    flow_->execute(cancel_of("L"));
    flow_->execute(cancel_of("nothing"));
    EXPECT_THAT(events_.take(), ElementsAre("list L status=0 ORDER_UNKNOWN",
                                            "list nothing status=0 ORDER_UNKNOWN"));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(OrderFlowTest, CancelOfAListIsRefusedWhenThePeerIsGoneAndTheOrdersLiveOn) {
    make_with_list_cancel();
    send_live_pair();
    channel_.is_broken = true;
    flow_->execute(cancel_of("L"));
    EXPECT_THAT(events_.take(), ElementsAre("list L status=0 WRITE_QUEUE_FULL"));
    EXPECT_EQ(flow_->ledger().find_request(id("C-1"))->certainty, Certainty::Rejected);
    EXPECT_EQ(flow_->ledger().live_count(), 2U);
}

TEST_F(OrderFlowTest, CancelsOfAListOneByOneAreRefusedOneByOneWhenThePeerIsGone) {
    send_live_pair();
    channel_.is_broken = true;
    flow_->execute(cancel_of("L"));
    EXPECT_THAT(events_.take(), ElementsAre("cancel-reject C-1 WRITE_QUEUE_FULL",
                                            "cancel-reject C-2 WRITE_QUEUE_FULL"));
}

TEST_F(OrderFlowTest, CancelOfAListInEveryStateButReadyIsRefused) {
    make_with_list_cancel();
    send_live_pair();
    status_.state = AccountState::Offline;
    flow_->execute(cancel_of("L"));
    EXPECT_THAT(events_.take(), ElementsAre("list L status=0 ACCOUNT_NOT_READY"));
    EXPECT_EQ(flow_->ledger().find_request(id("C-1")), nullptr);
}

TEST_F(OrderFlowTest, CancelOfAListThatIsOlderThanItsTimeToLiveIsRefused) {
    make_with_list_cancel();
    send_live_pair();
    const core::CancelOrderList old = cancel_of("L");
    clock_.advance(6s);
    flow_->execute(old);
    EXPECT_THAT(events_.take(), ElementsAre("list L status=0 ORDER_TOO_OLD"));
    EXPECT_THAT(sent_, IsEmpty());
}

TEST_F(OrderFlowTest, RejectOfAListsCancelRejectsEachCancelWithThePeersWords) {
    make_with_list_cancel();
    send_live_pair();
    flow_->execute(cancel_of("L"));  // MsgSeqNum 3
    EXPECT_TRUE(reject(3, "K", Reason::RejectedByApplication));
    EXPECT_THAT(events_.take(), ElementsAre("cancel-reject C-1 REJECTED_BY_APPLICATION",
                                            "cancel-reject C-2 REJECTED_BY_APPLICATION"));
    EXPECT_THAT(events_.texts, ElementsAre("bad list", "bad list"));
    EXPECT_EQ(flow_->ledger().live_count(), 2U);
}

// ---- what else a rejected message settles

TEST_F(OrderFlowTest, CancelInDoubtOfAnOrderWhoseMessageIsRejectedIsSettledByThat) {
    flow_->execute(order("A"));  // MsgSeqNum 2
    core::CancelOrder cancel;
    cancel.cl_ord_id = id("C");
    cancel.orig_cl_ord_id = id("A");
    cancel.stages.signal = clock_.monotonic();
    flow_->execute(cancel);
    flow_->disconnected();
    events_.lines.clear();
    events_.texts.clear();
    EXPECT_TRUE(reject(2, "D", Reason::RejectedBySession));
    ASSERT_EQ(events_.lines.size(), 2U);
    EXPECT_EQ(events_.texts[0], "bad list");
    EXPECT_THAT(events_.lines[1], HasSubstr("cancel-reject C"));
    EXPECT_THAT(events_.texts[1], HasSubstr("what became of the order"));
}

TEST_F(OrderFlowTest, RejectOfNothingOfOursIsLoggedAndTellsTheHostNothing) {
    EXPECT_FALSE(reject(99, "D", Reason::RejectedBySession));
    EXPECT_THAT(events_.lines, IsEmpty());
    EXPECT_THAT(last_log(), HasSubstr("RefSeqNum=99 RefMsgType=D"));
}

// ---- faults

TEST_F(OrderFlowTest, ReportOfAnOrderThatWasNotSentHereIsDeliveredAndToldOnce) {
    acknowledge("other");
    receive(report("other", ExecType::Canceled, OrdStatus::Canceled));
    const auto lines = events_.take();
    ASSERT_EQ(lines.size(), 3U);
    EXPECT_EQ(lines[1], "fault ORDER_NOT_OURS");
}

TEST_F(OrderFlowTest, CopyOfAnotherSessionsOrderIsDeliveredAndIsNoFault) {
    core::ExecutionReport copy = report("other", ExecType::New, OrdStatus::New);
    copy.channel = core::Channel::FixDropCopy;
    receive(copy);
    EXPECT_EQ(events_.lines.size(), 1U);
    EXPECT_EQ(status_.venue_fault_count, 0U);
}

TEST_F(OrderFlowTest, ReusedExecIDIsAFaultAndTheFirstExecutionCounts) {
    flow_->execute(order("A"));
    acknowledge("A");
    core::ExecutionReport fill = report("A", ExecType::Trade, OrdStatus::PartiallyFilled);
    fill.last_qty = fill.cum_qty = number("10");
    fill.last_px = number("1.1");
    receive(fill);
    events_.lines.clear();
    fill.last_qty = number("11");
    receive(fill);
    EXPECT_THAT(events_.take(), Contains("fault EXEC_ID_REPEATED"));
    EXPECT_EQ(flow_->ledger().find(id("A"))->cum_qty, number("10"));
    fill.last_qty = number("10");
    receive(fill);
    EXPECT_THAT(events_.take(), IsEmpty());
}

TEST_F(OrderFlowTest, CumQtyAheadOfTheFillsIsAFault) {
    flow_->execute(order("A"));
    acknowledge("A");
    events_.lines.clear();
    core::ExecutionReport fill = report("A", ExecType::Trade, OrdStatus::PartiallyFilled);
    fill.last_qty = number("10");
    fill.last_px = number("1.1");
    fill.cum_qty = number("30");
    receive(fill);
    EXPECT_THAT(events_.take(), Contains("fault FILL_MISSING"));
}

TEST_F(OrderFlowTest, FaultsThatTheLedgerFindsAreToldAndThoseOfTheChannelAreNotToldTwice) {
    flow_->execute(order("A"));
    acknowledge("A");
    events_.lines.clear();
    core::ExecutionReport fill = report("A", ExecType::Trade, OrdStatus::PartiallyFilled);
    fill.last_qty = number("-10");
    receive(fill);
    EXPECT_THAT(events_.take(), Contains("fault VALUE_NEGATIVE"));
    core::ExecutionReport told = report("A", ExecType::Trade, OrdStatus::PartiallyFilled);
    told.last_qty = number("-10");
    told.faults.add(core::ReportFault::NegativeValue);
    receive(told);
    EXPECT_THAT(events_.take(), Not(Contains("fault VALUE_NEGATIVE")));
}

// ---- answers to questions, time, pictures

TEST_F(OrderFlowTest, AnswerToQuestionsIsDeliveredForEachEvenIfItSaysNothingNew) {
    flow_->execute(order("A"));
    acknowledge("A");
    events_.lines.clear();
    const core::ExecutionReport status = picture("A");
    const core::Applied applied = flow_->take(status);
    EXPECT_EQ(applied.kind, core::Applied::Kind::Duplicate);
    const std::vector<std::uint64_t> request_ids{7, 8};
    flow_->tell(status, applied, request_ids);
    EXPECT_THAT(events_.take(), ElementsAre("order A type=17 certainty=3 request=7",
                                            "order A type=17 certainty=3 request=8"));
}

TEST_F(OrderFlowTest, OrdersInDoubtAreAskedAboutOnceTheirDeadlineHasPassed) {
    flow_->execute(order("A"));
    flow_->execute(order("B"));
    acknowledge("B");
    std::vector<core::ClOrdID> asked;
    const auto ask = [&](const core::ClOrdID& order_id) { asked.push_back(order_id); };
    clock_.advance(5s - 1ns);
    flow_->on_tick(ask);
    EXPECT_THAT(asked, IsEmpty());
    clock_.advance(1ns);
    flow_->on_tick(ask);
    EXPECT_THAT(asked, ElementsAre(id("A")));
    flow_->on_tick(ask);
    EXPECT_EQ(asked.size(), 1U);
    flow_->publish_counts();
    EXPECT_EQ(status_.unknown_count, 1U);
}

TEST_F(OrderFlowTest, SnapshotHasEveryLiveOrderAndNoOther) {
    flow_->execute(order("A"));
    flow_->execute(order("B"));
    receive(report("A", ExecType::Canceled, OrdStatus::Canceled));
    events_.lines.clear();
    flow_->report_snapshot(7);
    EXPECT_THAT(events_.take(),
                ElementsAre("snapshot-begin 1", "snapshot B type=17 certainty=2", "snapshot-end"));
}

TEST_F(OrderFlowTest, CancelAllNamesItsCancelsByThePrefixAndANumber) {
    flow_->execute(order("A"));
    flow_->execute(order("X", "GBPUSD"));
    sent_.clear();
    CancelAll request;
    request.symbol = core::Symbol::from("GBPUSD").value();
    request.cl_ord_id_prefix = core::FixedString<48>::from("ALL-").value();
    request.stages.signal = clock_.monotonic();
    flow_->execute(request);
    EXPECT_THAT(sent_, ElementsAre("F ALL-1 of X"));
    EXPECT_THAT(last_log(), HasSubstr("cancel-all account=ACC-1 requests=1"));
}

}  // namespace
}  // namespace broker::account
