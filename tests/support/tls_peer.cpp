#include "support/tls_peer.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <openssl/ssl.h>
#include <poll.h>
#include <signal.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <stdexcept>

namespace broker::test {
namespace {

using Clock = std::chrono::steady_clock;

// False: the time is up.
bool wait_ready(int descriptor, short events, Clock::time_point deadline) {
    const auto left = std::chrono::duration_cast<TlsPeer::Wait>(deadline - Clock::now()).count();
    pollfd ready{descriptor, events, 0};
    return ::poll(&ready, 1, left < 0 ? 0 : static_cast<int>(left)) > 0;
}

// The size of the FIX message that the text begins with; 0: it is not whole.
std::size_t message_size(std::string_view text) {
    const std::size_t trailer = text.find(
        "\x01"
        "10=");
    if (trailer == std::string_view::npos) return 0;
    const std::size_t end = text.find('\x01', trailer + 1);
    return end == std::string_view::npos ? 0 : end + 1;
}

}  // namespace

void TlsPeer::FreeSsl::operator()(SSL* ssl) const { SSL_free(ssl); }

TlsPeer::TlsPeer(simulator::CertificateAuthority& authority) {
    simulator::CertificateRequest request;
    request.common_name = "localhost";
    request.dns_names = {"localhost"};
    request.is_server = true;
    ::signal(SIGPIPE, SIG_IGN);  // a peer that is gone is an error of the write
    context_ = simulator::make_server_context(authority.issue(request), authority.certificate_pem(),
                                              simulator::TlsVersions::From12);
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* generic = reinterpret_cast<sockaddr*>(&address);
    if (listener_ < 0 || ::bind(listener_, generic, size) != 0 || ::listen(listener_, 8) != 0 ||
        ::getsockname(listener_, generic, &size) != 0) {
        throw std::runtime_error{"no port to listen on"};
    }
    port_ = ntohs(address.sin_port);
}

TlsPeer::~TlsPeer() {
    drop();
    if (listener_ >= 0) ::close(listener_);
}

void TlsPeer::drop() {
    ssl_.reset();
    received_.clear();
    if (socket_ >= 0) ::close(socket_);
    socket_ = -1;
}

bool TlsPeer::accept(Wait patience) {
    drop();
    const auto deadline = Clock::now() + patience;
    if (!wait_ready(listener_, POLLIN, deadline)) return false;
    socket_ = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
    if (socket_ < 0) return false;
    ssl_.reset(SSL_new(context_.get()));
    SSL_set_fd(ssl_.get(), socket_);
    while (true) {
        const int result = SSL_accept(ssl_.get());
        if (result == 1) return true;
        if (!wait_for(result, deadline)) return false;
    }
}

bool TlsPeer::wait_for(int result, Clock::time_point deadline) {
    switch (SSL_get_error(ssl_.get(), result)) {
        case SSL_ERROR_WANT_READ:
            return wait_ready(socket_, POLLIN, deadline);
        case SSL_ERROR_WANT_WRITE:
            return wait_ready(socket_, POLLOUT, deadline);
        default:
            return false;
    }
}

bool TlsPeer::write(std::string_view bytes, Wait patience) {
    const auto deadline = Clock::now() + patience;
    while (!bytes.empty()) {
        if (!ssl_) return false;
        std::size_t written = 0;
        const int result = SSL_write_ex(ssl_.get(), bytes.data(), bytes.size(), &written);
        if (result == 1) {
            bytes.remove_prefix(written);
        } else if (!wait_for(result, deadline)) {
            return false;
        }
    }
    return true;
}

bool TlsPeer::read_some(Clock::time_point deadline) {
    std::array<char, 16'384> buffer{};
    while (ssl_) {
        std::size_t size = 0;
        const int result = SSL_read_ex(ssl_.get(), buffer.data(), buffer.size(), &size);
        if (result == 1) {
            received_.append(buffer.data(), size);
            return true;
        }
        const int error = SSL_get_error(ssl_.get(), result);
        if (error != SSL_ERROR_WANT_READ && error != SSL_ERROR_WANT_WRITE) {
            const std::string rest = std::move(received_);
            drop();
            received_ = rest;
            return false;
        }
        if (!wait_for(result, deadline)) return false;
    }
    return false;
}

std::optional<std::string> TlsPeer::read_message(Wait patience) {
    const auto deadline = Clock::now() + patience;
    while (true) {
        if (const std::size_t size = message_size(received_); size != 0) {
            std::string message = received_.substr(0, size);
            received_.erase(0, size);
            return message;
        }
        if (!read_some(deadline)) return std::nullopt;
    }
}

bool TlsPeer::wait_closed(Wait patience) {
    const auto deadline = Clock::now() + patience;
    while (read_some(deadline)) received_.clear();
    return !ssl_;
}

}  // namespace broker::test
