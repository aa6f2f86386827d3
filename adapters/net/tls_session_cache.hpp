// TLS sessions kept for the next connection to the same peer.
#pragma once

#include <cstddef>
#include <deque>

#include "core/thread_bound.hpp"
#include "net/openssl_ptr.hpp"

namespace broker::net {

// Sessions of one peer under one name with one TlsContext; whoever owns the cache sees to that, as
// a resumed session is not verified again. Bounded: the oldest goes first. Shared by the
// connections of an HttpsPool. [event-thread]
class TlsSessionCache {
public:
    void put(SslSessionPtr session);
    // The newest; null if there is none. One of TLS 1.3 is given out once (RFC 8446, C.4).
    [[nodiscard]] SslSessionPtr take();
    void clear() { sessions_.clear(); }
    [[nodiscard]] std::size_t size() const { return sessions_.size(); }

private:
    core::ThreadBound thread_;
    std::deque<SslSessionPtr> sessions_;
};

// The app data of each SSL made of a TlsContext: learns of the sessions that the peer offers.
class TlsSessionTaker {
public:
    virtual void on_new_session(SSL_SESSION* session) = 0;  // borrowed

protected:
    ~TlsSessionTaker() = default;
};

// For SSL_CTX_sess_set_new_cb.
int tell_session_taker(SSL* ssl, SSL_SESSION* session);

}  // namespace broker::net
