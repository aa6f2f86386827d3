#include "simulator/certificate_authority.hpp"

#include <openssl/bio.h>
#include <openssl/ec.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rand.h>
#include <openssl/rsa.h>
#include <openssl/x509v3.h>

#include <array>
#include <ctime>
#include <stdexcept>

namespace broker::simulator {
namespace {

template <auto Free>
struct Deleter {
    template <class T>
    void operator()(T* object) const {
        Free(object);
    }
};
using BioPtr = std::unique_ptr<BIO, Deleter<BIO_free_all>>;
using ExtensionPtr = std::unique_ptr<X509_EXTENSION, Deleter<X509_EXTENSION_free>>;
using KeyPtr = std::unique_ptr<EVP_PKEY, Deleter<EVP_PKEY_free>>;
using SerialPtr = std::unique_ptr<BIGNUM, Deleter<BN_free>>;
using X509Ptr = std::unique_ptr<X509, Deleter<X509_free>>;

[[noreturn]] void fail(const char* step) {
    std::array<char, 256> reason{};
    ERR_error_string_n(ERR_get_error(), reason.data(), reason.size());
    ERR_clear_error();
    throw std::runtime_error(std::string("certificate authority: ") + step + ": " + reason.data());
}

void require(bool is_done, const char* step) {
    if (!is_done) fail(step);
}

KeyPtr make_key(bool is_rsa) {
    KeyPtr key{is_rsa ? EVP_RSA_gen(2048U) : EVP_EC_gen("P-256")};
    require(key != nullptr, "generate key");
    return key;
}

std::string text_of(BIO* bio) {
    char* data = nullptr;
    const long size = BIO_get_mem_data(bio, &data);
    return {data, static_cast<std::size_t>(size)};
}

std::string to_pem(X509* certificate) {
    const BioPtr bio{BIO_new(BIO_s_mem())};
    require(bio && PEM_write_bio_X509(bio.get(), certificate) == 1, "write certificate");
    return text_of(bio.get());
}

std::string to_pem(EVP_PKEY* key) {
    const BioPtr bio{BIO_new(BIO_s_secmem())};
    require(bio && PEM_write_bio_PKCS8PrivateKey(bio.get(), key, nullptr, nullptr, 0, nullptr,
                                                 nullptr) == 1,
            "write key");
    return text_of(bio.get());
}

BioPtr reader_of(const std::string& pem) {
    BioPtr bio{BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size()))};
    require(bio != nullptr, "read PEM");
    return bio;
}

void set_times(X509* certificate, CertificateTime not_before, CertificateTime not_after) {
    const auto start = std::chrono::system_clock::to_time_t(not_before);
    const auto end = std::chrono::system_clock::to_time_t(not_after);
    require(ASN1_TIME_set(X509_getm_notBefore(certificate), start) != nullptr &&
                ASN1_TIME_set(X509_getm_notAfter(certificate), end) != nullptr,
            "set validity");
}

void set_random_serial(X509* certificate) {
    const SerialPtr serial{BN_new()};
    require(serial && BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
                BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(certificate)) != nullptr,
            "make serial number");
}

void set_subject(X509* certificate, const std::string& common_name) {
    X509_NAME* name = X509_get_subject_name(certificate);
    require(X509_NAME_add_entry_by_txt(name, "CN", MBSTRING_UTF8,
                                       reinterpret_cast<const unsigned char*>(common_name.data()),
                                       static_cast<int>(common_name.size()), -1, 0) == 1,
            "set common name");
}

void add_extension(X509* certificate, X509* issuer, int nid, const std::string& value) {
    X509V3_CTX context;
    X509V3_set_ctx_nodb(&context);
    X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
    const ExtensionPtr extension{X509V3_EXT_conf_nid(nullptr, &context, nid, value.c_str())};
    require(extension && X509_add_ext(certificate, extension.get(), -1) == 1, "add extension");
}

std::string alternative_names(const CertificateRequest& request) {
    std::string names;
    const auto add = [&names](const char* kind, const std::string& name) {
        names += (names.empty() ? "" : ",") + std::string(kind) + name;
    };
    for (const auto& name : request.dns_names) add("DNS:", name);
    for (const auto& address : request.ip_addresses) add("IP:", address);
    return names;
}

std::string extended_usage(const CertificateRequest& request) {
    std::string usage = request.is_server ? "serverAuth" : "";
    if (request.is_client) usage += usage.empty() ? "clientAuth" : ",clientAuth";
    return usage;
}

