// The push session over real connections: TLS on loopback, a venue that is written frame by frame.
#include "dxtrade/push/push_socket.hpp"

#include <atomic>
#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <boost/asio/post.hpp>
#include <mutex>

#include "dxtrade/push/push_session.hpp"
#include "unit/dxtrade/push/push_fixture.hpp"
#include "unit/net/test_pki.hpp"
#include "unit/net/websocket_test_peer.hpp"

namespace broker::dxtrade::push {
namespace {

using core::Reason;
using namespace std::chrono_literals;
using test::WebSocketPeer;
using testing::ElementsAre;
using testing::HasSubstr;

// What the venue's threads have seen.
class Seen {
public:
    void add(std::string text) {
        const std::lock_guard lock{mutex_};
        texts_.push_back(std::move(text));
    }
    [[nodiscard]] std::vector<std::string> with(std::string_view part) const {
        const std::lock_guard lock{mutex_};
        std::vector<std::string> found;
        for (const std::string& text : texts_) {
            if (text.find(part) != std::string::npos) found.push_back(text);
        }
        return found;
    }

private:
    mutable std::mutex mutex_;  // guards texts_
    std::vector<std::string> texts_;
};

class PushSocketTest : public testing::Test {
protected:
    using Talk = std::function<void(WebSocketPeer&, const std::string& portfolios_id)>;

    // Answers the upgrade, reads the subscriptions, then goes on with `talk` until the client ends.
    void serve(Talk talk) {
        server_.emplace(test::TlsServerOptions{.identity = pki_.server()},
                        [this, talk = std::move(talk)](test::TlsPeer& peer) {
                            WebSocketPeer websocket{peer};
                            if (!websocket.accept()) return;
                            seen_.add(websocket.head());
                            std::string portfolios_id;
                            for (int i = 0; i < 4; ++i) {
                                const auto frame = websocket.receive();
                                if (!frame) return;
                                seen_.add(frame->payload);
                                if (frame->payload.find("AccountPortfolios") != std::string::npos) {
                                    portfolios_id = id_of(frame->payload);
                                }
                            }
                            talk(websocket, portfolios_id);
                            while (const auto frame = websocket.receive()) {
                                seen_.add(frame->payload);
                                if (frame->opcode != test::kClose) continue;
                                websocket.send(test::kClose, frame->payload);
                                return;
                            }
                        });
        make();
    }
    void make() {
        PortfolioTrackerSettings tracked;
        tracked.account = kAccount;
        tracker_.emplace(tracked, clock_, symbols_, account_,
                         PortfolioTrackerHooks{[](const OrderLookUp&) {}, {}});
        net::WebSocketSettings socket;
        socket.host = "127.0.0.1";
        socket.port = server_->port();
        socket.server_name = "localhost";
        socket.target = push_target("/dxsca-web", "/?format=JSON", false);
        socket.user_agent = "dxtrade-adapter";
        PushSessionSettings settings;
        settings.account = kAccount;
        settings.connection.peer = "127.0.0.1";
        settings.connection.backoff = {1ms, 20ms, 60s};
        PushParts parts{
            clock_,
            [this](std::function<void()> call) { boost::asio::post(context_, std::move(call)); },
            make_web_sockets(context_, clock_, pki_.context(), socket), tokens_};
        session_.emplace(std::move(settings), std::move(parts), *tracker_, account_,
                         PushSessionHooks{[] {}, [](bool) {}});
        tokens_.set("T1");
        session_->start();
    }
    [[nodiscard]] static std::string id_of(const std::string& message) {
        constexpr std::string_view kKey = "\"requestId\":\"";
        const std::size_t begin = message.find(kKey) + kKey.size();
        return message.substr(begin, message.find('"', begin) - begin);
    }
    template <class Holds>
    [[nodiscard]] bool run_until(Holds&& holds) {
        const auto limit = std::chrono::steady_clock::now() + 10s;
        while (!holds() && std::chrono::steady_clock::now() < limit) {
            session_->on_tick();
            context_.run_one_for(5ms);
        }
        return holds();
    }

