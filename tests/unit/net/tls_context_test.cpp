#include "net/tls_context.hpp"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>

#include "unit/net/test_pki.hpp"

namespace broker::net {
namespace {

using core::Reason;
using testing::HasSubstr;

class TlsContextTest : public testing::Test {
protected:
    TlsMaterial material(bool is_rsa = false) {
        const auto client = pki_.client(is_rsa);
        TlsMaterial result;
        result.trust_pem = pki_.trust_pem();
        result.certificate_pem = client.certificate_pem;
        result.key_pem = core::Secret{client.key_pem};
        return result;
    }
    static void expect_refused(const TlsMaterial& refused, const std::string& text) {
        const auto context = TlsContext::create(refused);
        ASSERT_FALSE(context);
        EXPECT_EQ(context.error().reason, Reason::Configuration);
        EXPECT_THAT(context.error().detail, HasSubstr(text));
        EXPECT_THAT(context.error().detail, testing::Not(HasSubstr("PRIVATE")));
    }
    static core::Secret encrypted(const core::Secret& key_pem, const char* password) {
        const auto text = key_pem.reveal();
        const BioPtr in{BIO_new_mem_buf(text.data(), static_cast<int>(text.size()))};
        const KeyPtr key{PEM_read_bio_PrivateKey(in.get(), nullptr, nullptr, nullptr)};
        const BioPtr out{BIO_new(BIO_s_mem())};
        PEM_write_bio_PKCS8PrivateKey(out.get(), key.get(), EVP_aes_256_cbc(), password,
                                      static_cast<int>(std::strlen(password)), nullptr, nullptr);
        char* data = nullptr;
        const long size = BIO_get_mem_data(out.get(), &data);
        return core::Secret{std::string_view{data, static_cast<std::size_t>(size)}};
    }

    test::TestPki pki_;
};

TEST_F(TlsContextTest, TakesEcAndRsaKeys) {
    EXPECT_TRUE(TlsContext::create(material(false)));
    EXPECT_TRUE(TlsContext::create(material(true)));
}

TEST_F(TlsContextTest, TakesAnEncryptedKeyWithItsPassword) {
    TlsMaterial with_password = material();
    with_password.key_pem = encrypted(with_password.key_pem, "open sesame");
    with_password.key_password = core::Secret{"open sesame"};
    const auto context = TlsContext::create(with_password);
    EXPECT_TRUE(context) << context.error().detail;
}

TEST_F(TlsContextTest, RefusesAnEncryptedKeyWithAnotherPasswordOrNone) {
    TlsMaterial encrypted_key = material();
    encrypted_key.key_pem = encrypted(encrypted_key.key_pem, "open sesame");
    expect_refused(encrypted_key, "TLS private key");
    encrypted_key.key_password = core::Secret{"open barley"};
    expect_refused(encrypted_key, "TLS private key");
}

TEST_F(TlsContextTest, RefusesToWorkWithoutATrustAnchor) {
    TlsMaterial no_trust = material();
    no_trust.trust_pem.clear();
    expect_refused(no_trust, "TLS trust");
    no_trust.trust_pem = "not PEM at all";
    expect_refused(no_trust, "no start line");
}

TEST_F(TlsContextTest, RefusesTrustThatIsCutShort) {
    TlsMaterial cut = material();
    cut.trust_pem += pki_.trust_pem().substr(0, pki_.trust_pem().size() / 2);
    expect_refused(cut, "TLS trust");
}

TEST_F(TlsContextTest, RefusesAKeyOfAnotherCertificate) {
    TlsMaterial mixed = material();
    mixed.key_pem = core::Secret{pki_.client().key_pem};
    expect_refused(mixed, "key values mismatch");
    mixed.key_pem = core::Secret{pki_.client(true).key_pem};
    expect_refused(mixed, "does not belong to the certificate");
}

TEST_F(TlsContextTest, RefusesACertificateWithoutKeyAndAKeyWithoutCertificate) {
    TlsMaterial no_key = material();
    no_key.key_pem = core::Secret{};
    expect_refused(no_key, "TLS private key: missing");
    TlsMaterial no_certificate = material();
    no_certificate.certificate_pem.clear();
    expect_refused(no_certificate, "TLS certificate: missing");
}

TEST_F(TlsContextTest, RefusesTextThatIsNoKeyWithoutShowingIt) {
    TlsMaterial no_key = material();
    no_key.key_pem = core::Secret{"-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n"};
    expect_refused(no_key, "TLS private key");
}

TEST_F(TlsContextTest, KnowsWhenItsCertificateExpires) {
    const auto expiry = std::chrono::floor<std::chrono::seconds>(std::chrono::system_clock::now()) +
                        std::chrono::hours{48};
    simulator::CertificateRequest request;
    request.common_name = "ACC-1";
    request.is_client = true;
    request.not_after = expiry;
    EXPECT_EQ(pki_.context(pki_.authority().issue(request))->not_after(), core::UtcTime{expiry});
    EXPECT_EQ(pki_.context()->not_after(), std::nullopt);
}

}  // namespace
}  // namespace broker::net
