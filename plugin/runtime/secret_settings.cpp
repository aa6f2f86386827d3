#include "runtime/secret_settings.hpp"

#include <utility>

#include "secrets/secret_source.hpp"

namespace broker::runtime {

using config::AccountSettings;

std::string read_text(const AccountSettings& account, std::string_view key,
                      const std::string& reference) {
    if (reference.empty()) return {};
    return value_or_throw(account, key, secrets::load_text(reference, account.base));
}

core::Secret read_secret(const AccountSettings& account, std::string_view key,
                         const std::string& reference) {
    if (reference.empty()) return {};
    return value_or_throw(account, key, secrets::load_secret(reference, account.base));
}

std::string read_username(const AccountSettings& account, const std::string& key,
                          const std::string& username) {
    const bool is_reference = username.starts_with("env:") || username.starts_with("file:");
    return is_reference ? read_text(account, key, username) : username;
}

std::shared_ptr<net::TlsContext> make_tls(const AccountSettings& account) {
    net::TlsMaterial material;
    material.trust_pem = read_text(account, "tls.trust", account.tls.trust);
    material.certificate_pem = read_text(account, "tls.certificate", account.tls.certificate);
    material.key_pem = read_secret(account, "tls.key", account.tls.key);
    material.key_password = read_secret(account, "tls.key_password", account.tls.key_password);
    return value_or_throw(account, "tls", net::TlsContext::create(material));
}

std::string tls_key(const AccountSettings& account, std::string_view content) {
    std::string key = account.base.string();
    key.append("\n").append(content);
    for (const std::string* part : {&account.tls.trust, &account.tls.certificate, &account.tls.key,
                                    &account.tls.key_password, &account.tls.server_name}) {
        key.append("\n").append(*part);
    }
    return key;
}

}  // namespace broker::runtime
