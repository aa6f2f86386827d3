#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <boost/asio/post.hpp>
#include <boost/asio/steady_timer.hpp>
#include <future>

#include "net/tls_stream.hpp"
#include "unit/net/run_coroutine.hpp"
#include "unit/net/test_pki.hpp"
#include "unit/net/tls_test_server.hpp"

namespace broker::net {
namespace {

using namespace std::chrono_literals;
using core::Reason;
using core::Result;
using testing::AnyOf;
using testing::HasSubstr;
using Serve = test::TlsTestServer::Serve;

constexpr core::Duration kShort = 100ms;
constexpr core::Duration kLong = 8s;

void accept_and_drain(test::TlsPeer& peer) {
    if (peer.handshake()) peer.read_to_end();
}

struct CertificateTimes {
    simulator::CertificateTime from;
    simulator::CertificateTime to;
};

class TlsHandshake : public testing::Test {
protected:
    // Connects to a server made of `options` and shakes hands as a client with `tls`.
    Result<void> shake_hands(const test::TlsServerOptions& options, std::shared_ptr<TlsContext> tls,
                             const std::string& name = "localhost", Serve serve = accept_and_drain,
                             core::Duration timeout = kLong) {
        server_.emplace(options, std::move(serve));
        stream_.emplace(context_, std::move(tls), 64 * 1024);
        const auto connected =
            test::run_coroutine(context_, stream_->connect("127.0.0.1", server_->port(), kLong));
        EXPECT_TRUE(connected) << connected.error().detail;
        return test::run_coroutine(context_, stream_->handshake(name, timeout));
    }
    Result<std::size_t> read() {
        return test::run_coroutine(context_, stream_->read(std::span{buffer_}));
    }
    static void expect_failure(const Result<void>& result, Reason reason, const std::string& text) {
        ASSERT_FALSE(result);
        EXPECT_EQ(result.error().reason, reason) << result.error().detail;
        EXPECT_THAT(result.error().detail, HasSubstr(text));
    }
    simulator::IssuedCertificate server_valid(CertificateTimes times) {
        simulator::CertificateRequest request;
        request.common_name = "timed server";
        request.dns_names = {"localhost"};
        request.is_server = true;
        request.not_before = times.from;
        request.not_after = times.to;
        return pki_.authority().issue(request);
    }

    test::TestPki pki_;
    test::TestPki other_pki_;
    boost::asio::io_context context_;
    std::optional<test::TlsTestServer> server_;
    std::optional<TlsStream> stream_;
    std::array<char, 1024> buffer_{};
};

TEST_F(TlsHandshake, SucceedsWithTls12AndTls13) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        std::promise<std::string> negotiated;
        const auto result =
            shake_hands({.identity = pki_.server(), .min_version = version, .max_version = version},
                        pki_.context(), "localhost", [&](test::TlsPeer& peer) {
                            negotiated.set_value(peer.handshake() ? peer.version() : "none");
                            peer.read_to_end();
                        });
        EXPECT_TRUE(result) << result.error().detail;
        EXPECT_EQ(negotiated.get_future().get(), version == TLS1_2_VERSION ? "TLSv1.2" : "TLSv1.3");
        server_.reset();  // before what its script refers to
    }
}

TEST_F(TlsHandshake, PresentsEcAndRsaClientCertificates) {
    for (const bool is_rsa : {false, true}) {
        std::promise<std::string> name;
        const auto result =
            shake_hands({.identity = pki_.server(), .client_trust_pem = pki_.trust_pem()},
                        pki_.context(pki_.client(is_rsa)), "localhost", [&](test::TlsPeer& peer) {
                            name.set_value(peer.handshake() ? peer.client_name() : "refused");
                            peer.read_to_end();
                        });
        EXPECT_TRUE(result) << result.error().detail;
        EXPECT_EQ(name.get_future().get(), "ACC-1");
        server_.reset();  // before what its script refers to
    }
}

TEST_F(TlsHandshake, SendsServerNameIndicationForNamesButNotForAddresses) {
    for (const std::string name : {"localhost", "127.0.0.1"}) {
        std::promise<std::string> sni;
        const auto result = shake_hands({.identity = pki_.server()}, pki_.context(), name,
                                        [&](test::TlsPeer& peer) {
                                            (void)peer.handshake();
                                            sni.set_value(peer.sni());
                                            peer.read_to_end();
                                        });
        EXPECT_TRUE(result) << result.error().detail;
        EXPECT_EQ(sni.get_future().get(), name == "localhost" ? "localhost" : "");
        server_.reset();  // before what its script refers to
    }
}

