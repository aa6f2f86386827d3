// Messages of the venue that are not as they should be, on every session: each is told, logged and
// counted, moves no position by itself, and the next order trades.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using simulator::FixMessage;
using simulator::Listener;
using simulator::LoggedMessage;

FixMessage with(FixMessage message, int tag, const std::string& value) {
    for (auto& field : message.fields) {
        if (field.tag != tag) continue;
        field.value = value;
        return message;
    }
    message.add(tag, value);
    return message;
}

FixMessage without(FixMessage message, int tag) {
    auto& fields = message.fields;
    fields.erase(std::remove_if(fields.begin(), fields.end(),
                                [tag](const auto& field) { return field.tag == tag; }),
                 fields.end());
    return message;
}

class FaultsOfTheVenue : public testing::Test {
protected:
    void start() {
        rig_.add_drop_copy();
        const std::string port = std::to_string(rig_.venue().port(Listener::FixMarketData));
        rig_.account().session_extra +=
            "      market_data:\n        hosts: [\"127.0.0.1:" + port +
            "\"]\n        sender_comp_id: ACC1-MD\n        target_comp_id: DXTRADE-MD\n"
            "        username: user-ACC-1\n        password: file:" +
            (rig_.account().venue / rig_.account().password).string() + "\n";
        rig_.start();
        ASSERT_TRUE(rig_.wait_ready("ACC-1")) << rig_.log();
        for (const broker_channel_t channel :
             {BROKER_CHANNEL_FIX_DROP_COPY, BROKER_CHANNEL_FIX_MARKET_DATA}) {
            ASSERT_TRUE(rig_.events().wait_for([channel](const RecordedEvent& event) {
                return event.channel == channel && event.reason == BROKER_REASON_LOGON_ACCEPTED;
            })) << rig_.log();
        }
    }
    // X works at the venue, which is played by hand from here on.
    void start_with_order() {
        start();
        rig_.venue().set_manual(true);
        ASSERT_TRUE(rig_.submit({.id = "X", .price = "1.1"}).is_ok());
        const auto has_come = [](const auto& messages) {
            return std::any_of(messages.begin(), messages.end(), [](const LoggedMessage& logged) {
                return logged.message.value(11) == "X";
            });
        };
        ASSERT_TRUE(rig_.venue().messages().wait_until(has_come, RecordingEvents::kPatience));
        ASSERT_TRUE(rig_.venue().send("ACC1", report("E-1", "0", "0")));
        ASSERT_TRUE(rig_.events().wait_for(order_status("X", BROKER_ORD_STATUS_NEW)));
    }
    static FixMessage report(const std::string& exec_id, const std::string& exec_type,
                             const std::string& ord_status) {
        FixMessage message{"8", {}};
        message.fields = {{37, "O-1"},      {11, "X"},      {17, exec_id}, {150, exec_type},
                          {39, ord_status}, {55, "EURUSD"}, {54, "1"},     {38, "1000"},
                          {40, "2"},        {44, "1.1"},    {14, "0"},     {151, "1000"},
                          {6, "0"}};
        return message;
    }
    // 100 of X.
    static FixMessage fill(const std::string& exec_id) {
        FixMessage message = report(exec_id, "F", "1");
        message.add(32, "100");
        message.add(31, "1.1");
        return with(with(message, 14, "100"), 151, "900");
    }

