// The transport with each session engine: a session from Logon to Logout.
#include <algorithm>
#include <array>

#include "core/clock.hpp"
#include "fix/codec/message_encoder.hpp"
#include "fix/native/native_engine.hpp"
#include "fix/quickfix/quickfix_engine.hpp"
#include "unit/fix_transport/transport_fixture.hpp"

namespace broker::fix {
namespace {

using namespace test;
using core::Reason;
using testing::HasSubstr;

// The venue's side: numbers and dates what it sends.
class Venue {
public:
    explicit Venue(TlsPeer& peer) : peer_{peer} {}

    void send(std::string_view msg_type, const std::string& body) {
        send_as(++number_, msg_type, body);
    }
    void skip(int messages) { number_ += messages; }
    void send_as(int number, std::string_view msg_type, const std::string& body) {
        std::array<char, kUtcTimestampSize> time{};
        write_utc_timestamp(core::SystemClock{}.utc(), time);
        (void)peer_.write(fix_message(msg_type, "49=DXTRADE|56=ACC1|34=" + std::to_string(number) +
                                                    "|52=" + std::string{time.data(), time.size()} +
                                                    "|" + body));
    }
    // Reads until a message of this type has come whole; false at the end of the connection.
    bool wait_for(const std::string& msg_type) {
        const std::string field =
            "\x01"
            "35=" +
            msg_type + "\x01";
        while (true) {
            const auto at = read_.find(field);
            const auto end = at == std::string::npos ? at
                                                     : read_.find(
                                                           "\x01"
                                                           "10=",
                                                           at);
            if (end != std::string::npos) {
                last_ = read_.substr(at, end - at);
                read_.erase(0, end);
                return true;
            }
            const std::string more = peer_.read_some();
            if (more.empty()) return false;
            read_ += more;
        }
    }
    [[nodiscard]] const std::string& last() const { return last_; }

private:
    TlsPeer& peer_;
    int number_ = 0;
    std::string read_;
    std::string last_;
};

class EngineOverTls : public TransportTest, public testing::WithParamInterface<bool> {
protected:
    EngineOverTls() {
        session_.dictionary_path = DICTIONARY_PATH;
        make_engine_ = GetParam() ? make_native_engine : make_quickfix_engine;
    }
};

INSTANTIATE_TEST_SUITE_P(Engine, EngineOverTls, testing::Bool(), [](const auto& parameter) {
    return parameter.param ? "Native" : "Quickfix";
});

TEST_P(EngineOverTls, LogsOnSendsAnOrderGetsItsReportAndLogsOut) {
    std::promise<std::string> order;
    const auto server = add_server([&](TlsPeer& peer) {
        if (!peer.handshake()) return;
        Venue venue{peer};
        if (!venue.wait_for("A")) return;
        venue.send("A", "98=0|108=30|");
        if (!venue.wait_for("D")) return;
        order.set_value(venue.last());
        venue.send("8", "37=O-1|17=E-1|150=0|39=0|11=A-17|55=EUR/USD|54=1|38=1|14=0|151=1|6=0|");
        if (!venue.wait_for("5")) return;
        venue.send("5", "");
        peer.read_to_end();
    });
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    MessageEncoder message;
    message.clear("D");
    message.add(11, "A-17");
    message.add(55, "EUR/USD");
    const auto receipt = on_loop([&] { return transport_->send(message); });
    ASSERT_TRUE(receipt) << receipt.error().detail;
    EXPECT_EQ(receipt->msg_seq_num, 2U);
    EXPECT_GE(receipt->written, receipt->journaled);
    EXPECT_THAT(order.get_future().get(), HasSubstr("11=A-17"));
    ASSERT_TRUE(listener_.wait_for_messages(1));
    EXPECT_THAT(listener_.record().messages[0], HasSubstr("37=O-1"));
    EXPECT_TRUE(stop());
    EXPECT_EQ(listener_.record().disconnects.at(0).reason, Reason::StoppedByHost);
}

TEST_P(EngineOverTls, TakesUpItsNumbersAgainAfterALostConnection) {
    std::promise<std::string> second_logon;
    int connections = 0;
    const auto server = add_server([&](TlsPeer& peer) {
        if (!peer.handshake()) return;
        Venue venue{peer};
        if (!venue.wait_for("A")) return;
        if (++connections == 2) second_logon.set_value(venue.last());
        if (connections > 1) return peer.read_to_end();
        venue.send("A", "98=0|108=30|");
        peer.close_notify();
    });
    start();
    EXPECT_THAT(second_logon.get_future().get(), HasSubstr("\x01"
                                                           "34=2\x01"));
    EXPECT_EQ(listener_.record().disconnects.at(0).reason, Reason::ConnectionClosedByPeer);
    EXPECT_TRUE(stop());
}

class NativeOverTls : public TransportTest {
protected:
    NativeOverTls() { make_engine_ = make_native_engine; }
};

TEST_F(NativeOverTls, PassesOnWhatTheEngineNotices) {
    const auto server = add_server([&](TlsPeer& peer) {
        if (!peer.handshake()) return;
        Venue venue{peer};
        if (!venue.wait_for("A")) return;
        venue.send("A", "98=0|108=30|");
        venue.send("4", "36=50|");
        venue.send("5", "");
        peer.read_to_end();
    });
    start();
    ASSERT_TRUE(listener_.wait_for_disconnects(1));
    EXPECT_THAT(listener_.record().notices,
                testing::Contains(HasSubstr("SequenceReset-Reset from MsgSeqNum 2 to 50")));
    EXPECT_TRUE(stop());
}

TEST_F(NativeOverTls, AnswersAResendRequestPageByPage) {
    session_.recovery.page_messages = 1;
    std::promise<std::string> last_page;
    const auto server = add_server([&](TlsPeer& peer) {
        if (!peer.handshake()) return;
        Venue venue{peer};
        if (!venue.wait_for("A")) return;
        venue.send("A", "98=0|108=30|");
        for (int order = 0; order < 5; ++order)
            if (!venue.wait_for("D")) return;
        venue.send("2", "7=2|16=0|");
        for (int page = 0; page < 5; ++page)  // the fixture calls every order stale
            if (!venue.wait_for("4")) return;
        last_page.set_value(venue.last());
        peer.read_to_end();
    });
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    MessageEncoder message;
    message.clear("D");
    message.add(11, "A-17");
    for (int order = 0; order < 5; ++order)
        ASSERT_TRUE(on_loop([&] { return transport_->send(message); }));
    auto page = last_page.get_future();
    ASSERT_EQ(page.wait_for(std::chrono::seconds{30}), std::future_status::ready);
    EXPECT_THAT(page.get(), testing::AllOf(HasSubstr("34=6\x01"), HasSubstr("36=7")));
    EXPECT_TRUE(stop());
}

TEST_F(NativeOverTls, SendsAPageOfAResendInOneRecord) {
    listener_.resend_decision = ResendDecision::Resend;
    session_.recovery.page_time = std::chrono::seconds{1};
    std::promise<std::string> record;
    const auto server = add_server([&](TlsPeer& peer) {
        if (!peer.handshake()) return;
        Venue venue{peer};
        if (!venue.wait_for("A")) return;
        venue.send("A", "98=0|108=30|");
        for (int order = 0; order < 50; ++order)
            if (!venue.wait_for("D")) return;
        venue.send("2", "7=2|16=0|");
        record.set_value(peer.read_some());
        peer.read_to_end();
    });
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    MessageEncoder message;
    message.clear("D");
    message.add(11, "A-17");
    for (int order = 0; order < 50; ++order)
        ASSERT_TRUE(on_loop([&] { return transport_->send(message); }));
    auto page = record.get_future();
    ASSERT_EQ(page.wait_for(std::chrono::seconds{30}), std::future_status::ready);
    const std::string bytes = page.get();
    std::size_t again = 0;
    for (auto at = bytes.find("\x01"
                              "43=Y\x01");
         at != std::string::npos; at = bytes.find("\x01"
                                                  "43=Y\x01",
                                                  at + 1))
        ++again;
    EXPECT_EQ(again, 50U);
    EXPECT_TRUE(stop());
}

// What the peer sends behind the gap waits in the engine and is delivered in turns.
TEST_F(NativeOverTls, DeliversWhatWaitedBehindAGapInOrderWithOthersInBetween) {
    settings_.max_turn = core::Duration::zero();
    const auto server = add_server([&](TlsPeer& peer) {
        if (!peer.handshake()) return;
        Venue venue{peer};
        if (!venue.wait_for("A")) return;
        venue.send("A", "98=0|108=30|");
        venue.skip(1);
        for (int report = 3; report <= 200; ++report) venue.send("8", "37=O-1|");
        if (!venue.wait_for("2")) return;
        venue.send_as(2, "4", "43=Y|123=Y|36=3|");
        peer.read_to_end();
    });
    std::size_t delivered = 0;  // of the event thread
    std::size_t most_at_once = 0;
    std::size_t in_this_turn = 0;
    listener_.then = [&] {
        if (++delivered == 1) return;  // the logon
        if (in_this_turn++ == 0) {
            boost::asio::post(thread_.loop().context(), [&] {
                most_at_once = std::max(most_at_once, in_this_turn);
                in_this_turn = 0;
            });
        }
    };
    start();
    ASSERT_TRUE(listener_.wait_for_messages(198));
    EXPECT_TRUE(stop());
    EXPECT_LE(most_at_once, 2U);
    std::size_t number = 3;
    for (const std::string& message : listener_.record().messages)
        EXPECT_THAT(message, HasSubstr("\x01"
                                       "34=" +
                                       std::to_string(number++) + "\x01"));
}

}  // namespace
}  // namespace broker::fix
