#include "net/tls_error.hpp"

#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>

#include <algorithm>

#include "net/openssl_ptr.hpp"

namespace broker::net {
namespace {

using core::Reason;

constexpr std::size_t kMaxDescription = 512;

// Alerts arrive in the error queue as SSL_AD_REASON_OFFSET + their number.
Reason reason_of_alert(int alert, bool withheld_certificate) {
    switch (alert) {
        case SSL_AD_BAD_CERTIFICATE:
        case SSL_AD_UNSUPPORTED_CERTIFICATE:
        case SSL_AD_CERTIFICATE_REVOKED:
        case SSL_AD_CERTIFICATE_EXPIRED:
        case SSL_AD_CERTIFICATE_UNKNOWN:
        case SSL_AD_UNKNOWN_CA:
        case SSL_AD_ACCESS_DENIED:
        case SSL_AD_CERTIFICATE_REQUIRED:
            return Reason::TlsClientCertificateRefused;
        case SSL_AD_HANDSHAKE_FAILURE:
            return withheld_certificate ? Reason::TlsClientCertificateRefused
                                        : Reason::TlsHandshakeFailed;
        case SSL_AD_PROTOCOL_VERSION:
            return Reason::TlsVersionUnsupported;
        default:
            return Reason::TlsHandshakeFailed;
    }
}

std::string text_of(BIO* bio) {
    const char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    std::string text{data, static_cast<std::size_t>(std::max(size, 0L))};
    // Why: the peer wrote the names; they must not be able to forge a log line.
    std::replace_if(
        text.begin(), text.end(), [](char c) { return c < ' ' || c > '~'; }, '?');
    return text;
}

void print_names(BIO* out, const X509* certificate) {
    auto* names = static_cast<GENERAL_NAMES*>(
        X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr));
    if (names == nullptr) return;
    BIO_puts(out, ", valid for");
    for (int i = 0; i < sk_GENERAL_NAME_num(names); ++i) {
        BIO_puts(out, " ");
        GENERAL_NAME_print(out, sk_GENERAL_NAME_value(names, i));
    }
    GENERAL_NAMES_free(names);
}

}  // namespace

std::string openssl_errors() {
    std::string text;
    const char* data = nullptr;
    int flags = 0;
    while (const unsigned long code = ERR_get_error_all(nullptr, nullptr, nullptr, &data, &flags)) {
        const char* reason = ERR_reason_error_string(code);
        if (!text.empty()) text += "; ";
        text += reason != nullptr ? reason : "error " + std::to_string(code);
        if ((flags & ERR_TXT_STRING) != 0 && data != nullptr && *data != '\0') {
            text += " (";
            text += data;
            text += ')';
        }
    }
    return text.empty() ? "OpenSSL gives no cause" : text.substr(0, kMaxDescription);
}

Reason reason_of_verify_error(long verify_error) {
    switch (verify_error) {
        case X509_V_ERR_CERT_HAS_EXPIRED:
            return Reason::TlsCertificateExpired;
        case X509_V_ERR_CERT_NOT_YET_VALID:
            return Reason::TlsCertificateNotYetValid;
        case X509_V_ERR_HOSTNAME_MISMATCH:
        case X509_V_ERR_IP_ADDRESS_MISMATCH:
            return Reason::TlsHostNameMismatch;
        default:
            return Reason::TlsCertificateUntrusted;
    }
}

Reason reason_of_tls_error(unsigned long code, bool withheld_certificate) {
    if (ERR_GET_LIB(code) != ERR_LIB_SSL) return Reason::TlsHandshakeFailed;
    const int reason = ERR_GET_REASON(code);
    if (reason >= SSL_AD_REASON_OFFSET) {
        return reason_of_alert(reason - SSL_AD_REASON_OFFSET, withheld_certificate);
    }
    switch (reason) {
        case SSL_R_UNSUPPORTED_PROTOCOL:
        case SSL_R_VERSION_TOO_LOW:
        case SSL_R_WRONG_SSL_VERSION:
            return Reason::TlsVersionUnsupported;
        default:
            return Reason::TlsHandshakeFailed;
    }
}

std::string describe_certificate(const X509* certificate) {
    const BioPtr out{BIO_new(BIO_s_mem())};
    if (certificate == nullptr || !out) return "no certificate";
    X509_NAME_print_ex(out.get(), X509_get_subject_name(certificate), 0, XN_FLAG_RFC2253);
    print_names(out.get(), certificate);
    BIO_puts(out.get(), ", from ");
    ASN1_TIME_print(out.get(), X509_get0_notBefore(certificate));
    BIO_puts(out.get(), " to ");
    ASN1_TIME_print(out.get(), X509_get0_notAfter(certificate));
    return text_of(out.get()).substr(0, kMaxDescription);
}

}  // namespace broker::net
