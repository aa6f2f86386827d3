// The judge itself: each thing that must hold is seen when it does not.
#include "invariants.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "core/decimal.hpp"

namespace broker::soak {
namespace {

using simulator::LoggedMessage;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

// 2026-01-05 12:00:00 UTC.
constexpr std::int64_t kNoon = 1'767'614'400'000'000'000;

core::Decimal decimal(std::string_view text) { return core::Decimal::parse(text).value(); }

std::string report(std::string_view more) {
    return R"({"type":"ExecutionReport","account":"ACC-1",)" + std::string{more} + "}";
}

// One account with one order, filled and known to the host.
class Invariants : public testing::Test {
protected:
    Invariants() {
        venue_.accounts = {{"ACC1", "ACC-1"}};
        simulator::Order order;
        order.order_id = "1-1";
        order.cl_ord_id = "S1";
        order.sender_comp_id = "ACC1";
        order.terms.order_qty = decimal("1000");
        book_fill(order, decimal("1000"), decimal("1.1"));
        order.ord_status = core::OrdStatus::Filled;
        venue_.orders = {order};
        venue_.messages = {sent("2", "S1", "12:00:00.100")};
        tell(R"({"type":"Session","account":"ACC-1","state":"Ready","next_attempt_ms":-1})");
        tell(R"({"type":"Intent","account":"ACC-1","verb":"submit","cl_ord_id":"S1","time":)" +
             std::to_string(kNoon) + "}");
        tell(R"({"type":"Taken","account":"ACC-1","cl_ord_id":"S1","is_taken":true})");
        tell(kFill);
    }

    static LoggedMessage sent(const std::string& number, const std::string& id,
                              const std::string& time) {
        return {LoggedMessage::Direction::FromClient,
                "ACC1",
                {"D", {{35, "D"}, {34, number}, {52, "20260105-" + time}, {11, id}}}};
    }
    void tell(const std::string& line) { memory_.add(line); }
    [[nodiscard]] Violations left() const { return unsettled(memory_.accounts(), venue_); }
    [[nodiscard]] Violations wrong() const { return broken(memory_.accounts(), venue_, bounds_); }
    void tell_repeat() {
        std::string repeat = kFill;
        repeat.insert(repeat.size() - 1, R"(,"is_possible_repeat":true)");
        tell(repeat);
    }
    void give(const std::string& id) {
        tell(R"({"type":"Intent","account":"ACC-1","verb":"cancel","cl_ord_id":")" + id +
             R"(","time":0})");
    }

    const std::string kFill = report(
        R"("exec_type":"Trade","ord_status":"Filled","certainty":"Acknowledged","cl_ord_id":"S1",)"
        R"("order_id":"1-1","exec_id":"E1","last_qty":"1000","cum_qty":"1000","avg_px":"1.10")");
    HostMemory memory_;
    VenueTruth venue_;
    Bounds bounds_{std::chrono::milliseconds{400}, std::chrono::milliseconds{100}};
};

TEST_F(Invariants, HoldForAnOrderThatBothKnow) {
    EXPECT_THAT(left(), IsEmpty());
    EXPECT_THAT(wrong(), IsEmpty());
}

TEST_F(Invariants, SeeAnOrderThatTheHostDoesNotKnow) {
    venue_.orders[0].order_id = "1-2";
    EXPECT_THAT(left(), ElementsAre(HasSubstr("unknown to the host"), HasSubstr("believes in")));
}

TEST_F(Invariants, SeeAnotherStateQuantityOrPrice) {
    venue_.orders[0].ord_status = core::OrdStatus::Canceled;
    EXPECT_THAT(left(), ElementsAre(HasSubstr("told otherwise")));
    venue_.orders[0].ord_status = core::OrdStatus::Filled;
    venue_.orders[0].terms.order_qty = decimal("1500");
    book_fill(venue_.orders[0], decimal("500"), decimal("1.2"));
    EXPECT_THAT(left(), ElementsAre(HasSubstr("told otherwise"), HasSubstr("fills told")));
}

