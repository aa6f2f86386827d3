// Connecting, staying connected, and coming back.
#include "unit/fix_transport/transport_fixture.hpp"

namespace broker::fix {
namespace {

using namespace test;
using core::Reason;
using testing::AllOf;
using testing::ElementsAre;
using testing::Gt;
using testing::HasSubstr;
using testing::Le;
using testing::SizeIs;
using Record = RecordingTransportListener::Record;

class SessionTransportTest : public TransportTest {
protected:
    RecordingTransportListener::Disconnect first_disconnect() {
        EXPECT_TRUE(listener_.wait_for_disconnects(1));
        return listener_.record().disconnects.at(0);
    }
    void expect_first_disconnect(Reason reason, const std::string& text) {
        const auto disconnect = first_disconnect();
        EXPECT_EQ(disconnect.reason, reason) << disconnect.text;
        EXPECT_THAT(disconnect.text, HasSubstr(text));
        EXPECT_EQ(disconnect.peer, settings_.connect.hosts[0].text());
    }
};

TEST(HostPort, WritesAnIpv6AddressInBrackets) {
    EXPECT_EQ((HostPort{"::1", "9880"}.text()), "[::1]:9880");
    EXPECT_EQ((HostPort{"broker.example", "9880"}.text()), "broker.example:9880");
}

TEST_F(SessionTransportTest, RefusesToBeMadeWithoutHosts) {
    EXPECT_THROW(start(), std::invalid_argument);
}

TEST_F(SessionTransportTest, LogsOnAndDeliversMessagesWithTheTimeOfTheirArrival) {
    const auto before = clock_.monotonic();
    const auto server = add_server(logged_on_then([](TlsPeer& peer) {
        (void)peer.write(fix_message("8", "37=O-1|"));
        answer_logout(peer);
    }));
    start();
    ASSERT_TRUE(listener_.wait_for_messages(1));
    const Record record = listener_.record();
    EXPECT_THAT(record.connecting, ElementsAre(settings_.connect.hosts[0].text()));
    EXPECT_THAT(record.logged_on, ElementsAre(settings_.connect.hosts[0].text()));
    EXPECT_EQ(record.messages[0], fix_message("8", "37=O-1|"));
    EXPECT_GT(record.received[0], before);
    EXPECT_LE(record.received[0], clock_.monotonic());
    EXPECT_EQ(state(), TransportState::LoggedOn);
}

// How many messages of one record are delivered before what waits for the loop gets its turn.
class SessionTransportTurns : public TransportTest {
protected:
    std::size_t delivered_before_others() {
        constexpr int kMessages = 100;
        const auto server = add_server(logged_on_then([](TlsPeer& peer) {
            std::string burst;
            for (int i = 0; i < kMessages; ++i) burst += fix_message("8", "37=O-1|");
            (void)peer.write(burst);
            answer_logout(peer);
        }));
        int called = 0;
        std::promise<std::size_t> before;
        listener_.then = [&] {
            if (++called != 2) return;  // the first is the logon
            boost::asio::post(thread_.loop().context(),
                              [&] { before.set_value(listener_.record().messages.size()); });
        };
        start();
        EXPECT_TRUE(listener_.wait_for_messages(kMessages));
        const std::size_t result = before.get_future().get();
        EXPECT_TRUE(stop());
        return result;
    }
};

TEST_F(SessionTransportTurns, LetsOthersHaveTheirsWhenThePeerSendsMuchAtOnce) {
    settings_.max_turn = core::Duration::zero();
    EXPECT_LE(delivered_before_others(), 2U);
}

TEST_F(SessionTransportTurns, DeliversAllOfARecordWhenThereIsTime) {
    settings_.max_turn = std::chrono::minutes{1};
    EXPECT_EQ(delivered_before_others(), 100U);
}

TEST_F(SessionTransportTest, DeliversEveryMessageOfABurstInOrder) {
    constexpr int kMessages = 5'000;
    const auto server = add_server(logged_on_then([](TlsPeer& peer) {
        std::string burst;
        for (int i = 0; i < kMessages; ++i)
            burst += fix_message("8", "17=" + std::to_string(i) + "|");
        (void)peer.write(burst);
        answer_logout(peer);
    }));
    start();
    ASSERT_TRUE(listener_.wait_for_messages(kMessages));
    const auto messages = listener_.record().messages;
    for (int i = 0; i < kMessages; ++i) {
        ASSERT_EQ(messages[static_cast<std::size_t>(i)],
                  fix_message("8", "17=" + std::to_string(i) + "|"));
    }
}

TEST_F(SessionTransportTest, DeliversAMessageThatArrivesByteByByte) {
    const auto server = add_server(logged_on_then([](TlsPeer& peer) {
        for (const char byte : fix_message("8", "37=O-1|")) (void)peer.write({&byte, 1});
        answer_logout(peer);
    }));
    start();
    ASSERT_TRUE(listener_.wait_for_messages(1));
    EXPECT_EQ(listener_.record().messages[0], fix_message("8", "37=O-1|"));
}

TEST_F(SessionTransportTest, CallsTheEngineWhenItsTimerIsDue) {
    const Signal heartbeats;
    const auto server = add_server(logged_on_then([&](TlsPeer& peer) {
        int count = 0;
        while (count < 3) {
            const std::string bytes = peer.read_some();
            if (bytes.empty()) return;
            if (bytes.find("35=0") != std::string::npos) ++count;
        }
        heartbeats.set();
        answer_logout(peer);
    }));
    start();
    EXPECT_TRUE(heartbeats.wait());
}

TEST_F(SessionTransportTest, ComesBackToTheSameHostAfterALostSession) {
    std::atomic<int> connections{0};
    const auto server = add_server(logged_on_then([&](TlsPeer& peer) {
        if (++connections > 1) return answer_logout(peer);
        peer.close_notify();
    }));
    const auto server_2 = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(2));
    expect_first_disconnect(Reason::ConnectionClosedByPeer, "closed the connection");
    EXPECT_THAT(first_disconnect().next_attempt, AllOf(Gt(0ns), Le(5ms)));
    EXPECT_THAT(listener_.record().logged_on,
                ElementsAre(settings_.connect.hosts[0].text(), settings_.connect.hosts[0].text()));
}

TEST_F(SessionTransportTest, GoesOnToTheNextHostWhenOneRefusesTheConnection) {
    const DeadPort refuses{DeadPort::Kind::Refuses};
    settings_.connect.hosts.push_back({"127.0.0.1", refuses.text()});
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    expect_first_disconnect(Reason::ConnectRefused, "Connection refused");
    EXPECT_THAT(listener_.record().logged_on, ElementsAre(settings_.connect.hosts[1].text()));
}

TEST_F(SessionTransportTest, GoesOnToTheNextHostWhenOneConnectsButRefusesTheLogon) {
    const auto server = add_server([](TlsPeer& peer) {
        if (!peer.handshake()) return;
        (void)peer.read_some();
        (void)peer.write(fix_message("5", "58=no such user|"));
        peer.read_to_end();
    });
    const auto server_2 = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    expect_first_disconnect(Reason::LogonRefused, "no such user");
    EXPECT_THAT(listener_.record().logged_on, ElementsAre(settings_.connect.hosts[1].text()));
}

TEST_F(SessionTransportTest, ReturnsToTheFirstHostWhenAllHaveFailed) {
    const DeadPort one{DeadPort::Kind::Refuses};
    const DeadPort other{DeadPort::Kind::Refuses};
    settings_.connect.hosts = {{"127.0.0.1", one.text()}, {"127.0.0.1", other.text()}};
    start();
    ASSERT_TRUE(listener_.wait_for_disconnects(3));
    const auto tried = listener_.record().connecting;
    EXPECT_EQ(tried[0], settings_.connect.hosts[0].text());
    EXPECT_EQ(tried[1], settings_.connect.hosts[1].text());
    EXPECT_EQ(tried[2], settings_.connect.hosts[0].text());
}

TEST_F(SessionTransportTest, ReportsAConnectTimeout) {
    const DeadPort hole{DeadPort::Kind::BlackHole};
    settings_.connect.hosts = {{"127.0.0.1", hole.text()}};
    settings_.connect_timeout = 50ms;
    start();
    expect_first_disconnect(Reason::ConnectTimeout, hole.text());
}

TEST_F(SessionTransportTest, ReportsASilentPeerAsHandshakeTimeout) {
    settings_.handshake_timeout = 50ms;
    const auto server = add_server([](TlsPeer& peer) {
        while (peer.read_plain()) {
        }
    });
    start();
    expect_first_disconnect(Reason::TlsHandshakeTimeout, "no answer in time");
}

TEST_F(SessionTransportTest, VerifiesTheConfiguredServerNameInsteadOfTheHosts) {
    settings_.server_name = "broker.example";
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    expect_first_disconnect(Reason::TlsHostNameMismatch, "broker.example");
}

TEST_F(SessionTransportTest, EndsALogonThatIsNeverAnswered) {
    session_.logon_timeout = 0s;
    const auto server = add_server([](TlsPeer& peer) {
        if (peer.handshake()) peer.read_to_end();
    });
    start();
    expect_first_disconnect(Reason::LogonTimeout, "no answer to Logon");
}

TEST_F(SessionTransportTest, EndsALogonEvenIfTheEngineForgetsItsDeadline) {
    session_.logon_timeout = 0s;
    session_.username = engine_script::kIgnoresDeadlines;
    const auto server = add_server([](TlsPeer& peer) {
        if (peer.handshake()) peer.read_to_end();
    });
    start();
    expect_first_disconnect(Reason::LogonTimeout, "no session after Logon");
}

TEST_F(SessionTransportTest, StaysResponsiveWithAnEngineWhoseTimerIsAlwaysDue) {
    session_.username = engine_script::kAlwaysDue;
    const auto server = add_server(logged_on_then([](TlsPeer& peer) {
        (void)peer.write(fix_message("8", "37=O-1|"));
        answer_logout(peer);
    }));
    start();
    EXPECT_TRUE(listener_.wait_for_messages(1));
    EXPECT_TRUE(stop());
}

TEST_F(SessionTransportTest, TurnsAnExceptionOfTheEngineIntoTheEndOfTheSession) {
    const auto server = add_server(logged_on_then([](TlsPeer& peer) {
        (void)peer.write(fix_message("1"));
        peer.read_to_end();
    }));
    start();
    expect_first_disconnect(Reason::InternalError, "a mistake in the engine");
}

TEST_F(SessionTransportTest, PlansNoAttemptAfterMsgSeqNumTooLowUntilStartedAgain) {
    std::atomic<int> connections{0};
    const auto server = add_server(logged_on_then([&](TlsPeer& peer) {
        if (++connections > 1) return answer_logout(peer);
        (void)peer.write(fix_message("5", "58=low|"));
        peer.read_to_end();
    }));
    start();
    const auto disconnect = first_disconnect();
    EXPECT_EQ(disconnect.reason, Reason::MsgSeqNumTooLow);
    EXPECT_LT(disconnect.next_attempt, 0ns);
    EXPECT_EQ(state(), TransportState::Idle);
    on_loop([&] { transport_->start(); });
    EXPECT_TRUE(listener_.wait_for_logons(2));
    EXPECT_TRUE(stop());
}

TEST_F(SessionTransportTest, PassesOverAGarbledMessageWithANotice) {
    const auto server = add_server(logged_on_then([](TlsPeer& peer) {
        std::string garbled = fix_message("8", "37=O-1|");
        garbled[garbled.size() - 2] = garbled[garbled.size() - 2] == '0' ? '1' : '0';
        (void)peer.write(garbled + fix_message("8", "37=O-2|"));
        answer_logout(peer);
    }));
    start();
    ASSERT_TRUE(listener_.wait_for_messages(1));
    const Record record = listener_.record();
    EXPECT_EQ(record.messages[0], fix_message("8", "37=O-2|"));
    ASSERT_THAT(record.notices, SizeIs(1));
    EXPECT_THAT(record.notices[0], HasSubstr("garbled message passed over"));
}

TEST_F(SessionTransportTest, ReportsOnlyTheFirstOfManyGarbledMessages) {
    const auto server = add_server(logged_on_then([](TlsPeer& peer) {
        std::string garbled = fix_message("8", "37=O-1|");
        garbled[garbled.size() - 2] = garbled[garbled.size() - 2] == '0' ? '1' : '0';
        for (int i = 0; i < 200; ++i) (void)peer.write(garbled);
        (void)peer.write(fix_message("8", "37=O-2|"));
        answer_logout(peer);
    }));
    start();
    ASSERT_TRUE(listener_.wait_for_messages(1));
    const auto notices = listener_.record().notices;
    EXPECT_THAT(notices, SizeIs(21));
    EXPECT_THAT(notices.back(), HasSubstr("further garbled messages"));
}

TEST_F(SessionTransportTest, ClosesAConnectionThatIsGarbledBeforeLogon) {
    const auto server = add_server([](TlsPeer& peer) {
        if (!peer.handshake()) return;
        (void)peer.write("HTTP/1.1 400 Bad Request\r\n\r\n");
        peer.read_to_end();
    });
    start();
    expect_first_disconnect(Reason::MalformedMessage, "before logon");
}

TEST_F(SessionTransportTest, ClosesAConnectionWithTooManyGarbledBytes) {
    settings_.max_garbled_bytes = 10'000;
    const auto server = add_server(logged_on_then([](TlsPeer& peer) {
        while (peer.write(std::string(1'000, 'x'))) {
        }
    }));
    start();
    expect_first_disconnect(Reason::MalformedMessage, "garbled bytes in one connection");
}

}  // namespace
}  // namespace broker::fix