    void send(broker_channel_t channel, const FixMessage& message) {
        const bool is_sent = channel == BROKER_CHANNEL_FIX_TRADING
                                 ? rig_.venue().send("ACC1", message)
                             : channel == BROKER_CHANNEL_FIX_DROP_COPY
                                 ? rig_.venue().send_drop_copy("ACC1-DC", message)
                                 : rig_.venue().send_market_data("ACC1-MD", message);
        ASSERT_TRUE(is_sent);
    }
    // The message is told for this reason, on its channel, in a log line, and counted.
    void expect_fault(broker_channel_t channel, const FixMessage& message, broker_reason_t reason) {
        SCOPED_TRACE(std::string{sdk::reason_name(reason)});
        const auto is_it = [=](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_VENUE_FAULT && event.channel == channel &&
                   event.reason == reason;
        };
        const std::size_t before = rig_.events().count(is_it);
        const std::uint64_t counted = status().venue_fault_count;
        send(channel, message);
        ASSERT_TRUE(rig_.events().wait_for_count(is_it, before + 1)) << rig_.log();
        const RecordedEvent told = rig_.events().find(is_it).back();
        EXPECT_EQ(told.msg_type, message.msg_type);
        EXPECT_FALSE(told.text.empty());
        EXPECT_GT(status().venue_fault_count, counted);
        EXPECT_TRUE(rig_.wait_for_log("venue-fault account=ACC-1 reason=" +
                                      std::string{sdk::reason_name(reason)}));
    }
    broker_account_status_t status() {
        broker_account_status_t status{};
        EXPECT_TRUE(rig_.adapter().accounts()->get_status("ACC-1", status).is_ok());
        return status;
    }
    std::string position() {
        const std::uint64_t id = ++last_request_id_;
        EXPECT_TRUE(
            rig_.adapter().positions()->request_from_fills(sdk::query("ACC-1", id)).is_ok());
        EXPECT_TRUE(rig_.events().wait_for(request_done(id)));
        const auto found = rig_.events().find([id](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_POSITION && event.request_id == id;
        });
        return found.empty() ? "none" : found.front().net_qty_from_fills;
    }
    // No session has ended, and the next order is filled.
    void expect_trades_on() {
        rig_.venue().set_manual(false);
        ASSERT_TRUE(rig_.submit({.id = "NEXT"}).is_ok());
        EXPECT_TRUE(rig_.events().wait_for(order_status("NEXT", BROKER_ORD_STATUS_FILLED)))
            << rig_.log();
        const auto ended = [](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_SESSION && event.next_attempt_ms >= 0 &&
                   event.reason != BROKER_REASON_STARTED;  // waits for its first turn
        };
        EXPECT_EQ(rig_.events().count(ended), 0U) << rig_.log();
        const broker_account_status_t now = status();
        EXPECT_EQ(now.drop_copy_state, BROKER_ACCOUNT_STATE_READY);
        EXPECT_EQ(now.market_data_state, BROKER_ACCOUNT_STATE_READY);
    }

    TradingRig rig_{{"ACC-1"}};
    std::uint64_t last_request_id_ = 100;
};

TEST_F(FaultsOfTheVenue, ReportsWithFaultsAreToldOnBothSessionsAndMoveNothing) {
    start_with_order();
    int exec_id = 100;
    for (const broker_channel_t channel :
         {BROKER_CHANNEL_FIX_TRADING, BROKER_CHANNEL_FIX_DROP_COPY}) {
        const auto next = [&] { return report("E-" + std::to_string(++exec_id), "0", "0"); };
        expect_fault(channel, with(next(), 14, "ten"), BROKER_REASON_FIELD_UNREADABLE);
        expect_fault(channel, with(next(), 60, "yesterday"), BROKER_REASON_FIELD_UNREADABLE);
        expect_fault(channel, without(next(), 14), BROKER_REASON_FIELD_MISSING);
        expect_fault(channel, without(next(), 17), BROKER_REASON_FIELD_MISSING);
        expect_fault(channel, with(next(), 151, "-5"), BROKER_REASON_VALUE_NEGATIVE);
        expect_fault(channel, with(next(), 151, "999"), BROKER_REASON_QUANTITIES_DISAGREE);
        expect_fault(channel, with(next(), 150, "z"), BROKER_REASON_VALUE_UNKNOWN);
        expect_fault(channel, with(next(), 39, "z"), BROKER_REASON_VALUE_UNKNOWN);
        expect_fault(channel, with(next(), 7777, "what"), BROKER_REASON_TAG_UNKNOWN);
        expect_fault(channel, {"U1", {{58, "what"}}}, BROKER_REASON_MSG_TYPE_UNKNOWN);
        if (HasFailure()) return;
    }
    const broker_account_status_t now = status();
    EXPECT_EQ(now.unknown_tag_count, 2U);
    EXPECT_EQ(now.unknown_msg_type_count, 2U);
    EXPECT_EQ(now.unknown_value_count, 4U);
    EXPECT_EQ(position(), "none");
    ASSERT_TRUE(rig_.venue().send("ACC1", fill("E-2")));
    ASSERT_TRUE(rig_.events().wait_for(fill_of("X"))) << rig_.log();
    EXPECT_EQ(position(), "100");
    expect_trades_on();
}

