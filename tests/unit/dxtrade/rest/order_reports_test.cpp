#include "dxtrade/rest/order_reports.hpp"

#include "unit/dxtrade/rest/rest_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::ExecType;
using core::ExecutionReport;
using core::OrdStatus;
using core::ReportFault;

std::vector<OrderReport> reports_of(const RestOrder& order) {
    std::vector<OrderReport> reports;
    execution_reports(order, report_context(), reports);
    return reports;
}

TEST(OrderReports, TellsAFillWithAllItsFigures) {
    const RestOrder order = orders_of("orders_filled.json").at(0);
    const auto reports = reports_of(order);
    ASSERT_EQ(reports.size(), 2U);
    EXPECT_EQ(reports[0].report.exec_type, ExecType::New);
    EXPECT_EQ(reports[0].report.ord_status, OrdStatus::New);
    const ExecutionReport& fill = reports[1].report;
    EXPECT_EQ(fill.exec_type, ExecType::Trade);
    EXPECT_EQ(fill.ord_status, OrdStatus::Filled);
    EXPECT_EQ(fill.exec_id, "ex2");
    EXPECT_EQ(fill.order_id, "700411");
    EXPECT_EQ(fill.cl_ord_id, "ea7-000123");
    EXPECT_EQ(fill.symbol, "EURUSD");
    EXPECT_EQ(fill.position_code, "700411");
    EXPECT_EQ(fill.position_effect, core::PositionEffect::Open);
    EXPECT_EQ(fill.last_qty, decimal("20000"));
    EXPECT_EQ(fill.last_px, decimal("1.20011"));
    EXPECT_EQ(fill.cum_qty, decimal("20000"));
    EXPECT_EQ(fill.leaves_qty, decimal("0"));
    EXPECT_EQ(fill.avg_px, decimal("1.20011"));
    EXPECT_EQ(fill.channel, core::Channel::Rest);
    EXPECT_TRUE(fill.faults.empty());
}

TEST(OrderReports, TellsReplaceFillAndCancelInTheirOrder) {
    const RestOrder order = orders_of("orders_history.json").at(0);
    const auto reports = reports_of(order);
    ASSERT_EQ(reports.size(), 4U);
    EXPECT_EQ(reports[0].report.exec_type, ExecType::New);
    EXPECT_EQ(reports[1].report.exec_type, ExecType::Replaced);
    EXPECT_EQ(reports[1].update_order_id, "700416");
    EXPECT_EQ(reports[2].report.exec_type, ExecType::Trade);
    EXPECT_EQ(reports[2].report.ord_status, OrdStatus::PartiallyFilled);
    EXPECT_EQ(reports[2].report.last_qty, decimal("4000"));  // signed -4000 at the venue
    EXPECT_EQ(reports[3].report.exec_type, ExecType::Canceled);
    EXPECT_EQ(reports[3].report.cum_qty, decimal("4000"));
    EXPECT_EQ(reports[3].report.leaves_qty, decimal("0"));
}

TEST(OrderReports, GiveTheTermsOfTheLastChangeToNoReportBeforeIt) {
    const RestOrder order = orders_of("orders_history.json").at(0);
    const auto reports = reports_of(order);
    EXPECT_FALSE(reports.at(0).report.order_qty);
    EXPECT_FALSE(reports.at(0).report.price);
    EXPECT_EQ(reports.at(3).report.order_qty, decimal("10000"));
    EXPECT_EQ(reports.at(3).report.price, decimal("1.2345"));
}

TEST(OrderReports, TellsTheVenuesReasonOfARejection) {
    const RestOrder order = orders_of("orders_history.json").at(1);
    const auto reports = reports_of(order);
    ASSERT_EQ(reports.size(), 1U);
    EXPECT_EQ(reports[0].report.exec_type, ExecType::Rejected);
    EXPECT_EQ(reports[0].report.ord_status, OrdStatus::Rejected);
    EXPECT_EQ(reports[0].report.text, "Not enough margin");
    EXPECT_EQ(reports[0].report.ord_rej_reason, "2001");
    EXPECT_EQ(order_picture(order, report_context()).text, "Not enough margin");
}

TEST(OrderReports, RepeatsNoNewForASecondStateWithoutAChange) {
    RestOrder order;
    for (const auto status : {RestOrderStatus::Accepted, RestOrderStatus::Working}) {
        RestExecution& execution = order.executions.emplace_back();
        execution.status = status;
        execution.update_order_id = "1";
    }
    const auto reports = reports_of(order);
    EXPECT_EQ(reports.at(0).report.exec_type, ExecType::New);
    EXPECT_EQ(reports.at(1).report.exec_type, ExecType::OrderStatus);
}

TEST(OrderReports, FlagsAFillThatLacksItsPriceOrItsId) {
    RestOrder order;
    RestExecution& execution = order.executions.emplace_back();
    execution.status = RestOrderStatus::Working;
    execution.last_quantity = decimal("5");
    const auto reports = reports_of(order);
    EXPECT_EQ(reports.at(0).report.exec_type, ExecType::Trade);
    EXPECT_FALSE(reports[0].report.last_px);
    EXPECT_TRUE(reports[0].report.faults.contains(ReportFault::MissingField));
}

