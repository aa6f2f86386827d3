// A venue that turns hostile after an ordinary logon: bounded memory and time, the right Reject or
// disconnect, and the other account trades on.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <fstream>
#include <string>

#include "core/clock.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/codec/message_view.hpp"
#include "fix/session_engine.hpp"
#include "support/fix_message.hpp"
#include "support/tls_peer.hpp"
#include "system/trading_rig.hpp"

namespace broker::test {
namespace {

using testing::HasSubstr;

std::size_t resident_kb() {
    std::ifstream status{"/proc/self/status"};
    for (std::string word; status >> word;) {
        if (word != "VmRSS:") continue;
        std::size_t kb = 0;
        status >> kb;
        return kb;
    }
    return 0;
}

// Of what is kept, not of what sanitizers put aside.
void expect_grown_less(std::size_t before_kb, std::size_t bound_kb) {
    if (DXTRADE_SANITIZED) return;
    EXPECT_LT(resident_kb(), before_kb + bound_kb);
}

// ACC-1's venue is the test itself, ACC-2's a simulator.
class HostileLoggedOnPeer : public testing::Test {
protected:
    void SetUp() override {
        AccountYaml& account = rig_.account();
        account.port = peer_.port();
        account.profile = "dxtrade-cfd";  // asks nothing after the logon
        write("hostile-ca.pem", authority_.certificate_pem());
        account.trust = "hostile-ca.pem";
        simulator::CertificateRequest request;
        request.common_name = "ACC1";
        request.is_client = true;
        const simulator::IssuedCertificate issued = authority_.issue(request);
        write("hostile.pem", issued.certificate_pem);
        write("hostile.key", issued.key_pem);
        account.certificate = "hostile.pem";
        account.key = "hostile.key";
        rig_.start();
        log_on();
    }

    void write(const std::string& name, const std::string& text) {
        const auto path = rig_.account().venue / name;
        std::ofstream{path} << text;
        std::filesystem::permissions(path, std::filesystem::perms::owner_read);
    }

    void log_on() {
        ASSERT_TRUE(peer_.accept());
        const auto logon = peer_.read_message();
        ASSERT_TRUE(logon);
        ASSERT_TRUE(send("A", "98=0|108=30|"));
        ASSERT_TRUE(rig_.wait_ready("ACC-1"));
    }

    std::string message(const std::string& type, const std::string& body, std::uint64_t number) {
        std::string time(fix::kUtcTimestampSize, ' ');
        fix::write_utc_timestamp(core::SystemClock{}.utc(),
                                 std::span<char, fix::kUtcTimestampSize>{time});
        return fix_message("35=" + type + "|34=" + std::to_string(number) +
                           "|49=DXTRADE|56=ACC1|52=" + time + "|" + body);
    }
    bool send(const std::string& type, const std::string& body) {
        return peer_.write(message(type, body, number_++));
    }

    // Reads until a message of this type comes and gives the field; empty: none came.
    std::string wait_for_message(const std::string& type, std::int32_t tag,
                                 TlsPeer::Wait patience = TlsPeer::kPatience) {
        while (const auto text = peer_.read_message(patience)) {
            fix::MessageView view;
            if (view.parse(*text) && view.msg_type() == type) return std::string{view.get(tag)};
        }
        return {};
    }

    void expect_ended(broker_reason_t reason) {
        ASSERT_TRUE(rig_.events().wait_for(session_reason("ACC-1", reason)))
            << sdk::reason_name(reason) << "\n"
            << rig_.log();
    }

    void expect_other_account_trades() {
        ASSERT_TRUE(rig_.wait_ready("ACC-2"));
        ASSERT_TRUE(rig_.submit({.account = "ACC-2", .id = "OK-1"}).is_ok());
        EXPECT_TRUE(rig_.events().wait_for(order_status("OK-1", BROKER_ORD_STATUS_FILLED)));
    }