TEST_F(FaultsOfTheVenue, FillsWithFaultsBookWhatIsCertain) {
    start_with_order();
    constexpr auto kTrading = BROKER_CHANNEL_FIX_TRADING;
    expect_fault(kTrading, with(fill("E-2"), 32, "-100"), BROKER_REASON_VALUE_NEGATIVE);
    expect_fault(kTrading, with(fill("E-3"), 151, "12345"), BROKER_REASON_QUANTITIES_DISAGREE);
    EXPECT_EQ(position(), "100");
    // The same ExecID says another quantity: the first counts.
    expect_fault(kTrading, with(fill("E-3"), 32, "200"), BROKER_REASON_EXEC_ID_REPEATED);
    EXPECT_EQ(position(), "100");
    // And one that says nothing else is no news at all.
    const auto faults = status().venue_fault_count;
    ASSERT_TRUE(rig_.venue().send("ACC1", fill("E-3")));
    expect_fault(kTrading, {"U1", {}}, BROKER_REASON_MSG_TYPE_UNKNOWN);
    EXPECT_EQ(status().venue_fault_count, faults + 1);
    EXPECT_EQ(position(), "100");
    expect_trades_on();
}

TEST_F(FaultsOfTheVenue, ReportOfAnOrderThatNobodySentIsToldAndItsFillCounts) {
    start_with_order();
    FixMessage other = with(with(fill("E-7"), 11, "OTHER"), 37, "O-7");
    expect_fault(BROKER_CHANNEL_FIX_TRADING, other, BROKER_REASON_ORDER_NOT_OURS);
    ASSERT_EQ(rig_.events().count(fill_of("OTHER")), 1U);
    EXPECT_TRUE(rig_.events().find(fill_of("OTHER"))[0].is_unsolicited);
    EXPECT_EQ(position(), "100");
    expect_trades_on();
}

TEST_F(FaultsOfTheVenue, GroupsWhoseCountLiesAreReadAsTheyAre) {
    start_with_order();
    constexpr auto kTrading = BROKER_CHANNEL_FIX_TRADING;
    const FixMessage list{"N",
                          {{66, "L"},
                           {429, "2"},
                           {82, "1"},
                           {431, "3"},
                           {83, "1"},
                           {68, "1"},
                           {73, "9"},
                           {11, "X"},
                           {14, "0"},
                           {39, "0"},
                           {151, "1000"},
                           {84, "0"},
                           {6, "0"}}};
    expect_fault(kTrading, list, BROKER_REASON_FIELD_UNREADABLE);
    const FixMessage position_report{"AP",
                                     {{721, "P"},
                                      {728, "0"},
                                      {1, "default:ACC-1"},
                                      {581, "1"},
                                      {55, "EURUSD"},
                                      {702, "5"},
                                      {703, "TQ"},
                                      {704, "7"},
                                      {705, "0"}}};
    expect_fault(kTrading, position_report, BROKER_REASON_FIELD_UNREADABLE);
    const FixMessage securities{
        "y", {{320, "S"}, {322, "R"}, {560, "0"}, {146, "1000000"}, {55, "EURUSD"}}};
    expect_fault(kTrading, securities, BROKER_REASON_FIELD_UNREADABLE);
    EXPECT_EQ(position(), "none");
    expect_trades_on();
}

