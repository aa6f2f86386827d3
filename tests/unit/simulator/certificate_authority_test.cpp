#include "simulator/certificate_authority.hpp"

#include <gtest/gtest.h>
#include <openssl/bio.h>
#include <openssl/pem.h>
#include <openssl/x509_vfy.h>
#include <openssl/x509v3.h>

#include <memory>
#include <stdexcept>

namespace broker::simulator {
namespace {

using X509Ptr = std::unique_ptr<X509, decltype(&X509_free)>;
using KeyPtr = std::unique_ptr<EVP_PKEY, decltype(&EVP_PKEY_free)>;
using BioPtr = std::unique_ptr<BIO, decltype(&BIO_free_all)>;

BioPtr bio_of(const std::string& pem) {
    return {BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())), &BIO_free_all};
}

X509Ptr certificate_of(const std::string& pem) {
    return {PEM_read_bio_X509(bio_of(pem).get(), nullptr, nullptr, nullptr), &X509_free};
}

KeyPtr key_of(const std::string& pem) {
    return {PEM_read_bio_PrivateKey(bio_of(pem).get(), nullptr, nullptr, nullptr), &EVP_PKEY_free};
}

// What OpenSSL thinks of the certificate for this purpose; X509_V_OK if it is valid.
int verify(const std::string& leaf_pem, const std::string& root_pem, int purpose) {
    const auto leaf = certificate_of(leaf_pem);
    const auto root = certificate_of(root_pem);
    const std::unique_ptr<X509_STORE, decltype(&X509_STORE_free)> store{X509_STORE_new(),
                                                                        &X509_STORE_free};
    const std::unique_ptr<X509_STORE_CTX, decltype(&X509_STORE_CTX_free)> context{
        X509_STORE_CTX_new(), &X509_STORE_CTX_free};
    X509_STORE_add_cert(store.get(), root.get());
    X509_STORE_CTX_init(context.get(), store.get(), leaf.get(), nullptr);
    X509_STORE_CTX_set_purpose(context.get(), purpose);
    // Strict: what the standards demand of CA certificates is checked too.
    X509_STORE_CTX_set_flags(context.get(), X509_V_FLAG_X509_STRICT);
    X509_verify_cert(context.get());
    return X509_STORE_CTX_get_error(context.get());
}

CertificateRequest server_request() {
    return {.common_name = "localhost",
            .dns_names = {"localhost", "fix.example"},
            .ip_addresses = {"127.0.0.1"},
            .is_server = true};
}

TEST(CertificateAuthority, IssuesServerCertificatesThatOpenSslAccepts) {
    CertificateAuthority authority{"Test CA"};
    for (const bool is_rsa : {false, true}) {
        auto request = server_request();
        request.is_rsa = is_rsa;
        const auto issued = authority.issue(request);
        EXPECT_EQ(
            verify(issued.certificate_pem, authority.certificate_pem(), X509_PURPOSE_SSL_SERVER),
            X509_V_OK);
        const auto key = key_of(issued.key_pem);
        ASSERT_NE(key, nullptr);
        EXPECT_EQ(EVP_PKEY_get_base_id(key.get()), is_rsa ? EVP_PKEY_RSA : EVP_PKEY_EC);
        EXPECT_EQ(X509_check_private_key(certificate_of(issued.certificate_pem).get(), key.get()),
                  1);
        EXPECT_EQ(issued.key_pem.rfind("-----BEGIN PRIVATE KEY-----", 0), 0U) << "PKCS#8";
    }
}

TEST(CertificateAuthority, NamesHostsAndAddressesAsAlternativeNames) {
    CertificateAuthority authority{"Test CA"};
    const auto leaf = certificate_of(authority.issue(server_request()).certificate_pem);
    EXPECT_EQ(X509_check_host(leaf.get(), "fix.example", 0, 0, nullptr), 1);
    EXPECT_EQ(X509_check_host(leaf.get(), "elsewhere.example", 0, 0, nullptr), 0);
    EXPECT_EQ(X509_check_ip_asc(leaf.get(), "127.0.0.1", 0), 1);
    EXPECT_EQ(X509_check_ip_asc(leaf.get(), "127.0.0.2", 0), 0);
}

TEST(CertificateAuthority, KeepsClientAndServerUsageApart) {
    CertificateAuthority authority{"Test CA"};
    const auto client =
        authority.issue({.common_name = "ACC1", .dns_names = {}, .is_client = true});
    EXPECT_EQ(verify(client.certificate_pem, authority.certificate_pem(), X509_PURPOSE_SSL_CLIENT),
              X509_V_OK);
    EXPECT_EQ(verify(client.certificate_pem, authority.certificate_pem(), X509_PURPOSE_SSL_SERVER),
              X509_V_ERR_INVALID_PURPOSE);
}

TEST(CertificateAuthority, IssuesCertificatesOutsideOfTheirTimeWhenAskedTo) {
    CertificateAuthority authority{"Test CA"};
    const auto now = std::chrono::system_clock::now();
    auto expired = server_request();
    expired.not_before = now - std::chrono::hours{2};
    expired.not_after = now - std::chrono::hours{1};
    auto early = server_request();
    early.not_before = now + std::chrono::hours{1};
    const auto result_of = [&](const CertificateRequest& request) {
        return verify(authority.issue(request).certificate_pem, authority.certificate_pem(),
                      X509_PURPOSE_SSL_SERVER);
    };
    EXPECT_EQ(result_of(expired), X509_V_ERR_CERT_HAS_EXPIRED);
    EXPECT_EQ(result_of(early), X509_V_ERR_CERT_NOT_YET_VALID);
}

TEST(CertificateAuthority, IsNotVouchedForByAnotherOfTheSameName) {
    CertificateAuthority authority{"Test CA"};
    CertificateAuthority other{"Test CA"};
    EXPECT_NE(verify(authority.issue(server_request()).certificate_pem, other.certificate_pem(),
                     X509_PURPOSE_SSL_SERVER),
              X509_V_OK);
}

TEST(CertificateAuthority, GoesOnFromWhatWasKept) {
    CertificateAuthority first{"Test CA"};
    CertificateAuthority second{IssuedCertificate{first.certificate_pem(), first.key_pem()}};
    EXPECT_EQ(second.not_after(), first.not_after());
    EXPECT_EQ(verify(second.issue(server_request()).certificate_pem, first.certificate_pem(),
                     X509_PURPOSE_SSL_SERVER),
              X509_V_OK);
}

TEST(CertificateAuthority, RefusesAKeyThatIsNotItsOwn) {
    CertificateAuthority first{"Test CA"};
    CertificateAuthority second{"Test CA"};
    EXPECT_THROW(CertificateAuthority(IssuedCertificate{first.certificate_pem(), second.key_pem()}),
                 std::runtime_error);
    EXPECT_THROW(CertificateAuthority(IssuedCertificate{"", ""}), std::runtime_error);
}

}  // namespace
}  // namespace broker::simulator
