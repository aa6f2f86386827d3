// One connection of an HttpsPool: a request and its response, then the next one.
#pragma once

#include <boost/asio/io_context.hpp>
#include <memory>
#include <string>

#include "core/clock.hpp"
#include "core/result.hpp"
#include "net/https_pool.hpp"
#include "net/tls_session_cache.hpp"

namespace broker::net {

class HttpConnection;

// Told of a connection's turns, possibly from inside a call of send().
class HttpConnectionOwner {
public:
    virtual void on_connected(HttpConnection& connection) = 0;  // and idle
    virtual void on_idle(HttpConnection& connection) = 0;       // after an answer
    virtual void on_ended(HttpConnection& connection, const core::Error& error) = 0;

protected:
    ~HttpConnectionOwner() = default;
};

struct HttpConnectionParts {
    boost::asio::io_context& context;
    const core::Clock& clock;
    std::shared_ptr<TlsContext> tls;
    std::shared_ptr<TlsSessionCache> sessions;
    HttpsPoolSettings settings;
};

// Connecting, then idle and busy in turns, then ended; a read is always pending, so that the
// peer's close is noticed while it is idle. May be dropped at any moment. Owned by an HttpsPool.
// [event-thread]
class HttpConnection : public std::enable_shared_from_this<HttpConnection> {
public:
    HttpConnection(const HttpConnectionParts& parts, std::weak_ptr<HttpConnectionOwner> owner);
    ~HttpConnection();
    HttpConnection(const HttpConnection&) = delete;
    HttpConnection& operator=(const HttpConnection&) = delete;

    void open();  // once

    enum class State { Connecting, Idle, Busy, Ended };
    [[nodiscard]] State state() const;
    // Idle, but what has come meanwhile is not read yet: it may be the peer's close.
    [[nodiscard]] bool has_unread() const;
    [[nodiscard]] core::MonotonicTime idle_since() const;
    [[nodiscard]] bool is_resumed() const;  // its TLS session
    // It has ended without having been of use: the peer takes connections, but not ours.
    [[nodiscard]] bool is_failed_attempt() const;

    // Writes a whole request. Only while idle without unread bytes.
    void send(std::string text, HttpsPool::Done done);
    // Ends it; `done` of a pending request is called soon, from the loop. The owner hears nothing.
    void close();

private:
    struct Impl;
    std::unique_ptr<Impl> impl_;
};

}  // namespace broker::net
