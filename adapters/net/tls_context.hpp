// Trust, certificate and key for TLS connections as a client.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>

#include "core/result.hpp"
#include "core/secret.hpp"

namespace broker::net {

struct TlsMaterial {
    std::string trust_pem;        // CA certificates; required: there is no way to skip verification
    std::string certificate_pem;  // client certificate and its chain; empty: none
    core::Secret key_pem;         // its private key, PKCS#8 or traditional; RSA or EC
    core::Secret key_password;    // if the key is encrypted
};

// Immutable after creation. TLS 1.2 or newer, chain verification always on, no compression, no
// renegotiation.
class TlsContext {
public:
    // Errors (Configuration): material that does not parse, a key that does not belong to the
    // certificate, no trust anchor; named with OpenSSL's words.
    [[nodiscard]] static core::Result<std::shared_ptr<TlsContext>> create(
        const TlsMaterial& material);

    ~TlsContext();
    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    [[nodiscard]] SSL_CTX* native() const { return context_; }

private:
    explicit TlsContext(SSL_CTX* context) : context_{context} {}
    SSL_CTX* context_;
};

}  // namespace broker::net
