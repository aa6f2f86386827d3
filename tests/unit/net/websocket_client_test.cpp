#include "net/websocket_client.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/executor_work_guard.hpp>
#include <boost/asio/io_context.hpp>
#include <functional>
#include <future>
#include <optional>

#include "unit/net/test_pki.hpp"
#include "unit/net/websocket_test_peer.hpp"

namespace broker::net {
namespace {

using namespace std::chrono_literals;
using core::Reason;
using test::WebSocketPeer;
using testing::ElementsAre;
using testing::HasSubstr;

struct Listener final : WebSocketListener {
    void on_open() override {
        EXPECT_FALSE(is_open);
        is_open = true;
        if (opened) opened();
    }
    void on_message(std::string_view text, core::MonotonicTime received) override {
        EXPECT_NE(received, core::MonotonicTime{});
        messages.emplace_back(text);
        if (message) message();
    }
    void on_closed(Reason why, std::string_view text, unsigned close_code) override {
        EXPECT_FALSE(reason) << "told twice";
        reason = why;
        words = text;
        code = close_code;
        if (closed) closed();
    }

    bool is_open = false;
    std::vector<std::string> messages;
    std::optional<Reason> reason;
    std::string words;
    unsigned code = 0;
    std::function<void()> opened;
    std::function<void()> message;
    std::function<void()> closed;
};

class WebSocketClientTest : public testing::Test {
protected:
    using Serve = test::TlsTestServer::Serve;

    void serve(Serve serve) {
        server_.emplace(test::TlsServerOptions{.identity = pki_.server()}, std::move(serve));
    }
    // A server that answers the upgrade and then goes on with `talk` until the client ends.
    void serve_websocket(std::function<void(WebSocketPeer&)> talk) {
        serve([talk = std::move(talk)](test::TlsPeer& peer) {
            WebSocketPeer websocket{peer};
            if (!websocket.accept()) return;
            talk(websocket);
            while (websocket.receive()) {
            }
        });
    }
    void open(WebSocketSettings settings = {}) {
        settings.host = "127.0.0.1";
        settings.port = server_->port();
        if (settings.server_name.empty()) settings.server_name = "localhost";
        if (settings.target.empty()) settings.target = "/dxsca-web/?format=JSON";
        client_.emplace(context_, clock_, pki_.context(), settings, listener_);
        client_->open();
        EXPECT_FALSE(listener_.reason) << "told from inside the call";
    }
    template <class Holds>
    [[nodiscard]] bool run_until(Holds&& holds) {
        const auto limit = std::chrono::steady_clock::now() + 10s;
        while (!holds() && context_.run_one_until(limit) > 0) {
        }
        return holds();
    }
    void expect_closed(Reason reason, std::string_view words, unsigned code = 0) {
        ASSERT_TRUE(run_until([&] { return listener_.reason.has_value(); })) << "never closed";
        EXPECT_EQ(*listener_.reason, reason) << listener_.words;
        EXPECT_THAT(listener_.words, HasSubstr(words));
        EXPECT_EQ(listener_.code, code);
        EXPECT_FALSE(client_->is_open());
    }

