// What is wrong with an ExecutionReport is told, and costs nothing else of it.
#include <gtest/gtest.h>

#include "dxtrade/fix/report_messages.hpp"
#include "unit/dxtrade/dxtrade_fixture.hpp"

namespace broker::dxtrade::fix {
namespace {

using core::Decimal;
using core::ReportFault;

constexpr core::MonotonicTime kReceived{std::chrono::seconds{5}};

// A sound fill, field by field, so that a test can spoil one.
const std::vector<std::pair<int, std::string>> kFill{
    {37, "V"}, {11, "A"}, {17, "E"},   {150, "F"}, {39, "1"}, {55, "EURUSD"}, {54, "1"},
    {38, "9"}, {32, "5"}, {31, "1.1"}, {151, "4"}, {14, "5"}, {6, "1.1"}};

class ReportFaults : public testing::Test {
protected:
    // The fill with one field changed; empty: left out.
    core::ExecutionReport read_with(int tag, const std::string& value) {
        std::string body = "35=8|34=9|";
        bool is_new = true;
        for (const auto& [known, sound] : kFill) {
            const std::string& used = known == tag ? value : sound;
            if (known == tag) is_new = false;
            if (!used.empty()) body += std::to_string(known) + "=" + used + "|";
        }
        if (is_new) body += std::to_string(tag) + "=" + value + "|";
        return execution_report_from_fix(received_.parse(body), dialect_, kReceived, inbound_);
    }
    core::ExecutionReport read(std::string_view body) {
        return execution_report_from_fix(received_.parse(body), dialect_, kReceived, inbound_);
    }
    static void expect_fault(const core::ExecutionReport& report, ReportFault fault, int tag) {
        EXPECT_TRUE(report.faults.contains(fault)) << "tag " << tag;
        EXPECT_EQ(report.fault_tag, tag);
    }

