#include "runtime/account_fingerprint.hpp"

#include <openssl/crypto.h>
#include <openssl/evp.h>
#include <openssl/params.h>
#include <openssl/rand.h>

#include <array>
#include <stdexcept>

#include "runtime/secret_settings.hpp"

namespace broker::runtime {
namespace {

using config::AccountSettings;

constexpr std::size_t kKeySize = 32;

struct FreeMac {
    void operator()(EVP_MAC* mac) const { EVP_MAC_free(mac); }
};
struct FreeContext {
    void operator()(EVP_MAC_CTX* context) const { EVP_MAC_CTX_free(context); }
};

void require(bool is_ok) {
    if (!is_ok) throw std::runtime_error{"OpenSSL: HMAC-SHA-256 or random bytes are missing"};
}

// A keyed hash over parts, each of which goes in with its size.
class Hash {
public:
    explicit Hash(const std::array<unsigned char, kKeySize>& key)
        : mac_{EVP_MAC_fetch(nullptr, "HMAC", nullptr)}, context_{EVP_MAC_CTX_new(mac_.get())} {
        char digest[] = "SHA256";
        const std::array params{OSSL_PARAM_construct_utf8_string("digest", digest, 0),
                                OSSL_PARAM_construct_end()};
        require(context_ != nullptr &&
                EVP_MAC_init(context_.get(), key.data(), key.size(), params.data()) == 1);
    }

    void add(std::string_view part) {
        const std::uint64_t size = part.size();
        update(&size, sizeof(size));
        update(part.data(), part.size());
    }

    [[nodiscard]] std::string finish() {
        std::string result(kKeySize, '\0');
        std::size_t size = 0;
        require(EVP_MAC_final(context_.get(), reinterpret_cast<unsigned char*>(result.data()),
                              &size, result.size()) == 1);
        result.resize(size);
        return result;
    }

private:
    void update(const void* bytes, std::size_t size) {
        require(EVP_MAC_update(context_.get(), static_cast<const unsigned char*>(bytes), size) ==
                1);
    }

    std::unique_ptr<EVP_MAC, FreeMac> mac_;
    std::unique_ptr<EVP_MAC_CTX, FreeContext> context_;
};

void add_tls(const AccountSettings& account, Hash& hash) {
    const config::TlsSettings& tls = account.tls;
    hash.add(read_text(account, "tls.trust", tls.trust));
    hash.add(read_text(account, "tls.certificate", tls.certificate));
    hash.add(read_secret(account, "tls.key", tls.key).reveal());
    hash.add(read_secret(account, "tls.key_password", tls.key_password).reveal());
}

void add_session(const AccountSettings& account, const std::string& key,
                 const std::optional<config::FixSessionSettings>& session, Hash& hash) {
    if (!session) return;
    hash.add(read_username(account, key + ".username", session->username));
    hash.add(read_secret(account, key + ".password", session->password).reveal());
}

void add_rest(const AccountSettings& account, Hash& hash) {
    if (!account.rest) return;
    const config::RestSettings& rest = *account.rest;
    hash.add(read_username(account, "rest.username", rest.username));
    hash.add(read_secret(account, "rest.password", rest.password).reveal());
    hash.add(read_secret(account, "rest.login_token", rest.login_token).reveal());
    hash.add(read_username(account, "rest.public_token", rest.public_token));
    hash.add(read_secret(account, "rest.private_token", rest.private_token).reveal());
}

}  // namespace

struct Fingerprints::Key {
    std::array<unsigned char, kKeySize> bytes{};
};

Fingerprints::Fingerprints() : key_{std::make_unique<Key>()} {
    require(RAND_bytes(key_->bytes.data(), static_cast<int>(key_->bytes.size())) == 1);
}

Fingerprints::~Fingerprints() { OPENSSL_cleanse(key_->bytes.data(), key_->bytes.size()); }

AccountFingerprint Fingerprints::of(const AccountSettings& account) const {
    AccountFingerprint made;
    Hash tls{key_->bytes};
    add_tls(account, tls);
    made.tls = tls.finish();
    Hash whole{key_->bytes};
    whole.add(account.source.entry);
    whole.add(account.source.profile ? *account.source.profile : std::string{});
    whole.add(account.base.string());
    whole.add(made.tls);
    add_session(account, "fix.trading", account.trading, whole);
    add_session(account, "fix.market_data", account.market_data, whole);
    add_session(account, "fix.drop_copy", account.drop_copy, whole);
    add_rest(account, whole);
    made.whole = whole.finish();
    return made;
}

}  // namespace broker::runtime
