#include "net/tls_session_cache.hpp"

namespace broker::net {
namespace {

// A server gives one or two tickets a connection.
constexpr std::size_t kMaxSessions = 16;

}  // namespace

void TlsSessionCache::put(SslSessionPtr session) {
    thread_.check();
    if (sessions_.size() == kMaxSessions) sessions_.pop_front();
    sessions_.push_back(std::move(session));
}

SslSessionPtr TlsSessionCache::take() {
    thread_.check();
    if (sessions_.empty()) return nullptr;
    if (SSL_SESSION_get_protocol_version(sessions_.back().get()) != TLS1_3_VERSION) {
        return SslSessionPtr{SSL_SESSION_dup(sessions_.back().get())};
    }
    SslSessionPtr newest = std::move(sessions_.back());
    sessions_.pop_back();
    return newest;
}

int tell_session_taker(SSL* ssl, SSL_SESSION* session) {
    auto* const taker = static_cast<TlsSessionTaker*>(SSL_get_app_data(ssl));
    if (taker != nullptr) taker->on_new_session(session);
    return 0;  // the reference stays OpenSSL's
}

}  // namespace broker::net
