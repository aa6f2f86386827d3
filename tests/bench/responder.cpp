#include "bench/responder.hpp"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <memory>
#include <stdexcept>
#include <system_error>

#include "bench/allocation_count.hpp"
#include "bench/core_placement.hpp"
#include "bench/fix_answers.hpp"
#include "bench/rest_answers.hpp"
#include "bench/tls_context.hpp"

namespace broker::bench {
namespace {

constexpr int kPollMs = 20;
constexpr Nanoseconds kHandshakeTimeout = 5'000'000'000;

[[noreturn]] void fail(const char* step) {
    throw std::system_error(errno, std::generic_category(), step);
}

bool wants_more(SSL* tls, int result) {
    const int error = SSL_get_error(tls, result);
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

std::unique_ptr<VenueAnswers> make_answers(Transport transport) {
    if (transport == Transport::Rest) return std::make_unique<RestAnswers>();
    return std::make_unique<FixAnswers>();
}

}  // namespace

Responder::Responder(const simulator::IssuedCertificate& identity, std::optional<MessageSizes> echo,
                     Transport transport)
    : echo_{echo},
      transport_{transport},
      filler_(echo ? echo->report : 0, 'x'),
      context_{make_server_context(identity)} {
    listen();
    thread_ = std::thread{[this] { run(); }};
}

Responder::~Responder() {
    hang_up();
    thread_.join();
    ::close(listener_);
}

void Responder::listen() {
    listener_ = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    if (listener_ < 0) fail("socket");
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const name = reinterpret_cast<sockaddr*>(&address);
    if (::bind(listener_, name, size) != 0 || ::listen(listener_, 4) != 0 ||
        ::getsockname(listener_, name, &size) != 0) {
        const int error = errno;
        ::close(listener_);
        errno = error;
        fail("listen on 127.0.0.1");
    }
    port_ = ntohs(address.sin_port);
}

Responder::Seen Responder::seen() const {
    const std::lock_guard lock{mutex_};
    return {{order_size_, report_size_}, tls_, complaint_};
}

void Responder::complain(std::string text) {
    const std::lock_guard lock{mutex_};
    if (complaint_.empty()) complaint_ = std::move(text);
}

void Responder::run() {
    allocation_count::exclude_this_thread();
    take_last_core();
    while (!is_stopping_.load(std::memory_order_relaxed)) {
        if (!wait_for_client()) continue;
        const int descriptor = ::accept4(listener_, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC);
        if (descriptor < 0) continue;
        serve(descriptor);
        ::close(descriptor);
    }
}

bool Responder::wait_for_client() const {
    pollfd waiting{listener_, POLLIN, 0};
    return ::poll(&waiting, 1, kPollMs) == 1;
}

void Responder::serve(int descriptor) {
    const int on = 1;
    ::setsockopt(descriptor, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
    const net::SslPtr tls{SSL_new(context_.get())};
    SSL_set_fd(tls.get(), descriptor);
    if (!accept_tls(tls.get())) return complain("TLS handshake: " + tls_error());
    {
        const std::lock_guard lock{mutex_};
        tls_ = std::string{SSL_get_version(tls.get())} + " " + SSL_get_cipher_name(tls.get());
    }
    converse(tls.get());
    SSL_shutdown(tls.get());
}

bool Responder::accept_tls(SSL* tls) {
    const Nanoseconds deadline = monotonic_now() + kHandshakeTimeout;
    for (;;) {
        const int result = SSL_accept(tls);
        if (result == 1) return true;
        if (!wants_more(tls, result)) return false;
        if (is_stopping_.load(std::memory_order_relaxed) || monotonic_now() > deadline)
            return false;
    }
}

// Until the peer or hang_up ends the connection.
void Responder::converse(SSL* tls) {
    const std::unique_ptr<VenueAnswers> venue = make_answers(transport_);
    std::size_t filled = 0;
    while (!is_stopping_.load(std::memory_order_relaxed)) {
        const std::size_t room = buffer_.size() - filled;
        if (room == 0) return complain("a message that is too long");
        const int count = SSL_read(tls, buffer_.data() + filled, static_cast<int>(room));
        if (count <= 0) {
            if (wants_more(tls, count)) continue;
            return;
        }
        read_at_ = monotonic_now();
        filled += static_cast<std::size_t>(count);
        const std::string_view bytes{buffer_.data(), filled};
        const std::size_t done = echo_ ? echo(tls, bytes) : answer_all(tls, bytes, *venue);
        std::copy(buffer_.data() + done, buffer_.data() + filled, buffer_.data());
        filled -= done;
    }
}

std::size_t Responder::answer_all(SSL* tls, std::string_view bytes, VenueAnswers& venue) {
    std::size_t done = 0;
    for (;;) {
        const VenueAnswers::Step step = venue.answer(bytes.substr(done));
        if (step.kind == VenueAnswers::Kind::Incomplete) return done;
        if (step.kind == VenueAnswers::Kind::Order) {
            send_report(tls, step.size, step.reply);
        } else if (step.kind == VenueAnswers::Kind::Unexpected) {
            complain("unexpected: " +
                     std::string{bytes.substr(done, std::min<std::size_t>(step.size, 200))});
        } else if (!step.reply.empty()) {
            write(tls, step.reply);
        }
        done += step.size;
    }
}

std::size_t Responder::echo(SSL* tls, std::string_view bytes) {
    if (bytes.size() < echo_->order) return 0;
    send_report(tls, echo_->order, filler_);
    return echo_->order;
}

// The times first: whoever has the report may ask for them.
void Responder::send_report(SSL* tls, std::size_t order_size, std::string_view report) {
    order_size_.store(order_size, std::memory_order_relaxed);
    report_size_.store(report.size(), std::memory_order_relaxed);
    order_read_at_.store(read_at_, std::memory_order_release);
    write(tls, report);
}

void Responder::write(SSL* tls, std::string_view bytes) {
    for (;;) {
        const int count = SSL_write(tls, bytes.data(), static_cast<int>(bytes.size()));
        if (count > 0) return;
        if (!wants_more(tls, count)) return complain("write: " + tls_error());
        if (is_stopping_.load(std::memory_order_relaxed)) return;
    }
}

}  // namespace broker::bench
