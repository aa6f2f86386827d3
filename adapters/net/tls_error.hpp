// OpenSSL's failures as reasons and as words for people.
#pragma once

#include <openssl/x509.h>

#include <string>

#include "core/reason.hpp"

namespace broker::net {

// Takes everything from this thread's OpenSSL error queue: "reason (data); reason". Never empty.
[[nodiscard]] std::string openssl_errors();

// Why the peer's certificate was not accepted, by X509_V_ERR_...
[[nodiscard]] core::Reason reason_of_verify_error(long verify_error);

// Why the handshake failed, by a code of the error queue. A certificate alert from a server can
// only be about our certificate; a bare handshake_failure is taken for one if the server asked for
// a certificate and got none.
[[nodiscard]] core::Reason reason_of_tls_error(unsigned long code, bool withheld_certificate);

// "CN=broker, valid for a.example 10.0.0.1, from Jan  1 ... GMT to Jan  1 ... GMT": what a person
// needs to see why it was refused. Bounded, printable.
[[nodiscard]] std::string describe_certificate(const X509* certificate);

}  // namespace broker::net