TEST(OrderReports, MapsTheVenuesSymbolBack) {
    const RestOrder order = orders_of("orders_open_group.json").at(0);
    EXPECT_EQ(order_picture(order, report_context()).symbol, "GOLD");
}

TEST(OrderReports, PutsTheLegsPriceByTheOrdersType) {
    const auto orders = orders_of("orders_open_group.json");
    const ExecutionReport limit = order_picture(orders.at(0), report_context());
    EXPECT_EQ(limit.price, decimal("2900"));
    EXPECT_FALSE(limit.stop_px);
    const ExecutionReport stop = order_picture(orders.at(1), report_context());
    EXPECT_EQ(stop.stop_px, decimal("2890.5"));
    EXPECT_FALSE(stop.price);
    EXPECT_FALSE(stop.order_qty);
    EXPECT_FALSE(stop.cum_qty);
    const auto of_xt = orders_of("orders_xt.json");
    const ExecutionReport stop_limit = order_picture(of_xt.at(0), report_context());
    EXPECT_EQ(stop_limit.price, decimal("202"));
    EXPECT_EQ(stop_limit.stop_px, decimal("201.5"));
    EXPECT_EQ(order_picture(of_xt.at(1), report_context()).stop_px, decimal("198.25"));
}

TEST(OrderReports, ShowsNothingToBookInAPicture) {
    const RestOrder order = orders_of("orders_filled.json").at(0);
    const ExecutionReport picture = order_picture(order, report_context());
    EXPECT_EQ(picture.exec_type, ExecType::OrderStatus);
    EXPECT_EQ(picture.ord_status, OrdStatus::Filled);
    EXPECT_FALSE(picture.last_qty);
    EXPECT_FALSE(picture.last_px);
    EXPECT_EQ(picture.cum_qty, decimal("20000"));
}

TEST(OrderReports, FlagsAPictureWhoseQuantitiesDisagree) {
    RestOrder order = orders_of("orders_open_group.json").at(0);
    EXPECT_TRUE(order_picture(order, report_context()).faults.empty());
    order.legs[0].remaining_quantity = decimal("1");
    EXPECT_TRUE(
        order_picture(order, report_context()).faults.contains(ReportFault::QuantitiesDisagree));
}

struct StatusCase {
    RestOrderStatus status;
    std::optional<bool> is_final;
    const char* filled;
    OrdStatus expected;
};

TEST(OrderReports, TrustsFinalStatusOverTheWord) {
    using S = RestOrderStatus;
    const std::vector<StatusCase> cases{
        {S::Accepted, false, "0", OrdStatus::New},
        {S::Accepted, std::nullopt, "0", OrdStatus::New},
        {S::Accepted, false, "4", OrdStatus::PartiallyFilled},
        {S::Accepted, true, "0", OrdStatus::Unspecified},
        {S::Working, false, "0", OrdStatus::New},
        {S::Working, std::nullopt, "4", OrdStatus::PartiallyFilled},
        {S::Working, true, "4", OrdStatus::Unspecified},
        {S::Working, true, "10", OrdStatus::Filled},
        {S::Completed, true, "10", OrdStatus::Filled},
        {S::Completed, std::nullopt, "10", OrdStatus::Filled},
        {S::Completed, false, "4", OrdStatus::PartiallyFilled},
        {S::Canceled, true, "4", OrdStatus::Canceled},
        {S::Canceled, std::nullopt, "0", OrdStatus::Canceled},
        {S::Canceled, false, "0", OrdStatus::PendingCancel},
        {S::Expired, true, "4", OrdStatus::Expired},
        {S::Expired, std::nullopt, "0", OrdStatus::Expired},
        {S::Expired, false, "0", OrdStatus::New},
        {S::Rejected, true, "0", OrdStatus::Rejected},
        {S::Rejected, std::nullopt, "0", OrdStatus::Rejected},
        {S::Rejected, false, "0", OrdStatus::Unspecified},
        {S::Unspecified, true, "0", OrdStatus::Unspecified},
        {S::Unspecified, false, "0", OrdStatus::Unspecified},
    };
    for (const StatusCase& one : cases) {
        RestOrder order;
        order.status = one.status;
        order.is_final = one.is_final;
        RestLeg& leg = order.legs.emplace_back();
        leg.quantity = decimal("10");
        leg.filled_quantity = decimal(one.filled);
        leg.remaining_quantity = leg.quantity->minus(*leg.filled_quantity);
        const ExecutionReport picture = order_picture(order, report_context());
        EXPECT_EQ(picture.ord_status, one.expected)
            << static_cast<int>(one.status) << ' ' << one.filled;
        EXPECT_EQ(picture.faults.contains(ReportFault::UnknownValue),
                  one.expected == OrdStatus::Unspecified);
    }
}

TEST(OrderReports, AcknowledgesWithoutSayingTheOrdersState) {
    const OrderResponse response{"700411", "700411"};
    const ExecutionReport report = acknowledgement("A-1", response, report_context());
    EXPECT_EQ(report.ord_status, OrdStatus::PendingNew);
    EXPECT_EQ(report.order_id, "700411");
    EXPECT_FALSE(report.cum_qty);
}

}  // namespace
}  // namespace broker::dxtrade::rest
