#include "net/tls_error.hpp"

#include <gtest/gtest.h>
#include <openssl/err.h>
#include <openssl/ssl.h>

namespace broker::net {
namespace {

using core::Reason;

unsigned long alert(int number) { return ERR_PACK(ERR_LIB_SSL, 0, SSL_AD_REASON_OFFSET + number); }

TEST(TlsError, EveryAlertAboutACertificateMeansThatOursIsRefused) {
    for (const int number :
         {SSL_AD_BAD_CERTIFICATE, SSL_AD_UNSUPPORTED_CERTIFICATE, SSL_AD_CERTIFICATE_REVOKED,
          SSL_AD_CERTIFICATE_EXPIRED, SSL_AD_CERTIFICATE_UNKNOWN, SSL_AD_UNKNOWN_CA,
          SSL_AD_ACCESS_DENIED, SSL_AD_CERTIFICATE_REQUIRED}) {
        EXPECT_EQ(reason_of_tls_error(alert(number), false), Reason::TlsClientCertificateRefused)
            << number;
    }
}

TEST(TlsError, HandshakeFailureMeansOurCertificateOnlyIfWeWithheldOne) {
    EXPECT_EQ(reason_of_tls_error(alert(SSL_AD_HANDSHAKE_FAILURE), true),
              Reason::TlsClientCertificateRefused);
    EXPECT_EQ(reason_of_tls_error(alert(SSL_AD_HANDSHAKE_FAILURE), false),
              Reason::TlsHandshakeFailed);
}

TEST(TlsError, TellsVerificationResultsApart) {
    EXPECT_EQ(reason_of_verify_error(X509_V_ERR_CERT_HAS_EXPIRED), Reason::TlsCertificateExpired);
    EXPECT_EQ(reason_of_verify_error(X509_V_ERR_CERT_NOT_YET_VALID),
              Reason::TlsCertificateNotYetValid);
    EXPECT_EQ(reason_of_verify_error(X509_V_ERR_HOSTNAME_MISMATCH), Reason::TlsHostNameMismatch);
    EXPECT_EQ(reason_of_verify_error(X509_V_ERR_IP_ADDRESS_MISMATCH), Reason::TlsHostNameMismatch);
    EXPECT_EQ(reason_of_verify_error(X509_V_ERR_CERT_REVOKED), Reason::TlsCertificateUntrusted);
    EXPECT_EQ(reason_of_verify_error(X509_V_ERR_INVALID_PURPOSE), Reason::TlsCertificateUntrusted);
}

TEST(TlsError, ErrorsOfOtherLibrariesAreHandshakeFailures) {
    EXPECT_EQ(reason_of_tls_error(ERR_PACK(ERR_LIB_EVP, 0, SSL_R_UNSUPPORTED_PROTOCOL), false),
              Reason::TlsHandshakeFailed);
}

TEST(TlsError, TakesAllWordsFromTheQueueAndNeverNone) {
    OPENSSL_init_ssl(OPENSSL_INIT_LOAD_SSL_STRINGS, nullptr);  // as a context does
    ERR_clear_error();
    ERR_raise_data(ERR_LIB_SSL, SSL_R_UNEXPECTED_MESSAGE, "first %d", 1);
    ERR_raise(ERR_LIB_SSL, SSL_R_BAD_LENGTH);
    EXPECT_EQ(openssl_errors(), "unexpected message (first 1); bad length");
    EXPECT_EQ(openssl_errors(), "OpenSSL gives no cause");
}

}  // namespace
}  // namespace broker::net
