#include "net/tcp_connector.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <netinet/tcp.h>

#include <boost/asio/post.hpp>

#include "unit/net/dns_stub.hpp"
#include "unit/net/run_coroutine.hpp"
#include "unit/net/test_pki.hpp"
#include "unit/net/tls_test_server.hpp"

namespace broker::net {
namespace {

using namespace std::chrono_literals;
using boost::asio::ip::tcp;
using core::Reason;
using testing::HasSubstr;

class TcpConnectorTest : public testing::Test {
protected:
    static tcp::endpoint loopback(int port) {
        return {boost::asio::ip::address_v4::loopback(), static_cast<std::uint16_t>(port)};
    }
    core::Result<tcp::socket> connect(std::string host, std::string port,
                                      core::Duration timeout = 5s) {
        return test::run_coroutine(context_,
                                   connector_.connect(std::move(host), std::move(port), timeout));
    }
    core::Result<tcp::socket> connect(std::vector<tcp::endpoint> endpoints,
                                      core::Duration timeout) {
        return test::run_coroutine(context_, connector_.connect(std::move(endpoints), timeout));
    }

    test::TestPki pki_;
    test::TlsTestServer server_{{.identity = pki_.server()},
                                [](test::TlsPeer& peer) { (void)peer.read_plain(); }};
    boost::asio::io_context context_;
    TcpConnector connector_{context_};
};

TEST_F(TcpConnectorTest, ConnectsToAnAddressWithoutDelayOfSmallWrites) {
    auto socket = connect("127.0.0.1", server_.port());
    ASSERT_TRUE(socket) << socket.error().detail;
    tcp::no_delay no_delay;
    socket->get_option(no_delay);
    EXPECT_TRUE(no_delay.value());
    EXPECT_TRUE(socket->native_non_blocking());
}

TEST_F(TcpConnectorTest, ResolvesAName) {
    const auto socket = connect("localhost", server_.port());
    EXPECT_TRUE(socket) << socket.error().detail;
}

TEST_F(TcpConnectorTest, SaysWhoRefused) {
    const test::DeadPort port{test::DeadPort::Kind::Refuses};
    const auto socket = connect("127.0.0.1", port.text());
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().reason, Reason::ConnectRefused);
    EXPECT_THAT(socket.error().detail,
                HasSubstr("127.0.0.1:" + port.text() + ": Connection refus"));
}

TEST_F(TcpConnectorTest, GivesUpOnAnAddressThatDoesNotAnswer) {
    const test::DeadPort port{test::DeadPort::Kind::BlackHole};
    const auto socket = connect("127.0.0.1", port.text(), 100ms);
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().reason, Reason::ConnectTimeout);
    EXPECT_THAT(socket.error().detail, HasSubstr("127.0.0.1:" + port.text() + ": no answer"));
}

TEST_F(TcpConnectorTest, ABlackHoleDoesNotHoldUpTheNextAddress) {
    const test::DeadPort hole{test::DeadPort::Kind::BlackHole};
    const auto begun = std::chrono::steady_clock::now();
    const auto socket = connect({loopback(hole.number()), loopback(std::stoi(server_.port()))}, 9s);
    ASSERT_TRUE(socket) << socket.error().detail;
    EXPECT_EQ(socket->remote_endpoint().port(), std::stoi(server_.port()));
    EXPECT_LT(std::chrono::steady_clock::now() - begun, 5s);
}

TEST_F(TcpConnectorTest, EachAddressHasTheWholeDeadlineToItself) {
    const test::DeadPort one{test::DeadPort::Kind::BlackHole};
    const test::DeadPort other{test::DeadPort::Kind::BlackHole};
    const auto begun = std::chrono::steady_clock::now();
    const auto socket = connect({loopback(one.number()), loopback(other.number())}, 600ms);
    ASSERT_FALSE(socket);
    const auto took = std::chrono::steady_clock::now() - begun;
    EXPECT_GE(took, 850ms) << "the second began 250 ms after the first";
    EXPECT_LT(took, 5s);
}

TEST_F(TcpConnectorTest, ConnectsToAnIpv6Literal) {
    tcp::acceptor acceptor{context_, {boost::asio::ip::address_v6::loopback(), 0}};
    const auto socket = connect("::1", std::to_string(acceptor.local_endpoint().port()));
    ASSERT_TRUE(socket) << socket.error().detail;
    EXPECT_EQ(socket->remote_endpoint(), acceptor.local_endpoint());
}

TEST_F(TcpConnectorTest, TriesTheOtherFamilyWhenOneRefuses) {
    tcp::acceptor acceptor{context_, {boost::asio::ip::address_v6::loopback(), 0}};
    const test::DnsStub dns{{{"venue.example", {"127.0.0.1", "::1"}}}};
    TcpConnector connector{context_, dns.server()};
    const auto socket = test::run_coroutine(
        context_,
        connector.connect("venue.example", std::to_string(acceptor.local_endpoint().port()), 5s));
    ASSERT_TRUE(socket) << socket.error().detail;
    EXPECT_TRUE(socket->remote_endpoint().address().is_v6());
}

TEST_F(TcpConnectorTest, NamesEveryAddressThatFailed) {
    const test::DeadPort hole{test::DeadPort::Kind::BlackHole};
    const test::DeadPort refuses{test::DeadPort::Kind::Refuses};
    const auto socket = connect({loopback(hole.number()), loopback(refuses.number())}, 100ms);
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().reason, Reason::ConnectRefused);
    EXPECT_THAT(socket.error().detail, HasSubstr(hole.text() + ": no answer"));
    EXPECT_THAT(socket.error().detail, HasSubstr(refuses.text() + ": Connection refused"));
}

// An empty label is refused by the resolver itself: no query leaves the machine.
TEST_F(TcpConnectorTest, NamesTheHostThatDoesNotResolve) {
    const auto socket = connect("no..such.host", "9880");
    ASSERT_FALSE(socket);
    EXPECT_EQ(socket.error().reason, Reason::NameNotResolved);
    EXPECT_THAT(socket.error().detail, HasSubstr("no..such.host"));
}

TEST_F(TcpConnectorTest, RefusesAPortThatIsNoNumber) {
    for (const char* port : {"", "0", "65536", "fix", "98 80", "-1"}) {
        const auto socket = connect("127.0.0.1", port);
        ASSERT_FALSE(socket) << port;
        EXPECT_EQ(socket.error().reason, Reason::ConnectFailed) << port;
        EXPECT_THAT(socket.error().detail, HasSubstr("\"" + std::string{port} + "\""));
    }
}

TEST_F(TcpConnectorTest, CancelEndsAPendingConnectAtOnce) {
    const auto started = std::chrono::steady_clock::now();
    const test::DeadPort hole{test::DeadPort::Kind::BlackHole};
    boost::asio::post(context_, [&] { connector_.cancel(); });
    const auto socket = connect("127.0.0.1", hole.text(), 9s);
    ASSERT_FALSE(socket);
    EXPECT_THAT(socket.error().detail, HasSubstr("closed on this side"));
    EXPECT_LT(std::chrono::steady_clock::now() - started, 5s);
}

TEST_F(TcpConnectorTest, CancelEndsAPendingLookupAtOnce) {
    const auto started = std::chrono::steady_clock::now();
    boost::asio::post(context_, [&] { connector_.cancel(); });
    const auto socket = connect("no..such.host", "9880", 9s);
    EXPECT_FALSE(socket);
    EXPECT_LT(std::chrono::steady_clock::now() - started, 5s);
}

}  // namespace
}  // namespace broker::net
