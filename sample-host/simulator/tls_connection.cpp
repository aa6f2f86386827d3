#include "simulator/tls_connection.hpp"

#include <openssl/bio.h>
#include <openssl/ssl.h>
#include <openssl/x509.h>

#include <array>
#include <boost/asio/as_tuple.hpp>
#include <boost/asio/buffer.hpp>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <new>
#include <utility>

namespace broker::simulator {
namespace {

namespace asio = boost::asio;
constexpr auto as_result = asio::as_tuple(asio::use_awaitable);

constexpr std::chrono::seconds kHandshakeTimeout{10};
constexpr std::chrono::seconds kCloseTimeout{2};
constexpr std::size_t kMaxUnsent = std::size_t{16} * 1024 * 1024;
using Buffer = std::array<char, 16 * 1024>;

}  // namespace

TlsConnection::TlsConnection(asio::ip::tcp::socket socket, SSL_CTX* context,
                             ByteConnectionHandler& handler, FrontFaults& faults)
    : socket_{std::move(socket)},
      deadline_{socket_.get_executor()},
      ssl_{SSL_new(context)},
      incoming_{BIO_new(BIO_s_mem())},
      outgoing_{BIO_new(BIO_s_mem())},
      handler_{handler},
      faults_{faults} {
    if (ssl_ == nullptr || incoming_ == nullptr || outgoing_ == nullptr) throw std::bad_alloc{};
    SSL_set_bio(ssl_, incoming_, outgoing_);
    SSL_set_accept_state(ssl_);
}

TlsConnection::~TlsConnection() { SSL_free(ssl_); }

asio::awaitable<void> TlsConnection::run() {
    const auto self = shared_from_this();
    cut_after(kHandshakeTimeout);
    const bool is_open = co_await handshake();
    deadline_.cancel();
    if (is_open) {
        open_streams();
        handler_.opened(*this, peer_common_name());
        co_await read_all();
        close_streams();
        handler_.closed(*this);
    }
    close();
}

void TlsConnection::open_streams() {
    const auto ended = [this](ConnectionEnd how) { end(how); };
    to_client_ = std::make_shared<FaultyStream>(
        socket_.get_executor(), faults_.to_client,
        [this](std::string_view message) { write(message); }, ended);
    to_server_ = std::make_shared<FaultyStream>(
        socket_.get_executor(), faults_.to_server,
        [this](std::string_view bytes) {
            if (!is_closing_) handler_.received(*this, bytes.data(), bytes.size());
        },
        ended);
}

// The streams' timers may outlive them for a moment; nothing comes out of a closed one.
void TlsConnection::close_streams() {
    if (to_client_) to_client_->close();
    if (to_server_) to_server_->close();
}

asio::awaitable<void> TlsConnection::stay_silent() {
    const auto self = shared_from_this();
    while (co_await receive()) (void)BIO_reset(incoming_);
    cut();
}

asio::awaitable<bool> TlsConnection::handshake() {
    for (;;) {
        const int result = SSL_do_handshake(ssl_);
        flush();
        if (result == 1) co_return true;
        if (SSL_get_error(ssl_, result) != SSL_ERROR_WANT_READ) co_return false;
        if (!co_await receive()) co_return false;
    }
}

asio::awaitable<void> TlsConnection::read_all() {
    Buffer plain;
    while (!is_closing_) {
        const int size = SSL_read(ssl_, plain.data(), static_cast<int>(plain.size()));
        const int error = SSL_get_error(ssl_, size);
        flush();
        if (size > 0) {
            if (!faults_.switches.has(Fault::MuteToServer))
                to_server_->pass_bytes({plain.data(), static_cast<std::size_t>(size)});
        } else if (error != SSL_ERROR_WANT_READ || !co_await receive()) {
            co_return;
        }
    }
}

asio::awaitable<bool> TlsConnection::receive() {
    Buffer encrypted;
    const auto [error, size] = co_await socket_.async_read_some(asio::buffer(encrypted), as_result);
    if (error) co_return false;
    co_return BIO_write(incoming_, encrypted.data(), static_cast<int>(size)) ==
        static_cast<int>(size);
}

void TlsConnection::send(const std::string& message) {
    std::string spoiled = spoil(faults_.switches, message);
    if (spoiled.empty() || is_closing_ || !to_client_) return;
    to_client_->pass(std::move(spoiled));
}

void TlsConnection::write(std::string_view message) {
    if (is_closing_) return;
    // A memory buffer takes everything at once.
    if (SSL_write(ssl_, message.data(), static_cast<int>(message.size())) <= 0) return cut();
    flush();
    if (unsent_.size() > kMaxUnsent) cut();
}

void TlsConnection::close() {
    if (is_closing_) return;
    if (to_client_) to_client_->flush();
    if (is_closing_) return;  // a fault of the last message
    is_closing_ = true;
    if (SSL_is_init_finished(ssl_) == 1) SSL_shutdown(ssl_);
    flush();
    if (is_writing_)
        cut_after(kCloseTimeout);
    else
        cut();
}

void TlsConnection::end(ConnectionEnd how) {
    if (how == ConnectionEnd::Reset) {
        boost::system::error_code ignored;
        socket_.set_option(asio::socket_base::linger{true, 0}, ignored);
        return cut();
    }
    is_closing_ = true;
    close_streams();
    if (is_writing_)  // what was written still goes out
        cut_after(kCloseTimeout);
    else
        cut();
}

void TlsConnection::cut() {
    is_closing_ = true;
    close_streams();
    deadline_.cancel();
    boost::system::error_code ignored;  // the socket is given up whatever it says
    socket_.close(ignored);
}

// Takes what OpenSSL has written and sees that it is sent.
void TlsConnection::flush() {
    Buffer encrypted;
    int size = 0;
    while ((size = BIO_read(outgoing_, encrypted.data(), static_cast<int>(encrypted.size()))) > 0)
        unsent_.append(encrypted.data(), static_cast<std::size_t>(size));
    if (unsent_.empty() || is_writing_ || !socket_.is_open()) return;
    is_writing_ = true;
    asio::co_spawn(
        socket_.get_executor(), [self = shared_from_this()] { return self->write_all(); },
        asio::detached);
}

asio::awaitable<void> TlsConnection::write_all() {
    while (!unsent_.empty()) {
        const std::string chunk = std::exchange(unsent_, {});
        const auto [error, size] =
            co_await asio::async_write(socket_, asio::buffer(chunk), as_result);
        if (error) break;
    }
    is_writing_ = false;
    if (is_closing_) cut();
}

void TlsConnection::cut_after(std::chrono::seconds delay) {
    deadline_.expires_after(delay);
    deadline_.async_wait([self = shared_from_this()](const boost::system::error_code& error) {
        if (!error) self->cut();
    });
}

std::string TlsConnection::peer_common_name() const {
    X509* certificate = SSL_get0_peer_certificate(ssl_);
    std::array<char, 256> name{};
    if (certificate == nullptr) return {};
    const int size = X509_NAME_get_text_by_NID(X509_get_subject_name(certificate), NID_commonName,
                                               name.data(), static_cast<int>(name.size()));
    return size < 0 ? std::string{} : std::string{name.data(), static_cast<std::size_t>(size)};
}

}  // namespace broker::simulator
