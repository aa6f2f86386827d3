// A whole account over REST and push, through the built plugin.
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
    constexpr unsigned kConnections = 2;
    rig_.account().rest_extra += ", connections: " + std::to_string(kConnections);
    start();
    const unsigned sockets = GetParam() ? 2 : 0;  // of push
    // Several at once, until every connection that there may be is there.
    for (int i = 0; venue().rest_counters().handshakes < kConnections + sockets; ++i) {
        ASSERT_LT(i, 100) << "requests that wait open no further connection";
        const std::string id = "W-" + std::to_string(i);
        for (const char* part : {"a", "b", "c"}) submit(id + part);
        for (const char* part : {"a", "b", "c"})
            ASSERT_TRUE(wait_status(id + part, BROKER_ORD_STATUS_FILLED)) << rig_.log();
    }
    const auto before = venue().rest_counters();
    for (int i = 1; i <= 50; ++i) {
        const std::string id = "M-" + std::to_string(i);
        submit(id);
        ASSERT_TRUE(wait_status(id, BROKER_ORD_STATUS_FILLED)) << rig_.log();
    }
    const auto after = venue().rest_counters();
    EXPECT_EQ(after.handshakes, before.handshakes);
    EXPECT_EQ(after.connections, before.connections);
    EXPECT_EQ(after.logins, 1U);
    EXPECT_EQ(after.rate_limited, 0U);
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
