#include "dxtrade/fix/trading_session.hpp"

#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <utility>

#include "dxtrade_fixture.hpp"
#include "journal/message_store.hpp"

namespace broker::dxtrade::fix {
namespace {

using core::Reason;
using namespace std::chrono_literals;

constexpr core::Duration kOrderTtl = 5s;

// Stands still for `pause` while a request is being encoded, which takes its TransactTime (60) from
// the wall clock.
class PausingClock final : public core::Clock {
public:
    core::Duration pause{};

    [[nodiscard]] core::MonotonicTime monotonic() const override { return now_; }
    [[nodiscard]] core::UtcTime utc() const override {
        now_ += pause;
        return core::UtcTime{std::chrono::seconds{1'767'614'400}};
    }

private:
    mutable core::MonotonicTime now_{std::chrono::hours{1}};
};

// No session is up: what reaches it is refused for that, and nothing else.
class NoEngine final : public broker::fix::SessionEngine {
public:
    void reset_numbers_on_next_logon() override {}
    void connected(core::Instant) override {}
    void received(const broker::fix::MessageView&, core::Instant) override {}
    void disconnected(core::Instant) override {}
    core::Result<broker::fix::Sent> send(const broker::fix::MessageEncoder&,
                                         core::Instant) override {
        return core::fail(Reason::AccountNotReady, "no session");
    }
    void logout(std::string_view, core::Instant) override {}
    void on_timer(core::Instant) override {}
    [[nodiscard]] core::MonotonicTime next_timer() const override {
        return core::MonotonicTime::max();
    }
    [[nodiscard]] bool is_logged_on() const override { return false; }
};

class TradingSessionAge : public testing::Test {
protected:
    TradingSessionAge() {
        TradingSessionSettings settings;
        settings.account = "default:ACC-1";
        settings.profile.name = "test";
        settings.profile.order_lists.can_cancel_list = true;
        settings.profile.order_lists.encoding = ContingencyEncoding::ClOrdLinkID;
        settings.order_ttl = kOrderTtl;
        settings.transport.connect.hosts = {{"127.0.0.1", "1"}};
        SessionParts parts{
            loop_,
            clock_,
            nullptr,
            broker::fix::SequencePolicy::Shared,
            [](std::string_view) { return std::make_unique<journal::MemoryMessageStore>(); },
            [](broker::fix::SessionSettings, std::unique_ptr<journal::MessageStore>,
               const core::Clock&,
               broker::fix::SessionListener&) -> std::unique_ptr<broker::fix::SessionEngine> {
                return std::make_unique<NoEngine>();
            }};
        session_ =
            std::make_unique<TradingSession>(std::move(settings), std::move(parts), listener_);
    }

    [[nodiscard]] core::StageTimes stages() const {
        core::StageTimes times;
        times.signal = times.accepted = clock_.monotonic();
        return times;
    }
    [[nodiscard]] core::NewOrder new_order(std::string_view id = "A") const {
        core::NewOrder order;
        order.cl_ord_id = core::ClOrdID::from(id).value();
        order.symbol = core::Symbol::from("EURUSD").value();
        order.side = core::Side::Buy;
        order.ord_type = core::OrdType::Limit;
        order.time_in_force = core::TimeInForce::GoodTillCancel;
        order.order_qty = core::Decimal::parse("1000").value();
        order.price = core::Decimal::parse("1.1");
        order.stages = stages();
        return order;
    }
    [[nodiscard]] static core::Order working() {
        core::Order order;
        order.cl_ord_id = order.first_cl_ord_id = core::ClOrdID::from("A").value();
        order.order_id = core::OrderID::from("V-1").value();
        order.symbol = core::Symbol::from("EURUSD").value();
        order.side = core::Side::Buy;
        order.ord_type = core::OrdType::Limit;
        order.time_in_force = core::TimeInForce::GoodTillCancel;
        order.order_qty = core::Decimal::parse("1000").value();
        order.price = core::Decimal::parse("1.1");
        return order;
    }
    [[nodiscard]] core::ReplaceOrder replace() const {
        core::ReplaceOrder request;
        request.cl_ord_id = core::ClOrdID::from("R").value();
        request.orig_cl_ord_id = core::ClOrdID::from("A").value();
        request.price = core::Decimal::parse("1.2");
        request.stages = stages();
        return request;
    }
    [[nodiscard]] core::CancelOrder cancel() const {
        return {core::ClOrdID::from("C").value(), core::ClOrdID::from("A").value(), stages()};
    }
    [[nodiscard]] core::NewOrderList list() const {
        core::NewOrderList orders;
        orders.list_id = core::ListID::from("L").value();
        orders.contingency = core::Contingency::OneCancelsOther;
        orders.order_count = 2;
        orders.orders[0] = new_order("L1");
        orders.orders[1] = new_order("L2");
        return orders;
    }

    [[nodiscard]] core::CancelOrderList list_cancel() const {
        core::CancelOrderList request;
        request.list_id = core::ListID::from("L").value();
        request.cl_ord_id_prefix = core::FixedString<48>::from("K").value();
        request.stages = stages();
        return request;
    }

    // Each kind of request, with the thread standing still for so long behind the first check.
    template <class Check>
    void send_each(core::Duration pause, Check check) {
        clock_.pause = pause;
        check(session_->send(new_order()));
        check(session_->send(replace(), working()));
        check(session_->send(cancel(), working()));
        check(session_->send(list()));
        check(session_->send(list_cancel()));
    }

    PausingClock clock_;
    net::EventLoop loop_{net::LoopMode::Block};
    RecordingListener listener_;
    std::unique_ptr<TradingSession> session_;
};

TEST_F(TradingSessionAge, RequestThatBecomesTooOldBehindTheFirstCheckIsNotSent) {
    send_each(kOrderTtl + 1ms, [](const core::Result<SentRequest>& sent) {
        ASSERT_FALSE(sent);
        EXPECT_EQ(sent.error().reason, Reason::OrderTooOld) << sent.error().detail;
        EXPECT_NE(sent.error().detail.find("5001 ms old, order_ttl is 5000 ms"), std::string::npos)
            << sent.error().detail;
    });
}

TEST_F(TradingSessionAge, RequestThatIsAsOldAsItMayBeGoesOn) {
    send_each(kOrderTtl, [](const core::Result<SentRequest>& sent) {
        ASSERT_FALSE(sent);
        EXPECT_EQ(sent.error().reason, Reason::AccountNotReady) << sent.error().detail;
    });
}

TEST_F(TradingSessionAge, QuestionIsAskedAtAnyAge) {
    clock_.pause = 1h;
    const auto asked = session_->request_status(working());
    ASSERT_FALSE(asked);
    EXPECT_EQ(asked.error().reason, Reason::AccountNotReady) << asked.error().detail;
}

}  // namespace
}  // namespace broker::dxtrade::fix
