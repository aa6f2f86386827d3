// A whole account over REST and push, through the built plugin: what becomes of orders, whatever
// becomes of answers.
#include <filesystem>
#include <fstream>
#include <sstream>

#include "system/rest_fixture.hpp"

namespace broker::test {
namespace {

using simulator::Listener;
using simulator::RestEndpoint;
using simulator::RestFault;
using testing::HasSubstr;

class OverRest : public RestFixture, public testing::WithParamInterface<bool> {
protected:
    void start() { RestFixture::start(Rest::Trades, GetParam()); }
};

std::string push_name(const testing::TestParamInfo<bool>& info) {
    return info.param ? "WithPush" : "Polling";
}
INSTANTIATE_TEST_SUITE_P(Account, OverRest, testing::Bool(), push_name);

TEST_P(OverRest, MarketOrderIsFilledOnce) {
    start();
    submit("M-1");
    ASSERT_TRUE(wait_status("M-1", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    EXPECT_EQ(events().count(fill_of("M-1")), 1U);
    EXPECT_TRUE(events().wait_for(order_certainty("M-1", BROKER_CERTAINTY_ACKNOWLEDGED)));
}

TEST_P(OverRest, LimitOrderIsFilledInParts) {
    start();
    rest_order("L-1");
    ASSERT_TRUE(fill("L-1", "400"));
    ASSERT_TRUE(wait_status("L-1", BROKER_ORD_STATUS_PARTIALLY_FILLED)) << rig_.log();
    ASSERT_TRUE(fill("L-1", "600"));
    ASSERT_TRUE(wait_status("L-1", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    EXPECT_EQ(events().count(fill_of("L-1")), 2U);
}

TEST_P(OverRest, ReplaceIsInForceUnderItsOwnId) {
    start();
    rest_order("L-1");
    ASSERT_TRUE(rig_.replace("ACC-1", "R-1", "L-1", "", "0.6").is_ok());
    ASSERT_TRUE(events().wait_for(order_certainty("R-1", BROKER_CERTAINTY_ACKNOWLEDGED)))
        << rig_.log();
    ASSERT_TRUE(rig_.cancel("ACC-1", "C-1", "R-1").is_ok());
    ASSERT_TRUE(events().wait_for([](const RecordedEvent& event) {
        return event.type == BROKER_EVENT_EXECUTION_REPORT &&
               event.ord_status == BROKER_ORD_STATUS_CANCELED;
    })) << rig_.log();
}

TEST_P(OverRest, CanceledOrderIsGone) {
    start();
    rest_order("L-1");
    ASSERT_TRUE(rig_.cancel("ACC-1", "C-1", "L-1").is_ok());
    ASSERT_TRUE(events().wait_for(order_certainty("C-1", BROKER_CERTAINTY_ACKNOWLEDGED)))
        << rig_.log();
    ASSERT_TRUE(events().wait_for([](const RecordedEvent& event) {
        return event.ord_status == BROKER_ORD_STATUS_CANCELED;
    })) << rig_.log();
}

TEST_P(OverRest, RefusedOrderHasTheVenuesWords) {
    rig_.venue().add_rule({.action = simulator::Action::RejectNew, .text = "the market is closed"});
    start();
    submit("X-1");
    ASSERT_TRUE(wait_status("X-1", BROKER_ORD_STATUS_REJECTED)) << rig_.log();
    EXPECT_TRUE(events().wait_for([](const RecordedEvent& event) {
        return event.cl_ord_id == "X-1" && event.certainty == BROKER_CERTAINTY_REJECTED &&
               event.text.find("the market is closed") != std::string::npos;
    }));
}

TEST_P(OverRest, SteadyStateMakesNoHandshake) {
    start();
    submit("M-0");
    ASSERT_TRUE(wait_status("M-0", BROKER_ORD_STATUS_FILLED));
    const auto before = venue().rest_counters();
    for (int i = 1; i <= 20; ++i) {
        const std::string id = "M-" + std::to_string(i);
        submit(id);
        ASSERT_TRUE(wait_status(id, BROKER_ORD_STATUS_FILLED)) << rig_.log();
    }
    const auto after = venue().rest_counters();
    // The pool may open further ones up to its bound while several requests wait.
    EXPECT_LE(after.handshakes - before.handshakes, 3U);
    EXPECT_EQ(after.logins, 1U);
    EXPECT_EQ(after.rate_limited, 0U);
}

// ---- faults

struct FaultCase {
    RestFault fault;
    const char* name;
};

std::string fault_name(const testing::TestParamInfo<FaultCase>& info) { return info.param.name; }

class OverRestWithFault : public RestFixture, public testing::WithParamInterface<FaultCase> {};

INSTANTIATE_TEST_SUITE_P(
    Every, OverRestWithFault,
    testing::Values(FaultCase{RestFault::TooManyRequests, "TooManyRequests"},
                    FaultCase{RestFault::TooManyRequestsBare, "TooManyRequestsBare"},
                    FaultCase{RestFault::UnavailableBefore, "UnavailableBefore"},
                    FaultCase{RestFault::HtmlError, "HtmlError"},
                    FaultCase{RestFault::CloseBefore, "CloseBefore"},
                    FaultCase{RestFault::ExpiredToken, "ExpiredToken"},
                    FaultCase{RestFault::ErrorAfter, "ErrorAfter"},
                    FaultCase{RestFault::LoseAnswer, "LoseAnswer"},
                    FaultCase{RestFault::CutBody, "CutBody"},
                    FaultCase{RestFault::NeverAnswer, "NeverAnswer"},
                    FaultCase{RestFault::WrongJson, "WrongJson"},
                    FaultCase{RestFault::EmptyBody, "EmptyBody"},
                    FaultCase{RestFault::Slow, "Slow"}),
    fault_name);

// What the host was told in the end is what the venue has, and it has it once.
TEST_P(OverRestWithFault, OrderIsNeitherLostNorDoubled) {
    rig_.account().limits = "{orders_per_s: 1000, order_ttl_ms: 20000, answer_timeout_ms: 1000}";
    rig_.account().rest_extra = ", request_timeout_ms: 1000";
    start(Rest::Trades, false);
    venue().add_rest_fault({.fault = GetParam().fault, .endpoint = RestEndpoint::PlaceOrder});
    submit("M-1");
    ASSERT_TRUE(events().wait_for([](const RecordedEvent& event) {
        return event.cl_ord_id == "M-1" && (event.ord_status == BROKER_ORD_STATUS_FILLED ||
                                            event.certainty == BROKER_CERTAINTY_REJECTED);
    })) << rig_.log();
    const bool is_filled = events().count(order_status("M-1", BROKER_ORD_STATUS_FILLED)) != 0;
    EXPECT_EQ(at_venue("M-1"), is_filled ? 1U : 0U) << rig_.log();
    submit("M-2");  // and the account goes on
    ASSERT_TRUE(wait_status("M-2", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    EXPECT_EQ(events().count(fill_of("M-1")), is_filled ? 1U : 0U);
    EXPECT_EQ(events().count(fill_of("M-2")), 1U);
}

TEST_P(OverRestWithFault, CancelTakesEffectOrIsToldToHaveNot) {
    rig_.account().limits = "{orders_per_s: 1000, order_ttl_ms: 20000, answer_timeout_ms: 1000}";
    rig_.account().rest_extra = ", request_timeout_ms: 1000";
    start(Rest::Trades, false);
    rest_order("L-1");
    venue().add_rest_fault({.fault = GetParam().fault, .endpoint = RestEndpoint::CancelOrder});
    ASSERT_TRUE(rig_.cancel("ACC-1", "C-1", "L-1").is_ok());
    const auto is_settled = [](const RecordedEvent& event) {
        return event.cl_ord_id == "C-1" && (event.certainty == BROKER_CERTAINTY_REJECTED ||
                                            event.certainty == BROKER_CERTAINTY_UNKNOWN ||
                                            event.ord_status == BROKER_ORD_STATUS_CANCELED);
    };
    ASSERT_TRUE(events().wait_for(is_settled)) << rig_.log();
    // Whatever became of the first one, the order can be canceled or is.
    if (venue().orders().front().is_working()) {
        (void)rig_.cancel("ACC-1", "C-2", "L-1");
    }
    ASSERT_TRUE(events().wait_for([](const RecordedEvent& event) {
        return event.ord_status == BROKER_ORD_STATUS_CANCELED;
    })) << rig_.log();
    EXPECT_FALSE(venue().orders().front().is_working());
}

// ---- push

using OverPush = RestFixture;

TEST_F(OverPush, FillsCountOnceWhileConnectionsComeAndGo) {
    start(Rest::Trades, true);
    rest_order("L-1");
    ASSERT_TRUE(fill("L-1", "100"));
    venue().close_push(1013);
    ASSERT_TRUE(fill("L-1", "200"));
    venue().drop_connections(Listener::Rest);
    ASSERT_TRUE(fill("L-1", "700"));
    ASSERT_TRUE(wait_status("L-1", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    EXPECT_EQ(events().count(fill_of("L-1")), 3U);
}

TEST_F(OverPush, MessagesThatAreLostOrComeTwiceOrOutOfOrderChangeNothingInTheEnd) {
    start(Rest::Trades, true);
    rest_order("L-1");
    for (const RestFault fault :
         {RestFault::PushLose, RestFault::PushDuplicate, RestFault::PushReorder}) {
        venue().add_rest_fault({.fault = fault, .endpoint = RestEndpoint::Push});
    }
    for (const char* part : {"100", "200", "300", "400"}) ASSERT_TRUE(fill("L-1", part));
    ASSERT_TRUE(wait_status("L-1", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    ASSERT_TRUE(events().wait_for_count(fill_of("L-1"), 4)) << rig_.log();
    submit("M-1");
    ASSERT_TRUE(wait_status("M-1", BROKER_ORD_STATUS_FILLED));
    EXPECT_EQ(events().count(fill_of("L-1")), 4U);
}

// ---- beside FIX

TEST_F(OverPush, FixRestAndPushTellOfEachFillOnce) {
    start(Rest::Beside, true);
    rest_order("L-1");
    for (const char* part : {"100", "200", "700"}) ASSERT_TRUE(fill("L-1", part));
    ASSERT_TRUE(wait_status("L-1", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    submit("M-1");
    ASSERT_TRUE(wait_status("M-1", BROKER_ORD_STATUS_FILLED));
    EXPECT_EQ(events().count(fill_of("L-1")), 3U);
    EXPECT_EQ(events().count(fill_of("M-1")), 1U);
}

TEST_F(OverPush, FillsWhileFixIsDownAreToldOnceByRestAndPush) {
    start(Rest::Beside, true);
    rest_order("L-1");
    venue().set_fault(Listener::FixTrading, simulator::Fault::RefuseConnections, true);
    venue().drop_connections(Listener::FixTrading);
    ASSERT_TRUE(fill("L-1", "1000"));
    ASSERT_TRUE(wait_status("L-1", BROKER_ORD_STATUS_FILLED)) << rig_.log();
    venue().set_fault(Listener::FixTrading, simulator::Fault::RefuseConnections, false);
    ASSERT_TRUE(events().wait_for_count(state_is("ACC-1", BROKER_ACCOUNT_STATE_READY), 2))
        << rig_.log();
    EXPECT_EQ(events().count(fill_of("L-1")), 1U);
}

TEST_F(OverPush, WhileFixIsDownCancelsGoOverRestAndNewOrdersAreRefused) {
    start(Rest::Beside, false);
    rest_order("L-1");
    venue().set_fault(Listener::FixTrading, simulator::Fault::RefuseConnections, true);
    venue().drop_connections(Listener::FixTrading);
    ASSERT_TRUE(events().wait_for([](const RecordedEvent& event) {
        return event.previous_state == BROKER_ACCOUNT_STATE_READY &&
               event.state != BROKER_ACCOUNT_STATE_READY;  // REST has news of its own meanwhile
    }));
    EXPECT_EQ(rig_.submit({.id = "M-1"}).reason, BROKER_REASON_ACCOUNT_NOT_READY);
    const sdk::Status status = rig_.cancel("ACC-1", "C-1", "L-1");
    ASSERT_TRUE(status.is_ok()) << status.describe();
    ASSERT_TRUE(events().wait_for([](const RecordedEvent& event) {
        return event.ord_status == BROKER_ORD_STATUS_CANCELED;
    })) << rig_.log();
    EXPECT_EQ(at_venue("M-1"), 0U);
}

TEST_F(OverPush, CancelOnDisconnectLeavesNoOrderAlone) {
    rig_.account().account_extra =
        "    cancel_on_disconnect: rest\n    cancel_on_disconnect_after_ms: 200\n";
    start(Rest::Beside, true);
    rest_order("L-1");
    venue().set_fault(Listener::FixTrading, simulator::Fault::RefuseConnections, true);
    venue().drop_connections(Listener::FixTrading);
    ASSERT_TRUE(events().wait_for([](const RecordedEvent& event) {
        return event.ord_status == BROKER_ORD_STATUS_CANCELED;
    })) << rig_.log();
    EXPECT_FALSE(venue().orders().front().is_working());
}

// ---- many accounts

TEST(RestAccounts, ThirtyStartWithoutALoginStorm) {
    constexpr int kAccounts = 30;
    TemporaryDirectory directory;
    simulator::SimulatorOptions options;
    options.directory = directory.path();
    options.accounts.clear();
    options.rest.is_order_entry = true;
    options.rest.rate_limits.login = {10, std::chrono::seconds{1}};
    for (int i = 1; i <= kAccounts; ++i) {
        const std::string id = "R-" + std::to_string(i);
        options.accounts.push_back({.id = id,
                                    .account = "default:" + id,
                                    .sender_comp_id = "R" + std::to_string(i),
                                    .username = "user-" + id,
                                    .password = "secret-" + id});
    }
    simulator::Simulator venue{options};
    venue.start();
    // Ten logins a second instead of one, or it would take half a minute.
    const auto data = directory.path() / "config";
    std::filesystem::copy(DXTRADE_CONFIG_DIR, data, std::filesystem::copy_options::recursive);
    const auto replace = [](const std::filesystem::path& file, const std::string& from,
                            const std::string& to) {
        std::stringstream text;
        text << std::ifstream{file}.rdbuf();
        std::string changed = text.str();
        const std::size_t at = changed.find(from);
        ASSERT_NE(at, std::string::npos) << from;
        std::ofstream{file} << changed.replace(at, from.size(), to);
    };
    replace(data / "profiles" / "simulator.yaml", "login: {per_s: 1}", "login: {per_s: 8}");
    replace(venue.adapter_config(), "adapter:", "adapter:\n  data_dir: " + data.string());

    RecordingEvents events;
    sdk::AdapterOptions adapter_options;
    adapter_options.config = venue.adapter_config();
    sdk::AdapterHandle adapter{sdk::PluginLibrary::load(DXTRADE_ADAPTER_SO), events,
                               adapter_options};
    ASSERT_TRUE(adapter.start().is_ok());
    for (int i = 1; i <= kAccounts; ++i) {
        ASSERT_TRUE(
            events.wait_for(state_is("R-" + std::to_string(i), BROKER_ACCOUNT_STATE_READY)));
    }
    const auto counters = venue.rest_counters();
    EXPECT_EQ(counters.logins, static_cast<std::uint64_t>(kAccounts));
    EXPECT_EQ(counters.refused_logins, 0U);
    EXPECT_EQ(counters.rate_limited, 0U);
    (void)adapter.stop();
}

}  // namespace
}  // namespace broker::test
