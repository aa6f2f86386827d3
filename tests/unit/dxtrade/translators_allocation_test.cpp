// The order path allocates nothing once its buffers have grown.
#include <gtest/gtest.h>

#include "dxtrade/fix/order_messages.hpp"
#include "dxtrade/fix/report_messages.hpp"
#include "support/allocation_count.hpp"
#include "unit/dxtrade/dxtrade_fixture.hpp"

namespace broker::dxtrade::fix {
namespace {

Profile profile() {
    Profile result;
    result.fields = {{"capacity", 528, FieldType::Char, {"D", "8"}, {}, "P", false}};
    result.parties = {{"", "FIRM", 'D', 1, {"D"}, false}};
    result.required_tags["D"] = {38, 528};
    result.symbols.map["EURUSD"] = {"EUR", "USD", {}};
    return result;
}

TEST(TranslatorsAllocation, NewOrderIsEncodedWithoutAny) {
    const Dialect dialect{profile(), "default:ACC-1"};
    broker::fix::MessageEncoder encoder;
    core::NewOrder order;
    order.cl_ord_id = core::ClOrdID::from("A-1").value();
    order.symbol = core::Symbol::from("EURUSD").value();
    order.side = core::Side::Buy;
    order.ord_type = core::OrdType::Market;
    order.time_in_force = core::TimeInForce::Day;
    order.order_qty = core::Decimal::parse("1").value();
    const std::size_t before = test::allocation_count();
    const bool is_encoded = to_fix(order, dialect, core::UtcTime{}, encoder).has_value();
    EXPECT_EQ(test::allocation_count(), before);
    EXPECT_TRUE(is_encoded);
}

TEST(TranslatorsAllocation, ReportWithNamedAndUnknownFieldsIsReadWithoutAny) {
    const Dialect dialect{profile(), "default:ACC-1"};
    Inbound inbound;
    ReceivedMessage received;
    const auto& message = received.parse(
        "35=8|34=9|37=V|11=A|17=E|150=F|39=1|55=EUR|65=USD|54=1|38=9|32=5|31=1.1|151=4|14=5|6=1.1|"
        "528=P|7001=a long value of a tag that nobody knows here|7002=another one|");
    (void)execution_report_from_fix(message, dialect, {}, inbound);
    const std::size_t before = test::allocation_count();
    const auto report = execution_report_from_fix(message, dialect, {}, inbound);
    EXPECT_EQ(test::allocation_count(), before);
    EXPECT_EQ(report.symbol, "EURUSD");
    EXPECT_EQ(core::find_field(report.fields, "7002"), "another one");
}

}  // namespace
}  // namespace broker::dxtrade::fix
