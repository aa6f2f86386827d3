// The REST channel over real TLS connections on the loopback.
#include <boost/asio/io_context.hpp>
#include <optional>

#include "channel_fixture.hpp"
#include "dxtrade/rest/rest_hosts.hpp"
#include "unit/net/http_test_server.hpp"
#include "unit/net/test_pki.hpp"

namespace broker::dxtrade::rest {
namespace {

using namespace std::chrono_literals;
using core::Certainty;
using core::Reason;

std::string answer_to(const test::ReceivedRequest& request) {
    const std::string line = request.head.substr(0, request.head.find('\r'));
    const auto has = [&](std::string_view part) { return line.find(part) != std::string::npos; };
    if (has("/login")) {
        return test::response_text(R"({"sessionToken":"t1","timeout":"00:30:00"})");
    }
    if (request.head.find("Authorization: DXAPI t1") == std::string::npos) {
        return test::response_text("{}", {}, "401 Unauthorized");
    }
    if (has("/portfolio")) {
        return test::response_text(
            R"({"portfolios":[{"account":"default:A","version":1,"positions":[],"orders":[]}]})");
    }
    if (has("/orders/history")) {
        return test::response_text(
            R"({"orders":[{"account":"default:A","orderId":700,"clientOrderId":"A",)"
            R"("type":"LIMIT","instrument":"EURUSD","status":"WORKING","side":"BUY",)"
            R"("legs":[{"instrument":"EURUSD","quantity":1000,"price":1.1}]}]})");
    }
    if (has("POST ")) return test::response_text(R"({"orderId":700,"updateOrderId":700})");
    return test::response_text("{}");
}

class RestSocketsTest : public ::testing::Test {
protected:
    // A connection ends after it has read this many orders, unanswered; so many are answered.
    void serve(int answered_orders) {
        server_.emplace(options(), [answered_orders](test::TlsPeer& peer) {
            if (!peer.handshake()) return;
            int orders = 0;
            while (const auto request = test::read_request(peer)) {
                const bool is_order = request->head.rfind("POST ", 0) == 0 &&
                                      request->target().find("/orders") != std::string::npos;
                if (is_order && orders++ >= answered_orders) return;
                if (!peer.write(answer_to(*request))) return;
            }
        });
        port_ = server_->port();
    }
    [[nodiscard]] test::TlsServerOptions options() {
        test::TlsServerOptions made;
        made.identity = pki_.server();
        return made;
    }

    void open() {
        RestHostSettings host;
        host.base_url = "https://127.0.0.1:" + port_ + "/dxsca-web";
        host.server_name = "localhost";
        host.user_agent = "test";
        RestChannelSettings settings;
        settings.account = "default:A";
        settings.profile.rest.is_offered = true;
        settings.profile.rest.orders.is_offered = true;
        settings.credentials.username = "alice";
        settings.credentials.password = core::Secret{"pw"};
        const auto made = hosts_.get(host, pki_.context());
        ASSERT_TRUE(made);
        channel_ = std::make_unique<RestChannel>(std::move(settings), **made, listener_);
        channel_->start();
    }
    // Runs the loop until it holds, ten seconds at most.
    template <class Holds>
    [[nodiscard]] bool run_until(Holds&& holds) {
        const auto limit = std::chrono::steady_clock::now() + 10s;
        while (!holds() && std::chrono::steady_clock::now() < limit) {
            context_.restart();
            context_.run_one_for(20ms);
            channel_->on_tick();
        }
        return holds();
    }
    void send_order() {
        core::NewOrder order;
        order.cl_ord_id = core::ClOrdID::from("A").value();
        order.symbol = core::Symbol::from("EURUSD").value();
        order.side = core::Side::Buy;
        order.ord_type = core::OrdType::Limit;
        order.time_in_force = core::TimeInForce::GoodTillCancel;
        order.position_effect = core::PositionEffect::Open;
        order.order_qty = core::Decimal::parse("1000").value();
        order.price = core::Decimal::parse("1.1").value();
        ASSERT_TRUE(ledger_.add(order, core::MonotonicTime::max()));
        const auto sent = channel_->send(order);
        ASSERT_TRUE(sent) << sent.error().detail;
        ledger_.sent(order.cl_ord_id, sent->msg_seq_num, sent->journaled, sent->written);
    }
    [[nodiscard]] Certainty certainty() const {
        return ledger_.find_request(core::ClOrdID::from("A").value())->certainty;
    }

    test::TestPki pki_;
    core::SystemClock clock_;
    boost::asio::io_context context_;
    std::optional<test::TlsTestServer> server_;
    std::string port_;
    core::OrderLedger ledger_{{}};
    BookingListener listener_{ledger_};
    RestHosts hosts_{context_, clock_, std::make_shared<LoginGate>()};
    std::unique_ptr<RestChannel> channel_;
};

TEST_F(RestSocketsTest, LogsOnPlacesAnOrderAndLogsOut) {
    serve(1);
    open();
    ASSERT_TRUE(run_until([&] { return channel_->is_logged_on(); }));
    send_order();
    ASSERT_TRUE(run_until([&] { return certainty() == Certainty::Acknowledged; }));
    bool is_stopped = false;
    channel_->stop("over", [&] { is_stopped = true; });
    EXPECT_TRUE(run_until([&] { return is_stopped; }));
    hosts_.close();
}

TEST_F(RestSocketsTest, SettlesAnOrderByTheHistoryWhenThePeerIsGoneAfterReadingIt) {
    serve(0);
    open();
    ASSERT_TRUE(run_until([&] { return channel_->is_logged_on(); }));
    send_order();
    ASSERT_TRUE(run_until([&] { return certainty() == Certainty::Acknowledged; }));
    ASSERT_GE(listener_.orders.size(), 2U);
    EXPECT_EQ(listener_.orders[0], "A written");
    EXPECT_EQ(listener_.orders[1], "A in doubt OUTCOME_DISCONNECTED");
    hosts_.close();
}

TEST_F(RestSocketsTest, TellsThatNobodyListens) {
    serve(0);
    server_.reset();
    open();
    ASSERT_TRUE(run_until([&] { return listener_.states.size() >= 2; }));
    EXPECT_EQ(listener_.states[1], "down CONNECT_REFUSED");
    hosts_.close();
}

TEST_F(RestSocketsTest, SharesAHostBetweenAccountsOfTheSameUrlAndTlsMaterialAlone) {
    RestHostSettings settings;
    settings.base_url = "https://127.0.0.1:1/dxsca-web";
    const auto first = hosts_.get(settings, pki_.context());
    EXPECT_EQ(*hosts_.get(settings, pki_.context()), *first);
    settings.tls_key = "other";
    EXPECT_NE(*hosts_.get(settings, pki_.context()), *first);
    settings.base_url = "http://127.0.0.1:1/dxsca-web";
    EXPECT_EQ(hosts_.get(settings, pki_.context()).error().reason, Reason::Configuration);
}

}  // namespace
}  // namespace broker::dxtrade::rest
