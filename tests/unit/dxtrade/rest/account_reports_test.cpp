#include "dxtrade/rest/account_reports.hpp"

#include "dxtrade/rest/instrument_reports.hpp"
#include "unit/dxtrade/rest/rest_fixture.hpp"

namespace broker::dxtrade::rest {
namespace {

using core::Side;
using test::payload;

RestPosition position_of(std::string_view quantity, Side side) {
    RestPosition position;
    position.symbol = "XAUUSD";
    position.quantity = decimal(quantity);
    position.side = side;
    return position;
}

TEST(AccountReports, TakeTheSignFromTheSideAndElseFromTheQuantity) {
    EXPECT_EQ(signed_quantity(position_of("5", Side::Buy)), decimal("5"));
    EXPECT_EQ(signed_quantity(position_of("5", Side::Sell)), decimal("-5"));
    EXPECT_EQ(signed_quantity(position_of("-5", Side::Sell)), decimal("-5"));
    EXPECT_EQ(signed_quantity(position_of("-5", Side::Buy)), decimal("5"));
    EXPECT_EQ(signed_quantity(position_of("-5", Side::Unspecified)), decimal("-5"));
    EXPECT_FALSE(signed_quantity(RestPosition{}));
}

TEST(AccountReports, TellAPositionsLongAndShortQuantity) {
    const RestPosition short_position = position_of("2.5", Side::Sell);
    const core::PositionReport report = position_report(short_position, report_context());
    EXPECT_EQ(report.symbol, "GOLD");
    EXPECT_EQ(report.long_qty, decimal("0"));
    EXPECT_EQ(report.short_qty, decimal("2.5"));
    RestPosition unreadable = position_of("1", Side::Buy);
    unreadable.quantity.reset();
    EXPECT_FALSE(position_report(unreadable, report_context()).long_qty);
    EXPECT_FALSE(position_report(unreadable, report_context()).short_qty);
}

TEST(AccountReports, TellTheFiguresThatThereAreAndNoOthers) {
    ReadFaults faults;
    const auto metrics = metrics_from_json(payload("metrics_partial.json"), faults);
    ASSERT_TRUE(metrics);
    AccountDetails details;
    details.base_currency = "USD";
    details.account_status = "CLOSE_ONLY";
    const core::AccountSummary summary =
        account_summary(metrics->at(0), &details, report_context());
    EXPECT_EQ(summary.currency, "USD");
    EXPECT_EQ(summary.account_status, "CLOSE_ONLY");
    EXPECT_EQ(summary.margin, decimal("240"));
    EXPECT_EQ(summary.version, 5121U);
    EXPECT_FALSE(summary.equity);
    EXPECT_FALSE(summary.balance);
    EXPECT_FALSE(summary.open_positions_count);
}

TEST(AccountReports, TellTheBalanceInTheAccountsCurrency) {
    Portfolio portfolio;
    portfolio.balances.push_back({"", std::nullopt, decimal("10"), "USD"});
    EXPECT_EQ(account_summary(portfolio, nullptr, report_context()).balance, decimal("10"));
    portfolio.balances.push_back({"", std::nullopt, decimal("20"), "EUR"});
    EXPECT_FALSE(account_summary(portfolio, nullptr, report_context()).balance);
    AccountDetails details;
    details.base_currency = "EUR";
    EXPECT_EQ(account_summary(portfolio, &details, report_context()).balance, decimal("20"));
    details.base_currency = "CHF";
    EXPECT_FALSE(account_summary(portfolio, &details, report_context()).balance);
}

TEST(AccountReports, TellEachBookingOfATransfer) {
    ReadFaults faults;
    const auto transfers = cash_transfers_from_json(payload("transfers.json"), faults);
    ASSERT_TRUE(transfers);
    std::vector<core::CashTransfer> told;
    for (const RestCashTransfer& transfer : *transfers) {
        cash_transfers(transfer, report_context(),
                       [&](const core::CashTransfer& record) { told.push_back(record); });
    }
    ASSERT_EQ(told.size(), 3U);
    EXPECT_EQ(told[0].transaction_id, "ct1");
    EXPECT_EQ(told[0].value, decimal("10000"));
    EXPECT_EQ(told[1].type, "COST");
    EXPECT_EQ(told[1].transact_time, transfers->at(0).transaction_time);
    EXPECT_EQ(told[2].transfer_id, "t2");
    EXPECT_FALSE(told[2].value);
}

TEST(AccountReports, TellEventsOfTheRiskDesk) {
    ReadFaults faults;
    const auto events = account_events_from_json(payload("events.json"), faults);
    ASSERT_TRUE(events);
    const core::AccountEvent event = account_event(events->at(1), report_context());
    EXPECT_EQ(event.type, "LIQUIDATION");
    EXPECT_EQ(event.text, "stop out");
    EXPECT_EQ(event.risk_level, decimal("0.49"));
    EXPECT_FALSE(event.threshold);
}

struct InstrumentReports : testing::Test {
    void SetUp() override {
        ReadFaults faults;
        instruments = *instruments_from_json(payload("instruments.json"), faults);
        details = *instrument_details_from_json(payload("instrument_details.json"), faults);
    }
    std::vector<RestInstrument> instruments;
    std::vector<InstrumentDetails> details;
    std::string fields;
};

TEST_F(InstrumentReports, TurnLotsIntoUnits) {
    const core::Instrument record =
        instrument_report(instruments.at(0), &details.at(0), report_context(), fields);
    EXPECT_EQ(record.symbol, "EURUSD");
    EXPECT_EQ(record.min_qty, decimal("1000"));
    EXPECT_EQ(record.max_qty, decimal("5000000"));
    EXPECT_EQ(record.qty_increment, decimal("1000"));
    EXPECT_EQ(record.lot_size, decimal("100000"));
    EXPECT_EQ(record.margin_rate, decimal("0.01"));
    EXPECT_EQ(record.trading_status, "FULL");
    EXPECT_EQ(core::find_field(record.fields, "margin_tiers"), "1000000:0.01,:0.02");
    EXPECT_EQ(core::find_field(record.fields, "first_currency"), "EUR");
    EXPECT_TRUE(core::is_well_formed(record.fields));
}

TEST_F(InstrumentReports, TellALimitInMoneyAsSuch) {
    const core::Instrument record =
        instrument_report(instruments.at(2), &details.at(1), report_context(), fields);
    EXPECT_EQ(record.min_qty, decimal("1"));
    EXPECT_FALSE(record.max_qty);
    EXPECT_EQ(core::find_field(record.fields, "max_order_notional"), "250000");
    EXPECT_EQ(record.margin_rate, decimal("0.1"));
    EXPECT_EQ(record.qty_increment, decimal("0.01"));
}

TEST_F(InstrumentReports, LeaveOutTheAccountsTermsWhereThereAreNone) {
    const core::Instrument record =
        instrument_report(instruments.at(0), nullptr, report_context(), fields);
    EXPECT_EQ(record.trading_status, "");
    EXPECT_FALSE(record.min_qty);
    EXPECT_FALSE(record.margin_rate);
}

TEST_F(InstrumentReports, KnowNoSizeInLotsOfAnUnknownSize) {
    EXPECT_FALSE(size_in_units(decimal("1"), "LOTS", std::nullopt));
    EXPECT_EQ(size_in_units(decimal("1"), "", std::nullopt), decimal("1"));
    EXPECT_FALSE(size_in_units(decimal("1"), "NOTIONAL_CURRENCY", decimal("10")));
    EXPECT_FALSE(size_in_units(std::nullopt, "LOTS", decimal("10")));
}

TEST_F(InstrumentReports, TellACurrencyFromAnInstrument) {
    EXPECT_TRUE(is_tradable(instruments.at(0)));
    EXPECT_FALSE(is_tradable(instruments.at(1)));
}

}  // namespace
}  // namespace broker::dxtrade::rest
