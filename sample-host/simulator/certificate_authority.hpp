// Makes certificates for the simulator and for tests: no key is ever kept in the source tree.
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

namespace broker::simulator {

using CertificateTime = std::chrono::system_clock::time_point;

struct CertificateRequest {
    std::string common_name{};
    std::vector<std::string> dns_names{};     // subject alternative names
    std::vector<std::string> ip_addresses{};  // likewise
    bool is_server = false;                   // extended key usage: serverAuth
    bool is_client = false;                   // extended key usage: clientAuth
    bool is_rsa = false;                      // RSA 2048 instead of EC P-256
    // Whole seconds count. The start lies back so that a clock a little behind accepts it too.
    CertificateTime not_before = std::chrono::system_clock::now() - std::chrono::hours{1};
    CertificateTime not_after = std::chrono::system_clock::now() + std::chrono::hours{24 * 365};
};

struct IssuedCertificate {
    std::string certificate_pem;
    std::string key_pem;  // PKCS#8, not encrypted
};

// A certificate authority with an EC key.
// Throws std::runtime_error with OpenSSL's words on failure. [any-thread, one at a time]
class CertificateAuthority {
public:
    // A new key and a root certificate that is valid for ten years.
    explicit CertificateAuthority(const std::string& common_name);
    // Goes on with one that was kept. Throws too if the two do not belong together.
    explicit CertificateAuthority(const IssuedCertificate& kept);
    ~CertificateAuthority();
    CertificateAuthority(CertificateAuthority&&) noexcept;
    CertificateAuthority& operator=(CertificateAuthority&&) noexcept;

    [[nodiscard]] const std::string& certificate_pem() const;
    [[nodiscard]] std::string key_pem() const;
    [[nodiscard]] CertificateTime not_after() const;
    [[nodiscard]] IssuedCertificate issue(const CertificateRequest& request);

private:
    struct State;
    std::unique_ptr<State> state_;
};

}  // namespace broker::simulator