TEST_F(Invariants, SeeAFillThatWasToldTwiceOrNever) {
    tell(kFill);
    EXPECT_THAT(wrong(), ElementsAre(HasSubstr("told 2 times")));
    tell(report(R"("exec_type":"Trade","cl_ord_id":"S1","order_id":"1-1","exec_id":"E2",)"
                R"("last_qty":"1")"));
    EXPECT_THAT(left(), ElementsAre(HasSubstr("fills told come to 1001")));
}

TEST_F(Invariants, LetAFillBeRepeatedAfterAKillIfItIsFlagged) {
    memory_.begin_life_after_kill();
    tell_repeat();
    EXPECT_THAT(wrong(), IsEmpty());
    tell(kFill);
    EXPECT_THAT(wrong(), ElementsAre(HasSubstr("told 2 times")));
}

TEST_F(Invariants, SeeAFillThatIsFlaggedThoughNothingWasKilled) {
    tell(R"({"type":"Restarting"})");
    tell_repeat();
    EXPECT_THAT(wrong(), ElementsAre(HasSubstr("possible repeat although")));
}

TEST_F(Invariants, SeeARequestInDoubtWhicheverProcessGaveIt) {
    tell(report(R"("exec_type":"CertaintyChanged","certainty":"Unknown","cl_ord_id":"S1")"));
    EXPECT_THAT(left(), ElementsAre(HasSubstr("in doubt")));
    memory_.begin_life_after_kill();
    tell(R"({"type":"Session","account":"ACC-1","state":"Ready","next_attempt_ms":-1})");
    EXPECT_THAT(left(), ElementsAre(HasSubstr("in doubt")));
}

TEST_F(Invariants, SeeARequestThatWasNeverAnswered) {
    give("C1");
    EXPECT_THAT(left(), ElementsAre(HasSubstr("cancel ClOrdID=C1 is in doubt")));
}

TEST_F(Invariants, LetARequestBeForgottenByAKillOnlyIfTheVenueHasNotSeenIt) {
    give("C1");
    memory_.begin_life_after_kill();
    tell(R"({"type":"Session","account":"ACC-1","state":"Ready","next_attempt_ms":-1})");
    EXPECT_THAT(left(), IsEmpty());
    venue_.messages.push_back(sent("3", "C1", "12:00:00.200"));
    venue_.messages.back().message.msg_type = "F";
    EXPECT_THAT(left(), ElementsAre(HasSubstr("cancel ClOrdID=C1 is in doubt")));
}

TEST_F(Invariants, SeeAnAccountThatIsNotReady) {
    tell(R"({"type":"Session","account":"ACC-1","state":"Offline","next_attempt_ms":-1})");
    EXPECT_THAT(left(), ElementsAre(HasSubstr("not Ready")));
    EXPECT_TRUE(memory_.accounts().at("ACC-1").needs_operator);
}

TEST_F(Invariants, SeeAnOrderThatWasToldAsRejected) {
    tell(report(R"("exec_type":"Rejected","certainty":"Rejected","cl_ord_id":"S1")"));
    EXPECT_THAT(wrong(), ElementsAre(HasSubstr("told as rejected")));
}

TEST_F(Invariants, SeeAnOrderThatWasSentTwice) {
    venue_.messages.push_back(sent("3", "S1", "12:00:00.200"));
    EXPECT_THAT(wrong(), ElementsAre(HasSubstr("sent twice")));
}

TEST_F(Invariants, LetAnOrderBeResentUnderItsNumber) {
    LoggedMessage again = sent("2", "S1", "12:00:00.200");
    again.message.add(43, "Y");
    venue_.messages.push_back(again);
    EXPECT_THAT(wrong(), IsEmpty());
}