TEST_F(TlsHandshake, AcceptsAnIntermediateAsTheOnlyTrustAnchor) {
    // The server's own certificate, listed as an anchor, is trusted as it is.
    const auto identity = pki_.server();
    TlsMaterial material;
    material.trust_pem = identity.certificate_pem;
    const auto result = shake_hands({.identity = identity}, TlsContext::create(material).value());
    EXPECT_TRUE(result) << result.error().detail;
}

TEST_F(TlsHandshake, RefusesAServerOfAnUnknownAuthority) {
    expect_failure(shake_hands({.identity = other_pki_.server()}, pki_.context()),
                   Reason::TlsCertificateUntrusted, "unable to get local issuer certificate");
}

TEST_F(TlsHandshake, RefusesASelfSignedServer) {
    const simulator::IssuedCertificate self_signed{other_pki_.trust_pem(),
                                                   other_pki_.authority().key_pem()};
    const auto result = shake_hands({.identity = self_signed}, pki_.context());
    expect_failure(result, Reason::TlsCertificateUntrusted, "self-signed certificate");
    EXPECT_THAT(result.error().detail, HasSubstr("CN=test CA"));
}

TEST_F(TlsHandshake, RefusesAClientCertificateAsServer) {
    expect_failure(shake_hands({.identity = pki_.client()}, pki_.context()),
                   Reason::TlsCertificateUntrusted, "CN=ACC-1");
}

TEST_F(TlsHandshake, RefusesAnExpiredServerAndSaysSinceWhen) {
    const auto now = std::chrono::system_clock::now();
    const auto result =
        shake_hands({.identity = server_valid({now - 48h, now - 24h})}, pki_.context());
    expect_failure(result, Reason::TlsCertificateExpired, "certificate has expired");
    EXPECT_THAT(result.error().detail, HasSubstr("CN=timed server"));
    EXPECT_THAT(result.error().detail, HasSubstr("GMT"));
}

TEST_F(TlsHandshake, RefusesAServerThatIsNotYetValid) {
    const auto now = std::chrono::system_clock::now();
    expect_failure(shake_hands({.identity = server_valid({now + 24h, now + 48h})}, pki_.context()),
                   Reason::TlsCertificateNotYetValid, "not yet valid");
}

TEST_F(TlsHandshake, RefusesAServerOfAnotherNameAndSaysOfWhich) {
    const auto result = shake_hands({.identity = pki_.server({"other.example"}, {"10.0.0.1"})},
                                    pki_.context(), "localhost");
    expect_failure(result, Reason::TlsHostNameMismatch, "TLS handshake with localhost");
    EXPECT_THAT(result.error().detail, HasSubstr("DNS:other.example"));
    EXPECT_THAT(result.error().detail, HasSubstr("10.0.0.1"));
}

TEST_F(TlsHandshake, RefusesAServerOfAnotherAddress) {
    expect_failure(shake_hands({.identity = pki_.server({"localhost"}, {"10.0.0.1"})},
                               pki_.context(), "127.0.0.1"),
                   Reason::TlsHostNameMismatch, "TLS handshake with 127.0.0.1");
}

TEST_F(TlsHandshake, RefusesToVerifyNoNameAtAll) {
    expect_failure(shake_hands({.identity = pki_.server()}, pki_.context(), ""),
                   Reason::TlsHandshakeFailed, "TLS preparation");
}

TEST_F(TlsHandshake, RefusesAServerThatSpeaksOnlyTls11) {
    expect_failure(shake_hands({.identity = pki_.server(),
                                .min_version = TLS1_1_VERSION,
                                .max_version = TLS1_1_VERSION},
                               pki_.context()),
                   Reason::TlsVersionUnsupported, "protocol version");
}

TEST_F(TlsHandshake, ReportsThatTheServerRefusesOurCertificate) {
    // TLS 1.2 tells it in the handshake, TLS 1.3 on the first read.
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const auto result = shake_hands({.identity = pki_.server(),
                                         .client_trust_pem = other_pki_.trust_pem(),
                                         .max_version = version},
                                        pki_.context(pki_.client()));
        if (version == TLS1_2_VERSION) {
            expect_failure(result, Reason::TlsClientCertificateRefused, "unknown ca");
            continue;
        }
        ASSERT_TRUE(result) << result.error().detail;
        const auto count = read();
        ASSERT_FALSE(count);
        EXPECT_EQ(count.error().reason, Reason::TlsClientCertificateRefused);
        EXPECT_THAT(count.error().detail, HasSubstr("unknown ca"));
    }
}