TEST_F(FaultsOfTheVenue, AllocationReportIsKeptInTheLogOfBothSessionsAndIsNoFault) {
    start_with_order();
    const FixMessage allocation{"AS",
                                {{755, "AL-1"},
                                 {71, "0"},
                                 {794, "4"},
                                 {87, "0"},
                                 {857, "0"},
                                 {54, "1"},
                                 {55, "EURUSD"},
                                 {53, "100"},
                                 {6, "1.1"},
                                 {75, "20261126"}}};
    for (const broker_channel_t channel :
         {BROKER_CHANNEL_FIX_TRADING, BROKER_CHANNEL_FIX_DROP_COPY}) {
        const auto faults = status().venue_fault_count;
        send(channel, allocation);
        expect_fault(channel, {"U1", {}}, BROKER_REASON_MSG_TYPE_UNKNOWN);
        EXPECT_EQ(status().venue_fault_count, faults + 1);
    }
    EXPECT_TRUE(rig_.wait_for_log("AllocationReport|755=AL-1"));
    EXPECT_TRUE(rig_.wait_for_log("channel=fix.drop_copy\n")) << rig_.log();
    EXPECT_EQ(position(), "none");
    expect_trades_on();
}

TEST_F(FaultsOfTheVenue, CancelRejectWithFaultsLeavesTheOrder) {
    start_with_order();
    FixMessage reject{"9", {{37, "O-1"}, {11, "X"}, {41, "X"}, {39, "z"}, {434, "1"}, {102, "0"}}};
    expect_fault(BROKER_CHANNEL_FIX_TRADING, reject, BROKER_REASON_VALUE_UNKNOWN);
    expect_fault(BROKER_CHANNEL_FIX_TRADING, without(reject, 434), BROKER_REASON_FIELD_MISSING);
    EXPECT_EQ(status().live_order_count, 1U);
    expect_trades_on();
}

TEST_F(FaultsOfTheVenue, MarketDataWithFaultsIsToldAndTradingGoesOn) {
    start();
    ASSERT_TRUE(
        rig_.adapter().market_data()->subscribe(sdk::quotes_of("ACC-1", 7, "EURUSD")).is_ok());
    const auto quote = [](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_QUOTE && event.request_id == 7;
    };
    ASSERT_TRUE(rig_.events().wait_for(quote)) << rig_.log();
    constexpr auto kMarketData = BROKER_CHANNEL_FIX_MARKET_DATA;
    const auto messages = rig_.venue().messages().all();
    const auto request = std::find_if(messages.begin(), messages.end(), [](const auto& logged) {
        return logged.message.msg_type == "V";
    });
    ASSERT_NE(request, messages.end());
    const FixMessage snapshot{"W",
                              {{262, request->message.value(262)},
                               {55, "EURUSD"},
                               {268, "1"},
                               {269, "0"},
                               {278, "B-1"},
                               {270, "1.1"},
                               {271, "1000"}}};
    expect_fault(kMarketData, with(snapshot, 270, "dear"), BROKER_REASON_FIELD_UNREADABLE);
    expect_fault(kMarketData, with(snapshot, 268, "900"), BROKER_REASON_FIELD_UNREADABLE);
    expect_fault(kMarketData, without(snapshot, 270), BROKER_REASON_FIELD_MISSING);
    expect_fault(kMarketData, with(snapshot, 271, "-5"), BROKER_REASON_VALUE_NEGATIVE);
    expect_fault(kMarketData, with(snapshot, 269, "z"), BROKER_REASON_VALUE_UNKNOWN);
    expect_fault(kMarketData, {"U1", {{58, "what"}}}, BROKER_REASON_MSG_TYPE_UNKNOWN);
    const std::size_t quotes = rig_.events().count(quote);
    ASSERT_TRUE(rig_.venue().set_quote("EURUSD", core::Decimal::parse("1.5").value(),
                                       core::Decimal::parse("1.6").value()));
    EXPECT_TRUE(rig_.events().wait_for_count(quote, quotes + 1)) << rig_.log();
    expect_trades_on();
}

}  // namespace
}  // namespace broker::test