    test::TestPki pki_;
    core::SystemClock clock_;
    Symbols symbols_{SymbolRules{}};
    Seen seen_;
    RecordingAccount account_;
    ScriptedTokens tokens_;
    boost::asio::io_context context_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
        context_.get_executor()};
    std::optional<test::TlsTestServer> server_;
    std::optional<PortfolioTracker> tracker_;
    std::optional<PushSession> session_;
};

TEST_F(PushSocketTest, SubscribesTakesAPortfolioAnswersThePingAndStops) {
    serve([](WebSocketPeer& peer, const std::string& id) {
        peer.send(
            test::kText,
            portfolios_message(id, 7,
                               R"({"account":"default:AB-1001","version":7,"orderId":700411,)"
                               R"("clientOrderId":"A-1","type":"LIMIT","instrument":"EURUSD",)"
                               R"("status":"WORKING","finalStatus":false,"side":"BUY","tif":"GTC",)"
                               R"("legs":[{"instrument":"EURUSD","price":1.2,"quantity":10}]})"));
        peer.send(test::kText, kPingRequest);
    });
    ASSERT_TRUE(run_until([&] { return !account_.logged_on.empty(); }));
    ASSERT_TRUE(run_until([&] { return !seen_.with(R"("type":"Ping")").empty(); }));
    ASSERT_EQ(account_.reports.size(), 1U);
    EXPECT_EQ(account_.reports[0].cl_ord_id, "A-1");
    EXPECT_EQ(seen_.with("GET /dxsca-web/?format=JSON HTTP/1.1").size(), 1U);
    EXPECT_EQ(seen_.with("Authorization: DXAPI T1").size(), 1U);
    bool is_done = false;
    session_->stop("bye", [&] { is_done = true; });
    ASSERT_TRUE(run_until([&] { return is_done; }));
    ASSERT_EQ(account_.disconnects.size(), 1U);
    EXPECT_EQ(account_.disconnects[0].reason, Reason::StoppedByHost);
}

TEST_F(PushSocketTest, SlowConsumersConnectionIsReplacedAndSubscribedAnew) {
    serve([](WebSocketPeer& peer, const std::string& id) {
        peer.send(test::kText, portfolios_message(id, 7));
        if (id == "p-1") peer.send(test::kClose, {"\x03\xf5slow", 6});
    });
    ASSERT_TRUE(run_until([&] { return account_.logged_on.size() == 2; }));
    ASSERT_EQ(account_.disconnects.size(), 1U);
    EXPECT_EQ(account_.disconnects[0].reason, Reason::PushSlowConsumer);
    const auto subscriptions = seen_.with("AccountPortfoliosSubscriptionRequest");
    ASSERT_EQ(subscriptions.size(), 2U);
    EXPECT_NE(id_of(subscriptions[0]), id_of(subscriptions[1]));
}

TEST_F(PushSocketTest, ExpiredTokenIsReplacedByTheNextOneOnANewConnection) {
    serve([](WebSocketPeer& peer, const std::string& id) {
        if (id == "p-1") {
            peer.send(test::kText, reject_message(id, "1"));
        } else {
            peer.send(test::kText, portfolios_message(id, 7));
        }
    });
    ASSERT_TRUE(run_until([&] { return !tokens_.expired_tokens.empty(); }));
    EXPECT_THAT(tokens_.expired_tokens, ElementsAre("T1"));
    tokens_.set("T2");
    ASSERT_TRUE(run_until([&] { return !account_.logged_on.empty(); }));
    EXPECT_EQ(seen_.with("Authorization: DXAPI T2").size(), 1U);
}

TEST_F(PushSocketTest, RefusedUpgradeIsNamedAndTriedAgain) {
    std::atomic<int> upgrades{0};
    server_.emplace(test::TlsServerOptions{.identity = pki_.server()}, [&](test::TlsPeer& peer) {
        if (!peer.handshake()) return;
        static_cast<void>(test::read_request(peer));
        ++upgrades;
        peer.write("HTTP/1.1 401 Unauthorized\r\nContent-Length: 0\r\n\r\n");
        while (!peer.read_some().empty()) {
        }
    });
    make();
    ASSERT_TRUE(run_until([&] { return account_.disconnects.size() >= 2; }));
    EXPECT_EQ(account_.disconnects[0].reason, Reason::PushRefused);
    EXPECT_THAT(account_.disconnects[0].text, HasSubstr("HTTP 401"));
    EXPECT_GE(upgrades, 2);
    EXPECT_EQ(tokens_.expired_tokens.at(0), "T1");
}

TEST_F(PushSocketTest, DestructionWithAConnectionUpIsSafe) {
    serve([](WebSocketPeer& peer, const std::string& id) {
        peer.send(test::kText, portfolios_message(id, 7));
    });
    ASSERT_TRUE(run_until([&] { return !account_.logged_on.empty(); }));
    session_.reset();
    context_.poll();
    EXPECT_TRUE(account_.disconnects.empty());
}

}  // namespace
}  // namespace broker::dxtrade::push
