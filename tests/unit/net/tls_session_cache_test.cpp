#include "net/tls_session_cache.hpp"

#include <gtest/gtest.h>

namespace broker::net {
namespace {

SslSessionPtr session_of(int version) {
    SslSessionPtr session{SSL_SESSION_new()};
    SSL_SESSION_set_protocol_version(session.get(), version);
    return session;
}

TEST(TlsSessionCache, GivesNothingWhileItIsEmpty) { EXPECT_FALSE(TlsSessionCache{}.take()); }

TEST(TlsSessionCache, GivesTheNewestSessionOfTls13Once) {
    TlsSessionCache cache;
    auto older = session_of(TLS1_3_VERSION);
    auto newer = session_of(TLS1_3_VERSION);
    const auto* const first = older.get();
    const auto* const second = newer.get();
    cache.put(std::move(older));
    cache.put(std::move(newer));
    EXPECT_EQ(cache.take().get(), second);
    EXPECT_EQ(cache.take().get(), first);
    EXPECT_FALSE(cache.take());
}

TEST(TlsSessionCache, GivesASessionOfTls12AgainAndAgain) {
    TlsSessionCache cache;
    cache.put(session_of(TLS1_2_VERSION));
    EXPECT_TRUE(cache.take());
    EXPECT_TRUE(cache.take());
    EXPECT_EQ(cache.size(), 1U);
}

TEST(TlsSessionCache, KeepsABoundedNumberAndForgetsTheOldest) {
    TlsSessionCache cache;
    for (int i = 1; i <= 100; ++i) {
        auto session = session_of(TLS1_3_VERSION);
        SSL_SESSION_set_time(session.get(), i);
        cache.put(std::move(session));
    }
    EXPECT_EQ(cache.size(), 16U);
    for (int i = 100; i > 84; --i) EXPECT_EQ(SSL_SESSION_get_time(cache.take().get()), i);
    EXPECT_FALSE(cache.take());
}

TEST(TlsSessionCache, IsEmptyOnceItIsCleared) {
    TlsSessionCache cache;
    cache.put(session_of(TLS1_3_VERSION));
    cache.clear();
    EXPECT_FALSE(cache.take());
}

}  // namespace
}  // namespace broker::net
