#include "account/venue_faults.hpp"

#include "unit/plugin/account_parts_fixture.hpp"

namespace broker::account {
namespace {

using core::Reason;
using core::ReportFault;
using testing::AllOf;
using testing::ElementsAre;
using testing::HasSubstr;
using testing::IsEmpty;

class VenueFaultsTest : public AccountPartsTest {
protected:
    struct Counts {
        std::uint64_t all, msg_types, tags, values;
        friend bool operator==(const Counts&, const Counts&) = default;
    };
    [[nodiscard]] Counts counts() const {
        return {status_.venue_fault_count, status_.unknown_msg_type_count,
                status_.unknown_tag_count, status_.unknown_value_count};
    }
    void tell(Reason reason, std::uint64_t count = 1) {
        core::VenueFault fault;
        fault.reason = reason;
        fault.count = count;
        faults_.tell(fault);
    }
    // What is told of a report with this fault.
    std::string told_of(ReportFault fault) {
        core::ExecutionReport message =
            report("A", core::ExecType::Unspecified, core::OrdStatus::Unspecified);
        message.fault_tag = 151;
        message.raw_exec_type = "z";
        message.raw_ord_status = "y";
        faults_.tell_all(message, {fault});
        return events_.take().back() + ": " + events_.texts.back();
    }
};

TEST_F(VenueFaultsTest, FaultIsToldLoggedWithItsIdsAndCounted) {
    core::VenueFault fault;
    fault.reason = Reason::FieldUnreadable;
    fault.msg_type = "8";
    fault.msg_seq_num = 42;
    fault.cl_ord_id = "A";
    fault.order_id = "V-1";
    fault.exec_id = "E-1";
    fault.text = "tag 14=ten";
    faults_.tell(fault);
    EXPECT_THAT(events_.take(), ElementsAre("fault FIELD_UNREADABLE"));
    EXPECT_EQ(last_log(),
              "venue-fault account=ACC-1 reason=FIELD_UNREADABLE MsgType=8 MsgSeqNum=42 ClOrdID=A "
              "OrderID=V-1 ExecID=E-1 text=\"tag 14=ten\"");
    EXPECT_EQ(counts(), (Counts{1, 0, 0, 0}));
}

TEST_F(VenueFaultsTest, UnknownMessagesTagsAndValuesAreCountedApartToo) {
    tell(Reason::MsgTypeUnknown);
    EXPECT_EQ(counts(), (Counts{1, 1, 0, 0}));
    tell(Reason::TagUnknown);
    EXPECT_EQ(counts(), (Counts{2, 1, 1, 0}));
    tell(Reason::ValueUnknown);
    EXPECT_EQ(counts(), (Counts{3, 1, 1, 1}));
    tell(Reason::PositionDiffers);
    EXPECT_EQ(counts(), (Counts{4, 1, 1, 1}));
}

TEST_F(VenueFaultsTest, FaultThatStandsForManyCountsAsMany) {
    tell(Reason::TagUnknown, 1000);
    EXPECT_EQ(counts(), (Counts{1000, 0, 1000, 0}));
    EXPECT_THAT(events_.take(), ElementsAre("fault TAG_UNKNOWN"));
}

TEST_F(VenueFaultsTest, EachFaultOfAReportHasItsReasonAndNamesTheTag) {
    EXPECT_THAT(told_of(ReportFault::UnreadableField),
                AllOf(HasSubstr("FIELD_UNREADABLE"), HasSubstr("tag 151")));
    EXPECT_THAT(told_of(ReportFault::MissingField),
                AllOf(HasSubstr("FIELD_MISSING"), HasSubstr("tag 151")));
    EXPECT_THAT(told_of(ReportFault::NegativeValue),
                AllOf(HasSubstr("VALUE_NEGATIVE"), HasSubstr("tag 151")));
    EXPECT_THAT(told_of(ReportFault::QuantitiesDisagree),
                AllOf(HasSubstr("QUANTITIES_DISAGREE"), HasSubstr("tag 151")));
    EXPECT_THAT(told_of(ReportFault::UnknownValue),
                AllOf(HasSubstr("VALUE_UNKNOWN"), HasSubstr("ExecType=z OrdStatus=y")));
    EXPECT_EQ(counts(), (Counts{5, 0, 0, 1}));
}

TEST_F(VenueFaultsTest, SeveralFaultsOfAReportAreToldOneByOne) {
    faults_.tell_all(report("A", core::ExecType::Trade, core::OrdStatus::New),
                     {ReportFault::NegativeValue, ReportFault::MissingField});
    EXPECT_THAT(events_.take(), ElementsAre("fault FIELD_MISSING", "fault VALUE_NEGATIVE"));
}

TEST_F(VenueFaultsTest, ReportWithoutFaultsTellsNothing) {
    faults_.tell_all(report("A", core::ExecType::Trade, core::OrdStatus::New), {});
    EXPECT_THAT(events_.lines, IsEmpty());
    EXPECT_THAT(lines_.lines, IsEmpty());
    EXPECT_EQ(counts(), (Counts{0, 0, 0, 0}));
}

TEST_F(VenueFaultsTest, UnknownTagsOfAReportAreLeftToTheChannel) {
    faults_.tell_all(report("A", core::ExecType::Trade, core::OrdStatus::New),
                     {ReportFault::UnknownTag});
    EXPECT_THAT(events_.lines, IsEmpty());
}

TEST_F(VenueFaultsTest, WordsOfThePeerDoNotBreakTheLogLine) {
    core::VenueFault fault;
    fault.reason = Reason::MessageUnusable;
    fault.text = "two\nlines\x01";
    faults_.tell(fault);
    EXPECT_THAT(last_log(), HasSubstr("text=\"two lines \""));
}

}  // namespace
}  // namespace broker::account
