#include "dxtrade/push/push_session.hpp"

#include "net/gzip.hpp"
#include "unit/dxtrade/push/push_fixture.hpp"

namespace broker::dxtrade::push {
namespace {

using core::Channel;
using core::Reason;
using namespace std::chrono_literals;
using testing::HasSubstr;

class PushSessionTest : public PushTest {
protected:
    PushSessionTest() { make(connection_settings()); }

    void make(PushConnectionSettings connection) {
        PortfolioTrackerSettings tracked;
        tracked.account = kAccount;
        session.reset();
        tracker.emplace(tracked, clock, symbols, account, PortfolioTrackerHooks{[](auto&) {}, {}});
        PushSessionSettings settings;
        settings.account = kAccount;
        settings.connection = std::move(connection);
        PushSessionHooks hooks{[this] { ++snapshots_asked; },
                               [this](bool is_live) { live.push_back(is_live); }};
        session.emplace(std::move(settings), parts(), *tracker, account, std::move(hooks));
    }
    void tick(core::Duration after = 0ns) {
        clock.advance(after);
        session->on_tick();
        turn_loop();
    }
    // With a token, up to the subscriptions.
    void connect() {
        if (tokens.token().empty()) tokens.set("T1");
        session->start();
        turn_loop();
        opened();
    }
    void reconnect() {
        tick(9s);
        opened();
    }
    [[nodiscard]] std::string portfolios_id() {
        return request_id_of(sent("AccountPortfoliosSubscriptionRequest").back());
    }
    [[nodiscard]] std::string metrics_id() {
        return request_id_of(sent("AccountMetricsSubscriptionRequest").back());
    }
    void deliver_portfolio(int version = 7) {
        received(portfolios_message(portfolios_id(), version));
    }
    void snapshot(std::uint64_t version = 7) {
        tracker->on_portfolio(portfolio(version), Channel::Rest, clock.monotonic());
    }
    void go_live() {
        connect();
        deliver_portfolio();
        received(metrics_message(metrics_id(), 1000));
        snapshot();
        tick();
    }
    [[nodiscard]] std::vector<Reason> ends() const {
        std::vector<Reason> reasons;
        for (const auto& end : account.disconnects) reasons.push_back(end.reason);
        return reasons;
    }

