// The seam between the TLS listener, which knows no FIX, and the FIX gateway, which knows no TLS.
#pragma once

#include <cstddef>
#include <string>

namespace broker {
namespace simulator {

// One client's connection after its handshake. [event-thread]
class ByteConnection {
public:
    virtual ~ByteConnection() = default;
    // `message` is one whole message. Never fails: a connection that cannot take it closes itself.
    virtual void send(const std::string& message) = 0;
    // Sends what was written, then ends the connection. closed() follows, not from within.
    virtual void close() = 0;
};

// [event-thread]
class ByteConnectionHandler {
public:
    virtual ~ByteConnectionHandler() = default;
    // `common_name` is that of the client's certificate, which has been verified.
    virtual void opened(ByteConnection& connection, const std::string& common_name) = 0;
    virtual void received(ByteConnection& connection, const char* data, std::size_t size) = 0;
    virtual void closed(ByteConnection& connection) = 0;
};

}  // namespace simulator
}  // namespace broker
