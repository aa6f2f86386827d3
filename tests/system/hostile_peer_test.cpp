// Each fault of one venue: a session event with a stable reason and a clear text, no crash, no busy
// loop, and the other account trades on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <fstream>

#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using simulator::Fault;
using simulator::Listener;
using testing::HasSubstr;

double cpu_seconds() {
    rusage usage{};
    ::getrusage(RUSAGE_SELF, &usage);
    const auto seconds = [](const timeval& time) {
        return static_cast<double>(time.tv_sec) + static_cast<double>(time.tv_usec) / 1e6;
    };
    return seconds(usage.ru_utime) + seconds(usage.ru_stime);
}

// ACC-1 has the fault, ACC-2 must not notice.
class HostilePeer : public testing::Test {
protected:
    // Starts with the fault in place and expects `reason` for ACC-1, with `text` in its text.
    void expect_refused(broker_reason_t reason, const std::string& text) {
        rig_.start();
        ASSERT_TRUE(rig_.events().wait_for(session_reason("ACC-1", reason)))
            << sdk::reason_name(reason) << "\n"
            << rig_.log();
        const auto event = rig_.events().find(session_reason("ACC-1", reason)).front();
        EXPECT_THAT(event.text, testing::ContainsRegex(text));
        EXPECT_FALSE(event.suggested_action.empty());
        EXPECT_EQ(event.state, BROKER_ACCOUNT_STATE_OFFLINE);
        expect_order_refused();
        expect_other_account_trades();
        expect_paced();
    }

    void expect_order_refused() {
        const sdk::Status status = rig_.submit({.id = "NO-1"});
        EXPECT_EQ(status.code, BROKER_REFUSED);
        EXPECT_EQ(status.reason, BROKER_REASON_ACCOUNT_NOT_READY);
    }

    void expect_other_account_trades() {
        ASSERT_TRUE(rig_.wait_ready("ACC-2"));
        ASSERT_TRUE(rig_.submit({.account = "ACC-2", .id = "OK-1"}).is_ok());
        EXPECT_TRUE(rig_.events().wait_for(order_status("OK-1", BROKER_ORD_STATUS_FILLED)));
    }

    // Attempts go on with their pauses: five of them cost next to no processor time.
    void expect_paced() {
        const double before = cpu_seconds();
        const auto start = std::chrono::steady_clock::now();
        ASSERT_TRUE(
            rig_.events().wait_for_count(state_is("ACC-1", BROKER_ACCOUNT_STATE_CONNECTING), 5));
        const std::chrono::duration<double> elapsed = std::chrono::steady_clock::now() - start;
        EXPECT_LT(cpu_seconds() - before, elapsed.count() * 0.9 + 0.5);
    }

    // Gives the account's certificate folder a file of another name.
    void write_certificate(const simulator::IssuedCertificate& issued) {
        std::ofstream{rig_.account().venue / "other.pem"} << issued.certificate_pem;
        std::ofstream{rig_.account().venue / "other.key"} << issued.key_pem;
        std::filesystem::permissions(rig_.account().venue / "other.key",
                                     std::filesystem::perms::owner_read);
        rig_.account().certificate = "other.pem";
        rig_.account().key = "other.key";
    }

    TradingRig rig_{{"ACC-1", "ACC-2"}};
};

TEST_F(HostilePeer, ExpiredCertificate) {
    rig_.venue().set_fault(Listener::FixTrading, Fault::ExpiredCertificate, true);
    expect_refused(BROKER_REASON_TLS_CERTIFICATE_EXPIRED, "expired");
}

TEST_F(HostilePeer, CertificateOfAnotherHost) {
    rig_.venue().set_fault(Listener::FixTrading, Fault::WrongHostCertificate, true);
    expect_refused(BROKER_REASON_TLS_HOST_NAME_MISMATCH, "localhost");
}

TEST_F(HostilePeer, CertificateOfAnotherAuthority) {
    rig_.venue().set_fault(Listener::FixTrading, Fault::WrongCaCertificate, true);
    expect_refused(BROKER_REASON_TLS_CERTIFICATE_UNTRUSTED, "certificate");
}

TEST_F(HostilePeer, TlsOneOneOnly) {
    rig_.venue().set_fault(Listener::FixTrading, Fault::TlsOneOneOnly, true);
    expect_refused(BROKER_REASON_TLS_VERSION_UNSUPPORTED, "version|protocol");
}