TEST_F(TlsHandshake, ReportsThatTheServerWantsACertificateAndNoneIsConfigured) {
    for (const int version : {TLS1_2_VERSION, TLS1_3_VERSION}) {
        const auto result = shake_hands({.identity = pki_.server(),
                                         .client_trust_pem = pki_.trust_pem(),
                                         .max_version = version},
                                        pki_.context());
        if (version == TLS1_2_VERSION) {
            expect_failure(result, Reason::TlsClientCertificateRefused, "none is configured");
            continue;
        }
        ASSERT_TRUE(result) << result.error().detail;
        const auto count = read();
        ASSERT_FALSE(count);
        EXPECT_EQ(count.error().reason, Reason::TlsClientCertificateRefused);
        EXPECT_THAT(count.error().detail, HasSubstr("certificate required"));
        EXPECT_THAT(count.error().detail, HasSubstr("wants a certificate and none is configured"));
    }
}

TEST_F(TlsHandshake, TimesOutOnASilentServer) {
    const auto result = shake_hands(
        {.identity = pki_.server()}, pki_.context(), "localhost",
        [](test::TlsPeer& peer) {
            while (peer.read_plain()) {
            }
        },
        kShort);
    expect_failure(result, Reason::TlsHandshakeTimeout, "localhost: no answer in time");
}

TEST_F(TlsHandshake, APeerThatTricklesBytesCannotStretchTheDeadline) {
    const auto started = std::chrono::steady_clock::now();
    const auto result = shake_hands(
        {.identity = pki_.server()}, pki_.context(), "localhost",
        [](test::TlsPeer& peer) {
            // A record header that promises 16 KiB, then one byte each time we are asked again.
            if (!peer.write_plain(std::string_view{"\x16\x03\x03\x3f\xff", 5})) return;
            boost::asio::io_context pace;
            while (peer.write_plain("\x02")) {
                boost::asio::steady_timer{pace, 5ms}.wait();
            }
        },
        kShort);
    expect_failure(result, Reason::TlsHandshakeTimeout, "no answer in time");
    EXPECT_LT(std::chrono::steady_clock::now() - started, 5s);
}

TEST_F(TlsHandshake, ReportsAPeerThatClosesInTheMiddle) {
    const auto result = shake_hands({.identity = pki_.server()}, pki_.context(), "localhost",
                                    [](test::TlsPeer& peer) { (void)peer.read_plain(); });
    expect_failure(result, Reason::TlsHandshakeFailed, "unexpected eof");
}

TEST_F(TlsHandshake, ReportsAPeerThatResetsInTheMiddle) {
    const auto result = shake_hands({.identity = pki_.server()}, pki_.context(), "localhost",
                                    [](test::TlsPeer& peer) {
                                        (void)peer.read_plain();
                                        peer.reset();
                                    });
    expect_failure(result, Reason::TlsHandshakeFailed, "Connection reset by peer");
}

TEST_F(TlsHandshake, ReportsAPeerThatSpeaksSomethingElse) {
    for (const std::string_view words : {std::string_view{"8=FIX.4.4\x01"
                                                          "9=5\x01"
                                                          "35=0\x01"
                                                          "10=163\x01"},
                                         std::string_view{"HTTP/1.1 400 Bad Request\r\n\r\n"}}) {
        const auto result = shake_hands({.identity = pki_.server()}, pki_.context(), "localhost",
                                        [words](test::TlsPeer& peer) {
                                            (void)peer.read_plain();
                                            (void)peer.write_plain(words);
                                            while (peer.read_plain()) {
                                            }
                                        });
        expect_failure(result, Reason::TlsHandshakeFailed, "does not seem to speak TLS");
    }
}

TEST_F(TlsHandshake, EndsWhenItIsClosed) {
    boost::asio::steady_timer soon{context_, kShort};
    soon.async_wait([&](const boost::system::error_code&) { stream_->close(); });
    const auto result = shake_hands({.identity = pki_.server()}, pki_.context(), "localhost",
                                    [](test::TlsPeer& peer) {
                                        while (peer.read_plain()) {
                                        }
                                    });
    expect_failure(result, Reason::ConnectionLost, "closed on this side");
}

}  // namespace
}  // namespace broker::net
