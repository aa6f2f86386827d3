// What a TLS server presents and demands.
#pragma once

#include <openssl/types.h>

#include <memory>
#include <string>

#include "simulator/certificate_authority.hpp"

namespace broker::simulator {

struct FreeSslContext {
    void operator()(SSL_CTX* context) const;
};
using SslContextPtr = std::unique_ptr<SSL_CTX, FreeSslContext>;

enum class TlsVersions { From12, Only11 };
enum class ClientCertificate { Demanded, NotDemanded };

// A client certificate that is demanded is one that `trust_pem` vouches for. Throws
// std::runtime_error with OpenSSL's words.
[[nodiscard]] SslContextPtr make_server_context(
    const IssuedCertificate& certificate, const std::string& trust_pem, TlsVersions versions,
    ClientCertificate client = ClientCertificate::Demanded);

}  // namespace broker::simulator
