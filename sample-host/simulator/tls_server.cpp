#include "simulator/tls_server.hpp"

#include <openssl/bio.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>

#include <array>
#include <stdexcept>

namespace broker::simulator {
namespace {

void require(bool is_done, const char* step) {
    if (is_done) return;
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
    ERR_clear_error();
    throw std::runtime_error(std::string("tls server: ") + step + ": " + reason.data());
}

// Reads one object with one of OpenSSL's PEM_read_bio_… functions and hands it to `use`.
template <class Read, class Use, class Free>
void use_pem(const std::string& pem, Read read, Use use, Free free, const char* step) {
    BIO* bio = BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()));
    auto* object = bio != nullptr ? read(bio, nullptr, nullptr, nullptr) : nullptr;
    BIO_free(bio);
    const bool is_used = object != nullptr && use(object) == 1;
    free(object);
    require(is_used, step);
}

}  // namespace

void FreeSslContext::operator()(SSL_CTX* context) const { SSL_CTX_free(context); }

SslContextPtr make_server_context(const IssuedCertificate& certificate,
                                  const std::string& trust_pem, TlsVersions versions,
                                  ClientCertificate client) {
    SslContextPtr context{SSL_CTX_new(TLS_server_method())};
    require(context != nullptr, "make context");
    SSL_CTX* ctx = context.get();
    if (versions == TlsVersions::Only11) {
        // Why level 0: OpenSSL 3 does not speak TLS 1.1 on any other.
        SSL_CTX_set_security_level(ctx, 0);
        require(SSL_CTX_set_min_proto_version(ctx, TLS1_1_VERSION) == 1 &&
                    SSL_CTX_set_max_proto_version(ctx, TLS1_1_VERSION) == 1,
                "set versions");
    } else {
        require(SSL_CTX_set_min_proto_version(ctx, TLS1_2_VERSION) == 1, "set versions");
    }
    use_pem(
        certificate.certificate_pem, PEM_read_bio_X509,
        [ctx](X509* x509) { return SSL_CTX_use_certificate(ctx, x509); }, X509_free,
        "use certificate");
    use_pem(
        certificate.key_pem, PEM_read_bio_PrivateKey,
        [ctx](EVP_PKEY* key) { return SSL_CTX_use_PrivateKey(ctx, key); }, EVP_PKEY_free,
        "use key");
    use_pem(
        trust_pem, PEM_read_bio_X509,
        [ctx](X509* root) {
            return X509_STORE_add_cert(SSL_CTX_get_cert_store(ctx), root) &
                   SSL_CTX_add_client_CA(ctx, root);
        },
        X509_free, "use trust anchor");
    if (client == ClientCertificate::Demanded)
        SSL_CTX_set_verify(ctx, SSL_VERIFY_PEER | SSL_VERIFY_FAIL_IF_NO_PEER_CERT, nullptr);
    // Why no resumption: each connection is to show its certificate.
    SSL_CTX_set_session_cache_mode(ctx, SSL_SESS_CACHE_OFF);
    SSL_CTX_set_options(ctx, SSL_OP_NO_TICKET | SSL_OP_NO_RENEGOTIATION);
    SSL_CTX_set_num_tickets(ctx, 0);
    return context;
}

}  // namespace broker::simulator