// Everything but the extensions and the signature.
X509Ptr begin_certificate(EVP_PKEY* key, const std::string& common_name) {
    X509Ptr certificate{X509_new()};
    require(certificate != nullptr && X509_set_version(certificate.get(), X509_VERSION_3) == 1,
            "make certificate");
    set_random_serial(certificate.get());
    set_subject(certificate.get(), common_name);
    require(X509_set_pubkey(certificate.get(), key) == 1, "set public key");
    return certificate;
}

}  // namespace

struct CertificateAuthority::State {
    KeyPtr key;
    X509Ptr certificate;
    std::string pem;
};

CertificateAuthority::CertificateAuthority(const std::string& common_name)
    : state_{std::make_unique<State>()} {
    state_->key = make_key(false);
    state_->certificate = begin_certificate(state_->key.get(), common_name);
    X509* root = state_->certificate.get();
    const auto now = std::chrono::system_clock::now();
    set_times(root, now - std::chrono::hours{24}, now + std::chrono::hours{24 * 3650});
    require(X509_set_issuer_name(root, X509_get_subject_name(root)) == 1, "set issuer");
    add_extension(root, root, NID_basic_constraints, "critical,CA:TRUE,pathlen:0");
    add_extension(root, root, NID_key_usage, "critical,keyCertSign,cRLSign");
    add_extension(root, root, NID_subject_key_identifier, "hash");
    require(X509_sign(root, state_->key.get(), EVP_sha256()) > 0, "sign");
    state_->pem = to_pem(root);
}

CertificateAuthority::CertificateAuthority(const IssuedCertificate& kept)
    : state_{std::make_unique<State>()} {
    state_->certificate.reset(
        PEM_read_bio_X509(reader_of(kept.certificate_pem).get(), nullptr, nullptr, nullptr));
    require(state_->certificate != nullptr, "read certificate");
    // Why the empty password: without one OpenSSL would ask for it on the terminal.
    std::string no_password;
    state_->key.reset(PEM_read_bio_PrivateKey(reader_of(kept.key_pem).get(), nullptr, nullptr,
                                              no_password.data()));
    require(state_->key != nullptr, "read key");
    require(X509_check_private_key(state_->certificate.get(), state_->key.get()) == 1,
            "match key with certificate");
    state_->pem = kept.certificate_pem;
}

CertificateAuthority::~CertificateAuthority() = default;
CertificateAuthority::CertificateAuthority(CertificateAuthority&&) noexcept = default;
CertificateAuthority& CertificateAuthority::operator=(CertificateAuthority&&) noexcept = default;

const std::string& CertificateAuthority::certificate_pem() const { return state_->pem; }

std::string CertificateAuthority::key_pem() const { return to_pem(state_->key.get()); }

CertificateTime CertificateAuthority::not_after() const {
    std::tm parts{};
    require(ASN1_TIME_to_tm(X509_get0_notAfter(state_->certificate.get()), &parts) == 1,
            "read validity");
    return std::chrono::system_clock::from_time_t(timegm(&parts));
}

IssuedCertificate CertificateAuthority::issue(const CertificateRequest& request) {
    const KeyPtr key = make_key(request.is_rsa);
    const X509Ptr certificate = begin_certificate(key.get(), request.common_name);
    X509* leaf = certificate.get();
    X509* root = state_->certificate.get();
    set_times(leaf, request.not_before, request.not_after);
    require(X509_set_issuer_name(leaf, X509_get_subject_name(root)) == 1, "set issuer");
    add_extension(leaf, root, NID_basic_constraints, "critical,CA:FALSE");
    add_extension(
        leaf, root, NID_key_usage,
        request.is_rsa ? "critical,digitalSignature,keyEncipherment" : "critical,digitalSignature");
    add_extension(leaf, root, NID_subject_key_identifier, "hash");
    add_extension(leaf, root, NID_authority_key_identifier, "keyid:always");
    if (const auto usage = extended_usage(request); !usage.empty())
        add_extension(leaf, root, NID_ext_key_usage, usage);
    if (const auto names = alternative_names(request); !names.empty())
        add_extension(leaf, root, NID_subject_alt_name, names);
    require(X509_sign(leaf, state_->key.get(), EVP_sha256()) > 0, "sign");
    return {to_pem(leaf), to_pem(key.get())};
}

}  // namespace broker::simulator