    Symbols symbols{SymbolRules{}};
    RecordingAccount account;
    std::optional<PortfolioTracker> tracker;
    int snapshots_asked = 0;
    std::vector<bool> live;
    std::optional<PushSession> session;
};

TEST_F(PushSessionTest, ConnectsWhenThereIsATokenAndNotBefore) {
    session->start();
    turn_loop();
    tick(1min);
    EXPECT_TRUE(network.sockets.empty());
    tokens.set("T1");
    turn_loop();
    ASSERT_EQ(network.sockets.size(), 1U);
    ASSERT_EQ(network.last().headers.size(), 1U);
    EXPECT_EQ(network.last().headers[0].name, "Authorization");
    EXPECT_EQ(network.last().headers[0].value, "DXAPI T1");
    EXPECT_THAT(account.connecting, testing::ElementsAre("venue:443"));
}

TEST_F(PushSessionTest, NothingIsToldFromInsideACall) {
    tokens.set("T1");
    session->start();
    EXPECT_TRUE(account.connecting.empty());
    turn_loop();
    EXPECT_EQ(account.connecting.size(), 1U);
    opened();
    clock.advance(10min);
    session->on_tick();
    EXPECT_TRUE(account.disconnects.empty());
    turn_loop();
    EXPECT_EQ(account.disconnects.size(), 1U);
}

TEST_F(PushSessionTest, UpgradeCarriesNoTokenWhereTheProfileSaysSo) {
    PushConnectionSettings settings = connection_settings();
    settings.rules.sends_authorization = false;
    make(settings);
    connect();
    EXPECT_TRUE(network.last().headers.empty());
}

TEST_F(PushSessionTest, SubscribesToEachTopicOfTheAccountUnderAnIdOfItsOwn) {
    connect();
    ASSERT_EQ(network.last().sent.size(), 4U);
    const std::string& first = network.last().sent[0];
    EXPECT_THAT(first, HasSubstr(R"("type":"AccountPortfoliosSubscriptionRequest")"));
    EXPECT_THAT(first, HasSubstr(R"("requestType":"LIST")"));
    EXPECT_THAT(first, HasSubstr(R"("accounts":["default:AB-1001"])"));
    EXPECT_THAT(first, HasSubstr(R"("session":"T1")"));
    EXPECT_EQ(sent("AccountEventsSubscriptionRequest").size(), 1U);
    EXPECT_EQ(sent("CashTransfersSubscriptionRequest").size(), 1U);
    EXPECT_NE(portfolios_id(), metrics_id());
}

TEST_F(PushSessionTest, TopicsThatTheProfileLacksAreNotSubscribedTo) {
    PushConnectionSettings settings = connection_settings();
    settings.rules.has_metrics = false;
    settings.rules.has_account_events = false;
    settings.rules.has_cash_transfers = false;
    make(settings);
    connect();
    EXPECT_EQ(network.last().sent.size(), 1U);
}

TEST_F(PushSessionTest, FirstPortfolioIsTheConfirmation) {
    connect();
    EXPECT_TRUE(account.logged_on.empty());
    deliver_portfolio();
    EXPECT_THAT(account.logged_on, testing::ElementsAre(Channel::Push));
    deliver_portfolio(8);
    EXPECT_EQ(account.logged_on.size(), 1U);
}

TEST_F(PushSessionTest, ConnectionIsGivenUpWhenNoPortfolioComesInTime) {
    connect();
    tick(14s);
    received(kPingRequest);
    EXPECT_TRUE(account.disconnects.empty());
    tick(1s);
    EXPECT_THAT(ends(), testing::ElementsAre(Reason::LogonTimeout));
    EXPECT_EQ(network.live_count(), 0U);
}

TEST_F(PushSessionTest, PingRequestIsAnsweredAtOnceAndKeepsTheRestSessionAlive) {
    connect();
    received(kPingRequest);
    ASSERT_EQ(sent(R"("type":"Ping")").size(), 1U);
    EXPECT_THAT(sent(R"("type":"Ping")")[0], HasSubstr(R"("session":"T1")"));
    EXPECT_EQ(tokens.touched, 1);
}

TEST_F(PushSessionTest, SilentConnectionIsClosedAndReplaced) {
    connect();
    deliver_portfolio();
    tick(75s);
    EXPECT_TRUE(account.disconnects.empty());
    tick(1s);
    EXPECT_THAT(ends(), testing::ElementsAre(Reason::PushSilent));
    EXPECT_GT(account.disconnects[0].next_attempt, 0ns);
    tick(account.disconnects[0].next_attempt);
    EXPECT_EQ(network.sockets.size(), 2U);
    EXPECT_EQ(network.live_count(), 1U);
}

TEST_F(PushSessionTest, AnyMessageBreaksTheSilence) {
    connect();
    deliver_portfolio();
    for (const std::string_view text :
         {kPingRequest, std::string_view{"not JSON"}, std::string_view{R"({"type":"Novelty"})"}}) {
        tick(60s);
        received(text);
    }
    tick(60s);
    EXPECT_TRUE(account.disconnects.empty());
}

TEST_F(PushSessionTest, SlowConsumerIsNamedByItsCloseCode) {
    connect();
    closed(Reason::ConnectionClosedByPeer, "slow", 1013);
    EXPECT_THAT(ends(), testing::ElementsAre(Reason::PushSlowConsumer));
}

TEST_F(PushSessionTest, RefusedUpgradeIsToldAndTriedAgain) {
    tokens.set("T1");
    session->start();
    turn_loop();
    closed(Reason::PushRefused, "the upgrade is refused: HTTP 503 Unavailable: 401 tries");
    EXPECT_THAT(ends(), testing::ElementsAre(Reason::PushRefused));
    EXPECT_TRUE(tokens.expired_tokens.empty());
    tick(9s);
    EXPECT_EQ(network.sockets.size(), 2U);
}

TEST_F(PushSessionTest, UpgradeRefusedAsUnauthorizedExpiresTheToken) {
    tokens.set("T1");
    session->start();
    turn_loop();
    closed(Reason::PushRefused, "the upgrade is refused: HTTP 401 Unauthorized");
    EXPECT_THAT(tokens.expired_tokens, testing::ElementsAre("T1"));
}

TEST_F(PushSessionTest, ExpiredSessionIsLoggedInAgainAndSubscribedAnewUnderNewIds) {
    connect();
    const std::string first_id = portfolios_id();
    received(reject_message(first_id, "1"));
    EXPECT_THAT(tokens.expired_tokens, testing::ElementsAre("T1"));
    EXPECT_THAT(ends(), testing::ElementsAre(Reason::RestSessionExpired));
    tokens.set("");
    tick(9s);
    EXPECT_EQ(network.sockets.size(), 1U) << "without a token there is nothing to connect with";
    tokens.set("T2");
    turn_loop();
    ASSERT_EQ(network.sockets.size(), 2U);
    opened();
    EXPECT_NE(portfolios_id(), first_id);
    EXPECT_THAT(sent("AccountPortfolios")[0], HasSubstr(R"("session":"T2")"));
}

TEST_F(PushSessionTest, AnotherRestSessionIsAnotherConnection) {
    connect();
    deliver_portfolio();
    tokens.set("");
    EXPECT_TRUE(account.disconnects.empty());
    tokens.set("T2");
    EXPECT_THAT(ends(), testing::ElementsAre(Reason::RestSessionExpired));
    reconnect();
    EXPECT_THAT(sent("AccountPortfolios")[0], HasSubstr(R"("session":"T2")"));
    tokens.set("T2b");  // of the same session
    EXPECT_EQ(account.disconnects.size(), 1U);
}

TEST_F(PushSessionTest, TokenThatReplacesTheOneBeforeGoesWithTheNextMessage) {
    connect();
    deliver_portfolio();
    tokens.set("T1b");
    received(kPingRequest);
    EXPECT_TRUE(account.disconnects.empty());
    EXPECT_THAT(sent(R"("type":"Ping")")[0], HasSubstr(R"("session":"T1b")"));
}

TEST_F(PushSessionTest, ClosedSessionIsToldAndReplaced) {
    connect();
    received(R"({"type":"SessionClosed"})");
    EXPECT_THAT(ends(), testing::ElementsAre(Reason::PushSessionClosed));
    tick(9s);
    EXPECT_EQ(network.live_count(), 1U);
}

TEST_F(PushSessionTest, RefusedPortfoliosAreToldOnceAndAskedForLater) {
    connect();
    const std::string first_id = portfolios_id();
    received(reject_message(first_id, "2"));
    ASSERT_EQ(account.conditions.size(), 1U);
    EXPECT_EQ(account.conditions[0].first, Reason::PushRefused);
    EXPECT_THAT(account.conditions[0].second, HasSubstr("AccountPortfolios"));
    EXPECT_THAT(account.conditions[0].second, HasSubstr("the venue's words"));
    for (int i = 0; i < 4; ++i) {
        tick(60s);
        received(kPingRequest);
    }
    EXPECT_TRUE(account.disconnects.empty()) << "connecting again would change nothing";
    EXPECT_EQ(portfolios_id(), first_id);
    tick(60s);
    EXPECT_NE(portfolios_id(), first_id);
    received(reject_message(portfolios_id(), "2"));
    EXPECT_EQ(account.conditions.size(), 1U);
    EXPECT_TRUE(account.logged_on.empty());
}

TEST_F(PushSessionTest, ThrottledSubscriptionIsAskedForAfterABackoff) {
    connect();
    const std::string first_id = metrics_id();
    received(reject_message(first_id, "429"));
    ASSERT_EQ(account.conditions.size(), 1U);
    EXPECT_EQ(account.conditions[0].first, Reason::HttpThrottled);
    EXPECT_EQ(metrics_id(), first_id);
    tick(8s);
    EXPECT_NE(metrics_id(), first_id);
    EXPECT_TRUE(account.disconnects.empty());
}

TEST_F(PushSessionTest, RefusedEventsLeaveTheSessionLive) {
    go_live();
    received(reject_message(request_id_of(sent("AccountEventsSubscriptionRequest")[0]), "34"));
    EXPECT_TRUE(session->is_live());
    EXPECT_EQ(account.conditions.size(), 1U);
}

TEST_F(PushSessionTest, SubscriptionThatTheVenueClosesIsAskedForAgain) {
    go_live();
    const std::string first_id = portfolios_id();
    received(R"({"type":"AccountPortfoliosSubscriptionClosed","inReplyTo":")" + first_id + "\"}");
    EXPECT_FALSE(session->is_live());
    tick(8s);
    EXPECT_NE(portfolios_id(), first_id);
    deliver_portfolio(8);
    EXPECT_TRUE(session->is_live());
}

TEST_F(PushSessionTest, IsLiveOncePortfoliosMetricsAndTheSnapshotHaveCome) {
    connect();
    deliver_portfolio();
    tick();
    EXPECT_FALSE(session->is_live());
    snapshot();
    tick();
    EXPECT_FALSE(session->is_live()) << "metrics still have to be asked for over REST";
    received(metrics_message(metrics_id(), 1000));
    EXPECT_TRUE(session->is_live());
    closed(Reason::ConnectionLost, "cut");
    EXPECT_THAT(live, testing::ElementsAre(true, false));
}

TEST_F(PushSessionTest, EachConnectionBeginsWithASnapshotOverRest) {
    connect();
    EXPECT_EQ(snapshots_asked, 1);
    EXPECT_TRUE(tracker->is_awaiting_snapshot());
    snapshot();
    closed(Reason::ConnectionLost, "cut");
    reconnect();
    EXPECT_EQ(snapshots_asked, 2);
    EXPECT_TRUE(tracker->is_awaiting_snapshot());
}

TEST_F(PushSessionTest, SnapshotThatDoesNotComeIsAskedForAgain) {
    connect();
    deliver_portfolio();
    tick(15s);
    EXPECT_EQ(snapshots_asked, 2);
    snapshot();
    tick(15s);
    EXPECT_EQ(snapshots_asked, 2);
}

TEST_F(PushSessionTest, LiveSessionIsAuditedOverRestNowAndThen) {
    go_live();
    const auto pass = [&](core::Duration time) {
        tick(time);
        received(kPingRequest);
    };
    pass(59s);
    EXPECT_EQ(snapshots_asked, 1);
    pass(1s);
    EXPECT_EQ(snapshots_asked, 2);
    pass(60s);
    EXPECT_EQ(snapshots_asked, 3);
    EXPECT_TRUE(session->is_live());
}

TEST_F(PushSessionTest, UnreadableMessageBringsTheNextSnapshotForward) {
    go_live();
    tick(10s);
    EXPECT_EQ(snapshots_asked, 1);
    received("no JSON: it may have been a fill");
    tick();
    EXPECT_EQ(snapshots_asked, 2);
    EXPECT_FALSE(session->is_live()) << "polling goes on until the snapshot is there";
    snapshot(8);
    tick();
    EXPECT_TRUE(session->is_live());
    tick(59s);
    EXPECT_EQ(snapshots_asked, 2);
}

TEST_F(PushSessionTest, MessageThatCannotBeInflatedBringsTheNextSnapshotForward) {
    PushConnectionSettings settings = connection_settings();
    settings.rules.is_compressed = true;
    make(settings);
    go_live();
    tick(10s);
    received("\x1f\x8b and nothing that could be inflated");
    tick();
    EXPECT_EQ(snapshots_asked, 2);
}

TEST_F(PushSessionTest, UnreadableMessagesAskForOneSnapshotASecond) {
    go_live();
    tick(10s);
    for (int i = 0; i < 20; ++i) {
        received("no JSON");
        snapshot();
        tick(250ms);
    }
    EXPECT_THAT(snapshots_asked, testing::AllOf(testing::Ge(5), testing::Le(7)));
}

TEST_F(PushSessionTest, SnapshotForAnUnreadableMessageIsAskedForUntilItComes) {
    go_live();
    tick(10s);
    received("no JSON");
    tick();
    tick(14s);
    EXPECT_EQ(snapshots_asked, 2);
    tick(1s);
    EXPECT_EQ(snapshots_asked, 3);
    EXPECT_FALSE(session->is_live());
}

TEST_F(PushSessionTest, BackoffGrowsUntilAConnectionWasHealthy) {
    connect();
    core::Duration longest{0};
    for (int i = 0; i < 12; ++i) {
        deliver_portfolio();
        closed(Reason::ConnectionLost, "cut");
        longest = std::max(longest, account.disconnects.back().next_attempt);
        reconnect();
    }
    EXPECT_GT(longest, 500ms);
    EXPECT_LE(longest, 8s);
    deliver_portfolio();
    for (int i = 0; i < 2; ++i) {
        tick(30s);
        received(kPingRequest);
    }
    closed(Reason::ConnectionLost, "cut");
    EXPECT_LE(account.disconnects.back().next_attempt, 500ms);
}

TEST_F(PushSessionTest, UnknownTypeOfMessageIsToldOnce) {
    connect();
    received(R"({"type":"PositionUpdate","payload":{}})");
    received(R"({"type":"PositionUpdate","payload":{}})");
    received(R"({"type":"OrderUpdate","payload":{}})");
    ASSERT_EQ(account.faults.size(), 2U);
    EXPECT_EQ(account.faults[0].reason, Reason::MsgTypeUnknown);
    EXPECT_EQ(account.faults[0].msg_type, "PositionUpdate");
}

TEST_F(PushSessionTest, MessageThatCannotBeReadIsToldAndTheConnectionGoesOn) {
    connect();
    received("{\"type\":");
    ASSERT_EQ(account.faults.size(), 1U);
    EXPECT_EQ(account.faults[0].reason, Reason::MessageUnusable);
    deliver_portfolio();
    EXPECT_EQ(account.logged_on.size(), 1U);
}

TEST_F(PushSessionTest, FieldThatCannotBeReadIsToldWithItsPath) {
    connect();
    received(R"({"type":"AccountMetrics","inReplyTo":"x","payload":{"metrics":[)"
             R"({"account":"default:AB-1001","equity":"abc","balance":5}]}})");
    ASSERT_EQ(account.faults.size(), 1U);
    EXPECT_EQ(account.faults[0].reason, Reason::FieldUnreadable);
    EXPECT_THAT(account.faults[0].text, HasSubstr("equity"));
    ASSERT_EQ(account.summaries.size(), 1U);
    EXPECT_EQ(account.summaries[0].equity, "absent");
    EXPECT_EQ(account.summaries[0].balance, "5");
}

TEST_F(PushSessionTest, PortfolioOfAnotherAccountIsToldAsAFault) {
    connect();
    received(
        R"({"type":"AccountPortfolios","inReplyTo":"x","payload":{"portfolios":[)"
        R"({"account":"default:OTHER","version":1,"balances":[],"positions":[],"orders":[]}]}})");
    ASSERT_EQ(account.faults.size(), 1U);
    EXPECT_THAT(account.faults[0].text, HasSubstr("default:OTHER"));
}

TEST_F(PushSessionTest, RejectOfNothingThatIsAskedForIsAFault) {
    connect();
    received(reject_message("p-999", "32"));
    ASSERT_EQ(account.faults.size(), 1U);
    EXPECT_TRUE(account.conditions.empty());
}

TEST_F(PushSessionTest, CompressedMessagesAreReadAndPlainOnesToo) {
    PushConnectionSettings settings = connection_settings();
    settings.rules.is_compressed = true;
    make(settings);
    connect();
    received(net::gzip(portfolios_message(portfolios_id(), 7)));
    EXPECT_EQ(account.logged_on.size(), 1U);
    received(kPingRequest);
    EXPECT_EQ(tokens.touched, 1);
    std::string cut = net::gzip(kPingRequest);
    cut.resize(cut.size() / 2);
    received(cut);
    ASSERT_EQ(account.faults.size(), 1U);
    EXPECT_EQ(account.faults[0].reason, Reason::MessageUnusable);
}

TEST_F(PushSessionTest, CompressedMessageBeyondTheBoundIsAFaultAndNotHeld) {
    PushConnectionSettings settings = connection_settings();
    settings.rules.is_compressed = true;
    settings.max_message_bytes = 1'000;
    make(settings);
    connect();
    received(net::gzip(std::string(1'000'000, ' ')));
    EXPECT_EQ(account.faults.size(), 1U);
}

TEST_F(PushSessionTest, MessageThatCannotBeSentEndsTheConnection) {
    connect();
    deliver_portfolio();
    network.send_error = Reason::WriteQueueFull;
    received(kPingRequest);
    EXPECT_EQ(tokens.touched, 0);
    tick();
    EXPECT_THAT(ends(), testing::ElementsAre(Reason::WriteQueueFull));
}

TEST_F(PushSessionTest, CashTransfersAreToldOnceAndEventsEachTime) {
    connect();
    const std::string transfers =
        R"({"type":"CashTransfers","inReplyTo":"x","payload":{"cashTransfers":[)"
        R"({"account":"default:AB-1001","transferCode":"t1","cashTransactions":[)"
        R"({"transactionCode":"c1","type":"DEPOSIT","value":5,"currency":"USD"},)"
        R"({"transactionCode":"c2","type":"COMMISSION","value":-1,"currency":"USD"}]}]}})";
    received(transfers);
    received(transfers);
    EXPECT_THAT(account.transfers, testing::ElementsAre("t1/c1", "t1/c2"));
    received(R"({"type":"AccountEvents","inReplyTo":"x","payload":{"accountEvents":[)"
             R"({"account":"default:AB-1001","eventType":"MARGIN_CALL"}]}})");
    EXPECT_THAT(account.account_events, testing::ElementsAre("MARGIN_CALL"));
}

TEST_F(PushSessionTest, OrderInAPortfolioIsTold) {
    connect();
    received(portfolios_message(
        portfolios_id(), 7,
        R"({"account":"default:AB-1001","version":7,"orderId":700411,"clientOrderId":"A-1",)"
        R"("type":"LIMIT","instrument":"EURUSD","status":"WORKING","finalStatus":false,)"
        R"("side":"BUY","tif":"GTC","legs":[{"instrument":"EURUSD","positionEffect":"OPEN",)"
        R"("price":1.2,"quantity":10,"filledQuantity":0,"remainingQuantity":10}]})"));
    ASSERT_EQ(account.reports.size(), 1U);
    EXPECT_EQ(account.reports[0].cl_ord_id, "A-1");
    EXPECT_EQ(account.reports[0].order_id, "700411");
    EXPECT_EQ(account.reports[0].channel, Channel::Push);
}

TEST_F(PushSessionTest, StopClosesTheConnectionInOrderAndSaysWhenItIsDone) {
    connect();
    deliver_portfolio();
    bool is_done = false;
    session->stop("bye", [&] { is_done = true; });
    turn_loop();
    EXPECT_TRUE(network.last().is_closing);
    EXPECT_FALSE(is_done);
    closed(Reason::StoppedByHost);
    EXPECT_TRUE(is_done);
    EXPECT_THAT(ends(), testing::ElementsAre(Reason::StoppedByHost));
    EXPECT_LT(account.disconnects[0].next_attempt, 0ns);
    tick(1min);
    EXPECT_EQ(network.sockets.size(), 1U);
}

TEST_F(PushSessionTest, StopIsDoneInTimeWhenThePeerIsGone) {
    connect();
    bool is_done = false;
    session->stop("bye", [&] { is_done = true; });
    tick(2s);
    EXPECT_FALSE(is_done);
    tick(1s);
    EXPECT_TRUE(is_done);
    EXPECT_EQ(network.live_count(), 0U);
}

TEST_F(PushSessionTest, StopIsDoneAtOnceWhereNothingIsConnected) {
    bool is_done = false;
    const auto stop = [&] {
        is_done = false;
        session->stop("bye", [&] { is_done = true; });
        turn_loop();
    };
    stop();
    EXPECT_TRUE(is_done) << "never started";
    session->start();
    turn_loop();
    stop();
    EXPECT_TRUE(is_done) << "without a token";
    tokens.set("T1");
    session->start();
    turn_loop();
    stop();
    EXPECT_TRUE(is_done) << "while connecting";
    EXPECT_EQ(network.live_count(), 0U);
    session->start();
    turn_loop();
    closed(Reason::ConnectRefused);
    stop();
    EXPECT_TRUE(is_done) << "while waiting for the next attempt";
    tick(1min);
    EXPECT_EQ(network.live_count(), 0U);
}

TEST_F(PushSessionTest, NothingRunsAfterItsDestruction) {
    tokens.set("T1");
    session->start();
    session.reset();
    turn_loop();
    EXPECT_TRUE(network.sockets.empty());
    tokens.set("T2");
}

}  // namespace
}  // namespace broker::dxtrade::push