    Dialect dialect_{Profile{}, "ACC-1"};
    Inbound inbound_;
    ReceivedMessage received_;
};

TEST_F(ReportFaults, SoundReportHasNone) {
    const auto report = read_with(58, "fine");
    EXPECT_TRUE(report.faults.empty());
    EXPECT_EQ(report.fault_tag, 0);
}

TEST_F(ReportFaults, NumberOrTimeThatCannotBeReadIsUnsetAndTheRestCounts) {
    for (const int tag : {38, 32, 31, 151, 14, 6, 44, 99, 152, 60, 126, 432, 911}) {
        const auto report = read_with(tag, "x");
        expect_fault(report, ReportFault::UnreadableField, tag);
        EXPECT_EQ(report.exec_type, core::ExecType::Trade);
        EXPECT_EQ(report.exec_id, "E");
    }
    EXPECT_FALSE(read_with(32, "x").last_qty.has_value());
    EXPECT_EQ(read_with(32, "x").last_px, Decimal::parse("1.1"));
}

TEST_F(ReportFaults, FieldThatTheStandardDemandsIsMissing) {
    for (const int tag : {37, 17, 150, 39, 55, 54, 151, 14, 6, 32, 31}) {
        const auto report = read_with(tag, "");
        EXPECT_TRUE(report.faults.contains(ReportFault::MissingField)) << tag;
        EXPECT_EQ(report.fault_tag, tag);
    }
    for (const int tag : {11, 38}) EXPECT_TRUE(read_with(tag, "").faults.empty()) << tag;
}

TEST_F(ReportFaults, CorrectionsMustNameTheFillThatTheyChange) {
    for (const char* type : {"G", "H"}) {
        const auto report = read_with(150, type);
        EXPECT_TRUE(report.faults.contains(ReportFault::MissingField)) << type;
        EXPECT_EQ(report.fault_tag, 19);
    }
}

TEST_F(ReportFaults, NegativeQuantityIsUnsetAndANegativePriceIsAPrice) {
    for (const int tag : {38, 32, 151, 14, 152}) {
        expect_fault(read_with(tag, "-1"), ReportFault::NegativeValue, tag);
    }
    EXPECT_FALSE(read_with(14, "-1").cum_qty.has_value());
    EXPECT_EQ(read_with(31, "-1.5").last_px, Decimal::parse("-1.5"));
    EXPECT_TRUE(read_with(31, "-1.5").faults.empty());
}

TEST_F(ReportFaults, QuantitiesThatDoNotAddUpAreToldWhileTheOrderIsLive) {
    expect_fault(read_with(38, "10"), ReportFault::QuantitiesDisagree, 151);
    for (const char* status : {"2", "4", "8", "C", "3", "5", "E"}) {
        const auto report = read("35=8|34=9|37=V|11=A|17=E|150=4|39=" + std::string{status} +
                                 "|55=X|54=1|38=10|151=0|14=5|6=1|");
        EXPECT_TRUE(report.faults.empty()) << status;
    }
}

TEST_F(ReportFaults, FillLargerThanAllFillsTogetherIsTold) {
    expect_fault(read_with(32, "6"), ReportFault::QuantitiesDisagree, 32);
}

TEST_F(ReportFaults, UnknownEnumeratorsAreUnspecifiedAndKeepTheirCharacters) {
    const auto exec_type = read_with(150, "Z");
    expect_fault(exec_type, ReportFault::UnknownValue, 150);
    EXPECT_EQ(exec_type.raw_exec_type, "Z");
    EXPECT_EQ(exec_type.cum_qty, Decimal::parse("5"));
    expect_fault(read_with(39, "z"), ReportFault::UnknownValue, 39);
    for (const int tag : {54, 40, 59, 77}) {
        const auto report = read_with(tag, "?");
        expect_fault(report, ReportFault::UnknownValue, tag);
        EXPECT_EQ(core::find_field(report.fields, std::to_string(tag)), "?");
    }
}

TEST_F(ReportFaults, UnknownTagIsKeptByItsNumberAndAKnownOneIsNoFault) {
    const auto report = read_with(7001, "abc");
    expect_fault(report, ReportFault::UnknownTag, 7001);
    EXPECT_EQ(core::find_field(report.fields, "7001"), "abc");
    for (const int tag : {30, 956, 797, 9945, 1500, 6408, 6409}) {
        EXPECT_TRUE(read_with(tag, "1").faults.empty()) << tag;
    }
    expect_fault(read_with(957, "1"), ReportFault::UnknownTag, 957);
    EXPECT_EQ(read_with(9945, "77").orig_order_id, "77");
}

TEST_F(ReportFaults, NamedFieldsOfTheProfileComeByNameInTheirMessagesAlone) {
    Profile profile;
    profile.fields = {{"desk", 7001, FieldType::Int, {"8"}, {}, {}, false},
                      {"strategy", 7002, FieldType::String, {"D"}, {}, {}, false}};
    const Dialect dialect{profile, "ACC-1"};
    const auto report = execution_report_from_fix(
        received_.parse("35=8|34=9|37=V|11=A|17=E|150=0|39=0|55=X|54=1|38=5|151=5|14=0|6=0|7001=x|"
                        "7002=y|"),
        dialect, kReceived, inbound_);
    EXPECT_EQ(core::find_field(report.fields, "desk"), "x");
    EXPECT_TRUE(core::find_field(report.fields, "7002").empty());
    expect_fault(report, ReportFault::UnreadableField, 7001);
}

TEST_F(ReportFaults, FieldsThatDoNotFitAreLeftOutAndTheRestIsWellFormed) {
    std::string body = "35=8|34=9|37=V|11=A|17=E|150=0|39=0|55=X|54=1|38=5|151=5|14=0|6=0|";
    for (int tag = 7000; tag < 7400; ++tag) body += std::to_string(tag) + "=0123456789|";
    const auto report = read(body);
    EXPECT_LE(report.fields.size(), Inbound::kMaxFields);
    EXPECT_GT(report.fields.size(), Inbound::kMaxFields - 32);
    EXPECT_TRUE(core::is_well_formed(report.fields));
}

TEST_F(ReportFaults, PictureOfAnOrderHasNoFillToBook) {
    const auto report = read_with(150, "I");
    EXPECT_EQ(report.exec_type, core::ExecType::OrderStatus);
    EXPECT_FALSE(report.last_qty.has_value());
    EXPECT_FALSE(report.last_px.has_value());
    EXPECT_EQ(report.cum_qty, Decimal::parse("5"));
    EXPECT_EQ(report.leaves_qty, Decimal::parse("4"));
}

TEST_F(ReportFaults, EitherFieldOfExpiryIsRead) {
    EXPECT_EQ(read_with(432, "20260105").expire_time,
              core::UtcTime{std::chrono::seconds{1'767'571'200}});
    EXPECT_EQ(read_with(126, "20260105-12:00:00").expire_time,
              core::UtcTime{std::chrono::seconds{1'767'614'400}});
}

TEST_F(ReportFaults, TrailingStopIsReadBackByTheProfilesEncoding) {
    Profile profile;
    profile.orders.ord_types = {core::OrdType::TrailingStop, core::OrdType::Pegged};
    const Dialect dialect{profile, "ACC-1"};
    const auto type_of = [&](const std::string& fields) {
        return execution_report_from_fix(
                   received_.parse("35=8|34=9|37=V|17=E|150=0|39=0|" + fields), dialect, kReceived,
                   inbound_)
            .ord_type;
    };
    EXPECT_EQ(type_of("40=P|18=G a|"), core::OrdType::TrailingStop);
    EXPECT_EQ(type_of("40=P|18=R|"), core::OrdType::Pegged);
}

TEST_F(ReportFaults, SymbolsComeBackUnderTheHostsName) {
    Profile profile;
    profile.symbols.map["EURUSD"] = {"EUR/USD", "", {}};
    profile.symbols.sfx_separator = ".";
    const Dialect dialect{profile, "ACC-1"};
    const auto symbol_of = [&](const std::string& fields) {
        return std::string{
            execution_report_from_fix(received_.parse("35=8|34=9|37=V|17=E|150=0|39=0|" + fields),
                                      dialect, kReceived, inbound_)
                .symbol};
    };
    EXPECT_EQ(symbol_of("55=EUR/USD|"), "EURUSD");
    EXPECT_EQ(symbol_of("55=BRK|65=B|"), "BRK.B");
    EXPECT_EQ(symbol_of("55=AAPL|"), "AAPL");
}

}  // namespace
}  // namespace broker::dxtrade::fix
