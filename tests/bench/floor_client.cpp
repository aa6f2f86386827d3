#include "bench/floor_client.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <cerrno>
#include <stdexcept>
#include <system_error>
#include <utility>

#include "bench/tls_context.hpp"

namespace broker::bench {
namespace {

constexpr int kPollMs = 100;  // after which a stop is noticed
constexpr timeval kHandshakeTimeout{5, 0};

}  // namespace

FloorClient::FloorClient(FloorOptions options, AnswerListener& listener)
    : options_{std::move(options)},
      listener_{listener},
      order_(options_.sizes.order, 'o'),
      report_(options_.sizes.report) {}

FloorClient::~FloorClient() { stop(); }

void FloorClient::start() {
    connect();
    handshake();
    ::fcntl(descriptor_, F_SETFL, O_NONBLOCK);
    thread_ = std::thread{[this] { run(); }};
}

void FloorClient::connect() {
    descriptor_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    const int on = 1;
    ::setsockopt(descriptor_, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    ::setsockopt(descriptor_, SOL_SOCKET, SO_RCVTIMEO, &kHandshakeTimeout,
                 sizeof kHandshakeTimeout);
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_port = htons(options_.port);
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    if (::connect(descriptor_, reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
        throw std::system_error(errno, std::generic_category(), "connect");
    }
}

void FloorClient::handshake() {
    context_ = make_client_context(options_.trust_pem);
    tls_.reset(SSL_new(context_.get()));
    SSL_set_fd(tls_.get(), descriptor_);
    SSL_set_tlsext_host_name(tls_.get(), "localhost");
    SSL_set1_host(tls_.get(), "localhost");
    if (SSL_connect(tls_.get()) != 1) {
        throw std::runtime_error{"TLS handshake: " + tls_error()};
    }
}

// The TLS object belongs to the client's thread, so the host's order is left for it.
void FloorClient::submit(std::uint64_t order_number) {
    if (std::this_thread::get_id() == thread_.get_id()) {
        number_ = order_number;
        return write();
    }
    const std::lock_guard lock{mutex_};
    posted_ = order_number;
    changed_.notify_one();
}

void FloorClient::run() {
    while (wait_for_order()) {
        write();
        while (is_order_out_) {
            if (!read_answer()) return;
            const Nanoseconds now = monotonic_now();
            is_order_out_ = false;
            listener_.on_answer({.order_number = number_, .received_at = now});
        }
    }
}

bool FloorClient::wait_for_order() {
    std::unique_lock lock{mutex_};
    changed_.wait(lock, [this] { return posted_ != 0 || is_stopping_; });
    number_ = std::exchange(posted_, 0);
    return number_ != 0;
}

bool FloorClient::read_answer() {
    std::size_t filled = 0;
    while (filled < report_.size()) {
        const int count = SSL_read(tls_.get(), report_.data() + filled,
                                   static_cast<int>(report_.size() - filled));
        if (count > 0) {
            filled += static_cast<std::size_t>(count);
            continue;
        }
        if (is_stopping_.load(std::memory_order_relaxed)) return false;
        if (SSL_get_error(tls_.get(), count) != SSL_ERROR_WANT_READ) {
            listener_.on_failure("read: " + tls_error());
            return false;
        }
        pollfd readable{descriptor_, POLLIN, 0};
        if (!options_.is_spinning) ::poll(&readable, 1, kPollMs);
    }
    return true;
}

void FloorClient::write() {
    if (SSL_write(tls_.get(), order_.data(), static_cast<int>(order_.size())) <= 0) {
        return listener_.on_failure("write: " + tls_error());
    }
    is_order_out_ = true;
}

void FloorClient::stop() {
    if (thread_.joinable()) {
        {
            const std::lock_guard lock{mutex_};
            is_stopping_ = true;
        }
        changed_.notify_one();
        thread_.join();
    }
    tls_.reset();
    if (descriptor_ >= 0) ::close(std::exchange(descriptor_, -1));
}

}  // namespace broker::bench
