#include "dxtrade/fix/report_messages.hpp"

#include <gtest/gtest.h>

#include "dxtrade/fix/enum_codes.hpp"
#include "support/fix_message.hpp"

namespace broker::dxtrade::fix {
namespace {

using core::Decimal;
using core::ExecType;
using core::OrdStatus;

const core::MonotonicTime kReceived{std::chrono::seconds{5}};

class ReportMessages : public testing::Test {
protected:
    const broker::fix::MessageView& parse(std::string_view body) {
        bytes_ = test::fix_message(body);
        const auto parsed = view_.parse(bytes_);
        EXPECT_TRUE(parsed.has_value()) << (parsed ? "" : parsed.error().detail);
        return view_;
    }

    core::ExecutionReport read(std::string_view body) {
        return execution_report_from_fix(parse(body), dialect_, kReceived, inbound_);
    }
    core::OrderCancelReject read_reject(std::string_view body) {
        return order_cancel_reject_from_fix(parse(body), dialect_, kReceived, inbound_);
    }

    Dialect dialect_{Profile{}, "default:ACC-1"};
    Inbound inbound_;
    std::string bytes_;
    broker::fix::MessageView view_;
};

TEST_F(ReportMessages, FillIsReadFieldByField) {
    const auto report = read(
        "35=8|34=9|49=DX|56=ME|52=20260105-12:00:00.250|37=V-1|11=A-1|17=E-5|150=F|39=1|"
        "55=EURUSD|54=1|38=100|40=2|44=1.0850|59=1|32=40|31=1.0849|14=40|151=60|6=1.0849|"
        "60=20260105-12:00:00.240|58=part|");
    EXPECT_EQ(report.exec_type, ExecType::Trade);
    EXPECT_EQ(report.ord_status, OrdStatus::PartiallyFilled);
    EXPECT_EQ(report.side, core::Side::Buy);
    EXPECT_EQ(report.ord_type, core::OrdType::Limit);
    EXPECT_EQ(report.time_in_force, core::TimeInForce::GoodTillCancel);
    EXPECT_EQ(report.cl_ord_id, "A-1");
    EXPECT_EQ(report.order_id, "V-1");
    EXPECT_EQ(report.exec_id, "E-5");
    EXPECT_EQ(report.symbol, "EURUSD");
    EXPECT_EQ(report.text, "part");
    EXPECT_EQ(report.last_qty, Decimal::parse("40"));
    EXPECT_EQ(report.last_px, Decimal::parse("1.0849"));
    EXPECT_EQ(report.cum_qty, Decimal::parse("40"));
    EXPECT_EQ(report.leaves_qty, Decimal::parse("60"));
    EXPECT_EQ(report.avg_px, Decimal::parse("1.0849"));
    ASSERT_TRUE(report.transact_time.has_value());
    EXPECT_EQ(report.transact_time->time_since_epoch(),
              std::chrono::milliseconds{1'767'614'400'240});
    EXPECT_EQ(report.sending_time->time_since_epoch(),
              std::chrono::milliseconds{1'767'614'400'250});
    EXPECT_EQ(report.received, kReceived);
    EXPECT_FALSE(report.is_poss_dup);
}

TEST_F(ReportMessages, UnknownEnumeratorsKeepTheirCharactersAndTheQuantities) {
    const auto report = read("35=8|34=9|37=V-1|11=A-1|17=E-5|150=Z|39=y|54=7|32=40|14=40|151=60|");
    EXPECT_EQ(report.exec_type, ExecType::Unspecified);
    EXPECT_EQ(report.ord_status, OrdStatus::Unspecified);
    EXPECT_EQ(report.raw_exec_type, "Z");
    EXPECT_EQ(report.raw_ord_status, "y");
    EXPECT_EQ(report.side, core::Side::Unspecified);
    EXPECT_EQ(report.cum_qty, Decimal::parse("40"));
}

TEST_F(ReportMessages, UnreadableNumberIsUnsetAndLosesNothingElse) {
    const auto report = read("35=8|34=9|37=V-1|11=A-1|17=E-5|150=F|39=1|32=4O|31=1.5|14=40|");
    EXPECT_FALSE(report.last_qty.has_value());
    EXPECT_EQ(report.last_px, Decimal::parse("1.5"));
    EXPECT_EQ(report.exec_type, ExecType::Trade);
}

TEST_F(ReportMessages, RetransmissionIsMarked) {
    EXPECT_TRUE(read("35=8|34=9|43=Y|17=E-5|150=0|39=0|").is_poss_dup);
}

TEST_F(ReportMessages, OrderCancelRejectTellsCancelFromReplace) {
    const auto cancel = read_reject("35=9|34=9|37=V-1|11=A-2|41=A-1|39=2|434=1|102=0|58=too late|");
    EXPECT_FALSE(cancel.is_replace);
    EXPECT_FALSE(cancel.is_order_unknown);
    EXPECT_EQ(cancel.cl_ord_id, "A-2");
    EXPECT_EQ(cancel.orig_cl_ord_id, "A-1");
    EXPECT_EQ(cancel.ord_status, OrdStatus::Filled);
    EXPECT_EQ(cancel.text, "too late");

    const auto replace = read_reject("35=9|34=9|37=NONE|11=A-2|41=A-1|39=8|434=2|102=1|");
    EXPECT_TRUE(replace.is_replace);
    EXPECT_TRUE(replace.is_order_unknown);
}

TEST(EnumCodes, EveryFixValueGoesBothWays) {
    for (const char c : std::string_view{"1256"}) {
        EXPECT_EQ(to_fix(side_from_fix({&c, 1})), c);
    }
    for (const char c : std::string_view{"12345BJP"}) {
        EXPECT_EQ(to_fix(ord_type_from_fix({&c, 1})), c);
    }
    for (const char c : std::string_view{"01234567"}) {
        EXPECT_EQ(to_fix(time_in_force_from_fix({&c, 1})), c);
    }
}

TEST(EnumCodes, EveryExecTypeAndOrdStatusOfTheStandardIsKnown) {
    for (const char c : std::string_view{"03456789ABCDEFGHIL"}) {
        EXPECT_NE(exec_type_from_fix({&c, 1}), ExecType::Unspecified) << c;
    }
    for (const char c : std::string_view{"0123456789ABCDE"}) {
        EXPECT_NE(ord_status_from_fix({&c, 1}), OrdStatus::Unspecified) << c;
    }
}

TEST(EnumCodes, LongerOrEmptyTextIsUnspecified) {
    EXPECT_EQ(exec_type_from_fix(""), ExecType::Unspecified);
    EXPECT_EQ(exec_type_from_fix("FF"), ExecType::Unspecified);
}

}  // namespace
}  // namespace broker::dxtrade::fix
