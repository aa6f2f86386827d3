// The venue's end of one connection, played by the test itself: a TLS listener on loopback without
// a thread. Every wait is bounded.
#pragma once

#include <openssl/types.h>

#include <chrono>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "simulator/certificate_authority.hpp"
#include "simulator/tls_server.hpp"

namespace broker::test {

class TlsPeer {
public:
    using Wait = std::chrono::milliseconds;
    static constexpr Wait kPatience{5'000};

    // Listens, with a certificate for localhost of the authority, and demands one of it.
    explicit TlsPeer(simulator::CertificateAuthority& authority);
    ~TlsPeer();
    TlsPeer(const TlsPeer&) = delete;
    TlsPeer& operator=(const TlsPeer&) = delete;

    [[nodiscard]] std::uint16_t port() const { return port_; }

    // The next connection, its handshake done. False: none came, or it did not get so far.
    [[nodiscard]] bool accept(Wait patience = kPatience);
    // False: the peer takes no more.
    bool write(std::string_view bytes, Wait patience = kPatience);
    // The next whole FIX message; null: none came in time, or the connection has ended.
    [[nodiscard]] std::optional<std::string> read_message(Wait patience = kPatience);
    // True once the peer has closed; what it still sends is dropped.
    [[nodiscard]] bool wait_closed(Wait patience = kPatience);
    // Closes the connection without a word.
    void drop();

private:
    struct FreeSsl {
        void operator()(SSL* ssl) const;
    };
    [[nodiscard]] bool wait_for(int result, std::chrono::steady_clock::time_point deadline);
    [[nodiscard]] bool read_some(std::chrono::steady_clock::time_point deadline);

    simulator::SslContextPtr context_;
    int listener_ = -1;
    int socket_ = -1;
    std::uint16_t port_ = 0;
    std::unique_ptr<SSL, FreeSsl> ssl_;
    std::string received_;
};

}  // namespace broker::test
