// One client's TLS connection, server side: OpenSSL between two memory buffers and an Asio socket.
#pragma once

#include <openssl/types.h>

#include <boost/asio/awaitable.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/steady_timer.hpp>
#include <memory>
#include <string>
#include <string_view>

#include "simulator/byte_connection.hpp"
#include "simulator/faults.hpp"
#include "simulator/faulty_stream.hpp"
#include "simulator/message_faults.hpp"

namespace broker::simulator {

// The faults of a listener, in force and as they change.
struct FrontFaults {
    FaultSet switches{};
    MessageFaults to_client{};
    MessageFaults to_server{};
};

// Lives as long as its own coroutines. [event-thread]
class TlsConnection final : public ByteConnection,
                            public std::enable_shared_from_this<TlsConnection> {
public:
    // Handler and faults outlive the connection's coroutines; the faults are read as they change.
    TlsConnection(boost::asio::ip::tcp::socket socket, SSL_CTX* context,
                  ByteConnectionHandler& handler, FrontFaults& faults);
    ~TlsConnection() override;
    TlsConnection(const TlsConnection&) = delete;
    TlsConnection& operator=(const TlsConnection&) = delete;

    // Handshake, then reading until the connection ends.
    boost::asio::awaitable<void> run();
    // Answers nothing, not even the handshake, until the client closes or cut() is called.
    boost::asio::awaitable<void> stay_silent();

    void send(const std::string& message) override;
    void close() override;
    void cut();  // at once, without close_notify

private:
    void open_streams();
    void close_streams();
    void write(std::string_view message);
    void end(ConnectionEnd how);
    boost::asio::awaitable<bool> handshake();
    boost::asio::awaitable<void> read_all();
    boost::asio::awaitable<bool> receive();  // more of what the client sent, still encrypted
    boost::asio::awaitable<void> write_all();
    void flush();
    void cut_after(std::chrono::seconds delay);
    [[nodiscard]] std::string peer_common_name() const;

    boost::asio::ip::tcp::socket socket_;
    boost::asio::steady_timer deadline_;
    SSL* ssl_;
    BIO* incoming_;  // both belong to ssl_
    BIO* outgoing_;
    ByteConnectionHandler& handler_;
    FrontFaults& faults_;
    // There while the connection is open.
    std::shared_ptr<FaultyStream> to_client_;
    std::shared_ptr<FaultyStream> to_server_;
    std::string unsent_;
    bool is_writing_ = false;
    bool is_closing_ = false;
};

}  // namespace broker::simulator