TEST_F(Invariants, SeeANumberThatWasUsedForTwoMessages) {
    LoggedMessage other = sent("2", "", "12:00:00.200");
    other.message.msg_type = "0";
    venue_.messages.push_back(other);
    EXPECT_THAT(wrong(), ElementsAre(HasSubstr("used MsgSeqNum=2 for D S1 and for 0")));
    venue_.messages.back().is_garbled = true;
    EXPECT_THAT(wrong(), IsEmpty()) << "nobody knows what it was";
}

TEST_F(Invariants, SeeAnOrderThatWentOutTooLate) {
    venue_.messages[0] = sent("2", "S1", "12:00:00.501");
    EXPECT_THAT(wrong(), ElementsAre(HasSubstr("stale: ClOrdID=S1 was sent 501 ms")));
}

TEST_F(Invariants, KnowTheOrderOfARejectByItsOrigClOrdIDToo) {
    tell(report(R"("exec_type":"OrderStatus","ord_status":"PendingReplace","cl_ord_id":"S1",)"
                R"("order_id":"1-1","cum_qty":"1000","avg_px":"1.1")"));
    EXPECT_THAT(left(), ElementsAre(HasSubstr("the host knows PendingReplace")));
    tell(R"({"type":"OrderCancelReject","account":"ACC-1","cl_ord_id":"C1",)"
         R"("orig_cl_ord_id":"S1","ord_status":"Filled","certainty":"Rejected"})");
    EXPECT_THAT(left(), IsEmpty());
}

TEST_F(Invariants, SeeAStaleOrderThroughAClockThatWasSet) {
    bounds_.clock_offsets.push_back(std::chrono::minutes{-1});
    venue_.messages[0] = sent("2", "S1", "11:59:00.100");
    EXPECT_THAT(wrong(), IsEmpty());
    venue_.messages[0] = sent("2", "S1", "11:59:00.501");
    EXPECT_THAT(wrong(), ElementsAre(HasSubstr("stale: ClOrdID=S1")));
    venue_.messages[0] = sent("2", "S1", "11:58:59.000");  // before it was given
    EXPECT_THAT(wrong(), ElementsAre(HasSubstr("stale: ClOrdID=S1")));
}

TEST_F(Invariants, SeeAnOrderThatTheCallHadRefused) {
    tell(R"({"type":"Taken","account":"ACC-1","cl_ord_id":"S1","is_taken":false})");
    EXPECT_THAT(wrong(), ElementsAre(HasSubstr("refused by the call")));
}

TEST_F(Invariants, SeeAnOrderThatNobodyGave) {
    venue_.messages.push_back(sent("3", "S9", "12:00:00.200"));
    EXPECT_THAT(wrong(), ElementsAre(HasSubstr("never gave: ClOrdID=S9")));
}

TEST_F(Invariants, SeeAnAccountThatWasDisturbedByAnothersFaults) {
    EXPECT_THAT(disturbed("ACC-1", memory_.accounts().at("ACC-1")), IsEmpty());
    tell(report(R"("exec_type":"CertaintyChanged","certainty":"Unknown","cl_ord_id":"S1")"));
    tell(R"({"type":"Session","account":"ACC-1","state":"Offline","next_attempt_ms":5})");
    EXPECT_THAT(disturbed("ACC-1", memory_.accounts().at("ACC-1")),
                ElementsAre(HasSubstr("ceased to be Ready"), HasSubstr("1 requests")));
}

TEST_F(Invariants, TakeTheStatusThatARejectOfAChangeTells) {
    tell(R"({"type":"OrderCancelReject","account":"ACC-1","cl_ord_id":"C1","order_id":"1-1",)"
         R"("ord_status":"PendingCancel"})");
    EXPECT_THAT(left(), ElementsAre(HasSubstr("told otherwise")));
    tell(R"({"type":"OrderCancelReject","account":"ACC-1","cl_ord_id":"C1","order_id":"1-1",)"
         R"("ord_status":"Filled"})");
    EXPECT_THAT(left(), IsEmpty());
}

}  // namespace
}  // namespace broker::soak
