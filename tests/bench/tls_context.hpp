// TLS of the benchmark's own two ends, the venue and the floor: TLS 1.3 with one cipher suite.
#pragma once

#include <string>

#include "net/openssl_ptr.hpp"
#include "simulator/certificate_authority.hpp"

namespace broker::bench {

// Both throw std::runtime_error.
[[nodiscard]] net::SslContextPtr make_server_context(const simulator::IssuedCertificate& identity);
[[nodiscard]] net::SslContextPtr make_client_context(const std::string& trust_pem);

// OpenSSL's words for this thread's newest error.
[[nodiscard]] std::string tls_error();

}  // namespace broker::bench
