// One TLS handshake as a client: what is expected of the peer, and why it failed.
#pragma once

#include <memory>
#include <string>

#include "core/result.hpp"
#include "net/openssl_ptr.hpp"
#include "net/tls_context.hpp"
#include "net/tls_session_cache.hpp"

namespace broker::net {

// OpenSSL keeps its address: it outlives what prepare() makes. Owned by a TlsStream.
// [event-thread]
class TlsHandshake final : private TlsSessionTaker {
public:
    explicit TlsHandshake(std::shared_ptr<TlsContext> tls) : tls_{std::move(tls)} {}
    TlsHandshake(const TlsHandshake&) = delete;
    TlsHandshake& operator=(const TlsHandshake&) = delete;

    // Where sessions are kept and taken from; null: nowhere.
    void use_sessions(std::shared_ptr<TlsSessionCache> sessions) {
        sessions_ = std::move(sessions);
    }

    // A client over a connected descriptor, which expects a peer of this name. Errors:
    // TlsHandshakeFailed.
    [[nodiscard]] core::Result<SslPtr> prepare(std::string server_name, int descriptor);

    // Why SSL_do_handshake failed for good. The session that was offered is not offered again: a
    // peer that chokes on one must not do so for ever.
    [[nodiscard]] core::Error failure(SSL* ssl, int ssl_error, int system_error);

    [[nodiscard]] const std::string& server_name() const { return server_name_; }
    // By the peer, of us.
    [[nodiscard]] bool is_certificate_requested() const { return is_certificate_requested_; }
    [[nodiscard]] bool has_certificate() const { return tls_->has_certificate(); }

private:
    void on_new_session(SSL_SESSION* session) override;
    [[nodiscard]] bool expect_name(SSL* ssl) const;
    [[nodiscard]] bool offer_session(SSL* ssl);
    static int remember_refused_certificate(int is_good, X509_STORE_CTX* store);

    std::shared_ptr<TlsContext> tls_;
    std::shared_ptr<TlsSessionCache> sessions_;
    std::string server_name_;
    std::string refused_certificate_;  // the peer's, if verification failed
    bool is_certificate_requested_ = false;
};

}  // namespace broker::net
