// Tells whether an account's configuration is what it was.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "config/settings.hpp"

namespace broker::runtime {

struct AccountFingerprint {
    std::string whole;  // of the entry, its profile, and what its references yield
    std::string tls;    // of the TLS material alone

    bool operator==(const AccountFingerprint&) const = default;
};

// Fingerprints are keyed hashes (HMAC-SHA-256) under a random key that only this object has: they
// can be compared with each other, and say nothing about the credentials that went into them.
// Owned by the roster of accounts. [control-thread]
class Fingerprints {
public:
    Fingerprints();  // throws std::runtime_error if the system yields no random bytes
    ~Fingerprints();
    Fingerprints(const Fingerprints&) = delete;
    Fingerprints& operator=(const Fingerprints&) = delete;

    // Reads every credential and certificate that the account names. Throws config::ConfigError,
    // which names the account and the key, if one of them cannot be read.
    [[nodiscard]] AccountFingerprint of(const config::AccountSettings& account) const;

private:
    struct Key;
    std::unique_ptr<Key> key_;
};

}  // namespace broker::runtime
