#include "net/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <cstring>
#include <ctime>
#include <string_view>
#include <vector>

#include "net/socket_bio.hpp"
#include "net/tls_error.hpp"
#include "net/tls_session_cache.hpp"

namespace broker::net {
namespace {

core::Error configuration_error(std::string_view what) {
    return core::fail(core::Reason::Configuration, std::string{what} + ": " + openssl_errors());
}

// Reads from memory that stays the caller's: a key is not copied.
BioPtr memory_bio(std::string_view text) {
    return BioPtr{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
}

// Never asks on a terminal, as OpenSSL's default does.
int copy_password(char* buffer, int size, int, void* user_data) {
    const auto password = static_cast<const core::Secret*>(user_data)->reveal();
    if (password.empty() || password.size() > static_cast<std::size_t>(size)) return -1;
    std::memcpy(buffer, password.data(), password.size());
    return static_cast<int>(password.size());
}

// All certificates of a PEM text, in order; at least one.
core::Result<std::vector<X509Ptr>> read_certificates(std::string_view pem, std::string_view what) {
    ERR_clear_error();
    const BioPtr bio = memory_bio(pem);
    std::vector<X509Ptr> certificates;
    core::Secret none;
    while (X509* certificate = PEM_read_bio_X509_AUX(bio.get(), nullptr, copy_password, &none)) {
        certificates.emplace_back(certificate);
    }
    const unsigned long end = ERR_peek_last_error();
    const bool is_end_of_text =
        ERR_GET_LIB(end) == ERR_LIB_PEM && ERR_GET_REASON(end) == PEM_R_NO_START_LINE;
    if (certificates.empty() || !is_end_of_text) return configuration_error(what);
    ERR_clear_error();
    return certificates;
}

core::Result<void> use_trust(SSL_CTX* context, std::string_view pem) {
    if (pem.empty()) {
        return core::fail(core::Reason::Configuration,
                          "TLS trust: no CA certificate is given, and verification cannot be off");
    }
    auto anchors = read_certificates(pem, "TLS trust: reading the CA certificates");
    if (!anchors) return anchors.error();
    X509_STORE* store = SSL_CTX_get_cert_store(context);
    for (const X509Ptr& anchor : *anchors) {
        if (X509_STORE_add_cert(store, anchor.get()) != 1) {
            return configuration_error("TLS trust: adding a CA certificate");
        }
    }
    X509_STORE_set_flags(store, X509_V_FLAG_PARTIAL_CHAIN);
    return {};
}

core::Result<void> use_key(SSL_CTX* context, const TlsMaterial& material) {
    const BioPtr bio = memory_bio(material.key_pem.reveal());
    auto* password = const_cast<core::Secret*>(&material.key_password);
    const KeyPtr key{PEM_read_bio_PrivateKey(bio.get(), nullptr, copy_password, password)};
    if (!key)
        return configuration_error("TLS private key: reading it (wrong or missing password?)");
    if (SSL_CTX_use_PrivateKey(context, key.get()) != 1 ||
        SSL_CTX_check_private_key(context) != 1) {
        return configuration_error("TLS private key: it does not belong to the certificate");
    }
    return {};
}

core::UtcTime utc_time(const ASN1_TIME* time) {
    std::tm parts{};
    ASN1_TIME_to_tm(time, &parts);
    return core::UtcTime{std::chrono::seconds{::timegm(&parts)}};
}

// The certificate, its chain and its key. Returns when the certificate expires.
core::Result<core::UtcTime> use_identity(SSL_CTX* context, const TlsMaterial& material) {
    auto chain = read_certificates(material.certificate_pem, "TLS certificate: reading it");
    if (!chain) return chain.error();
    if (SSL_CTX_use_certificate(context, chain->front().get()) != 1) {
        return configuration_error("TLS certificate: using it");
    }
    for (std::size_t i = 1; i < chain->size(); ++i) {
        if (SSL_CTX_add1_chain_cert(context, (*chain)[i].get()) != 1) {
            return configuration_error("TLS certificate: using its chain");
        }
    }
    if (auto used = use_key(context, material); !used) return used.error();
    return utc_time(X509_get0_notAfter(chain->front().get()));
}

void set_rules(SSL_CTX* context) {
    SSL_CTX_set_min_proto_version(context, TLS1_2_VERSION);
    SSL_CTX_set_options(context, SSL_OP_NO_COMPRESSION | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_verify(context, SSL_VERIFY_PEER, nullptr);
    // OpenSSL keeps none; a connection with a TlsSessionCache does.
    SSL_CTX_set_session_cache_mode(context, SSL_SESS_CACHE_CLIENT | SSL_SESS_CACHE_NO_INTERNAL);
    SSL_CTX_sess_set_new_cb(context, tell_session_taker);
    // Many small records by one system call, instead of two calls for each.
    SSL_CTX_set_read_ahead(context, 1);
    // A write takes what the socket takes; the rest goes on from another buffer.
    SSL_CTX_set_mode(context, SSL_MODE_ENABLE_PARTIAL_WRITE | SSL_MODE_ACCEPT_MOVING_WRITE_BUFFER);
}

}  // namespace

TlsContext::TlsContext(SslContextPtr context, BioMethodPtr socket_bio_method,
                       std::optional<core::UtcTime> not_after)
    : context_{std::move(context)},
      socket_bio_method_{std::move(socket_bio_method)},
      not_after_{not_after} {}

core::Result<std::shared_ptr<TlsContext>> TlsContext::create(const TlsMaterial& material) {
    ERR_clear_error();
    SslContextPtr context{SSL_CTX_new(TLS_client_method())};
    BioMethodPtr socket_bio_method = make_socket_bio_method();
    if (!context || !socket_bio_method) return configuration_error("TLS context: making it");
    set_rules(context.get());
    if (auto used = use_trust(context.get(), material.trust_pem); !used) return used.error();

    std::optional<core::UtcTime> not_after;
    if (material.certificate_pem.empty() != material.key_pem.empty()) {
        return core::fail(core::Reason::Configuration,
                          material.key_pem.empty()
                              ? "TLS private key: missing for the certificate"
                              : "TLS certificate: missing for the private key");
    }
    if (!material.certificate_pem.empty()) {
        auto expiry = use_identity(context.get(), material);
        if (!expiry) return expiry.error();
        not_after = *expiry;
    }
    return std::shared_ptr<TlsContext>{
        new TlsContext{std::move(context), std::move(socket_bio_method), not_after}};
}

}  // namespace broker::net