    test::TestPki pki_;
    core::SystemClock clock_;
    boost::asio::io_context context_;
    boost::asio::executor_work_guard<boost::asio::io_context::executor_type> work_{
        context_.get_executor()};
    std::optional<test::TlsTestServer> server_;
    Listener listener_;
    std::optional<WebSocketClient> client_;
};

TEST_F(WebSocketClientTest, SendsMessagesOfEverySizeAndGetsThemBack) {
    serve_websocket([](WebSocketPeer& peer) {
        while (const auto frame = peer.receive()) peer.send(frame->opcode, frame->payload);
    });
    open();
    ASSERT_TRUE(run_until([&] { return client_->is_open(); }));
    std::vector<std::string> texts;
    for (const std::size_t size : {0, 1, 125, 126, 65'535, 65'536, 500'000}) {
        texts.emplace_back(size, 'x');
        ASSERT_TRUE(client_->send(texts.back()));
        ASSERT_TRUE(run_until([&] { return listener_.messages.size() == texts.size(); })) << size;
    }
    EXPECT_EQ(listener_.messages, texts);
}

TEST_F(WebSocketClientTest, KeepsTheOrderOfMessagesSentInOneGo) {
    serve_websocket([](WebSocketPeer& peer) {
        while (const auto frame = peer.receive()) peer.send(frame->opcode, frame->payload);
    });
    listener_.opened = [&] {
        for (const auto* text : {"1", "2", "3"}) EXPECT_TRUE(client_->send(text));
    };
    open();
    ASSERT_TRUE(run_until([&] { return listener_.messages.size() == 3; }));
    EXPECT_THAT(listener_.messages, ElementsAre("1", "2", "3"));
}

TEST_F(WebSocketClientTest, AsksForTheUpgradeWithItsTargetAndHeaders) {
    std::promise<std::string> head;
    serve([&](test::TlsPeer& peer) {
        WebSocketPeer websocket{peer};
        if (websocket.accept()) head.set_value(websocket.head());
        while (websocket.receive()) {
        }
    });
    open({.target = "/dxsca-web/md?format=JSON",
          .user_agent = "dxtrade-adapter/1",
          .headers = {{"Authorization", "DXAPI token"}}});
    ASSERT_TRUE(run_until([&] { return listener_.is_open; }));
    const std::string text = head.get_future().get();
    EXPECT_THAT(text, HasSubstr("GET /dxsca-web/md?format=JSON HTTP/1.1\r\n"));
    EXPECT_THAT(text, HasSubstr("\r\nHost: 127.0.0.1:" + server_->port() + "\r\n"));
    EXPECT_THAT(text, HasSubstr("\r\nUser-Agent: dxtrade-adapter/1\r\n"));
    EXPECT_THAT(text, HasSubstr("\r\nAuthorization: DXAPI token"));
}

TEST_F(WebSocketClientTest, JoinsFragmentsAndAnswersAPingAmongThem) {
    std::promise<test::WebSocketFrame> answer;
    serve_websocket([&](WebSocketPeer& peer) {
        peer.send(test::kText, "{\"a\"", false);
        peer.send(test::kPing, "are you there");
        peer.send(test::kContinuation, ":", false);
        peer.send(test::kContinuation, "1}");
        answer.set_value(peer.receive().value_or(test::WebSocketFrame{}));
        peer.send(test::kText, "answered");
    });
    open();
    ASSERT_TRUE(run_until([&] { return listener_.messages.size() == 2; }));
    EXPECT_THAT(listener_.messages, ElementsAre("{\"a\":1}", "answered"));
    const auto pong = answer.get_future().get();
    EXPECT_EQ(pong.opcode, test::kPong);
    EXPECT_EQ(pong.payload, "are you there");
}

TEST_F(WebSocketClientTest, ReadsFramesThatComeWithALongAnswerToTheUpgrade) {
    serve([](test::TlsPeer& peer) {
        WebSocketPeer websocket{peer};
        const std::string cookie = "Set-Cookie: " + std::string(3'000, 'c') + "\r\n";
        if (!websocket.accept(cookie, test::websocket_frame(test::kText, std::string(5'000, 'x'))))
            return;
        while (websocket.receive()) {
        }
    });
    open();
    ASSERT_TRUE(run_until([&] { return listener_.messages.size() == 1; }));
    EXPECT_EQ(listener_.messages[0], std::string(5'000, 'x'));
}

TEST_F(WebSocketClientTest, SaysThatItIsASlowConsumerWhenThePeerClosesWith1013) {
    serve_websocket([](WebSocketPeer& peer) {
        const std::string frame = test::close_frame(1013, "too slow");
        peer.send(test::kClose, std::string_view{frame}.substr(2));
    });
    open();
    expect_closed(Reason::PushSlowConsumer, "too slow", 1013);
}

TEST_F(WebSocketClientTest, TellsThePeersCloseCodeAndWords) {
    serve_websocket([](WebSocketPeer& peer) {
        const std::string frame = test::close_frame(1001, "going away");
        peer.send(test::kClose, std::string_view{frame}.substr(2));
    });
    open();
    expect_closed(Reason::ConnectionClosedByPeer, "code 1001 \"going away\"", 1001);
    EXPECT_TRUE(listener_.is_open);
}

TEST_F(WebSocketClientTest, TellsAnEndWithoutACloseFrame) {
    serve([](test::TlsPeer& peer) {
        WebSocketPeer websocket{peer};
        (void)websocket.accept();
    });
    open();
    expect_closed(Reason::ConnectionClosedByPeer, "TLS: the peer closed the connection");
}

TEST_F(WebSocketClientTest, RefusesAMessageAboveItsBound) {
    serve_websocket([](WebSocketPeer& peer) {
        peer.send(test::kText, std::string(600, 'x'), false);
        peer.send(test::kContinuation, std::string(600, 'x'));
    });
    open({.max_message_bytes = 1'000});
    expect_closed(Reason::HttpResponseTooLarge, "1000 bytes");
}

TEST_F(WebSocketClientTest, RefusesFramesThatBreakTheProtocol) {
    serve_websocket([](WebSocketPeer& peer) { peer.send(test::kContinuation, "of nothing"); });
    open();
    expect_closed(Reason::HttpResponseMalformed, "WebSocket: ");
}

TEST_F(WebSocketClientTest, RefusesTextThatIsNotUtf8) {
    serve_websocket([](WebSocketPeer& peer) { peer.send(test::kText, "\xFF\xFE"); });
    open();
    expect_closed(Reason::HttpResponseMalformed, "WebSocket: ");
}

TEST_F(WebSocketClientTest, TellsStatusAndWordsOfARefusedUpgrade) {
    serve([](test::TlsPeer& peer) {
        if (!peer.handshake() || !test::read_request(peer)) return;
        peer.write(test::response_text("{\"errorCode\":\"3\"}\r\n", "", "403 Forbidden"));
        peer.read_to_end();
    });
    open();
    expect_closed(Reason::PushRefused, "HTTP 403 Forbidden: {\"errorCode\":\"3\"}  ");
    EXPECT_FALSE(listener_.is_open);
}

TEST_F(WebSocketClientTest, DoesNotTakeAnAnswerForAnotherKey) {
    serve([](test::TlsPeer& peer) {
        if (!peer.handshake() || !test::read_request(peer)) return;
        peer.write(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n"
            "Connection: Upgrade\r\nSec-WebSocket-Accept: wrong\r\n\r\n");
        peer.read_to_end();
    });
    open();
    expect_closed(Reason::HttpResponseMalformed, "WebSocket: ");
}

TEST_F(WebSocketClientTest, GivesUpAPeerThatIsSilentInTheUpgrade) {
    serve([](test::TlsPeer& peer) {
        if (peer.handshake()) peer.read_to_end();
    });
    open({.handshake_timeout = 200ms});
    expect_closed(Reason::HttpTimeout, "upgrade");
}

TEST_F(WebSocketClientTest, RefusesAServerThatIsNotTheOneNamed) {
    serve_websocket([](WebSocketPeer&) {});
    open({.server_name = "venue.example"});
    expect_closed(Reason::TlsHostNameMismatch, "127.0.0.1:" + server_->port());
}

TEST_F(WebSocketClientTest, RefusesAHeaderThatWouldBecomeTwo) {
    serve_websocket([](WebSocketPeer&) {});
    open({.headers = {{"X", "a\r\nHost: evil"}}});
    expect_closed(Reason::InvalidField, "header");
}

TEST_F(WebSocketClientTest, ClosesWithTheClosingHandshake) {
    std::promise<test::WebSocketFrame> last;
    serve_websocket([&](WebSocketPeer& peer) {
        const auto frame = peer.receive();
        last.set_value(frame.value_or(test::WebSocketFrame{}));
        if (frame) peer.send(test::kClose, frame->payload);
    });
    listener_.opened = [&] { client_->close(); };
    open({.close_timeout = 1min});
    expect_closed(Reason::StoppedByHost, "closed by this side");
    const auto frame = last.get_future().get();
    EXPECT_EQ(frame.opcode, test::kClose);
    EXPECT_EQ(frame.payload, std::string("\x03\xE8"));
    EXPECT_FALSE(client_->send("more"));
}

TEST_F(WebSocketClientTest, ClosesInBoundedTimeWhenThePeerDoesNotAnswer) {
    serve([](test::TlsPeer& peer) {
        WebSocketPeer websocket{peer};
        if (websocket.accept()) peer.read_to_end();
    });
    listener_.opened = [&] { client_->close(); };
    open({.close_timeout = 50ms});
    expect_closed(Reason::StoppedByHost, "closed by this side");
}

TEST_F(WebSocketClientTest, ClosesBeforeItIsOpen) {
    serve([](test::TlsPeer& peer) { (void)peer.read_plain(); });
    open();
    client_->close();
    EXPECT_FALSE(listener_.reason) << "told from inside the call";
    expect_closed(Reason::StoppedByHost, "closed by this side");
    EXPECT_FALSE(listener_.is_open);
}

TEST_F(WebSocketClientTest, RefusesToSendBeforeItIsOpen) {
    serve_websocket([](WebSocketPeer&) {});
    open();
    const auto sent = client_->send("early");
    ASSERT_FALSE(sent);
    EXPECT_EQ(sent.error().reason, Reason::ConnectionLost);
}

TEST_F(WebSocketClientTest, RefusesMoreThanItsQueueHoldsWhenThePeerDoesNotRead) {
    std::promise<void> go;
    serve([&](test::TlsPeer& peer) {
        WebSocketPeer websocket{peer};
        if (websocket.accept()) go.get_future().wait();
    });
    constexpr std::size_t kBound = 100'000;
    open({.max_write_queue_bytes = kBound});
    ASSERT_TRUE(run_until([&] { return client_->is_open(); }));
    std::optional<Reason> refused;
    for (int i = 0; i < 10'000 && !refused; ++i) {
        const auto sent = client_->send(std::string(kBound / 10, 'x'));
        if (!sent) refused = sent.error().reason;
        context_.poll();
    }
    EXPECT_EQ(refused, Reason::WriteQueueFull);
    EXPECT_TRUE(client_->is_open());
    go.set_value();
}

TEST_F(WebSocketClientTest, MayBeDestroyedByTheOneWhoIsTold) {
    for (const int when : {0, 1, 2}) {
        serve([](test::TlsPeer& peer) {
            WebSocketPeer websocket{peer};
            if (!websocket.accept()) return;
            websocket.send(test::kText, "x");
        });
        bool is_destroyed = false;
        const auto destroy = [&] {
            client_.reset();
            is_destroyed = true;
        };
        listener_ = {};
        (when == 0 ? listener_.opened : when == 1 ? listener_.message : listener_.closed) = destroy;
        open();
        EXPECT_TRUE(run_until([&] { return is_destroyed; })) << when;
        context_.poll();
        EXPECT_EQ(listener_.reason.has_value(), when == 2);
        server_.reset();
    }
}

TEST_F(WebSocketClientTest, SaysNothingOnceItIsDestroyedInAnyTurnOfItsLife) {
    for (int turns = 0; turns < 60; ++turns) {
        serve([](test::TlsPeer& peer) {
            WebSocketPeer websocket{peer};
            if (!websocket.accept()) return;
            while (const auto frame = websocket.receive()) {
                websocket.send(frame->opcode, frame->payload);
            }
        });
        listener_ = {};
        listener_.opened = [&] { EXPECT_TRUE(client_->send("x")); };
        listener_.message = [&] { client_->close(); };
        open();
        for (int i = 0; i < turns && !listener_.reason; ++i) context_.run_one_for(1s);
        const bool is_told = listener_.reason.has_value();
        client_.reset();
        context_.poll();
        EXPECT_EQ(listener_.reason.has_value(), is_told);
        server_.reset();
    }
}

TEST_F(WebSocketClientTest, MayOutliveItsLoopsHandlers) {
    serve_websocket([](WebSocketPeer&) {});
    auto context = std::make_unique<boost::asio::io_context>();
    WebSocketSettings settings;
    settings.host = "127.0.0.1";
    settings.port = server_->port();
    settings.server_name = "localhost";
    settings.target = "/";
    auto client =
        std::make_unique<WebSocketClient>(*context, clock_, pki_.context(), settings, listener_);
    client->open();
    const auto limit = std::chrono::steady_clock::now() + 10s;
    while (!client->is_open() && context->run_one_until(limit) > 0) {
    }
    EXPECT_TRUE(client->is_open());
    client.reset();
    context.reset();  // its handlers end unrun
    EXPECT_FALSE(listener_.reason);
}

}  // namespace
}  // namespace broker::net
