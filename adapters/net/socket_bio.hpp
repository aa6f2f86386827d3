// The socket under a TLS connection, as an OpenSSL BIO that cannot raise SIGPIPE.
#pragma once

#include <openssl/bio.h>

#include "net/openssl_ptr.hpp"

namespace broker::net {

// Why not OpenSSL's own socket BIO: it writes with write(2), so that a peer's reset would raise
// SIGPIPE, whose default action ends the host process; its disposition is the host's, not ours.
// Null when memory is out.
[[nodiscard]] BioMethodPtr make_socket_bio_method();

// A BIO over a non-blocking descriptor that stays the caller's. `method` must outlive it. Null when
// memory is out.
[[nodiscard]] BioPtr make_socket_bio(const BIO_METHOD* method, int descriptor);

}  // namespace broker::net