    TradingRig rig_{{"ACC-1", "ACC-2"}};
    simulator::CertificateAuthority authority_{"hostile CA"};
    TlsPeer peer_{authority_};
    std::uint64_t number_ = 1;
};

const std::string kReport = "37=O1|11=A|17=E1|150=0|39=0|55=EUR/USD|54=1|38=1|151=1|14=0|6=0|";

TEST_F(HostileLoggedOnPeer, RawDataLengthBeyondTheMessageIsPassedOverAndAskedForAgain) {
    ASSERT_TRUE(send("B", "148=x|33=1|58=x|95=2000000000|96=abc|"));
    ASSERT_TRUE(send("0", ""));
    EXPECT_EQ(wait_for_message("2", 7), "2");
    EXPECT_TRUE(rig_.wait_for_log("garbled"));
    expect_other_account_trades();
}

TEST_F(HostileLoggedOnPeer, NegativeRawDataLengthIsPassedOverAndAskedForAgain) {
    ASSERT_TRUE(send("B", "148=x|33=1|58=x|95=-40|96=abc|"));
    ASSERT_TRUE(send("0", ""));
    EXPECT_EQ(wait_for_message("2", 7), "2");
    expect_other_account_trades();
}

TEST_F(HostileLoggedOnPeer, BodyLengthOfTwoGigabytesEndsTheSessionWithinItsBounds) {
    const std::size_t before = resident_kb();
    const std::string filler(60'000, 'x');
    bool is_taken = peer_.write(with_soh("8=FIX.4.4|9=2147483647|35=8|58="));
    for (int i = 0; i < 2'000 && is_taken; ++i) is_taken = peer_.write(filler);
    EXPECT_FALSE(is_taken) << "120 MB were taken";
    expect_ended(BROKER_REASON_MALFORMED_MESSAGE);
    expect_grown_less(before, 32 * 1024);
    expect_other_account_trades();
}

TEST_F(HostileLoggedOnPeer, StreamWithoutBodyLengthEndsTheSessionWithinItsBounds) {
    const std::size_t before = resident_kb();
    const std::string filler(60'000, '8');
    bool is_taken = true;
    for (int i = 0; i < 2'000 && is_taken; ++i) is_taken = peer_.write(filler);
    EXPECT_FALSE(is_taken) << "120 MB were taken";
    expect_ended(BROKER_REASON_MALFORMED_MESSAGE);
    expect_grown_less(before, 32 * 1024);
    expect_other_account_trades();
}

TEST_F(HostileLoggedOnPeer, HundredThousandMessagesBehindAGapCostBoundedMemoryAndOneRequest) {
    const auto repeat_after = fix::RecoverySettings{}.request_timeout;
    const std::size_t before = resident_kb();
    const auto start = std::chrono::steady_clock::now();
    ++number_;  // the gap
    for (int i = 0; i < 100'000; ++i) ASSERT_TRUE(send("8", kReport));
    EXPECT_EQ(wait_for_message("2", 7), "2");
    expect_grown_less(before, 64 * 1024);
    expect_other_account_trades();
    // An unanswered request may be repeated, but only when its time has come.
    std::int64_t repeated = 0;
    while (!wait_for_message("2", 7, TlsPeer::Wait{0}).empty()) ++repeated;
    EXPECT_LE(repeated, (std::chrono::steady_clock::now() - start) / repeat_after);
}

TEST_F(HostileLoggedOnPeer, ResendRequestsInALoopAreAnsweredWithinBounds) {
    ASSERT_TRUE(rig_.submit({.id = "A-1", .symbol = "EUR/USD"}).is_ok());
    ASSERT_EQ(wait_for_message("D", 11), "A-1");
    const std::size_t before = resident_kb();
    for (int i = 0; i < 2'000; ++i) ASSERT_TRUE(send("2", "7=1|16=0|"));
    ASSERT_TRUE(send("1", "112=PING|"));
    EXPECT_EQ(wait_for_message("0", 112), "PING");
    expect_grown_less(before, 32 * 1024);
    expect_other_account_trades();
}

}  // namespace
}  // namespace broker::test
