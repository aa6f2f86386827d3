#include "net/tls_handshake.hpp"

#include <openssl/err.h>
#include <openssl/x509v3.h>

#include <boost/asio/ip/address.hpp>
#include <system_error>
#include <utility>

#include "net/asio.hpp"
#include "net/socket_bio.hpp"
#include "net/tls_error.hpp"

namespace broker::net {

using core::Reason;

core::Result<SslPtr> TlsHandshake::prepare(std::string server_name, int descriptor) {
    server_name_ = std::move(server_name);
    ERR_clear_error();
    SslPtr ssl{SSL_new(tls_->native())};
    BioPtr bio = make_socket_bio(tls_->socket_bio_method(), descriptor);
    if (!ssl || !bio || !expect_name(ssl.get()) || !offer_session(ssl.get())) {
        return core::fail(Reason::TlsHandshakeFailed,
                          "TLS preparation for " + server_name_ + ": " + openssl_errors());
    }
    BIO* const both = bio.release();
    SSL_set_bio(ssl.get(), both, both);
    SSL_set_connect_state(ssl.get());
    SSL_set_app_data(ssl.get(), static_cast<TlsSessionTaker*>(this));
    SSL_set_verify(ssl.get(), SSL_VERIFY_PEER, remember_refused_certificate);
    SSL_set_cert_cb(
        ssl.get(),
        [](SSL*, void* is_requested) {
            *static_cast<bool*>(is_requested) = true;
            return 1;
        },
        &is_certificate_requested_);
    return ssl;
}

// The name that the peer's certificate must bear.
bool TlsHandshake::expect_name(SSL* ssl) const {
    X509_VERIFY_PARAM* const expected = SSL_get0_param(ssl);
    boost::system::error_code not_an_address;
    const auto address = asio::ip::make_address(server_name_, not_an_address);
    if (!not_an_address && address.is_v4()) {
        const auto bytes = address.to_v4().to_bytes();
        return X509_VERIFY_PARAM_set1_ip(expected, bytes.data(), bytes.size()) == 1;
    }
    if (!not_an_address) {
        const auto bytes = address.to_v6().to_bytes();
        return X509_VERIFY_PARAM_set1_ip(expected, bytes.data(), bytes.size()) == 1;
    }
    // Why not the empty name: OpenSSL would take it for "any".
    if (server_name_.empty()) return false;
    X509_VERIFY_PARAM_set_hostflags(expected, X509_CHECK_FLAG_NO_PARTIAL_WILDCARDS);
    return X509_VERIFY_PARAM_set1_host(expected, server_name_.data(), server_name_.size()) == 1 &&
           SSL_set_tlsext_host_name(ssl, server_name_.c_str()) == 1;
}

bool TlsHandshake::offer_session(SSL* ssl) {
    const SslSessionPtr session = sessions_ ? sessions_->take() : nullptr;
    return !session || SSL_set_session(ssl, session.get()) == 1;
}

// Why a copy: OpenSSL spoils the original for resumption if the peer goes without close_notify.
void TlsHandshake::on_new_session(SSL_SESSION* session) {
    if (!sessions_) return;
    if (SslSessionPtr copy{SSL_SESSION_dup(session)}) sessions_->put(std::move(copy));
}

// Called by OpenSSL for each certificate; changes no verdict.
int TlsHandshake::remember_refused_certificate(int is_good, X509_STORE_CTX* store) {
    if (is_good == 1) return is_good;
    const auto* const peer =
        static_cast<SSL*>(X509_STORE_CTX_get_ex_data(store, SSL_get_ex_data_X509_STORE_CTX_idx()));
    auto* const self =
        static_cast<TlsHandshake*>(static_cast<TlsSessionTaker*>(SSL_get_app_data(peer)));
    if (self->refused_certificate_.empty()) {
        self->refused_certificate_ = describe_certificate(X509_STORE_CTX_get_current_cert(store));
    }
    return is_good;
}

core::Error TlsHandshake::failure(SSL* ssl, int ssl_error, int system_error) {
    if (sessions_) sessions_->clear();
    const std::string step = "TLS handshake with " + server_name_ + ": ";
    const long verify_error = SSL_get_verify_result(ssl);
    if (verify_error != X509_V_OK) {
        return core::fail(
            reason_of_verify_error(verify_error),
            step + X509_verify_cert_error_string(verify_error) + ": " + refused_certificate_);
    }
    const unsigned long code = ERR_peek_error();
    if (code == 0 && ssl_error == SSL_ERROR_SYSCALL) {
        return core::fail(Reason::TlsHandshakeFailed,
                          step + std::generic_category().message(system_error));
    }
    const bool withheld = is_certificate_requested_ && !tls_->has_certificate();
    std::string text = step + openssl_errors();
    if (ERR_GET_REASON(code) == SSL_R_WRONG_VERSION_NUMBER) {
        text += ": the peer does not seem to speak TLS";
    }
    if (withheld) text += "; the peer asked for a client certificate and none is configured";
    return core::fail(reason_of_tls_error(code, withheld), std::move(text));
}

}  // namespace broker::net
