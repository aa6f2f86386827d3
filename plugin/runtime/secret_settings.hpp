// What an account's settings refer to: credentials and certificates, read when the account is made.
// Every function throws config::ConfigError, which names the account and the key.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "config/settings.hpp"
#include "config/yaml_reader.hpp"
#include "core/result.hpp"
#include "core/secret.hpp"
#include "net/tls_context.hpp"

namespace broker::runtime {

template <class Value>
[[nodiscard]] Value value_or_throw(const config::AccountSettings& account, std::string_view key,
                                   core::Result<Value> result) {
    if (result) return std::move(*result);
    throw config::ConfigError{"account " + account.id + ": " + std::string{key} + ": " +
                              result.error().detail};
}

// Empty without a reference.
[[nodiscard]] core::Secret read_secret(const config::AccountSettings& account, std::string_view key,
                                       const std::string& reference);

// The same of what is not secret: certificates.
[[nodiscard]] std::string read_text(const config::AccountSettings& account, std::string_view key,
                                    const std::string& reference);

// A user name may stand in the configuration as it is; a password may not.
[[nodiscard]] std::string read_username(const config::AccountSettings& account,
                                        const std::string& key, const std::string& username);

[[nodiscard]] std::shared_ptr<net::TlsContext> make_tls(const config::AccountSettings& account);

// Equal for accounts whose TLS contexts are made of the same. `content` tells the material apart
// that the same references yield at different times.
[[nodiscard]] std::string tls_key(const config::AccountSettings& account, std::string_view content);

}  // namespace broker::runtime