TEST_F(HostilePeer, SilentAfterTcpAccept) {
    rig_.account().session_extra = "        handshake_timeout_ms: 100\n";
    rig_.venue().set_fault(Listener::FixTrading, Fault::Silent, true);
    expect_refused(BROKER_REASON_TLS_HANDSHAKE_TIMEOUT, "no answer in time .100 ms.");
}

TEST_F(HostilePeer, ConnectionRefused) {
    rig_.venue().set_fault(Listener::FixTrading, Fault::RefuseConnections, true);
    expect_refused(BROKER_REASON_CONNECT_REFUSED, "refused");
}

TEST_F(HostilePeer, WrongClientCertificate) {
    simulator::CertificateAuthority stranger{"Stranger"};
    write_certificate(stranger.issue({.common_name = "ACC1", .is_client = true}));
    expect_refused(BROKER_REASON_TLS_CLIENT_CERTIFICATE_REFUSED, "certificate");
}

TEST_F(HostilePeer, WrongPassword) {
    const auto file = rig_.account().venue / "wrong.password";
    std::ofstream{file} << "guess";
    std::filesystem::permissions(file, std::filesystem::perms::owner_read);
    rig_.account().password = "wrong.password";
    expect_refused(BROKER_REASON_LOGON_REFUSED, "password|credential|Password");
}

TEST_F(HostilePeer, Garbage) {
    rig_.venue().set_fault(Listener::FixTrading, Fault::Garbage, true);
    expect_refused(BROKER_REASON_MALFORMED_MESSAGE, "garbled message before logon");
}

TEST_F(HostilePeer, GarbageAfterLogonIsPassedOverUntilTheSessionIsFoundBroken) {
    rig_.account().session_extra = "        heartbeat_s: 1\n";
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1"));
    rig_.venue().set_fault(Listener::FixTrading, Fault::Garbage, true);
    ASSERT_TRUE(rig_.submit({.id = "M-1"}).is_ok());
    // The answer is unreadable: the order is unknown, never rejected.
    ASSERT_TRUE(rig_.events().wait_for(order_certainty("M-1", BROKER_CERTAINTY_UNKNOWN)))
        << rig_.log();
    EXPECT_EQ(rig_.events().count(order_status("M-1", BROKER_ORD_STATUS_REJECTED)), 0U);
    expect_other_account_trades();
    rig_.venue().set_fault(Listener::FixTrading, Fault::Garbage, false);
    ASSERT_TRUE(rig_.events().wait_for(order_status("M-1", BROKER_ORD_STATUS_FILLED)))
        << rig_.log();
    EXPECT_EQ(rig_.events().count(fill_of("M-1")), 1U);
    EXPECT_EQ(rig_.received(0, "D", "M-1"), 1U);
}

TEST_F(HostilePeer, SilenceAfterLogonEndsTheSessionByHeartbeatTimeout) {
    rig_.account().session_extra = "        heartbeat_s: 1\n";
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1"));
    rig_.venue().set_fault(Listener::FixTrading, Fault::MuteToClient, true);
    ASSERT_TRUE(rig_.events().wait_for(session_reason("ACC-1", BROKER_REASON_HEARTBEAT_TIMEOUT)))
        << rig_.log();
    expect_other_account_trades();
}

TEST_F(HostilePeer, MsgSeqNumTooLowWaitsForAPerson) {
    rig_.start();
    ASSERT_TRUE(rig_.wait_ready("ACC-1"));
    ASSERT_TRUE(rig_.submit({.id = "M-1"}).is_ok());
    ASSERT_TRUE(rig_.events().wait_for(order_status("M-1", BROKER_ORD_STATUS_FILLED)));
    ASSERT_TRUE(rig_.venue().set_next_sender_msg_seq_num("ACC1", 2));
    ASSERT_TRUE(rig_.submit({.id = "M-2"}).is_ok());
    ASSERT_TRUE(rig_.events().wait_for(session_reason("ACC-1", BROKER_REASON_MSG_SEQ_NUM_TOO_LOW)))
        << rig_.log();
    const auto event =
        rig_.events().find(session_reason("ACC-1", BROKER_REASON_MSG_SEQ_NUM_TOO_LOW)).front();
    EXPECT_EQ(event.next_attempt_ms, -1);
    expect_order_refused();
    expect_other_account_trades();
}

}  // namespace
}  // namespace broker::test
