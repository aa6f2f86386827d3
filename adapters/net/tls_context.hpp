// Trust, certificate and key for TLS connections as a client.
#pragma once

#include <memory>
#include <optional>
#include <string>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "net/openssl_ptr.hpp"

namespace broker::net {

struct TlsMaterial {
    // CA certificates; required: there is no way to skip verification. Each is an anchor by itself,
    // an intermediate as well as a root.
    std::string trust_pem;
    std::string certificate_pem;  // client certificate, then its chain; empty: none
    core::Secret key_pem;         // its private key, PKCS#8 or traditional; RSA or EC
    core::Secret key_password;    // if the key is encrypted
};

// Immutable after creation. TLS 1.2 or newer, chain verification always on, no compression, no
// renegotiation.
// [any-thread]
class TlsContext {
public:
    // Errors (Configuration): material that does not parse, a key that does not belong to the
    // certificate, no trust anchor; named with OpenSSL's words.
    [[nodiscard]] static core::Result<std::shared_ptr<TlsContext>> create(
        const TlsMaterial& material);

    TlsContext(const TlsContext&) = delete;
    TlsContext& operator=(const TlsContext&) = delete;

    [[nodiscard]] SSL_CTX* native() const { return context_.get(); }
    [[nodiscard]] const BIO_METHOD* socket_bio_method() const { return socket_bio_method_.get(); }

    [[nodiscard]] bool has_certificate() const { return not_after_.has_value(); }
    // When the client certificate expires; null without one. An expired one is no error here: the
    // peer decides.
    [[nodiscard]] std::optional<core::UtcTime> not_after() const { return not_after_; }

private:
    TlsContext(SslContextPtr context, BioMethodPtr socket_bio_method,
               std::optional<core::UtcTime> not_after);

    SslContextPtr context_;
    BioMethodPtr socket_bio_method_;
    std::optional<core::UtcTime> not_after_;
};

}  // namespace broker::net
