// Sending application messages.
#include <latch>

#include "unit/fix_transport/transport_fixture.hpp"

namespace broker::fix {
namespace {

using namespace test;
using core::Reason;
using testing::HasSubstr;

class SessionTransportSend : public TransportTest {
protected:
    static MessageEncoder order(const std::string& text = "x") {
        MessageEncoder message;
        message.clear("D");
        message.add(11, "A-17");
        message.add(58, text);
        return message;
    }
    core::Result<SendReceipt> send(const MessageEncoder& message) {
        return on_loop([&] { return transport_->send(message); });
    }
};

TEST_F(SessionTransportSend, GivesAReceiptWithNumberAndTimesOfAWrittenMessage) {
    std::promise<std::string> received;
    const auto server = add_server(logged_on_then([&](TlsPeer& peer) {
        std::string bytes;
        while (bytes.find("35=D") == std::string::npos) {
            const std::string more = peer.read_some();
            if (more.empty()) return;
            bytes += more;
        }
        received.set_value(bytes);
        answer_logout(peer);
    }));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    const auto before = clock_.monotonic();
    const auto receipt = send(order());
    ASSERT_TRUE(receipt) << receipt.error().detail;
    EXPECT_EQ(receipt->msg_seq_num, 2U);
    EXPECT_GE(receipt->journaled, before);
    EXPECT_GE(receipt->written, receipt->journaled);
    EXPECT_THAT(received.get_future().get(), HasSubstr("11=A-17"));
}

TEST_F(SessionTransportSend, IsRefusedWhileNobodyIsLoggedOn) {
    const Signal connected;
    const auto server = add_server([&](TlsPeer& peer) {
        if (!peer.handshake()) return;
        (void)peer.read_some();
        connected.set();
        peer.read_to_end();
    });
    start();
    ASSERT_TRUE(connected.wait());
    const auto receipt = send(order());
    ASSERT_FALSE(receipt);
    EXPECT_EQ(receipt.error().reason, Reason::AccountNotReady);
}

TEST_F(SessionTransportSend, IsRefusedAfterTheSessionWasLost) {
    settings_.connect.backoff = {.initial = 10s, .maximum = 10s};
    const auto server = add_server(logged_on_then([&](TlsPeer& peer) { peer.close_notify(); }));
    start();
    ASSERT_TRUE(listener_.wait_for_disconnects(1));
    EXPECT_EQ(send(order()).error().reason, Reason::AccountNotReady);
}

TEST_F(SessionTransportSend, IsRefusedForAMessageThatDoesNotFit) {
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    EXPECT_EQ(send(order(std::string(MessageEncoder::kCapacity, 'x'))).error().reason,
              Reason::InvalidField);
}

TEST_F(SessionTransportSend, PassesOnThatTheStoreFailed) {
    session_.username = engine_script::kStorageFails;
    const auto server = add_server(logged_on_then(answer_logout));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    EXPECT_EQ(send(order()).error().reason, Reason::StorageFailed);
    EXPECT_EQ(state(), TransportState::LoggedOn);
}

TEST_F(SessionTransportSend, WorksFromInsideTheLogonAndMessageCallbacks) {
    const Signal both;
    const auto server = add_server(logged_on_then([&](TlsPeer& peer) {
        (void)peer.write(fix_message("8", "37=O-1|"));
        std::string bytes;
        while (bytes.find("35=D") == bytes.rfind("35=D")) {
            const std::string more = peer.read_some();
            if (more.empty()) return;
            bytes += more;
        }
        both.set();
        answer_logout(peer);
    }));
    listener_.then = [&] { EXPECT_TRUE(transport_->send(order())); };
    start();
    EXPECT_TRUE(both.wait());
}

TEST_F(SessionTransportSend, APeerThatStopsReadingEndsTheSessionWithinTheBound) {
    settings_.max_write_queue = 64 * 1024;
    settings_.connect.backoff = {.initial = 10s, .maximum = 10s};
    std::latch is_over{1};
    const auto server = add_server(logged_on_then([&](TlsPeer&) { is_over.wait(); }));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    const auto message = order(std::string(3'000, 'x'));
    std::size_t queued = 0;
    std::optional<core::Result<SendReceipt>> refused;
    on_loop([&] {
        for (int i = 0; i < 100'000 && !refused; ++i) {
            auto receipt = transport_->send(message);
            if (!receipt) {
                refused = std::move(receipt);
            } else if (receipt->written == core::MonotonicTime{}) {
                ++queued;
            }
        }
    });
    ASSERT_TRUE(refused);
    EXPECT_EQ(refused->error().reason, Reason::WriteQueueFull);
    EXPECT_GT(queued, 0U) << "a queued message has a receipt without `written`";
    EXPECT_LE(queued * 3'000, settings_.max_write_queue);
    ASSERT_TRUE(listener_.wait_for_disconnects(1));
    EXPECT_EQ(listener_.record().disconnects[0].reason, Reason::WriteQueueFull);
    EXPECT_THAT(listener_.record().disconnects[0].text, HasSubstr("does not read"));
    is_over.count_down();
}

TEST_F(SessionTransportSend, AFailedWriteLeavesAReceiptWithoutWrittenAndEndsTheSession) {
    settings_.connect.backoff = {.initial = 10s, .maximum = 10s};
    const Signal reset;
    const Signal may_reset;
    const auto server = add_server(logged_on_then([&](TlsPeer& peer) {
        (void)may_reset.wait();
        peer.reset();
    }));
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    std::optional<core::Result<SendReceipt>> last;
    on_loop([&] {
        // The loop does not turn meanwhile: the write is the first to meet the reset.
        may_reset.set();
        const auto message = order();
        for (int i = 0; i < 1'000'000 && transport_->state() == TransportState::LoggedOn; ++i) {
            last = transport_->send(message);
        }
    });
    ASSERT_TRUE(last && *last) << "a message that has a number is never reported as not sent";
    EXPECT_EQ((*last)->written, core::MonotonicTime{});
    ASSERT_TRUE(listener_.wait_for_disconnects(1));
    EXPECT_EQ(listener_.record().disconnects[0].reason, Reason::ConnectionLost);
}

}  // namespace
}  // namespace broker::fix
