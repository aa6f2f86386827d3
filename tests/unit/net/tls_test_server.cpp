#include "unit/net/tls_test_server.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <csignal>
#include <stdexcept>

namespace broker::test {
namespace {

constexpr int kBacklog = 16;

void require(bool is_good, const char* what) {
    if (!is_good) throw std::runtime_error{std::string{"test server: "} + what};
}

sockaddr_in loopback(std::uint16_t port) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    return address;
}

std::uint16_t bind_to_loopback(int descriptor) {
    sockaddr_in address = loopback(0);
    socklen_t size = sizeof address;
    require(::bind(descriptor, reinterpret_cast<sockaddr*>(&address), size) == 0, "bind");
    ::getsockname(descriptor, reinterpret_cast<sockaddr*>(&address), &size);
    return ntohs(address.sin_port);
}

BIO* memory(const std::string& text) {
    return BIO_new_mem_buf(text.data(), static_cast<int>(text.size()));
}

SSL_CTX* make_context(const TlsServerOptions& options) {
    SSL_CTX* const context = SSL_CTX_new(TLS_server_method());
    // Why: TLS below 1.2 needs signatures that the default security level forbids.
    if (options.min_version < TLS1_2_VERSION) SSL_CTX_set_security_level(context, 0);
    SSL_CTX_set_min_proto_version(context, options.min_version);
    SSL_CTX_set_max_proto_version(context, options.max_version);

    BIO* bio = memory(options.identity.certificate_pem);
    X509* certificate = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    bio = memory(options.identity.key_pem);
    EVP_PKEY* key = PEM_read_bio_PrivateKey(bio, nullptr, nullptr, nullptr);
    BIO_free(bio);
    require(SSL_CTX_use_certificate(context, certificate) == 1, "certificate");
    require(SSL_CTX_use_PrivateKey(context, key) == 1, "key");
    X509_free(certificate);
    EVP_PKEY_free(key);

    if (!options.client_trust_pem.empty()) {
        bio = memory(options.client_trust_pem);
        X509* const anchor = PEM_read_bio_X509(bio, nullptr, nullptr, nullptr);
        BIO_free(bio);
        X509_STORE_add_cert(SSL_CTX_get_cert_store(context), anchor);
        X509_free(anchor);
        SSL_CTX_set_verify(
            context,
            SSL_VERIFY_PEER |
                (options.is_client_certificate_required ? SSL_VERIFY_FAIL_IF_NO_PEER_CERT : 0),
            nullptr);
    }
    return context;
}

}  // namespace

TlsPeer::TlsPeer(int descriptor, SSL_CTX* context)
    : descriptor_{descriptor}, ssl_{SSL_new(context)} {
    timeval limit{};
    limit.tv_sec = 10;
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &limit, sizeof limit);
    ::setsockopt(descriptor_, SOL_SOCKET, SO_SNDTIMEO, &limit, sizeof limit);
    // Why: what follows the session tickets would wait for the client's delayed acknowledgement.
    const int at_once = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &at_once, sizeof at_once);
    SSL_set_fd(ssl_, descriptor_);
    SSL_set_accept_state(ssl_);
}

TlsPeer::~TlsPeer() { SSL_free(ssl_); }

bool TlsPeer::handshake() {
    ERR_clear_error();
    return SSL_do_handshake(ssl_) == 1;
}

std::string TlsPeer::client_name() const {
    X509* const certificate = SSL_get0_peer_certificate(ssl_);
    if (certificate == nullptr) return {};
    char name[256]{};
    X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName, name,
                              sizeof name);
    return name;
}

std::string TlsPeer::sni() const {
    const char* const name = SSL_get_servername(ssl_, TLSEXT_NAMETYPE_host_name);
    return name != nullptr ? name : "";
}

bool TlsPeer::write(std::string_view bytes) {
    ERR_clear_error();
    std::size_t written = 0;
    return SSL_write_ex(ssl_, bytes.data(), bytes.size(), &written) == 1;
}

std::string TlsPeer::read_some() {
    ERR_clear_error();
    std::string bytes(16 * 1024, '\0');
    std::size_t count = 0;
    if (SSL_read_ex(ssl_, bytes.data(), bytes.size(), &count) != 1) return {};
    bytes.resize(count);
    return bytes;
}

