// Every fault of the venue's REST and push side, through the built plugin: what the host knows in
// the end is what the venue has, no order or fill lost or doubled.
#include <array>
#include <ostream>

#include "system/rest_fixture.hpp"

namespace broker::test {
namespace {

using simulator::RestEndpoint;
using simulator::RestFault;

struct FaultCase {
    RestFault fault;
};

void PrintTo(const FaultCase& each, std::ostream* out) { *out << rest_fault_name(each.fault); }

std::string fault_name(const testing::TestParamInfo<FaultCase>& info) {
    return std::string{rest_fault_name(info.param.fault)};
}

// Each is played on placing, replacing, canceling, logging in and asking.
constexpr std::array kOfRequests{FaultCase{RestFault::TooManyRequests},
                                 FaultCase{RestFault::TooManyRequestsBare},
                                 FaultCase{RestFault::UnavailableBefore},
                                 FaultCase{RestFault::HtmlError},
                                 FaultCase{RestFault::CloseBefore},
                                 FaultCase{RestFault::ExpiredToken},
                                 FaultCase{RestFault::StaleETag},
                                 FaultCase{RestFault::LoginRefused},
                                 FaultCase{RestFault::ErrorAfter},
                                 FaultCase{RestFault::LoseAnswer},
                                 FaultCase{RestFault::CutBody},
                                 FaultCase{RestFault::NeverAnswer},
                                 FaultCase{RestFault::WrongJson},
                                 FaultCase{RestFault::EmptyBody},
                                 FaultCase{RestFault::Slow}};

// Each is played on both sockets.
constexpr std::array kOfPush{
    FaultCase{RestFault::PushLose},         FaultCase{RestFault::PushDuplicate},
    FaultCase{RestFault::PushReorder},      FaultCase{RestFault::PushWrongJson},
    FaultCase{RestFault::PushSlowConsumer}, FaultCase{RestFault::PushCut},
    FaultCase{RestFault::PushSilent}};

TEST(RestFaultCases, CoverEveryFaultOfTheSimulator) {
    for (std::size_t i = 0; i < simulator::kRestFaultCount; ++i) {
        const auto fault = static_cast<RestFault>(i);
        const auto is_it = [fault](const FaultCase& each) { return each.fault == fault; };
        const auto played = simulator::is_push_fault(fault)
                                ? std::count_if(kOfPush.begin(), kOfPush.end(), is_it)
                                : std::count_if(kOfRequests.begin(), kOfRequests.end(), is_it);
        EXPECT_EQ(played, 1) << simulator::rest_fault_name(fault);
    }
    EXPECT_EQ(kOfRequests.size() + kOfPush.size(), simulator::kRestFaultCount);
}

// ---- requests

class OverRestWithFault : public RestFixture, public testing::WithParamInterface<FaultCase> {
protected:
    void start() {
        be_impatient();
        RestFixture::start(Rest::Trades, false);
    }
    void play(RestEndpoint endpoint) {
        venue().add_rest_fault({.fault = GetParam().fault, .endpoint = endpoint});
    }
    void expect_right(const RecordedEvent& answer) {
        if (answer.type == BROKER_EVENT_POSITION) {
            EXPECT_EQ(answer.net_qty, "1000");
        } else {
            EXPECT_EQ(core::Decimal::parse(answer.balance).value(), venue().cash("ACC1"));
        }
    }
    // The account goes on, and all adds up.
    void expect_account_goes_on() {
        ASSERT_TRUE(events().wait_until([this] { return is_ready(); })) << rig_.log();
        submit("LAST");
        ASSERT_TRUE(wait_status("LAST", BROKER_ORD_STATUS_FILLED)) << rig_.log();
        expect_same_at_both({"LAST"});
        expect_positions_are_the_fills();
    }
};

INSTANTIATE_TEST_SUITE_P(Every, OverRestWithFault, testing::ValuesIn(kOfRequests), fault_name);

TEST_P(OverRestWithFault, OrderIsNeitherLostNorDoubled) {
    start();
    play(RestEndpoint::PlaceOrder);
    submit("M-1");
    ASSERT_TRUE(events().wait_for([](const RecordedEvent& event) {
        return event.cl_ord_id == "M-1" && (event.ord_status == BROKER_ORD_STATUS_FILLED ||
                                            event.certainty == BROKER_CERTAINTY_REJECTED);
    })) << rig_.log();
    if (is_told_rejected("M-1")) {
        EXPECT_EQ(at_venue("M-1"), 0U) << rig_.log();
        EXPECT_EQ(events().count(fill_of("M-1")), 0U);
    } else {
        expect_same_at_both({"M-1"});
    }
    expect_account_goes_on();
}

TEST_P(OverRestWithFault, ReplaceIsInForceOrToldToBeNot) {
    start();
    rest_order("L-1");
    play(RestEndpoint::ReplaceOrder);
    ASSERT_TRUE(rig_.replace("ACC-1", "R-1", "L-1", "", "0.6").is_ok());
    ASSERT_TRUE(wait_settled("R-1")) << rig_.log();
    const bool is_rejected = is_told_rejected("R-1");
    const simulator::Order order = venue().orders().front();
    EXPECT_EQ(order.terms.price, core::Decimal::parse(is_rejected ? "0.5" : "0.6").value())
        << rig_.log();
    EXPECT_EQ(venue().orders().size(), 1U);
    if (is_rejected) expect_order_named("R-1", "L-1");
    expect_same_at_both({"L-1", "R-1"});
    // By the name that the host holds to be in force it can be canceled.
    ASSERT_TRUE(rig_.cancel("ACC-1", "C-1", is_rejected ? "L-1" : "R-1").is_ok());
    ASSERT_TRUE(wait_settled("C-1")) << rig_.log();
    EXPECT_FALSE(is_told_rejected("C-1")) << rig_.log();
    expect_same_at_both({"L-1", "R-1", "C-1"});
    EXPECT_FALSE(venue().orders().front().is_working());
    expect_account_goes_on();
}

TEST_P(OverRestWithFault, CancelTakesEffectOrIsToldToHaveNot) {
    start();
    rest_order("L-1");
    play(RestEndpoint::CancelOrder);
    ASSERT_TRUE(rig_.cancel("ACC-1", "C-1", "L-1").is_ok());
    ASSERT_TRUE(wait_settled("C-1")) << rig_.log();
    EXPECT_EQ(venue().orders().front().is_working(), is_told_rejected("C-1")) << rig_.log();
    // Whatever became of the first one, the order can be canceled or is.
    if (is_told_rejected("C-1")) {
        expect_order_named("C-1", "L-1");
        ASSERT_TRUE(rig_.cancel("ACC-1", "C-2", "L-1").is_ok());
        ASSERT_TRUE(wait_settled("C-2")) << rig_.log();
    }
    EXPECT_FALSE(venue().orders().front().is_working());
    expect_same_at_both({"L-1", "C-1", "C-2"});
    expect_account_goes_on();
}

TEST_P(OverRestWithFault, FillIsKnownOnceWhenThePortfolioOrTheHistoryFails) {
    start();
    rest_order("L-1");
    play(RestEndpoint::Portfolio);
    play(RestEndpoint::History);
    for (const char* part : {"100", "200", "700"}) ASSERT_TRUE(fill("L-1", part));
    expect_same_at_both({"L-1"});
    EXPECT_EQ(events().count(fill_of("L-1")), 3U);
    expect_account_goes_on();
}

// A question that fails has no answer: none that is empty, zero or told as whole.
TEST_P(OverRestWithFault, QuestionIsAnsweredRightlyOrNotAtAll) {
    start();
    submit("M-1");
    ASSERT_TRUE(wait_status("M-1", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    play(RestEndpoint::Positions);
    play(RestEndpoint::Metrics);
    for (std::uint64_t id = 1; id <= 4; id += 2) {
        ASSERT_TRUE(rig_.adapter().positions()->request(sdk::query("ACC-1", id)).is_ok());
        ASSERT_TRUE(rig_.adapter().accounts()->request_summary("ACC-1", id + 1).is_ok());
        for (const std::uint64_t each : {id, id + 1}) {
            ASSERT_TRUE(events().wait_for(request_done(each))) << each << "\n" << rig_.log();
            const RecordedEvent done = events().find(request_done(each)).front();
            const auto answers = events().find([each](const RecordedEvent& event) {
                return event.request_id == each && event.type != BROKER_EVENT_REQUEST_DONE;
            });
            EXPECT_EQ(answers.size(), done.reason == BROKER_REASON_NONE ? 1U : 0U) << each;
            for (const RecordedEvent& answer : answers) expect_right(answer);
            // The second time nothing is wrong any more.
            EXPECT_TRUE(id == 1 || done.reason == BROKER_REASON_NONE) << done.text;
        }
    }
    EXPECT_EQ(events().count([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_ACCOUNT_SUMMARY && event.equity == "0";
    }),
              0U);
    expect_account_goes_on();
}

TEST_P(OverRestWithFault, AccountLogsOnAfterItWithoutAStorm) {
    play(RestEndpoint::Login);
    start();
    EXPECT_LE(venue().rest_counters().of(RestEndpoint::Login), 2U);
    expect_account_goes_on();
}

TEST_P(OverRestWithFault, QuoteThatIsPolledIsTheVenuesInTheEnd) {
    rig_.account().account_extra = "    market_data: {source: rest, poll_interval_ms: 100}\n";
    start();
    ASSERT_TRUE(
        rig_.adapter().market_data()->subscribe(sdk::quotes_of("ACC-1", 7, "EURUSD")).is_ok());
    const auto shows = [this](const char* bid) {
        return events().wait_until([&] {
            const auto quotes = events().find([](const RecordedEvent& event) {
                return event.type == BROKER_EVENT_QUOTE && event.request_id == 7;
            });
            return !quotes.empty() &&
                   core::Decimal::parse(quotes.back().bid_px) == core::Decimal::parse(bid);
        });
    };
    ASSERT_TRUE(shows("1.1")) << rig_.log();
    play(RestEndpoint::MarketData);
    ASSERT_TRUE(
        venue().set_quote("EURUSD", *core::Decimal::parse("1.2"), *core::Decimal::parse("1.5")));
    EXPECT_TRUE(shows("1.2")) << rig_.log();
}

// ---- push

class OverPushWithFault : public RestFixture, public testing::WithParamInterface<FaultCase> {
protected:
    void start() {
        if (GetParam().fault == RestFault::PushSilent) {
            // Something comes each fifth of a second, or the connection counts as dead after one.
            rig_.change_profile("silence_timeout_s: 75", "silence_timeout_s: 1");
            venue().change_push([](simulator::PushOptions& push) {
                push.ping_interval = std::chrono::milliseconds{200};
                push.unanswered_pings = 100;
            });
        }
        RestFixture::start(Rest::Trades, true);
    }
    void play(RestEndpoint endpoint) {
        venue().add_rest_fault({.fault = GetParam().fault, .endpoint = endpoint});
    }
    // The host is told of a connection that is replaced, and why.
    void expect_reason(broker_channel_t channel) {
        const RestFault fault = GetParam().fault;
        if (fault == RestFault::PushSilent) expect_told(channel, BROKER_REASON_PUSH_SILENT);
        if (fault == RestFault::PushSlowConsumer)
            expect_told(channel, BROKER_REASON_PUSH_SLOW_CONSUMER);
    }
    void expect_told(broker_channel_t channel, broker_reason_t reason) {
        EXPECT_TRUE(events().wait_for([=](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_SESSION && event.channel == channel &&
                   event.reason == reason;
        })) << rig_.log();
    }
};

INSTANTIATE_TEST_SUITE_P(Every, OverPushWithFault, testing::ValuesIn(kOfPush), fault_name);

TEST_P(OverPushWithFault, FillsAndOrdersAreKnownOnce) {
    start();
    rest_order("L-1");
    rest_order("L-2");
    play(RestEndpoint::Push);
    for (const char* part : {"100", "200"}) ASSERT_TRUE(fill("L-1", part));
    ASSERT_TRUE(rig_.cancel("ACC-1", "C-1", "L-2").is_ok());
    ASSERT_TRUE(fill("L-1", "700"));
    expect_same_at_both({"L-1"});
    ASSERT_TRUE(wait_settled("C-1")) << rig_.log();
    expect_same_at_both({"L-2", "C-1"});
    EXPECT_EQ(events().count(fill_of("L-1")), 3U);
    expect_reason(BROKER_CHANNEL_PUSH);
    submit("LAST");
    ASSERT_TRUE(wait_status("LAST", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    expect_positions_are_the_fills();
}

TEST_P(OverPushWithFault, QuoteIsTheVenuesInTheEnd) {
    start();
    ASSERT_TRUE(
        rig_.adapter().market_data()->subscribe(sdk::quotes_of("ACC-1", 7, "EURUSD")).is_ok());
    ASSERT_TRUE(events().wait_for([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_QUOTE && event.request_id == 7;
    })) << rig_.log();
    play(RestEndpoint::PushMarketData);
    for (const char* bid : {"1.2", "1.3", "1.4"}) {
        ASSERT_TRUE(
            venue().set_quote("EURUSD", *core::Decimal::parse(bid), *core::Decimal::parse("1.5")));
    }
    EXPECT_TRUE(events().wait_until([&] {
        const auto quotes = events().find([](const RecordedEvent& event) {
            return event.type == BROKER_EVENT_QUOTE && event.request_id == 7;
        });
        return core::Decimal::parse(quotes.back().bid_px) == core::Decimal::parse("1.4");
    })) << rig_.log();
    expect_reason(BROKER_CHANNEL_PUSH_MARKET_DATA);
}

}  // namespace
}  // namespace broker::test
