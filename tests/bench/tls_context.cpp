#include "bench/tls_context.hpp"

#include <openssl/err.h>
#include <openssl/pem.h>

#include <stdexcept>

namespace broker::bench {
namespace {

// The server chooses it, so that every client encrypts alike.
constexpr const char* kCipherSuite = "TLS_AES_256_GCM_SHA384";

template <class Ptr, class Read>
Ptr from_pem(const std::string& pem, Read read) {
    const net::BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    Ptr object{read(bio.get(), nullptr, nullptr, nullptr)};
    if (!object) throw std::runtime_error{"PEM: " + tls_error()};
    return object;
}

net::SslContextPtr make_context(const SSL_METHOD* method) {
    net::SslContextPtr context{SSL_CTX_new(method)};
    if (!context || SSL_CTX_set_min_proto_version(context.get(), TLS1_3_VERSION) != 1 ||
        SSL_CTX_set_ciphersuites(context.get(), kCipherSuite) != 1) {
        throw std::runtime_error{"TLS context: " + tls_error()};
    }
    return context;
}

}  // namespace

std::string tls_error() {
    const unsigned long error = ERR_get_error();
    if (error == 0) return "the connection ended";
    char text[256];
    ERR_error_string_n(error, text, sizeof text);
    return text;
}

net::SslContextPtr make_server_context(const simulator::IssuedCertificate& identity) {
    net::SslContextPtr context = make_context(TLS_server_method());
    const auto leaf = from_pem<net::X509Ptr>(identity.certificate_pem, PEM_read_bio_X509);
    const auto key = from_pem<net::KeyPtr>(identity.key_pem, PEM_read_bio_PrivateKey);
    if (SSL_CTX_use_certificate(context.get(), leaf.get()) != 1 ||
        SSL_CTX_use_PrivateKey(context.get(), key.get()) != 1) {
        throw std::runtime_error{"server certificate: " + tls_error()};
    }
    return context;
}

net::SslContextPtr make_client_context(const std::string& trust_pem) {
    net::SslContextPtr context = make_context(TLS_client_method());
    const auto root = from_pem<net::X509Ptr>(trust_pem, PEM_read_bio_X509);
    X509_STORE_add_cert(SSL_CTX_get_cert_store(context.get()), root.get());
    SSL_CTX_set_verify(context.get(), SSL_VERIFY_PEER, nullptr);
    return context;
}

}  // namespace broker::bench