std::string TlsPeer::read_exactly(std::size_t size) {
    std::string bytes;
    while (bytes.size() < size) {
        const std::string more = read_some();
        if (more.empty()) break;
        bytes += more;
    }
    return bytes;
}

void TlsPeer::read_to_end() {
    while (!read_some().empty()) {
    }
}

void TlsPeer::close_notify() { SSL_shutdown(ssl_); }

bool TlsPeer::write_plain(std::string_view bytes) {
    return ::send(descriptor_, bytes.data(), bytes.size(), MSG_NOSIGNAL) ==
           static_cast<ssize_t>(bytes.size());
}

bool TlsPeer::read_plain() {
    char bytes[4096];
    return ::recv(descriptor_, bytes, sizeof bytes, 0) > 0;
}

void TlsPeer::reset() {
    const linger at_once{1, 0};
    ::setsockopt(descriptor_, SOL_SOCKET, SO_LINGER, &at_once, sizeof at_once);
}

TlsTestServer::TlsTestServer(const TlsServerOptions& options, Serve serve)
    : serve_{std::move(serve)},
      is_concurrent_{options.is_concurrent},
      context_{make_context(options)},
      listener_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    if (options.receive_buffer > 0) {
        ::setsockopt(listener_, SOL_SOCKET, SO_RCVBUF, &options.receive_buffer,
                     sizeof options.receive_buffer);
    }
    port_ = bind_to_loopback(listener_);
    require(::listen(listener_, kBacklog) == 0, "listen");
    thread_ = std::thread{[this] { run(); }};
}

TlsTestServer::~TlsTestServer() {
    {
        const std::lock_guard lock{mutex_};
        is_stopping_ = true;
        ::shutdown(listener_, SHUT_RDWR);
        for (const int connection : connections_) ::shutdown(connection, SHUT_RDWR);
    }
    thread_.join();
    ::close(listener_);
    SSL_CTX_free(context_);
}

void TlsTestServer::run() {
    sigset_t pipe;
    sigemptyset(&pipe);
    sigaddset(&pipe, SIGPIPE);
    pthread_sigmask(SIG_BLOCK, &pipe, nullptr);
    while (true) {
        const int connection = ::accept4(listener_, nullptr, nullptr, SOCK_CLOEXEC);
        if (!add(connection)) break;
        if (is_concurrent_) {
            servers_.emplace_back([this, connection] { this->serve(connection); });
        } else {
            this->serve(connection);
        }
    }
    for (std::thread& server : servers_) server.join();
}

bool TlsTestServer::add(int connection) {
    const std::lock_guard lock{mutex_};
    if (is_stopping_ || connection < 0) {
        if (connection >= 0) ::close(connection);
        return false;
    }
    connections_.push_back(connection);
    return true;
}

void TlsTestServer::serve(int connection) {
    {
        TlsPeer peer{connection, context_};
        serve_(peer);
    }
    const std::lock_guard lock{mutex_};
    std::erase(connections_, connection);
    ::close(connection);
}

DeadPort::DeadPort(Kind kind) : listener_{::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)} {
    port_ = bind_to_loopback(listener_);
    if (kind == Kind::Refuses) return;
    require(::listen(listener_, 0) == 0, "listen");
    // The first connection that gets no answer shows that the backlog is full.
    constexpr int kMaxFillers = 32;
    constexpr int kAnswerMs = 100;
    const sockaddr_in address = loopback(port_);
    for (int i = 0; i < kMaxFillers; ++i) {
        const int filler = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
        fillers_.push_back(filler);
        ::connect(filler, reinterpret_cast<const sockaddr*>(&address), sizeof address);
        pollfd writable{filler, POLLOUT, 0};
        if (::poll(&writable, 1, kAnswerMs) == 0) return;
    }
    throw std::runtime_error{"test server: the backlog does not fill"};
}

DeadPort::~DeadPort() {
    for (const int filler : fillers_) ::close(filler);
    ::close(listener_);
}

}  // namespace broker::test
