// The other end of a TLS connection, for tests: a blocking OpenSSL server on loopback.
#pragma once

#include <openssl/ssl.h>

#include <atomic>
#include <cstdint>
#include <functional>
#include <mutex>
#include <string>
#include <string_view>
#include <thread>
#include <vector>

#include "simulator/certificate_authority.hpp"

namespace broker::test {

// One accepted connection. Every call gives up after ten seconds.
class TlsPeer {
public:
    TlsPeer(int descriptor, SSL_CTX* context);
    ~TlsPeer();
    TlsPeer(const TlsPeer&) = delete;
    TlsPeer& operator=(const TlsPeer&) = delete;

    [[nodiscard]] bool handshake();
    [[nodiscard]] std::string client_name() const;  // CN of the client's certificate, or empty
    [[nodiscard]] std::string sni() const;
    [[nodiscard]] std::string version() const { return SSL_get_version(ssl_); }

    bool write(std::string_view bytes);
    [[nodiscard]] std::string read_some();  // empty at the end of the connection
    [[nodiscard]] std::string read_exactly(std::size_t size);
    void read_to_end();
    void close_notify();

    // Below TLS.
    bool write_plain(std::string_view bytes);
    [[nodiscard]] bool read_plain();  // false at the end of the connection
    void reset();                     // closes with RST

private:
    int descriptor_;
    SSL* ssl_;
};

struct TlsServerOptions {
    simulator::IssuedCertificate identity{};
    std::string client_trust_pem{};  // empty: no client certificate is asked for
    bool is_client_certificate_required = true;
    int min_version = TLS1_2_VERSION;
    int max_version = TLS1_3_VERSION;
    int receive_buffer = 0;      // SO_RCVBUF; 0: the system's
    bool is_concurrent = false;  // each connection on a thread of its own
};

// Accepts connections, each served by `serve` on the server's thread, one after the other unless
// they are asked to be concurrent. The destructor ends running ones by shutting their sockets down.
class TlsTestServer {
public:
    using Serve = std::function<void(TlsPeer&)>;
    TlsTestServer(const TlsServerOptions& options, Serve serve);
    ~TlsTestServer();
    TlsTestServer(const TlsTestServer&) = delete;
    TlsTestServer& operator=(const TlsTestServer&) = delete;

    [[nodiscard]] std::string port() const { return std::to_string(port_); }

private:
    void run();
    [[nodiscard]] bool add(int connection);  // false: the server is stopping
    void serve(int connection);

    Serve serve_;
    bool is_concurrent_;
    SSL_CTX* context_ = nullptr;
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::mutex mutex_;  // guards connections_ and is_stopping_
    std::vector<int> connections_;
    bool is_stopping_ = false;
    std::vector<std::thread> servers_;  // of run()
    std::thread thread_;
};

// A socket bound to a loopback port. Not listening, it refuses connections; with a full backlog it
// leaves them without an answer.
class DeadPort {
public:
    enum class Kind { Refuses, BlackHole };
    explicit DeadPort(Kind kind);
    ~DeadPort();
    DeadPort(const DeadPort&) = delete;
    DeadPort& operator=(const DeadPort&) = delete;
    [[nodiscard]] std::uint16_t number() const { return port_; }
    [[nodiscard]] std::string text() const { return std::to_string(port_); }

private:
    int listener_ = -1;
    std::uint16_t port_ = 0;
    std::vector<int> fillers_;
};

}  // namespace broker::test
