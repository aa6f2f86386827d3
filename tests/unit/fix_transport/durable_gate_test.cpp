// Messages that wait until their records are on the disk.
#include "fix/durable_gate.hpp"

#include <atomic>
#include <functional>

#include "unit/fix_transport/transport_fixture.hpp"

namespace broker::fix {
namespace {

using namespace test;
using core::Reason;
using testing::HasSubstr;
using testing::Not;

// A journal and its disk, moved by hand.
class HandGate final : public DurableGate {
public:
    journal::Position recorded() const override { return recorded_; }
    journal::Position durable() const override { return durable_; }
    std::string failure() const override { return failure_; }
    void add_listener(std::function<void()> listener) override { listener_ = std::move(listener); }
    void tell() {
        if (listener_) listener_();
    }

    journal::Position recorded_ = 0;
    journal::Position durable_ = 0;
    std::string failure_;
    std::function<void()> listener_;
};

TEST(HeldSends, GoOutInOrderAsTheirRecordsBecomeDurable) {
    const auto gate = std::make_shared<HandGate>();
    HeldSends held{gate};
    EXPECT_FALSE(held.hold("at once")) << "everything is durable";
    std::vector<std::string> out;
    const auto release = [&](std::size_t at_most = 1000) {
        held.release([&](std::string_view message) {
            out.emplace_back(message);
            return out.size() < at_most;
        });
    };
    gate->recorded_ = 10;
    EXPECT_TRUE(held.hold("a"));
    gate->recorded_ = 20;
    EXPECT_TRUE(held.hold("bb"));
    EXPECT_TRUE(held.hold("ccc"));
    EXPECT_EQ(held.bytes(), 6U);
    gate->durable_ = 9;
    release();
    EXPECT_TRUE(out.empty());
    gate->durable_ = 10;
    release();
    EXPECT_EQ(out, (std::vector<std::string>{"a"}));
    gate->durable_ = 20;
    EXPECT_TRUE(held.hold("d")) << "it must not overtake";
    release(2);
    EXPECT_EQ(held.bytes(), 4U);
    release();
    EXPECT_EQ(out, (std::vector<std::string>{"a", "bb", "ccc", "d"}));
    EXPECT_TRUE(held.empty());
    EXPECT_FALSE(held.hold("at once"));
}

TEST(HeldSends, KeepTheirOrderHoweverLongTheQueueIsNeverEmpty) {
    const auto gate = std::make_shared<HandGate>();
    HeldSends held{gate};
    std::vector<int> out;
    int next = 0;
    for (; next < 1000; ++next) {
        gate->recorded_ += 10;
        ASSERT_TRUE(held.hold(std::to_string(next)));
        if (next % 2 == 0) continue;
        gate->durable_ = gate->recorded_ - 10;
        held.release([&](std::string_view message) {
            out.push_back(std::stoi(std::string{message}));
            return true;
        });
        EXPECT_LE(held.bytes(), 8U);
    }
    ASSERT_EQ(out.size(), 999U);
    for (int n = 0; n < 999; ++n) ASSERT_EQ(out[static_cast<std::size_t>(n)], n);
}

class SessionTransportGate : public TransportTest {
protected:
    SessionTransportGate() { settings_.gate = gate_; }
    // Everything that comes until the connection ends.
    [[nodiscard]] std::unique_ptr<TlsTestServer> add_reading_server() {
        return add_server(logged_on_then([this](TlsPeer& peer) {
            while (true) {
                const std::string bytes = peer.read_some();
                if (bytes.empty()) break;
                received_ += bytes;
                if (bytes.find("35=5") != std::string::npos) (void)peer.write(fix_message("5"));
            }
            ended_.set();
        }));
    }
    core::Result<SendReceipt> send_order() {
        MessageEncoder message;
        message.clear("D");
        message.add(11, "A-17");
        return on_loop([&] { return transport_->send(message); });
    }
    void set(journal::Position recorded, journal::Position durable) {
        on_loop([&] {
            gate_->recorded_ = recorded;
            gate_->durable_ = durable;
            gate_->tell();
            return 0;
        });
    }

    std::shared_ptr<HandGate> gate_ = std::make_shared<HandGate>();
    std::string received_;  // the server's thread alone, until ended_
    Signal ended_;
};

TEST_F(SessionTransportGate, AnOrderIsWrittenOnlyWhenItsRecordIsDurable) {
    const auto server = add_reading_server();
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    set(100, 50);
    const auto receipt = send_order();
    ASSERT_TRUE(receipt) << receipt.error().detail;
    EXPECT_EQ(receipt->written, core::MonotonicTime{});
    set(200, 100);
    const auto later = send_order();
    EXPECT_EQ(later->written, core::MonotonicTime{});
    set(200, 200);
    const auto at_once = send_order();
    EXPECT_NE(at_once->written, core::MonotonicTime{});
    EXPECT_TRUE(stop());
    ASSERT_TRUE(ended_.wait());
    std::size_t orders = 0;
    for (auto at = received_.find("35=D"); at != received_.npos;
         at = received_.find("35=D", at + 1))
        ++orders;
    EXPECT_EQ(orders, 3U);
}

// The engine ends the session as soon as it has sent its Logout, which waits for the disk.
TEST_F(SessionTransportGate, TheLastMessageOfASessionGoesOutBeforeTheConnectionCloses) {
    std::promise<std::string> received;
    const auto server = add_server(logged_on_then([&](TlsPeer& peer) {
        (void)peer.write(fix_message("5", "58=bye|"));
        received.set_value(peer.read_some());
        peer.read_to_end();
    }));
    std::atomic<bool> is_logged_on{false};
    listener_.then = [&] {
        gate_->recorded_ = 100;  // and not durable
        is_logged_on = true;
    };
    start();
    auto text = received.get_future();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    while (is_logged_on &&
           on_loop([&] { return transport_->state(); }) == TransportState::LoggedOn) {
    }
    set(100, 100);
    EXPECT_THAT(text.get(), HasSubstr("35=5"));
    ASSERT_TRUE(listener_.wait_for_disconnects(1));
    EXPECT_EQ(listener_.record().disconnects[0].reason, Reason::LogoutByPeer);
}

TEST_F(SessionTransportGate, NothingThatNeverBecameDurableIsEverSent) {
    settings_.connect.backoff = {.initial = 10s, .maximum = 10s};
    const auto server = add_reading_server();
    start();
    ASSERT_TRUE(listener_.wait_for_logons(1));
    set(100, 50);
    ASSERT_TRUE(send_order());
    on_loop([&] {
        gate_->failure_ = "the journal has failed: header: fdatasync: Input/output error";
        gate_->tell();
        return 0;
    });
    ASSERT_TRUE(listener_.wait_for_disconnects(1));
    EXPECT_EQ(listener_.record().disconnects[0].reason, Reason::StorageFailed);
    EXPECT_THAT(listener_.record().disconnects[0].text, HasSubstr("Input/output error"));
    ASSERT_TRUE(ended_.wait());
    EXPECT_THAT(received_, Not(HasSubstr("35=D")));
}

}  // namespace
}  // namespace broker::fix
